"""What all figures share: fonts, margins, title and source line inside the picture.

Sizes are pixels, because a figure is also a picture file: its title and its source line
must be in it, and nothing may overlap at the width of a telephone or of a wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from indicators.charts import words
from indicators.charts.theme import FONT, palette
from indicators.text import Language, translator

TITLE_WIDTH = 36  # full-width characters a line; fits the narrowest drawn width
SOURCE_WIDTH = 52  # full-width characters of the source line; as narrow as the title
_TITLE_LINE = 23
_SOURCE = 26
LEGEND_LINE = 22  # px of a line in the key

#: Line patterns that tell lines apart without colour.
DASHES = ("dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True)
class Frame:
    """How a figure is dressed: theme, and the line that says where its numbers are from.

    The line is broken after ``width`` full-width characters: a figure that is drawn for any
    width needs it short.
    """

    dark: bool
    source: str
    width: int = SOURCE_WIDTH


def new_figure() -> go.Figure:
    """A figure without Plotly's own template (7 KB on the wire, and its own colours)."""
    return go.Figure(layout={"template": "none"})


def title_height(title: str) -> int:
    """Pixels above the plotting area that the title needs."""
    return 20 + _TITLE_LINE * len(words.lines(title, TITLE_WIDTH))


def dress(
    figure: go.Figure, title: str, frame: Frame, *, plot_height: int, **room: int
) -> go.Figure:
    """Title, source line, colours and margins; ``room``: extra px ``left``, ``top``, ``below``."""
    colours = palette(frame.dark)
    top = title_height(title) + room.get("top", 0)
    bottom = 34 + _SOURCE + room.get("below", 0)
    left = room.get("left", 110)
    figure.update_layout(
        meta={"title": title},
        height=top + plot_height + bottom,
        margin={
            "l": left,
            "r": room.get("right", 24),
            "t": top,
            "b": bottom,
            "autoexpand": False,
        },
        font={"family": FONT, "size": 13, "color": colours.text},
        paper_bgcolor=colours.background,
        plot_bgcolor=colours.background,
        hoverlabel={"font": {"family": FONT, "size": 13}, "align": "left"},
        hovermode="closest",
        dragmode=False,
        showlegend=False,
    )
    figure.add_annotation(_title(title, colours.text, left, top))
    figure.add_annotation(_source_line(frame, colours.muted, bottom))
    return figure


def _title(title: str, colour: str, left: int, top: int) -> dict[str, Any]:
    """The finding, at the top left; as an annotation, because a title of two lines is cut."""
    return {
        "text": words.wrapped(title, TITLE_WIDTH),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 6 - left,
        "yref": "paper",
        "y": 1,
        "yanchor": "top",
        "yshift": top - 8,
        "align": "left",
        "showarrow": False,
        "font": {"size": 16, "color": colour},
        "name": "title",
    }


def _source_line(frame: Frame, colour: str, bottom: int) -> dict[str, Any]:
    return {
        "text": words.wrapped(frame.source, frame.width),
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "yshift": 4 - bottom,
        "align": "right",
        "showarrow": False,
        "font": {"size": 11, "color": colour},
        "name": "source",
    }


def key(figure: go.Figure, frame: Frame, height: int) -> None:
    """What marks and lines mean, under the axis, ``height`` px above the picture's lower edge.

    A click on its words switches nothing off: a figure must not lose a mark unnoticed.
    """
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "v",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": height / figure.layout.height,
            "yref": "container",
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 12, "color": palette(frame.dark).muted},
        },
    )


def empty_figure(title: str, why: str, frame: Frame) -> go.Figure:
    """A titled figure without marks that says what is missing and why."""
    colours = palette(frame.dark)
    figure = new_figure()
    dress(figure, title, frame, plot_height=90, left=24)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=words.wrapped(why, TITLE_WIDTH),
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        showarrow=False,
        font={"size": 14, "color": colours.muted},
    )
    return figure


def hover(value: str, period: str, document: str, quote: str) -> str:
    """What a mark says under the pointer: figure, period, document, words."""
    parts = [f"<b>{words.plain(value)}</b>", words.plain(period), words.plain(document)]
    return "<br>".join([p for p in parts if p] + [words.wrapped(f"“{quote}”", 28)])


def axis_title(unit: str, lang: Language) -> str:
    """The unit, as the title of an axis."""
    return translator(lang)("单位：{unit}", unit=words.plain(words.unit_name(unit, lang)))
