"""Document text -> candidate claims for a person to review. Files are read elsewhere."""
