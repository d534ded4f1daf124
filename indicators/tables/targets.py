"""Targets: commitments and milestones of the documents, benchmarks of the registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.core.model import Benchmark, Claim, Document, Indicator, Snapshot
from indicators.core.period import Period
from indicators.core.settings import Settings
from indicators.tables.claims import canonical, claim_id, each_claim


@dataclass(frozen=True, slots=True)
class Target:
    """One promise or standard as it applies to one region.

    ``value`` and ``upper`` are in the indicator's unit. A milestone, a promise without
    a number, is a target of 1 (是) on a 是/否 indicator. Exactly one of ``claim`` (with
    ``document``) and ``benchmark`` is set.
    """

    target_id: str
    kind: str
    region_code: str
    indicator: Indicator
    comparator: str
    value: Decimal
    upper: Decimal | None
    due: Period | None
    scope: str | None
    definition: str | None
    document: Document | None = None
    claim: Claim | None = None
    benchmark: Benchmark | None = None

    @property
    def promised_on(self) -> date | None:
        """First day on which the promise can have been made."""
        if self.document is not None:
            return self.document.dated.first
        dated = self.benchmark.source.date if self.benchmark else None
        return dated.first if dated else None

    @property
    def relayed(self) -> bool:
        """Whether the target was read only in a lower-level text."""
        return self.benchmark is not None and self.benchmark.source.status == "relayed"


def targets(snapshot: Snapshot, as_of: date) -> list[Target]:
    """All targets set by ``as_of``: documents first, in their order; then benchmarks.

    ``snapshot`` holds only documents known by then. A benchmark of unknown date counts.
    """
    return [*_promises(snapshot), *_benchmarks(snapshot, as_of)]


def _promises(snapshot: Snapshot) -> Iterator[Target]:
    for document, number, claim in each_claim(snapshot):
        if claim.kind not in ("commitment", "milestone"):
            continue
        indicator = snapshot.indicators[claim.indicator]
        value = canonical(claim.value, claim, indicator)
        if claim.kind == "commitment" and (value is None or claim.comparator is None):
            continue
        yield Target(
            target_id=claim_id(document, number),
            kind=claim.kind,
            region_code=snapshot.region_of(document, claim),
            indicator=indicator,
            comparator=claim.comparator or ">=",
            value=Decimal(1) if value is None else value,
            upper=canonical(claim.upper, claim, indicator),
            due=claim.due,
            scope=claim.scope,
            definition=claim.definition,
            document=document,
            claim=claim,
        )


def watched_regions(snapshot: Snapshot, indicator_id: str) -> list[str]:
    """Regions a benchmark is held against: those that issue documents or report it."""
    issuing = {document.region for document in snapshot.documents}
    reporting = {
        snapshot.region_of(document, claim)
        for document, _, claim in each_claim(snapshot)
        if claim.indicator == indicator_id and claim.kind == "reported"
    }
    return sorted(issuing | reporting)


def _benchmarks(snapshot: Snapshot, as_of: date) -> Iterator[Target]:
    for indicator in snapshot.indicators.values():
        for benchmark in indicator.benchmarks:
            if benchmark.source.date is not None and benchmark.source.date.last > as_of:
                continue
            for code in watched_regions(snapshot, indicator.id):
                if _addresses(snapshot, benchmark, indicator, code):
                    yield _benchmark_target(indicator, benchmark, code)


def _addresses(snapshot: Snapshot, benchmark: Benchmark, indicator: Indicator, code: str) -> bool:
    inside = benchmark.applies_to in snapshot.lineage(code)
    return inside and snapshot.regions[code].level in indicator.levels


def _benchmark_target(indicator: Indicator, benchmark: Benchmark, code: str) -> Target:
    return Target(
        target_id=f"{benchmark.id}@{indicator.id}@{code}",
        kind="benchmark",
        region_code=code,
        indicator=indicator,
        comparator=benchmark.comparator,
        value=benchmark.value,
        upper=benchmark.upper,
        due=benchmark.due,
        scope=benchmark.scope,
        definition=benchmark.definition,
        benchmark=benchmark,
    )


def tolerance(target: Target, settings: Settings) -> Decimal:
    """How far “左右” reaches, in the indicator's unit (config ``tolerances``)."""
    if target.indicator.unit == "%":
        return settings.tolerances.about
    return abs(target.value) * settings.tolerances.relative


def target_row(target: Target, settings: Settings) -> dict[str, Any]:
    """The row of :data:`indicators.core.schema.TARGETS` for one target."""
    places = Decimal(1).scaleb(-8)
    return {
        "target_id": target.target_id,
        "region_code": target.region_code,
        "indicator_id": target.indicator.id,
        "scope": target.scope or "",
        "definition": target.definition or "",
        "direction": target.indicator.direction,
        "comparator": target.comparator,
        "value": target.value,
        "upper": target.upper,
        "tolerance": tolerance(target, settings).quantize(places),
        "due_last": target.due.last if target.due else None,
        "due_from": target.due.covers_from if target.due else None,
        "promised_on": target.promised_on,
    }
