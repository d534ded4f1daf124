"""The documents as they were known on a date, rebuilt from the audit log.

Every entry that changes a document holds the lines that changed and the digest of the
result; a rebuilt text whose digest does not fit is refused, never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from indicators.core.civil_time import CHINA
from indicators.core.errors import KnownProblem
from indicators.core.period import Period
from indicators.core.problem import Problems
from indicators.files.audit import AuditLog, Entry, digest, stamp
from indicators.files.located_yaml import parse_located

Patch = dict[str, Any]


def make_patch(old: str, new: str) -> Patch:
    """The lines of ``new`` between those it begins and ends with in common with ``old``."""
    before, after = old.split("\n"), new.split("\n")
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    return {"head": head, "tail": tail, "lines": after[head : len(after) - tail]}


def _common(first: list[str], second: list[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def apply_patch(old: str, patch: Mapping[str, Any]) -> str:
    """The text that :func:`make_patch` described."""
    lines = old.split("\n")
    end = len(lines) - patch["tail"]
    return "\n".join([*lines[: patch["head"]], *patch["lines"], *lines[end:]])


def documents_as_of(log: AuditLog, folder: Path, day: date) -> dict[str, str]:
    """File name -> text of every document as it was known at the end of ``day`` (in China).

    A document whose first entry is later counts as first seen then; one that the log
    never met is taken from ``folder`` as it stands; one created after ``day`` is absent.
    Raises :class:`KnownProblem` where the log is damaged or a text cannot be rebuilt.
    """
    end = _end(day)
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for entry in settled(log.entries()):
        first = entry["file"] not in seen
        seen.add(entry["file"])
        if entry["when"] < stamp(end) or (first and entry["state"] == "observed"):
            texts[entry["file"]] = _next(texts.get(entry["file"], ""), entry)
    return texts | _never_logged(folder, seen)


def dated_after(texts: Mapping[str, str], day: date) -> dict[str, str]:
    """File name -> date of the documents that did not exist on ``day``, by their own date.

    As everywhere, a document that names a year only counts from the end of that year; one
    whose date cannot be read is not left out.
    """
    found = {name: _dated(text, name) for name, text in texts.items()}
    return {name: str(dated) for name, dated in found.items() if dated and dated.last > day}


def _dated(text: str, name: str) -> Period | None:
    located = parse_located(text.encode("utf-8", "surrogatepass"), name, Problems())
    value = located.value.get("dated") if located and isinstance(located.value, dict) else None
    try:
        return Period.parse(str(value))
    except ValueError:
        return None


def unattested(log: AuditLog, texts: Iterable[str], day: date) -> list[str]:
    """Those of the files ``texts`` that no entry up to ``day`` shows: as first recorded."""
    seen = {entry["file"] for entry in settled(log.entries()) if entry["when"] < stamp(_end(day))}
    return sorted(name for name in texts if name not in seen)


def _end(day: date) -> datetime:
    """The midnight in China that ends ``day``."""
    return datetime.combine(day + timedelta(days=1), time.min, CHINA).astimezone(UTC)


def settled(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that changed a document: observed ones, and intents that were committed.

    The last intent of a log counts although its commit is missing: its document may
    already stand renamed in the folder, and a figure shown has its entry.
    """
    found: list[Entry] = []
    for entry in entries:
        if entry["state"] in ("observed", "intent"):
            found.append(entry)
        elif entry["state"] == "abort":
            found = [other for other in found if other["seq"] != entry["of"]]
    return found


def _next(text: str, entry: Entry) -> str:
    base = "" if entry["state"] == "observed" else text
    result = apply_patch(base, entry["patch"])
    if digest(result) != entry["new"]:
        raise KnownProblem(
            f"{entry['file']}: the text of entry {entry['seq']} cannot be rebuilt from the log"
        )
    return result


def _never_logged(folder: Path, seen: set[str]) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {
        path.name: path.read_text("utf-8")
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in seen and not path.name.startswith(".")
    }
