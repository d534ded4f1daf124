"""Page 1: what was promised and kept, what falls due, what the data holds and lacks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.charts.figures_overview import due_figure, grid_figure
from indicators.charts.info_overview import due_info, grid_info
from indicators.export.rules import verdict_rules
from indicators.text import mark
from indicators.ui import fetch
from indicators.ui.components import chart, columns, coverage, table, verdict
from indicators.ui.components.table import Column
from indicators.ui.escape import md
from indicators.ui.view import View


def render(view: View) -> None:
    """Counts, status grid, due dates, holdings."""
    with st.spinner(view.t("正在汇总……"), show_time=False):
        promised = fetch.promises(view)
    if promised.empty:
        st.info(view.t("截至 {day} 没有文件作出承诺。可在侧栏改选较晚的截至日期。", day=view.as_of))
    else:
        _tally(view, fetch.counts(view))
        _grid(view, promised)
        _due(view)
    _holdings(view)


def _tally(view: View, counts: pd.DataFrame) -> None:
    """One tile per verdict that occurs; those that do not occur are named, not hidden."""
    present, absent = counts[counts["count"] > 0], counts[counts["count"] == 0]
    with st.container(horizontal=True, key="tiles"):
        for row in present.to_dict("records"):
            st.metric(verdict.words(view, row["verdict"]), row["count"], border=True, width=170)
    if not absent.empty:
        names = view.t("、").join(view.word("verdict", code) for code in absent["verdict"])
        st.caption(view.t("单位：项。没有以下结论的承诺：{names}。", names=names))
    with st.expander(view.t("各结论的含义")):
        meanings = verdict_rules(view.lang)
        st.markdown("\n".join(f"- **{md(word)}**　{md(text)}" for word, text in meanings))


def _grid(view: View, promised: pd.DataFrame) -> None:
    st.header(view.t("各地承诺的核查结论"), anchor=False)
    info = grid_info(fetch.grid(view), promised, view.lang)
    chart.show(
        view,
        grid_figure(info, chart.frame(view, promised), view.lang),
        name="grid",
        title=info.title,
        summary=info.summary,
        rests_on=promised,
        wide=len(info.columns) > 5,
        numbers=lambda: table.show(
            view,
            promised,
            columns.promises(view),
            name="grid",
            title=view.t("承诺与结论"),
            empty=info.empty,
        ),
    )


def _due(view: View) -> None:
    st.header(view.t("到期情况"), anchor=False)
    overdue, coming = fetch.overdue(view), fetch.coming(view)
    info = due_info(overdue, coming, view.as_of, view.lang)
    chart.show(
        view,
        due_figure(info, chart.frame(view, fetch.due_table(view)), view.lang),
        name="due",
        title=info.title,
        summary=info.summary,
        rests_on=fetch.due_table(view),
        numbers=lambda: table.show(
            view,
            fetch.due_table(view),
            columns.promises(view),
            name="due",
            title=view.t("到期情况"),
            empty=info.empty,
        ),
    )


def _holdings(view: View) -> None:
    st.header(view.t("数据有什么、缺什么"), anchor=False)
    with st.container(horizontal=True, key="holdings"):
        for name, count in fetch.holdings(view):
            st.metric(view.t(name), count, border=True, width=170)
    coverage.show(
        view,
        fetch.covered(view),
        numbers=lambda: table.show(
            view,
            fetch.documents(view),
            _documents(view),
            name="documents",
            title=view.t("文献"),
            empty=view.t("没有载入任何文件。"),
        ),
    )
    with st.expander(view.t("哪些指标无一地引用")):
        table.show(
            view,
            fetch.never_cited(view),
            [
                Column(mark("主题"), lambda r: view.theme_name(r["theme_id"]), 180),
                columns.indicator(view),
                Column(mark("指标标识"), lambda r: r["indicator_id"], 260),
            ],
            name="never",
            title=view.t("无一地引用的指标"),
            empty=view.t("登记册中的每个指标都至少被一地引用。"),
        )


def _documents(view: View) -> list[Column]:
    return [
        columns.region(),
        Column(mark("文件"), lambda r: view.t(r["document_title"]), 360),
        Column(mark("文号"), lambda r: r["document_number"] or "—", 200),
        columns.dated(view),
        Column(mark("引文"), lambda r: r["claims"], 70, "right"),
        Column(mark("报告值"), lambda r: r["reported"], 70, "right"),
        Column(mark("承诺"), lambda r: r["commitment"], 70, "right"),
        Column(mark("里程碑"), lambda r: r["milestone"], 70, "right"),
        Column(mark("变化值"), lambda r: r["change"], 70, "right"),
        Column(mark("引句核对"), lambda r: view.word("verification", r["verification"]), 160),
    ]
