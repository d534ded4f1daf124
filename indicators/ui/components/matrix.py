"""The comparison as a table: indicators down, regions across, a footnote per figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charts import words
from indicators.ui.components import quote, table
from indicators.ui.escape import md
from indicators.ui.view import View

_HATCH = "▨"
Row = Mapping[str, Any]


def key(view: View) -> str:
    """How to read the cells."""
    return view.t(
        "方括号内为脚注号；* 文中未写期间，按文件日期；{hatch} 表示不可并列比较，不参与排名，"
        "其后写明原因；“第 1/3”为可比数值中的名次；"
        "“未报告”表示所引文件没有该地区这一指标的报告值。",
        hatch=_HATCH,
    )


def matrix(view: View, compared: pd.DataFrame) -> tuple[pd.DataFrame, list[Row]]:
    """Cells in words, and the rows that the footnotes [1], [2] … refer to, in order.

    ``compared`` is :func:`indicators.tables.comparison.comparison`. Columns: the
    indicator with its unit, then a column per region.
    """
    records = table.records(compared)
    notes = [row for row in records if row["value"] is not None]
    numbers = {id(row): i for i, row in enumerate(notes, start=1)}
    lines: dict[str, dict[str, str]] = {}
    for row in records:
        line = lines.setdefault(_name(view, row), {})
        line[row["region_name"]] = cell(view, row, numbers.get(id(row)))
    first = view.t("指标（单位）")
    return pd.DataFrame([{first: name, **line} for name, line in lines.items()]), notes


def _name(view: View, row: Row) -> str:
    name = view.indicator_name(row["indicator_id"])
    return view.t("{name}（{unit}）", name=name, unit=words.unit_name(row["unit"], view.lang))


def cell(view: View, row: Row, number: int | None) -> str:
    """One figure with its period and footnote, hatched with its reason if not comparable."""
    if row["value"] is None:
        return view.t("未报告")
    t = view.t
    said = t(
        "{value}（{period}）",
        value=words.amount(row["value"], row["unit"], view.lang, row["precision"]),
        period=words.period(row["period"], view.lang)
        + ("*" if row["period_basis"] == "document" else ""),
    )
    if row["scope"]:
        said += t("〔{scope}〕", scope=t(row["scope"]))
    if not row["comparable"]:
        said = f"{_HATCH} {said} " + t(
            "不可比：{reason}", reason=view.word("reason", row["reason"])
        )
    elif row["rank"] is not None:
        said += t(" 第 {rank}/{of}", rank=row["rank"], of=row["ranked_of"])
    if row["disagrees_with"]:
        said += t(" 来源不一致：{others}", others=t("、").join(row["disagrees_with"]))
    return f"{said} [{number}]"


def show(shown: pd.DataFrame, title: str) -> None:
    """The matrix as an HTML table that scrolls inside itself on a narrow screen."""
    with st.container(key="matrix"):
        st.table(shown.map(md).rename(columns=md), hide_index=True, border="horizontal", alt=title)


def footnotes(view: View, notes: list[Row]) -> None:
    """Quote and source of every figure in the table, under its number."""
    for number, row in enumerate(notes, start=1):
        st.markdown(
            md(f"[{number}] {row['region_name']} · {view.indicator_name(row['indicator_id'])}")
        )
        quote.show(row["quote"], quote.source_line(view, row), name=f"note-{number}")
