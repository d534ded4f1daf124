"""Reform-progress indicators: a curated registry joined with cited claims."""

__version__ = "0.1.0"
