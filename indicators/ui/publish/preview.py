"""What will be in the file, read from the file itself wherever it can be read back."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from indicators.export.edition import TITLES, Edition
from indicators.export.pdf import content
from indicators.export.pictures import drawings
from indicators.export.site_pages import NAV
from indicators.ui.components import matrix
from indicators.ui.escape import md
from indicators.ui.publish import read_back
from indicators.ui.publish.read_back import Block
from indicators.ui.view import View

_TALL = 560
_ROWS = 200


def circular(edition: Edition, data: bytes) -> None:
    """The Word document as it reads: its words, its tables, its figures, its notes."""
    blocks = read_back.docx_blocks(data)
    chapters = [place for place, block in enumerate(blocks) if block.kind == "chapter"]
    figures_at = chapters[1] if len(chapters) > 1 else len(blocks)
    with st.container(border=True, height=_TALL, key="paper"):
        _blocks(blocks[:figures_at])
        for number, drawing in enumerate(drawings(edition)):
            with st.container(key=f"scroll-figure-{number}"):
                st.plotly_chart(
                    drawing.figure,
                    theme=None,
                    key=f"figure.{number}",
                    config={"staticPlot": True},
                    alt=drawing.summary,
                )
            st.caption(
                md(edition.t("图 {number}　{text}", number=number + 1, text=drawing.summary))
            )
        _blocks(blocks[figures_at:])


_LEVELS = {"title": "###", "chapter": "####", "section": "#####"}


def _blocks(blocks: list[Block]) -> None:
    """Headings, tables, and each run of paragraphs as one piece of text."""
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == "table":
            for block in run:
                _grid(block.rows)
        elif kind == "note":
            st.caption("  \n".join(md(block.text) for block in run))
        elif kind == "text":
            st.markdown("\n\n".join(md(block.text) for block in run))
        else:
            for block in run:
                st.markdown(f"{_LEVELS[kind]} {md(block.text)}")


def _grid(rows: tuple[tuple[str, ...], ...]) -> None:
    frame = pd.DataFrame(list(rows[1:]), columns=list(rows[0]), dtype=object)
    st.table(frame.map(md).rename(columns=md), hide_index=True, border="horizontal")


def workbook(view: View, edition: Edition, data: bytes) -> None:
    """The comparison as the screen shows it, then every other sheet as the file holds it."""
    sheets = read_back.xlsx_frames(data)
    first = next(iter(sheets))
    for place, name in zip(st.tabs([md(name) for name in sheets]), sheets, strict=True):
        with place:
            if name == first:
                _comparison(view, edition)
            else:
                sheet(name, sheets[name])


def _comparison(view: View, edition: Edition) -> None:
    if edition.comparison.empty:
        st.caption(view.t("所选范围内没有数据。"))
        return
    shown, notes = matrix.matrix(view, edition.comparison)
    st.caption(matrix.key(view))
    with st.container(height=_TALL, key="paper"):
        matrix.show(shown, view.t("地区对比"))
    st.caption(view.t("工作表末尾另附每个数值的原文与出处，共 {n} 条。", n=len(notes)))


def sheet(name: str, frame: pd.DataFrame) -> None:
    """One sheet of a workbook as it was read back."""
    st.dataframe(frame.head(_ROWS), hide_index=True, height=_TALL // 2, key=f"sheet.{name}")


def checklist(view: View, edition: Edition) -> None:
    """The rows of the PDF, from the very texts that its template sets."""
    held = content(edition)
    st.markdown(f"#### {md(held['title'])}")
    st.caption(md(held["subtitle"]))
    if not held["rows"]:
        st.caption(md(held["empty"]))
        return
    st.markdown(md(held["tally"]))
    rows = [
        (
            f"{row['glyph']} {row['verdict']} {row['limits']}".strip(),
            f"{row['region']} {row['indicator']}",
            f"{row['target']} {row['due']}",
            f"{row['figure']} {row['figure_source']}".strip(),
            f"{row['quote']} {row['source']}",
        )
        for row in held["rows"]
    ]
    with st.container(border=True, height=_TALL, key="paper"):
        _grid((tuple(held["heads"]), *rows))


def table(view: View, edition: Edition, name: str, data: bytes) -> None:
    """The rows of one table, read from its CSV; ``data`` is that CSV."""
    frame = read_back.csv_frame(data)
    rows = len(edition.table(name).frame)
    if not rows:
        st.caption(view.t("所选范围内没有数据。"))
        return
    st.caption(view.t("共 {n} 行，下列前 {shown} 行。", n=rows, shown=min(rows, _ROWS)))
    st.dataframe(frame.head(_ROWS), hide_index=True, height=_TALL // 2, key=f"rows.{name}")


def tables(view: View, edition: Edition) -> None:
    """Which tables a package holds, and how many rows each has."""
    held = [(f"data/{name}.csv", edition.t(title), name) for name, title in TITLES.items()]
    heads = (view.t("文件名"), view.t("表"), view.t("行数"))
    rows = [(path, title, str(len(edition.table(name).frame))) for path, title, name in held]
    _grid((heads, *rows))


def site(view: View, edition: Edition) -> None:
    """Which pages the snapshot holds."""
    said = view.t("、").join(view.t(title) for title in NAV.values())
    st.markdown(md(view.t("网页（中文和英文各一套）：{pages}；", pages=said)))
    st.markdown(
        md(
            view.t(
                "另有每个有数据的指标、地区各一页（地区 {n} 个），以及下列数据文件。",
                n=len(edition.subjects),
            )
        )
    )
    tables(view, edition)
