"""The cited documents: what each is, how much it states, how far its quotes were checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from indicators.core.model import Document, Snapshot
from indicators.tables.claims import claim_id, document_columns

#: How far a document's quotes were found in the original: all of them · some · none.
VERIFICATION = ("verified", "partly", "unverified")

DOCUMENT_COLUMNS = (
    "document_id",
    "document_title",
    "document_kind",
    "document_issuer",
    "document_number",
    "proposal",
    "document_dated",
    "region_code",
    "region_name",
    "region_level",
    "claims",
    "reported",
    "commitment",
    "milestone",
    "change",
    "indicators",
    "other_regions",
    "verification",
    "quotes_verified",
    "verified_on",
    "original_here",
    "source_file",
    "sha256",
    "url",
    "retrieved",
    "note",
)


def documents_table(
    snapshot: Snapshot,
    verified: Mapping[str, str] | None = None,
    originals: Collection[str] | None = None,
) -> pd.DataFrame:
    """One row per cited document (:data:`DOCUMENT_COLUMNS`), the newest first.

    ``claims`` and the four kinds are counts; ``indicators`` counts distinct indicators;
    ``other_regions`` is a tuple of names of regions other than the document's own.
    ``verified`` maps a claim id to the date its quote was found in the original:
    ``verification`` is one of :data:`VERIFICATION`, ``verified_on`` the oldest of those
    dates (no quote was checked longer ago). ``originals`` names the original files kept
    on this machine; None where none are kept (``original_here`` is then False).
    """
    found, here = verified or {}, originals or ()
    rows = [_row(snapshot, document, found, here) for document in snapshot.documents]
    table = pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS), dtype=object)
    newest = sorted(range(len(rows)), key=lambda i: snapshot.documents[i].dated.last, reverse=True)
    return table.loc[newest].reset_index(drop=True)


def _row(
    snapshot: Snapshot, document: Document, verified: Mapping[str, str], here: Collection[str]
) -> dict[str, Any]:
    region = snapshot.regions[document.region]
    source = document.source
    return {
        **document_columns(document),
        "region_code": region.code,
        "region_name": region.name,
        "region_level": region.level,
        **_counts(document),
        "other_regions": _other_regions(snapshot, document),
        **_checked(document, verified),
        "original_here": source.file in here,
        "source_file": source.file,
        "sha256": source.sha256,
        "url": source.url,
        "retrieved": str(source.retrieved) if source.retrieved else None,
        "note": document.note,
    }


def _counts(document: Document) -> dict[str, int]:
    kinds = Counter(claim.kind for claim in document.claims)
    return {
        "claims": len(document.claims),
        "reported": kinds["reported"],
        "commitment": kinds["commitment"],
        "milestone": kinds["milestone"],
        "change": kinds["change"],
        "indicators": len({claim.indicator for claim in document.claims}),
    }


def _other_regions(snapshot: Snapshot, document: Document) -> tuple[str, ...]:
    codes = {snapshot.region_of(document, claim) for claim in document.claims}
    return tuple(snapshot.regions[code].name for code in sorted(codes - {document.region}))


def _checked(document: Document, verified: Mapping[str, str]) -> dict[str, Any]:
    ids = [claim_id(document, number) for number in range(1, len(document.claims) + 1)]
    dates = [verified[name] for name in ids if name in verified]
    state = "unverified" if not dates else "verified" if len(dates) == len(ids) else "partly"
    return {
        "verification": state,
        "quotes_verified": len(dates),
        "verified_on": min(dates) if dates else None,
    }
