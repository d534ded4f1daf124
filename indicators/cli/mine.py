"""``mine``: candidate claims from documents, for a person to review."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.cli.context import note, open_data, region_codes
from indicators.core.errors import KnownProblem
from indicators.core.period import Period

if TYPE_CHECKING:
    from indicators.core.candidate import Candidate
    from indicators.core.model import Snapshot
    from indicators.mining.guess import Guess

_EPILOG = """examples:
  python -m indicators mine reply.txt -o candidates.yaml     then accept candidates.yaml
  python -m indicators mine plans/*.docx -o all.csv --region 430600 --dated 2022-05-30

Reads txt, html, docx and pdf. Region and date are guessed from signature, title and
document number where they are not given; the guess is reported. A file that cannot be
read never stops the rest; the exit code is then 1. Nothing is saved to the data.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "mine",
        help="propose candidate claims from documents",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("-o", "--output", type=Path, help=".csv, .json or .yaml (stdout: CSV)")
    parser.add_argument("--region", metavar="CODE", help="whose documents they are (code or name)")
    parser.add_argument("--dated", type=_period, metavar="DATE", help="2022-05-30, 2022-05 or 2022")


def _period(text: str) -> str:
    try:
        return Period.parse(text).text
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


@dataclass(frozen=True)
class _Result:
    """What became of one file; ``problem`` is set where it could not be read."""

    name: str
    candidates: tuple[Candidate, ...] = ()
    refused: int = 0
    report: str = ""
    problem: str | None = None


def run(args: argparse.Namespace) -> int:
    """Write the candidates; 1 where a file could not be read."""
    if args.output and args.output.suffix not in (".csv", ".json", ".yaml", ".yml"):
        raise KnownProblem(
            f'{args.output}: expected .csv, .json or .yaml, found "{args.output.suffix}"'
        )
    context = open_data(args)
    region = region_codes([args.region], context.snapshot)[0] if args.region else None
    results = _all(args, context.snapshot, region)
    _write(args, [candidate for result in results for candidate in result.candidates])
    for result in results:
        if result.report:
            note(args, result.report)
    bad = [result for result in results if result.problem]
    for result in bad:
        print(f"error: {result.problem}", file=sys.stderr)
    if bad:
        print(f"{len(bad)} of {len(results)} files could not be read", file=sys.stderr)
    return 1 if bad else 0


def _all(args: argparse.Namespace, snapshot: Snapshot, region: str | None) -> list[_Result]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    silent = args.quiet or not console.is_terminal
    files = track(args.files, "mining", console=console, disable=silent, transient=True)
    return [_one(path, snapshot, region, args.dated) for path in files]


def _one(path: Path, snapshot: Snapshot, region: str | None, dated: str | None) -> _Result:
    from indicators.files.extract import extract_text
    from indicators.mining.guess import guess
    from indicators.mining.miner import mine_counted

    try:
        extracted = extract_text(path)
    except KnownProblem as problem:
        message = str(problem)
        return _Result(path.name, problem=message if path.name in message else f"{path}: {message}")
    except OSError as error:
        return _Result(path.name, problem=f"{path}: {error.strerror or error}")
    found = guess(extracted.text, snapshot)
    mined = mine_counted(
        extracted.text,
        snapshot=snapshot,
        region=region or found.region,
        dated=dated or found.dated,
        file=path.name,
        plan=found.plan,
    )
    report = _report(path.name, snapshot, region, dated, found, mined.candidates, mined.refused)
    notes = "".join(f"\n  {text}" for text in extracted.note_texts("en"))
    return _Result(path.name, tuple(mined.candidates), mined.refused, report + notes)


def _report(
    name: str,
    snapshot: Snapshot,
    region: str | None,
    dated: str | None,
    found: Guess,
    candidates: list[Candidate],
    refused: int,
) -> str:
    """One line on what was taken for the document and what was found in it."""
    from indicators.mining.confidence import THRESHOLD

    sure = sum(candidate.confidence >= THRESHOLD for candidate in candidates)
    parts = [
        f"region {_place(snapshot, region or found.region)}{_how(region, found.region_from)}",
        f"dated {dated or found.dated or 'unknown'}{_how(dated, found.dated_from)}",
        f"{len(candidates)} candidates, {sure} at confidence {THRESHOLD} or above",
    ]
    if refused:
        parts.append(f"{refused} refused: their words hold personal data")
    return f"{name}: " + "; ".join(parts)


def _place(snapshot: Snapshot, code: str | None) -> str:
    region = snapshot.regions.get(code or "")
    return f"{region.code} {region.name}" if region else "unknown"


def _how(given: str | None, source: str | None) -> str:
    from indicators.mining.guess import SOURCES

    return "" if given or source is None else f" (guessed from {SOURCES[source][1]})"


def _write(args: argparse.Namespace, found: list[Candidate]) -> None:
    from indicators.files.candidates import dump, to_row

    rows = [to_row(candidate) for candidate in found]
    suffix = args.output.suffix if args.output else ".csv"
    data = dump(rows, {}, suffix)
    if args.output is None:
        sys.stdout.write(data.decode("utf-8-sig"))
        return
    args.output.write_bytes(data)
    note(args, f"{args.output}: {len(rows)} candidates")
