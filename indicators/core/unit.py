"""Units of measurement: which dimension each belongs to and how it scales.

Two values may be compared only in one dimension. Percent, per mille and rates per
10,000 or 100,000 are all shares and convert exactly; a percentage point is a
*difference* of shares and never converts to a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """``scale`` turns a value in this unit into the base unit of its ``dimension``.

    ``gap_zh``/``gap_en`` name a difference of two values: % gives 个百分点.
    """

    symbol: str
    dimension: str
    scale: Decimal
    zh: str
    en: str
    gap_zh: str
    gap_en: str


def _unit(
    symbol: str, dimension: str, scale: str, en: str, gap_zh: str = "", gap_en: str = ""
) -> Unit:
    return Unit(symbol, dimension, Decimal(scale), symbol, en, gap_zh or symbol, gap_en or en)


_ALL = (
    _unit("%", "share", "0.01", "%", "个百分点", "percentage points"),
    _unit("‰", "share", "0.001", "‰", "个千分点", "per-mille points"),
    _unit("/万", "share", "0.0001", "per 10,000"),
    _unit("/10万", "share", "0.00001", "per 100,000"),
    _unit("个百分点", "share_change", "0.01", "percentage points"),
    _unit("%（相对）", "relative_change", "0.01", "% (relative)"),
    _unit("%/年", "growth", "0.01", "% per year"),
    _unit("比值", "ratio", "1", "ratio"),
    _unit("人", "person", "1", "persons"),
    _unit("名", "person", "1", "persons"),
    _unit("万人", "person", "10000", "10,000 persons"),
    _unit("人次", "visit", "1", "visits"),
    _unit("万人次", "visit", "10000", "10,000 visits"),
    _unit("例", "case", "1", "cases"),
    _unit("万例", "case", "10000", "10,000 cases"),
    _unit("份", "record", "1", "records"),
    _unit("万份", "record", "10000", "10,000 records"),
    _unit("家", "item", "1", "institutions"),
    _unit("个", "item", "1", "items"),
    _unit("所", "item", "1", "institutions"),
    _unit("项", "item", "1", "items"),
    _unit("支", "item", "1", "teams"),
    _unit("种", "item", "1", "kinds"),
    _unit("辆", "item", "1", "vehicles"),
    _unit("张", "bed", "1", "beds"),
    _unit("元", "yuan", "1", "yuan"),
    _unit("万元", "yuan", "10000", "10,000 yuan"),
    _unit("亿元", "yuan", "100000000", "100 million yuan"),
    _unit("元/人", "yuan_per_person", "1", "yuan per person"),
    _unit("人/万人", "per_10k_persons", "1", "per 10,000 persons"),
    _unit("名/万人", "per_10k_persons", "1", "per 10,000 persons"),
    _unit("人次/万人", "visits_per_10k", "1", "visits per 10,000 persons"),
    _unit("岁", "age", "1", "years"),
    _unit("分", "score", "1", "points"),
    _unit("万管", "tube", "10000", "10,000 tubes"),
    _unit("是/否", "yes_no", "1", "yes/no"),
)

UNITS: dict[str, Unit] = {unit.symbol: unit for unit in _ALL}


def unit(symbol: str) -> Unit:
    """The unit of that symbol. Raises :class:`ValueError` for an unknown one."""
    try:
        return UNITS[symbol]
    except KeyError:
        raise ValueError(f'expected a known unit ({" ".join(UNITS)}), found "{symbol}"') from None


def convertible(source: str, target: str) -> bool:
    """Whether both symbols are known and of one dimension."""
    return (
        source in UNITS and target in UNITS and UNITS[source].dimension == UNITS[target].dimension
    )


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """``value`` re-expressed in ``target``, exactly (decimal arithmetic).

    Raises :class:`ValueError` where the units are unknown or of different dimensions.
    """
    if source == target:
        return value
    origin, goal = unit(source), unit(target)
    if origin.dimension != goal.dimension:
        raise ValueError(f'"{source}" and "{target}" measure different things')
    return _as_precise(value * origin.scale / goal.scale, value, origin.scale / goal.scale)


def _as_precise(found: Decimal, given: Decimal, ratio: Decimal) -> Decimal:
    """``found`` without decimals that multiplying added: 102.44万 is 1024400, not 1024400.00."""
    digit, shift = ratio.normalize().as_tuple()[1:]
    if digit != (1,) or not isinstance(shift, int) or shift <= 0:
        return found
    places = max(0, -int(given.as_tuple().exponent) - shift)
    return found.quantize(Decimal(1).scaleb(-places))
