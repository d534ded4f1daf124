"""The timeline of one region: a line per indicator, a shape per kind of claim."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import plotly.graph_objects as go

from indicators.charts import words
from indicators.charts.base import LEGEND_LINE, Frame, dress, empty_figure, key, new_figure
from indicators.charts.info_timeline import Mark, TimelineInfo
from indicators.charts.theme import palette
from indicators.text import Language
from indicators.text.codes import label

_ROW = 46  # px: the indicator's name above, its marks below
_LANE = 0.45  # of a row: how far a second lane of marks stands under the first
_FIRST = 0.55  # of a row: the first lane under the row's upper edge
_BAR = 0.22  # of a row: the bar runs under its mark, clear of the figure
#: Kind of claim to marker; colour only repeats what the shape says.
SYMBOLS = {
    "reported": "circle",
    "commitment": "diamond-open",
    "milestone": "triangle-up-open",
    "change": "cross-thin-open",
}


def timeline_figure(
    info: TimelineInfo, frame: Frame, lang: Language, as_of: date | None = None
) -> go.Figure:
    """One line per indicator; a claim stands in the middle of its period or due.

    The middle, because a mark on 31 December would seem to stand in the next year; the
    pale bar is the whole period. Units differ from line to line: positions tell the
    time, never the size.
    """
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    figure = new_figure()
    height = round(_ROW * _edges(info)[-1])
    keyed = LEGEND_LINE * len(info.kinds)
    dress(
        figure, info.title, frame, plot_height=height, left=10, right=10, top=22, below=30 + keyed
    )
    _names(figure, info, frame)
    _bars(figure, info, frame)
    for kind in info.kinds:
        _marks(figure, info, kind, frame, lang)
    _axes(figure, info, frame)
    if as_of is not None and info.span[0] <= as_of <= info.span[1]:
        _day(figure, as_of, frame)
    key(figure, frame, 34 + keyed)
    return figure


def _edges(info: TimelineInfo) -> list[float]:
    """Upper edge of each row, counted downwards in rows; the last is the lower edge of all."""
    heights = (1 + _LANE * (len(row.lanes) - 1) for row in info.rows)
    return list(accumulate(heights, initial=0.0))


def _placed(info: TimelineInfo) -> list[tuple[Mark, float, str]]:
    """Every mark with its height and the side on which its label has room."""
    return [
        (mark, -(edge + _FIRST + _LANE * number), _side(lane, place))
        for row, edge in zip(info.rows, _edges(info), strict=False)
        for number, lane in enumerate(row.lanes)
        for place, mark in enumerate(lane)
    ]


def _names(figure: go.Figure, info: TimelineInfo, frame: Frame) -> None:
    """Each name stands above its own line, so that it fits any width."""
    for row, edge in zip(info.rows, _edges(info), strict=False):
        figure.add_annotation(
            text=words.plain(row.name),
            xref="paper",
            x=0,
            xanchor="left",
            y=-(edge + _FIRST),
            yshift=18,
            showarrow=False,
            font={"size": 12, "color": palette(frame.dark).muted},
        )


def _bars(figure: go.Figure, info: TimelineInfo, frame: Frame) -> None:
    """The stretch of days that a figure is about, where it is more than a day."""
    x: list[date | None] = []
    y: list[float | None] = []
    for mark, height, _ in _placed(info):
        x += [mark.first, mark.last, None]
        y += [height - _BAR, height - _BAR, None]
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": palette(frame.dark).grid, "width": 5},
            hoverinfo="skip",
            showlegend=False,
        )
    )


def _marks(figure: go.Figure, info: TimelineInfo, kind: str, frame: Frame, lang: Language) -> None:
    colours = palette(frame.dark)
    colour = {"reported": colours.reported, "change": colours.text}.get(kind, colours.target)
    drawn = [entry for entry in _placed(info) if entry[0].kind == kind]
    figure.add_trace(
        go.Scatter(
            x=[mark.middle for mark, _, _ in drawn],
            y=[height for _, height, _ in drawn],
            mode="markers+text",
            text=[words.plain(_beside(mark, side)) for mark, _, side in drawn],
            textposition=[f"middle {side or 'right'}" for _, _, side in drawn],
            textfont={"size": 12, "color": colours.text},
            cliponaxis=False,
            marker={
                "symbol": SYMBOLS[kind],
                "size": 11,
                "color": colour,
                "line": {"color": colour, "width": 2},
            },
            name=label("claim_kind", kind, lang),
            customdata=[_hover(mark) for mark, _, _ in drawn],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _side(marks: tuple[Mark, ...], place: int) -> str:
    """Where a label has room: the last to the right, the first of several to the left."""
    if place == len(marks) - 1:
        return "right"
    return "left" if place == 0 and marks[0].last < marks[1].last else ""


def _beside(mark: Mark, side: str) -> str:
    """The whole figure: one that is cut short would be another figure."""
    return f" {mark.words} " if side else ""


def _hover(mark: Mark) -> str:
    head = f"<b>{words.plain(mark.words)}</b>"
    parts = [head, words.plain(mark.when), words.plain(mark.document)]
    return "<br>".join([*parts, words.wrapped(f"“{mark.quote}”", 28)])


def _axes(figure: go.Figure, info: TimelineInfo, frame: Frame) -> None:
    first, last = info.span
    room = max((last - first) * 0.3, timedelta(days=150))
    colours = palette(frame.dark)
    figure.update_xaxes(
        # whole years, or a range within one year would carry no year at all
        range=[
            min(first - room, date(first.year, 1, 1)),
            max(last + room, date(last.year, 12, 31)),
        ],
        dtick="M12",
        tick0=date(first.year, 1, 1),
        tickformat="%Y",
        ticklabelmode="period",
        tickangle=0,
        tickfont={"color": colours.muted},
        gridcolor=colours.grid,
        showgrid=True,
        zeroline=False,
        fixedrange=True,
        automargin=False,
    )
    figure.update_yaxes(
        range=[-_edges(info)[-1], 0],
        tickvals=[-edge for edge in _edges(info)[1:]],
        showticklabels=False,
        gridcolor=colours.grid,
        griddash="dot",
        showgrid=True,
        ticks="",
        zeroline=False,
        fixedrange=True,
        automargin=False,
    )
    figure.update_layout(margin={"autoexpand": False})


def _day(figure: go.Figure, as_of: date, frame: Frame) -> None:
    figure.add_vline(
        x=as_of.isoformat(), line={"color": palette(frame.dark).muted, "width": 1, "dash": "dot"}
    )
    figure.add_annotation(
        text=as_of.isoformat(),
        x=as_of.isoformat(),
        yref="paper",
        y=1,
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": palette(frame.dark).muted},
    )
