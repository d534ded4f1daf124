"""Does a figure's unit fit the indicator it stands beside? Evidence for or against the binding."""

from __future__ import annotations

from decimal import Decimal

from indicators.core.model import Indicator
from indicators.core.unit import UNITS, convert, convertible
from indicators.mining.quantities import Quantity

_COUNTED = frozenset({"person", "visit", "case", "record", "item", "tube", "bed"})
_ALIKE = (frozenset({"person", "visit", "case"}),)
_CHANGE_UNITS = {"个百分点", "个千分点", "%（相对）"}


def dimension(symbol: str) -> str:
    """Dimension of a unit symbol; empty for an unknown one."""
    return UNITS[symbol].dimension if symbol in UNITS else ""


def is_count(symbol: str) -> bool:
    """Whether the unit counts things (人, 家, 份 …), known to the registry or not."""
    return symbol != "" and dimension(symbol) in _COUNTED | {""}


def is_share(symbol: str) -> bool:
    """Whether the unit is %, ‰, /万 or /10万."""
    return dimension(symbol) == "share"


def fits(quantity: Quantity, indicator: Indicator) -> bool:
    """Whether the figure can be a value of the indicator at all."""
    wanted, found = dimension(indicator.unit), dimension(quantity.unit)
    if quantity.unit == "":
        return wanted == "ratio" or (quantity.value == 0 and wanted not in ("yes_no", ""))
    if wanted == "per_10k_persons" and found == "person":
        return True
    if wanted == "growth":
        return quantity.unit == "%"
    return found == wanted or any(found in alike and wanted in alike for alike in _ALIKE)


def unit_for(quantity: Quantity, indicator: Indicator) -> tuple[str, list[str]]:
    """The unit the claim gets, with reasons: inferred, of another magnitude, or conflicting."""
    if not fits(quantity, indicator):
        return quantity.unit, ["unit_conflict"]
    if quantity.unit == "":
        return indicator.unit, ["unit_inferred"]
    if dimension(indicator.unit) == "per_10k_persons" and quantity.unit != indicator.unit:
        per_head = dimension(quantity.unit) == "person" and quantity.unit in ("人", "名")
        return (indicator.unit, []) if per_head else (quantity.unit, [])
    if dimension(indicator.unit) == "growth":
        return indicator.unit, []
    odd = is_share(quantity.unit) and (quantity.unit != indicator.unit or quantity.odd_unit)
    return quantity.unit, (["unit_scale"] if odd else [])


def out_of_bounds(value: Decimal, unit: str, indicator: Indicator) -> bool:
    """Whether the value lies outside what the registry holds possible."""
    if not convertible(unit, indicator.unit):
        return False
    low, high = indicator.bounds
    plain = convert(value, unit, indicator.unit)
    return (low is not None and plain < low) or (high is not None and plain > high)


def change_unit(quantity: Quantity, indicator: Indicator | None) -> str:
    """A movement's unit: % of a share is relative, 个百分点 stays, counts keep theirs."""
    if quantity.unit == "%":
        return "%（相对）"
    if (
        indicator
        and dimension(indicator.unit) == "per_10k_persons"
        and quantity.unit in ("人", "名")
    ):
        return indicator.unit
    return quantity.unit or (indicator.unit if indicator else "")


def is_points(quantity: Quantity) -> bool:
    """Whether the figure is a difference of shares and therefore never a level."""
    return quantity.unit in _CHANGE_UNITS
