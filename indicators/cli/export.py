"""``export``: the tables as files; every figure leaves with its source."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indicators.cli.context import as_of, iso_date, note, open_data, region_codes

TABLES = ("claims", "observations", "commitments", "registry")

_EPILOG = """examples:
  python -m indicators export claims -o claims.csv
  python -m indicators export commitments --as-of 2026-11-21 -o commitments.json
  python -m indicators export observations --region 430900 -o yiyang.csv
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "export",
        help="write a table to a file",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="the day of the reading")
    parser.add_argument(
        "--region", action="append", metavar="CODE", help="this region and those below it"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file whole or not at all."""
    from indicators.export.edition import Edition
    from indicators.export.safe import write_file
    from indicators.export.tabular import writer

    write = writer(args.output.suffix)
    context = open_data(args)
    edition = Edition(
        context.snapshot,
        context.settings,
        as_of(args, context.settings),
        context.settings.language,
        regions=region_codes(args.region, context.snapshot) if args.region else None,
        verified=context.verification().dates(context.snapshot),
    )
    write_file(args.output, write(edition, args.table))
    rows = len(edition.table(args.table).frame)
    note(args, f"{rows} rows written to {args.output}")
    return 0
