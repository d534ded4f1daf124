"""Figures as PNG files, drawn by the browser that is installed; without one, none."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.base import Frame
from indicators.charts.figures_overview import due_figure, grid_figure
from indicators.charts.info_overview import due_info, grid_info
from indicators.charts.source import source_line
from indicators.export.edition import Edition
from indicators.tables.grid import due_in_a_year, status_grid

_WIDTH = 760
#: More rows than this cannot be read on a page: the table holds them all.
_MOST = 40
_BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
_SECONDS = 60


@dataclass(frozen=True)
class Drawing:
    """A figure, what it says for those who cannot see it, and its width in pixels."""

    figure: go.Figure
    summary: str
    width: int = 760


@dataclass(frozen=True)
class Picture:
    """A PNG file, drawn at twice the figure's size."""

    png: bytes
    summary: str


def drawings(edition: Edition) -> list[Drawing]:
    """The figures of a circular: the status grid, and what is due without a report.

    The lower one first: it fits under the opening sentences, a tall one takes a page.
    """
    assessed = edition.commitments
    if assessed.empty:
        return []
    lang = edition.language
    info = grid_info(status_grid(assessed), assessed, lang)
    found: list[Drawing] = []
    if len(info.rows) <= _MOST and len(info.columns) <= _MOST // 2:
        width = max(_WIDTH, 240 + 96 * len(info.columns))
        found.append(
            Drawing(grid_figure(info, frame(edition, assessed), lang), info.summary, width)
        )
    overdue = assessed[assessed["verdict"] == "due_unreported"]
    coming = due_in_a_year(assessed, edition.as_of)
    if 0 < len(overdue) + len(coming) <= _MOST:
        due = due_info(overdue, coming, edition.as_of, lang)
        drawn = frame(edition, pd.concat([overdue, coming], ignore_index=True))
        found.append(Drawing(due_figure(due, drawn, lang), due.summary))
    return sorted(found, key=lambda drawing: drawing.figure.layout.height or 0)


def frame(edition: Edition, rests_on: pd.DataFrame | None) -> Frame:
    """The dress of a picture that rests on these rows; ``None``: on the whole edition."""
    count, digest = len(edition.documents), edition.snapshot.digest
    line = source_line(rests_on, count, edition.as_of, digest, edition.language)
    return Frame(dark=False, source=line)


def draw(drawn: Sequence[Drawing]) -> list[Picture] | None:
    """The pictures, or None where no browser can draw them.

    One browser draws all. Nothing is fetched: the script is the installed one and
    formula typesetting, which would come from the network, is off.
    """
    if not drawn:
        return []
    if not any(shutil.which(name) for name in _BROWSERS):
        return None
    try:
        return _drawn(drawn)
    except Exception as error:  # the circular must come without its pictures too
        logging.getLogger(__name__).warning("no pictures: %s", type(error).__name__)
        return None


def _drawn(drawn: Sequence[Drawing]) -> list[Picture]:
    import kaleido

    kaleido.start_sync_server(silence_warnings=True, mathjax=False, timeout=_SECONDS)
    try:
        return [
            Picture(kaleido.calc_fig_sync(_plain(d.figure), opts=_options(d)), d.summary)
            for d in drawn
        ]
    finally:
        kaleido.stop_sync_server(silence_warnings=True)


def _plain(figure: go.Figure) -> dict[str, Any]:
    plain: dict[str, Any] = figure.to_dict()
    return plain


def _options(drawn: Drawing) -> dict[str, Any]:
    height = int(drawn.figure.layout.height or drawn.width)
    return {"format": "png", "width": drawn.width, "height": height, "scale": 2}
