"""``report``: the circular as a Word document."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indicators.cli.context import many, note
from indicators.cli.selection import add_selection, edition
from indicators.core.errors import KnownProblem

_EPILOG = """examples:
  python -m indicators report --region 430900 -o 益阳.docx
  python -m indicators report --region 岳阳市 --as-of 2022-12-31 --lang en -o yueyang.docx
  python -m indicators report --proposal 162 -o 第162号.docx

Charts are drawn by the installed Chromium or Chrome; without one the circular comes
without them and says so.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "report",
        help="write the circular (.docx)",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.docx")
    parser.add_argument("--no-charts", action="store_true", help="leave the charts out")
    add_selection(parser, proposal=True)


def run(args: argparse.Namespace) -> int:
    """Write the circular whole or not at all."""
    if args.output.suffix.lower() != ".docx":
        raise KnownProblem(f'expected a file ending in .docx, found "{args.output.name}"')
    from indicators.export.docx import circular
    from indicators.export.pictures import draw, drawings
    from indicators.files.atomic import write_atomic

    chosen = edition(args)
    pictures = [] if args.no_charts else draw(drawings(chosen))
    if pictures is None:
        note(args, "no browser can draw the charts; the circular comes without them")
    write_atomic(args.output, circular(chosen, pictures))
    note(args, f"{many(len(chosen.commitments), 'commitment')} written to {args.output}")
    return 0
