"""Every exported file is read again and compared with the table: 0 differing figures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from indicators.export.edition import TITLES, Edition
from indicators.export.fields import Field
from indicators.export.safe import clean, plain
from indicators.export.tabular import SEPARATOR, csv_of, json_of, missing, parquet_of
from indicators.export.xlsx import table_workbook

TABLES = tuple(TITLES)


def _expected(edition: Edition, name: str) -> Iterator[tuple[Field, Any]]:
    """Every cell of the table as the screen holds it."""
    table = edition.table(name)
    for record in table.frame.to_dict("records"):
        for field in table.fields:
            value = record[field.name]
            if field.kind == "list":
                yield field, tuple(clean(v) for v in value or ())
            elif missing(value):
                yield field, None
            else:
                yield field, clean(value) if isinstance(value, str) else value


def _from_csv(field: Field, text: str) -> Any:
    if field.kind == "list":
        return tuple(plain(text).split(SEPARATOR)) if text else ()
    if text == "":
        return None
    if field.kind == "number":
        return Decimal(text)
    if field.kind == "integer":
        return int(text)
    if field.kind == "boolean":
        return text == "true"
    return date.fromisoformat(text) if field.kind == "date" else plain(text)


@pytest.mark.parametrize("name", TABLES)
def test_csv(shipped: Edition, name: str) -> None:
    data = csv_of(shipped, name)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    fields = shipped.table(name).fields
    assert head == [f.name for f in fields]
    found = [_from_csv(f, text) for row in rows for f, text in zip(fields, row, strict=True)]
    expected = [value for _, value in _expected(shipped, name)]
    assert len(found) == len(expected) > 0
    assert [p for p in zip(found, expected, strict=True) if p[0] != p[1]] == []


@pytest.mark.parametrize("name", TABLES)
def test_json(shipped: Edition, name: str) -> None:
    read = json.loads(json_of(shipped, name), parse_float=Decimal)
    assert read["about"]["as_of"] == "2026-11-21"
    assert read["about"]["data_version"] == shipped.snapshot.digest
    found = [value for row in read["rows"] for value in row.values()]
    expected = list(_expected(shipped, name))
    assert len(found) == len(expected) > 0
    for value, (field, wanted) in zip(found, expected, strict=True):
        if field.kind == "list":
            value = tuple(value)
        elif field.kind == "date" and value is not None:
            value = date.fromisoformat(value)
        assert value == wanted, field.name


@pytest.mark.parametrize("name", TABLES)
def test_parquet(shipped: Edition, name: str) -> None:
    table = pq.read_table(io.BytesIO(parquet_of(shipped, name)))
    about = json.loads(table.schema.metadata[b"about"])
    assert about["rows"] == table.num_rows == len(shipped.table(name).frame)
    found = [value for row in table.to_pylist() for value in row.values()]
    for value, (field, wanted) in zip(found, _expected(shipped, name), strict=True):
        assert (tuple(value) if field.kind == "list" else value) == wanted, field.name


@pytest.mark.parametrize("name", TABLES)
def test_workbook_figures(shipped: Edition, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table_workbook(shipped, name)))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    found = [value for row in rows for value in row]
    expected = list(_expected(shipped, name))
    assert len(found) == len(expected) > 0
    differing = [
        (field.name, value, wanted)
        for value, (field, wanted) in zip(found, expected, strict=True)
        if field.kind in ("number", "integer", "date") and _read(field, value) != wanted
    ]
    assert differing == []


def _read(field: Field, value: Any) -> Any:
    if value is None:
        return None
    return _day(value) if field.kind == "date" else _number(value)


def _number(value: Any) -> Decimal:
    assert isinstance(value, int | float), f"{value!r} is not a number"
    return Decimal(repr(value))


def _day(value: Any) -> date:
    assert isinstance(value, datetime), f"{value!r} is not a date"
    return value.date()


@pytest.mark.parametrize("name", [name for name in TABLES if name != "registry"])
def test_an_empty_selection_says_so(empty: Edition, name: str) -> None:
    assert empty.table(name).frame.empty
    text = csv_of(empty, name).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("所选范围内没有数据。,")
    assert json.loads(json_of(empty, name))["about"]["note"] == "所选范围内没有数据。"
    assert pq.read_table(io.BytesIO(parquet_of(empty, name))).num_rows == 0
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(empty, name))).worksheets[0]
    assert sheet["A2"].value == "所选范围内没有数据。"


def test_the_claims_start_with_the_published_columns(shipped: Edition) -> None:
    head = csv_of(shipped, "claims").decode("utf-8-sig").splitlines()[0]
    assert head.startswith(
        "document_id,source_file,region_code,region_name,indicator_id,indicator_name,kind,"
        "period,due,comparator,value,unit,precision,scope,quote,section,note,"
    )


def test_an_unknown_suffix_names_the_known_ones() -> None:
    from indicators.core.errors import KnownProblem
    from indicators.export.formats import writer

    message = r'expected a file ending in \.csv \.json \.parquet \.xlsx, found "\.txt"'
    with pytest.raises(KnownProblem, match=message):
        writer(".txt")
