"""``publish``: the static site that any web server, or a USB stick, can serve."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.cli.context import note
from indicators.cli.selection import add_selection, edition

if TYPE_CHECKING:
    from indicators.export.edition import Edition

_EPILOG = """examples:
  python -m indicators publish site
  python -m indicators publish site --as-of 2026-11-21
  python -m indicators publish /srv/www/indicators --quiet

Writes HTML in Chinese and English, the tables as CSV and JSON, and datapackage.json. The
folder is written aside and swapped in whole; a folder with other files is refused.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "publish",
        help="write a self-contained static site",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    add_selection(parser)


def run(args: argparse.Namespace) -> int:
    """Write the site whole or not at all."""
    chosen = edition(args)
    pages = _publish(chosen, args.folder, quiet=args.quiet)
    note(args, f"{pages} pages written to {args.folder}")
    return 0


def _publish(chosen: Edition, folder: Path, *, quiet: bool) -> int:
    """The site, with a progress bar on stderr unless ``quiet``."""
    from rich.console import Console
    from rich.progress import Progress

    from indicators.export.site import publish

    with Progress(console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task("publish", total=None)

        def show(name: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=name[:40])

        return publish(chosen, folder, show)
