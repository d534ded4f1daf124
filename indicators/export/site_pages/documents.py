"""The site's page of documents and what is quoted from them."""

from __future__ import annotations

from indicators.export.site_blocks import (
    Block,
    Facts,
    Heading,
    Page,
)
from indicators.export.site_pages.parts import Site
from indicators.export.tabular import missing
from indicators.text import with_original
from indicators.text.codes import label


def documents(site: Site) -> Page:
    """Every document and everything quoted from it."""
    t = site.t
    blocks: list[Block] = [site.document_list()]
    for row in site.edition.documents.to_dict("records"):
        mine = [r for r in site.claims if r["document_id"] == row["document_id"]]
        checked = label("verification", row["verification"], site.lang)
        facts = [
            (t("发文机关"), with_original(row["document_issuer"], site.lang)),
            (t("文号"), row["document_number"]),
            (t("建议或提案"), with_original(row["proposal"] or "", site.lang)),
            (t("文件日期"), row["document_dated"]),
            (t("引句核对"), checked),
            (t("原件文件名"), row["source_file"]),
            (t("原件SHA-256"), row["sha256"]),
            (t("备注"), t(row["note"] or "")),
        ]
        kept = [(term, str(text)) for term, text in facts if text and not missing(text)]
        name = with_original(row["document_title"], site.lang)
        blocks += [Heading(name, row["document_id"]), Facts(kept)]
        blocks.append(site.claim_grid(mine, named=True))
    blocks += site.findings(None)
    title = t("文献与引文")
    return site.page("documents.html", title, blocks, "documents.html", site.edition.claims)
