"""The numbers of the charts across indicators: status grid, due dates, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from indicators.charts import words
from indicators.charts.info import verdict_tally
from indicators.core.model import Theme
from indicators.tables.coverage import CITED
from indicators.text import Language, translator


@dataclass(frozen=True)
class Cell:
    """One region and indicator: the code that fills it and how many targets it holds."""

    row: int
    column: int
    code: str
    count: int = 1
    detail: str = ""


@dataclass(frozen=True)
class Region:
    """A column's head: the region, and its level, because levels must not be mixed up."""

    name: str
    level: str


@dataclass(frozen=True)
class GridInfo:
    """A matrix: indicators or themes down, regions across."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[Region, ...]
    cells: tuple[Cell, ...]
    summary: str
    empty: str = ""


def grid_info(grid: pd.DataFrame, assessed: pd.DataFrame, lang: Language) -> GridInfo:
    """Numbers of the status grid.

    ``grid`` is :func:`indicators.tables.grid.status_grid`; ``assessed`` the targets it was
    made from, which the title counts.
    """
    t = translator(lang)
    if grid.empty:
        return GridInfo(t("没有承诺"), (), (), (), "", t("截至所选日期，所引文件没有承诺。"))
    name = "indicator_name" if lang == "zh" else "indicator_name_en"
    rows = tuple(dict.fromkeys(grid[name]))
    codes = list(dict.fromkeys(grid["region_code"]))
    columns = _regions(assessed, codes)
    cells = tuple(
        Cell(rows.index(r[name]), codes.index(r["region_code"]), r["verdict"], r["targets"])
        for r in grid.to_dict("records")
    )
    tally = verdict_tally(assessed["verdict"], lang)
    title = t("承诺 {n} 项：{tally}", n=len(assessed), tally=tally)
    regions = t("、").join(region.name for region in columns)
    summary = t("{title}。涉及 {regions}。", title=title, regions=regions)
    return GridInfo(title, rows, columns, cells, summary)


@dataclass(frozen=True)
class DueItem:
    """One target with the last day of its due period."""

    name: str
    target: str
    due: str
    last: date
    verdict: str


@dataclass(frozen=True)
class DueInfo:
    """Targets with a date, around the as-of day; ``first`` and ``last`` span the axis."""

    title: str
    as_of: date
    items: tuple[DueItem, ...]
    summary: str
    empty: str = ""


def due_info(overdue: pd.DataFrame, coming: pd.DataFrame, as_of: date, lang: Language) -> DueInfo:
    """Numbers of the due timeline: what fell due unreported, what falls due in 12 months.

    Both frames are rows of ``assess`` with ``due_last``.
    """
    t = translator(lang)
    title = t(
        "未来 12 个月内到期 {coming} 项；已到期而未见报告 {overdue} 项",
        coming=len(coming),
        overdue=len(overdue),
    )
    records = [*overdue.to_dict("records"), *coming.to_dict("records")]
    if not records:
        return DueInfo(title, as_of, (), title, t("没有写明期限且在此范围内的承诺。"))
    items = tuple(sorted((_due_item(r, lang) for r in records), key=lambda i: (i.last, i.name)))
    summary = t("{title}，最早一项应于 {due} 到期。", title=title, due=items[0].due)
    return DueInfo(title, as_of, items, summary)


def _due_item(record: dict[Any, Any], lang: Language) -> DueItem:
    t = translator(lang)
    name = record["indicator_name"] if lang == "zh" else record["indicator_name_en"]
    numeric = record["target_kind"] != "milestone"
    target = words.target(
        record["comparator"],
        record["target"] if numeric else None,
        record["target_upper"],
        record["unit"],
        lang,
    )
    return DueItem(
        name=t("{region} · {indicator}", region=record["region_name"], indicator=name),
        target=target,
        due=words.period(record["due"], lang),
        last=record["due_last"],
        verdict=record["verdict"],
    )


def _regions(frame: pd.DataFrame, codes: Sequence[str]) -> tuple[Region, ...]:
    first = frame.drop_duplicates("region_code").set_index("region_code")
    return tuple(
        Region(str(first["region_name"][code]), str(first["region_level"][code])) for code in codes
    )


def theme_coverage_info(
    covered: pd.DataFrame, themes: Sequence[Theme], lang: Language, *, chosen: bool = False
) -> GridInfo:
    """Numbers of the coverage chart: how many indicators of a theme each region cites.

    ``covered`` is :func:`indicators.tables.coverage.coverage`. A cell counts the
    indicators that a document cites for the region itself; ``detail`` those of them
    with a reported value. Themes that nobody cites stay as empty rows. ``chosen`` says
    that ``covered`` holds only regions that the reader chose.
    """
    t = translator(lang)
    if covered.empty:
        return GridInfo(t("没有数据"), (), (), (), "", t("登记册为空，或没有载入任何文件。"))
    said = covered[covered["state"].isin(CITED)]
    known, cited = covered["indicator_id"].nunique(), said["indicator_id"].nunique()
    title = t(
        "登记册 {known} 个指标中，{cited} 个至少被一地引用，{never} 个无一地引用",
        known=known,
        cited=cited,
        never=known - cited,
    )
    codes = list(dict.fromkeys(covered["region_code"]))
    columns = _regions(covered, codes)
    title = t("所选 {n} 个地区：{title}", n=len(columns), title=title) if chosen else title
    names = {theme.id: theme.name.zh if lang == "zh" else theme.name.en for theme in themes}
    ids = list(dict.fromkeys(covered["theme_id"]))
    cells = tuple(
        Cell(
            row=ids.index(theme),
            column=codes.index(region),
            code="reported" if (group["state"] == "reported").any() else "promised",
            count=len(group),
            detail=str((group["state"] == "reported").sum()),
        )
        for (theme, region), group in said.groupby(["theme_id", "region_code"], sort=False)
    )
    sizes = covered.drop_duplicates("indicator_id")["theme_id"].value_counts()
    rows = tuple(
        t("{theme}（{n}）", theme=names.get(theme, theme), n=sizes[theme]) for theme in ids
    )
    regions = t("、").join(region.name for region in columns)
    summary = t("{title}。地区：{regions}。", title=title, regions=regions)
    return GridInfo(title, rows, columns, cells, summary)
