"""Where a table's header is and which way it runs. Pure: no files.

A sheet is a rectangle of texts. The header is the block of one to three rows that names
the most columns; where no rows do, the sheet is turned, so that indicators in the rows
and regions in the columns are read alike. Every cell keeps the name of its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from indicators.core.places import Places
from indicators.core.recognise import Header, Recogniser

_HEADER_WITHIN = 15
_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place (``B7``), its text as shown, and marks such as ``hidden_row``."""

    ref: str
    text: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grid:
    """A sheet as rows of cells, all of one length. ``marks`` of the sheet: ``hidden_sheet``."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    marks: frozenset[str] = frozenset()

    @property
    def turned(self) -> Grid:
        """The same cells with rows and columns exchanged."""
        return Grid(self.name, tuple(zip(*self.rows, strict=True)), self.marks)

    def place(self, cell: Cell) -> str:
        """A cell's place with its sheet: ``表1!B7``."""
        return f"{self.name}!{cell.ref}" if self.name else cell.ref


@dataclass(frozen=True)
class Layout:
    """A grid read as a table: ``first`` is its first data row, ``headers`` one per column.

    ``code``/``name`` are the region columns, ``long`` says that a row holds one figure.
    ``above`` are the texts above the header. ``years`` are the columns of a table whose rows
    are indicators and whose columns are periods (2021年, 2023年目标); ``named`` says how many
    of its rows name an indicator.
    """

    grid: Grid
    start: int
    first: int
    headers: tuple[Header, ...]
    name: int | None = None
    code: int | None = None
    roles: Mapping[str, int] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    named: int = 0

    @property
    def indicator(self) -> int:
        """The column that names a row's indicator; -1 where there is none."""
        return self.roles.get("indicator_id", self.roles.get("indicator_name", -1))

    @property
    def long(self) -> bool:
        """One figure per row, its indicator named in a column."""
        return self.indicator >= 0 and "value" in self.roles

    @property
    def figures(self) -> list[int]:
        """The columns that hold figures of an indicator named in the header."""
        return [n for n, header in enumerate(self.headers) if header.role == "indicator"]

    @property
    def above(self) -> list[str]:
        """Texts above the header: title, unit, period."""
        return [cell.text for row in self.grid.rows[: self.start] for cell in row if cell.text]


def find_layout(grid: Grid, recogniser: Recogniser, places: Places) -> Layout | None:
    """The best reading of a grid as a table, ``None`` where no header is found."""
    if not grid.rows or not grid.rows[0]:
        return None
    options = [
        (_score(layout), layout)
        for way in (grid, grid.turned)
        for layout in _layouts(way, recogniser, places)
    ]
    best = max(options, key=lambda option: option[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _layouts(grid: Grid, recogniser: Recogniser, places: Places) -> Iterable[Layout]:
    for start in range(min(_HEADER_WITHIN, len(grid.rows))):
        for height in range(1, _HEADER_ROWS + 1):
            if start + height < len(grid.rows):
                yield _layout(grid, start, height, recogniser, places)


def _layout(grid: Grid, start: int, height: int, recogniser: Recogniser, places: Places) -> Layout:
    block = grid.rows[start : start + height]
    headers = tuple(recogniser.header(_joined(column)) for column in zip(*block, strict=True))
    roles: dict[str, int] = {}
    for number, header in enumerate(headers):
        roles.setdefault(header.role, number)
    first = start + height
    code, name = roles.get("region_code"), roles.get("region_name")
    if name is None and code is None:
        name = _region_column(grid, first, headers, places)
    layout = Layout(grid, start, first, headers, name, code, roles)
    return _by_period(layout, recogniser)


def _by_period(layout: Layout, recogniser: Recogniser) -> Layout:
    """The layout with its ``years``, where rows name indicators and columns periods."""
    column = layout.indicator
    taken = (layout.name, layout.code)
    if column < 0 or column in taken or layout.long or layout.figures:
        return layout
    blank = {n for n, h in enumerate(layout.headers) if h.role == "unknown" and n not in taken}
    if not any(layout.headers[n].period for n in blank):
        return layout
    years = [n for n in blank if layout.headers[n].period or layout.headers[n].sense != "level"]
    texts = [row[column].text for row in layout.grid.rows[layout.first :]]
    named = sum(recogniser.header(text).role == "indicator" for text in texts)
    return replace(layout, years=tuple(sorted(years)), named=named) if named else layout


def _joined(column: Iterable[Cell]) -> str:
    """The texts of a column's header cells, each once, from top to bottom."""
    return "\n".join(dict.fromkeys(cell.text for cell in column if cell.text))


def _region_column(
    grid: Grid, first: int, headers: tuple[Header, ...], places: Places
) -> int | None:
    """The first column without another meaning in which most cells name a region."""
    for number, header in enumerate(headers):
        if header.role not in ("unknown", "indicator_name"):
            continue
        texts = [row[number].text for row in grid.rows[first : first + 50] if row[number].text]
        known = sum(places.by_name(text).reason in (None, "total_row") for text in texts)
        if texts and 2 * known > len(texts):
            return number
    return None


def _score(layout: Layout) -> int:
    """How much of a table is understood: figures first, then regions; fewer header rows win."""
    if layout.long:
        figures = 1 + sum(name in layout.roles for name in ("period", "unit"))
    else:
        figures = len(layout.figures) or (len(layout.years) + layout.named)
    if not figures:
        return 0
    region = layout.name is not None or layout.code is not None
    periods = sum(bool(h.period) for h in layout.headers if h.role == "indicator")
    height = layout.first - layout.start
    size = 3 * height + layout.start  # a title above the header is no part of it
    return 1000 * region + 50 * figures + 15 * periods + 15 * layout.long - size
