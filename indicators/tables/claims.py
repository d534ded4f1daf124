"""One row per cited claim, with everything needed to trace it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.core.model import Claim, Document, Indicator, Snapshot
from indicators.core.unit import convert

#: The columns of an export of claims, in their published order.
CLAIM_COLUMNS = (
    "document_id",
    "source_file",
    "region_code",
    "region_name",
    "indicator_id",
    "indicator_name",
    "kind",
    "period",
    "due",
    "comparator",
    "value",
    "unit",
    "precision",
    "scope",
    "quote",
    "section",
    "note",
)

#: What follows them on screen and in the wider exports.
CLAIM_DETAIL = (
    "claim_id",
    "claim_no",
    "indicator_name_en",
    "theme_id",
    "region_level",
    "upper",
    "definition",
    "period_basis",
    "baseline_period",
    "canonical_value",
    "canonical_upper",
    "canonical_unit",
    "document_title",
    "document_number",
    "document_issuer",
    "document_dated",
    "document_kind",
    "proposal",
    "quote_verified",
)


def claim_id(document: Document, number: int) -> str:
    """``document#n``: the n-th claim of its file, counted from 1."""
    return f"{document.id}#{number}"


def canonical(value: Decimal | None, claim: Claim, indicator: Indicator) -> Decimal | None:
    """A claim's figure in its indicator's unit; a change stays in its own unit."""
    if value is None or claim.unit is None or claim.kind == "change":
        return value
    return convert(value, claim.unit, indicator.unit)


def claims_table(snapshot: Snapshot, verified: Mapping[str, str] | None = None) -> pd.DataFrame:
    """All claims: :data:`CLAIM_COLUMNS` then :data:`CLAIM_DETAIL`, in document order.

    ``value``/``upper``/``canonical_*`` are Decimal or None; ``period``, ``due`` and the
    like are texts as written; ``verified`` maps a claim id to the date its quote was
    found in the original (``quote_verified`` is None where it was not).
    """
    found = verified or {}
    rows = [
        claim_row(snapshot, document, number, claim, found.get(claim_id(document, number)))
        for document, number, claim in each_claim(snapshot)
    ]
    return pd.DataFrame(rows, columns=[*CLAIM_COLUMNS, *CLAIM_DETAIL], dtype=object)


def each_claim(snapshot: Snapshot) -> Iterator[tuple[Document, int, Claim]]:
    """Every claim with its document and its number in it, counted from 1."""
    for document in snapshot.documents:
        for number, claim in enumerate(document.claims, start=1):
            yield document, number, claim


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)


def document_columns(document: Document) -> dict[str, Any]:
    """The columns that name a figure's document, alike in every table."""
    return {
        "document_id": document.id,
        "document_title": document.title,
        "document_number": document.number,
        "document_issuer": document.issuer,
        "document_dated": str(document.dated),
        "document_kind": document.kind,
        "proposal": document.proposal,
    }


def claim_row(
    snapshot: Snapshot,
    document: Document,
    number: int,
    claim: Claim,
    verified: str | None = None,
) -> dict[str, Any]:
    """One row of :func:`claims_table`: ``number`` is the claim's place, counted from 1."""
    region = snapshot.regions[snapshot.region_of(document, claim)]
    indicator = snapshot.indicators[claim.indicator]
    return {
        **document_columns(document),
        "source_file": document.source.file,
        "region_code": region.code,
        "region_name": region.name,
        "region_level": region.level,
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "theme_id": indicator.theme,
        "kind": claim.kind,
        "period": _text(claim.period),
        "period_basis": claim.period_basis,
        "baseline_period": _text(claim.baseline_period),
        "due": _text(claim.due),
        "comparator": claim.comparator,
        "value": claim.value,
        "upper": claim.upper,
        "unit": claim.unit,
        "canonical_value": canonical(claim.value, claim, indicator),
        "canonical_upper": canonical(claim.upper, claim, indicator),
        "canonical_unit": claim.unit if claim.kind == "change" else indicator.unit,
        "precision": claim.precision,
        "scope": claim.scope,
        "definition": claim.definition,
        "quote": claim.quote,
        "section": claim.section,
        "note": claim.note,
        "claim_id": claim_id(document, number),
        "claim_no": number,
        "quote_verified": verified,
    }
