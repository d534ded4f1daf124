"""One table on screen with its CSV beside it.

The screen shows chosen columns in words; the file holds the contract's columns with the
source's digits, the quote and the document on every row. Cells are text, never Markdown,
so that what a document contains stays text and no digit is rounded by a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from indicators.export.edition import Published
from indicators.export.fields import FIELDS, fields
from indicators.export.safe import clean, file_name
from indicators.export.tabular import csv_bytes
from indicators.ui.components import citation
from indicators.ui.escape import md
from indicators.ui.view import View

Row = Mapping[str, Any]
_ROW = 35  # px of a table row
_TALLEST = 14  # rows before the table scrolls inside itself


@dataclass(frozen=True)
class Column:
    """One column on screen: ``title`` is a message id, ``cell`` the words of a row.

    An ``optional`` column is left out where no row has anything to say in it.
    """

    title: str
    cell: Callable[[Row], object]
    width: Literal["small", "medium", "large"] | int | None = None
    align: Literal["left", "right", "center"] = "left"
    pinned: bool = False
    optional: bool = False


def show(
    view: View,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    name: str,
    title: str,
    empty: str,
) -> None:
    """The table, then its CSV button; where there is no row, ``empty`` says what is missing.

    ``name`` identifies the table on its page, ``title`` (already in the reader's words)
    names it for screen readers and becomes the file's name.
    """
    if frame.empty:
        st.caption(md(empty))
        return
    shown = in_words(frame, columns, view)
    st.dataframe(
        shown,
        hide_index=True,
        height=_height(len(shown)),
        key=f"table.{name}",
        column_config=_config(columns, view),
        alt=title,
    )
    download(view, frame, name=name, title=title)


def plain(view: View, frame: pd.DataFrame, columns: Sequence[Column], *, title: str) -> None:
    """The same words as an HTML table: read by screen readers, printed whole."""
    shown = in_words(frame, columns, view)
    st.table(shown.map(md).rename(columns=md), hide_index=True, border="horizontal", alt=title)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame by column name."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def in_words(frame: pd.DataFrame, columns: Sequence[Column], view: View) -> pd.DataFrame:
    """The frame as the screen shows it: one text per column and row."""
    rows = records(frame)
    cells = {c: [_text(c.cell(row)) for row in rows] for c in columns}
    shown = {c: words for c, words in cells.items() if not (c.optional and _silent(words))}
    return pd.DataFrame({view.t(c.title): words for c, words in shown.items()}, dtype=object)


def _silent(words: Sequence[str]) -> bool:
    return all(word in ("", "—") for word in words)


def download(view: View, frame: pd.DataFrame, *, name: str, title: str) -> None:
    """Two quiet buttons: every contract column as CSV with a BOM, and how to cite the table."""
    with st.container(horizontal=True, key=f"under-{name}"):
        _csv(view, frame, name=name, title=title)
        citation.show(view, citation.TABLE, name=f"table.{name}", title=title, rests_on=frame)


def _csv(view: View, frame: pd.DataFrame, *, name: str, title: str) -> None:
    known = [column for column in frame.columns if column in FIELDS]
    table = Published(name, title, fields(known), frame)
    stamp = f"{title}_{view.as_of.isoformat()}_{view.snapshot.digest[:8]}"
    st.download_button(
        view.t("下载此表（CSV，含出处）"),
        data=lambda: csv_bytes(table),
        file_name=file_name(stamp, ".csv"),
        mime="text/csv",
        icon=":material/download:",
        key=f"download.{name}",
        on_click="ignore",
        type="tertiary",
    )


def _config(columns: Sequence[Column], view: View) -> dict[str, Any]:
    return {
        view.t(column.title): st.column_config.TextColumn(
            width=_width(column, view), alignment=column.align, pinned=column.pinned
        )
        for column in columns
    }


def _width(column: Column, view: View) -> Any:
    """English words need about a third more room than Chinese ones."""
    if isinstance(column.width, int) and view.lang == "en":
        return round(column.width * 1.35)
    return column.width


def _text(value: object) -> str:
    return "" if value is None else clean(str(value))


def _height(rows: int) -> int:
    return _ROW * (min(rows, _TALLEST) + 1) + 3
