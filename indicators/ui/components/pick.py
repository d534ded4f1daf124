"""Widgets tied to the URL: each shows the choice that a link asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from indicators.ui import state
from indicators.ui.view import View


def one(
    view: View,
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    words: Callable[[str], str],
    help: str | None = None,  # noqa: A002 - Streamlit's own name for it
) -> str:
    """One of ``options`` from a drop-down list with search."""
    chosen = state.one(name, options, default)
    st.selectbox(
        view.t(label),
        options,
        format_func=words,
        help=help,
        placeholder=view.t("请选择"),
        **state.widget(name, chosen, default),
    )
    return chosen


def many(
    view: View,
    name: str,
    label: str,
    options: Sequence[str],
    words: Callable[[str], str],
    default: Sequence[str] = (),
    most: int | None = None,
) -> list[str]:
    """Some of ``options``; an empty choice means no restriction where the page says so."""
    chosen = state.many(name, options, default)
    st.multiselect(
        view.t(label),
        options,
        format_func=words,
        max_selections=most,
        placeholder=view.t("全部"),
        select_all=False,
        **state.widget(name, chosen, list(default)),
    )
    return chosen


def way(
    view: View, name: str, label: str, options: Sequence[str], words: Callable[[str], str]
) -> str:
    """One of a few ways of showing, side by side; the first is the default."""
    chosen = state.one(name, options, options[0])
    st.segmented_control(
        view.t(label),
        options,
        format_func=words,
        required=True,
        **state.widget(name, chosen, options[0]),
    )
    return chosen


def text(view: View, name: str, label: str, placeholder: str) -> str:
    """A few words typed by the reader to narrow a list."""
    typed = state.text(name)
    st.text_input(
        view.t(label),
        max_chars=80,
        placeholder=view.t(placeholder),
        **state.widget(name, typed, ""),
    )
    return typed.strip()
