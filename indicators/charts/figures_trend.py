"""The figure of a trend: cited points, joined only where one region reports two periods."""

from __future__ import annotations

import plotly.graph_objects as go

from indicators.charts import words
from indicators.charts.base import (
    DASHES,
    Frame,
    axis_title,
    dress,
    empty_figure,
    hover,
    new_figure,
)
from indicators.charts.info import Series, TrendInfo
from indicators.charts.theme import palette
from indicators.text import Language


def trend_figure(info: TrendInfo, frame: Frame, lang: Language) -> go.Figure:
    """Lines between cited points, each point labelled with its value; dates in plain words."""
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    figure, colours = new_figure(), palette(frame.dark)
    for number, series in enumerate(info.series):
        figure.add_trace(_trend_trace(series, number, frame))
    periods = {p.last: p.period for series in info.series for p in series.points}
    dress(figure, info.title, frame, plot_height=220, left=64, right=48, below=34)
    figure.update_xaxes(
        tickvals=sorted(periods),
        ticktext=[periods[day] for day in sorted(periods)],
        gridcolor=colours.grid,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        title={"text": axis_title(info.unit, lang), "font": {"size": 12, "color": colours.muted}},
        tickformat="~r",
        gridcolor=colours.grid,
        zeroline=False,
        fixedrange=True,
        nticks=6,
    )
    figure.update_layout(
        showlegend=len(info.series) > 1,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    )
    return figure


def _trend_trace(series: Series, number: int, frame: Frame) -> go.Scatter:
    colour = palette(frame.dark).reported
    symbols = ("circle", "square", "diamond", "triangle-up", "cross")
    return go.Scatter(
        x=[p.last for p in series.points],
        y=[float(p.value) for p in series.points],
        mode="lines+markers+text",
        text=[words.plain(p.words) for p in series.points],
        textposition="top center",
        textfont={"size": 13},
        cliponaxis=False,
        name=words.plain(series.name),
        line={"color": colour, "width": 2, "dash": ("solid", *DASHES)[number % 5]},
        marker={"size": 11, "symbol": symbols[number % len(symbols)], "color": colour},
        customdata=[hover(p.words, p.period, p.document, p.quote) for p in series.points],
        hovertemplate="%{customdata}<extra></extra>",
    )
