"""How the verdict rules scale: invented observations, one query each size, ratios between sizes.

``python benchmarks/bench_verdict.py [ROWS …]`` (default 10,000 and 300,000 observations).
Absolute times depend on the machine; the ratio of time to rows is what to read.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import ibis

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indicators.core.schema import DECIMAL, LINEAGE
from indicators.core.settings import Engine
from indicators.core.verdict import verdicts
from indicators.engine import connect, load

INDICATORS = 26
YEARS = range(2015, 2026)


def _observations(regions: int) -> ibis.Table:
    """``regions`` × 26 indicators × 11 years, values spread over 0–100."""
    base = ibis.range(regions * INDICATORS * len(YEARS)).unnest().name("n").as_table()
    n = base.n
    year = n % len(YEARS) + YEARS.start
    return base.select(
        obs_id=n.cast("string"),
        region_code=(n // (INDICATORS * len(YEARS))).cast("string"),
        indicator_id=((n // len(YEARS)) % INDICATORS).cast("string"),
        scope=ibis.literal(""),
        definition=ibis.literal(""),
        first=ibis.date(year, 1, 1),
        last=ibis.date(year, 12, 31),
        value=((n * 7919) % 10000).cast("decimal(12, 2)").cast(DECIMAL) / 100,
        precision=ibis.literal("exact"),
        dated=ibis.date(year, 12, 31),
        inferred=ibis.literal(False),
    ).mutate(value=ibis._.value.cast(DECIMAL))


def _targets(regions: int) -> ibis.Table:
    base = ibis.range(regions * INDICATORS).unnest().name("n").as_table()
    return base.select(
        target_id=base.n.cast("string"),
        region_code=(base.n // INDICATORS).cast("string"),
        indicator_id=(base.n % INDICATORS).cast("string"),
        scope=ibis.literal(""),
        definition=ibis.literal(""),
        direction=ibis.literal("up"),
        comparator=ibis.literal(">="),
        value=ibis.literal(65).cast(DECIMAL),
        upper=ibis.null(DECIMAL),
        tolerance=ibis.literal(1).cast(DECIMAL),
        due_last=ibis.date(2025, 12, 31),
        due_from=ibis.date(2025, 1, 1),
        promised_on=ibis.date(2016, 1, 1),
    )


def run(rows: int) -> float:
    """Seconds to judge every target once."""
    regions = max(1, rows // (INDICATORS * len(YEARS)))
    connection = connect(Engine())
    seen = connection.create_table("seen", _observations(regions))
    promised = connection.create_table("promised", _targets(regions))
    lineage = load(connection, [], LINEAGE)
    start = time.perf_counter()
    table = verdicts(promised, seen, lineage, date(2026, 11, 21), stale_after_days=730)
    counted = connection.to_pyarrow(table.group_by("verdict").aggregate(n=table.count()))
    seconds = time.perf_counter() - start
    total = sum(row["n"] for row in counted.to_pylist())
    print(f"{seen.count().execute():>10,} observations {total:>9,} targets {seconds:8.2f} s")
    return seconds


def main() -> None:
    """Print one line per size and the ratio of the last to the first."""
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 300_000]
    seconds = [run(size) for size in sizes]
    print(f"rows ×{sizes[-1] / sizes[0]:.0f} -> time ×{seconds[-1] / seconds[0]:.1f}")


if __name__ == "__main__":
    main()
