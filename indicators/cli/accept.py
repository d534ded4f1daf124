"""``accept``: reviewed candidates into data/documents."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from indicators.cli.context import note, open_context
from indicators.core.errors import KnownProblem

_EPILOG = """examples:
  python -m indicators accept candidates.yaml --by 陈
  python -m indicators accept candidates.csv --document meta.yaml --dry-run

Each candidate carries "decision: accept" or "decision: reject" with a reason; without a
decision it is left alone. If one accepted candidate is refused (unknown indicator, unit,
region; a value out of bounds; personal data; …) everything wrong is listed and nothing is
saved. meta.yaml holds the fields of a new document: id, title, kind, issuer, number,
region, dated, source.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "accept",
        help="append reviewed candidates to data/documents",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="candidates (.yaml, .json, .csv)")
    parser.add_argument("--by", metavar="NAME", help="who accepts (the user name)")
    parser.add_argument("--document", type=Path, metavar="META", help="fields of the document")
    parser.add_argument("--dry-run", action="store_true", help="show the change, save nothing")


def run(args: argparse.Namespace) -> int:
    """Save the accepted candidates; 1 where nothing is accepted."""
    from indicators.files import accepting, candidates
    from indicators.files.write import Store

    context = open_context(args)
    file = candidates.read(args.file)
    chosen = accepting.decided(file)
    meta = candidates.read_meta(args.document) if args.document else {}
    store = Store(context.root, context.settings)
    store.recover()
    documents = context.snapshot.documents
    plans = accepting.plan(store, file, chosen.accepted, documents, meta)
    refused = accepting.refusals(store, plans, file.name)
    if refused:
        raise KnownProblem("nothing was saved\n" + "\n".join(refused))
    if args.dry_run:
        for planned in plans:
            print(store.preview(planned.edit).difference())
    else:
        _save(args, store, plans)
    counts = [len(part) for part in (chosen.accepted, chosen.rejected, chosen.open)]
    print(
        f"{len(file.rows)} candidates = {counts[0]} accepted + {counts[1]} rejected "
        f"+ {counts[2]} not decided"
    )
    return 0 if plans else 1


def _save(args: argparse.Namespace, store: Any, plans: Any) -> None:
    from indicators.files import accepting

    for saved in accepting.save_all(store, plans, args.by or getpass.getuser()):
        added = len(saved.entry["changes"])
        place = f"{store.settings.paths.documents}/{saved.document.name}"
        print(f"{place}: {added} claims added, audit entry {saved.entry['seq']}")
        for remark in saved.notes:
            note(args, remark)
