"""The reported levels alone, in the indicators' own units."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from indicators.core.model import Snapshot
from indicators.tables.claims import canonical, claim_id, claims_table, each_claim


def known_on(snapshot: Snapshot, as_of: date) -> Snapshot:
    """The snapshot as a reader on ``as_of`` could know it: only documents dated by then.

    A document of which only the month or year is known counts from its last day.
    """
    documents = tuple(d for d in snapshot.documents if d.dated.last <= as_of)
    return Snapshot(
        themes=snapshot.themes,
        indicators=snapshot.indicators,
        identities=snapshot.identities,
        regions=snapshot.regions,
        documents=documents,
        digest=snapshot.digest,
        left_out=snapshot.left_out,
    )


def observations(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """Reported levels known on ``as_of``: the columns of :func:`claims_table`, plus

    ``period_first`` and ``period_last`` (dates). Sorted by indicator, region and period.
    """
    table = claims_table(known_on(snapshot, as_of))
    table = table[table["kind"] == "reported"].copy()
    periods = {claim_id(d, n): c.period for d, n, c in each_claim(snapshot)}
    table["period_first"] = [_first(periods[i]) for i in table["claim_id"]]
    table["period_last"] = [_last(periods[i]) for i in table["claim_id"]]
    return table.sort_values(
        ["indicator_id", "region_code", "period_last", "claim_id"], kind="stable"
    ).reset_index(drop=True)


def _first(period: Any) -> date | None:
    return None if period is None else period.first


def _last(period: Any) -> date | None:
    return None if period is None else period.last


def observation_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Rows of :data:`indicators.core.schema.OBSERVATIONS`, one per reported claim."""
    rows = []
    for document, number, claim in each_claim(snapshot):
        if claim.kind != "reported" or claim.period is None or claim.value is None:
            continue
        rows.append(
            {
                "obs_id": claim_id(document, number),
                "region_code": snapshot.region_of(document, claim),
                "indicator_id": claim.indicator,
                "scope": claim.scope or "",
                "definition": claim.definition or "",
                "first": claim.period.first,
                "last": claim.period.last,
                "value": canonical(claim.value, claim, snapshot.indicators[claim.indicator]),
                "precision": claim.precision,
                "dated": document.dated.last,
                "inferred": claim.period_basis == "document",
            }
        )
    return rows


def lineage_rows(snapshot: Snapshot) -> list[dict[str, str]]:
    """Rows of :data:`indicators.core.schema.LINEAGE` for the regions that claims name."""
    used = {snapshot.region_of(document, claim) for document, _, claim in each_claim(snapshot)}
    return [
        {"region_code": code, "ancestor_code": above}
        for code in sorted(used)
        for above in snapshot.lineage(code)[1:]
    ]
