"""A quote and where it stands. Quotes are shown as text, never as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from indicators.charts import words
from indicators.ui.escape import md
from indicators.ui.view import View


def show(text: str | None, source: str, *, name: str) -> None:
    """The words themselves, marked off from ours, then their source in one line.

    ``name`` tells the quotes of a page apart.
    """
    with st.container(key=f"quote-{name}", gap="xsmall"):
        if text:
            st.text(f"“{text}”")
        st.caption(md(source))


def source_line(view: View, row: Mapping[str, Any], prefix: str = "") -> str:
    """Title, document number, issuer, date and place of a row of any cited table.

    ``prefix`` names the columns of another figure of the row (``value_``, ``base_``).
    """
    parts = (
        view.t(row.get(f"{prefix}document_title") or ""),
        row.get(f"{prefix}document_number"),
        view.t(row.get(f"{prefix}document_issuer") or ""),
        _dated(view, row.get(f"{prefix}document_dated")),
        _place(view, row.get(f"{prefix}section")),
    )
    return view.t("——") + view.t("，").join(str(part) for part in parts if part)


def _place(view: View, section: str | None) -> str | None:
    return view.t("文中位置 {section}", section=view.t(section)) if section else None


def _dated(view: View, dated: str | None) -> str | None:
    return words.period(dated, view.lang) if dated else None
