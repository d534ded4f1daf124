"""Tidy tables for machines: CSV with a byte-order mark, JSON, Parquet.

Column names are the contract names of :mod:`indicators.tables`; figures keep every digit
of the source. Codes stay codes: their words are in the workbook and the data package.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from indicators.core.schema import DECIMAL
from indicators.export.edition import Edition, Published
from indicators.export.fields import Field
from indicators.export.safe import clean, neutral
from indicators.tables.decimals import digits
from indicators.text import mark
from indicators.text.codes import codes

#: Between the items of a list in one CSV cell.
SEPARATOR = "；"

_PRECISION, _SCALE = (int(part) for part in DECIMAL[8:-1].split(","))


def missing(value: object) -> bool:
    """None, NaN, NaT, an infinity: all leave as nothing."""
    if isinstance(value, Decimal):
        return not value.is_finite()
    if isinstance(value, float):
        return value != value or value in (float("inf"), float("-inf"))
    return value is None or value != value


def cells(table: Published) -> Iterator[list[Any]]:
    """The rows of a table with missing values as None and text cleaned."""
    names = [f.name for f in table.fields]
    for row in table.frame[names].itertuples(index=False, name=None):
        yield [_value(f, value) for f, value in zip(table.fields, row, strict=True)]


def _value(field: Field, value: Any) -> Any:
    if field.kind == "list":
        return tuple(clean(str(item)) for item in value or ())
    if missing(value):
        return None
    if field.kind in ("text", "period"):
        return clean(str(value))
    if field.kind == "integer":
        return int(value)
    return bool(value) if field.kind == "boolean" else value


def csv_bytes(table: Published) -> bytes:
    """UTF-8 with BOM, RFC 4180; text a spreadsheet would run carries an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f.name for f in table.fields])
    for row in cells(table):
        writer.writerow([_csv_cell(f, v) for f, v in zip(table.fields, row, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "list":
        return neutral(SEPARATOR.join(value))
    if field.kind == "number":
        return digits(value)
    if field.kind == "boolean":
        return "true" if value else "false"
    if field.kind in ("integer", "date"):
        return str(value)
    if field.family is not None and value in codes(field.family):
        return str(value)  # a code of ours: a lone "=" is no formula and machines read it
    return neutral(value)


def json_bytes(table: Published, about: dict[str, Any]) -> bytes:
    """``{"about": …, "rows": […]}``; numbers are JSON numbers with the source's digits."""
    rows = ",\n".join(_json_row(table.fields, row) for row in cells(table))
    head = json.dumps(about, ensure_ascii=False, indent=1)
    return f'{{"about": {head},\n"rows": [\n{rows}\n]}}\n'.encode()


def _json_row(fields: tuple[Field, ...], row: list[Any]) -> str:
    pairs = (f"{json.dumps(f.name)}: {_json_value(v)}" for f, v in zip(fields, row, strict=True))
    return "{" + ", ".join(pairs) + "}"


def _json_value(value: Any) -> str:
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, date):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def parquet_bytes(table: Published, about: dict[str, Any]) -> bytes:
    """Decimals as decimal128, lists as lists, dates as dates; ``about`` in the metadata."""
    columns = list(zip(*cells(table), strict=True)) or [()] * len(table.fields)
    arrays = [pa.array(list(c), type=_arrow(f)) for f, c in zip(table.fields, columns, strict=True)]
    schema = pa.schema([(f.name, _arrow(f)) for f in table.fields]).with_metadata(
        {"about": json.dumps(about, ensure_ascii=False)}
    )
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def _arrow(field: Field) -> pa.DataType:
    types = {
        "number": pa.decimal128(_PRECISION, _SCALE),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    return types.get(field.kind, pa.string())


def about(edition: Edition, table: Published) -> dict[str, Any]:
    """What a reader of the bare file must know: day, data version, selection, licence."""
    t = edition.t
    return {
        "table": table.name,
        "title": table.title,
        "as_of": edition.as_of.isoformat(),
        "data_version": edition.snapshot.digest,
        "selection": edition.selection,
        "rows": len(table.frame),
        "note": t("所选范围内没有数据。") if table.frame.empty else None,
        "left_out": list(edition.snapshot.left_out),
        "licence": t(LICENCE),
    }


LICENCE = mark(
    "引句为公开文件的简短摘引，权利归发文机关；使用数值时请注明文件标题、文号、日期和数据版本。"
)


def csv_of(edition: Edition, name: str) -> bytes:
    """The named table as CSV; a selection without data says so in a single row."""
    table = edition.table(name)
    if not table.frame.empty:
        return csv_bytes(table)
    head = ",".join(f.name for f in table.fields)
    note = edition.t("所选范围内没有数据。") + "," * (len(table.fields) - 1)
    return f"{head}\r\n{note}\r\n".encode("utf-8-sig")


def json_of(edition: Edition, name: str) -> bytes:
    """The named table as JSON."""
    table = edition.table(name)
    return json_bytes(table, about(edition, table))


def parquet_of(edition: Edition, name: str) -> bytes:
    """The named table as Parquet."""
    table = edition.table(name)
    return parquet_bytes(table, about(edition, table))
