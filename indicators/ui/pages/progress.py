"""Page 2: one indicator. Every region against its promises and the benchmarks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.charts.figures import dot_figure
from indicators.charts.figures_trend import trend_figure
from indicators.charts.info import dot_info, trend_info
from indicators.core.model import Indicator
from indicators.text import mark
from indicators.ui import fetch
from indicators.ui.components import chart, columns, definition, evidence, pick, table, verdict
from indicators.ui.escape import md
from indicators.ui.view import View


def render(view: View) -> None:
    """Pick an indicator; show its definition, its figures, its targets."""
    options = fetch.indicators_by_use(view)
    if not options:
        st.info(view.t("登记册为空：没有可选的指标。"))
        return
    chosen = pick.one(
        view, "indicator", "指标", options, options[0], lambda i: definition.title(view, i),
        help=view.t("可输入名称或文件用语查找，例如“县域就诊率”。有数据的指标排在前面。"),
    )  # fmt: skip
    indicator = view.snapshot.indicators[chosen]
    definition.show(view, indicator)
    assessed = fetch.of_indicator(fetch.assessed(view), chosen)
    observed = fetch.of_indicator(fetch.observed(view), chosen)
    promised = assessed[assessed["target_kind"] != "benchmark"]
    if promised.empty and observed.empty:
        _nothing(view, indicator)
    else:
        _dots(view, indicator, assessed, observed)
        _trend(view, indicator, observed)
    _tables(view, indicator, assessed, observed)


def _nothing(view: View, indicator: Indicator) -> None:
    """Why there is no chart, and which similar indicators do have figures."""
    st.info(
        view.t(
            "截至 {day}，所引 {n} 份文件没有“{name}”的报告值或承诺。",
            day=view.as_of.isoformat(),
            n=len(fetch.documents(view)),
            name=md(view.indicator_name(indicator.id)),
        )
    )
    near = fetch.cited_neighbours(view, indicator.id)
    if near:
        names = view.t("、").join(md(view.indicator_name(i)) for i in near)
        st.caption(view.t("名称相近但不是同一指标、且有数据的：{names}。", names=names))


def _dots(view: View, indicator: Indicator, assessed: pd.DataFrame, observed: pd.DataFrame) -> None:
    st.header(view.t("承诺值与报告值"), anchor=False)
    info = dot_info(indicator, assessed, observed, view.lang)
    rests_on = pd.concat([observed, assessed], ignore_index=True)
    chart.show(
        view,
        dot_figure(info, chart.frame(view, rests_on), view.lang),
        name="dots",
        title=info.title,
        summary=info.summary,
        rests_on=rests_on,
    )


def _trend(view: View, indicator: Indicator, observed: pd.DataFrame) -> None:
    st.header(view.t("变化趋势"), anchor=False)
    info = trend_info(indicator, observed, view.lang)
    if info.empty:
        st.caption(info.empty)
        return
    chart.show(
        view,
        trend_figure(info, chart.frame(view, observed), view.lang),
        name="trend",
        title=info.title,
        summary=info.summary,
        rests_on=observed,
    )


def _tables(
    view: View, indicator: Indicator, assessed: pd.DataFrame, observed: pd.DataFrame
) -> None:
    own = assessed["target_kind"] != "benchmark"
    _one_table(view, indicator, "reported", mark("报告值"), observed, mark("没有报告值。"))
    _one_table(
        view,
        indicator,
        "promises",
        mark("承诺与结论"),
        assessed[own],
        mark("所引文件没有对这一指标作出承诺。"),
    )
    _one_table(
        view,
        indicator,
        "benchmarks",
        mark("与参考线对照（参考线由上级设定，不是本地承诺）"),
        fetch.figures_first(assessed[~own]),
        mark("登记册中没有这一指标的参考线。"),
    )


def _one_table(
    view: View, indicator: Indicator, key: str, title: str, frame: pd.DataFrame, empty: str
) -> None:
    st.header(view.t(title), anchor=False)
    shown = {
        "reported": lambda: columns.reported(view),
        "promises": lambda: columns.promises(view, with_indicator=False),
        "benchmarks": lambda: columns.benchmarks(view),
    }
    if key == "benchmarks":
        _held_against(view, frame)
    name = f"{view.indicator_name(indicator.id)} {view.t(title)}"
    table.show(view, frame, shown[key](), name=key, title=name, empty=view.t(empty))


def _held_against(view: View, benchmarks: pd.DataFrame) -> None:
    """In words: what each figure means against each benchmark, where there is a figure."""
    with_figure = table.records(benchmarks[benchmarks["value"].notna()])
    said = [
        f"- {verdict.badge(view, row['verdict'])} " + md(evidence.against(view, row))
        for row in with_figure
    ]
    st.markdown("\n".join(said))
