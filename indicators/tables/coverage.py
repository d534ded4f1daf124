"""Who cites what: every indicator against every region, and what is never cited.

Silence is a finding of its own: a reader must see which figures were never reported,
and must not mistake a county's figure for its city's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from indicators.core.model import Claim, Document, Indicator, Region, Snapshot
from indicators.tables.claims import each_claim

#: ``state`` of a cell, strongest first: a level is reported · only promised · only a
#: change is cited · only regions below cite it · never cited · not stated at this level.
STATES = ("reported", "promised", "changed", "below", "never", "other_level")

#: States in which the region itself (or a document about it) cites the indicator.
CITED = ("reported", "promised", "changed")

COVERAGE_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "region_code",
    "region_name",
    "region_level",
    "issues_documents",
    "state",
    "reported",
    "promised",
    "changes",
    "last_period",
    "document_ids",
    "below",
    "shared",
)

SILENCE_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "shared",
    "citing",
    "silent",
    "citing_regions",
    "silent_regions",
    "below_regions",
    "document_ids",
)

DOCUMENT_SILENCE_COLUMNS = (
    "document_id",
    "document_title",
    "document_number",
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "shared",
    "cited_by",
    "other_documents",
)


@dataclass(slots=True)
class _Cell:
    """What the documents say on one indicator for one region."""

    reported: int = 0
    promised: int = 0
    changes: int = 0
    last: tuple[date, str] | None = None
    documents: list[str] = field(default_factory=list)

    def add(self, document: Document, claim: Claim) -> None:
        self.reported += claim.kind == "reported"
        self.promised += claim.kind in ("commitment", "milestone")
        self.changes += claim.kind == "change"
        if document.id not in self.documents:
            self.documents.append(document.id)
        if claim.kind == "reported" and claim.period is not None:
            seen = (claim.period.last, str(claim.period))
            self.last = seen if self.last is None else max(self.last, seen)


_Cells = dict[tuple[str, str], _Cell]


def cited_regions(snapshot: Snapshot) -> list[Region]:
    """Regions that issue a document or that a claim speaks of, in code order.

    GB/T 2260 codes put every county right after its city.
    """
    codes = {document.region for document in snapshot.documents}
    codes |= {snapshot.region_of(document, claim) for document, _, claim in each_claim(snapshot)}
    return [snapshot.regions[code] for code in sorted(codes)]


def coverage(snapshot: Snapshot) -> pd.DataFrame:
    """One row per indicator and cited region (:data:`COVERAGE_COLUMNS`), registry order.

    ``reported``/``promised``/``changes`` count claims about the region itself;
    ``last_period`` is the latest reported period as written; ``document_ids`` and
    ``below`` are tuples of document ids and of names of regions below it that cite the
    indicator; ``state`` is one of :data:`STATES`; ``shared`` as in :func:`shared`.
    Figures of a region below never count for it.
    """
    cells = _cells(snapshot)
    common = shared(snapshot)
    regions = cited_regions(snapshot)
    below = {region.code: _below(snapshot, region, regions) for region in regions}
    issuing = {document.region for document in snapshot.documents}
    rows = [
        {
            **_row(indicator, region, cells, below[region.code], region.code in issuing),
            "shared": indicator.id in common,
        }
        for indicator in snapshot.indicators.values()
        for region in regions
    ]
    return pd.DataFrame(rows, columns=list(COVERAGE_COLUMNS), dtype=object)


def shared(snapshot: Snapshot) -> frozenset[str]:
    """Ids of the indicators that any region could be expected to cite.

    All but those that are one document's own wording: no formula in any source, no
    benchmark, and no second document. That nobody else cites such a one means nothing.
    """
    citing = _citing_documents(snapshot)
    return frozenset(
        indicator.id
        for indicator in snapshot.indicators.values()
        if indicator.definition.status != "local"
        or indicator.benchmarks
        or len(citing.get(indicator.id, ())) > 1
    )


def _cells(snapshot: Snapshot) -> _Cells:
    cells: _Cells = defaultdict(_Cell)
    for document, _, claim in each_claim(snapshot):
        cells[claim.indicator, snapshot.region_of(document, claim)].add(document, claim)
    return dict(cells)


def _below(snapshot: Snapshot, region: Region, regions: Iterable[Region]) -> list[Region]:
    return [other for other in regions if region.code in snapshot.lineage(other.code)[1:]]


def _row(
    indicator: Indicator, region: Region, cells: _Cells, below: list[Region], issues: bool
) -> dict[str, Any]:
    cell = cells.get((indicator.id, region.code), _Cell())
    under = tuple(other.name for other in below if (indicator.id, other.code) in cells)
    return {
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "theme_id": indicator.theme,
        "region_code": region.code,
        "region_name": region.name,
        "region_level": region.level,
        "issues_documents": issues,
        "state": _state(cell, under, region.level in indicator.levels),
        "reported": cell.reported,
        "promised": cell.promised,
        "changes": cell.changes,
        "last_period": cell.last[1] if cell.last else None,
        "document_ids": tuple(cell.documents),
        "below": under,
    }


def _state(cell: _Cell, under: tuple[str, ...], applies: bool) -> str:
    own = (("reported", cell.reported), ("promised", cell.promised), ("changed", cell.changes))
    for state, count in own:
        if count:
            return state
    if under:
        return "below"
    return "never" if applies else "other_level"


def silence(covered: pd.DataFrame) -> pd.DataFrame:
    """Who never cites which indicator, among the regions that issue documents.

    ``covered`` is :func:`coverage`. One row per indicator (:data:`SILENCE_COLUMNS`),
    the least cited first: ``citing``/``silent`` count issuing regions, the ``…_regions``
    are tuples of their names. A region at whose level the indicator is not stated is
    in neither; one of which only regions below speak is silent itself and also in
    ``below_regions``.
    """
    issuing = covered[covered["issues_documents"].astype(bool)]
    rows = [_silence_row(group) for _, group in issuing.groupby("indicator_id", sort=False)]
    table = pd.DataFrame(rows, columns=list(SILENCE_COLUMNS), dtype=object)
    return table.sort_values("citing", kind="stable").reset_index(drop=True)


def _silence_row(group: pd.DataFrame) -> dict[str, Any]:
    citing = _names(group, CITED)
    silent = _names(group, ("never", "below"))
    first = group.iloc[0]
    return {
        **{name: first[name] for name in SILENCE_COLUMNS[:5]},
        "citing": len(citing),
        "silent": len(silent),
        "citing_regions": citing,
        "silent_regions": silent,
        "below_regions": _names(group, ("below",)),
        "document_ids": tuple(dict.fromkeys(code for ids in group["document_ids"] for code in ids)),
    }


def _names(group: pd.DataFrame, states: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(group.loc[group["state"].isin(states), "region_name"])


def document_silence(snapshot: Snapshot, document_id: str) -> pd.DataFrame:
    """Indicators that a document never cites though they can be stated at its level.

    Columns :data:`DOCUMENT_SILENCE_COLUMNS`; ``cited_by`` counts the other documents
    that do cite the indicator and ``other_documents`` is a tuple of their ids; most
    cited first, so that the telling silences come first. Empty for an unknown id.
    """
    document = next((d for d in snapshot.documents if d.id == document_id), None)
    if document is None:
        return pd.DataFrame(columns=list(DOCUMENT_SILENCE_COLUMNS), dtype=object)
    citing, common = _citing_documents(snapshot), shared(snapshot)
    level = snapshot.regions[document.region].level
    rows = [
        {
            **_document_row(document, indicator, citing.get(indicator.id, ())),
            "shared": indicator.id in common,
        }
        for indicator in snapshot.indicators.values()
        if level in indicator.levels and document_id not in citing.get(indicator.id, ())
    ]
    table = pd.DataFrame(rows, columns=list(DOCUMENT_SILENCE_COLUMNS), dtype=object)
    order = table["cited_by"].astype(int).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _citing_documents(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for document, _, claim in each_claim(snapshot):
        found[claim.indicator][document.id] = None
    return {indicator: tuple(documents) for indicator, documents in found.items()}


def _document_row(
    document: Document, indicator: Indicator, others: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "document_title": document.title,
        "document_number": document.number,
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "theme_id": indicator.theme,
        "cited_by": len(others),
        "other_documents": others,
    }
