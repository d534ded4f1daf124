"""How saves and foreign files fare at length: kills, rival writers, tampering, damaged files.

    python benchmarks/bench_durability.py            all of it, some minutes
    python benchmarks/bench_durability.py --quick    a tenth
    python benchmarks/bench_durability.py kills      one part

Exits 1 if a file is torn, an edit lost, a tampered log or a damaged file goes unnoticed.
Everything is built in a temporary folder; invented places and figures only.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import docx
import openpyxl
import typst

from indicators.core.errors import KnownProblem
from indicators.core.table_import import ImportOptions
from indicators.files.audit import AuditLog, verify
from indicators.files.bulk import import_table
from indicators.files.extract import extract_text
from indicators.files.load import load_snapshot
from indicators.files.operations import ChangeClaim, Edit
from indicators.files.write import StaleEdit, Store
from tests.durability.test_saves import NAME, assert_whole, ended, in_child
from tests.support.installation import install, store
from tests.unit import hostile
from tests.unit.test_audit import _tampered
from tests.unit.test_extract import _PAGE, _TYPST, _mutated


def edit(box: Store, number: int, value: str) -> Edit:
    """A correction of one claim to a value, with its words."""
    fields = {"value": value, "quote": f"达到{value}%"}
    return Edit(box.open(NAME), [ChangeClaim(number, fields, "更正")])


def kills(folder: Path, runs: int) -> dict[str, int]:
    """A process that saves without pause is killed at a random moment, again and again."""
    box, source, found = store(folder), random.Random(1), Counter[str]()
    for run in range(runs):

        def work(run: int = run) -> None:
            for number in range(10_000):
                text = f"{(run * 131 + number) % 9900 // 100}.{(run * 131 + number) % 100:02d}"
                try:
                    box.save(edit(box, 1, text), by="chen")
                except KnownProblem as problem:
                    if "changes nothing" not in str(problem):
                        raise

        child = in_child(work)
        time.sleep(source.uniform(0.002, 0.05))
        os.kill(child, signal.SIGKILL)
        found["not killed"] += ended(child) != -signal.SIGKILL
        try:
            assert_whole(box)
        except Exception as error:
            found[f"broken: {type(error).__name__} {error}"] += 1
        chain = AuditLog(box.log.path).chain()
        found["left open, settled by the next save"] += chain.open is not None
    report = verify(AuditLog(box.log.path), box.folder)
    return {"kills": runs, "saves logged": report.saves, **found}


def writers(folder: Path, each: int) -> dict[str, int]:
    """Eight writers correct eight claims of one document; a stale edit is entered again."""
    box = store(folder)
    base = box.open(NAME).text
    claim = base[base.index("  - indicator: county") :]
    years = "".join(claim.replace("2021", str(2010 + n)) for n in range(8))
    (box.folder / f"{NAME}.yaml").write_text(base.replace(claim, years), "utf-8")

    def write(writer: int) -> None:
        stale = 0
        for number in range(each):
            while True:
                try:
                    box.save(
                        edit(box, 2 + writer, f"{number // 10}.{number % 10}5"), by=f"w{writer}"
                    )
                    break
                except StaleEdit:
                    stale += 1
        (folder / f"stale-{writer}").write_text(str(stale))

    children = [in_child(lambda w=writer: write(w)) for writer in range(8)]
    failed = sum(ended(child) != 0 for child in children)
    entries = [entry for entry in box.log.entries() if entry["state"] == "intent"]
    kept = Counter(entry["who"] for entry in entries)
    assert_whole(box)
    stale = sum(int(path.read_text()) for path in folder.glob("stale-*"))
    return {
        "edits": 8 * each,
        "failed writers": failed,
        "lost": 8 * each - sum(kept.values()),
        "stale, refused and entered again": stale,
    }


def tampering(folder: Path, count: int) -> dict[str, int]:
    """One change of any kind to a log of ten saves."""
    box, source, unnoticed = store(folder), random.Random(5), 0
    for number in range(10):
        box.save(edit(box, 1, f"{number}.55"), by="chen")
    head, original = verify(box.log, box.folder).head, box.log.path.read_bytes()
    for _ in range(count):
        box.log.path.write_bytes(_tampered(original, source))
        report = verify(AuditLog(box.log.path), box.folder, head=head)
        unnoticed += not (report.problems or report.notices)
    return {"tampered logs": count, "unnoticed": unnoticed}


def originals(folder: Path) -> dict[str, bytes]:
    """One sound file of each kind."""
    book = openpyxl.Workbook()
    for row in (["地区", "建档率（%）"], ["甲山县", 93.05], ["乙水县", "…"]):
        book.active.append(row)
    book.save(folder / "o.xlsx")
    document = docx.Document()
    document.add_paragraph("建档率达到93.05%")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "地区"
    document.save(str(folder / "o.docx"))
    typst.compile(_TYPST.encode(), output=str(folder / "o.pdf"))
    return {
        "xlsx": (folder / "o.xlsx").read_bytes(),
        "docx": (folder / "o.docx").read_bytes(),
        "pdf": (folder / "o.pdf").read_bytes(),
        "html": _PAGE.format(charset="utf-8").encode(),
        "csv": "地区,建档率（%）\n甲山县,93.05\n乙水县,88\n".encode(),
    }


def damaged(folder: Path, count: int) -> dict[str, int]:
    """Mutated documents and workbooks: read whole, or refused by name and place."""
    snapshot, _ = load_snapshot(folder, install(folder))
    source, sound = random.Random(9), originals(folder)
    cases = [
        (f"m{n}.{kind}", _mutated(sound[kind], source))
        for n, kind in zip(range(count), list(sound) * count, strict=False)
    ]

    def judge(case: tuple[str, bytes]) -> str:
        name, data = case
        path = hostile.write(folder, name, data)
        start = time.monotonic()
        try:
            if path.suffix in (".xlsx", ".csv"):
                result = import_table(path, snapshot, ImportOptions("990100", period="2021"))
                verdict = "read" if result.account.balanced else "UNBALANCED"
            else:
                verdict = "read" if extract_text(path).text else "EMPTY"
        except KnownProblem as problem:
            verdict = "refused" if str(problem).startswith(f"{name}: ") else "UNNAMED"
        except Exception as error:
            verdict = f"UNCAUGHT {type(error).__name__}"
        path.unlink()
        return verdict if time.monotonic() - start < 20 else "SLOW"

    with ThreadPoolExecutor(2) as pool:
        return {"damaged files": count, **Counter(pool.map(judge, cases))}


def main() -> int:
    """Run the parts and print their counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("parts", nargs="*", help="kills writers tampering damaged (all)")
    args = parser.parse_args()
    share = 10 if args.quick else 1
    parts = (
        (kills, 300 // share),
        (writers, 100 // share),
        (tampering, 100),
        (damaged, 2_000 // share),
    )
    bad = 0
    for part, count in parts:
        if args.parts and part.__name__ not in args.parts:
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            found = part(Path(name), count)
        shown = ", ".join(f"{key}: {value}" for key, value in found.items())
        print(f"{part.__name__}: {shown} ({time.monotonic() - start:.1f} s)", flush=True)
        bad += sum(
            value
            for key, value in found.items()
            if key in ("unnoticed", "lost", "failed writers", "not killed")
            or key.startswith("broken")
            or key.split()[0].isupper()
        )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
