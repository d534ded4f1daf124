"""The timeline: what stands where, in words, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from indicators.charts.base import Frame
from indicators.charts.figures_timeline import SYMBOLS, timeline_figure
from indicators.charts.info_timeline import stated, timeline_info, when
from indicators.tables.region_table import timeline
from indicators.text import Language
from indicators.text.codes import codes
from tests.support.shipped import shipped

FRAME = Frame(dark=False, source="来源：5 份文件")


def _placed(region: str) -> pd.DataFrame:
    return timeline(shipped()[0], region)


def _row(**changes: Any) -> dict[str, Any]:
    plain = {
        "kind": "reported",
        "value": None,
        "upper": None,
        "unit": "%",
        "precision": "exact",
        "comparator": None,
        "period": None,
        "period_basis": "stated",
        "due": None,
        "document_dated": "2022-05-30",
    }
    return {**plain, **changes}


def test_a_county_trend_stands_on_one_line() -> None:
    info = timeline_info("南澳县", _placed("440523"), "zh")
    row = next(row for row in info.rows if row.indicator_id == "county_inpatient_share")
    assert [(mark.words, mark.when) for mark in row.marks] == [
        ("55.5%", "2019年"),
        ("60.5%", "2023年"),
    ]
    assert len(row.lanes) == 1


def test_a_level_and_its_change_in_one_period_stand_in_two_lanes() -> None:
    info = timeline_info("益阳市", _placed("430900"), "zh")
    row = next(row for row in info.rows if row.indicator_id == "public_hospital_debt_ratio")
    assert [[mark.words for mark in lane] for lane in row.lanes] == [
        ["51.5%"],
        ["−5.51 个百分点"],
    ]


def test_a_figure_without_a_written_period_says_what_was_taken() -> None:
    row = _row(period="2022-05-30", period_basis="document")
    assert when(row, "zh") == "2022年5月30日（文中未写期间，按文件日期）"
    assert when(_row(period="2021"), "zh") == "2021年"


def test_a_promise_without_a_deadline_says_so_in_words_of_each_kind() -> None:
    promise = _row(kind="commitment", comparator=">=", value=Decimal(65))
    assert (stated(promise, "zh"), when(promise, "zh")) == ("≥65%", "未写期限")
    milestone = _row(kind="milestone", unit=None, due="2020")
    assert (stated(milestone, "zh"), when(milestone, "zh")) == ("未设数值", "2020年")


def test_title_and_summary_count_claims_and_kinds() -> None:
    placed = _placed("411200")
    info = timeline_info("三门峡市", placed, "zh")
    kinds = placed["kind"].value_counts()
    assert (
        info.title == f"三门峡市：{len(placed)} 条引文，{placed['indicator_id'].nunique()} 项指标"
    )
    assert f"承诺 {kinds['commitment']} 条" in info.summary
    assert "报告值" not in info.summary


def test_every_kind_has_its_own_shape() -> None:
    assert set(SYMBOLS) == set(codes("claim_kind"))
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_the_figure_marks_the_middle_of_each_period() -> None:
    info = timeline_info("南澳县", _placed("440523"), "zh")
    figure = timeline_figure(info, FRAME, "zh", date(2026, 11, 21))
    reported = next(trace for trace in figure.data if trace.name == "报告值")
    at = dict(zip(reported.text, reported.x, strict=True))
    assert at[" 60.5% "] == date(2023, 7, 2)


def test_a_region_without_claims_gives_a_titled_empty_figure() -> None:
    info = timeline_info("湖南省", _placed("430000"), "zh")
    assert info.empty == "所引文件中没有直接说到湖南省的数值或承诺。"
    figure = timeline_figure(info, FRAME, "zh")
    assert "湖南省：没有引用" in [note.text for note in figure.layout.annotations]
    assert not figure.data


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_figure_is_cut_on_the_timeline(lang: Language) -> None:
    info = timeline_info("益阳市", _placed("430900"), lang)
    figure = timeline_figure(info, FRAME, lang)
    drawn = [text.strip() for trace in figure.data for text in trace.text or () if text]
    assert [text for text in drawn if "…" in text] == []
    longest = {"zh": "−5.51 个百分点", "en": "−5.51 percentage points"}[lang]
    assert longest in drawn
    assert {"zh": "62300 人以上", "en": "at least 62300 persons"}[lang] in drawn
