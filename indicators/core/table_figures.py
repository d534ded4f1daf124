"""One cell in the body of a spreadsheet: the figure it states, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from indicators.core.candidate import CONFIDENT, DOUBTED, CellOutcome, ImportedCell
from indicators.core.lookup import names
from indicators.core.model import ClaimKind, Indicator
from indicators.core.places import Place, Places
from indicators.core.recognise import (
    Figure,
    Header,
    Recogniser,
    Sense,
    figure_in,
    missing_symbol,
    period_in,
    promises,
    unit_of,
)
from indicators.core.table_layout import Cell, Layout
from indicators.core.unit import convert, convertible

#: Marks of a cell that keep its figure from being taken without a look.
_DOUBTFUL = (
    "hidden_sheet", "hidden_row", "hidden_column", "merged_value", "formula_without_value", "date",
    "logical", "number_format", "long_fraction",
)  # fmt: skip
_SENSE_REASONS = {"target": "target_column", "change": "change_column", "rank": "rank_column"}


@dataclass(frozen=True)
class ImportOptions:
    """``parent``: the region whose table it is; ``region``: of rows that name none;
    ``period``/``unit``: where the table states none. Empty where the table must say it."""

    parent: str | None = None
    region: str | None = None
    period: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class DataRow:
    """What a data row says of itself: region, period, unit – and what is wrong with them.

    ``said`` is its period as written, ``period`` as understood; ``sense`` what the row is
    (2023年目标), where the row says it.
    """

    cells: Sequence[Cell]
    place: Place
    label: str
    said: str
    period: str | None
    unit: str | None
    scope: str | None
    doubts: tuple[str, ...]
    sense: Sense = "level"


@dataclass
class FigureReader:
    """Reads the figures of one table."""

    file: str
    layout: Layout
    recogniser: Recogniser
    places: Places
    options: ImportOptions

    @cached_property
    def _fractions(self) -> set[int]:
        return {number for number in self.layout.figures if self._fraction(number)}

    def outcome(self, row: DataRow, cell: Cell, header: Header, column: int) -> CellOutcome:
        """What becomes of a cell in the body: a candidate, or why there is none."""
        header = self._with_sense(row, header)
        settled = _without_figure(cell)
        if settled is not None:
            return outcome_of(self.layout, cell, *settled)
        figure = figure_in(cell.text)
        doubts = list(self._doubts(row, cell, header, column))
        if figure is None:
            return outcome_of(self.layout, cell, "pending", _first(cell, doubts, "not_a_number"))
        if len(header.indicators) != 1:
            return outcome_of(
                self.layout, cell, "pending", doubts[0] if doubts else "indicator_unknown"
            )
        candidate = self._candidate(row, cell, header, figure, doubts)
        return CellOutcome(
            self.layout.grid.place(cell),
            cell.text,
            candidate.status,
            candidate.reasons[0] if candidate.reasons else "figure",
            candidate,
        )

    def _with_sense(self, row: DataRow, header: Header) -> Header:
        """A figure under or beside 目标 or 计划 is a target, however it is written."""
        if header.sense != "level":
            return header
        known = (self.recogniser.indicators[code] for code in header.indicators)
        called = [name for indicator in known for name in names(indicator)]
        if promises(header.text, called) or promises(row.said, called):
            return replace(header, sense="target")
        return replace(header, sense=row.sense)

    def _doubts(self, row: DataRow, cell: Cell, header: Header, column: int) -> Iterator[str]:
        marks = cell.marks | self.layout.grid.marks
        yield from (mark for mark in _DOUBTFUL if mark in marks)
        if row.place.code is None:
            yield row.place.reason or "region_unknown"
        if not header.indicators:
            yield "indicator_unknown"
        elif len(header.indicators) > 1:
            yield "ambiguous_column"
        if not self.layout.long and self._repeated(column):
            yield "duplicate_header"
        if header.sense in _SENSE_REASONS:
            yield _SENSE_REASONS[header.sense]
        if column in self._fractions:
            yield "looks_like_fraction"
        yield from row.doubts

    def _repeated(self, column: int) -> bool:
        mine = self.layout.headers[column]
        key = (mine.indicators, mine.period, mine.sense)
        return any(
            (other.indicators, other.period, other.sense) == key
            for number, other in enumerate(self.layout.headers)
            if number != column and other.role == "indicator"
        )

    def _candidate(
        self, row: DataRow, cell: Cell, header: Header, figure: Figure, doubts: list[str]
    ) -> ImportedCell:
        indicator = self.recogniser.indicators[header.indicators[0]]
        period = self._period(row, header, doubts)
        unit = self._unit(row, header, figure, indicator, doubts)
        self._check(row, figure, unit, indicator, doubts)
        promised = header.sense == "target"
        kind: ClaimKind = (
            "commitment" if promised else "change" if header.sense == "change" else "reported"
        )
        return ImportedCell(
            file=self.file,
            indicator_id=indicator.id,
            indicator_text=header.text.replace("\n", "/"),
            region_code=row.place.code or "",
            region_name=self._called(row),
            kind=kind,
            period=None if promised else period,
            period_basis="stated",
            baseline_period=None,
            due=period if promised else None,
            comparator=None,
            value=figure.value,
            upper=None,
            unit=unit,
            precision=figure.precision,
            scope=row.scope,
            quote=self._quote(row, cell, header),
            offset=-1,
            confidence=DOUBTED if doubts else CONFIDENT,
            reasons=tuple(dict.fromkeys(doubts)),
            section=self.layout.grid.place(cell),
            status="pending" if doubts else "accepted",
        )

    def _called(self, row: DataRow) -> str:
        """The region as the row calls it; by its name where it gives a code."""
        name = self._name(row.place.code)
        return name if name and row.label.isdigit() else row.label or name

    def _name(self, code: str | None) -> str:
        region = self.places.regions.get(code or "")
        return region.name if region is not None else ""

    def _quote(self, row: DataRow, cell: Cell, header: Header) -> str:
        parts = [row.label, header.text.replace("\n", "/"), row.said]
        return f"{'；'.join(part for part in parts if part)}：{cell.text.strip()}"

    def _period(self, row: DataRow, header: Header, doubts: list[str]) -> str | None:
        if header.odd_period:
            doubts.append("period_unknown")
        if header.period and row.period and header.period != row.period:
            doubts.append("period_conflict")
        period = header.period or row.period or self.options.period or self._stated_above()
        if period is None and "period_unknown" not in doubts:
            doubts.append("period_missing")
        return period

    def _stated_above(self) -> str | None:
        """The one period that the title, or else the sheet's name, states."""
        for texts in (self.layout.above, [self.layout.grid.name]):
            found = {period_in(text)[0] for text in texts} - {None}
            if len(found) == 1:
                return found.pop()
        return None

    def _unit(
        self, row: DataRow, header: Header, figure: Figure, indicator: Indicator, doubts: list[str]
    ) -> str | None:
        """The unit the table states nearest to the figure; the indicator's own is a guess."""
        around = header.unit or row.unit
        if figure.unit and around and figure.unit != around:
            doubts.append("unit_conflict")
        unit = figure.unit or around or self._unit_above() or self.options.unit
        if unit is None:
            doubts.append("unit_missing")
            return indicator.unit
        if header.sense == "level" and not convertible(unit, indicator.unit):
            doubts.append("unit_conflict")
        return unit

    def _unit_above(self) -> str | None:
        texts = self.layout.above
        found = {unit_of(text.strip("（）() ")) for text in texts if "单位" in text} - {None}
        return found.pop() if len(found) == 1 else None

    def _check(
        self,
        row: DataRow,
        figure: Figure,
        unit: str | None,
        indicator: Indicator,
        doubts: list[str],
    ) -> None:
        region = self.places.regions.get(row.place.code or "")
        if region is not None and region.level not in indicator.levels:
            doubts.append("level")
        if unit is None or not convertible(unit, indicator.unit):
            return
        low, high = indicator.bounds
        value = convert(figure.value, unit, indicator.unit)
        if (low is not None and value < low) or (high is not None and value > high):
            doubts.append("out_of_bounds")

    def _fraction(self, column: int) -> bool:
        """A share in % whose column never exceeds 1 was probably stored as a fraction."""
        header = self.layout.headers[column]
        ids = header.indicators
        if len(ids) != 1 or self.recogniser.indicators[ids[0]].unit != "%":
            return False
        cells = [row[column] for row in self.layout.grid.rows[self.layout.first :]]
        figures = [figure for cell in cells if (figure := figure_in(cell.text)) is not None]
        values = [figure.value for figure in figures if figure.unit is None]
        return len(values) >= 2 and all(Decimal(0) <= value <= 1 for value in values)


def outcome_of(layout: Layout, cell: Cell, status: str, reason: str) -> CellOutcome:
    """The outcome of a cell that gives no candidate."""
    place = layout.grid.place(cell)
    if status == "accepted":
        return CellOutcome(place, cell.text, "accepted", reason)
    if status == "rejected":
        return CellOutcome(place, cell.text, "rejected", reason)
    return CellOutcome(place, cell.text, "pending", reason)


def written(cell: Cell) -> bool:
    """Whether the file has something at this very place."""
    something = cell.text.strip() or "formula_without_value" in cell.marks
    return bool(something) and "filled" not in cell.marks


def _without_figure(cell: Cell) -> tuple[str, str] | None:
    """Status and reason of a cell in the body that states no figure, else ``None``."""
    if "filled" in cell.marks:
        return "pending", "merged_value"
    if "formula_without_value" in cell.marks:
        return "pending", "formula_without_value"
    if "error_value" in cell.marks:
        return "rejected", "error_value"
    if not cell.text.strip():
        return "rejected", "blank"
    return ("rejected", "missing_symbol") if missing_symbol(cell.text) else None


def _first(cell: Cell, doubts: Sequence[str], otherwise: str) -> str:
    """Why a cell without a figure waits: its own kind before the doubts about its row."""
    return next((mark for mark in _DOUBTFUL if mark in cell.marks), otherwise) or doubts[0]
