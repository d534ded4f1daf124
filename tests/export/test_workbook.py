"""The comparison workbook: sheets, real numbers and dates, print settings, footnotes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from indicators.core.settings import Appraisal
from indicators.export.book import Book
from indicators.export.comparison_sheet import HEAD, footnote_numbers, layout
from indicators.export.edition import Edition
from indicators.export.xlsx import OBSERVATION_SHEET, TARGET_SHEET, table_workbook, workbook
from indicators.text import Language

SHEETS = ["对比", "观测值", "承诺与结论", "参考线对照", "指标定义", "说明"]


@pytest.fixture(scope="module")
def data(shipped: Edition) -> bytes:
    return workbook(shipped)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_sheets(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_a4_landscape_one_page_wide(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert int(sheet.page_setup.fitToHeight) == 0


def test_headings_are_frozen_and_repeated(book: Workbook) -> None:
    assert book["对比"].freeze_panes == "B5"
    assert book["对比"].print_title_rows == "$3:$4"
    for name in SHEETS[1:5]:
        assert book[name].freeze_panes == "B2"
        assert book[name].print_title_rows == "$1:$1"


def test_the_comparison_holds_every_figure_once(book: Workbook, shipped: Edition) -> None:
    sheet, rows = book["对比"], shipped.comparison.to_dict("records")
    numbers, chosen = footnote_numbers(rows), layout(shipped)
    lines = {name: HEAD + 2 + n for n, name in enumerate(shipped.compared_indicators)}
    seen = 0
    for row in rows:
        region = shipped.columns.index(row["region_code"])
        at = {name: 1 + chosen.at(region, name) for name in chosen.names}
        line = lines[row["indicator_id"]]
        value = sheet.cell(line, at["value"]).value
        if row["value"] is None:
            assert value == "—"
            continue
        seen += 1
        assert Decimal(repr(value)) == row["value"]
        assert sheet.cell(line, at["note"]).value == numbers[row["claim_id"]]
        shown = sheet.cell(line, at["period"]).value
        shown = shown.date().isoformat() if isinstance(shown, datetime) else shown
        assert shown == row["period"]
    assert seen == len(numbers) > 0


def test_units_stand_in_the_row_headings(book: Workbook, shipped: Edition) -> None:
    heads = [
        book["对比"].cell(HEAD + 2 + n, 1).value for n in range(len(shipped.compared_indicators))
    ]
    assert all(head.endswith("）") and "（" in head for head in heads)


def test_every_footnote_names_quote_and_document(book: Workbook, shipped: Edition) -> None:
    texts = [row[0] for row in book["对比"].iter_rows(values_only=True)]
    rows = shipped.comparison.to_dict("records")
    for claim, number in footnote_numbers(rows).items():
        row = next(r for r in rows if r["claim_id"] == claim)
        note = next(t for t in texts if isinstance(t, str) and t.startswith(f"[{number}] "))
        assert row["quote"] in note
        assert f"《{row['document_title']}》" in note


def test_a_verdict_is_shape_word_and_colour(book: Workbook, shipped: Edition) -> None:
    sheet = book["承诺与结论"]
    column = TARGET_SHEET.index("verdict") + 1
    cells = [sheet.cell(2 + n, column) for n in range(len(shipped.commitments))]
    assert {c.value for c in cells} <= {"◆ 到期未报告", "○ 未报告"}
    late = next(c for c in cells if c.value == "◆ 到期未报告")
    assert late.fill.fgColor.rgb == "FFF3E3F4"
    assert late.font.color.rgb == "FF7A2E7E"


def test_known_days_are_dates_and_years_stay_text(book: Workbook, shipped: Edition) -> None:
    sheet = book["观测值"]
    column = OBSERVATION_SHEET.index("document_dated") + 1
    values = {sheet.cell(2 + n, column).value for n in range(sheet.max_row - 1)}
    assert datetime(2022, 5, 30) in values  # noqa: DTZ001 - a spreadsheet date has no zone
    assert "2022" in values


def test_the_source_digits_are_shown(book: Workbook, shipped: Edition) -> None:
    sheet = book["观测值"]
    value = OBSERVATION_SHEET.index("value") + 1
    for line, row in enumerate(_observed(shipped), start=2):
        cell = sheet.cell(line, value)
        places = max(0, -row["value"].as_tuple().exponent)
        if row["unit"] != "是/否":
            assert cell.number_format.split('"')[0].strip() == (
                "0." + "0" * places if places else "0"
            )


def _observed(edition: Edition) -> list[dict[str, object]]:
    claims = edition.claims
    return claims[claims["kind"].isin(("reported", "change"))].to_dict("records")


def test_no_formula_and_no_link(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            assert "<f>" not in text
            assert "<f " not in text
            assert 'TargetMode="External"' not in text


def test_the_notes_tell_day_version_rules_and_gaps(book: Workbook, shipped: Edition) -> None:
    rows = dict(book["说明"].iter_rows(values_only=True, max_col=2))
    assert rows["截至日期"] == "2026-11-21"
    assert rows["数据版本"] == shipped.snapshot.digest
    assert rows["结论：到期未报告"].startswith("期限已过，没有任何数值")
    missing = [b for a, b in book["说明"].iter_rows(values_only=True, max_col=2) if a == "缺失"]
    unreported = shipped.commitments["verdict"].isin(("due_unreported", "unreported")).sum()
    assert len(missing) == unreported


def test_a_figure_beyond_double_precision_stays_text() -> None:
    book = Book("zh", "x")
    sheet = book.sheet("x", note="")
    book.number(sheet, 0, 0, Decimal("123456789012345.12345678"))
    book.number(sheet, 1, 0, Decimal("65.50"))
    read = openpyxl.load_workbook(io.BytesIO(book.bytes()))["x"]
    assert read["A1"].value == "123456789012345.12345678"
    assert read["A2"].value == 65.5
    assert read["A2"].number_format == "0.00"


def test_english_is_complete(english: Edition) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(english)))
    assert book.sheetnames == [
        "Comparison",
        "Observations",
        "Commitments and verdicts",
        "Against benchmarks",
        "Indicator definitions",
        "About",
    ]
    heads = [cell.value for cell in book["Commitments and verdicts"][1]]
    assert all(
        head.isascii()
        for head in (h.replace("–", "-").replace("“", "").replace("”", "") for h in heads)
    )


@pytest.mark.parametrize(
    ("lang", "head", "name"),
    [
        ("zh", "未计分的指标", "县域内就诊率"),
        ("en", "Indicators not scored", "Share of residents' visits kept within the county"),
    ],
)
def test_what_was_not_scored_is_named(
    shipped: Edition, lang: Language, head: str, name: str
) -> None:
    rules = Appraisal(
        weights=(("maternal_mortality_ratio", Decimal(3)), ("county_visit_share", Decimal(1))),
        against="benchmark",
    )
    settings = shipped.settings.model_copy(update={"appraisal": rules})
    edition = replace(shipped, settings=settings, regions=("430900",)).in_language(lang)
    for data in (workbook(edition), table_workbook(edition, "appraisal")):
        sheet = openpyxl.load_workbook(io.BytesIO(data))[edition.table("appraisal").title]
        heads = [cell.value for cell in sheet[1]]
        assert sheet.cell(2, heads.index(head) + 1).value == name
