"""The site's list of regions, and the page of each."""

from __future__ import annotations

from indicators.charts.figures_timeline import timeline_figure
from indicators.charts.info_timeline import timeline_info
from indicators.core.model import Region
from indicators.export import sentences
from indicators.export.site_blocks import (
    Block,
    Grid,
    Heading,
    Links,
    Page,
    Text,
    chart,
    plain,
)
from indicators.export.site_pages.parts import Row, Site
from indicators.tables.citation import document_line
from indicators.tables.region_table import documents_about, sub_regions, timeline
from indicators.text.codes import label


def regions(site: Site) -> Page:
    """Every region that documents speak of."""
    t = site.t
    issuing = {d.region for d in site.edition.known.documents}
    rows = []
    for subject in site.edition.subjects:
        mine = [r for r in site.claims if r["region_code"] == subject.code]
        made = [r for r in site.promises if r["region_code"] == subject.code]
        rows.append(
            [
                plain(subject.name, subject.code, f"regions/{subject.code}.html"),
                plain(label("level", subject.level, site.lang)),
                plain(t("是") if subject.code in issuing else t("否")),
                plain(len(mine), css="num"),
                plain(len(made), css="num"),
            ]
        )
    heads = [t(w) for w in ("地区", "地区层级", "有自己的文件", "引文条数", "承诺条数")]
    blocks = [Grid(heads, rows, t("地区档案"), "regions", t("所选范围内没有数据。"))]
    frame = site.edition.claims
    return site.page("regions.html", t("地区档案"), blocks, "regions.html", frame)


def region(site: Site, subject: Region) -> Page:
    """One region: timeline, promises, claims, regions below it, documents, findings."""
    t, edition = site.t, site.edition
    mine = [r for r in site.claims if r["region_code"] == subject.code]
    made = [r for r in site.promises if r["region_code"] == subject.code]
    placed = timeline(edition.known, subject.code)
    info = timeline_info(subject.name, placed, site.lang)
    blocks: list[Block] = [Text(sentences.region(edition, subject.name, mine, made))]
    if not info.empty:
        figure = timeline_figure(info, site.frame(placed), site.lang, edition.as_of)
        blocks.append(chart(figure, info.summary))
    blocks += [Heading(t("承诺")), site.targets(made, t("没有承诺"), t("承诺"))]
    blocks += [Heading(t("引文")), site.claim_grid(mine, named=True)]
    blocks += _below(site, subject)
    blocks += site.findings(subject)
    blocks += [Heading(t("文献")), _documents_of(site, subject)]
    claims = edition.claims[edition.claims["region_code"] == subject.code]
    path = f"regions/{subject.code}.html"
    return site.page(path, subject.name, blocks, "regions.html", claims)


def _below(site: Site, subject: Region) -> list[Block]:
    rows = sub_regions(site.edition.known, subject.code).to_dict("records")
    if not rows:
        return []
    known = {region.code for region in site.edition.subjects}
    cells = [
        [
            plain(
                r["region_name"],
                href=f"{r['region_code']}.html" if r["region_code"] in known else "",
            ),
            plain(r["claims"], css="num"),
            plain(r["reported"], css="num"),
            plain(r["promised"], css="num"),
        ]
        for r in rows
    ]
    heads = [site.t(w) for w in ("地区", "引文条数", "报告值条数", "承诺条数")]
    return [Heading(site.t("下级地区")), Grid(heads, cells)]


def _documents_of(site: Site, subject: Region) -> Links:
    up = "../documents.html#"
    about = set(documents_about(site.edition.known, subject.code))
    return Links(
        [
            (f"{up}{r['document_id']}", _line(site, r))
            for r in site.edition.documents.to_dict("records")
            if r["document_id"] in about
        ]
    )


def _line(site: Site, row: Row) -> str:
    return document_line(
        row["document_title"],
        row["document_number"],
        row["document_issuer"],
        row["document_dated"],
        site.lang,
    )
