"""A spreadsheet for the review: its cells as text, its figures as items, and the account."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from indicators.core.candidate import ImportResult
from indicators.core.model import Snapshot
from indicators.core.table_import import ImportOptions
from indicators.files.bulk import import_table
from indicators.ui.curation.draft import Item, proposed

SUFFIXES = (".csv", ".xlsx")
_PLACE = re.compile(r"(?P<sheet>.*?)!?(?P<column>[A-Z]+)(?P<row>[0-9]+)")
_BETWEEN = "　|　"


def is_table(name: str) -> bool:
    """Whether a file of this name is read as a table."""
    return Path(name).suffix.lower() in SUFFIXES


def read(
    data: bytes, name: str, snapshot: Snapshot, options: Mapping[str, str | None]
) -> ImportResult:
    """Every cell of the table and what became of it. Raises :class:`FileRefused`.

    ``options``: region, period, unit where the table states none; parent, whose table it is.
    """
    chosen = ImportOptions(
        parent=_region(options.get("parent"), snapshot),
        region=_region(options.get("region"), snapshot),
        period=options.get("period") or None,
        unit=options.get("unit") or None,
    )
    with tempfile.TemporaryDirectory(prefix="indicators-") as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()}"
        path.write_bytes(data)
        return import_table(path, snapshot, chosen, name=name)


def _region(code: str | None, snapshot: Snapshot) -> str | None:
    return code if code in snapshot.regions else None


def text_of(result: ImportResult) -> tuple[str, dict[str, tuple[int, int]]]:
    """The cells as lines of text, a line per row, and where in it each cell stands."""
    lines: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    before, at = ("", ""), 0
    for cell in result.cells:
        match = _PLACE.fullmatch(cell.place)
        row = (match["sheet"], match["row"]) if match else ("", cell.place)
        if not lines or row != before:
            lines.append("")
            before = row
            at = sum(len(line) + 1 for line in lines[:-1])
        shown = " ".join(cell.text.split()) or "—"
        lead = _BETWEEN if lines[-1] else ""
        places[cell.place] = (at + len(lines[-1]) + len(lead), len(shown))
        lines[-1] += lead + shown
    return "\n".join(lines), places


def items(result: ImportResult) -> list[Item]:
    """Every cell with a figure as an item; its doubts are those of the import."""
    _, places = text_of(result)
    found = []
    for number, candidate in enumerate(result.candidates, 1):
        offset, length = places.get(candidate.section, (None, 0))
        fields = {**proposed(candidate), "section": candidate.section}
        found.append(
            Item(
                number=number,
                fields=fields,
                offset=offset,
                length=length,
                wording=candidate.indicator_text,
                confidence=candidate.confidence,
                reasons=candidate.reasons,
                clear=candidate.status == "accepted" and bool(candidate.indicator_id),
            )
        )
    return found
