"""Does the quote stand in the original? Comparison, and the record of its result."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from indicators.core.checks import Report, Sheet
from indicators.core.errors import KnownProblem
from indicators.core.lookup import half_width
from indicators.core.model import Document, NonEmpty, Record, Sha256
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.verification import DocumentRecord, Verification, quote_digest
from indicators.core.wording import clipped, key_path, shown
from indicators.files.atomic import write_atomic
from indicators.files.extract import extract_text
from indicators.files.located_yaml import read_bytes
from indicators.files.table_quotes import SUFFIXES, TableOriginal
from indicators.files.translate import explain

_MAX_ORIGINAL = 50_000_000
_MAX_RECORD = 50_000_000
#: White space in the originals that Python does not count as such.
_ZERO_WIDTH = "\u200b\u2060\ufeff"
_PLAIN = (".txt", ".md")


def folded(text: str) -> tuple[str, list[int]]:
    """``text`` without white space and with full-width forms as ASCII; nothing else changes.

    Also gives, for every character kept, its position in ``text``. Markdown marks, ①,
    ㎡ and 〔〕 stay as they are.
    """
    kept = [i for i, char in enumerate(text) if not (char.isspace() or char in _ZERO_WIDTH)]
    return half_width("".join(text[i] for i in kept)), kept


class Original:
    """The text of one original, folded once for many quotes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._at = folded(text)

    def states(self, quote: str) -> bool:
        """Whether ``quote`` stands in it; 5% does not stand in 65%, nor 达到6 in 达到65."""
        words, _ = folded(quote)
        start = self._folded.find(words) if words else -1
        while start >= 0:
            if self._stands_apart(start, start + len(words) - 1):
                return True
            start = self._folded.find(words, start + 1)
        return False

    def _stands_apart(self, first: int, last: int) -> bool:
        """No figure is cut at either end of the match (neighbours in the text as written)."""
        begin, end = self._at[first], self._at[last]
        before = half_width(self._text[max(0, begin - 2) : begin])
        after = half_width(self._text[end + 1 : end + 3])
        starts = self._folded[first].isdecimal() and _runs_on(before[::-1])
        ends = self._folded[last].isdecimal() and _runs_on(after)
        return not (starts or ends)


def _runs_on(neighbours: str) -> bool:
    """Whether the next character(s), nearest first, continue a figure: 5 or .5"""
    digits = neighbours.replace("．", ".")
    return digits[:1].isdecimal() or (digits[:1] == "." and digits[1:2].isdecimal())


@dataclass
class Outcome:
    """What one comparison found: the new record, and counts for the summary."""

    records: dict[str, DocumentRecord] = field(default_factory=dict)
    found: int = 0
    missing: int = 0
    absent: int = 0


def compare(
    sheets: Sequence[Sheet[Document]],
    folder: Path,
    today: str,
    previous: Verification,
    problems: Problems,
) -> Outcome:
    """Compare every quote and digest with the originals in ``folder``.

    Adds an error for each quote that is not found, each digest that differs and each
    original that cannot be read. Where an original is absent, its earlier record is
    kept with its date and a warning says so.
    """
    outcome = Outcome()
    for sheet in sheets:
        report = Report(problems, sheet.file, sheet.line)
        document = sheet.record
        if has_original(document, folder):
            path = folder / document.source.file
            _compare_one(document, path, today, report, outcome)
            continue
        outcome.absent += 1
        kept = previous.record(document)
        _report_absent(document, kept, report)
        if kept is not None:
            outcome.records[document.id] = kept
    return outcome


def _report_absent(document: Document, kept: DocumentRecord | None, report: Report) -> None:
    message = f"the original {shown(document.source.file)} is not in the sources folder"
    if kept is None:
        report(f"{message} and was never compared", "source", "file")
    else:
        report(f"{message}; the result of {kept.date} stands", "source", "file", severity="warning")


def _compare_one(
    document: Document, path: Path, today: str, report: Report, outcome: Outcome
) -> None:
    place, name = ("source", "file"), document.source.file
    reading = Problems()
    data = read_bytes(path, name, reading, limit=_MAX_ORIGINAL)
    if data is None:
        for problem in reading:
            report(f"the original {shown(name)}: {problem.message}", *place)
        return
    digest = hashlib.sha256(data).hexdigest()
    if digest != document.source.sha256:
        report(
            f"expected the digest of {clipped(name)} ({digest}), found {document.source.sha256}",
            "source",
            "sha256",
        )
    try:
        original = _original(path, data)
    except KnownProblem as problem:
        report(f"the original {shown(name)} cannot be read: {problem}", *place)
        return
    quotes = dict(_compare_quotes(document, original, report, outcome))
    outcome.records[document.id] = DocumentRecord(name, digest, today, quotes)


def _compare_quotes(
    document: Document, original: Original | TableOriginal, report: Report, outcome: Outcome
) -> Iterator[tuple[str, bool]]:
    for position, claim in enumerate(document.claims):
        found = original.states(claim.quote)
        outcome.found += found
        outcome.missing += not found
        if not found:
            report.at("claims", position)(_missing(document, claim.quote), "quote")
        yield quote_digest(claim.quote), found


def _missing(document: Document, quote: str) -> str:
    return f"expected words that stand in {clipped(document.source.file)}, found {shown(quote)}"


def _original(path: Path, data: bytes) -> Original | TableOriginal:
    if path.suffix.lower() in SUFFIXES:
        return TableOriginal(path)
    return Original(_text(path, data))


def _text(path: Path, data: bytes) -> str:
    """Plain text is decoded here; other formats go through the sandboxed readers."""
    if path.suffix.lower() not in _PLAIN:
        return extract_text(path).text
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KnownProblem("neither UTF-8 nor GB18030")


def sources_folder(root: Path, settings: Settings) -> Path | None:
    """The folder of the originals: INDICATORS_SOURCES, else ``sources`` of the settings."""
    named = os.environ.get("INDICATORS_SOURCES")
    if named:
        return Path(named)
    return root / settings.sources if settings.sources else None


def has_original(document: Document, folder: Path) -> bool:
    """Whether the document's original lies in ``folder`` (never outside it)."""
    path = (folder / document.source.file).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def needs_look(document: Document, recorded: Verification) -> bool:
    """Whether the record does not know every quote, and looking is quick (plain text)."""
    plain = Path(document.source.file).suffix.lower() in _PLAIN
    return plain and any(recorded.state(document, c) == "unchecked" for c in document.claims)


def check_recorded(
    sheets: Sequence[Sheet[Document]], recorded: Verification, problems: Problems
) -> None:
    """An error for every quote that the last comparison did not find in its original."""
    for sheet in sheets:
        record = recorded.record(sheet.record)
        for number, claim in enumerate(sheet.record.claims):
            if record is not None and recorded.state(sheet.record, claim) == "missing":
                report = Report(problems, sheet.file, sheet.line, ("claims", number))
                report(f"{_missing(sheet.record, claim.quote)} (compared {record.date})", "quote")


class _ClaimEntry(Record):
    claim: int
    quote_sha256: Sha256
    found: bool


class _DocumentEntry(Record):
    file: NonEmpty
    sha256: Sha256
    sha256_ok: bool
    date: NonEmpty
    claims: tuple[_ClaimEntry, ...]


class _RecordFile(Record):
    documents: Mapping[str, _DocumentEntry]


def load_verification(
    path: Path, file: str | None = None, problems: Problems | None = None
) -> Verification:
    """The recorded result; empty where there is none. A damaged record counts as none."""
    name, collected = file or path.name, Problems() if problems is None else problems
    if not path.exists():
        return Verification()
    data = read_bytes(path, name, collected, limit=_MAX_RECORD)
    if data is None:
        return Verification()
    try:
        content = _RecordFile.model_validate_json(data)
    except ValidationError as error:
        place, words = explain(_RecordFile, error.errors(include_url=False)[0])
        collected.add(name, f"{words}; run verify again", path=key_path(place))
        return Verification()
    return Verification({name: _record(entry) for name, entry in content.documents.items()})


def _record(entry: _DocumentEntry) -> DocumentRecord:
    quotes = {claim.quote_sha256: claim.found for claim in entry.claims}
    return DocumentRecord(entry.file, entry.sha256, entry.date, quotes)


def save_verification(
    path: Path, sheets: Sequence[Sheet[Document]], records: Mapping[str, DocumentRecord]
) -> None:
    """Write the record, sorted, whole or not at all. Raises :class:`KnownProblem`."""
    documents = {
        sheet.record.id: _entry(sheet.record, records[sheet.record.id])
        for sheet in sheets
        if sheet.record.id in records
    }
    text = json.dumps({"documents": documents}, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(path, text.encode() + b"\n")


def _entry(document: Document, record: DocumentRecord) -> dict[str, object]:
    digests = [quote_digest(claim.quote) for claim in document.claims]
    return {
        "file": record.file,
        "sha256": record.sha256,
        "sha256_ok": record.sha256 == document.source.sha256,
        "date": record.date,
        "claims": [
            {"claim": number, "quote_sha256": digest, "found": record.quotes[digest]}
            for number, digest in enumerate(digests, start=1)
            if digest in record.quotes
        ],
    }
