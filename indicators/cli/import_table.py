"""``import``: a spreadsheet into candidates, with an account of every cell."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from indicators.cli.context import many, note, open_data, region_codes
from indicators.core.errors import KnownProblem

EPILOG = """examples:
  python -m indicators import 各县情况.xlsx --parent 岳阳市 -o candidates.yaml
  python -m indicators import 各县情况.xlsx --parent 岳阳市 -o candidates.yaml --document meta.yaml
  python -m indicators import table.csv --parent 430600 --period 2023 --unit % -o candidates.csv
  python -m indicators import table.xlsx --parent 岳阳市 -o c.yaml --accept-clear \\
      --id yueyang-2023-table --title 2023年卫生统计表 --issuer 岳阳市卫生健康委员会 \\
      --kind bulletin --dated 2024-03

Columns are recognised by the names and aliases of the registry (县域内就诊率（%）,
建档率(%)/2021年); region × indicator, indicator × region and long form are understood.
Every cell is accounted for: read = accepted + rejected + pending. A figure needs a
document: name it now, with --document or the options --id --title --issuer --kind --dated
(--number), or later, when "accept --document META" saves what you have reviewed.
"""
_META = ("id", "title", "issuer", "number", "dated", "kind")


def add_parser(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "import",
        help="read a spreadsheet of figures into candidates",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="table (.csv, .xlsx, .parquet)")
    parser.add_argument("-o", "--output", type=Path, help="candidates (.yaml, .json, .csv)")
    parser.add_argument("--parent", metavar="REGION", help="the region whose table it is")
    parser.add_argument("--region", metavar="REGION", help="of rows that name none")
    parser.add_argument("--period", help="where the table states none, such as 2023")
    parser.add_argument("--unit", help="where the table states none, such as %%")
    parser.add_argument("--document", type=Path, metavar="META", help="fields of the document")
    for name in _META:
        parser.add_argument(f"--{name}", help=f"the document's {name}")
    parser.add_argument(
        "--accept-clear", action="store_true", help="decide accept for figures without doubt"
    )


def run(args: argparse.Namespace) -> int:
    """Write the candidates and print the account; 1 where there is none."""
    from indicators.core.table_import import ImportOptions
    from indicators.files import candidates
    from indicators.files.bulk import import_table

    snapshot = open_data(args).snapshot
    parent = _one_region(args.parent, snapshot)
    options = ImportOptions(
        parent, _one_region(args.region, snapshot), _period(args.period), _unit(args.unit)
    )
    result = import_table(args.file, snapshot, options)
    rows = [candidates.to_row(candidate) for candidate in result.candidates]
    for row in rows:
        if args.accept_clear and row["status"] == "accepted":
            row["decision"] = "accept"
    _print_account(result)
    if args.output is not None:
        document = _document(args, parent)
        _write(args.output, candidates.dump(rows, document, args.output.suffix))
        print(f"{args.output}: {many(len(rows), 'candidate')}")
        if "id" not in document:
            note(args, "no document is named yet: accept asks for it (--document META)")
    return 0 if rows else 1


def _one_region(word: str | None, snapshot: Any) -> str | None:
    return region_codes([word], snapshot)[0] if word else None


def _period(text: str | None) -> str | None:
    from indicators.core.period import Period

    if text is None:
        return None
    try:
        return Period.parse(text).text
    except ValueError as error:
        raise KnownProblem(f"--period: {error}") from None


def _unit(text: str | None) -> str | None:
    from indicators.core.recognise import unit_of

    if text is None:
        return None
    symbol = unit_of(text)
    if symbol is None:
        raise KnownProblem(f'--unit: expected a known unit, found "{text}"')
    return symbol


def _document(args: argparse.Namespace, parent: str | None) -> dict[str, Any]:
    """Fields of the document: META, then the options; the digest is the file's own.

    Where none is given, only what the table itself says: ``accept`` asks for the rest.
    Raises :class:`KnownProblem` where some are given and a field is missing.
    """
    from indicators.files.candidates import read_meta

    meta = read_meta(args.document) if args.document else {}
    meta |= {name: getattr(args, name) for name in _META if getattr(args, name) is not None}
    named = bool(meta)
    if parent is not None:
        meta.setdefault("region", parent)
    digest = hashlib.sha256(args.file.read_bytes()).hexdigest()
    meta.setdefault("source", {"file": args.file.name, "sha256": digest})
    missing = [name for name in ("id", "title", "issuer", "dated", "kind", "region")
               if not meta.get(name)]  # fmt: skip
    if named and missing:
        wanted = ", ".join(missing)
        raise KnownProblem(f"a figure needs its document; missing: {wanted} (see --help)")
    return meta


def _write(path: Path, data: bytes) -> None:
    from indicators.files.atomic import write_atomic

    write_atomic(path, data)


def _print_account(result: Any) -> None:
    from indicators.core.candidate import CELL_REASONS, TRAPS

    account = result.account
    print(
        f"{result.file}: {account.read} cells read = {account.accepted} accepted "
        f"+ {account.rejected} rejected + {account.pending} pending"
    )
    for (status, reason), number in account.by_reason.items():
        zh, en = CELL_REASONS[reason]
        print(f"  {status:8} {number:6}  {en} {zh}")
    for code, places in result.traps.items():
        zh, en = TRAPS[code]
        shown = ", ".join(places[:5]) + (" …" if len(places) > 5 else "")
        print(f"  note: {en} {zh}: {shown}", file=sys.stderr)
