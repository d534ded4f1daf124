"""Tables inside a text: rows of indicators by period, or of regions by indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.core.period import Period
from indicators.core.unit import UNITS
from indicators.mining import units
from indicators.mining.binding import Binding
from indicators.mining.context import Reading
from indicators.mining.fold import fold
from indicators.mining.kinds import comparator_of
from indicators.mining.numerals import DIGITS
from indicators.mining.periods import find_periods, resolve
from indicators.mining.quantities import Quantity, find_quantities
from indicators.mining.regions import Gazetteer, Place
from indicators.mining.sentences import Cell, TextTable
from indicators.mining.terms import Term, TermIndex

_BARE = re.compile(
    rf"(?P<bound>≥|≤|>|<|不低于|不超过)?(?P<number>{DIGITS})(?P<after>以上|以下|以内|左右)?"
)
_TARGET = re.compile(r"目标|计划|预期值|要求")
_ACTUAL = re.compile(r"完成|实际|现状|基期|达到|实绩")
_BRACKETED = re.compile(r"\(([^()]{1,8})\)")
_BOUNDS = {"≥": ">=", ">": ">=", "不低于": ">=", "以上": ">=", "≤": "<=", "<": "<=", "不超过": "<="}
_BOUNDS |= {"以下": "<=", "以内": "<=", "左右": "~"}

Found = tuple[Binding, int, int]


@dataclass(frozen=True, slots=True)
class _Axis:
    """What one header cell or row label says."""

    text: str
    term: Term | None
    place: Place | None
    period: Period | None
    unit: str | None
    target: bool
    actual: bool
    home: bool


def read_table(
    text: str, table: TextTable, terms: TermIndex, places: Gazetteer, reading: Reading
) -> Iterator[Found]:
    """Bindings of a table's cells with their span: from the row's label to the cell."""
    rows = _without_caption(table.rows)
    header = [_axis(text, cell, terms, places, reading) for cell in rows[0]]
    labelled = any(
        axis.term or axis.place or axis.period or axis.target or axis.actual for axis in header[1:]
    )
    has_header = labelled and not any(_value(text, cell) for cell in rows[0][1:])
    for row in rows[1:] if has_header else rows:
        yield from _row(text, row, header if has_header else [], terms, places, reading)


def _without_caption(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """专栏1　主要发展指标 above the header is no row of the table: it has fewer cells."""
    captioned = len(rows) >= 3 and len(rows[0]) < min(len(rows[1]), len(rows[2]))
    return rows[1:] if captioned else rows


def _axis(text: str, cell: Cell, terms: TermIndex, places: Gazetteer, reading: Reading) -> _Axis:
    line = fold(text, cell.start, cell.end).text
    named = [term for term in terms.find(line) if term.ids]
    found = [place for place in places.find(line) if not place.own]
    mentions = [m for m in find_periods(line) if m.span is None]
    units_written = [u for u in _BRACKETED.findall(line) if u in UNITS] or (
        [line] if line in UNITS else []
    )
    return _Axis(
        text=line,
        term=named[0] if len(named) == 1 else None,
        place=found[0] if len(found) == 1 else None,
        period=resolve(mentions[0], reading.dated) if len(mentions) == 1 else None,
        unit=units_written[0] if units_written else None,
        target=_TARGET.search(line) is not None,
        actual=_ACTUAL.search(line) is not None,
        home=any(place.own for place in places.find(line)),
    )


def _row(
    text: str,
    row: tuple[Cell, ...],
    header: list[_Axis],
    terms: TermIndex,
    places: Gazetteer,
    reading: Reading,
) -> Iterator[Found]:
    axes = [_axis(text, cell, terms, places, reading) for cell in row]
    at = next((n for n, axis in enumerate(axes[:3]) if axis.term or axis.place or axis.home), 0)
    stated = next((axis.unit for axis in axes[at + 1 :] if axis.unit), None)
    for number, cell in enumerate(row[at + 1 :], start=at + 1):
        column = header[number] if number < len(header) else None
        quantity = _value(text, cell)
        term = axes[at].term or (column.term if column else None)
        if quantity is None or term is None:
            continue
        binding = _binding(quantity, term, axes[at], column, stated, terms, reading)
        yield binding, row[at].start, cell.end


def _value(text: str, cell: Cell) -> Quantity | None:
    """The one figure of a cell; ``None`` for words, dates, blanks, dashes and dots."""
    line = fold(text, cell.start, cell.end).text
    found = find_quantities(line)
    if len(found) == 1 and found[0].end - found[0].start >= len(line) - 1:
        return found[0]
    match = _BARE.fullmatch(line)
    if match is None:
        return None
    from indicators.mining.numerals import parse_numeral

    value = parse_numeral(match["number"])
    bound = _BOUNDS.get(match["bound"] or match["after"] or "")
    if value is None or (value == value.to_integral() and 1949 <= value <= 2100):
        return None
    return Quantity(0, len(line), 0, value, None, "", bound, "cell")  # type: ignore[arg-type]


def _binding(
    quantity: Quantity,
    term: Term,
    label: _Axis,
    column: _Axis | None,
    stated: str | None,
    terms: TermIndex,
    reading: Reading,
) -> Binding:
    indicator = terms.indicators[term.ids[0]]
    reasons = ["table", *(["indicator_ambiguous"] if len(term.ids) > 1 else [])]
    unit = quantity.unit or stated or (column.unit if column else None) or label.unit
    if not unit:
        unit = indicator.unit
        reasons.append("unit_inferred")
    if units.dimension(unit) != units.dimension(indicator.unit):
        reasons.append("unit_conflict")
    elif units.is_share(unit) and unit != indicator.unit:
        reasons.append("unit_scale")
    if units.out_of_bounds(quantity.value, unit, indicator):
        reasons.append("out_of_bounds")
    period = (column.period if column else None) or label.period
    target = bool((column and column.target) or label.target) and not (column and column.actual)
    return _filled(quantity, term, label, column, unit, period, target, reasons, reading)


def _standing(reading: Reading) -> Period | None:
    """The date of the text above, unless it lies ahead: that one belongs to a promise."""
    return None if reading.lies_ahead(reading.standing) else reading.standing


def _filled(
    quantity: Quantity,
    term: Term,
    label: _Axis,
    column: _Axis | None,
    unit: str,
    period: Period | None,
    target: bool,
    reasons: list[str],
    reading: Reading,
) -> Binding:
    target = target or reading.lies_ahead(period)
    fallback = period or _standing(reading)
    if fallback is None and not target:
        reasons.append("period_document" if reading.dated else "period_missing")
    return Binding(
        kind="commitment" if target else "reported",
        ids=term.ids,
        text=term.name,
        start=0,
        end=0,
        quantity=quantity,
        value=quantity.value,
        unit=unit,
        place=label.place or (column.place if column else None),
        period=None if target else fallback or reading.dated,
        basis="document" if fallback is None and not target else "stated",
        due=(period or reading.heading_period) if target else None,
        comparator=comparator_of(quantity, "") if target else None,
        precision="exact" if target else quantity.precision,
        reasons=reasons,
    )
