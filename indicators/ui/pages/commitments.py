"""Page 3: every promise with its verdict, what the verdict rests on, and the words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.charts.info import verdict_tally
from indicators.tables.grid import VERDICT_ORDER
from indicators.text import mark
from indicators.ui import fetch, state
from indicators.ui.components import columns, pick, promise, table, verdict
from indicators.ui.view import View

WAYS = {"cards": mark("逐条"), "table": mark("表格"), "print": mark("打印版")}
KINDS = ("commitment", "milestone")
_A_PAGE = 20


def render(view: View) -> None:
    """Filter; then every promise that is left, as cards, a table or a print view."""
    promised = fetch.promises(view)
    if promised.empty:
        st.info(view.t("截至 {day} 没有文件作出承诺。可在侧栏改选较晚的截至日期。", day=view.as_of))
        return
    with st.container(key="filters"):
        chosen = _filtered(view, promised)
        way = pick.way(view, "show", "显示方式", tuple(WAYS), lambda w: view.t(WAYS[w]))
    _count(view, chosen, len(promised))
    if chosen.empty:
        st.info(view.t("没有符合条件的承诺：请放宽地区、结论、类别或建议提案号。"))
    elif way == "table":
        _table(view, chosen)
    elif way == "print":
        _print(view, chosen)
    else:
        _cards(view, chosen)


def _filtered(view: View, promised: pd.DataFrame) -> pd.DataFrame:
    names = dict(zip(promised["region_code"], promised["region_name"], strict=True))
    verdicts = [code for code in VERDICT_ORDER if code in set(promised["verdict"])]
    one, two, three, four = st.columns([3, 3, 2, 3])
    with one:
        regions = pick.many(view, "where", "地区", list(names), lambda c: names[c])
    with two:
        kept = pick.many(view, "verdict", "结论", verdicts, lambda c: verdict.words(view, c))
    with three:
        kinds = pick.many(view, "kind", "类别", KINDS, lambda k: view.word("target_kind", k))
    with four:
        proposal = pick.text(view, "proposal", "建议、提案号或文号", "例如 162")
    return fetch.narrowed(promised, regions, kept, kinds, proposal)


def _count(view: View, chosen: pd.DataFrame, total: int) -> None:
    tally = verdict_tally(chosen["verdict"], view.lang)
    said = view.t("共 {total} 项，列出 {n} 项", total=total, n=len(chosen))
    st.markdown(f"**{said}**" + (view.t("：") + tally if tally else ""))


def _cards(view: View, chosen: pd.DataFrame) -> None:
    pages = fetch.pages(chosen, _A_PAGE)
    at = state.number("page", len(pages))
    for row in table.records(pages[at - 1]):
        promise.card(view, row)
    if len(pages) > 1:
        st.pagination(len(pages), **state.widget("page", at, 1))
    table.download(view, chosen, name="commitments", title=view.t("承诺与结论"))


def _table(view: View, chosen: pd.DataFrame) -> None:
    table.show(
        view,
        chosen,
        columns.promises(view),
        name="commitments",
        title=view.t("承诺与结论"),
        empty="",
    )


def _print(view: View, chosen: pd.DataFrame) -> None:
    """Everything at once, without controls: what a printer needs."""
    st.caption(view.t("此版不分页，供打印：请用浏览器的打印功能，侧栏和筛选不会印出。"))
    title = view.t("承诺与结论")
    table.plain(view, chosen, columns.printed(view), title=title)
    table.download(view, chosen, name="commitments", title=title)
