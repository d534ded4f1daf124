"""Targets against reported figures: one row per target and region."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.core.model import Claim, Document, Snapshot
from indicators.core.progress import numbers
from indicators.core.schema import LINEAGE, OBSERVATIONS, TARGETS
from indicators.core.settings import Settings
from indicators.core.unit import unit
from indicators.core.verdict import verdicts
from indicators.engine import connect, load
from indicators.tables.claims import canonical, claim_id, each_claim
from indicators.tables.decimals import rounded, tidy
from indicators.tables.observations import known_on, lineage_rows, observation_rows
from indicators.tables.rivals import rivals, told
from indicators.tables.targets import Target, target_row, targets

CAVEATS = (
    "fell_back",
    "sources_disagree",
    "approximate",
    "within_tolerance",
    "imprecise",
    "silent_at_due",
    "stale",
    "period_inferred",
)

ASSESS_COLUMNS = (
    "target_id",
    "region_code",
    "region_name",
    "region_level",
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "target_kind",
    "comparator",
    "target",
    "target_upper",
    "unit",
    "due",
    "due_last",
    "scope",
    "verdict",
    "reason",
    "value",
    "precision",
    "period",
    "period_last",
    "value_region_code",
    "value_region_name",
    "value_scope",
    "value_document_id",
    "value_document_title",
    "value_document_number",
    "value_document_issuer",
    "value_document_dated",
    "value_section",
    "value_quote",
    "disagrees_with",
    "disagreeing_claims",
    "last_value_satisfies",
    "distance",
    "distance_unit",
    "base_value",
    "base_precision",
    "base_period",
    "base_document_id",
    "base_document_title",
    "base_document_number",
    "base_document_issuer",
    "base_document_dated",
    "base_section",
    "base_quote",
    "base_disagrees_with",
    "base_disagreeing_claims",
    "achieved_pct",
    "required_per_year",
    "actual_per_year",
    "cagr_ratio",
    "caveats",
    "document_id",
    "document_title",
    "document_number",
    "document_issuer",
    "document_dated",
    "proposal",
    "section",
    "quote",
    "note",
    "source_status",
    "direction",
)

_LISTS = (
    "disagrees_with",
    "disagreeing_claims",
    "base_disagrees_with",
    "base_disagreeing_claims",
)


def assess(
    snapshot: Snapshot,
    settings: Settings,
    as_of: date,
    regions: Collection[str] | None = None,
) -> pd.DataFrame:
    """Every target known on ``as_of`` with its verdict (:data:`ASSESS_COLUMNS`).

    ``target``, ``value``, ``distance`` … are Decimals in ``unit``; ``distance`` is value
    minus target in ``distance_unit`` (个百分点 for %); ``achieved_pct`` and the two
    ``…_per_year`` are derived from ``value`` and ``base_value``
    (:func:`indicators.core.progress.numbers`); ``caveats`` is a tuple of codes.
    ``value_…`` and ``base_…`` name the document, section and quote of each of the two
    figures; ``disagrees_with`` and ``base_disagrees_with`` hold what other documents state
    for the same period where the figures exclude each other, as ``74% (document id)``, and
    what is stated for a disputed due period where a later figure is shown, as ``64% (2022,
    document id)``; ``disagreeing_claims`` and ``base_disagreeing_claims`` the ids of those claims.
    For ``due_unreported`` and ``not_comparable`` the figure shown is the last known one
    and the target is not judged by it. ``last_value_satisfies`` says whether the figure
    shown would satisfy the target on its own (None: cannot tell or not comparable).
    ``regions`` keeps only those region codes. Rows: promises by document, then benchmarks.
    """
    known = known_on(snapshot, as_of)
    wanted = [t for t in targets(known, as_of) if regions is None or t.region_code in regions]
    if not wanted:
        return pd.DataFrame(columns=list(ASSESS_COLUMNS), dtype=object)
    judged = _judge(known, settings, as_of, wanted)
    cited = {claim_id(d, n): (d, c) for d, n, c in each_claim(known)}
    rows = [_row(known, target, judged[target.target_id], cited) for target in wanted]
    return pd.DataFrame(rows, columns=list(ASSESS_COLUMNS), dtype=object)


def _judge(
    snapshot: Snapshot, settings: Settings, as_of: date, wanted: list[Target]
) -> Mapping[str, dict[str, Any]]:
    connection = connect(settings.engine)
    table = verdicts(
        load(connection, [target_row(t, settings) for t in wanted], TARGETS),
        load(connection, observation_rows(snapshot), OBSERVATIONS),
        load(connection, lineage_rows(snapshot), LINEAGE),
        as_of,
        stale_after_days=round(settings.max_period_gap * 365.25),
    )
    rows = connection.to_pyarrow(table).to_pylist()
    return {row["target_id"]: row for row in rows}


def _row(
    snapshot: Snapshot,
    target: Target,
    judged: dict[str, Any],
    cited: Mapping[str, tuple[Document, Claim]],
) -> dict[str, Any]:
    region = snapshot.regions[target.region_code]
    indicator = target.indicator
    return {
        **dict.fromkeys(ASSESS_COLUMNS),
        **dict.fromkeys(_LISTS, ()),
        "target_id": target.target_id,
        "region_code": region.code,
        "region_name": region.name,
        "region_level": region.level,
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "theme_id": indicator.theme,
        "direction": indicator.direction,
        "target_kind": target.kind,
        "comparator": target.comparator,
        "target": target.value,
        "target_upper": target.upper,
        "unit": indicator.unit,
        "due": str(target.due) if target.due else None,
        "due_last": target.due.last if target.due else None,
        "scope": target.scope,
        "verdict": judged["verdict"],
        "reason": judged["reason"],
        "last_value_satisfies": judged["satisfies"],
        "caveats": _caveats(target, judged),
        **_source(target),
        **_shown(snapshot, target, judged, cited),
        **_progress(snapshot, judged, cited),
    }


def _caveats(target: Target, judged: dict[str, Any]) -> tuple[str, ...]:
    found = tuple(code for code in CAVEATS if judged[code])
    return (*found, "benchmark_relayed") if target.relayed else found


def _source(target: Target) -> dict[str, Any]:
    """Where the target itself is stated."""
    if target.document is not None and target.claim is not None:
        return {
            "document_id": target.document.id,
            "document_title": target.document.title,
            "document_number": target.document.number,
            "document_issuer": target.document.issuer,
            "document_dated": str(target.document.dated),
            "proposal": target.document.proposal,
            "section": target.claim.section,
            "quote": target.claim.quote,
            "note": target.claim.note,
            "source_status": None,
        }
    return _benchmark_source(target)


def _benchmark_source(target: Target) -> dict[str, Any]:
    benchmark = target.benchmark
    if benchmark is None:
        raise ValueError(f"target {target.target_id} has neither a claim nor a benchmark")
    source = benchmark.source
    return {
        "document_id": benchmark.id,
        "document_title": source.title,
        "document_number": source.number,
        "document_issuer": source.issuer,
        "document_dated": str(source.date) if source.date else None,
        "proposal": None,
        "section": source.read_in,
        "quote": None,
        "note": benchmark.note,
        "source_status": source.status,
    }


def _shown(
    snapshot: Snapshot,
    target: Target,
    judged: dict[str, Any],
    cited: Mapping[str, tuple[Document, Claim]],
) -> dict[str, Any]:
    """The figure shown beside the verdict, with its own source."""
    if judged["shown"] is None:
        return {}
    document, claim = cited[judged["shown"]]
    region = snapshot.regions[snapshot.region_of(document, claim)]
    comparable = judged["focus"] is not None
    return {
        "value": canonical(claim.value, claim, target.indicator),
        "precision": claim.precision,
        "period": str(claim.period),
        "period_last": claim.period.last if claim.period else None,
        "value_region_code": region.code,
        "value_region_name": region.name,
        "value_scope": claim.scope,
        **_cited("value", document, claim),
        **_disputed(
            "",
            snapshot,
            cited,
            judged["shown"] if judged["disagree"] else None,
            judged["doubted"],
        ),
        "distance": _distance(target, judged) if comparable else None,
        "distance_unit": unit(target.indicator.unit).gap_zh if comparable else None,
    }


def _distance(target: Target, judged: dict[str, Any]) -> Decimal | None:
    """No distance for a bound or a promise without a number: they have none."""
    if target.kind == "milestone" or judged["focus_precision"] in ("at_least", "at_most"):
        return None
    return tidy(judged["distance"])


def _progress(
    snapshot: Snapshot, judged: dict[str, Any], cited: Mapping[str, tuple[Document, Claim]]
) -> dict[str, Any]:
    """Where the way began, with its own source, and the numbers that rest on it."""
    if judged["base"] is None:
        return {}
    document, base = cited[judged["base"]]
    return {
        "base_value": tidy(judged["base_value"]),
        "base_precision": base.precision,
        "base_period": str(base.period),
        **_cited("base", document, base),
        **_disputed("base_", snapshot, cited, judged["base"] if judged["base_disagree"] else None),
        **numbers(judged),
        "cagr_ratio": rounded(judged["cagr_ratio"], 2),
    }


def _cited(prefix: str, document: Document, claim: Claim) -> dict[str, Any]:
    """The columns that say where a figure beside the target is stated."""
    return {
        f"{prefix}_document_id": document.id,
        f"{prefix}_document_title": document.title,
        f"{prefix}_document_number": document.number,
        f"{prefix}_document_issuer": document.issuer,
        f"{prefix}_document_dated": str(document.dated),
        f"{prefix}_section": claim.section,
        f"{prefix}_quote": claim.quote,
    }


def _disputed(
    prefix: str,
    snapshot: Snapshot,
    cited: Mapping[str, tuple[Document, Claim]],
    shown: str | None,
    doubted: str | None = None,
) -> dict[str, Any]:
    """What other documents state for the period of the claim ``shown`` (``None``: nobody
    differs), and all that is stated for the period of the claim ``doubted``."""
    others = {} if shown is None else rivals(snapshot, cited, shown)
    if doubted is not None:
        others |= {doubted: told(*cited[doubted], dated=True)}
        others |= rivals(snapshot, cited, doubted, dated=True)
    return {
        f"{prefix}disagrees_with": tuple(others.values()),
        f"{prefix}disagreeing_claims": tuple(others),
    }
