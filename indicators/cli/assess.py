"""``assess``: every target with its verdict, as of a day."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.cli.context import as_of, iso_date, many, note, open_data, region_codes
from indicators.core.model import Snapshot
from indicators.text import Language
from indicators.text.codes import label

if TYPE_CHECKING:
    import pandas as pd

_EPILOG = """examples:
  python -m indicators assess
  python -m indicators assess --as-of 2026-11-21 --region 411200
  python -m indicators assess --region 430000 --below --format csv > hunan.csv
"""
_WIDTH = 160


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "assess",
        help="what was promised, and what became of it",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="the day of the reading")
    parser.add_argument(
        "--region", action="append", metavar="CODE", help="a region's code or name (repeatable)"
    )
    parser.add_argument("--below", action="store_true", help="also the regions below --region")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")


def run(args: argparse.Namespace) -> int:
    """Print a row per target and region."""
    from indicators.tables.assess import assess

    context = open_data(args)
    snapshot, day = context.snapshot, as_of(args, context.settings)
    regions = _regions(args, snapshot)
    frame = assess(snapshot, context.settings, day, regions)
    if args.format == "table":
        _print_table(frame, context.settings.language)
        note(args, f"{many(len(frame), 'target')} as of {day}")
    else:
        _write(frame, args.format, {"as_of": day.isoformat(), "data_version": snapshot.digest})
    if frame.empty and regions:
        note(args, "no target is set in or for the regions asked for")
    return 0


def _regions(args: argparse.Namespace, snapshot: Snapshot) -> tuple[str, ...] | None:
    if not args.region:
        return None
    chosen = region_codes(args.region, snapshot)
    if not args.below:
        return chosen
    return tuple(c for c in snapshot.regions if set(snapshot.lineage(c)) & set(chosen))


def _write(frame: pd.DataFrame, form: str, about: dict[str, Any]) -> None:
    from indicators.export.edition import Published
    from indicators.export.fields import fields
    from indicators.export.tabular import csv_bytes, json_bytes

    table = Published("assess", "assess", fields(list(frame.columns)), frame)
    data = csv_bytes(table) if form == "csv" else json_bytes(table, about)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


_HEADINGS = {
    "zh": ("地区", "指标", "类别", "目标", "期限", "结论", "报告值", "期间", "差距", "说明"),
    "en": (
        *("Region", "Indicator", "Kind", "Target", "Due", "Verdict", "Value", "Period"),
        *("Distance", "Caveats"),
    ),
}


def _print_table(frame: pd.DataFrame, language: Language) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, pad_edge=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading, overflow="fold")
    for cells in _rows(frame, language):
        table.add_row(*(Text(cell) for cell in cells))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    console.print(table)


#: Comparators as a table shows them; the words of the catalog are too long for a column.
_SIGNS = {">=": "≥ ", "<=": "≤ ", "=": "= ", "~": "≈ ", "between": ""}
_YES = {"zh": "是", "en": "yes"}


def _rows(frame: pd.DataFrame, language: Language) -> Iterator[tuple[str, ...]]:
    for row in frame.to_dict("records"):
        yield _cells(row, language)


def _cells(row: dict[Any, Any], language: Language) -> tuple[str, ...]:
    return (
        f"{row['region_name']} {row['region_code']}",
        row["indicator_name" if language == "zh" else "indicator_name_en"],
        label("target_kind", row["target_kind"], language),
        _target(row, language),
        row["due"] or "—",
        label("verdict", row["verdict"], language),
        _figure(row["value"], row["unit"], language),
        row["period"] or "—",
        _distance(row["distance"], row["distance_unit"]),
        _remarks(row, language),
    )


def _target(row: dict[Any, Any], language: Language) -> str:
    if row["target_kind"] == "milestone":
        return _YES[language]
    upper = "" if row["target_upper"] is None else f"–{row['target_upper']:f}"
    return f"{_SIGNS[row['comparator']]}{row['target']:f}{upper} {row['unit']}"


def _figure(value: Decimal | None, unit: str, language: Language) -> str:
    if value is None:
        return "—"
    if unit == "是/否":
        return _YES[language] if value else {"zh": "否", "en": "no"}[language]
    return f"{value:f} {unit}"


def _distance(value: Decimal | None, unit: str | None) -> str:
    return "—" if value is None or unit in (None, "是/否") else f"{value:+f} {unit}"


def _remarks(row: dict[Any, Any], language: Language) -> str:
    words = [label("caveat", code, language) for code in row["caveats"]]
    if row["reason"]:
        words.insert(0, label("reason", row["reason"], language))
    return ("；" if language == "zh" else "; ").join(words)
