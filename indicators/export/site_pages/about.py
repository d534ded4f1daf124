"""The site's page of rules, gaps and downloads."""

from __future__ import annotations

from indicators.export.rules import general_rules, verdict_rules
from indicators.export.site_blocks import (
    Block,
    Heading,
    Links,
    Page,
    Text,
)
from indicators.export.site_pages.parts import Site

#: Tables offered as files beside the pages.
_DOWNLOADS = (
    "claims",
    "observations",
    "commitments",
    "benchmarks",
    "comparison",
    "registry",
    "documents",
)


def about(site: Site) -> Page:
    """Rules, what is missing, downloads."""
    t, edition = site.t, site.edition
    up = "" if site.lang == "zh" else "../"
    files = [f"{up}data/{name}.{kind}" for name in _DOWNLOADS for kind in ("csv", "json")]
    links = [(path, path.removeprefix(up)) for path in files]
    blocks: list[Block] = [
        Heading(t("规则")),
        *(Text(rule) for rule in general_rules(site.lang)),
        Heading(t("结论的含义")),
        *(Text(f"{word}：{meaning}") for word, meaning in verdict_rules(site.lang)),
        Heading(t("下载")),
        Text(t("以下文件与本站页面出自同一批表；datapackage.json 说明各列。")),
        Links([(f"{up}datapackage.json", "datapackage.json"), *links]),
    ]
    if edition.snapshot.left_out:
        blocks += [Heading(t("未读入的文件")), *(Text(n) for n in edition.snapshot.left_out)]
    title = t("说明与下载")
    return site.page("about.html", title, blocks, "about.html", edition.claims)
