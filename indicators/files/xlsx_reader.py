"""Excel workbooks (.xlsx) to sheets of texts as shown. Runs in the parser process.

A cell's text is what a reader of the sheet sees: 0.6505 formatted ``0.00%`` is 65.05%.
What a table of texts would hide – formulas without result, merged, hidden and
text-stored cells, dates – is marked cell by cell and listed as traps.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from indicators.files.refusals import Refusal
from indicators.files.table_readers import MAX_CELLS, MAX_COLUMNS

_LISTED = 50
_FORMAT = re.compile(r'(?P<whole>[#,]*0)(?P<fraction>\.0+)?(?P<percent>%)?(?:"(?P<unit>[^"]*)")?_?')
_PLAIN_NUMBER = re.compile(r"\s*[+-]?[0-9][0-9,]*(?:\.[0-9]+)?\s*%?\s*")
_DIMENSION = re.compile(
    rb'<(?:\w+:)?dimension ref="([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)"'
)
#: More fraction digits than any registry value has: a computed number.
_FRACTION_DIGITS = 6
_LARGEST = 1e15


def read_xlsx(data: bytes) -> dict[str, Any]:
    """All sheets, hidden ones too. Raises :class:`Refusal`."""
    _refuse_huge(data)
    formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    sheets: list[dict[str, Any]] = []
    for name in formulas.sheetnames:
        if not hasattr(formulas[name], "iter_rows"):
            continue  # a chart sheet
        reading = _Reading(formulas[name], values[name])
        if reading.read():
            sheets.append(reading.result())
    if not sheets:
        raise Refusal("no_table")
    _add_dimensions(data, sheets)
    return {"sheets": sheets, "encoding": None}


def _refuse_huge(data: bytes) -> None:
    """Count the cells before a reader makes an object of each."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and archive.read(name).count(b"<c ") > MAX_CELLS:
                raise Refusal("cells", name, limit=MAX_CELLS)


class _Reading:
    """One sheet: texts, marks and traps."""

    def __init__(self, formulas: Any, values: Any) -> None:
        self.formulas, self.values = formulas, values
        self.marks: dict[str, list[str]] = defaultdict(list)
        self.traps: dict[str, list[str]] = defaultdict(list)
        self.rows: list[list[str]] = []
        self.hidden = formulas.sheet_state != "visible"

    def read(self) -> bool:
        """Read all cells; whether there is any."""
        cells = [cell for cell in self.formulas._cells.values() if cell.value is not None]
        height = max((cell.row for cell in cells), default=0)
        width = max((cell.column for cell in cells), default=0)
        if width > MAX_COLUMNS or height * width > MAX_CELLS:
            raise Refusal("cells", f"{self.formulas.title}!A1", limit=MAX_CELLS)
        self.rows = [[""] * width for _ in range(height)]
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            self.rows[cell.row - 1][cell.column - 1] = self._cell(cell)
        self._fill_merged()
        self._mark_hidden()
        if self.hidden:
            self.traps["hidden_sheet"].append(self.formulas.title)
        return any(any(row) for row in self.rows) or bool(self.marks)

    def result(self) -> dict[str, Any]:
        """The sheet as JSON."""
        return {
            "name": self.formulas.title,
            "rows": self.rows,
            "marks": dict(self.marks),
            "sheet_marks": ["hidden_sheet"] if self.hidden else [],
            "traps": {code: places[:_LISTED] for code, places in self.traps.items()},
        }

    def _mark(self, cell: Any, code: str, *, trap: bool = True) -> None:
        self.marks[f"{cell.row - 1},{cell.column - 1}"].append(code)
        if trap:
            self.traps[code].append(f"{self.formulas.title}!{cell.coordinate}")

    def _trap(self, cell: Any, code: str) -> None:
        self.traps[code].append(f"{self.formulas.title}!{cell.coordinate}")

    def _cell(self, cell: Any) -> str:
        value = cell.value
        if cell.data_type == "f":
            value = self.values.cell(cell.row, cell.column).value
            if value is None:
                self._mark(cell, "formula_without_value")
                return ""
            self._trap(cell, "formula")
        return self._shown(cell, value)

    def _shown(self, cell: Any, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            self._mark(cell, "logical", trap=False)
            return "TRUE" if value else "FALSE"
        if isinstance(
            value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta
        ):
            self._mark(cell, "date")
            return _date(value)
        if isinstance(value, int | float):
            return self._number(cell, value)
        return self._text(cell, str(value))

    def _text(self, cell: Any, value: str) -> str:
        if value.startswith("#") and cell.data_type in ("e", "f"):
            self._mark(cell, "error_value")
        elif _PLAIN_NUMBER.fullmatch(value):
            self._trap(cell, "text_number")
        return value

    def _number(self, cell: Any, value: int | float) -> str:
        number = Decimal(repr(value)) if abs(value) < _LARGEST else None  # nan is not below
        if number is None:
            self._mark(cell, "number_format", trap=False)
            return str(value)
        pattern = str(cell.number_format or "General").split(";")[0].strip()
        if pattern in ("General", "@", ""):
            return self._general(cell, number)
        match = _FORMAT.fullmatch(re.sub(r"_.|\\ |\[\$[^\]]*\]", "", pattern))
        if match is None:
            self._mark(cell, "number_format", trap=False)
            return _digits(number)
        return self._formatted(cell, number, match)

    def _general(self, cell: Any, number: Decimal) -> str:
        text = _digits(number)
        if len(text.partition(".")[2]) > _FRACTION_DIGITS:
            self._mark(cell, "long_fraction", trap=False)
        return text

    def _formatted(self, cell: Any, number: Decimal, match: re.Match[str]) -> str:
        scaled = number * 100 if match["percent"] else number
        places = len(match["fraction"] or ".") - 1
        step = Decimal(1).scaleb(-places)
        # Excel works with 15 digits: 0.285 stored as 0.28499999999999998 is shown as 0.29
        exact = scaled.quantize(Decimal(1).scaleb(min(-places, scaled.adjusted() - 14)))
        shown = exact.quantize(step, ROUND_HALF_UP)
        if shown != scaled:
            self._trap(cell, "rounded")
        if match["percent"]:
            self._trap(cell, "percent_format")
        return f"{shown:f}{match['percent'] or ''}{match['unit'] or ''}"

    def _fill_merged(self) -> None:
        """Give covered cells their label's text; a covered figure is marked, not copied."""
        areas = self.formulas.merged_cells.ranges
        for area in sorted(areas, key=lambda area: (area.min_row, area.min_col)):
            top, left = area.min_row - 1, area.min_col - 1
            if top >= len(self.rows) or left >= len(self.rows[top]):
                continue
            text = self.rows[top][left]
            self.traps["merged"].append(f"{self.formulas.title}!{area.coord}")
            self.marks[f"{top},{left}"].append("merged_value")
            for row in range(top, min(area.max_row, len(self.rows))):
                for column in range(left, min(area.max_col, len(self.rows[row]))):
                    if (row, column) != (top, left):
                        self.rows[row][column] = text
                        self.marks[f"{row},{column}"].append("filled")

    def _mark_hidden(self) -> None:
        title = self.formulas.title
        rows = [n for n, d in self.formulas.row_dimensions.items() if d.hidden]
        for number in rows:
            if 1 <= number <= len(self.rows):
                self.traps["hidden_row"].append(f"{title}!{number}:{number}")
                for column in range(len(self.rows[number - 1])):
                    self.marks[f"{number - 1},{column}"].append("hidden_row")
        for letter, dimension in self.formulas.column_dimensions.items():
            if dimension.hidden:
                self._mark_column(letter, dimension)

    def _mark_column(self, letter: str, dimension: Any) -> None:
        first = dimension.min or range_boundaries(f"{letter}1")[0] or 1
        last = dimension.max or first
        width = len(self.rows[0]) if self.rows else 0
        for column in range(first - 1, min(last, width)):
            name = get_column_letter(column + 1)
            self.traps["hidden_column"].append(f"{self.formulas.title}!{name}:{name}")
            for row in range(len(self.rows)):
                self.marks[f"{row},{column}"].append("hidden_column")


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _add_dimensions(data: bytes, sheets: list[dict[str, Any]]) -> None:
    """A sheet's declared range against its cells; readers that trust it lose rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(
            n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)
        )
        declared = [_DIMENSION.search(archive.read(name)[:4_000]) for name in names]
    if len(declared) != len(sheets):
        return
    for found, result in zip(declared, sheets, strict=True):
        if found is None:
            continue
        _, _, width, height = range_boundaries(found[1].decode())
        rows, columns = len(result["rows"]), max(map(len, result["rows"]), default=0)
        if (height or 0) < rows or (width or 0) < columns:
            result["traps"]["dimension"] = [f"{result['name']}!{found[1].decode()}"]
