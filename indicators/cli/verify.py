"""``verify``: every quote and digest against the originals; the result is recorded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indicators.cli.context import Context, many, note, open_context, today
from indicators.core.errors import KnownProblem
from indicators.core.problem import Problems
from indicators.files.quotes import Outcome, compare, save_verification

_EPILOG = """examples:
  INDICATORS_SOURCES=originals python -m indicators verify
  python -m indicators verify                 with "sources: originals" in config.yaml

White space and full-width forms are folded before quotes are compared, nothing else. The
result is recorded in data/verification.json. Exit code 1 if a quote or a digest differs.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    subparsers.add_parser(
        "verify",
        help="compare every quote with the originals and record the result",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def run(args: argparse.Namespace) -> int:
    """Compare, print what differs, record; 1 if something differs or could not be read."""
    context = open_context(args, "none")
    folder = _folder(context)
    problems = context.problems
    outcome = compare(
        context.documents, folder, today().isoformat(), context.verification(), problems
    )
    save_verification(context.record_path, context.documents, outcome.records)
    for problem in problems:
        print(problem if problem.severity == "error" else f"{problem} (warning)")
    note(args, _summary(context, outcome, problems))
    return 1 if problems.errors() else 0


def _folder(context: Context) -> Path:
    folder = context.sources()
    if folder is None:
        raise KnownProblem(
            "the folder of the originals is not named; set INDICATORS_SOURCES or sources in "
            "config.yaml"
        )
    if not folder.is_dir():
        raise KnownProblem(f"{folder}: no such folder of originals")
    return folder


def _summary(context: Context, outcome: Outcome, problems: Problems) -> str:
    total = outcome.found + outcome.missing
    originals = len(context.documents) - outcome.absent
    absent = f", {outcome.absent} absent" if outcome.absent else ""
    problem = many(len(problems.errors()), "problem")
    return (
        f"{outcome.found} of {total} quotes found in {many(originals, 'original')}{absent}; "
        f"{problem}; recorded in {context.settings.paths.verification}"
    )
