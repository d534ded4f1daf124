"""Errors that carry a message for the person at the keyboard."""

from __future__ import annotations


class KnownProblem(Exception):
    """Something the user can put right; the message says what and how. Never a bug."""
