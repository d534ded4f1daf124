"""``audit``: verify the log of all saves, show it, and rebuild the data as known on a date."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indicators.cli.context import Context, iso_date, many, note, open_context
from indicators.core.errors import KnownProblem

_EPILOG = """examples:
  python -m indicators audit verify                       the chain, and the documents against it
  python -m indicators audit verify --head 3f0c…          … and that this entry still stands in it
  python -m indicators audit show yueyang-2022-npc-162    who changed what, when and why
  python -m indicators audit as-of 2026-06-30 -o folder   the documents as known on that day

"as-of" leaves out documents dated after that day and names them; a document that no save
up to that day shows is taken as it was first recorded, and named too.

Keep the hash that "verify" prints somewhere else: with it even a log rewritten from its
first entry is recognised. Exit code 1 if anything is wrong.
"""


def add_parser(subparsers: Any) -> None:
    """Register the command and its three actions."""
    parser = subparsers.add_parser(
        "audit",
        help="verify, show or replay the log of all saves",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check the log and the documents against it")
    verify.add_argument("--head", metavar="HASH", help="a hash noted earlier")
    show = actions.add_parser("show", help="list the saves")
    show.add_argument("document", nargs="?", help="of this document only")
    show.add_argument("--format", choices=("text", "json"), default="text")
    replay = actions.add_parser("as-of", help="rebuild the documents as known on a date")
    replay.add_argument("date", type=iso_date, metavar="DATE")
    replay.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="write them there")


def run(args: argparse.Namespace) -> int:
    """Run one of the actions."""
    context = open_context(args)
    actions = {"verify": _verify, "show": _show, "as-of": _as_of}
    return actions[args.action](args, context)


def _log(context: Context) -> Any:
    from indicators.files.audit import AuditLog

    name = context.settings.paths.audit
    return AuditLog(context.root / name, name)


def _folder(context: Context) -> Path:
    return context.root / context.settings.paths.documents


def _verify(args: argparse.Namespace, context: Context) -> int:
    from indicators.files.audit import verify

    report = verify(_log(context), _folder(context), args.head)
    for line in report.notices:
        print(f"note: {line}")
    for line in report.problems:
        print(f"problem: {line}")
    print(
        f"{many(report.saves, 'save')} in {report.entries} "
        f"{'entry' if report.entries == 1 else 'entries'}; head {report.head}"
    )
    return 1 if report.problems else 0


def _show(args: argparse.Namespace, context: Context) -> int:
    from indicators.files.history import settled

    entries = [
        entry
        for entry in settled(_log(context).entries())
        if entry["state"] == "intent" and args.document in (None, entry["document"])
    ]
    if args.format == "json":
        kept = [{k: v for k, v in entry.items() if k != "patch"} for entry in entries]
        print(json.dumps(kept, ensure_ascii=False, indent=1))
    else:
        for entry in entries:
            print("\n".join(_lines(entry)))
    return 0


def _lines(entry: dict[str, Any]) -> Iterable[str]:
    yield f"{entry['seq']}  {entry['when'][:19]}Z  {entry['who']}  {entry['document']}"
    for change in entry["changes"]:
        reason = f"  ({change['reason']})" if change["reason"] else ""
        yield f"    {change['type']} {change['claim']}{reason}"
        before, after = change["before"] or {}, change["after"] or {}
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                yield f"        {name}: {before.get(name)} -> {after.get(name)}"


def _as_of(args: argparse.Namespace, context: Context) -> int:
    """The documents of that day: none that is dated later, as the dashboard reads them."""
    from indicators.files.history import dated_after, documents_as_of, unattested
    from indicators.files.yaml_edit import claims_of

    day = args.date
    texts = documents_as_of(_log(context), _folder(context), day)
    later = dated_after(texts, day)
    texts = {name: text for name, text in sorted(texts.items()) if name not in later}
    if args.output is not None:
        _write(args.output, texts)
    for name, text in texts.items():
        print(f"{name}: {many(len(claims_of(text)), 'claim')}")
    print(f"{many(len(texts), 'document')} known on {day}")
    for name, dated in sorted(later.items()):
        note(args, f"left out, dated after {day}: {name} ({dated})")
    for name in unattested(_log(context), texts, day):
        note(args, f"no save up to {day} shows it, taken as it was first met: {name}")
    return 0


def _write(folder: Path, texts: dict[str, str]) -> None:
    from indicators.files.atomic import write_atomic

    if folder.exists() and any(folder.iterdir()):
        raise KnownProblem(f"{folder}: the folder is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_atomic(folder / name, text.encode("utf-8"))
