"""The first page of the site: counts, status grid, due dates, holdings."""

from __future__ import annotations

import pandas as pd

from indicators.charts.figures_overview import coverage_figure, due_figure, grid_figure
from indicators.charts.info_overview import due_info, grid_info, theme_coverage_info
from indicators.export import sentences
from indicators.export.site_blocks import (
    Block,
    Chart,
    Grid,
    Heading,
    Page,
    Text,
    chart,
    name_of,
    plain,
)
from indicators.export.site_pages.parts import Site
from indicators.tables.coverage import CITED
from indicators.tables.grid import due_in_a_year, status_grid


def overview(site: Site) -> Page:
    """Counts, status grid, due dates, holdings."""
    t, edition = site.t, site.edition
    blocks: list[Block] = [Text(line) for line in sentences.overall(edition)]
    if site.promises:
        blocks += [site.tiles(), Heading(t("各地承诺的核查结论")), *_grid_chart(site)]
    blocks += _due(site)
    blocks += [Heading(t("数据有什么、缺什么")), _coverage(site), site.document_list()]
    blocks += [Heading(t("哪些指标无一地引用")), _never(site)]
    return site.page("index.html", t("总览"), blocks, "index.html", edition.claims)


def _grid_chart(site: Site) -> list[Block]:
    assessed = site.edition.commitments
    info = grid_info(status_grid(assessed), assessed, site.lang)
    width = max(640, 230 + 104 * len(info.columns))
    return [chart(grid_figure(info, site.frame(assessed), site.lang), info.summary, width)]


def _due(site: Site) -> list[Block]:
    t, assessed = site.t, site.edition.commitments
    overdue = assessed[assessed["verdict"] == "due_unreported"]
    overdue = overdue.sort_values(["due_last", "target_id"]) if len(overdue) else overdue
    both = pd.concat([assessed, site.edition.benchmarks], ignore_index=True)
    coming = due_in_a_year(both, site.edition.as_of)
    info = due_info(overdue, coming, site.edition.as_of, site.lang)
    rows = [*overdue.to_dict("records"), *coming.to_dict("records")]
    grid = site.targets(rows, info.empty or t("没有到期的目标。"), t("到期情况"))
    head: list[Block] = [Heading(t("到期情况"))]
    rests_on = pd.concat([overdue, coming], ignore_index=True)
    drawn = chart(due_figure(info, site.frame(rests_on), site.lang), info.summary)
    return [*head, *([drawn] if rows else []), grid]


def _coverage(site: Site) -> Chart:
    info = theme_coverage_info(site.covered, site.edition.snapshot.themes, site.lang)
    width = max(640, 230 + 70 * len(info.columns))
    return chart(coverage_figure(info, site.frame(None), site.lang), info.summary, width)


def _never(site: Site) -> Grid:
    cited = set(site.covered.loc[site.covered["state"].isin(CITED), "indicator_id"])
    rows = [
        [plain(site.theme_name(r["theme_id"])), plain(name_of(site.edition, r))]
        for r in site.edition.registry.to_dict("records")
        if r["indicator_id"] not in cited
    ]
    heads = [site.t("主题"), site.t("指标")]
    empty = site.t("登记册中的每个指标都至少被一地引用。")
    return Grid(heads, rows, site.t("无一地引用的指标"), "never", empty)
