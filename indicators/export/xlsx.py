"""The comparison workbook: 对比 · 观测值 · 承诺与结论 · 参考线对照 · 指标定义 · 说明."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from indicators.export.book import Book
from indicators.export.comparison_sheet import write_comparison
from indicators.export.edition import APPRAISAL, TITLES, Edition
from indicators.export.fields import FIELDS
from indicators.export.notes_sheet import write_notes
from indicators.text import Language

#: What a sheet prints comes first; columns after the first ``PRINTED`` are for the screen.
OBSERVATION_SHEET = (
    "region_name", "indicator_name", "kind", "value", "unit", "precision", "period", "scope",
    "quote", "section", "document_title", "document_number", "document_dated",
    "document_issuer", "region_code", "period_basis", "baseline_period", "definition",
    "canonical_value", "canonical_unit", "quote_verified", "note", "indicator_id", "claim_id",
    "source_file",
)  # fmt: skip
TARGET_SHEET = (
    "region_name", "indicator_name", "comparator", "target", "target_upper", "unit", "due",
    "verdict", "value", "precision", "period", "caveats", "quote", "document_title",
    "document_number", "document_dated", "document_issuer", "section", "proposal", "target_kind",
    "scope", "reason", "value_region_name", "value_quote", "value_document_title",
    "value_document_number", "value_document_dated", "value_document_issuer", "value_section",
    "disagrees_with", "disagreeing_claims", "distance", "distance_unit", "base_value",
    "base_precision", "base_period", "base_quote", "base_document_title",
    "base_document_number", "base_document_dated", "base_document_issuer", "base_section",
    "base_disagrees_with", "base_disagreeing_claims", "achieved_pct", "required_per_year",
    "actual_per_year", "source_status", "note", "region_code", "indicator_id", "target_id",
    "value_document_id", "base_document_id",
)  # fmt: skip
REGISTRY_SHEET = (
    "indicator_name", "unit", "direction", "numerator", "denominator", "definition_status",
    "definition_note", "aliases", "levels", "confusables", "indicator_name_en", "theme_name",
    "lower_bound", "upper_bound", "bounds_note", "benchmarks", "claims", "documents",
    "indicator_id",
)  # fmt: skip
PRINTED = {OBSERVATION_SHEET: 13, TARGET_SHEET: 15, REGISTRY_SHEET: 10}

#: In English the English names stand where the Chinese ones stand in Chinese.
_ENGLISH = {
    "indicator_name": "indicator_name_en",
    "indicator_name_en": "indicator_name",
    "theme_name": "theme_name_en",
}

_WIDTHS = {
    "quote": 36, "value_quote": 36, "document_title": 26, "value_document_title": 26,
    "base_quote": 36, "base_document_title": 26, "disagrees_with": 26,
    "base_disagrees_with": 26, "document_number": 15, "note": 30, "numerator": 28,
    "denominator": 28,
    "definition_note": 24, "indicator_name": 21, "indicator_name_en": 30, "caveats": 15,
    "confusables": 24, "document_issuer": 18, "verdict": 14, "aliases": 20, "unit": 8,
    "precision": 7, "kind": 8, "region_name": 10, "scope": 12, "section": 9, "value": 9,
    "target": 10, "comparator": 8,
}  # fmt: skip
_NARROW = 11


def workbook(edition: Edition) -> bytes:
    """The whole workbook. Figures are real numbers, known days real dates, text never runs."""
    t = edition.t
    book = Book(edition.language, t("改革进展指标：{selection}", selection=edition.selection))
    write_comparison(book, edition, _note(edition))
    observed = edition.claims[edition.claims["kind"].isin(("reported", "change"))]
    observations, targets, registry = (
        _for_reader(columns, edition.language)
        for columns in (OBSERVATION_SHEET, TARGET_SHEET, REGISTRY_SHEET)
    )
    counts = {
        t("观测值"): write_table(book, edition, t("观测值"), observed, observations),
    }
    for name in ("commitments", "benchmarks"):
        title = t(TITLES[name])
        counts[title] = write_table(book, edition, title, getattr(edition, name), targets)
    title = t(TITLES["registry"])
    counts[title] = write_table(book, edition, title, edition.registry, registry)
    if edition.settings.appraisal is not None:
        for name in APPRAISAL:
            table = edition.table(name)
            frame = with_names(edition, table.frame)
            columns = tuple(frame.columns)
            counts[table.title] = write_table(book, edition, table.title, frame, columns)
    write_notes(book, edition, counts)
    return book.bytes()


def with_names(edition: Edition, frame: pd.DataFrame) -> pd.DataFrame:
    """The indicators that were not scored by name: an id says nothing to a reader."""
    if "missing_indicators" not in frame:
        return frame
    named = {code: found.name for code, found in edition.snapshot.indicators.items()}
    words = {code: n.zh if edition.language == "zh" else n.en for code, n in named.items()}
    lists = [tuple(words.get(code, code) for code in ids) for ids in frame["missing_indicators"]]
    return frame.assign(missing_indicators=pd.Series(lists, index=frame.index, dtype=object))


def _for_reader(columns: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return columns if language == "zh" else tuple(_ENGLISH.get(name, name) for name in columns)


def _printed(columns: tuple[str, ...]) -> int:
    """How many columns go on paper; of a sheet nobody arranged, all of them."""
    counts = (n for known, n in PRINTED.items() if columns in (known, _for_reader(known, "en")))
    return next(counts, len(columns))


def table_workbook(edition: Edition, name: str) -> bytes:
    """One table alone, with every column, and the 说明 sheet."""
    table = edition.table(name)
    book = Book(edition.language, table.title)
    frame = with_names(edition, table.frame)
    columns = tuple(frame.columns)
    counts = {table.title: write_table(book, edition, table.title, frame, columns)}
    write_notes(book, edition, counts)
    return book.bytes()


def write_table(
    book: Book, edition: Edition, title: str, frame: pd.DataFrame, columns: tuple[str, ...]
) -> int:
    """A sheet of rows under one heading row, which stays in sight and on every page."""
    sheet = book.sheet(title, note=_note(edition))
    printed = _printed(columns)
    for place, name in enumerate(columns):
        book.width(sheet, place, _WIDTHS.get(name, _NARROW), grows=place < printed)
        book.heading(sheet, 0, place, _title(edition, name))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    if frame.empty:
        book.text(sheet, 1, 0, edition.t("所选范围内没有数据。"))
        return 0
    for row, record in enumerate(frame.to_dict("records"), start=1):
        for place, name in enumerate(columns):
            _write(book, sheet, (row, place), name, record)
    sheet.print_area(0, 0, len(frame), printed - 1)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(frame) + 1}"})
    return len(frame)


#: Figures whose unit stands beside them, and the columns that shape how they read.
_FIGURES = {
    "value": ("unit", "precision"),
    "canonical_value": ("canonical_unit", "precision"),
    "base_value": ("unit", "base_precision"),
}


def _write(
    book: Book, sheet: Worksheet, at: tuple[int, int], name: str, record: dict[Any, Any]
) -> None:
    row, place = at
    value = record[name]
    if name in _FIGURES and value is not None:
        unit, precision = _FIGURES[name]
        book.figure(
            sheet, row, place, value, record[unit], record[precision] if precision else None
        )
    elif name == "target" and record.get("unit") == "是/否" and value is not None:
        words = book.t("未设数值")
        book.number(sheet, row, place, value, f'"{words}"')
    elif name == "distance_unit" and value is not None:
        book.text(sheet, row, place, book.gap(record["unit"]))
    else:
        book.cell(sheet, row, place, FIELDS[name], value)


def _title(edition: Edition, name: str) -> str:
    title = FIELDS[name].title(edition.language)
    if name in ("value", "target", "target_upper", "base_value", "lower_bound", "upper_bound"):
        return title + edition.t("（按“单位”列）")
    return title


def _note(edition: Edition) -> str:
    return edition.t(
        "截至 {day} · 数据版本 {version} · {selection}",
        day=edition.as_of.isoformat(),
        version=edition.version,
        selection=edition.selection,
    )
