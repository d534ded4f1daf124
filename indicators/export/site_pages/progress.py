"""The site's list of indicators, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators.charts.figures import dot_figure
from indicators.charts.figures_trend import trend_figure
from indicators.charts.info import dot_info, trend_info
from indicators.charts.words import unit_name
from indicators.core.model import Indicator
from indicators.export.site_blocks import (
    Block,
    Cell,
    Facts,
    Grid,
    Heading,
    Page,
    Text,
    chart,
    plain,
)
from indicators.export.site_pages.parts import Site
from indicators.tables.registry_table import confusables_table
from indicators.text import Translate, mark
from indicators.text.codes import label


def progress(site: Site) -> Page:
    """Every indicator that documents speak of, by theme."""
    blocks: list[Block] = [Text(site.t("只列出所引文件提到的指标；全部指标见“指标字典”。"))]
    registry = site.edition.registry.set_index("indicator_id")
    for theme in site.edition.snapshot.themes:
        mine = [i for i in site.indicators if registry.at[i, "theme_id"] == theme.id]
        if mine:
            blocks += [Heading(site.theme_name(theme.id)), _indicator_list(site, mine)]
    title = site.t("指标进度")
    return site.page("progress.html", title, blocks, "progress.html", site.edition.claims)


def _indicator_list(site: Site, ids: Sequence[str]) -> Grid:
    t = site.t
    rows = [_indicator_row(site, site.edition.snapshot.indicators[code]) for code in ids]
    heads = [t("指标"), t("单位"), t("报告值条数"), t("承诺条数"), t("提及的地区")]
    return Grid(heads, rows)


def _indicator_row(site: Site, indicator: Indicator) -> list[Cell]:
    mine = [r for r in site.claims if r["indicator_id"] == indicator.id]
    regions = dict.fromkeys(r["region_name"] for r in mine)
    reported = sum(r["kind"] == "reported" for r in mine)
    made = sum(r["indicator_id"] == indicator.id for r in site.promises)
    name = indicator.name.zh if site.lang == "zh" else indicator.name.en
    return [
        plain(name, href=f"indicators/{indicator.id}.html"),
        plain(unit_name(indicator.unit, site.lang)),
        plain(reported, css="num"),
        plain(made, css="num"),
        plain(site.t("、").join(regions)),
    ]


def indicator(site: Site, indicator: Indicator) -> Page:
    """One indicator: figures against targets, trend, definition, every source."""
    t, edition = site.t, site.edition
    both = pd.concat([edition.commitments, edition.benchmarks], ignore_index=True)
    assessed = both[both["indicator_id"] == indicator.id]
    seen = edition.observations
    observed = seen[seen["indicator_id"] == indicator.id]
    claims = edition.claims[edition.claims["indicator_id"] == indicator.id]
    name = indicator.name.zh if site.lang == "zh" else indicator.name.en
    blocks: list[Block] = [*_indicator_charts(site, indicator, assessed, observed)]
    own = assessed[assessed["target_kind"] != "benchmark"].to_dict("records")
    lines = assessed[assessed["target_kind"] == "benchmark"].to_dict("records")
    blocks += [Heading(t("承诺")), site.targets(own, t("没有承诺"), t("承诺"))]
    blocks += [Heading(t("参考线")), site.targets(lines, t("没有参考线"), t("参考线"))]
    blocks += [Heading(t("引文")), site.claim_grid(claims.to_dict("records"))]
    blocks += [Heading(t("指标定义")), _definition(site, indicator)]
    path = f"indicators/{indicator.id}.html"
    return site.page(path, name, blocks, "progress.html", claims)


def _indicator_charts(
    site: Site, indicator: Indicator, assessed: pd.DataFrame, observed: pd.DataFrame
) -> list[Block]:
    info = dot_info(indicator, assessed, observed, site.lang)
    if info.empty:
        return [Text(info.empty)]
    frame = site.frame(pd.concat([observed, assessed], ignore_index=True))
    found: list[Block] = [chart(dot_figure(info, frame, site.lang), info.summary)]
    trend = trend_info(indicator, observed, site.lang)
    if trend.empty:
        return [*found, Text(trend.empty, muted=True)]
    return [*found, chart(trend_figure(trend, site.frame(observed), site.lang), trend.summary)]


def _definition(site: Site, indicator: Indicator) -> Facts:
    t = site.t
    status = label("definition_status", indicator.definition.status, site.lang)
    note = indicator.definition.note
    walls = confusables_table(site.edition.snapshot, indicator.id).to_dict("records")
    name = "other_name" if site.lang == "zh" else "other_name_en"
    items = [
        (t("主题"), site.theme_name(indicator.theme)),
        (t("文件用语"), t("、").join(indicator.aliases)),
        (t("分子"), t(indicator.numerator or mark("未见原文"))),
        (t("分母"), t(indicator.denominator or mark("未见原文"))),
        (t("口径核实"), _noted(t, status, note)),
        (t("单位"), unit_name(indicator.unit, site.lang)),
        (t("方向"), label("direction", indicator.direction, site.lang)),
        (t("适用层级"), t("、").join(label("level", x, site.lang) for x in indicator.levels)),
        *((t("不可混用"), t("{name}：{why}", name=w[name], why=t(w["why"]))) for w in walls),
    ]
    return Facts([(term, text) for term, text in items if text])


def _noted(t: Translate, status: str, note: str | None) -> str:
    return t("{status}（{note}）", status=status, note=t(note)) if note else status
