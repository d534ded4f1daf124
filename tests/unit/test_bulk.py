"""Spreadsheets: headers, places, figures, traps – and no cell is ever lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.core.candidate import CELL_REASONS, TRAPS, CellOutcome, ImportResult
from indicators.core.model import Snapshot
from indicators.core.places import Places
from indicators.core.recognise import Figure, Header, Recogniser, figure_in, period_in, unit_of
from indicators.core.table_import import ImportOptions, import_grids
from indicators.core.table_layout import Cell, Grid
from indicators.files.bulk import import_table
from indicators.files.load import load_snapshot
from indicators.files.refusals import FileRefused
from tests.support.installation import install
from tests.unit.hostile import office, write

IN_2021 = ImportOptions(parent="990100", period="2021")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = tmp_path_factory.mktemp("installation")
    found, problems = load_snapshot(root, install(root))
    assert not problems.errors()
    return found


def _csv(tmp_path: Path, snapshot: Snapshot, text: str, options: ImportOptions) -> ImportResult:
    return import_table(write(tmp_path, "t.csv", text.encode()), snapshot, options)


def _xlsx(tmp_path: Path, snapshot: Snapshot, fill: Callable[[Worksheet], None]) -> ImportResult:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表1"
    for row in (
        ["地区", "建档率（%）", "婴儿死亡率（‰）"],
        ["甲山县", 93.05, 3.6],
        ["乙水县", 88, 4],
    ):
        sheet.append(row)
    fill(sheet)
    path = tmp_path / "t.xlsx"
    book.save(path)
    return import_table(path, snapshot, IN_2021)


def _at(result: ImportResult, place: str) -> CellOutcome:
    return next(cell for cell in result.cells if cell.place == place)


def _figures(result: ImportResult) -> list[tuple[str, str, str | None, str, str | None]]:
    return [
        (c.region_code, c.indicator_id, c.period, str(c.value), c.unit)
        for c in result.candidates
        if c.status == "accepted"
    ]


# --- recognition -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县域内就诊率（%）", ("county_visit_share", None, "%", "level")),
        ("县域就诊率", ("county_visit_share", None, None, "level")),
        ("县域内住院率(%)", ("county_inpatient_share", None, "%", "level")),
        ("建档率(%)/2021年", ("health_record_coverage", "2021", "%", "level")),
        ("2021年上半年建档率（％）", ("health_record_coverage", "2021-H1", "%", "level")),
        ("建档率（2021年第三季度，%）", ("health_record_coverage", "2021-Q3", "%", "level")),
        ("建档率\n2021年12月\n(%)", ("health_record_coverage", "2021-12", "%", "level")),
        ("建档率‰", ("health_record_coverage", None, "‰", "level")),
        ("health_record_coverage", ("health_record_coverage", None, None, "level")),
        ("建档率目标值（%）", ("health_record_coverage", None, "%", "target")),
        ("2025年建档率目标", ("health_record_coverage", "2025", None, "target")),
        ("建档率（2025年规划值）（%）", ("health_record_coverage", "2025", "%", "target")),
        ("建档率计划数", ("health_record_coverage", None, None, "target")),
        ("建档率 同比", ("health_record_coverage", None, None, "change")),
        ("建档率排名", ("health_record_coverage", None, None, "rank")),
    ],
)
def test_headers_of_indicators(
    snapshot: Snapshot, text: str, expected: tuple[str, str | None, str | None, str]
) -> None:
    header = Recogniser(snapshot.indicators.values()).header(text)
    assert (header.indicators, header.period, header.unit, header.sense) == (
        (expected[0],),
        *expected[1:],
    )


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("地区", "region_name"),
        ("县（市、区）", "region_name"),
        ("行政区划代码", "region_code"),
        ("年份", "period"),
        ("指标名称", "indicator_name"),
        ("数值", "value"),
        ("单位", "unit"),
        ("备注", "note"),
        ("序号", "index"),
        ("就诊率", "unknown"),
        ("住院率", "unknown"),
        ("建档率与就诊率", "unknown"),
        ("", "unknown"),
    ],
)
def test_headers_of_other_columns(snapshot: Snapshot, text: str, role: str) -> None:
    assert Recogniser(snapshot.indicators.values()).header(text).role == role


def test_a_stretch_without_a_form_is_odd(snapshot: Snapshot) -> None:
    header = Recogniser(snapshot.indicators.values()).header("2021年1-9月建档率")
    assert header == Header(
        "2021年1-9月建档率", "indicator", ("health_record_coverage",), odd_period=True
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年", "2021"),
        ("２０２１年度", "2021"),
        ("2021年底", "2021-12"),
        ("2021年1—6月", "2021-H1"),
        ("2021年7-9月", "2021-Q3"),
        ("2021年12月31日", "2021-12-31"),
        ("2021-12-31", "2021-12-31"),
        ("2021H1", "2021-H1"),
        ("2021-Q4", "2021-Q4"),
        ("2021年下半年", "2021-H2"),
        ("2021年13月", None),
        ("2020年和2021年", None),
        ("12021", None),
        ("65", None),
    ],
)
def test_periods(text: str, expected: str | None) -> None:
    assert period_in(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("93.05", Figure(Decimal("93.05"))),
        ("１２．５％", Figure(Decimal("12.5"), "%")),
        ("1,234.5", Figure(Decimal("1234.5"))),
        ("−0.3", Figure(Decimal("-0.3"))),
        ("8.31/10万", Figure(Decimal("8.31"), "/10万")),
        ("537.01万份", Figure(Decimal("537.01"), "万份")),
        ("约65%", Figure(Decimal("65"), "%", "about")),
        ("65%以上", Figure(Decimal("65"), "%", "at_least")),
        ("≤4", Figure(Decimal("4"), None, "at_most")),
        ("100.02", Figure(Decimal("100.02"))),
        ("(1.2)", None),
        ("1,23", None),
        ("12/3", None),
        ("1e5", None),
        ("1_000", None),
        ("٣٤", None),
        ("3.5万", None),
        ("2021-01-05", None),
        ("近65", None),
        ("65-70", None),
        ("0x1f", None),
        ("nan", None),
        ("１２．５.1", None),
    ],
)
def test_figures_are_read_right_or_not_at_all(text: str, expected: Figure | None) -> None:
    assert figure_in(text) == expected


def test_units() -> None:
    texts = ["%", "％", "单位：%", "1/10万", "万人次", "‰", "公里", ""]
    assert [unit_of(text) for text in texts] == ["%", "%", "%", "/10万", "万人次", "‰", None, None]


def test_places(snapshot: Snapshot) -> None:
    city = Places(snapshot.regions, "990100")
    country = Places(snapshot.regions)
    assert city.by_name("甲山县").code == "990121"
    assert city.by_name("云江市甲山县").code == "990121"
    assert city.by_name("云江").code == "990100"
    assert country.by_name("东陵").reason == "region_ambiguous"
    assert country.by_name("东陵县").code == "990221"
    assert city.by_name("东陵县").reason == "region_unknown"
    assert city.by_name("合计").reason == "total_row"
    assert city.by_name("").reason == "region_missing"
    assert city.by_code("990121.0").code == "990121"
    assert city.by_code("990121000000").code == "990121"
    assert city.by_code("99012").reason == "code_lost_zeros"
    assert city.by_code("990221").reason == "region_outside"
    assert city.by_code("999999").reason == "region_unknown"
    assert city.by_code("甲").reason == "region_unknown"
    assert city.of("990121", "乙水县").reason == "region_conflict"
    assert city.of("990121", "丁县").reason == "region_conflict"
    assert city.by_name("990121").code == "990121"
    assert city.by_name("990221").reason == "region_outside"
    assert city.of("990121", "").code == city.of("", "甲山县").code == "990121"


# --- shapes ----------------------------------------------------------------------


def test_region_by_indicator(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "地区,县域就诊率（%）,婴儿死亡率（‰）\n甲山县,60.5,3.6\n乙水县,61,4\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert _figures(result) == [
        ("990121", "county_visit_share", "2021", "60.5", "%"),
        ("990121", "infant_mortality_rate", "2021", "3.6", "‰"),
        ("990122", "county_visit_share", "2021", "61", "%"),
        ("990122", "infant_mortality_rate", "2021", "4", "‰"),
    ]
    first = result.candidates[0]
    assert first.quote == "甲山县；县域就诊率（%）：60.5"
    assert (first.section, first.file, first.offset, first.confidence) == ("B2", "t.csv", -1, 0.95)


def test_indicator_by_region(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "指标,甲山县,乙水县\n县域就诊率（%）,60.5,61\n婴儿死亡率（‰）,3.6,4\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert sorted(_figures(result)) == [
        ("990121", "county_visit_share", "2021", "60.5", "%"),
        ("990121", "infant_mortality_rate", "2021", "3.6", "‰"),
        ("990122", "county_visit_share", "2021", "61", "%"),
        ("990122", "infant_mortality_rate", "2021", "4", "‰"),
    ]
    assert _at(result, "C2").text == "61"


def test_long_form_with_codes(tmp_path: Path, snapshot: Snapshot) -> None:
    text = (
        "区划代码,地区,指标名称,年份,数值,单位,口径\n"
        "990121,甲山县,建档率,2021年,93.05,%,常住人口\n"
        "990122,乙水县,住院率,2021,3,%,\n"
        "990122,甲山县,建档率,2021,3,%,\n"
        "990122,乙水县,建档率,去年,3,%,\n"
        "990122,乙水县,建档率,2022,3,公里,\n"
    )
    result = _csv(tmp_path, snapshot, text, ImportOptions("990100"))
    assert _figures(result) == [("990121", "health_record_coverage", "2021", "93.05", "%")]
    assert result.candidates[0].scope == "常住人口"
    assert result.candidates[0].quote == "甲山县；建档率；2021年：93.05"
    assert [_at(result, f"E{n}").reason for n in range(3, 7)] == [
        "indicator_unknown",
        "region_conflict",
        "period_unknown",
        "unit_unknown",
    ]


def test_two_header_rows_with_years_below_a_merged_name(tmp_path: Path, snapshot: Snapshot) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["各县建档率（单位：%）", None, None],
        ["地区", "建档率", None],
        [None, "2020年", "2021年"],
        ["甲山县", 90, 93.05],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    sheet["D1"] = "单位：%"
    book.save(tmp_path / "t.xlsx")
    result = import_table(tmp_path / "t.xlsx", snapshot, ImportOptions("990100"))
    assert _figures(result) == [
        ("990121", "health_record_coverage", "2020", "90", "%"),
        ("990121", "health_record_coverage", "2021", "93.05", "%"),
    ]
    assert result.traps["merged"] == ("Sheet!A1:C1", "Sheet!A2:A3", "Sheet!B2:C2")


def test_rows_of_one_region_by_year(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "年份,建档率（%）\n2020,90\n2021,93.05\n"
    result = _csv(tmp_path, snapshot, text, ImportOptions("990100", region="990100"))
    assert _figures(result) == [
        ("990100", "health_record_coverage", "2020", "90", "%"),
        ("990100", "health_record_coverage", "2021", "93.05", "%"),
    ]


def _kinds(result: ImportResult) -> list[tuple[str, str, str | None, str | None, str, str]]:
    return [
        (c.indicator_id, c.kind, c.period, c.due, str(c.value), c.status) for c in result.candidates
    ]


def test_indicator_by_year(tmp_path: Path, snapshot: Snapshot) -> None:
    text = (
        "指标,单位,2021年,2022年,2023年目标\n"
        "县域内就诊率,%,88.5,89.1,90\n婴儿死亡率,‰,3.6,…,3\n其他,%,1,2,3\n"
    )
    result = _csv(tmp_path, snapshot, text, ImportOptions("990100", region="990100"))
    assert _kinds(result) == [
        ("county_visit_share", "reported", "2021", None, "88.5", "accepted"),
        ("county_visit_share", "reported", "2022", None, "89.1", "accepted"),
        ("county_visit_share", "commitment", None, "2023", "90", "pending"),
        ("infant_mortality_rate", "reported", "2021", None, "3.6", "accepted"),
        ("infant_mortality_rate", "commitment", None, "2023", "3", "pending"),
    ]
    assert [c.unit for c in result.candidates] == ["%", "%", "%", "‰", "‰"]
    assert result.candidates[2].quote == "县域内就诊率；2023年目标：90"
    assert result.candidates[2].reasons == ("target_column",)
    assert [_at(result, place).reason for place in ("D3", "A4", "C4", "E4")] == [
        "missing_symbol",
        "indicator_unknown",
        "indicator_unknown",
        "indicator_unknown",
    ]
    account = result.account
    assert account.read == 20 == account.accepted + account.pending + account.rejected


def test_region_and_indicator_by_year(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "地区,指标,2021年,2022年计划\n甲山县,建档率（%）,91,95\n990122,县域就诊率（%）,88,90\n"
    result = _csv(tmp_path, snapshot, text, ImportOptions("990100"))
    assert _kinds(result) == [
        ("health_record_coverage", "reported", "2021", None, "91", "accepted"),
        ("health_record_coverage", "commitment", None, "2022", "95", "pending"),
        ("county_visit_share", "reported", "2021", None, "88", "accepted"),
        ("county_visit_share", "commitment", None, "2022", "90", "pending"),
    ]
    assert result.candidates[0].quote == "甲山县；建档率（%）；2021年：91"
    assert (result.candidates[2].region_code, result.candidates[2].region_name) == (
        "990122",
        "乙水县",
    )
    assert result.candidates[2].quote == "990122；县域就诊率（%）；2021年：88"


@pytest.mark.parametrize(
    "label", ["2023年目标", "2023年计划", "2023年规划值", "2023年目标（力争）"]
)
def test_a_row_or_column_of_targets_is_never_reported(
    tmp_path: Path, snapshot: Snapshot, label: str
) -> None:
    rows = f"年份,建档率（%）\n2022年,93.05\n{label},95\n"
    columns = f"地区,建档率2022年（%）,建档率{label}（%）\n甲山县,93.05,95\n"
    years = f"指标,2022年,{label}\n建档率（%）,93.05,95\n"
    for text in (rows, columns, years):
        result = _csv(tmp_path, snapshot, text, ImportOptions("990100", region="990100"))
        kinds = {str(c.value): (c.kind, c.status) for c in result.candidates}
        assert kinds["93.05"] == ("reported", "accepted")
        assert kinds.get("95", ("commitment", "pending")) == ("commitment", "pending")


def test_a_code_in_the_column_of_names_is_its_region(tmp_path: Path, snapshot: Snapshot) -> None:
    result = _csv(tmp_path, snapshot, "地区,建档率（%）\n990121,93\n990122,88\n", IN_2021)
    assert _figures(result) == [
        ("990121", "health_record_coverage", "2021", "93", "%"),
        ("990122", "health_record_coverage", "2021", "88", "%"),
    ]
    assert [c.region_name for c in result.candidates] == ["甲山县", "乙水县"]
    assert result.candidates[0].quote == "990121；建档率（%）：93"


@pytest.mark.parametrize(
    ("values", "unit", "doubted"),
    [
        (("45", "50", "0.45"), "%", ["0.45"]),
        (("45", "50", "1"), "%", ["1"]),
        (("45", "1.2", "0.45"), "%", []),
        (("45", "0.5", "0.45"), "%", ["0.5", "0.45"]),
        (("45", "50", "10.5"), "%", []),
    ],
)
def test_a_fraction_among_shares_waits(
    tmp_path: Path, snapshot: Snapshot, values: tuple[str, ...], unit: str, doubted: list[str]
) -> None:
    rows = zip(("甲山县", "乙水县", "丙湖县"), values, strict=True)
    text = f"地区,建档率（{unit}）\n" + "".join(f"{name},{value}\n" for name, value in rows)
    result = _csv(tmp_path, snapshot, text, IN_2021)
    waiting = [c for c in result.candidates if c.status == "pending"]
    assert [str(c.value) for c in waiting] == doubted
    assert all(c.reasons == ("fraction_among_shares",) for c in waiting)
    assert all(c.confidence == 0.4 for c in waiting)


def test_parquet_through_duckdb(tmp_path: Path, snapshot: Snapshot) -> None:
    path = tmp_path / "t.parquet"
    with duckdb.connect() as connection:
        connection.sql(
            "SELECT '990121' AS region_code, 'health_record_coverage' AS indicator_id, "
            "2021 AS period, CAST(93.05 AS DECIMAL(6, 2)) AS value, '%' AS unit"
        ).write_parquet(str(path))
    result = import_table(path, snapshot, ImportOptions("990100"))
    assert _figures(result) == [("990121", "health_record_coverage", "2021", "93.05", "%")]


def test_period_from_title_and_sheet_name(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "2021年各县情况,\n地区,建档率（%）\n甲山县,93\n"
    assert _figures(_csv(tmp_path, snapshot, text, ImportOptions("990100")))[0][2] == "2021"


# --- doubts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("地区,建档率\n甲山县,93\n", "unit_missing"),
        ("地区,建档率（‰）\n甲山县,93%\n", "unit_conflict"),
        ("地区,建档率（人）\n甲山县,93\n", "unit_conflict"),
        ("地区,建档率（%）\n甲山县,100.02\n", "out_of_bounds"),
        ("地区,建档率（%）\n丁县,93\n", "region_unknown"),
        ("地区,建档率（%）\n东陵县,93\n", "region_unknown"),
        ("地区,建档率（%）\n合计,93\n", "total_row"),
        ("地区,建档率（%）\n云江省,93\n", "region_unknown"),
        ("地区,建档率目标（%）\n甲山县,93\n", "target_column"),
        ("地区,建档率同比（%）\n甲山县,93\n", "change_column"),
        ("地区,建档率（%）,建档率（%）\n甲山县,93,94\n", "duplicate_header"),
        ("地区,建档率（%）\n甲山县,九成\n", "not_a_number"),
        ("地区,2021年1-9月建档率（%）\n甲山县,93\n", "period_unknown"),
        ("地区,年份,建档率（%）/2020年\n甲山县,2021,93\n", "period_conflict"),
        ("地区,建档率（%）\n甲山县,0.93\n乙水县,0.88\n", "looks_like_fraction"),
        ("地区,建档率（%）\n甲山县,93\n甲山县,94\n", "duplicate_conflict"),
    ],
)
def test_a_doubt_is_never_accepted(
    tmp_path: Path, snapshot: Snapshot, text: str, reason: str
) -> None:
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert _figures(result) == []
    doubted = [cell for cell in result.cells if cell.status == "pending"]
    reasons = {
        r for c in doubted for r in (c.reason, *(c.candidate.reasons if c.candidate else ()))
    }
    assert reason in reasons
    assert result.account.balanced


def test_no_period_anywhere(tmp_path: Path, snapshot: Snapshot) -> None:
    result = _csv(tmp_path, snapshot, "地区,建档率（%）\n甲山县,93\n", ImportOptions("990100"))
    assert _at(result, "B2").reason == "period_missing"


def test_a_level_at_which_the_indicator_is_not_stated(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "地区,村卫生室数（个）\n云江省,93\n"
    result = _csv(tmp_path, snapshot, text, ImportOptions("990000", period="2021"))
    assert _at(result, "B2").reason == "level"


@pytest.mark.parametrize("symbol", ["…", "—", "-", "/", "无", "N/A", "NA", "不适用", "暂无"])
def test_symbols_for_missing_are_never_zero(
    tmp_path: Path, snapshot: Snapshot, symbol: str
) -> None:
    text = f"地区,建档率（%）\n甲山县,{symbol}\n乙水县,\n丙湖县,0\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert (_at(result, "B2").status, _at(result, "B2").reason) == ("rejected", "missing_symbol")
    assert (_at(result, "B3").status, _at(result, "B3").reason) == ("rejected", "blank")
    assert _figures(result) == [("990123", "health_record_coverage", "2021", "0", "%")]


def test_a_repeated_figure_is_taken_once(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "地区,建档率（%）\n甲山县,93\n甲山县,93\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert len(_figures(result)) == 1
    assert (_at(result, "B3").status, _at(result, "B3").reason) == ("rejected", "duplicate_same")


def test_a_remark_below_the_table(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "地区,建档率（%）\n甲山县,93\n注：初步数据,\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert (_at(result, "A3").status, _at(result, "A3").reason) == ("pending", "note_row")


def test_a_sheet_without_a_header_is_all_pending(tmp_path: Path, snapshot: Snapshot) -> None:
    result = _csv(tmp_path, snapshot, "甲,乙\n1,2\n", IN_2021)
    assert {(cell.status, cell.reason) for cell in result.cells} == {("pending", "no_table")}
    assert result.account.read == 4


# --- traps of workbooks ----------------------------------------------------------


def _hide_sheet(sheet: Worksheet) -> None:
    hidden = sheet.parent.create_sheet("隐藏")  # type: ignore[union-attr]
    hidden.append(["地区", "建档率（%）"])
    hidden.append(["丙湖县", 50])
    hidden.sheet_state = "hidden"


def _set(place: str, value: Any, form: str | None = None) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        cell: Any = sheet[place]
        cell.value = value
        if form is not None:
            cell.number_format = form

    return fill


_NO_VALUE, _TWICE = "formula_without_value", "duplicate_header"


@pytest.mark.parametrize(
    ("fill", "place", "trap", "text", "status", "reason"),
    [
        (_set("B2", "=1+1"), "表1!B2", _NO_VALUE, "", "pending", _NO_VALUE),
        (lambda s: s.merge_cells("B2:B3"), "表1!B2", "merged", "93.05", "pending", "merged_value"),
        (lambda s: s.merge_cells("B2:B3"), "表1!B3", "merged", "93.05", "pending", "merged_value"),
        (_hide_sheet, "隐藏!B2", "hidden_sheet", "50", "pending", "hidden_sheet"),
        (_set("B2", "93.05"), "表1!B2", "text_number", "93.05", "accepted", "figure"),
        (_set("B2", 0.6505, "0.00%"), "表1!B2", "percent_format", "65.05%", "accepted", "figure"),
        (_set("B2", 0.6505, "0%"), "表1!B2", "rounded", "65%", "accepted", "figure"),
        (_set("B2", 0.285, "0%"), "表1!B2", "rounded", "29%", "accepted", "figure"),
        (_set("B2", 1.005, "0.00"), "表1!B2", "rounded", "1.01", "accepted", "figure"),
        (_set("B2", 200 / 3, "0.00"), "表1!B2", "rounded", "66.67", "accepted", "figure"),
        (_set("B2", 200 / 3), "表1!B2", None, "66.66666666666667", "pending", "long_fraction"),
        (_set("B2", "…"), "表1!B2", "missing_symbol", "…", "rejected", "missing_symbol"),
        (_set("B2", None), "表1!B2", "blank", "", "rejected", "blank"),
        (_set("B2", "#DIV/0!"), "表1!B2", "error_value", "#DIV/0!", "rejected", "error_value"),
        (_set("B2", True), "表1!B2", None, "TRUE", "pending", "logical"),
        (_set("B2", 50, "# ?/?"), "表1!B2", None, "50", "pending", "number_format"),
        (_set("B2", 50, "0.0E+00"), "表1!B2", None, "50", "pending", "number_format"),
        (_set("C1", "建档率（%）"), "表1!B2", _TWICE, "93.05", "pending", _TWICE),
        (_set("A2", 990121), "表1!B2", None, "93.05", "accepted", "figure"),
    ],
)  # fmt: skip
def test_traps(
    tmp_path: Path,
    snapshot: Snapshot,
    fill: Callable[[Worksheet], None],
    place: str,
    trap: str | None,
    text: str,
    status: str,
    reason: str,
) -> None:
    result = _xlsx(tmp_path, snapshot, fill)
    cell = _at(result, place)
    assert (cell.text, cell.status, cell.reason) == (text, status, reason)
    assert trap is None or trap in result.traps
    assert result.account.balanced


def test_formulas_with_cached_results(tmp_path: Path, snapshot: Snapshot) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("表1")
    sheet.write_row(0, 0, ["地区", "建档率（%）", "婴儿死亡率（‰）"])
    sheet.write(1, 0, "甲山县")
    sheet.write_formula(1, 1, "=AVERAGE(D1:D9)", book.add_format({"num_format": "0.00"}), 93.0512)
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    result = import_table(tmp_path / "t.xlsx", snapshot, IN_2021)
    assert _figures(result) == [("990121", "health_record_coverage", "2021", "93.05", "%")]
    assert (_at(result, "表1!C2").status, _at(result, "表1!C2").reason) == (
        "rejected",
        "error_value",
    )
    assert result.traps["formula"] == ("表1!B2", "表1!C2")
    assert result.traps["rounded"] == ("表1!B2",)


def test_cells_are_counted_before_they_are_read(tmp_path: Path, snapshot: Snapshot) -> None:
    row = b"<row>" + b'<c r="A1"><v>1</v></c>' * 400_001 + b"</row>"
    sheet = (
        b"<worksheet><sheetData>" + row + bytes(random.Random(2).randbytes(300_000).hex(), "ascii")
    )
    data = office("xlsx", "<workbook/>", {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(FileRefused) as caught:
        import_table(write(tmp_path, "t.xlsx", data), snapshot, IN_2021)
    assert str(caught.value) == (
        "t.xlsx: xl/worksheets/sheet1.xml: it has more than 400000 cells; split the file"
    )


def test_formatted_but_empty_cells_far_away_do_not_count(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    result = _xlsx(tmp_path, snapshot, lambda s: _set("Z90000", None, "0.00")(s))
    assert len(_figures(result)) == 4


def test_a_date_is_no_figure(tmp_path: Path, snapshot: Snapshot) -> None:
    import datetime

    result = _xlsx(tmp_path, snapshot, _set("B2", datetime.date(2021, 3, 5)))
    assert (_at(result, "表1!B2").text, _at(result, "表1!B2").reason) == ("2021-03-05", "date")
    assert result.traps["date"] == ("表1!B2",)


def test_hidden_rows_and_columns(tmp_path: Path, snapshot: Snapshot) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    result = _xlsx(tmp_path, snapshot, fill)
    assert [_at(result, f"表1!{p}").reason for p in ("B2", "C2", "B3")] == [
        "figure",
        "hidden_column",
        "hidden_row",
    ]
    assert result.traps["hidden_row"] == ("表1!3:3",)
    assert result.traps["hidden_column"] == ("表1!C:C",)


def test_a_lost_zero_in_a_code(tmp_path: Path, snapshot: Snapshot) -> None:
    text = "区划代码,建档率（%）\n99012,93\n990122,88\n"
    result = _csv(tmp_path, snapshot, text, IN_2021)
    assert result.traps["code_lost_zeros"] == ("A2", "B2")


def test_a_wrong_declared_range_loses_no_row(tmp_path: Path, snapshot: Snapshot) -> None:
    import zipfile

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["地区", "建档率（%）"])
    sheet.append(["甲山县", 93])
    sheet.append(["乙水县", 88])
    book.save(tmp_path / "s.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "s.xlsx") as source,
        zipfile.ZipFile(tmp_path / "t.xlsx", "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="A1:B3"', b'ref="A1:B2"'))
    result = import_table(tmp_path / "t.xlsx", snapshot, IN_2021)
    assert len(_figures(result)) == 2
    assert result.traps["dimension"] == ("Sheet!A1:B2",)


def test_gb18030_and_ragged_rows_are_reported(tmp_path: Path, snapshot: Snapshot) -> None:
    data = "地区,建档率（%）\n甲山县,93\n乙水县\n".encode("gb18030")
    result = import_table(write(tmp_path, "t.csv", data), snapshot, IN_2021)
    assert result.traps["gb18030"] == ("1",)
    assert result.traps["ragged"] == ("3",)
    assert _at(result, "B3").reason == "blank"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("t.csv", b'a,"b\n', "t.csv: line 1: it cannot be parsed; the file may be damaged"),
        ("t.csv", b",,\n", "t.csv: whole file: the file holds no usable table"),
        ("t.csv", b"," * 3_000, "t.csv: line 1: it has more than 400000 cells; split the file"),
        ("t.parquet", b"PAR1xxxxPAR1", "t.parquet: whole file: it cannot be parsed"),
        ("t.docx", b"PK\x03\x04", "t.docx: whole file: the zip structure is damaged"),
        ("t.html", b"<p>", "t.html: whole file: the file holds no usable table"),
    ],
)
def test_files_that_are_no_table(
    tmp_path: Path, snapshot: Snapshot, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        import_table(write(tmp_path, name, data), snapshot, IN_2021)
    assert str(caught.value).startswith(message)


# --- conservation ----------------------------------------------------------------

_VALUES = (
    "93.05",
    "",
    "…",
    "—",
    "九成",
    "65%",
    "60.5",
    "0",
    "1,234",
    "100.02",
    "3.6‰",
    "2021",
    " ",
)
_NAMES = ("甲山县", "乙水县", "丙湖县", "云江市", "合计", "丁县", "", "990121", "注：说明")
_HEADERS = (
    "建档率（%）", "建档率", "县域就诊率/2021年", "婴儿死亡率(‰)", "备注", "排名", "",
    "2021年", "建档率目标", "地区", "区划代码",
)  # fmt: skip


def _table(source: random.Random) -> Grid:
    width, height = source.randint(1, 6), source.randint(1, 8)
    rows = [["地区", *(source.choice(_HEADERS) for _ in range(width))]]
    if source.random() < 0.2:
        rows.insert(0, [source.choice(("2021年统计表", "单位：%"))] + [""] * width)
    for _ in range(height):
        rows.append([source.choice(_NAMES), *(source.choice(_VALUES) for _ in range(width))])
    marks = ("hidden_row", "merged_value", "filled", "formula_without_value", "error_value")
    cells = tuple(
        tuple(
            Cell(
                f"{chr(65 + column)}{row + 1}",
                text,
                frozenset({source.choice(marks)}) if source.random() < 0.05 else frozenset(),
            )
            for column, text in enumerate(texts)
        )
        for row, texts in enumerate(rows)
    )
    grid = Grid("表", cells, frozenset({"hidden_sheet"}) if source.random() < 0.1 else frozenset())
    return grid.turned if source.random() < 0.3 else grid


def test_no_cell_is_lost_in_one_thousand_tables(snapshot: Snapshot) -> None:
    source = random.Random(11)
    accepted = 0
    for _ in range(1_000):
        grid = _table(source)
        result = import_grids("t", [grid], snapshot.indicators.values(), snapshot.regions, IN_2021)
        places = [cell.place for cell in result.cells]
        written = {
            grid.place(cell)
            for row in grid.rows
            for cell in row
            if cell.text.strip() and "filled" not in cell.marks
        }
        account = result.account
        assert len(places) == len(set(places)) == account.read
        assert written <= set(places)
        assert account.balanced
        assert sum(account.by_reason.values()) == account.read
        assert all(cell.reason in CELL_REASONS for cell in result.cells)
        for cell in result.cells:
            assert cell.candidate is None or cell.candidate.status == cell.status
            assert cell.status != "accepted" or cell.text.strip()
        accepted += sum(c.status == "accepted" for c in result.candidates)
    assert accepted > 150


def test_names_of_reasons_and_traps_are_bilingual() -> None:
    for zh, en in (*CELL_REASONS.values(), *TRAPS.values()):
        assert zh
        assert en.isascii() or "…" in en


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_damaged_tables_are_read_or_refused_by_name(
    tmp_path: Path, snapshot: Snapshot, kind: str
) -> None:
    from tests.unit.test_extract import _mutated

    if kind == "xlsx":
        _xlsx(tmp_path, snapshot, lambda sheet: None)
        original = (tmp_path / "t.xlsx").read_bytes()
    else:
        original = "地区,建档率（%）\n甲山县,93.05\n乙水县,88\n".encode()
    source = random.Random(kind)
    for number in range(20):
        name = f"m{number}.{kind}"
        path = write(tmp_path, name, _mutated(original, source))
        try:
            assert import_table(path, snapshot, IN_2021).account.balanced
            continue
        except FileRefused as refused:
            message = str(refused)
        assert message.startswith(f"{name}: ")
