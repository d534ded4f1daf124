"""Spreadsheets of observations (CSV, XLSX, Parquet) to candidate claims.

Reading happens in the parser process; what the cells mean is decided in
:mod:`indicators.core.table_import`. No cell is lost: read = accepted + rejected + pending.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from indicators.core.candidate import CellOutcome, ImportResult
from indicators.core.model import Snapshot
from indicators.core.table_import import ImportOptions, import_grids
from indicators.core.table_layout import Cell, Grid
from indicators.files.sandbox import parse

#: A reason that is worth a line among the traps as well.
_REASONS_AS_TRAPS = (
    "missing_symbol", "blank", "duplicate_header", "code_lost_zeros", "error_value",
    "looks_like_fraction",
)  # fmt: skip


def import_table(
    path: Path, snapshot: Snapshot, options: ImportOptions, *, name: str | None = None
) -> ImportResult:
    """Read a spreadsheet from outside and account for every cell.

    ``name`` is what messages and candidates call the file (for uploads kept under
    another name). Raises :class:`~indicators.files.refusals.FileRefused`.
    """
    shown = name or path.name
    sheets = parse("table", path, name=name)["sheets"]
    grids = [_grid(sheet) for sheet in sheets]
    result = import_grids(shown, grids, snapshot.indicators.values(), snapshot.regions, options)
    return ImportResult(shown, result.cells, _traps(sheets, result.cells))


def _grid(sheet: dict[str, Any]) -> Grid:
    marks: dict[str, list[str]] = sheet["marks"]
    rows = tuple(
        tuple(
            Cell(f"{_letters(column)}{row + 1}", text, frozenset(marks.get(f"{row},{column}", ())))
            for column, text in enumerate(texts)
        )
        for row, texts in enumerate(sheet["rows"])
    )
    return Grid(sheet["name"], rows, frozenset(sheet["sheet_marks"]))


def _letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _traps(
    sheets: list[dict[str, Any]], cells: tuple[CellOutcome, ...]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for code, places in sheet["traps"].items():
            found[code] += places
    for cell in cells:
        reasons = {cell.reason, *(cell.candidate.reasons if cell.candidate else ())}
        for reason in _REASONS_AS_TRAPS:
            if reason in reasons and cell.place not in found[reason]:
                found[reason].append(cell.place)
    return {code: tuple(places) for code, places in sorted(found.items()) if places}
