"""The figure of one indicator: target against reported."""

from __future__ import annotations

from decimal import Decimal

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from indicators.charts import words
from indicators.charts.base import (
    DASHES,
    LEGEND_LINE,
    Frame,
    axis_title,
    dress,
    empty_figure,
    hover,
    key,
)
from indicators.charts.info import DotInfo, Line, Point, Promise, Row
from indicators.charts.theme import VERDICTS, palette
from indicators.text import Language, translator
from indicators.text.codes import label

_ROW = 54  # px of one region's line
_NAME = 8  # full-width characters of a region's name on one line


def dot_figure(info: DotInfo, frame: Frame, lang: Language) -> go.Figure:
    """One panel per level: reported dots, target diamonds, benchmarks as dashed lines."""
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    levels = info.levels
    counts = [sum(row.level == level for row in info.rows) for level in levels]
    figure = make_subplots(
        rows=len(levels),
        cols=1,
        shared_xaxes=True,
        row_heights=[count + 0.3 for count in counts],
        vertical_spacing=0.34 / (sum(counts) + len(levels)) if len(levels) > 1 else 0,
    )
    figure.update_layout(template="none")
    for panel, level in enumerate(levels, start=1):
        _panel(figure, info, panel, level, frame, lang)
    legend = 2 + len(info.lines)
    dress(
        figure,
        info.title,
        frame,
        plot_height=_ROW * sum(counts) + 26 * len(levels),
        left=150,
        right=116,
        top=18,
        below=30 + LEGEND_LINE * legend,
    )
    key(figure, frame, 30 + LEGEND_LINE * legend)
    _value_axis(figure, info, len(levels), frame, lang)
    return figure


def _panel(
    figure: go.Figure, info: DotInfo, panel: int, level: str, frame: Frame, lang: Language
) -> None:
    """The rows of one level; rows of different levels never share an axis."""
    rows = [(i, row) for i, row in enumerate(info.rows) if row.level == level]
    at = {i: len(rows) - 1 - place for place, (i, _) in enumerate(rows)}
    for number, line in enumerate(info.lines):
        _draw_line(figure, line, number, at, panel, frame)
    for i, row in rows:
        _draw_row(figure, row, at[i], panel, frame, lang)
    colours = palette(frame.dark)
    figure.update_yaxes(
        row=panel,
        col=1,
        tickvals=[at[i] for i, _ in rows],
        ticktext=[_row_name(row) for _, row in rows],
        range=[-0.6, len(rows) - 0.4],
        showgrid=True,
        gridcolor=colours.grid,
        zeroline=False,
        ticks="",
    )
    figure.add_annotation(
        text=f"<b>{label('level', level, lang)}</b>",
        xref="paper",
        x=0,
        xanchor="right",
        xshift=-8,
        yref=f"y{panel if panel > 1 else ''} domain",
        y=1,
        yanchor="bottom",
        showarrow=False,
        font={"size": 12, "color": colours.muted},
    )


def _row_name(row: Row) -> str:
    name = words.wrapped(row.name, _NAME)
    return (
        f"{name}<br><span style='font-size:11px'>{words.plain(row.scope)}</span>"
        if row.scope
        else name
    )


def _draw_line(
    figure: go.Figure, line: Line, number: int, at: dict[int, int], panel: int, frame: Frame
) -> None:
    """A benchmark as a dashed line across the rows that it addresses."""
    x: list[float | None] = []
    y: list[float | None] = []
    for value in (line.value, line.upper):
        for i in line.rows:
            if i in at and value is not None:
                x += [float(value), float(value), None]
                y += [at[i] - 0.5, at[i] + 0.5, None]
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={
                "color": palette(frame.dark).benchmark,
                "dash": DASHES[number % len(DASHES)],
                "width": 1.6,
            },
            name=words.plain(line.words),
            legendgroup=line.words,
            showlegend=not _has(figure, line.words),
            hoverinfo="name",
        ),
        row=panel,
        col=1,
    )


def _has(figure: go.Figure, group: str) -> bool:
    return any(trace.legendgroup == group and trace.showlegend for trace in figure.data)


def _draw_row(
    figure: go.Figure, row: Row, y: int, panel: int, frame: Frame, lang: Language
) -> None:
    promises = [p for p in row.promises if p.value is not None]
    if row.points and promises:
        _link(figure, row.points[-1], promises, y, panel, frame)
    _reported(figure, row.points, y, panel, frame, lang)
    _promised(figure, promises, y, panel, frame, lang)
    colours = palette(frame.dark)
    for point in row.points[-1:]:
        _value_label(figure, point.value, point.words, (y, panel, 18), frame, colours.reported)
    for promise in promises:
        _value_label(figure, promise.value, promise.words, (y, panel, -20), frame, colours.target)
    _verdicts(figure, row.promises, y, panel, frame, lang)


def _link(
    figure: go.Figure, point: Point, promises: list[Promise], y: int, panel: int, frame: Frame
) -> None:
    """A thin line between the latest value and its targets: the distance, to the eye."""
    ends = [float(p.value) for p in promises if p.value is not None] + [float(point.value)]
    figure.add_trace(
        go.Scatter(
            x=[min(ends), max(ends)],
            y=[y, y],
            mode="lines",
            line={"color": palette(frame.dark).grid, "width": 6},
            hoverinfo="skip",
            showlegend=False,
        ),
        row=panel,
        col=1,
    )


def _value_label(
    figure: go.Figure,
    value: Decimal | None,
    text: str,
    place: tuple[int, int, int],
    frame: Frame,
    colour: str,
) -> None:
    """A value above or below its mark, on its own ground so that no line runs through it.

    ``place``: row on the axis, panel, shift in px.
    """
    y, panel, shift = place
    axis = str(panel) if panel > 1 else ""
    figure.add_annotation(
        x=None if value is None else float(value),
        y=y,
        xref=f"x{axis}",
        yref=f"y{axis}",
        yshift=shift,
        text=words.plain(text),
        showarrow=False,
        borderpad=0,
        bgcolor=palette(frame.dark).background,
        font={"size": 13, "color": colour},
    )


def _reported(
    figure: go.Figure, points: tuple[Point, ...], y: int, panel: int, frame: Frame, lang: Language
) -> None:
    colours, t = palette(frame.dark), translator(lang)
    newest_first = points[::-1]  # the key shows the first mark
    fills = [colours.reported, *[colours.background] * (len(points) - 1)]
    figure.add_trace(
        go.Scatter(
            x=[float(p.value) for p in newest_first],
            y=[y] * len(points),
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": "circle",
                "size": [13, *[9] * (len(points) - 1)][: len(points)],
                "opacity": 1,
                "color": fills[: len(points)],
                "line": {"color": colours.reported, "width": 2},
            },
            name=t("报告值（实心为最近一期，空心为较早）"),
            legendgroup="reported",
            showlegend=bool(points) and not _has(figure, "reported"),
            customdata=[hover(p.words, p.period, p.document, p.quote) for p in newest_first],
            hovertemplate="%{customdata}<extra></extra>",
        ),
        row=panel,
        col=1,
    )


def _promised(
    figure: go.Figure, promises: list[Promise], y: int, panel: int, frame: Frame, lang: Language
) -> None:
    colours, t = palette(frame.dark), translator(lang)
    ends = [(p, value) for p in promises for value in (p.value, p.upper) if value is not None]
    figure.add_trace(
        go.Scatter(
            x=[float(value) for _, value in ends],
            y=[y] * len(ends),
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": "diamond-open",
                "size": 13,
                "color": colours.target,
                "line": {"color": colours.target, "width": 2},
            },
            name=t("承诺值"),
            legendgroup="target",
            showlegend=bool(ends) and not _has(figure, "target"),
            customdata=[hover(p.words, p.due, p.document, p.quote) for p, _ in ends],
            hovertemplate="%{customdata}<extra></extra>",
        ),
        row=panel,
        col=1,
    )


def _verdicts(
    figure: go.Figure,
    promises: tuple[Promise, ...],
    y: int,
    panel: int,
    frame: Frame,
    lang: Language,
) -> None:
    """Shape and word at the right edge, in the verdict's colour."""
    said = dict.fromkeys(p.verdict for p in promises)
    text = "<br>".join(
        f'<span style="color:{VERDICTS[code].look(frame.dark).ink}">'
        f"{VERDICTS[code].glyph} {label('verdict', code, lang)}</span>"
        for code in said
    )
    if text:
        figure.add_annotation(
            text=text,
            xref="paper",
            x=1,
            xanchor="left",
            xshift=10,
            yref=f"y{panel if panel > 1 else ''}",
            y=y,
            align="left",
            showarrow=False,
            font={"size": 12},
        )


def _value_axis(
    figure: go.Figure, info: DotInfo, panels: int, frame: Frame, lang: Language
) -> None:
    colours = palette(frame.dark)
    values = [float(v) for v in _values(info)]
    room = (max(values) - min(values)) * 0.12 or max(abs(values[0]) * 0.05, 1)
    figure.update_xaxes(
        range=[min(values) - room, max(values) + room],
        showgrid=True,
        gridcolor=colours.grid,
        zeroline=False,
        tickformat="~r",
        hoverformat="~r",
        nticks=7,
        automargin=False,
        fixedrange=True,
    )
    figure.update_yaxes(fixedrange=True)
    figure.update_xaxes(
        row=panels,
        col=1,
        title={"text": axis_title(info.unit, lang), "font": {"size": 12, "color": colours.muted}},
    )


def _values(info: DotInfo) -> list[Decimal]:
    found = [point.value for row in info.rows for point in row.points]
    found += [
        v for row in info.rows for p in row.promises for v in (p.value, p.upper) if v is not None
    ]
    found += [v for line in info.lines for v in (line.value, line.upper) if v is not None]
    return found
