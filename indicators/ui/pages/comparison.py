"""Page 4: chosen regions by chosen indicators; what may not stand side by side says why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.ui import fetch
from indicators.ui.components import columns, coverage, matrix, pick, table
from indicators.ui.view import View


def render(view: View) -> None:
    """Pick regions and indicators; show the table, its footnotes, and the coverage."""
    known = fetch.cited_regions(view)
    if fetch.observed(view).empty:
        st.info(view.t("截至 {day} 没有报告值可比。可在侧栏改选较晚的截至日期。", day=view.as_of))
        return
    regions = pick.many(
        view, "regions", "地区", known, view.region_name, fetch.issuing_regions(view)
    )
    options = fetch.reported_indicators(view, regions)
    indicators = pick.many(
        view, "indicators", "指标", options, view.indicator_name, fetch.leading(view, regions)
    )
    if not regions or not indicators:
        st.info(view.t("请至少选一个地区和一个指标。"))
        return
    _table(view, fetch.compared(view, regions, indicators))
    _coverage(view, regions)


def _table(view: View, compared: pd.DataFrame) -> None:
    title = view.t("地区对比")
    st.header(title, anchor=False)
    st.caption(matrix.key(view))
    shown, notes = matrix.matrix(view, compared)
    matrix.show(shown, title)
    table.download(view, compared, name="comparison", title=title)
    with st.expander(view.t("脚注：每个数值的原文与出处（{n} 条）", n=len(notes))):
        matrix.footnotes(view, notes)
    with st.expander(view.t("逐值列表")):
        table.show(
            view,
            compared[compared["value"].notna()],
            columns.compared(view),
            name="values",
            title=title,
            empty=view.t("所选地区没有报告所选指标。"),
        )


def _coverage(view: View, regions: list[str]) -> None:
    st.header(view.t("所选地区引用了哪些主题的指标"), anchor=False)
    coverage.show(view, fetch.covered_in(view, regions), chosen=True)
