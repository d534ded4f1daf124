"""Decimals as readers write them."""

from __future__ import annotations

from decimal import Decimal


def tidy(value: Decimal | None) -> Decimal | None:
    """The same number without the trailing zeros an engine adds: 5.00000000 -> 5."""
    if value is None:
        return None
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain


def digits(value: Decimal | None) -> str:
    """Plain digits, never scientific notation; empty for a missing value."""
    return "" if value is None else format(value, "f")


def rounded(value: float | None, places: int) -> Decimal | None:
    """A derived number at ``places`` decimals; ``None`` for missing or not finite."""
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None
    return Decimal(format(value, f".{places}f"))
