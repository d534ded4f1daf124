"""A table of texts into candidate claims, with an account of every cell. Pure: no files.

Every cell that holds something, and every blank place in the body of the table, gets
one outcome: accepted (a figure without doubt, or a label that was used), pending (a
person must look; the reasons say why) or rejected (no figure: blank, a symbol for
missing, an error). A blank is never 0, and a doubt never becomes a figure silently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.core.candidate import CellOutcome, ImportedCell, ImportResult
from indicators.core.model import ClaimKind, Indicator, Region
from indicators.core.places import Place, Places
from indicators.core.recognise import (
    Figure,
    Header,
    Recogniser,
    figure_in,
    missing_symbol,
    period_in,
    unit_of,
)
from indicators.core.table_layout import Cell, Grid, Layout, find_layout
from indicators.core.unit import convert, convertible

#: Marks of a cell that keep its figure from being taken without a look.
_DOUBTFUL = (
    "hidden_sheet", "hidden_row", "hidden_column", "merged_value", "formula_without_value", "date",
    "logical", "number_format", "long_fraction",
)  # fmt: skip
_SENSE_REASONS = {"target": "target_column", "change": "change_column", "rank": "rank_column"}
_CONFIDENT, _DOUBTED = 0.95, 0.4


@dataclass(frozen=True)
class ImportOptions:
    """``parent``: the region whose table it is; ``region``: of rows that name none;
    ``period``/``unit``: where the table states none. Empty where the table must say it."""

    parent: str | None = None
    region: str | None = None
    period: str | None = None
    unit: str | None = None


def import_grids(
    file: str,
    grids: Sequence[Grid],
    indicators: Iterable[Indicator],
    regions: Mapping[str, Region],
    options: ImportOptions,
) -> ImportResult:
    """Read every sheet of a file. Columns of ``regions``/``indicators`` as in a Snapshot."""
    recogniser = Recogniser(indicators)
    places = Places(regions, options.parent)
    cells: list[CellOutcome] = []
    for grid in grids:
        layout = find_layout(grid, recogniser, places)
        if layout is None:
            cells += _unread(grid)
        else:
            cells += _Table(file, layout, recogniser, places, options).outcomes()
    return ImportResult(file, tuple(_without_repeats(cells)))


def _unread(grid: Grid) -> Iterator[CellOutcome]:
    reason = "hidden_sheet" if "hidden_sheet" in grid.marks else "no_table"
    for cell in (cell for row in grid.rows for cell in row):
        if _written(cell):
            yield CellOutcome(grid.place(cell), cell.text, "pending", reason)


@dataclass(frozen=True)
class _Row:
    """What a data row says of itself: region, period, unit – and what is wrong with them."""

    cells: Sequence[Cell]
    place: Place
    label: str
    period: str | None
    unit: str | None
    scope: str | None
    doubts: tuple[str, ...]


@dataclass
class _Table:
    file: str
    layout: Layout
    recogniser: Recogniser
    places: Places
    options: ImportOptions
    _fractions: set[int] = field(default_factory=set)

    def outcomes(self) -> Iterator[CellOutcome]:
        """One outcome per cell, in reading order of the (turned) grid."""
        self._fractions = {n for n in self.layout.figures if self._fraction(n)}
        rows = self.layout.grid.rows
        for number, cells in enumerate(rows):
            if number < self.layout.first:
                yield from (self._head(cell) for cell in cells if _written(cell))
            elif any(_written(cell) for cell in cells):
                yield from self._row(self._read_row(cells))

    def _head(self, cell: Cell) -> CellOutcome:
        if not cell.text.strip():
            return self._outcome(cell, "pending", "formula_without_value")
        return self._outcome(cell, "accepted", "label")

    # --- rows --------------------------------------------------------------------

    def _read_row(self, cells: Sequence[Cell]) -> _Row:
        code, name = self._text(cells, self.layout.code), self._text(cells, self.layout.name)
        place = self._place(code, name)
        written = self._role(cells, "period")
        period, rest, _ = period_in(written) if written else (None, "", False)
        doubts = () if not written or (period and not rest) else ("period_unknown",)
        unit_text = self._role(cells, "unit")
        unit = unit_of(unit_text) if unit_text else None
        if unit_text and unit is None:
            doubts = (*doubts, "unit_unknown")
        return _Row(
            cells, place, name or code, period, unit, self._role(cells, "scope") or None, doubts
        )

    def _place(self, code: str, name: str) -> Place:
        if not code and not name and self.options.region:
            return Place(self.options.region)
        return self.places.of(code, name)

    def _text(self, cells: Sequence[Cell], column: int | None) -> str:
        return "" if column is None else cells[column].text.strip()

    def _role(self, cells: Sequence[Cell], role: str) -> str:
        return self._text(cells, self.layout.roles.get(role))

    def _row(self, row: _Row) -> Iterator[CellOutcome]:
        if self._is_note(row):
            yield from (
                self._outcome(cell, "pending", "note_row") for cell in row.cells if _written(cell)
            )
        elif self.layout.long:
            yield from self._long_row(row)
        else:
            yield from self._wide_row(row)

    def _is_note(self, row: _Row) -> bool:
        """A row whose only text is no region: a remark below the table."""
        texts = [cell for cell in row.cells if _written(cell)]
        return len(texts) == 1 and len(row.cells) > 1 and figure_in(texts[0].text) is None and (
            row.place.code is None or not row.label
        )  # fmt: skip

    def _wide_row(self, row: _Row) -> Iterator[CellOutcome]:
        for number, cell in enumerate(row.cells):
            header = self.layout.headers[number]
            if header.role == "indicator":
                yield self._figure(row, cell, header, number)
            elif _written(cell):
                yield self._label(row, cell, number)

    def _label(self, row: _Row, cell: Cell, number: int) -> CellOutcome:
        if not cell.text.strip():
            return self._outcome(cell, "pending", "formula_without_value")
        if number in (self.layout.code, self.layout.name):
            if row.place.code is None:
                return self._outcome(cell, "pending", row.place.reason or "region_unknown")
            return self._outcome(cell, "accepted", "label")
        if self.layout.headers[number].role == "unknown":
            return self._outcome(cell, "pending", "unknown_column")
        if number == self.layout.roles.get("period") and "period_unknown" in row.doubts:
            return self._outcome(cell, "pending", "period_unknown")
        return self._outcome(cell, "accepted", "label")

    def _long_row(self, row: _Row) -> Iterator[CellOutcome]:
        roles = self.layout.roles
        named = roles.get("indicator_id", roles.get("indicator_name", -1))
        header = self.recogniser.header(row.cells[named].text)
        if header.role != "indicator":
            header = Header(header.text)
        for number, cell in enumerate(row.cells):
            if number == roles["value"]:
                yield self._figure(row, cell, header, number)
            elif number == named and not header.indicators and _written(cell):
                yield self._outcome(cell, "pending", "indicator_unknown")
            elif _written(cell):
                yield self._label(row, cell, number)

    # --- figures -----------------------------------------------------------------

    def _figure(self, row: _Row, cell: Cell, header: Header, column: int) -> CellOutcome:
        settled = _without_figure(cell)
        if settled is not None:
            return self._outcome(cell, *settled)
        figure = figure_in(cell.text)
        doubts = list(self._doubts(row, cell, header, column))
        if figure is None:
            return self._outcome(cell, "pending", _first(cell, doubts, "not_a_number"))
        if len(header.indicators) != 1:
            return self._outcome(cell, "pending", doubts[0] if doubts else "indicator_unknown")
        candidate = self._candidate(row, cell, header, figure, doubts)
        return CellOutcome(
            self.layout.grid.place(cell),
            cell.text,
            candidate.status,
            candidate.reasons[0] if candidate.reasons else "figure",
            candidate,
        )

    def _doubts(self, row: _Row, cell: Cell, header: Header, column: int) -> Iterator[str]:
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
        self, row: _Row, cell: Cell, header: Header, figure: Figure, doubts: list[str]
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
            region_name=row.label or self._name(row.place.code),
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
            confidence=_DOUBTED if doubts else _CONFIDENT,
            reasons=tuple(dict.fromkeys(doubts)),
            section=self.layout.grid.place(cell),
            status="pending" if doubts else "accepted",
        )

    def _name(self, code: str | None) -> str:
        region = self.places.regions.get(code or "")
        return region.name if region is not None else ""

    def _quote(self, row: _Row, cell: Cell, header: Header) -> str:
        parts = [row.label, header.text.replace("\n", "/"), self._role(row.cells, "period")]
        return f"{'；'.join(part for part in parts if part)}：{cell.text.strip()}"

    def _period(self, row: _Row, header: Header, doubts: list[str]) -> str | None:
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
        self, row: _Row, header: Header, figure: Figure, indicator: Indicator, doubts: list[str]
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
        self, row: _Row, figure: Figure, unit: str | None, indicator: Indicator, doubts: list[str]
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

    def _outcome(self, cell: Cell, status: str, reason: str) -> CellOutcome:
        place = self.layout.grid.place(cell)
        if status == "accepted":
            return CellOutcome(place, cell.text, "accepted", reason)
        if status == "rejected":
            return CellOutcome(place, cell.text, "rejected", reason)
        return CellOutcome(place, cell.text, "pending", reason)


def _written(cell: Cell) -> bool:
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


def _without_repeats(cells: Sequence[CellOutcome]) -> Iterator[CellOutcome]:
    """Of figures for one region, indicator and period, repeats are rejected, conflicts wait."""
    figures: dict[tuple[object, ...], list[ImportedCell]] = defaultdict(list)
    for cell in cells:
        if cell.candidate is not None:
            figures[_key(cell.candidate)].append(cell.candidate)
    for cell in cells:
        yield cell if cell.candidate is None else _settled(cell, figures[_key(cell.candidate)])


def _key(candidate: ImportedCell) -> tuple[object, ...]:
    return (
        candidate.region_code,
        candidate.indicator_id,
        candidate.period or candidate.due,
        candidate.scope,
        candidate.kind,
    )


def _settled(cell: CellOutcome, rivals: Sequence[ImportedCell]) -> CellOutcome:
    candidate = cell.candidate
    if candidate is None or len(rivals) == 1 or not candidate.region_code:
        return cell
    if len({(rival.value, rival.unit, rival.precision) for rival in rivals}) > 1:
        doubts = tuple(dict.fromkeys((*candidate.reasons, "duplicate_conflict")))
        waiting = replace(candidate, status="pending", reasons=doubts, confidence=_DOUBTED)
        return replace(cell, status="pending", reason=doubts[0], candidate=waiting)
    if candidate is rivals[0]:
        return cell
    return replace(cell, status="rejected", reason="duplicate_same", candidate=None)
