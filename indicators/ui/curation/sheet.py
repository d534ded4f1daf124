"""What a table does not say of itself, and the account of every cell it holds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.charts.words import unit_name
from indicators.core.candidate import CELL_REASONS, TRAPS, ImportResult
from indicators.core.lookup import half_width
from indicators.core.period import Period
from indicators.core.unit import UNITS
from indicators.text import mark
from indicators.ui.curation import intake
from indicators.ui.curation.draft import Draft
from indicators.ui.curation.fields import region_options, region_words
from indicators.ui.escape import md
from indicators.ui.view import View

_STATUS = {
    "accepted": mark("无疑点"),
    "pending": mark("待核"),
    "rejected": mark("不作数值"),
}
_PLACES = 6  # cells named for each trap


def options(view: View, draft: Draft) -> None:
    """Region, period and unit for a table that states none of its own."""
    with st.form(f"sheet.{draft.sha256[:12]}", border=False):
        st.caption(view.t("表中没有写明时才填；填后重新识别各列。"))
        one, two, three, four = st.columns([3, 2, 2, 1.4], vertical_alignment="bottom")
        with one:
            region = _region(view, draft)
        with two:
            period = st.text_input(
                view.t("期间"), draft.options.get("period") or "", placeholder="2023"
            )
        with three:
            unit = st.selectbox(
                view.t("单位"),
                ("", *UNITS),
                format_func=lambda u: unit_name(u, view.lang) if u else "—",
            )
        with four:
            again = st.form_submit_button(view.t("重新识别"), width="stretch")
    if again:
        _again(view, draft, region, half_width(period).strip(), unit or "")


def _region(view: View, draft: Draft) -> str:
    known = region_options(view.snapshot, draft.meta.get("region"), draft.options.get("region"))
    chosen: str = st.selectbox(
        view.t("没有写明地区的行属于"),
        known,
        format_func=lambda code: region_words(view.snapshot, code) if code else "—",
    )
    return chosen


def _again(view: View, draft: Draft, region: str, period: str, unit: str) -> None:
    try:
        if period:
            Period.parse(period)
    except ValueError:
        st.error(view.t("期间须写成 2021、2021-H1、2021-Q3、2021-12 或 2021-12-31。"))
        return
    draft.options = {"region": region or None, "period": period or None, "unit": unit or None}
    intake.refresh(draft, view.snapshot)
    st.rerun()


def account(view: View, result: ImportResult) -> None:
    """Read = clear + doubtful + no figure: nothing is lost, and the screen shows it."""
    counted = result.account
    st.markdown(
        md(
            view.t(
                "单元格 {read} 个 = 无疑点 {accepted} + 待核 {pending} + 不作数值 {rejected}",
                read=counted.read,
                accepted=counted.accepted,
                pending=counted.pending,
                rejected=counted.rejected,
            )
        )
    )
    with st.expander(view.t("每个单元格的去向")):
        _reasons(view, result)
    if result.traps:
        with st.expander(view.t("表中的陷阱（{n} 类）", n=len(result.traps))):
            _traps(view, result)


def _reasons(view: View, result: ImportResult) -> None:
    rows = [
        {
            view.t("去向"): view.t(_STATUS[status]),
            view.t("原因"): CELL_REASONS[reason][view.lang != "zh"],
            view.t("单元格数"): str(number),
        }
        for (status, reason), number in result.account.by_reason.items()
    ]
    st.dataframe(pd.DataFrame(rows, dtype=object), hide_index=True, key="sheet.account")


def _traps(view: View, result: ImportResult) -> None:
    rows = [
        {
            view.t("情形"): TRAPS[code][view.lang != "zh"],
            view.t("处数"): str(len(places)),
            view.t("位置"): view.t("、").join(places[:_PLACES])
            + (" …" if len(places) > _PLACES else ""),
        }
        for code, places in result.traps.items()
    ]
    st.dataframe(pd.DataFrame(rows, dtype=object), hide_index=True, key="sheet.traps")


def clear(view: View, draft: Draft) -> None:
    """One button for all cells that nothing speaks against; the preview still shows each."""
    waiting = sum(item.clear and item.status == "pending" for item in draft.items)
    if waiting:
        st.button(
            view.t("采纳全部无疑点的 {n} 条", n=waiting),
            key="sheet.clear",
            on_click=lambda: draft.go(draft.focus) if draft.accept_clear() else None,
        )
