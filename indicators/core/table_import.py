"""A table of texts into candidate claims, with an account of every cell. Pure: no files.

Every cell that holds something, and every blank place in the body of the table, gets
one outcome: accepted (a figure without doubt, or a label that was used), pending (a
person must look; the reasons say why) or rejected (no figure: blank, a symbol for
missing, an error). A blank is never 0, and a doubt never becomes a figure silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.core.candidate import CellOutcome, ImportResult
from indicators.core.model import Indicator, Region
from indicators.core.places import Place, Places
from indicators.core.recognise import Header, Recogniser, figure_in, period_in, unit_of
from indicators.core.table_figures import DataRow, FigureReader, ImportOptions, outcome_of, written
from indicators.core.table_layout import Cell, Grid, Layout, find_layout
from indicators.core.table_outliers import without_fractions
from indicators.core.table_repeats import without_repeats

__all__ = ["ImportOptions", "import_grids"]


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
            cells += _Table(FigureReader(file, layout, recogniser, places, options)).outcomes()
    settled = without_fractions(without_repeats(cells), recogniser.indicators)
    return ImportResult(file, tuple(settled))


def _unread(grid: Grid) -> Iterator[CellOutcome]:
    reason = "hidden_sheet" if "hidden_sheet" in grid.marks else "no_table"
    for cell in (cell for row in grid.rows for cell in row):
        if written(cell):
            yield CellOutcome(grid.place(cell), cell.text, "pending", reason)


@dataclass
class _Table:
    """Walks a table; what its figures mean is the reader's business."""

    reader: FigureReader

    @property
    def layout(self) -> Layout:
        return self.reader.layout

    def outcomes(self) -> Iterator[CellOutcome]:
        """One outcome per cell, in reading order of the (turned) grid."""
        rows = self.layout.grid.rows
        for number, cells in enumerate(rows):
            if number < self.layout.first:
                yield from (self._head(cell) for cell in cells if written(cell))
            elif any(written(cell) for cell in cells):
                yield from self._row(self._read_row(cells))

    def _head(self, cell: Cell) -> CellOutcome:
        if not cell.text.strip():
            return outcome_of(self.layout, cell, "pending", "formula_without_value")
        return outcome_of(self.layout, cell, "accepted", "label")

    # --- rows --------------------------------------------------------------------

    def _read_row(self, cells: Sequence[Cell]) -> DataRow:
        code, name = self._text(cells, self.layout.code), self._text(cells, self.layout.name)
        place = self._place(code, name)
        said = self._role(cells, "period")
        period, rest, _ = period_in(said) if said else (None, "", False)
        sense = self.reader.recogniser.header(said).sense if rest else "level"
        known = period and (not rest or sense != "level")
        doubts = () if not said or known else ("period_unknown",)
        unit_text = self._role(cells, "unit")
        unit = unit_of(unit_text) if unit_text else None
        if unit_text and unit is None:
            doubts = (*doubts, "unit_unknown")
        return DataRow(
            cells,
            place,
            name or code,
            said,
            period,
            unit,
            self._role(cells, "scope") or None,
            doubts,
            sense,
        )

    def _place(self, code: str, name: str) -> Place:
        if not code and not name and self.reader.options.region:
            return Place(self.reader.options.region)
        return self.reader.places.of(code, name)

    def _text(self, cells: Sequence[Cell], column: int | None) -> str:
        return "" if column is None else cells[column].text.strip()

    def _role(self, cells: Sequence[Cell], role: str) -> str:
        return self._text(cells, self.layout.roles.get(role))

    def _row(self, row: DataRow) -> Iterator[CellOutcome]:
        if self._is_note(row):
            yield from (
                outcome_of(self.layout, cell, "pending", "note_row")
                for cell in row.cells
                if written(cell)
            )
        elif self.layout.long:
            yield from self._long_row(row)
        elif self.layout.years:
            yield from self._row_by_period(row)
        else:
            yield from self._wide_row(row)

    def _is_note(self, row: DataRow) -> bool:
        """A row whose only text is no region: a remark below the table."""
        texts = [cell for cell in row.cells if written(cell)]
        return len(texts) == 1 and len(row.cells) > 1 and figure_in(texts[0].text) is None and (
            row.place.code is None or not row.label
        )  # fmt: skip

    def _wide_row(self, row: DataRow) -> Iterator[CellOutcome]:
        for number, cell in enumerate(row.cells):
            header = self.layout.headers[number]
            if header.role == "indicator":
                yield self.reader.outcome(row, cell, header, number)
            elif written(cell):
                yield self._label(row, cell, number)

    def _label(self, row: DataRow, cell: Cell, number: int) -> CellOutcome:
        if not cell.text.strip():
            return outcome_of(self.layout, cell, "pending", "formula_without_value")
        if number in (self.layout.code, self.layout.name):
            if row.place.code is None:
                return outcome_of(
                    self.layout, cell, "pending", row.place.reason or "region_unknown"
                )
            return outcome_of(self.layout, cell, "accepted", "label")
        if self.layout.headers[number].role == "unknown":
            return outcome_of(self.layout, cell, "pending", "unknown_column")
        if number == self.layout.roles.get("period") and "period_unknown" in row.doubts:
            return outcome_of(self.layout, cell, "pending", "period_unknown")
        return outcome_of(self.layout, cell, "accepted", "label")

    def _named(self, row: DataRow) -> Header:
        """The indicator a row names; a header without one where it is not known."""
        header = self.reader.recogniser.header(row.cells[self.layout.indicator].text)
        return header if header.role == "indicator" else Header(header.text)

    def _row_by_period(self, row: DataRow) -> Iterator[CellOutcome]:
        """A row of one indicator, whose columns are periods: 2021年, 2022年, 2023年目标."""
        named = self._named(row)
        for number, cell in enumerate(row.cells):
            if number in self.layout.years:
                above = self.layout.headers[number]
                yield self.reader.outcome(_said(row, named, above), cell, _of(named, above), number)
            elif number == self.layout.indicator and not named.indicators and written(cell):
                yield outcome_of(self.layout, cell, "pending", "indicator_unknown")
            elif written(cell):
                yield self._label(row, cell, number)

    def _long_row(self, row: DataRow) -> Iterator[CellOutcome]:
        roles, named, header = self.layout.roles, self.layout.indicator, self._named(row)
        for number, cell in enumerate(row.cells):
            if number == roles["value"]:
                yield self.reader.outcome(row, cell, header, number)
            elif number == named and not header.indicators and written(cell):
                yield outcome_of(self.layout, cell, "pending", "indicator_unknown")
            elif written(cell):
                yield self._label(row, cell, number)


def _of(named: Header, above: Header) -> Header:
    """The indicator of a row under the period, unit and sense of a column."""
    return replace(
        named,
        period=above.period,
        unit=named.unit or above.unit,
        sense=above.sense if named.sense == "level" else named.sense,
        odd_period=above.odd_period,
    )


def _said(row: DataRow, named: Header, above: Header) -> DataRow:
    """The row with the column's period in its quote; a period beside the name stays its own."""
    said = "；".join(part for part in (row.said, above.text.replace("\n", "/")) if part)
    return replace(row, said=said, period=row.period or named.period)
