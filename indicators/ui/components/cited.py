"""Columns and cards of cited claims, documents and findings: what the texts state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charts import words
from indicators.charts.info_timeline import stated, when
from indicators.text import mark
from indicators.ui.components import columns, quote
from indicators.ui.components.table import Column, records
from indicators.ui.escape import md
from indicators.ui.view import View

Row = Mapping[str, Any]

#: Shapes of the kinds of claim; the same as in the timeline.
KIND_GLYPHS = {"reported": "●", "commitment": "◇", "milestone": "△", "change": "＋"}
#: How far the quotes of a document were found in the original.
VERIFICATION_GLYPHS = {"verified": "●", "partly": "◐", "unverified": "○"}
#: How to take a consistency finding.
FINDING_GLYPHS = {"holds": "=", "differs": "≠", "derived": "≈", "explained": "i"}
_FINDING_COLOURS = {"holds": "green", "differs": "red", "derived": "gray", "explained": "blue"}


def kind(view: View, row: Row) -> str:
    """``◇ 承诺``: shape and word."""
    return f"{KIND_GLYPHS[row['kind']]} {view.word('claim_kind', row['kind'])}"


def figure(view: View, row: Row) -> str:
    """What the claim states, in the document's own unit, with its scope."""
    said = stated(dict(row), view.lang)
    scope = row["scope"]
    return view.t("{said}（{scope}）", said=said, scope=view.t(scope)) if scope else said


def verification(view: View, row: Row) -> str:
    """``● 引文已核对（2026年11月21日）`` for a row of the documents table."""
    word = f"{VERIFICATION_GLYPHS[row['verification']]} " + view.word(
        "verification", row["verification"]
    )
    if row["verification"] == "unverified":
        return word
    day = words.period(row["verified_on"], view.lang)
    if row["verification"] == "partly":
        done = f"{row['quotes_verified']}/{row['claims']}"
        return view.t("{word} {done}（{day}）", word=word, done=done, day=day)
    return view.t("{word}（{day}）", word=word, day=day)


def quote_state(view: View, row: Row) -> str:
    """The same for one claim."""
    if not row["quote_verified"]:
        return view.t("○ 引文未核对")
    day = words.period(row["quote_verified"], view.lang)
    return view.t("● 引文已核对（{day}）", day=day)


def claim_columns(view: View, *, region: bool = True, indicator: bool = True) -> list[Column]:
    """A claim as a table row."""
    found = [
        columns.region() if region else None,
        columns.indicator(view) if indicator else None,
        Column(mark("类别"), lambda r: kind(view, r), 100),
        Column(mark("数值"), lambda r: figure(view, r), 160, "right"),
        Column(mark("期间或期限"), lambda r: when(dict(r), view.lang), 170),
        columns.quote(),
        Column(mark("章节"), lambda r: r["section"] or "—", 110),
        columns.document(view),
        Column(mark("引文核对"), lambda r: quote_state(view, r), 240),
        Column(mark("备注"), lambda r: view.t(r["note"] or ""), 240, optional=True),
    ]
    return [column for column in found if column is not None]


def document_columns(view: View) -> list[Column]:
    """A document as a table row."""
    return [
        columns.region(),
        Column(mark("标题"), lambda r: view.t(r["document_title"]), 320),
        columns.dated(view),
        Column(mark("引文核对"), lambda r: verification(view, r), 240),
        Column(mark("原件"), lambda r: original(view, r), 130),
        Column(mark("文号"), lambda r: r["document_number"] or "—", 170),
        Column(mark("类型"), lambda r: view.word("document_kind", r["document_kind"]), 120),
        Column(mark("引文"), lambda r: r["claims"], 60, "right"),
        Column(mark("报告值"), lambda r: r["reported"], 70, "right"),
        Column(mark("承诺"), lambda r: r["commitment"], 60, "right"),
        Column(mark("里程碑"), lambda r: r["milestone"], 70, "right"),
        Column(mark("变化值"), lambda r: r["change"], 70, "right"),
    ]


def original(view: View, row: Row) -> str:
    """Whether the original lies on this machine."""
    return view.t("本机存有原件") if row["original_here"] else view.t("原文不在本机")


def card(view: View, row: Row) -> None:
    """One claim with its words: what it says, then the quote and where it stands."""
    name = row["indicator_name"] if view.lang == "zh" else row["indicator_name_en"]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{md(name)}**　{md(figure(view, row))}")
        parts = (kind(view, row), row["region_name"], when(dict(row), view.lang))
        st.caption(md(view.t(" · ").join(parts)))
        place = view.t("第 {n} 条", n=row["claim_no"])
        section = row["section"] or view.t("文中未分节")
        where = view.t(" · ").join((place, section, quote_state(view, row)))
        quote.show(row["quote"], where, name=_slug(row["claim_id"]))
        if row["note"]:
            st.caption(md(view.t("备注：{note}", note=view.t(row["note"]))))


def document_names(view: View, ids: tuple[str, ...]) -> str:
    """Numbers of those documents, or titles where they have none."""
    known = {document.id: document for document in view.snapshot.documents}
    return view.t("、").join(known[code].number or view.t(known[code].title) for code in ids)


def _slug(text: str) -> str:
    """``text`` as part of an element's key."""
    return re.sub(r"[^a-z0-9]+", "-", text)


def finding_cards(view: View, rows: pd.DataFrame, claims: pd.DataFrame, name: str) -> None:
    """Each finding as a sentence, with the words it was computed from and their places.

    ``claims`` is the claims table; ``name`` tells the lists of a page apart.
    """
    cited = {row["claim_id"]: row for row in records(claims)}
    for number, row in enumerate(rows.to_dict("records")):
        text = row["text_zh" if view.lang == "zh" else "text_en"]
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"{_badge(view, row['status'])} {md(text)}")
            for code in row["claim_ids"]:
                source = quote.source_line(view, cited[code])
                quote.show(cited[code]["quote"], source, name=f"{name}-{number}-{_slug(code)}")


def _badge(view: View, status: str) -> str:
    word = view.word("finding_status", status)
    return f":{_FINDING_COLOURS[status]}-badge[{md(FINDING_GLYPHS[status])} {word}]"
