"""The site's page of promises, and what the verdicts mean."""

from __future__ import annotations

from indicators.export.rules import verdict_rules
from indicators.export.site_blocks import (
    Block,
    Heading,
    Page,
    Text,
)
from indicators.export.site_pages.parts import Site


def commitments(site: Site) -> Page:
    """Every promise with verdict, evidence, quote, document."""
    t = site.t
    empty = t("所选范围内的文件没有写承诺。")
    tools = site.targets(site.promises, empty, t("承诺核查"), tools=True)
    rules = [f"{word}：{meaning}" for word, meaning in verdict_rules(site.lang)]
    blocks: list[Block] = []
    if site.promises:
        blocks.append(site.tiles())
    blocks += [tools, Heading(t("结论的含义")), *(Text(rule) for rule in rules)]
    frame = site.edition.commitments
    return site.page("commitments.html", t("承诺核查"), blocks, "commitments.html", frame)
