"""Appraisal (半年考核): one weighted score per region, with how far it can be trusted.

Follows the steps of the OECD/JRC *Handbook on Constructing Composite Indicators*:

1. theoretical framework: the indicators and weights are the installation's
   (``config.yaml: appraisal``), never this program's;
2. data selection: only figures that :func:`indicators.tables.assess.assess` found
   comparable and current count;
3. missing data: left out (the other weights are rescaled) or counted as 0, as
   configured; always shown, never estimated;
4. multivariate analysis: not done, a handful of cited figures cannot carry it;
5. normalisation: distance to target, capped to 0-100 (:func:`normalised`);
6. weighting and aggregation: weighted arithmetic mean (:func:`_mean`), which lets a
   good indicator make up for a poor one;
7. sensitivity: every weight in turn moved by ±20 %, and the other way of treating
   missing figures; the range of ranks is shown;
8. back to the data: :func:`scores` keeps target, figure and source of every part;
9. links to other variables: not done; 10. presentation: ranks only among regions of
   one level and with enough of the weight covered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.core.errors import KnownProblem
from indicators.core.settings import Appraisal, Settings

SCORE_COLUMNS = (
    "region_code",
    "region_name",
    "region_level",
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "weight",
    "score",
    "missing",
    "target_id",
    "comparator",
    "target",
    "target_upper",
    "unit",
    "due",
    "value",
    "precision",
    "period",
    "verdict",
    "document_title",
    "document_number",
    "document_issuer",
    "document_dated",
    "section",
    "quote",
    "value_document_title",
    "value_document_number",
    "value_document_issuer",
    "value_document_dated",
    "value_section",
    "value_quote",
)

RANKING_COLUMNS = (
    "region_code",
    "region_name",
    "region_level",
    "score",
    "weight_covered",
    "scored",
    "missing_indicators",
    "rank",
    "ranked_of",
    "rank_best",
    "rank_worst",
    "rank_other_missing",
)

#: How far each weight is moved to see whether the ranking holds.
SHIFT = Decimal("0.2")
_HUNDRED = Decimal(100)
_NOT_JUDGED = ("due_unreported", "unreported", "not_comparable")
_COPIED = SCORE_COLUMNS[9:]

Parts = Mapping[str, Decimal | None]


def required(settings: Settings) -> Appraisal:
    """The configured appraisal. Raises :class:`KnownProblem` where it is off."""
    if settings.appraisal is None:
        raise KnownProblem(
            "the appraisal is off: name weights under appraisal in config.yaml to turn it on"
        )
    return settings.appraisal


def scores(
    assessed: pd.DataFrame, registry: pd.DataFrame, appraisal: Appraisal, as_of: date
) -> pd.DataFrame:
    """One row per region and weighted indicator (:data:`SCORE_COLUMNS`).

    ``assessed`` is :func:`indicators.tables.assess.assess`, ``registry``
    :func:`indicators.tables.registry_table.registry_table`. Regions are those with any
    target of the kind that ``appraisal.against`` names, on any of its indicators. Of
    several targets the one in force on ``as_of`` counts: due next, else due last.
    ``score`` is a Decimal of 0-100 (one place) or None, and then ``missing`` is a code:
    ``no_target``, ``no_figure``, ``imprecise``, ``monitor`` (no better direction).
    Raises :class:`KnownProblem` for a weight on an indicator the registry lacks.
    """
    known = {row["indicator_id"]: row for row in registry.to_dict("records")}
    unknown = [name for name, _ in appraisal.weights if name not in known]
    if unknown:
        raise KnownProblem(f"appraisal.weights: the registry has no {', '.join(unknown)}")
    kinds = ("benchmark",) if appraisal.against == "benchmark" else ("commitment", "milestone")
    chosen = [
        row
        for row in assessed.to_dict("records")
        if row["target_kind"] in kinds and row["indicator_id"] in dict(appraisal.weights)
    ]
    regions = sorted({(r["region_code"], r["region_name"], r["region_level"]) for r in chosen})
    rows = [
        _score_row(region, known[name], weight, chosen, as_of)
        for region in regions
        for name, weight in appraisal.weights
    ]
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS), dtype=object)


def _score_row(
    region: tuple[str, str, str],
    indicator: Mapping[Any, Any],
    weight: Decimal,
    chosen: Sequence[Mapping[Any, Any]],
    as_of: date,
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(SCORE_COLUMNS)
    row |= dict(zip(SCORE_COLUMNS, region, strict=False))
    row |= {n: indicator[n] for n in ("indicator_id", "indicator_name", "indicator_name_en")}
    row["weight"] = weight
    wanted = (region[0], indicator["indicator_id"])
    mine = [r for r in chosen if (r["region_code"], r["indicator_id"]) == wanted]
    target = _in_force(mine, as_of)
    if target is None:
        return row | {"missing": "no_target"}
    row |= {name: target[name] for name in _COPIED}
    row["score"], row["missing"] = _score(target)
    return row


def _in_force(targets: Sequence[Mapping[Any, Any]], as_of: date) -> Mapping[Any, Any] | None:
    """The target due next, else the one that fell due last, else one without a date."""

    def order(row: Mapping[Any, Any]) -> tuple[int, int, str]:
        due = row["due_last"]
        if due is None:
            return (2, 0, row["target_id"])
        days = (due - as_of).days
        return (0, days, row["target_id"]) if days >= 0 else (1, -days, row["target_id"])

    return min(targets, key=order, default=None)


def _score(target: Mapping[Any, Any]) -> tuple[Decimal | None, str | None]:
    if target["direction"] == "monitor":
        return None, "monitor"
    if target["value"] is None or target["verdict"] in _NOT_JUDGED:
        return None, "no_figure"
    if target["last_value_satisfies"] is True:
        return _HUNDRED, None
    if target["precision"] in ("at_least", "at_most"):
        return None, "imprecise"
    goal = target["target"]
    if target["direction"] == "down" and target["target_upper"] is not None:
        goal = target["target_upper"]
    return normalised(target["value"], goal, target["direction"]), None


def normalised(value: Decimal, goal: Decimal, direction: str) -> Decimal:
    """Distance to target as 0-100: ``100 * value / goal`` where more is better, ``100 *
    goal / value`` where less is; capped at both ends, 100 = reached. One decimal place,
    rounded down so that only a target that is met shows 100.
    """
    part, whole = (value, goal) if direction == "up" else (goal, value)
    if whole <= 0:
        return _HUNDRED if part >= whole else Decimal(0)
    capped = max(Decimal(0), min(_HUNDRED, _HUNDRED * part / whole))
    return _cut(capped)


def _cut(number: Decimal) -> Decimal:
    """One decimal place, never rounded up: only what is whole reads 100."""
    return number.quantize(Decimal("0.1"), rounding="ROUND_DOWN")


def ranking(scored: pd.DataFrame, appraisal: Appraisal) -> pd.DataFrame:
    """One row per region (:data:`RANKING_COLUMNS`), best first within each level.

    ``score`` (0-100, cut to one place) is None where nothing could be scored;
    ``weight_covered`` is the per cent of the weight that has figures;
    ``missing_indicators`` a tuple of ids. ``rank`` (ties share) only from
    ``appraisal.least_coverage`` per cent on, among regions of one level;
    ``rank_best``/``rank_worst`` when every weight in turn moves by ±20 %;
    ``rank_other_missing`` when missing figures are treated the other way.
    """
    parts = _parts(scored)
    weights = dict(appraisal.weights)
    rows = [_region_row(group, parts, weights, appraisal) for _, group in _groups(scored)]
    for level in dict.fromkeys(row["region_level"] for row in rows):
        peers = [r for r in rows if r["region_level"] == level]
        _rank(peers, parts, weights, appraisal)
    rows.sort(key=lambda r: (r["region_level"], r["rank"] or 10**6, r["region_code"]))
    return pd.DataFrame(rows, columns=list(RANKING_COLUMNS), dtype=object)


def _groups(scored: pd.DataFrame) -> list[tuple[str, list[dict[Any, Any]]]]:
    found: dict[str, list[dict[Any, Any]]] = {}
    for row in scored.to_dict("records"):
        found.setdefault(row["region_code"], []).append(row)
    return list(found.items())


def _parts(scored: pd.DataFrame) -> dict[str, dict[str, Decimal | None]]:
    return {
        code: {row["indicator_id"]: row["score"] for row in group}
        for code, group in _groups(scored)
    }


def _mean(parts: Parts, weights: Mapping[str, Decimal], missing: str) -> Decimal | None:
    """Weighted mean; None where no part has a score."""
    have = {name: score for name, score in parts.items() if score is not None}
    if not have:
        return None
    total = sum(weights[name] for name in (parts if missing == "zero" else have))
    return sum((weights[n] * score for n, score in have.items()), Decimal(0)) / total


def _region_row(
    group: list[dict[Any, Any]],
    parts: Mapping[str, Parts],
    weights: Mapping[str, Decimal],
    appraisal: Appraisal,
) -> dict[str, Any]:
    first = group[0]
    score = _mean(parts[first["region_code"]], weights, appraisal.missing)
    have = [row for row in group if row["score"] is not None]
    covered = _HUNDRED * sum(row["weight"] for row in have) / sum(weights.values())
    return {
        **dict.fromkeys(RANKING_COLUMNS),
        **{name: first[name] for name in RANKING_COLUMNS[:3]},
        "score": None if score is None else _cut(score),
        "weight_covered": _cut(Decimal(covered)),
        "scored": len(have),
        "missing_indicators": tuple(r["indicator_id"] for r in group if r["score"] is None),
    }


def _rank(
    peers: list[dict[str, Any]],
    parts: Mapping[str, Parts],
    weights: Mapping[str, Decimal],
    appraisal: Appraisal,
) -> None:
    """Fill the rank columns of the regions of one level, in place."""
    field = [
        r["region_code"]
        for r in peers
        if r["score"] is not None and r["weight_covered"] >= appraisal.least_coverage
    ]
    if len(field) < 2:
        return
    other = "zero" if appraisal.missing == "exclude" else "exclude"
    base = _places(field, parts, weights, appraisal.missing)
    swapped = _places(field, parts, weights, other)
    moved = [_places(field, parts, w, appraisal.missing) for w in _shifted(weights)]
    for row in peers:
        code = row["region_code"]
        if code in base:
            seen = [base[code], *(places[code] for places in moved)]
            row |= {"rank": base[code], "ranked_of": len(field)}
            row |= {"rank_best": min(seen), "rank_worst": max(seen)}
            row["rank_other_missing"] = swapped[code]


def _shifted(weights: Mapping[str, Decimal]) -> list[dict[str, Decimal]]:
    """Every weight in turn less and more by :data:`SHIFT`."""
    return [
        {**weights, name: weights[name] * factor}
        for name in weights
        for factor in (1 - SHIFT, 1 + SHIFT)
    ]


def _places(
    field: Sequence[str], parts: Mapping[str, Parts], weights: Mapping[str, Decimal], missing: str
) -> dict[str, int]:
    """Rank of each region (1 = best; equal scores share a place)."""
    means = {code: _mean(parts[code], weights, missing) or Decimal(0) for code in field}
    return {code: 1 + sum(other > means[code] for other in means.values()) for code in field}
