"""One region: its claims in time, the regions below it, the documents that speak of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators.core.model import Claim, Document, Snapshot
from indicators.core.period import Period
from indicators.tables.claims import claim_id, claims_table, each_claim

#: What :func:`timeline` adds to the columns of a claim.
TIMELINE_DETAIL = ("first", "last", "basis")

SUB_REGION_COLUMNS = (
    "region_code",
    "region_name",
    "region_level",
    "claims",
    "reported",
    "promised",
    "changes",
    "indicators",
    "documents",
    "document_ids",
)


def timeline(snapshot: Snapshot, region: str) -> pd.DataFrame:
    """The claims about ``region`` itself, in time: a claim's columns, then

    ``first`` and ``last`` (dates) of where it stands, and ``basis``, what those are:
    ``period`` (of a figure), ``due`` (of a promise) or ``document`` (the text names
    neither; the document's own date stands in). Sorted by ``last``, then document order.
    """
    table = claims_table(snapshot)
    table = table[table["region_code"] == region].copy()
    placed = {claim_id(d, n): _place(d, c) for d, n, c in each_claim(snapshot)}
    for position, name in enumerate(TIMELINE_DETAIL):
        table[name] = [placed[code][position] for code in table["claim_id"]]
    return table.sort_values("last", kind="stable").reset_index(drop=True)


def _place(document: Document, claim: Claim) -> tuple[Any, Any, str]:
    promise = claim.kind in ("commitment", "milestone")
    stands: Period | None = claim.due if promise else claim.period
    if stands is None:
        return document.dated.first, document.dated.last, "document"
    inferred = not promise and claim.period_basis == "document"
    return stands.first, stands.last, "document" if inferred else "due" if promise else "period"


def sub_regions(snapshot: Snapshot, region: str) -> pd.DataFrame:
    """Regions below ``region`` that claims speak of (:data:`SUB_REGION_COLUMNS`), in code order.

    The counts are of claims about that sub-region alone: none of them answers for
    ``region``. ``document_ids`` is a tuple of the documents that speak of it,
    ``documents`` their number.
    """
    claims: dict[str, list[tuple[Document, Claim]]] = {}
    for document, _, claim in each_claim(snapshot):
        code = snapshot.region_of(document, claim)
        if region in snapshot.lineage(code)[1:]:
            claims.setdefault(code, []).append((document, claim))
    rows = [_sub_row(snapshot, code, claims[code]) for code in sorted(claims)]
    return pd.DataFrame(rows, columns=list(SUB_REGION_COLUMNS), dtype=object)


def _sub_row(snapshot: Snapshot, code: str, found: list[tuple[Document, Claim]]) -> dict[str, Any]:
    kinds = Counter(claim.kind for _, claim in found)
    region = snapshot.regions[code]
    documents = tuple(dict.fromkeys(document.id for document, _ in found))
    return {
        "region_code": code,
        "region_name": region.name,
        "region_level": region.level,
        "claims": len(found),
        "reported": kinds["reported"],
        "promised": kinds["commitment"] + kinds["milestone"],
        "changes": kinds["change"],
        "indicators": len({claim.indicator for _, claim in found}),
        "documents": len(documents),
        "document_ids": documents,
    }


def documents_about(snapshot: Snapshot, region: str) -> tuple[str, ...]:
    """Ids of the documents a region issues or that make a claim about it, in file order."""
    return tuple(
        document.id
        for document in snapshot.documents
        if document.region == region or any(claim.region == region for claim in document.claims)
    )


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """How much is cited about one region itself; regions below it are counted apart."""

    reported: int
    promised: int
    changes: int
    indicators: int
    documents: int
    sub_regions: int


def region_facts(snapshot: Snapshot, region: str) -> RegionFacts:
    """Counts of the claims about ``region`` alone, and of the sub-regions that have claims."""
    own = [
        claim
        for document, _, claim in each_claim(snapshot)
        if snapshot.region_of(document, claim) == region
    ]
    kinds = Counter(claim.kind for claim in own)
    return RegionFacts(
        reported=kinds["reported"],
        promised=kinds["commitment"] + kinds["milestone"],
        changes=kinds["change"],
        indicators=len({claim.indicator for claim in own}),
        documents=len(documents_about(snapshot, region)),
        sub_regions=len(sub_regions(snapshot, region)),
    )
