"""“引用本图/引用本表”: a text to put under what is taken from here, and the way back to it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.tables.citation import citation, document_line, sources
from indicators.tables.observations import known_on
from indicators.text import mark
from indicators.ui import state
from indicators.ui.view import View
from indicators.ui.web import PRODUCT

#: Columns of tables that say who does not speak of what.
_SILENCE = ("silent_regions", "cited_by")
CHART, TABLE, FILE = mark("引用本图"), mark("引用本表"), mark("引用本文件")


def show(
    view: View, what: str, *, name: str, title: str, rests_on: pd.DataFrame | None = None
) -> None:
    """A quiet button that opens the citation; ``what`` is :data:`CHART`, :data:`TABLE`
    or :data:`FILE`.

    ``rests_on`` holds the rows shown: their documents are the sources. ``None`` says that
    the whole of the data speaks (a silence can only be told from everything that was read).
    The text is written when the page is complete, because its link must restore all of it.
    """
    with st.popover(
        view.t(what), type="tertiary", icon=":material/format_quote:", key=f"cite.{name}"
    ):
        place = st.container()
    lines = _lines(view, rests_on)
    view.later.append(lambda: _write(view, place, title, lines))


def _write(view: View, place: DeltaGenerator, title: str, lines: list[str]) -> None:
    with place:
        st.caption(view.t("指向文字，点右上角的图标即可复制。"))
        st.code(text(view, title, lines), language=None, wrap_lines=True)


def text(view: View, title: str, lines: Iterable[str]) -> str:
    """The citation: title, day, data version, sources, and the address of this view."""
    return citation(
        view.t("{title}（{product}）", title=title.rstrip("。."), product=view.t(PRODUCT)),
        view.as_of,
        view.snapshot.digest,
        lines,
        view.lang,
        address(),
    )


def address() -> str:
    """The address that restores this view, with every choice written out."""
    return f"{st.context.url or ''}?{urlencode(state.restoring(), safe=',')}"


def _lines(view: View, rows: pd.DataFrame | None) -> list[str]:
    """The sources of those rows, each once."""
    if rows is None or any(column in rows for column in _SILENCE):
        return _everything(view)
    named = sources(rows, view.lang)
    if not named and "document_ids" in rows:
        named = _documents(view, {code for ids in rows["document_ids"] for code in ids})
    if not named and "source_title" in rows:
        named = [_standard(view, row) for row in rows.to_dict("records")]
    return list(dict.fromkeys(named)) or _everything(view)


def _standard(view: View, row: Mapping[Hashable, Any]) -> str:
    """A benchmark's document."""
    return document_line(
        row["source_title"] or "",
        row["source_number"],
        row["source_issuer"],
        row["source_date"],
        view.lang,
    )


def _documents(view: View, ids: set[str] | None) -> list[str]:
    return [
        document_line(d.title, d.number, d.issuer, str(d.dated), view.lang)
        for d in known_on(view.snapshot, view.as_of).documents
        if ids is None or d.id in ids
    ]


def _everything(view: View) -> list[str]:
    """All documents known on the day, after the registry that names the indicators."""
    registry = view.t("本看板指标字典，收指标 {n} 项", n=len(view.snapshot.indicators))
    return [registry, *_documents(view, None)]
