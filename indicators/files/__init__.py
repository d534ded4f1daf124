"""Disk to domain and back: reading with located errors, verifying, writing."""
