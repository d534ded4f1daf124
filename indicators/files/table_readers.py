"""CSV and Parquet to sheets of texts. Runs in the parser process.

A sheet is ``{"name", "rows", "marks", "sheet_marks", "traps"}``: rows of texts, marks by
``row,column`` (from 0), traps as code -> places. Every value stays the text it is in the
file: no number, date or ``NA`` is guessed.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from indicators.files.refusals import Refusal
from indicators.files.untrusted import decode

MAX_CELLS = 400_000
MAX_COLUMNS = 2_000
_MAX_FIELD = 10_000

Sheet = dict[str, Any]


def sheet(name: str, rows: list[list[str]]) -> Sheet:
    """An unmarked sheet; short rows are filled, so that all have one length."""
    width = max((len(row) for row in rows), default=0)
    if width > MAX_COLUMNS or width * len(rows) > MAX_CELLS:
        raise Refusal("cells", limit=MAX_CELLS)
    ragged = [f"{at + 1}" for at, row in enumerate(rows) if row and len(row) != width]
    filled = [row + [""] * (width - len(row)) for row in rows]
    traps = {"ragged": ragged[:20]} if ragged else {}
    return {"name": name, "rows": filled, "marks": {}, "sheet_marks": [], "traps": traps}


def read_csv(data: bytes) -> dict[str, Any]:
    """A CSV file with comma, semicolon or tab; strict quoting. Raises :class:`Refusal`."""
    text, encoding = decode(data)
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if cells > MAX_CELLS or len(row) > MAX_COLUMNS:
                raise Refusal("cells", f"line:{reader.line_num}", limit=MAX_CELLS)
            rows.append(row)
    except csv.Error as error:
        raise Refusal("unreadable", f"line:{reader.line_num}", detail=str(error)) from None
    if not any(any(row) for row in rows):
        raise Refusal("no_table")
    result = sheet("", rows)
    if encoding == "gb18030":
        result["traps"]["gb18030"] = ["1"]
    return {"sheets": [result], "encoding": encoding}


def _delimiter(text: str) -> str:
    """The mark that occurs most in the first lines; a comma where none does."""
    head = text[:5_000]
    return max((",", "\t", ";"), key=head.count)


def read_parquet(data: bytes) -> dict[str, Any]:
    """A Parquet file through DuckDB, every column as text. Raises :class:`Refusal`."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.ParquetFile(pa.BufferReader(data))
    if table.metadata.num_rows * table.metadata.num_columns > MAX_CELLS:
        raise Refusal("cells", limit=MAX_CELLS)
    rows_of_file = table.read()
    with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as connection:
        connection.register("input", rows_of_file)
        connection.execute("SET enable_external_access = false")
        relation = connection.sql("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM input")
        rows = [[_text(value) for value in row] for row in relation.fetchall()]
        names = [str(name) for name in relation.columns]
    return {"sheets": [sheet("", [names, *rows])], "encoding": None}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
