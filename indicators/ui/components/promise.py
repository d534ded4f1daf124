"""One promise as a card: verdict, what was promised, what that rests on, both quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from indicators.charts import words
from indicators.tables.rivals import stated
from indicators.text import mark
from indicators.ui.components import evidence, quote, verdict
from indicators.ui.escape import md
from indicators.ui.view import View


def card(view: View, row: Mapping[str, Any]) -> None:
    """The whole of one row of ``assess``, readable without the others."""
    name = re.sub(r"[^a-z0-9]+", "-", row["target_id"])
    with st.container(border=True, key=f"card-{name}", gap="small"):
        st.markdown(_head(view, row))
        st.markdown(_promised(view, row))
        st.markdown(md(evidence.sentence(view, row)))
        _remarks(view, row)
        quote.show(row["quote"], quote.source_line(view, row), name=f"promise-{name}")
        _figures(view, row, name)


def _figures(view: View, row: Mapping[str, Any], name: str) -> None:
    """The words behind every figure of the card: the one shown, what other documents state
    for its period, and the one that progress is measured from."""
    if row["value_quote"]:
        source = quote.source_line(view, row, "value_")
        quote.show(row["value_quote"], source, name=f"value-{name}")
    text = mark("另有文件写为 {figure}")
    _others(view, row["disagreeing_claims"], row["period"], text, f"rival-{name}")
    if not evidence.pace(view, row):
        return
    st.caption(md(view.t("起点 {value} 的出处", value=evidence.base(view, row))))
    quote.show(row["base_quote"], quote.source_line(view, row, "base_"), name=f"base-{name}")
    text = mark("起点另有文件写为 {figure}")
    others, held = row["base_disagreeing_claims"], row["base_period"]
    _others(view, others, held, text, f"base-rival-{name}")


def _others(view: View, codes: tuple[str, ...], held: str, text: str, name: str) -> None:
    for number, claim in enumerate(stated(view.snapshot, codes)):
        st.caption(md(view.t(text, figure=words.stated_amount(claim, held, view.lang))))
        quote.show(claim["quote"], quote.source_line(view, claim), name=f"{name}-{number}")


def _head(view: View, row: Mapping[str, Any]) -> str:
    subject = f"{row['region_name']} · {view.indicator_name(row['indicator_id'])}"
    return f"{verdict.badge(view, row['verdict'])} **{md(subject)}**"


def _promised(view: View, row: Mapping[str, Any]) -> str:
    t = view.t
    parts = [
        t(
            "{kind}：{target}",
            kind=view.word("target_kind", row["target_kind"]),
            target=evidence.target(view, row),
        ),
        t("期限：{due}", due=evidence.due(view, row)),
        t("统计范围：{scope}", scope=t(row["scope"])) if row["scope"] else "",
        t(row["proposal"] or ""),
    ]
    return "　｜　".join(md(part) for part in parts if part)


def _remarks(view: View, row: Mapping[str, Any]) -> None:
    said = (
        verdict.caveats(view, row["caveats"]),
        evidence.pace(view, row),
        view.t(row["note"] or ""),
    )
    for text in said:
        if text:
            st.caption(md(text))
