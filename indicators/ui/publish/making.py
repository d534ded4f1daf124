"""How each file is made. Everything comes from one edition: the screen's tables, narrowed."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Hashable
from pathlib import Path

from indicators.export.datapackage import write_package
from indicators.export.docx import circular
from indicators.export.edition import Edition
from indicators.export.formats import WRITERS
from indicators.export.pdf import commitments_pdf
from indicators.export.pictures import draw, drawings
from indicators.export.safe import MARK, file_name
from indicators.export.site import publish
from indicators.export.xlsx import workbook
from indicators.ui.publish.store import Made

#: Called as (done, total) while a long file is being made.
Progress = Callable[[int, int], None]

MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}
_LONGEST = 40  # characters of the title in a file's name
FORMATS = (".csv", ".xlsx", ".json", ".parquet")


def words_only(edition: Edition) -> Made:
    """The circular without its pictures."""
    return Made(circular(edition, []))


def with_pictures(edition: Edition) -> Made:
    """The circular with its pictures; incomplete where no browser could draw them."""
    pictures = draw(drawings(edition))
    return Made(circular(edition, pictures), complete=pictures is not None)


def book(edition: Edition) -> Made:
    """The comparison workbook."""
    return Made(workbook(edition))


def checklist(edition: Edition) -> Made:
    """The list of commitments as PDF. Raises :class:`KnownProblem` without a Chinese font."""
    return Made(commitments_pdf(edition))


def table(edition: Edition, name: str, suffix: str) -> Made:
    """One table in one of :data:`FORMATS`; a workbook holds that table alone."""
    if suffix == ".xlsx" and name == "comparison":
        return book(edition)
    return Made(WRITERS[suffix](edition, name))


def package(edition: Edition) -> Made:
    """All tables as a Frictionless data package, zipped."""
    with tempfile.TemporaryDirectory() as folder:
        write_package(edition, Path(folder))
        return Made(_zipped(Path(folder)))


def snapshot(edition: Edition, progress: Progress) -> Made:
    """The static site, zipped; it opens from the unpacked folder without a server."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        publish(edition, site, lambda _name, done, total: progress(done, total))
        return Made(_zipped(site))


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != MARK:
                archive.write(path, path.relative_to(folder).as_posix())
    return out.getvalue()


def named(edition: Edition, title: str, suffix: str) -> str:
    """``岳阳市…通报_2026-11-21_a5e8ccea.docx``: what it is, its day, its data version."""
    stamp = f"{title[:_LONGEST]}_{edition.as_of.isoformat()}_{edition.snapshot.digest[:8]}"
    return file_name(stamp, suffix)


def key(edition: Edition, *parts: Hashable) -> Hashable:
    """What tells one file from another."""
    return (
        edition.snapshot.digest,
        edition.as_of,
        edition.language,
        edition.regions,
        edition.proposal,
        repr(edition.settings),
        tuple(sorted(edition.verified.items())),
        *parts,
    )
