"""One promise as a card: verdict, what was promised, what that rests on, both quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

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
        if row["value_quote"]:
            quote.show(
                row["value_quote"],
                quote.source_line(view, row, "value_"),
                name=f"value-{name}",
            )


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
