"""The parts of mining on their own: folding, numerals, figures, dates, places, names, cutting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.period import Period
from indicators.mining.fold import fold
from indicators.mining.numerals import parse_numeral, parse_year
from indicators.mining.periods import find_periods, resolve, shifted
from indicators.mining.quantities import find_quantities
from indicators.mining.regions import Gazetteer
from indicators.mining.sentences import Stretch, TextTable, cut
from indicators.mining.terms import TermIndex
from tests.mining.scoring import HOME, fixture_snapshot


def test_fold_keeps_places() -> None:
    line = fold("达到 **９２．５％** 以上,其中“7,215.6”元")
    assert line.text == "达到92.5%以上，其中7215.6元"
    start, end = line.original(2, 7)
    assert "达到 **９２．５％** 以上"[start:end] == "９２．５％"


def test_fold_keeps_numbers_apart() -> None:
    assert fold("2021 2022\n13").text == "2021 2022 13"


@given(st.text(max_size=200))
def test_fold_never_moves_a_character(text: str) -> None:
    line = fold(text)
    assert len(line.text) == len(line.places)
    assert list(line.places) == sorted(set(line.places))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.50", "12.50"),
        ("六十五", "65"),
        ("四点零一", "4.01"),
        ("一百零五", "105"),
        ("两", "2"),
        ("二三", None),
        ("", None),
        ("十" * 30, None),
        ("1.2.3", None),
    ],
)
def test_numerals(text: str, value: str | None) -> None:
    found = parse_numeral(text)
    assert (None if found is None else str(found)) == value


def test_years() -> None:
    assert [parse_year(t) for t in ("2022", "二〇二二", "1800", "二二")] == [2022, 2022, None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年提升1—3个百分点", [("1", "3", "个百分点", "between")]),
        ("由85%至92%之间", [("85", "92", "%", "between")]),
        ("1.2亿人次", [("12000", None, "万人次", None)]),
        ("3.31名/万人", [("3.31", None, "名/万人", None)]),
        ("下降2个点左右", [("2", None, "个百分点", "~")]),
        (
            "提高1.2、0.9和2.3个百分点",
            [(n, None, "个百分点", None) for n in ("1.2", "0.9", "2.3")],
        ),
        ("九成以上", [("90", None, "%", ">=")]),
        ("完成三成员单位", []),
        ("第3个阶段", []),
        ("2022年", []),
        ("3个月", []),
        ("90%（含）以上", [("90", None, "%", ">=")]),
        ("签约 87.2 万人", [("87.2", None, "万人", None)]),
        ("12.5%o", [("12.5", None, "‰", None)]),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, str | None, str, str | None]]) -> None:
    found = find_quantities(fold(text).text)
    assert [
        (str(q.value), None if q.upper is None else str(q.upper), q.unit, q.bound) for q in found
    ] == expected


def test_thousands_mark() -> None:
    assert [str(q.value) for q in find_quantities(fold("7,215.6元").text)] == ["7215.6"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年、2021年、2022年", ["2020", "2021", "2022"]),
        ("2021、2022年", ["2021", "2022"]),
        ("截至2021年12月底", ["2021-12"]),
        ("2025年底前", ["2025-12"]),
        ("到明年年底", ["2024-12"]),
        ("2022年上半年", ["2022-H1"]),
        ("2022年1-6月", ["2022-H1"]),
        ("2022年1—8月", ["2022-08"]),
        ("二〇二二年", ["2022"]),
        ("2022年12月31日", ["2022-12-31"]),
        ("十四五末", ["2025"]),
        ("2022年13月", []),
        ("去年同期", ["2022-06-12"]),
    ],
)
def test_periods(text: str, expected: list[str]) -> None:
    dated = Period.parse("2023-06-12")
    assert [str(resolve(m, dated)) for m in find_periods(fold(text).text)] == expected


def test_span_of_years() -> None:
    (span,) = find_periods("2020—2022年")
    assert span.years() == ("2020", "2021", "2022")


def test_shifted() -> None:
    assert str(shifted(Period.parse("2024-02-29"), -1)) == "2023-02-28"
    assert str(shifted(Period.parse("2022-Q3"), -1)) == "2021-Q3"


@pytest.mark.parametrize(
    ("home", "text", "expected"),
    [
        (HOME, "岭东县级医院", []),
        (HOME, "东县县域住院率", [("东县", "910125", True)]),
        (HOME, "禾丰县", [("禾丰县", "910121", True)]),
        (None, "禾丰县", [("禾丰县", None, True)]),
        (None, "临榆市禾丰县", [("临榆市", "920100", True), ("禾丰县", "920121", True)]),
        (HOME, "全市", [("全市", HOME, True)]),
        (HOME, "高于全省平均", [("全省", "910000", False)]),
        (HOME, "赴青岚市学习", [("青岚市", "910200", False)]),
        ("910121", "全县", [("全县", "910121", True)]),
        (HOME, "全县", [("全县", None, True)]),
    ],
)
def test_places(home: str | None, text: str, expected: list[tuple[str, str | None, bool]]) -> None:
    found = Gazetteer(fixture_snapshot(), home).find(text)
    assert [(p.name, p.code, p.subject) for p in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "孕产妇、婴儿、5岁以下儿童死亡率",
            ["maternal_mortality_ratio", "infant_mortality_rate", "under5_mortality_rate"],
        ),
        (
            "高血压、糖尿病患者规范化管理率",
            ["hypertension_standard_management_rate", "diabetes_standard_management_rate"],
        ),
        (
            "常住人口和重点人群签约率",
            ["family_doctor_coverage", "family_doctor_priority_coverage"],
        ),
        (
            "高血压患者规范管理率、健康管理率",
            ["hypertension_standard_management_rate", "hypertension_management_rate"],
        ),
        ("县域就诊率", ["county_visit_share"]),
        ("县域住院率", ["county_inpatient_share"]),
        ("居民年住院率", [""]),
        ("床位使用率", [""]),
        ("效率先进", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    found = TermIndex(fixture_snapshot()).find(text)
    assert [term.ids[0] if term.ids else "" for term in found] == expected


def test_cut() -> None:
    text = (
        "沅州市卫生健康委员会\n\n一、工作进展\n全市家庭医\n\n"
        "生签约率达到42.6%。建档率93%。\n指标\t2021年\n建档率\t92%\n"
    )
    kinds = [part.kind if isinstance(part, Stretch) else "table" for part in cut(text)]
    assert kinds == ["heading", "heading", "heading", "sentence", "sentence", "table"]


def test_cut_reads_on_over_page_breaks() -> None:
    text = "截至2022年底，全市家庭医生签约服务\n\n覆盖率达到42.6%。"
    (one,) = cut(text)
    assert isinstance(one, Stretch)
    assert text[one.start : one.end] == text


def test_cut_caps_sentences() -> None:
    parts = [part for part in cut("县域内就诊率高，" * 500) if isinstance(part, Stretch)]
    assert max(part.end - part.start for part in parts) <= 600
    assert sum(part.end - part.start for part in parts) == 4000


@given(st.text(max_size=300))
def test_cut_covers_every_visible_character(text: str) -> None:
    covered: set[int] = set()
    for part in cut(text):
        if isinstance(part, TextTable):
            for row in part.rows:
                covered.update(i for cell in row for i in range(cell.start, cell.end))
        else:
            covered.update(range(part.start, part.end))
    missed = {text[i] for i in range(len(text)) if i not in covered and not text[i].isspace()}
    assert missed <= set("|:+=-\x1c\x1d\x1e\x1f")


@pytest.mark.parametrize(("value", "unit"), [("537.01", "万份"), ("8.9", "万例")])
def test_units_scale_nothing(value: str, unit: str) -> None:
    (one,) = find_quantities(f"{value}{unit}")
    assert (one.value, one.unit) == (Decimal(value), unit)
