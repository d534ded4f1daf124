"""Precision and recall of mining on the labelled sentences, and against the curated documents.

``python benchmarks/bench_mining.py``            the table for both splits
``python benchmarks/bench_mining.py --errors build``   and every error of one split
``python benchmarks/bench_mining.py --seeds``    against data/documents (needs INDICATORS_SOURCES)
``python benchmarks/bench_mining.py --hostile``  every pattern on 200 hostile texts
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from indicators.core.model import Claim, Document, Snapshot  # noqa: E402
from indicators.core.settings import Settings  # noqa: E402
from indicators.files.load import load_snapshot  # noqa: E402
from indicators.mining.candidate import Candidate  # noqa: E402
from indicators.mining.guess import guess  # noqa: E402
from indicators.mining.miner import mine  # noqa: E402
from tests.mining import hostile, scoring  # noqa: E402

SPLITS = ("build", "held_out", "fresh", "fresh2", "fresh3", "fresh4", "letters")


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


def seeds() -> None:
    """Compare with the curated documents: what was found, missed and proposed beyond them."""
    folder = os.environ.get("INDICATORS_SOURCES")
    if not folder:
        sys.exit("set INDICATORS_SOURCES to the folder of the originals")
    snapshot, _ = load_snapshot(ROOT, Settings())
    sums = [0, 0, 0, 0, 0]
    for document in snapshot.documents:
        path = Path(folder) / document.source.file
        sums = [a + b for a, b in zip(sums, _compare(document, path, snapshot), strict=True)]
    found, sure, held, right, wanted = sums
    print(f"\nall: recall {right}/{wanted} = {right / wanted:.3f}", end=", ")
    print(f"precision {held}/{sure} = {held / max(sure, 1):.3f} (of {found} candidates)")


def _compare(document: Document, path: Path, snapshot: Snapshot) -> list[int]:
    """Numbers: candidates; those sure of their indicator; right ones; claims found; claims."""
    text = path.read_text(encoding="utf-8-sig")
    about = {"region": document.region, "dated": str(document.dated)}
    found = mine(text, snapshot=snapshot, plan=guess(text, snapshot).plan, **about)
    sure = [c for c in found if c.confidence >= scoring.THRESHOLD and c.indicator_id]
    numeric = [claim for claim in document.claims if claim.unit != "是/否"]
    rest, extra = list(numeric), []
    for candidate in sure:
        match = next((c for c in rest if _key(c, document) == _mined(candidate)), None)
        if match:
            rest.remove(match)
        elif all(_key(claim, document) != _mined(candidate) for claim in numeric):
            extra.append(candidate)
    right, held = len(numeric) - len(rest), len(sure) - len(extra)
    print(f"\n{document.id}: recall {right}/{len(numeric)}, precision {held}/{len(sure)}")
    for claim in rest:
        why = "" if not claim.scope else f" scope {claim.scope}"
        print(f"  missed {_key(claim, document)}{why}: {claim.quote[-40:]}")
    for candidate in extra:
        print(f"  extra  {_mined(candidate)}: {candidate.quote[-40:]}")
    return [len(found), len(sure), held, right, len(numeric)]


def _key(claim: Claim, document: Document) -> tuple[object, ...]:
    when = claim.due or claim.period
    region = claim.region or document.region
    return (
        claim.indicator,
        region,
        str(when) if when else None,
        claim.value,
        claim.unit,
        claim.kind,
    )


def _mined(candidate: Candidate) -> tuple[object, ...]:
    when = candidate.due or candidate.period
    return (
        candidate.indicator_id,
        candidate.region_code,
        when,
        candidate.value,
        candidate.unit,
        candidate.kind,
    )


def hostile_table() -> None:
    """Time every pattern on every hostile text; the limit is half a second."""
    worst = 0.0
    for name, pattern in hostile.patterns():
        slow = max(hostile.seconds(pattern, text) for text in hostile.texts(200))
        worst = max(worst, slow)
        print(f"  {name:28} {slow:7.3f} s{'  TOO SLOW' if slow > 0.5 else ''}")
    print(f"worst {worst:.3f} s over {len(hostile.patterns())} patterns x 200 texts of 100,000")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--errors", metavar="SPLIT", choices=SPLITS)
    parser.add_argument("--seeds", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    arguments = parser.parse_args()
    if arguments.seeds:
        seeds()
    elif arguments.hostile:
        hostile_table()
    else:
        if arguments.errors:
            errors(arguments.errors)
        table(SPLITS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
