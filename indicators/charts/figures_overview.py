"""Figures across indicators: status grid, due timeline, coverage matrix."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go

from indicators.charts import words
from indicators.charts.base import LEGEND_LINE, Frame, dress, empty_figure, new_figure
from indicators.charts.info_overview import DueInfo, GridInfo, Region
from indicators.charts.theme import VERDICTS, palette
from indicators.tables.grid import VERDICT_ORDER
from indicators.text import Language, translator
from indicators.text.codes import label

_CELL = 34
_NAME = 15


def grid_figure(info: GridInfo, frame: Frame, lang: Language) -> go.Figure:
    """The status grid: every filled cell has its verdict's shape, word and tint."""
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    figure = new_figure()
    t = translator(lang)
    for cell in info.cells:
        style = VERDICTS[cell.code]
        look = style.look(frame.dark)
        y = len(info.rows) - 1 - cell.row
        text = _cell_words(style.glyph, label("verdict", cell.code, lang), lang)
        if cell.count > 1:
            text += "<br>" + t("共 {n} 项", n=cell.count)
        figure.add_shape(
            type="rect",
            x0=cell.column - 0.48,
            x1=cell.column + 0.48,
            y0=y - 0.44,
            y1=y + 0.44,
            fillcolor=look.tint,
            line={"color": look.ink, "width": 1},
            layer="between",
        )
        figure.add_annotation(
            x=cell.column, y=y, text=text, showarrow=False, font={"size": 12, "color": look.ink}
        )
    return _matrix(figure, info, frame, lang)


def _cell_words(glyph: str, word: str, lang: Language) -> str:
    """Shape and word; English words take two lines, because a cell is narrow."""
    return words.wrapped(f"{glyph} {word}", 99 if lang == "zh" else 7)


def _matrix(figure: go.Figure, info: GridInfo, frame: Frame, lang: Language) -> go.Figure:
    tall = [len(words.lines(name, _NAME)) for name in info.rows]
    row = max(_CELL, 17 * max(tall) + 8)
    dress(figure, info.title, frame, plot_height=row * len(info.rows), left=218, right=10, top=44)
    figure.update_layout(margin={"b": 34})
    figure.update_annotations(selector={"name": "source"}, yshift=-30)
    figure.update_layout(height=figure.layout.margin.t + row * len(info.rows) + 34)
    figure.add_trace(_anchors(info))
    figure.update_xaxes(
        side="top",
        tickvals=list(range(len(info.columns))),
        ticktext=[_head(region, lang) for region in info.columns],
        range=[-0.5, len(info.columns) - 0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickangle=0,
        ticks="",
    )
    figure.update_yaxes(
        tickvals=[len(info.rows) - 1 - i for i in range(len(info.rows))],
        ticktext=[words.wrapped(name, _NAME) for name in info.rows],
        range=[-0.5, len(info.rows) - 0.5],
        showgrid=True,
        gridcolor=palette(frame.dark).grid,
        zeroline=False,
        fixedrange=True,
        ticks="",
    )
    return figure


def _head(region: Region, lang: Language) -> str:
    level = label("level", region.level, lang)
    small = f"<span style='font-size:11px'>{words.plain(level)}</span>"
    return f"{words.wrapped(region.name, 5)}<br>{small}"


def _anchors(info: GridInfo) -> go.Scatter:
    """An invisible mark in each cell: axes need a trace to exist."""
    return go.Scatter(
        x=[cell.column for cell in info.cells],
        y=[len(info.rows) - 1 - cell.row for cell in info.cells],
        mode="markers",
        marker={"opacity": 0, "size": 24},
        hoverinfo="skip",
        showlegend=False,
    )


def coverage_figure(info: GridInfo, frame: Frame, lang: Language) -> go.Figure:
    """The coverage matrix: filled shape where values are reported, open where only promised."""
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    figure, colours, t = new_figure(), palette(frame.dark), translator(lang)
    for cell in info.cells:
        strong = cell.code == "reported"
        figure.add_annotation(
            x=cell.column,
            y=len(info.rows) - 1 - cell.row,
            text=f"{'●' if strong else '◇'} {cell.count}",
            showarrow=False,
            font={"size": 14, "color": colours.reported if strong else colours.muted},
        )
    _matrix(figure, info, frame, lang)
    key = t("格内：该地引用的指标个数；● 其中有报告值　◇ 只有承诺或变化值　空白：未引用")
    return _key_line(figure, key, frame)


def _key_line(figure: go.Figure, key: str, frame: Frame) -> go.Figure:
    """The meaning of the shapes, under the matrix."""
    figure.update_layout(
        margin={"b": figure.layout.margin.b + 24}, height=figure.layout.height + 24
    )
    figure.update_annotations(selector={"name": "source"}, yshift=-54)
    figure.add_annotation(
        text=key,
        xref="paper",
        x=1,
        xanchor="right",
        yref="paper",
        y=0,
        yanchor="bottom",
        yshift=-30,
        showarrow=False,
        font={"size": 12, "color": palette(frame.dark).text},
    )
    return figure


def due_figure(info: DueInfo, frame: Frame, lang: Language) -> go.Figure:
    """When each target falls due; the as-of day is a vertical line."""
    if info.empty:
        return empty_figure(info.title, info.empty, frame)
    figure, colours, t = new_figure(), palette(frame.dark), translator(lang)
    for code in VERDICT_ORDER:
        _due_trace(figure, info, code, frame, lang)
    first, last = _span(info)
    dress(
        figure,
        info.title,
        frame,
        plot_height=_due_row(info) * len(info.items),
        left=236,
        right=20,
        top=26,
        below=LEGEND_LINE,
    )
    figure.add_vline(x=info.as_of.isoformat(), line={"color": colours.muted, "dash": "dash"})
    figure.add_annotation(
        x=info.as_of.isoformat(),
        yref="paper",
        y=1,
        yanchor="bottom",
        text=t("截至 {day}", day=info.as_of.isoformat()),
        showarrow=False,
        font={"size": 12, "color": colours.muted},
    )
    figure.update_xaxes(
        type="date",
        range=[first.isoformat(), last.isoformat()],
        tickformat="%Y-%m",
        hoverformat="%Y-%m-%d",
        nticks=7,
        gridcolor=colours.grid,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(info.items))),
        ticktext=[words.wrapped(item.name, 16) for item in reversed(info.items)],
        range=[-0.6, len(info.items) - 0.4],
        gridcolor=colours.grid,
        zeroline=False,
        fixedrange=True,
        ticks="",
    )
    return figure


def _due_row(info: DueInfo) -> int:
    """Px of a line of the timeline: as tall as the longest name needs."""
    return max(40, 18 * max(len(words.lines(item.name, 16)) for item in info.items) + 8)


def _due_trace(figure: go.Figure, info: DueInfo, code: str, frame: Frame, lang: Language) -> None:
    mine = [(len(info.items) - 1 - i, x) for i, x in enumerate(info.items) if x.verdict == code]
    if not mine:
        return
    style = VERDICTS[code]
    word = f"{style.glyph} {label('verdict', code, lang)}"
    figure.add_trace(
        go.Scatter(
            x=[item.last for _, item in mine],
            y=[y for y, _ in mine],
            mode="markers+text",
            text=[words.plain(f" {item.target}　{word} ") for _, item in mine],
            textposition=[_side(item.last, info) for _, item in mine],
            textfont={"size": 12, "color": style.look(frame.dark).ink},
            cliponaxis=False,
            marker={
                "symbol": style.symbol,
                "size": 12,
                "color": style.look(frame.dark).ink,
                "line": {"color": style.look(frame.dark).ink, "width": 2},
            },
            name=word,
            customdata=[words.plain(item.due) for _, item in mine],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _span(info: DueInfo) -> tuple[date, date]:
    days = [item.last for item in info.items] + [info.as_of]
    room = max(timedelta(days=60), (max(days) - min(days)) * 0.08)
    return min(days) - room, max(days) + room


def _side(day: date, info: DueInfo) -> str:
    """Words stand on the side with more room."""
    first, last = _span(info)
    return "middle right" if (day - first) < (last - day) else "middle left"
