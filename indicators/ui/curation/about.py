"""What the document is: the form of its metadata, prefilled with what was recognised."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from indicators.core.model import Document
from indicators.text import mark
from indicators.text.codes import codes
from indicators.ui.curation import intake, sheet
from indicators.ui.curation.draft import Draft, Fields
from indicators.ui.curation.fields import region_words
from indicators.ui.curation.recognise import suggested_id
from indicators.ui.curation.review import say
from indicators.ui.curation.vet import meta_remarks
from indicators.ui.escape import md
from indicators.ui.view import View

LABELS = {
    "title": mark("标题"),
    "kind": mark("文件类型"),
    "issuer": mark("发文机关"),
    "number": mark("文号（没有则留空）"),
    "proposal": mark("所答复的建议、提案（没有则留空）"),
    "region": mark("所属地区"),
    "dated": mark("成文日期（只知年份就只写年份）"),
    "id": mark("文件编号（留空则自动拟定）"),
}


def show(view: View, draft: Draft) -> None:
    """The document as read, then its metadata: to confirm if new, to read if known."""
    _reading(view, draft)
    if draft.document is not None:
        _known(view, draft.document)
    else:
        _form(view, draft)
    if draft.table is not None:
        sheet.options(view, draft)
        sheet.account(view, draft.table)


def _form(view: View, draft: Draft) -> None:
    with st.expander(view.t("文件信息"), expanded=not draft.confirmed):
        st.caption(view.t("以下由程序从原文识别，请逐项核对。地区和日期决定候选条目如何解读。"))
        with st.form(f"about.{draft.sha256[:12]}", border=False):
            values = _inputs(view, draft)
            if st.form_submit_button(view.t("确认文件信息"), type="primary"):
                _confirm(view, draft, values)


def _reading(view: View, draft: Draft) -> None:
    """How the file was read: what a person must look at before trusting the text."""
    parts = [
        draft.name,
        view.t("{n} 字", n=len(draft.text)),
        f"SHA-256 {draft.sha256[:12]}…",
        view.t("编码 {encoding}", encoding=draft.encoding) if draft.encoding else "",
    ]
    st.markdown(md("　·　".join(part for part in parts if part)))
    for note in intake.note_texts(draft, view.lang):
        st.caption(md(view.t("阅读说明：{note}", note=note)))
    if "gb18030" in draft.notes:
        st.text(draft.sample)


def _known(view: View, document: Document) -> None:
    st.info(
        md(
            view.t(
                "这份文件已在库中（{id}），已录 {n} 条。可补录、更正或撤下；文件信息不变。",
                id=document.id,
                n=len(document.claims),
            )
        )
    )
    parts = (document.title, document.number, document.issuer, document.dated.text)
    st.markdown(md(view.t("，").join(part for part in parts if part)))


def _inputs(view: View, draft: Draft) -> Fields:
    values: Fields = {"title": _text(view, draft, "title", wide=True)}
    one, two, three = st.columns(3)
    with one:
        values["kind"] = _kind(view, draft)
        values["number"] = _text(view, draft, "number")
    with two:
        values["issuer"] = _text(view, draft, "issuer")
        values["proposal"] = _text(view, draft, "proposal")
    with three:
        values["region"] = _region(view, draft)
        values["dated"] = _text(view, draft, "dated")
    values["id"] = _text(view, draft, "id")
    return values


def _text(view: View, draft: Draft, name: str, *, wide: bool = False) -> str:
    typed: str = st.text_input(
        view.t(LABELS[name]),
        draft.meta.get(name) or "",
        key=_key(draft, name),
        max_chars=300 if wide else 120,
        placeholder="2022-05-30" if name == "dated" else "",
    )
    return typed.strip()


def _kind(view: View, draft: Draft) -> str:
    kinds = codes("document_kind")
    current = draft.meta.get("kind")
    chosen: str | None = st.selectbox(
        view.t(LABELS["kind"]),
        kinds,
        index=kinds.index(current) if current in kinds else None,
        format_func=lambda code: view.word("document_kind", code),
        placeholder=view.t("请选择"),
        key=_key(draft, "kind"),
    )
    return chosen or ""


def _region(view: View, draft: Draft) -> str:
    regions = [*view.snapshot.regions]
    current = draft.meta.get("region")
    chosen: str | None = st.selectbox(
        view.t(LABELS["region"]),
        regions,
        index=regions.index(current) if current in regions else None,
        format_func=lambda code: region_words(view.snapshot, code),
        placeholder=view.t("请选择"),
        key=_key(draft, "region"),
    )
    return chosen or ""


def _confirm(view: View, draft: Draft, values: Fields) -> None:
    """Take the form over; where region or date changed, the text is read again for figures."""
    wanted: Fields = {name: value for name, value in values.items() if value}
    wanted.setdefault("id", suggested_id(wanted) or "")
    remarks = meta_remarks(view.t, wanted, view.snapshot)
    for remark in remarks:
        say(remark)
    if any(remark.blocks for remark in remarks):
        return
    again = _reads_otherwise(draft.meta, wanted)
    draft.meta, draft.confirmed = wanted, True
    if again:
        intake.refresh(draft, view.snapshot)
    st.rerun()


def _reads_otherwise(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> bool:
    return any(old.get(name) != new.get(name) for name in ("region", "dated"))


def _key(draft: Draft, name: str) -> str:
    return f"about.{draft.sha256[:12]}.{name}"
