"""``export``: the tables as files; every figure leaves with its source."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indicators.cli.context import many, note
from indicators.cli.selection import add_selection, edition

TABLES = (
    "claims",
    "observations",
    "commitments",
    "comparison",
    "registry",
    "benchmarks",
    "documents",
    "appraisal",
    "appraisal_parts",
)

_EPILOG = """examples:
  python -m indicators export claims -o claims.csv
  python -m indicators export claims -o claims.parquet
  python -m indicators export commitments --as-of 2026-11-21 -o commitments.json
  python -m indicators export observations --region 430900 -o yiyang.csv
  python -m indicators export comparison --region 430600 --region 430900 -o cmp.xlsx

The format follows the suffix: .csv .json .parquet .xlsx. The workbook of a comparison also
holds the observations, the commitments with their verdicts and the definitions.
"appraisal" needs weights under appraisal in the settings file.
In .csv, an apostrophe stands before text that a spreadsheet would run as a formula.
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
    parser.add_argument(
        "--indicator", action="append", metavar="ID", help="this indicator (repeatable)"
    )
    add_selection(parser, proposal=True)


def run(args: argparse.Namespace) -> int:
    """Write the file whole or not at all."""
    from indicators.export.formats import writer
    from indicators.files.atomic import write_atomic

    write = writer(args.output.suffix)
    chosen = edition(args)
    write_atomic(args.output, write(chosen, args.table))
    rows = len(chosen.table(args.table).frame)
    note(args, f"{many(rows, 'row')} written to {args.output}")
    return 0
