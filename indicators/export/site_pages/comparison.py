"""The site's page of regions side by side."""

from __future__ import annotations

from indicators.charts.words import amount, period, unit_name
from indicators.export.comparison_sheet import footnote, footnote_numbers
from indicators.export.site_blocks import (
    Block,
    Cell,
    Grid,
    Heading,
    Page,
    Text,
    name_of,
    plain,
)
from indicators.export.site_pages.parts import Row, Site
from indicators.export.tabular import missing
from indicators.text.codes import label


def comparison(site: Site) -> Page:
    """Regions side by side, with the reason where figures do not compare."""
    t, edition = site.t, site.edition
    rows = edition.comparison.to_dict("records")
    numbers = footnote_numbers(rows)
    heads = [t("指标（单位）"), *(edition.snapshot.regions[c].name for c in edition.columns)]
    lines: dict[str, list[Cell]] = {}
    for row in rows:
        line = lines.setdefault(row["indicator_id"], [_compared_name(site, row)])
        line.append(_compared(site, row, numbers))
    notes = [
        plain(f"[{numbers[r['claim_id']]}]", footnote(edition, r))
        for r in rows
        if r["claim_id"] in numbers
    ]
    title, empty = t("城市对比"), t("所选范围内没有数据。")
    blocks: list[Block] = [
        Text(t("注：斜线底纹的数值与同行其他地区不可比，不参与排序；“—”表示所收文件没有写。")),
        Grid(heads, list(lines.values()), title, "comparison", empty),
        Heading(t("脚注")),
        Grid([t("注")], [[note] for note in notes], t("脚注"), "notes"),
    ]
    return site.page("comparison.html", title, blocks, "comparison.html", edition.comparison)


def _compared_name(site: Site, row: Row) -> Cell:
    unit = unit_name(row["unit"], site.lang)
    return plain(name_of(site.edition, row), unit, f"indicators/{row['indicator_id']}.html")


def _compared(site: Site, row: Row, numbers: dict[str, int]) -> Cell:
    if missing(row["value"]):
        return Cell("—", css="num")
    value = amount(row["value"], row["unit"], site.lang, row["precision"])
    small = f"{period(row['period'], site.lang)} [{numbers[row['claim_id']]}]"
    if not missing(row["rank"]):
        small += site.t("，第 {rank}/{of} 位", rank=row["rank"], of=row["ranked_of"])
    if not row["comparable"]:
        why = label("reason", row["reason"], site.lang)
        small += site.t("，不可比：{why}", why=why)
    return plain(value, small, css="num" if row["comparable"] else "num hatched")
