"""Snapshot -> tidy frames. Column contracts live in the docstrings here.

Figures are :class:`decimal.Decimal` in object columns (``None`` = missing): nothing is
rounded before it reaches a reader. Screens and exports read the same frames.
"""
