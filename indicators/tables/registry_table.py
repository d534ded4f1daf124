"""The registry as tables: what each indicator is, what it must not be mistaken for,
and which standards above the city are held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from indicators.core.model import Benchmark, Indicator, Snapshot
from indicators.tables.claims import each_claim

REGISTRY_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "theme_name",
    "theme_name_en",
    "aliases",
    "numerator",
    "denominator",
    "definition_status",
    "definition_note",
    "unit",
    "direction",
    "lower_bound",
    "upper_bound",
    "bounds_note",
    "levels",
    "confusables",
    "benchmarks",
    "claims",
    "documents",
)

BENCHMARK_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "benchmark_id",
    "region_code",
    "region_name",
    "comparator",
    "value",
    "upper",
    "unit",
    "due",
    "scope",
    "definition",
    "source_status",
    "source_title",
    "source_issuer",
    "source_number",
    "source_date",
    "read_in",
    "url",
    "note",
)

CONFUSABLE_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "other_id",
    "other_name",
    "other_name_en",
    "why",
    "stated_by",
)


def registry_table(snapshot: Snapshot) -> pd.DataFrame:
    """One row per indicator (:data:`REGISTRY_COLUMNS`), in registry order.

    ``aliases``, ``levels`` and ``confusables`` (indicator ids, both sides of each wall)
    are tuples; the bounds are Decimal or None in ``unit``; ``benchmarks``, ``claims``
    and ``documents`` are counts.
    """
    themes = {theme.id: theme for theme in snapshot.themes}
    claims = Counter(claim.indicator for _, _, claim in each_claim(snapshot))
    citing = {(document.id, claim.indicator) for document, _, claim in each_claim(snapshot)}
    documents = Counter(indicator for _, indicator in citing)
    walls = _walls(snapshot)
    rows = [
        {
            **_what(indicator),
            "theme_id": indicator.theme,
            "theme_name": themes[indicator.theme].name.zh if indicator.theme in themes else None,
            "theme_name_en": themes[indicator.theme].name.en if indicator.theme in themes else None,
            "confusables": tuple(other for other, _, _ in walls[indicator.id]),
            "claims": claims[indicator.id],
            "documents": documents[indicator.id],
        }
        for indicator in snapshot.indicators.values()
    ]
    return pd.DataFrame(rows, columns=list(REGISTRY_COLUMNS), dtype=object)


def _what(indicator: Indicator) -> dict[str, Any]:
    lower, upper = indicator.bounds
    return {
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "aliases": indicator.aliases,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "definition_status": indicator.definition.status,
        "definition_note": indicator.definition.note,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "lower_bound": lower,
        "upper_bound": upper,
        "bounds_note": indicator.bounds_note,
        "levels": indicator.levels,
        "benchmarks": len(indicator.benchmarks),
    }


_Wall = tuple[str, str, str]  # the other indicator, why, which entry states it


def _walls(snapshot: Snapshot) -> dict[str, list[_Wall]]:
    """A wall stands on both sides, whichever entry names it; known indicators only."""
    walls: dict[str, list[_Wall]] = {code: [] for code in snapshot.indicators}
    for indicator in snapshot.indicators.values():
        for wall in indicator.confusable_with:
            if wall.id in walls:
                walls[indicator.id].append((wall.id, wall.why, indicator.id))
                walls[wall.id].append((indicator.id, wall.why, indicator.id))
    return {code: _each_once(found, code) for code, found in walls.items()}


def _each_once(found: list[_Wall], code: str) -> list[_Wall]:
    """One entry per neighbour; the indicator's own words win over the neighbour's."""
    kept: dict[str, _Wall] = {}
    for wall in sorted(found, key=lambda wall: wall[2] != code):
        kept.setdefault(wall[0], wall)
    return list(kept.values())


def confusables_table(snapshot: Snapshot, indicator_id: str | None = None) -> pd.DataFrame:
    """The walls (:data:`CONFUSABLE_COLUMNS`), of one indicator or of all.

    A wall stands on both sides even where only one entry names it; ``stated_by`` is the
    id of the entry whose words ``why`` are.
    """
    rows = [
        {
            "indicator_id": code,
            "indicator_name": snapshot.indicators[code].name.zh,
            "indicator_name_en": snapshot.indicators[code].name.en,
            "other_id": other,
            "other_name": snapshot.indicators[other].name.zh,
            "other_name_en": snapshot.indicators[other].name.en,
            "why": why,
            "stated_by": stated_by,
        }
        for code, walls in _walls(snapshot).items()
        if indicator_id in (None, code)
        for other, why, stated_by in walls
    ]
    return pd.DataFrame(rows, columns=list(CONFUSABLE_COLUMNS), dtype=object)


def benchmarks_table(snapshot: Snapshot, indicator_id: str | None = None) -> pd.DataFrame:
    """The benchmarks (:data:`BENCHMARK_COLUMNS`), of one indicator or of all.

    ``value``/``upper`` are Decimals in ``unit``; ``due`` and ``source_date`` are texts as
    written; ``source_status`` says how far the standard was read (verified, relayed).
    """
    rows = [
        _benchmark_row(snapshot, indicator, benchmark)
        for indicator, benchmark in _each_benchmark(snapshot)
        if indicator_id in (None, indicator.id)
    ]
    return pd.DataFrame(rows, columns=list(BENCHMARK_COLUMNS), dtype=object)


def _each_benchmark(snapshot: Snapshot) -> Iterator[tuple[Indicator, Benchmark]]:
    for indicator in snapshot.indicators.values():
        for benchmark in indicator.benchmarks:
            yield indicator, benchmark


def _benchmark_row(
    snapshot: Snapshot, indicator: Indicator, benchmark: Benchmark
) -> dict[str, Any]:
    region = snapshot.regions.get(benchmark.applies_to)
    source = benchmark.source
    return {
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "benchmark_id": benchmark.id,
        "region_code": benchmark.applies_to,
        "region_name": region.name if region else None,
        "comparator": benchmark.comparator,
        "value": benchmark.value,
        "upper": benchmark.upper,
        "unit": indicator.unit,
        "due": str(benchmark.due) if benchmark.due else None,
        "scope": benchmark.scope,
        "definition": benchmark.definition,
        "source_status": source.status,
        "source_title": source.title,
        "source_issuer": source.issuer,
        "source_number": source.number,
        "source_date": str(source.date) if source.date else None,
        "read_in": source.read_in,
        "url": source.url,
        "note": benchmark.note,
    }
