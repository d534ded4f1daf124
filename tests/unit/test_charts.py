"""Charts: the numbers and the figures apart; titles and labels to the letter."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from indicators.charts import words
from indicators.charts.base import Frame, empty_figure
from indicators.charts.figures import dot_figure
from indicators.charts.figures_overview import coverage_figure, due_figure, grid_figure
from indicators.charts.figures_trend import trend_figure
from indicators.charts.info import DotInfo, TrendInfo, dot_info, trend_info
from indicators.charts.info_overview import due_info, grid_info, theme_coverage_info
from indicators.charts.theme import DARK, LIGHT, VERDICTS, contrast
from indicators.core.model import Indicator
from indicators.tables.coverage import coverage
from indicators.tables.grid import VERDICT_ORDER, status_grid
from indicators.tables.observations import observations
from indicators.text import Language
from indicators.text.codes import codes, label
from tests.support.shipped import AS_OF, assessed, shipped

FRAME = Frame(dark=False, source="来源：5 份文件；截至 2026-11-21")


def _indicator(code: str) -> Indicator:
    return shipped()[0].indicators[code]


def _of(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    return frame[frame["indicator_id"] == code].reset_index(drop=True)


def _observed(code: str) -> pd.DataFrame:
    return _of(observations(shipped()[0], AS_OF), code)


def _dots(code: str, lang: Language = "zh") -> DotInfo:
    return dot_info(_indicator(code), _of(assessed(), code), _observed(code), lang)


def _trend(code: str, lang: Language = "zh") -> TrendInfo:
    return trend_info(_indicator(code), _observed(code), lang)


def _notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def _named(figure: go.Figure, name: str) -> str:
    return next(str(n.text) for n in figure.layout.annotations if n.name == name)


# Words


@pytest.mark.parametrize(
    ("value", "unit", "precision", "zh", "en"),
    [
        ("93.05", "%", "exact", "93.05%", "93.05%"),
        ("100.02", "%", "exact", "100.02%", "100.02%"),
        ("14.12", "/10万", "exact", "14.12/10万", "14.12 per 100,000"),
        ("65", "%", "at_least", "65%以上", "at least 65%"),
        ("5", "‰", "at_most", "5‰以内", "at most 5‰"),
        ("13", "个", "about", "13 个左右", "about 13 items"),
        ("6450", "万元", "exact", "6450 万元", "6450 × 10,000 yuan"),
        ("60.50", "%", "exact", "60.50%", "60.50%"),
    ],
)
def test_an_amount_keeps_the_digits_of_its_source(
    value: str, unit: str, precision: str, zh: str, en: str
) -> None:
    assert words.amount(Decimal(value), unit, "zh", precision) == zh
    assert words.amount(Decimal(value), unit, "en", precision) == en


def test_a_missing_amount_and_a_yes_are_words() -> None:
    assert words.amount(None, "%", "zh") == "—"
    assert words.amount(Decimal(1), "是/否", "zh") == "是"
    assert words.amount(Decimal(0), "是/否", "en") == "no"


@pytest.mark.parametrize(
    ("comparator", "value", "upper", "unit", "zh", "en"),
    [
        (">=", "65", None, "%", "≥65%", "≥65%"),
        ("<=", "14.5", None, "/10万", "≤14.5/10万", "≤14.5 per 100,000"),
        ("=", "90", None, "%", "90%", "90%"),
        ("~", "90", None, "%", "90%左右", "about 90%"),
        ("between", "1", "3", "个", "1–3 个", "1–3 items"),
        (">=", None, None, "%", "未设数值", "no number set"),
        (">=", "1", None, "是/否", "未设数值", "no number set"),
    ],
)
def test_a_target_in_words(
    comparator: str, value: str | None, upper: str | None, unit: str, zh: str, en: str
) -> None:
    low = None if value is None else Decimal(value)
    high = None if upper is None else Decimal(upper)
    assert words.target(comparator, low, high, unit, "zh") == zh
    assert words.target(comparator, low, high, unit, "en") == en


def test_a_difference_of_shares_is_in_points_and_never_in_percent() -> None:
    assert words.gap(Decimal("5.0"), "%", "zh") == "+5.0 个百分点"
    assert words.gap(Decimal("-5.51"), "%", "en") == "−5.51 percentage points"
    assert words.gap(Decimal("-0.38"), "/10万", "zh") == "−0.38/10万"
    assert words.gap(Decimal("0"), "家", "zh") == "±0 家"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2021", "2021年", "2021"),
        ("2021-H1", "2021年上半年", "H1 2021"),
        ("2021-Q3", "2021年第三季度", "Q3 2021"),
        ("2021-12", "2021年12月", "Dec 2021"),
        ("2022-05-30", "2022年5月30日", "30 May 2022"),
        (None, "—", "—"),
    ],
)
def test_a_period_in_words(text: str | None, zh: str, en: str) -> None:
    assert (words.period(text, "zh"), words.period(text, "en")) == (zh, en)


def test_a_period_taken_from_the_document_says_so() -> None:
    assert words.period_said("2022", "document", "zh") == "2022年（按文件日期）"
    assert words.period_said("2022", "stated", "zh") == "2022年"


def test_long_text_breaks_but_latin_words_and_marks_hold_together() -> None:
    assert words.lines("县域内就诊率，达到90%以上", 6) == ["县域内就诊率，", "达到90%以上"]
    assert words.lines("到期未报告 1 项、未报告 1 项", 13) == ["到期未报告 1 项、未报告", "1 项"]
    assert words.lines("Share of visits", 6) == ["Share of", "visits"]
    assert words.wrapped('<a href="x">超链</a>', 40).startswith("&lt;a href=")


# Look


@pytest.mark.parametrize("code", codes("verdict"))
def test_every_verdict_is_told_by_shape_and_word_and_legible(code: str) -> None:
    style = VERDICTS[code]
    for look, palette in ((style.light, LIGHT), (style.dark, DARK)):
        assert contrast(look.ink, palette.background) >= 4.5
        assert contrast(look.ink, look.tint) >= 4.5


def test_no_two_verdicts_share_a_shape() -> None:
    assert len({style.glyph for style in VERDICTS.values()}) == len(codes("verdict")) == 9
    assert len({style.symbol for style in VERDICTS.values()}) == 9


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_words_and_marks_of_the_palette_stand_out(palette: Any) -> None:
    for colour in (palette.text, palette.muted, palette.reported, palette.target):
        assert contrast(colour, palette.background) >= 4.5
    assert contrast(palette.benchmark, palette.background) >= 3
    assert round(contrast("#FFFFFF", "#000000"), 6) == 21


# Target against reported


def test_promises_without_a_report_are_counted_by_verdict() -> None:
    info = _dots("county_visit_share")
    assert info.title == "县域内就诊率：0 个地区有报告值；承诺 2 项：到期未报告 1 项、未报告 1 项"
    assert [(row.name, row.level) for row in info.rows] == [
        ("三门峡市", "city"),
        ("汾阳市", "county"),
    ]
    assert [row.promises[0].words for row in info.rows] == ["≥90%", "90%"]
    assert info.summary == info.title + "。"
    assert info.empty == ""


def test_the_same_title_in_english() -> None:
    assert _dots("county_visit_share", "en").title == (
        "Share of residents' visits kept within the county: regions reporting 0; "
        "promises 2: Due, not reported 1, Not reported 1"
    )


def test_a_reported_figure_is_not_rounded() -> None:
    info = _dots("health_record_coverage")
    (row,) = [row for row in info.rows if row.points]
    assert (row.name, row.points[0].value, row.points[0].words) == (
        "岳阳市",
        Decimal("93.05"),
        "93.05%",
    )
    assert "93.05%" in info.summary
    assert "93.05%" in _notes(dot_figure(info, FRAME, "zh"))


def test_benchmarks_are_lines_with_their_source_and_status() -> None:
    info = _dots("maternal_mortality_ratio")
    assert info.title == "孕产妇死亡率：1 个地区有报告值，所引文件中没有承诺"
    said = {line.words.split("（")[0]: line for line in info.lines}
    assert said["参考线 ≤14.5/10万"].value == Decimal("14.5")
    assert "2025年" in said["参考线 ≤14.5/10万"].words
    relayed = [line for line in _dots("county_visit_share").lines if line.relayed]
    assert relayed
    assert all(line.words.endswith("，转引待核") for line in relayed)


def test_levels_never_share_an_axis() -> None:
    figure = dot_figure(_dots("county_visit_share"), FRAME, "zh")
    assert {trace.yaxis for trace in figure.data} == {"y", "y2"}
    assert "<b>地级</b>" in _notes(figure)
    assert "<b>县级</b>" in _notes(figure)
    assert figure.layout.xaxis2.title.text == "单位：%"
    assert figure.layout.xaxis2.tickformat == "~r"


def test_a_verdict_stands_beside_its_row_as_shape_and_word() -> None:
    notes = " ".join(_notes(dot_figure(_dots("county_visit_share"), FRAME, "zh")))
    assert "◆ 到期未报告" in notes
    assert "○ 未报告" in notes


def test_the_picture_carries_its_title_and_its_source() -> None:
    info = _dots("county_visit_share")
    figure = dot_figure(info, FRAME, "zh")
    assert _named(figure, "title").replace("<br>", " ") == info.title
    assert _named(figure, "source") == FRAME.source
    assert figure.layout.meta["title"] == info.title
    assert figure.layout.margin.t > 40


def test_an_indicator_nobody_cites_says_so_and_draws_nothing() -> None:
    nothing = _of(assessed(), "none_such")
    info = dot_info(_indicator("health_record_coverage"), nothing, nothing, "zh")
    assert info.empty == "截至所选日期，所引文件没有这一指标的报告值或承诺。"
    figure = dot_figure(info, FRAME, "zh")
    assert len(figure.data) == 0
    assert _named(figure, "title") == "建档率：0 个地区有报告值，所引文件中没有承诺".replace(
        "建档率", _indicator("health_record_coverage").name.zh
    )
    assert info.empty in _notes(figure)


def test_a_milestone_has_no_dots_and_says_why() -> None:
    code = next(r for r in assessed().itertuples() if r.target_kind == "milestone").indicator_id
    info = _dots(str(code))
    assert info.empty == "此指标是里程碑，文件未给出数值，没有可绘的点；结论见下表。"


def test_what_a_document_contains_is_text_inside_a_figure() -> None:
    seen = _observed("health_record_coverage").assign(
        scope='<a href="https://example.org">x</a>', quote="<b>建档率</b>达到93.05%"
    )
    info = dot_info(_indicator("health_record_coverage"), _of(assessed(), "none"), seen, "zh")
    drawn = dot_figure(info, FRAME, "zh").to_json()
    assert "<a href" not in json.loads(drawn)["layout"]["yaxis"]["ticktext"][0]
    assert "&lt;a href" in drawn.replace("\\u003c", "<").replace("\\u0026", "&")


# Trend


def test_two_periods_of_a_county_make_a_trend_in_points() -> None:
    info = _trend("county_inpatient_share")
    assert info.title == "南澳县县域内住院率：55.5%（2019年）→ 60.5%（2023年），+5.0 个百分点"
    assert info.series[0].change == Decimal("5.0")
    assert info.series[0].level == "county"
    figure = trend_figure(info, FRAME, "zh")
    assert figure.data[0].mode == "lines+markers+text"
    assert list(figure.data[0].text) == ["55.5%", "60.5%"]
    assert list(figure.layout.xaxis.ticktext) == ["2019年", "2023年"]


def test_one_value_is_no_trend_and_no_line_is_drawn() -> None:
    info = _trend("health_record_coverage")
    assert info.empty == "每个地区只有一个期间的数值，两点才成线，故不画趋势。"
    assert len(trend_figure(info, FRAME, "zh").data) == 0


def _two(first: dict[str, Any], second: dict[str, Any]) -> TrendInfo:
    rows = _observed("county_inpatient_share").copy()
    for number, changes in enumerate((first, second)):
        for name, value in changes.items():
            rows.at[number, name] = value
    return trend_info(_indicator("county_inpatient_share"), rows, "zh")


def test_documents_that_disagree_on_a_period_are_not_joined() -> None:
    same = {"period": "2023", "period_last": date(2023, 12, 31)}
    assert _two(same, same).empty == "同一期间各文件数值不一致，不连线。"
    assert _two(same, same).series == ()


def test_a_bound_has_no_exact_change() -> None:
    info = _two({"precision": "at_least"}, {})
    assert info.series[0].change is None
    assert info.title == "南澳县县域内住院率：55.5%以上（2019年）→ 60.5%（2023年）"


# Across indicators


def _promises() -> pd.DataFrame:
    rows = assessed()
    return rows[rows["target_kind"] != "benchmark"].reset_index(drop=True)


def test_the_grid_counts_every_promise_once() -> None:
    promised = _promises()
    info = grid_info(status_grid(assessed()), promised, "zh")
    counts = promised["verdict"].value_counts()
    tally = "、".join(
        f"{label('verdict', code, 'zh')} {counts[code]} 项"
        for code in VERDICT_ORDER
        if code in counts
    )
    assert info.title == f"承诺 {len(promised)} 项：{tally}"
    assert sum(cell.count for cell in info.cells) == len(promised)
    assert {region.name: region.level for region in info.columns}["汾阳市"] == "county"


def test_a_cell_of_the_grid_has_shape_word_and_frame() -> None:
    info = grid_info(status_grid(assessed()), _promises(), "zh")
    figure = grid_figure(info, FRAME, "zh")
    assert len(figure.layout.shapes) == len(info.cells)
    assert sum("◆ 到期未报告" in str(text) for text in _notes(figure)) == sum(
        cell.code == "due_unreported" for cell in info.cells
    )
    assert any("县级" in text for text in figure.layout.xaxis.ticktext)


def test_no_promise_gives_a_titled_empty_grid() -> None:
    nothing = assessed().iloc[:0]
    info = grid_info(status_grid(nothing), nothing, "zh")
    assert (info.title, info.empty) == ("没有承诺", "截至所选日期，所引文件没有承诺。")
    assert len(grid_figure(info, FRAME, "zh").data) == 0


def test_due_dates_are_in_order_and_counted() -> None:
    late = _promises()[lambda f: f["verdict"] == "due_unreported"]
    info = due_info(late, late.iloc[:0], AS_OF, "zh")
    assert info.title == f"未来 12 个月内到期 0 项；已到期而未见报告 {len(late)} 项"
    assert [item.last for item in info.items] == sorted(item.last for item in info.items)
    assert info.items[0].name.startswith("卢氏县 · ")
    assert info.summary == info.title + "，最早一项应于 2019年6月 到期。"
    figure = due_figure(info, FRAME, "zh")
    assert figure.layout.xaxis.tickformat == "%Y-%m"
    assert "截至 2026-11-21" in _notes(figure)


def test_nothing_due_says_so() -> None:
    nothing = assessed().iloc[:0]
    info = due_info(nothing, nothing, AS_OF, "en")
    assert info.title == "Due in the next 12 months: 0; due and not reported: 0"
    assert info.empty == "No promise with a stated deadline falls into this span."
    assert len(due_figure(info, FRAME, "en").data) == 0


def test_coverage_counts_what_each_region_cites_by_theme() -> None:
    snapshot = shipped()[0]
    cells = coverage(snapshot)
    info = theme_coverage_info(cells, snapshot.themes, "zh")
    known = len(snapshot.indicators)
    cited = {c.indicator for d in snapshot.documents for c in d.claims}
    assert info.title == (
        f"登记册 {known} 个指标中，{len(cited)} 个至少被一地引用，{known - len(cited)} 个无一地引用"
    )
    assert len(info.rows) == len(snapshot.themes)
    figure = coverage_figure(info, FRAME, "zh")
    assert any(text.startswith("● ") for text in _notes(figure))


# All figures


def _all_figures(frame: Frame, lang: Language) -> list[go.Figure]:
    promised, snapshot = _promises(), shipped()[0]
    late = promised[promised["verdict"] == "due_unreported"]
    return [
        dot_figure(_dots("county_visit_share", lang), frame, lang),
        dot_figure(_dots("maternal_mortality_ratio", lang), frame, lang),
        trend_figure(_trend("county_inpatient_share", lang), frame, lang),
        grid_figure(grid_info(status_grid(assessed()), promised, lang), frame, lang),
        due_figure(due_info(late, late.iloc[:0], AS_OF, lang), frame, lang),
        coverage_figure(
            theme_coverage_info(coverage(snapshot), snapshot.themes, lang), frame, lang
        ),
        empty_figure("标题", "原因", frame),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_a_picture_that_explains_itself(lang: Language, dark: bool) -> None:
    frame = Frame(dark=dark, source="Source line")
    for figure in _all_figures(frame, lang):
        drawn = figure.to_json()
        assert _named(figure, "source") == "Source line"
        assert _named(figure, "title")
        assert "NaN" not in drawn
        assert "geo" not in {trace.type for trace in figure.data}
        assert figure.layout.paper_bgcolor == (DARK if dark else LIGHT).background
        assert figure.layout.font.family.startswith("'Noto Sans CJK SC'")
        assert figure.layout.height < 2400


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "个", "1 item"),
        ("2", "个", "2 items"),
        ("1", "人", "1 person"),
        ("1.0", "家", "1.0 institutions"),
        ("1", "人/万人", "1 per 10,000 persons"),
        ("1", "人次/万人", "1 visit per 10,000 persons"),
        ("1", "万人", "1 × 10,000 persons"),
        ("1", "元", "1 yuan"),
        ("1", "%", "1%"),
    ],
)
def test_english_units_behind_one_are_singular(value: str, unit: str, said: str) -> None:
    assert words.amount(Decimal(value), unit, "en") == said
    assert words.gap(Decimal(-1), "%", "en") == "−1 percentage point"
