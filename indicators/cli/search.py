"""``search``: which indicator a name means."""

from __future__ import annotations

import argparse
import json
from typing import Any

from indicators.cli.context import note, open_data
from indicators.core.lookup import find
from indicators.core.model import Indicator

_EPILOG = """examples:
  python -m indicators search 县域就诊率
  python -m indicators search 死亡率 --format json

An exact name or alias gives that indicator alone; otherwise all whose names contain the
text. Nothing is guessed. Exit code 1 if no indicator is called so.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "search",
        help="find an indicator by id, name or alias",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", nargs="+", help="a name or part of one")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the indicators found, nearest first; 1 if there is none."""
    text = " ".join(args.text)
    found = find(text, open_data(args).snapshot.indicators.values())
    if args.format == "json":
        print(json.dumps([_entry(i) for i in found], ensure_ascii=False, indent=1))
    else:
        for indicator in found:
            print("\n".join(_lines(indicator)))
    if not found:
        note(args, f'no indicator is called "{text}"')
    return 0 if found else 1


def _entry(indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator_id": indicator.id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "aliases": list(indicator.aliases),
        "unit": indicator.unit,
        "theme_id": indicator.theme,
        "not_to_be_confused_with": [
            {"indicator_id": c.id, "why": c.why} for c in indicator.confusable_with
        ],
    }


def _lines(indicator: Indicator) -> list[str]:
    lines = [f"{indicator.id}  {indicator.name.zh}  {indicator.name.en}  [{indicator.unit}]"]
    if indicator.aliases:
        lines.append(f"    又称 also called: {'、'.join(indicator.aliases)}")
    lines += [
        f"    不同于 not: {confusable.id}（{confusable.why}）"
        for confusable in indicator.confusable_with
    ]
    return lines
