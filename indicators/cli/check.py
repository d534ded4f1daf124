"""``check``: every problem of settings, registry, regions, documents and quotes, in one run."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from indicators.cli.context import Context, many, open_context
from indicators.core.problem import Problems

_EPILOG = """examples:
  python -m indicators check
  python -m indicators check --format json
  INDICATORS_SOURCES=originals python -m indicators check    quotes are compared as well

Without the originals the recorded result of verify is used. Exit code 1 if there is an error.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "check",
        help="find every problem of the data, with file and line",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the problems; 1 if one of them is an error."""
    context = open_context(args, "full")
    problems = context.problems
    if args.format == "json":
        print(json.dumps(_report(context, problems), ensure_ascii=False, indent=1))
    else:
        _print(context, problems, quiet=args.quiet)
    return 1 if problems.errors() else 0


def _print(context: Context, problems: Problems, *, quiet: bool) -> None:
    for problem in problems:
        print(problem if problem.severity == "error" else f"{problem} (warning)")
    if quiet:
        return
    for file in context.snapshot.left_out:
        print(f"left out: {file}")
    print(_summary(context, problems))


def _summary(context: Context, problems: Problems) -> str:
    errors = len(problems.errors())
    warnings = len(problems) - errors
    counts = _counts(context)
    found = many(errors, "problem") + (f" and {many(warnings, 'warning')}" if warnings else "")
    return (
        f"{found} in {many(counts['files'], 'file')}: "
        f"{many(counts['indicators'], 'indicator')}, {many(counts['claims'], 'claim')}, "
        f"{many(counts['documents'], 'document')}"
    )


def _counts(context: Context) -> dict[str, int]:
    snapshot = context.snapshot
    return {
        "files": context.loaded.file_count,
        "indicators": len(snapshot.indicators),
        "claims": sum(len(document.claims) for document in snapshot.documents),
        "documents": len(snapshot.documents),
    }


def _report(context: Context, problems: Problems) -> dict[str, Any]:
    return {
        "problems": [asdict(problem) for problem in problems],
        "left_out": list(context.snapshot.left_out),
        **_counts(context),
        "data_version": context.snapshot.digest,
    }
