"""The review: the text with its candidates marked beside the table, and one form to decide.

Everything works with Tab and Enter: ``accept`` is the first button of the form, so Enter
in a field takes the claim, and the next undecided one comes up by itself.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st

from indicators.core.candidate import CELL_REASONS
from indicators.core.errors import KnownProblem
from indicators.mining.confidence import REASONS, THRESHOLD
from indicators.text import mark
from indicators.ui.curation import fields as form
from indicators.ui.curation import marks, sheet
from indicators.ui.curation.draft import Draft, Fields, Item
from indicators.ui.curation.vet import Remark, claim_remarks
from indicators.ui.curation.wording import figure, indicator_words, region_name, when
from indicators.ui.escape import md
from indicators.ui.view import View

STATUS = {
    "pending": mark("待审"),
    "accepted": mark("已采纳"),
    "edited": mark("改后采纳"),
    "rejected": mark("已退回"),
    "known": mark("已在库"),
    "corrected": mark("已更正"),
    "withdrawn": mark("已撤下"),
}
#: Why a candidate is left out; the last asks for words.
REJECTIONS = (
    mark("不是本字典的指标"),
    mark("数值或期间识别有误"),
    mark("地区不对（别处或单个机构的数值）"),
    mark("与另一条重复"),
    mark("原文含义不明，不能据以录入"),
    mark("其他（请在下面写明）"),
)
_HEIGHT = 430
_ROW = 35  # px of a table row


def show(view: View, draft: Draft) -> None:
    """Text and table side by side, then the form of the candidate under review."""
    _tally(view, draft)
    if draft.withheld:
        st.warning(view.t("另有 {n} 处数值的原句含有个人信息，未列为候选。", n=draft.withheld))
    if not draft.items:
        st.info(view.t("原文中没有识别出候选条目。可以手工添加。"))
        _add(view, draft)
        return
    sheet.clear(view, draft)
    left, right = st.columns(2)
    with right:  # first: a row chosen there is what the text shows
        _table(view, draft)
        _steps(view, draft)
    with left:
        _text(view, draft)
    _whole(view, draft)
    _decide(view, draft, draft.item(draft.focus))


def _tally(view: View, draft: Draft) -> None:
    counts = draft.counts()
    parts = [
        f"{marks.SIGNS[code]} {view.t(name)} {counts[code]}"
        for code, name in STATUS.items()
        if counts[code]
    ]
    total = view.t("共 {n} 条", n=len(draft.items))
    st.markdown(md(total + view.t("：") + "　".join(parts) if parts else total))


def _text(view: View, draft: Draft) -> None:
    """The document around the candidate under review, every candidate marked where it stands."""
    with st.container(border=True, key="review-text"):
        st.markdown(marks.around(draft.text, draft.items, draft.focus))
    st.caption(view.t("【】内为序号；蓝底粗体是正在审阅的一条。颜色之外，符号与右表一致。"))


def _whole(view: View, draft: Draft) -> None:
    """All of the text, unfolded on demand; no box of its own that the keyboard cannot scroll."""
    with st.expander(view.t("全文")):
        st.markdown(marks.whole(draft.text, draft.items, draft.focus))


def _table(view: View, draft: Draft) -> None:
    """Every candidate with its status; choosing a row brings it under review."""
    frame = pd.DataFrame([_line(view, draft, item) for item in draft.items], dtype=object)
    chosen: Any = st.dataframe(
        frame,
        hide_index=True,
        height=min(_HEIGHT, _ROW * (len(draft.items) + 1) + 3),
        key=f"review.table.{draft.sha256[:12]}",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_widths(view),
        alt=view.t("候选条目一览"),
    )
    draft.pick(next(iter(chosen["selection"]["rows"]), None))


def _widths(view: View) -> dict[str, Any]:
    wanted = {"序号": 46, "状态": 94, "指标": 150, "地区": 76, "数值": 84, "期间或期限": 92}
    return {view.t(name): st.column_config.TextColumn(width=px) for name, px in wanted.items()}


def _line(view: View, draft: Draft, item: Item) -> dict[str, str]:
    t, shown = view.t, item.shown
    return {
        t("序号"): str(item.number),
        t("状态"): f"{marks.SIGNS[item.status]} {t(STATUS[item.status])}",
        t("指标"): indicator_words(view, item),
        t("地区"): region_name(view, draft, shown),
        t("数值"): figure(view, shown),
        t("期间或期限"): when(view, shown),
        t("类型"): view.word("claim_kind", shown.get("kind") or "reported"),
        t("把握"): "" if item.confidence is None else f"{item.confidence:.2f}",
    }


def _steps(view: View, draft: Draft) -> None:
    """Previous, next, next undecided, one more: the table without a mouse."""
    before, after, waiting, more = st.columns(4)
    last = len(draft.items)
    with before:
        _go(view, draft, "上一条", max(1, draft.focus - 1), disabled=draft.focus == 1)
    with after:
        _go(view, draft, "下一条", min(last, draft.focus + 1), disabled=draft.focus == last)
    with waiting:
        target = draft.next_pending(draft.focus)
        _go(view, draft, "下一条待审", target or draft.focus, disabled=target is None)
    with more:
        _add(view, draft)


def _go(view: View, draft: Draft, label: str, target: int, *, disabled: bool) -> None:
    st.button(
        view.t(label),
        key=f"review.go.{label}",
        on_click=lambda: draft.go(target),
        disabled=disabled,
        width="stretch",
    )


_LABELS = (mark("上一条"), mark("下一条"), mark("下一条待审"))


def _add(view: View, draft: Draft) -> None:
    st.button(
        view.t("添加一条"),
        key="review.add",
        on_click=lambda: draft.go(draft.add().number),
        help=view.t("原文中有而未被识别的数值，可手工添加。"),
        width="stretch",
    )


# --- one candidate ---------------------------------------------------------------


def _decide(view: View, draft: Draft, item: Item) -> None:
    with st.container(border=True, key="review-form"):
        _head(view, item)
        kind = form.kind_of(view, draft, item)
        with st.form(f"claim.{draft.sha256[:12]}.{item.number}.{item.status}", border=False):
            values = form.inputs(view, draft, item, kind)
            if item.existing is None:
                _candidate(view, draft, item, values)
            else:
                _standing(view, draft, item, values)
        if item.status not in ("pending", "known"):
            st.button(
                view.t("撤销决定，重新审阅"),
                key="review.reopen",
                on_click=lambda: draft.reopen(item.number),
            )


def _head(view: View, item: Item) -> None:
    title = view.t("第 {n} 条：{indicator}", n=item.number, indicator=indicator_words(view, item))
    status = f"{marks.SIGNS[item.status]} {view.t(STATUS[item.status])}"
    st.markdown(f"**{md(title)}**　{md(status)}")
    if item.reason:
        st.caption(md(view.t("理由：{reason}", reason=item.reason)))
    said = view.t("；").join(_doubt(view, code) for code in item.reasons)
    if item.confidence is not None and item.confidence < THRESHOLD:
        st.warning(md(view.t("把握不大，请仔细核对：{reasons}", reasons=said)), icon="⚠️")
    elif said:
        st.caption(md(view.t("识别依据：{reasons}", reasons=said)))


def _doubt(view: View, code: str) -> str:
    """A reason of mining or of the table import, in words."""
    known = REASONS.get(code) or CELL_REASONS.get(code)
    return str(known[view.lang != "zh"]) if known else code


def _candidate(view: View, draft: Draft, item: Item, values: Fields) -> None:
    why, more, take, leave = st.columns([3, 3, 1.4, 1.4], vertical_alignment="bottom")
    with take:
        taken = st.form_submit_button(view.t("采纳"), type="primary", width="stretch")
    with why:
        reason = _reason(view, draft, item)
    with more:
        detail = st.text_input(
            view.t("退回说明（可不填）"), key=_key(draft, item, "detail"), max_chars=200
        )
    with leave:
        left = st.form_submit_button(view.t("退回"), width="stretch")
    if taken and _sound(view, draft, item, values):
        draft.accept(item.number, values)
        st.rerun()
    if left:
        _leave(view, draft, item, reason, detail.strip())


def _reason(view: View, draft: Draft, item: Item) -> str:
    chosen: str = st.selectbox(
        view.t("退回的理由"), REJECTIONS, format_func=view.t, key=_key(draft, item, "reason")
    )
    return chosen


def _leave(view: View, draft: Draft, item: Item, reason: str, detail: str) -> None:
    other = reason == REJECTIONS[-1]
    if other and not detail:
        st.error(view.t("请写明退回的理由。"))
        return
    draft.reject(item.number, detail if other else "：".join(filter(None, (reason, detail))))
    st.rerun()


def _standing(view: View, draft: Draft, item: Item, values: Fields) -> None:
    """A claim that the document already has: correct it, or take it out; a reason is needed."""
    how, why, change, out = st.columns([2, 4, 1.4, 1.4], vertical_alignment="bottom")
    with change:
        changed = st.form_submit_button(view.t("更正"), type="primary", width="stretch")
    with how:
        kind = _change_kind(view, draft, item)
    with why:
        reason = st.text_input(
            view.t("更正或撤下的理由"), key=_key(draft, item, "why"), max_chars=200
        )
    with out:
        taken_out = st.form_submit_button(view.t("撤下"), width="stretch")
    if not changed and not taken_out:
        return
    if not reason.strip():
        st.error(view.t("请写明更正或撤下的理由。"))
    elif taken_out:
        draft.withdraw(item.number, reason)
        st.rerun()
    elif _sound(view, draft, item, values):
        _correct(view, draft, item, values, reason, kind)


def _correct(
    view: View,
    draft: Draft,
    item: Item,
    values: Fields,
    reason: str,
    kind: Literal["correction", "revision"],
) -> None:
    try:
        draft.correct(item.number, values, reason, kind)
    except KnownProblem:
        st.error(view.t("没有改动任何字段。"))
        return
    st.rerun()


def _change_kind(view: View, draft: Draft, item: Item) -> Literal["correction", "revision"]:
    chosen = st.selectbox(
        view.t("性质"),
        ("correction", "revision"),
        format_func=lambda c: view.t("更正差错") if c == "correction" else view.t("随新资料修订"),
        key=_key(draft, item, "change"),
    )
    return "revision" if chosen == "revision" else "correction"


def _sound(view: View, draft: Draft, item: Item, values: Fields) -> bool:
    """Say what is wrong with the claim; whether it may be taken.

    A warning stops it once: the same fields handed in again are the curator's decision.
    """
    remarks = claim_remarks(view.t, draft, values, view.snapshot)
    if any(remark.blocks for remark in remarks) or (remarks and item.warned != values):
        item.warned = values
        for remark in remarks:
            say(remark)
        if not any(remark.blocks for remark in remarks):
            st.info(view.t("核对无误的，请再按一次同一按钮。"))
        return False
    return True


def say(remark: Remark) -> None:
    """One remark in the reader's words, with what the check itself says beneath."""
    show_box = st.error if remark.blocks else st.warning
    show_box(md(remark.message))
    if remark.original != remark.message:
        st.caption(md(remark.original))


def _key(draft: Draft, item: Item, name: str) -> str:
    return f"review.{draft.sha256[:12]}.{item.number}.{item.status}.{name}"
