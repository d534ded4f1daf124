"""One chart with everything it needs: toolbar, spoken summary, numbers beneath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators.charts.base import Frame
from indicators.charts.source import source_line
from indicators.export.safe import file_name
from indicators.tables.observations import known_on
from indicators.ui.components import citation
from indicators.ui.escape import md
from indicators.ui.view import View

_PICTURE_WIDTH = 1100
_NARROW = 30  # full-width characters that a telephone holds in the source line
_LOCALE = {"zh": "zh-CN", "en": "en"}


def frame(view: View, rests_on: pd.DataFrame | None, *, fits: bool = False) -> Frame:
    """The dress of this reader's figures: theme, and the source line inside the picture.

    ``rests_on`` as in :func:`show`, so that picture and citation name the same documents.
    The line of a figure that ``fits`` any width is broken into two.
    """
    total = len(known_on(view.snapshot, view.as_of).documents)
    source = source_line(rests_on, total, view.as_of, view.snapshot.digest, view.lang)
    return Frame(view.dark, source, _NARROW) if fits else Frame(view.dark, source)


def show(
    view: View,
    figure: go.Figure,
    *,
    name: str,
    title: str,
    summary: str,
    rests_on: pd.DataFrame | None,
    numbers: Callable[[], None] | None = None,
    wide: bool = False,
    fits: bool = False,
) -> None:
    """The figure, its summary for screen readers, how to cite it, and its numbers.

    ``rests_on`` holds the rows drawn, whose documents the citation names; ``None`` stands
    for the whole of the data.
    A ``wide`` figure scrolls inside itself on a screen that is too narrow for its columns,
    and a line beneath says so there (the style sheet hides it on a wider one);
    one that ``fits`` is drawn for any width and never scrolls.
    """
    place = "fits-" if fits else "scroll-wide-" if wide else "scroll-"
    with st.container(key=f"{place}{name}"):
        st.plotly_chart(
            figure,
            theme=None,
            width="stretch",
            key=f"chart.{name}",
            config=_config(view, title, figure.layout.height),
            alt=summary or title,
        )
    if not fits:
        with st.container(key=f"hint-{'wide-' if wide else ''}{name}"):
            st.caption(view.t("图比页面宽，可在图上左右滚动。"))
    citation.show(view, citation.CHART, name=f"chart.{name}", title=title, rests_on=rests_on)
    if numbers is not None:
        with st.expander(view.t("文字说明与数据表")):
            st.markdown(md(summary or title))
            numbers()


def _config(view: View, title: str, height: int | None) -> dict[str, Any]:
    """A toolbar with one button: the picture, named after the chart's finding."""
    return {
        "locale": _LOCALE[view.lang],
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "toImageButtonOptions": {
            "format": "png",
            "filename": file_name(title),
            "width": _PICTURE_WIDTH,
            "height": height,
            "scale": 2,
        },
    }
