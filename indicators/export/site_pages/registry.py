"""The site's page of definitions and benchmarks."""

from __future__ import annotations

from indicators.charts.words import period, target, unit_name
from indicators.export.site_blocks import (
    Block,
    Cell,
    Grid,
    Heading,
    Page,
    name_of,
    plain,
)
from indicators.export.site_pages.parts import Row, Site
from indicators.tables.citation import document_line
from indicators.text.codes import label


def registry(site: Site) -> Page:
    """Definitions, aliases, benchmarks and how far each is verified."""
    t = site.t
    blocks: list[Block] = []
    for theme in site.edition.snapshot.themes:
        rows = [
            _registry_row(site, r)
            for r in site.edition.registry.to_dict("records")
            if r["theme_id"] == theme.id
        ]
        heads = [t(w) for w in ("指标", "单位", "分子", "分母", "口径核实", "适用层级")]
        blocks += [Heading(site.theme_name(theme.id)), Grid(heads, rows)]
    blocks += [Heading(t("参考线")), _benchmark_list(site)]
    title = t("指标字典")
    return site.page("registry.html", title, blocks, "registry.html", [])


def _registry_row(site: Site, row: Row) -> list[Cell]:
    code = row["indicator_id"]
    href = f"indicators/{code}.html" if code in site.indicators else ""
    status = label("definition_status", row["definition_status"], site.lang)
    levels = site.t("、").join(label("level", x, site.lang) for x in row["levels"])
    return [
        plain(name_of(site.edition, row), site.t("、").join(row["aliases"]), href),
        plain(unit_name(row["unit"], site.lang)),
        plain(site.t(row["numerator"] or "")),
        plain(site.t(row["denominator"] or "")),
        plain(status, site.t(row["definition_note"] or "")),
        plain(levels),
    ]


def _benchmark_list(site: Site) -> Grid:
    t = site.t
    rows = []
    for r in site.edition.benchmark_list.to_dict("records"):
        text = target(r["comparator"], r["value"], r["upper"], r["unit"], site.lang)
        line = document_line(
            r["source_title"],
            r["source_number"],
            r["source_issuer"],
            r["source_date"],
            site.lang,
        )
        due = period(r["due"], site.lang) if r["due"] else t("未写期限")
        rows.append(
            [
                plain(name_of(site.edition, r), r["region_name"]),
                plain(text, t("期限：{due}", due=due)),
                plain(line, t(r["read_in"] or "")),
                plain(label("source_status", r["source_status"], site.lang), t(r["note"] or "")),
            ]
        )
    heads = [t(w) for w in ("指标", "目标与期限", "来源", "来源核实")]
    return Grid(heads, rows, t("参考线"), "benchmarks", t("没有参考线"))
