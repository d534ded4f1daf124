"""How long each export takes: ``python -m benchmarks.bench_export [rows]``.

Times every writer on the shipped data, then the tidy writers and the workbook on a claims
table repeated to ``rows`` rows (default 100,000).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from indicators.core.problem import Problems
from indicators.export.book import Book
from indicators.export.docx import circular
from indicators.export.edition import Edition, Published
from indicators.export.pdf import commitments_pdf
from indicators.export.pictures import draw, drawings
from indicators.export.site import publish
from indicators.export.tabular import csv_bytes, json_bytes, parquet_bytes
from indicators.export.xlsx import workbook, write_table
from indicators.files.load import load_settings, load_snapshot

ROOT = Path(__file__).resolve().parents[1]


def timed(name: str, work: Callable[[], object]) -> None:
    """Print seconds, size where there is one, and the peak memory so far."""
    start = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - start
    size = f"{len(made) / 1024:,.0f} KB" if isinstance(made, bytes) else ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<34}{seconds:8.2f} s  {size:>12}  peak {peak} MB", flush=True)


def shipped() -> Edition:
    """Everything that ships, on a fixed day."""
    settings = load_settings(ROOT / "config.yaml", Problems())
    snapshot, _ = load_snapshot(ROOT, settings)
    return Edition(snapshot, settings, date(2026, 11, 21))


def main(rows: int) -> None:
    """Shipped data first, then the long table."""
    edition = shipped()
    timed("tables (assess, compare)", lambda: (edition.commitments, edition.comparison))
    timed("workbook", lambda: workbook(edition))
    timed("circular without pictures", lambda: circular(edition, []))
    timed("circular with pictures", lambda: circular(edition, draw(drawings(edition))))
    timed("list of commitments, PDF", lambda: commitments_pdf(edition))
    with tempfile.TemporaryDirectory() as folder:
        timed("site, both languages", lambda: publish(edition, Path(folder) / "site"))
    table = edition.table("claims")
    long = pd.concat([table.frame] * (rows // len(table.frame) + 1), ignore_index=True).head(rows)
    tall = Published(table.name, table.title, table.fields, long)
    timed(f"CSV, {rows:,} rows", lambda: csv_bytes(tall))
    timed(f"JSON, {rows:,} rows", lambda: json_bytes(tall, {}))
    timed(f"Parquet, {rows:,} rows", lambda: parquet_bytes(tall, {}))
    timed(f"workbook, {rows // 10:,} rows", lambda: _sheet(edition, long.head(rows // 10)))


def _sheet(edition: Edition, frame: pd.DataFrame) -> bytes:
    book = Book("zh", "bench")
    write_table(book, edition, "bench", frame, tuple(frame.columns))
    return book.bytes()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
