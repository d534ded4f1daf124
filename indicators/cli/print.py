"""``print``: the list of commitments as a PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indicators.cli.context import many, note
from indicators.cli.selection import add_selection, edition
from indicators.core.errors import KnownProblem

_EPILOG = """examples:
  python -m indicators print --region 411200 -o 三门峡.pdf
  python -m indicators print --proposal 162 -o 第162号.pdf
  python -m indicators print --lang en --as-of 2022-12-31 -o commitments.pdf
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "print",
        help="write the list of commitments (.pdf)",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    add_selection(parser, proposal=True)


def run(args: argparse.Namespace) -> int:
    """Write the list whole or not at all."""
    if args.output.suffix.lower() != ".pdf":
        raise KnownProblem(f'expected a file ending in .pdf, found "{args.output.name}"')
    from indicators.export.pdf import commitments_pdf
    from indicators.files.atomic import write_atomic

    chosen = edition(args)
    write_atomic(args.output, commitments_pdf(chosen))
    note(args, f"{many(len(chosen.commitments), 'commitment')} written to {args.output}")
    return 0
