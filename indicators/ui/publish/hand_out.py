"""Download buttons, the work behind them, and the frame around a preview."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import PurePath

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.export.edition import Edition
from indicators.ui.components import citation
from indicators.ui.escape import md
from indicators.ui.publish import making, store
from indicators.ui.publish.making import Progress
from indicators.ui.publish.store import Made
from indicators.ui.view import View


def at_once(edition: Edition, name: str, make: Callable[[Edition], Made]) -> Made:
    """A file that takes less than a second, made while the page is."""
    return store.made(making.key(edition, name), lambda: make(edition))


def on_request(
    view: View,
    edition: Edition,
    name: str,
    file: str,
    words: tuple[str, str, str],
    make: Callable[[Progress], Made],
) -> None:
    """A file that takes seconds: a button, what is going on, then the download.

    ``words`` are message ids: to make it, what is going on, to download it.
    """
    key = making.key(edition, name)
    known = store.ready(key)
    place = st.empty()
    if known is None and place.button(
        view.t(words[0]), type="primary", icon=":material/build:", key=f"make.{name}"
    ):
        known = _make(view, place, key, words[1], make)
    if known is None:
        return
    with place.container():
        download(view, known, file, words[2])
    if not known.complete:
        st.caption(view.t("服务器上没有可用的浏览器，图从略；文件中写明了这一点。"))


def _make(
    view: View,
    place: DeltaGenerator,
    key: Hashable,
    busy: str,
    make: Callable[[Progress], Made],
) -> Made:
    with place.container():
        bar = st.empty()

        def progress(done: int, total: int) -> None:
            bar.progress(done / total, text=view.t("已写 {done}/{total}", done=done, total=total))

        with st.spinner(view.t(busy), show_time=True):
            return store.made(key, lambda: make(progress), long=True)


def download(view: View, file: Made, name: str, label: str, *, quiet: bool = False) -> None:
    """The button, with the file's name and size beneath it; ``label`` is a message id."""
    with st.container(gap="xxsmall", width="content"):
        st.download_button(
            view.t(label),
            data=file.data,
            file_name=name,
            mime=making.MIME[PurePath(name).suffix],
            icon=":material/download:",
            key=f"file.{name}",
            on_click="ignore",
            type="tertiary" if quiet else "primary",
        )
        st.caption(md(view.t("{name}（{size} kB）", name=name, size=-(-len(file.data) // 1000))))


def previewed(view: View, edition: Edition, title: str, show: Callable[[], None]) -> None:
    """The heading above a preview, the preview, and how to cite what is in it."""
    st.subheader(view.t("预览：文件里有什么"), anchor=False)
    show()
    citation.show(view, citation.FILE, name="file", title=title, rests_on=edition.claims)
