"""Other documents' figures for the period of a figure: both are kept, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from indicators.core.model import Claim, Document, Snapshot
from indicators.tables.claims import canonical, claim_id, claim_row, each_claim
from indicators.tables.decimals import digits

Cited = Mapping[str, tuple[Document, Claim]]


def rivals(snapshot: Snapshot, cited: Cited, shown: str, *, dated: bool = False) -> dict[str, str]:
    """Claim id -> :func:`told` of every figure that differs from the claim ``shown``.

    Same region, indicator, scope, definition and period; another value in the
    indicator's unit. ``cited`` holds all claims by id.
    """
    mine = _about(snapshot, *cited[shown])
    value = _value(snapshot, cited[shown][1])
    return {
        code: told(document, claim, dated=dated)
        for code, (document, claim) in cited.items()
        if claim.kind == "reported"
        and claim.value is not None
        and _about(snapshot, document, claim) == mine
        and _value(snapshot, claim) != value
    }


def told(document: Document, claim: Claim, *, dated: bool = False) -> str:
    """``74% (document id)``; ``dated`` adds the period: ``74% (2022, document id)``."""
    period = f"{claim.period}, " if dated else ""
    return f"{digits(claim.value)}{claim.unit} ({period}{document.id})"


def _about(snapshot: Snapshot, document: Document, claim: Claim) -> tuple[Any, ...]:
    period = claim.period
    held = (period.first, period.last) if period else None
    region = snapshot.region_of(document, claim)
    return claim.indicator, region, claim.scope or "", claim.definition or "", held


def _value(snapshot: Snapshot, claim: Claim) -> Decimal | None:
    return canonical(claim.value, claim, snapshot.indicators[claim.indicator])


def stated(snapshot: Snapshot, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The claims of those ids as rows of :func:`indicators.tables.claims.claims_table`."""
    wanted = list(codes)
    if not wanted:
        return []
    found = {
        claim_id(document, number): claim_row(snapshot, document, number, claim)
        for document, number, claim in each_claim(snapshot)
        if claim_id(document, number) in wanted
    }
    return [found[code] for code in wanted if code in found]


def rests_on_base(row: Mapping[Any, Any]) -> bool:
    """Whether the verdict of a row of ``assess`` was reached from its base value.

    So it is for ``on_track`` and ``behind``, and for ``under_way`` where documents differ
    on the base so that nothing more can be told.
    """
    if row["verdict"] == "under_way":
        return bool(row["base_disagreeing_claims"]) and "sources_disagree" in row["caveats"]
    return row["verdict"] in ("on_track", "behind")
