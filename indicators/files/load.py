"""Folders to a Snapshot, and a problem with file and line for everything refused."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from indicators.core.check_documents import check_documents
from indicators.core.check_registry import check_registry
from indicators.core.checks import Known, Sheet
from indicators.core.model import (
    Document,
    Identity,
    Indicator,
    Record,
    Region,
    RegistryFile,
    Snapshot,
)
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.wording import key_path, shown
from indicators.files.located_yaml import Located, read_located
from indicators.files.partial import sound_part
from indicators.files.quotes import (
    check_recorded,
    compare,
    has_original,
    load_verification,
    needs_look,
    sources_folder,
)
from indicators.files.regions import read_regions
from indicators.files.translate import build, explain

Model = TypeVar("Model", bound=Record)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def load_settings(path: Path, problems: Problems) -> Settings:
    """The settings of ``config.yaml``; a refused setting falls back to its default.

    The defaults are the safe ones (``role: public``), so that a broken file never
    opens anything.
    """
    located, _ = read_located(path, path.name, problems)
    if located is None:
        return Settings()
    if not isinstance(located.value, dict):
        problems.add(located.file, f"expected a mapping of fields, found {shown(located.value)}")
        return Settings()
    values = {key: value for key, value in located.value.items() if value is not None}
    settings = _accept_sound(values, located, problems)
    return _with_sound_date(settings, located, problems)


def _accept_sound(values: dict[str, Any], located: Located, problems: Problems) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)
    for detail in details:
        place, message = explain(Settings, detail)
        problems.add(located.file, message, line=located.line(place), path=key_path(place))
    refused = {detail["loc"][0] for detail in details}
    return Settings.model_validate({k: v for k, v in values.items() if k not in refused})


def _with_sound_date(settings: Settings, located: Located, problems: Problems) -> Settings:
    try:
        settings.as_of_date(date.min)
        if settings.as_of == "today" or _ISO_DATE.fullmatch(settings.as_of):
            return settings
    except ValueError:
        pass
    message = f"expected today or a date such as 2026-11-21, found {shown(settings.as_of)}"
    problems.add(located.file, message, line=located.line(("as_of",)), path="as_of")
    return settings.model_copy(update={"as_of": "today"})


#: How quotes are looked at. ``quick``: the record of ``verify``; where it does not know a
#: quote and the original is a plain text at hand, the original. ``full``: every original at
#: hand, the record for the others. ``none``: not at all.
Quotes = Literal["quick", "full", "none"]


def load_snapshot(root: Path, settings: Settings) -> tuple[Snapshot, Problems]:
    """Read registry, regions and documents below ``root`` (the folder of config.yaml).

    A file with an error is left out whole and named in ``Snapshot.left_out``; so is a
    document with a quote that does not stand in its original. The others stand. A
    claim on an indicator whose registry file was left out is left out alone. Never
    raises for what the files contain.
    """
    loaded = load(root, settings)
    return loaded.snapshot, loaded.problems


@dataclass(frozen=True)
class Loaded:
    """What :func:`load` read: the snapshot, the problems, the sound documents with their lines."""

    snapshot: Snapshot
    problems: Problems
    documents: list[Sheet[Document]]
    file_count: int


def load(root: Path, settings: Settings, quotes: Quotes = "quick") -> Loaded:
    """As :func:`load_snapshot`, with the lines of the documents and a choice about quotes."""
    reading = _Reading(root)
    regions = read_regions(*reading.place(settings.paths.regions), reading.problems)
    reading.files[regions.file] = regions.data
    reading.left_out += regions.left_out
    registry = _sound_registry(reading, settings, regions.regions)
    known = Known(
        indicators={
            indicator.id: indicator for sheet in registry for indicator in _indicators(sheet.record)
        },
        regions=regions.regions,
        refused=frozenset(reading.declared),
        unread=reading.unread,
    )
    sheets = reading.folder(settings.paths.documents, Document)
    check_documents(sheets, known, reading.problems)
    if quotes != "none":
        _check_quotes(sheets, reading, settings, quotes)
    documents = reading.sound(sheets)
    snapshot = _snapshot(registry, known, documents, reading)
    return Loaded(snapshot, reading.problems, documents, len(reading.files))


def _check_quotes(
    sheets: list[Sheet[Document]], reading: _Reading, settings: Settings, quotes: Quotes
) -> None:
    record_path, name = reading.place(settings.paths.verification)
    recorded = load_verification(record_path, name, reading.problems)
    folder = sources_folder(reading.root, settings)
    at_hand = [
        sheet
        for sheet in sheets
        if folder is not None
        and has_original(sheet.record, folder)
        and (quotes == "full" or needs_look(sheet.record, recorded))
    ]
    others = [sheet for sheet in sheets if sheet not in at_hand]
    check_recorded(others, recorded, reading.problems)
    if folder is not None:
        compare(at_hand, folder, "", recorded, reading.problems)


def _snapshot(
    registry: list[Sheet[RegistryFile]],
    known: Known,
    documents: list[Sheet[Document]],
    reading: _Reading,
) -> Snapshot:
    placed = tuple(_placeable(sheet, known, reading) for sheet in documents)
    return Snapshot(
        themes=tuple(sheet.record.theme for sheet in registry),
        indicators={name: _without_unknown(i, known) for name, i in known.indicators.items()},
        identities=tuple(
            identity
            for sheet in registry
            for identity in sheet.record.identities
            if _named(identity) <= known.indicators.keys()
        ),
        regions=known.regions,
        documents=placed,
        digest=digest(reading.files),
        left_out=tuple(reading.left_out),
    )


def _sound_registry(
    reading: _Reading, settings: Settings, regions: Mapping[str, Region]
) -> list[Sheet[RegistryFile]]:
    sheets = reading.folder(settings.paths.registry, RegistryFile)
    check_registry(sheets, regions, reading.problems, frozenset(reading.declared))
    return reading.sound(sheets)


def _placeable(sheet: Sheet[Document], known: Known, reading: _Reading) -> Document:
    """The document without the claims whose registry file was left out."""
    document = sheet.record
    kept = tuple(claim for claim in document.claims if claim.indicator in known.indicators)
    lost = len(document.claims) - len(kept)
    if not lost:
        return document
    reading.left_out.append(f"{sheet.file} ({lost} of {len(document.claims)} claims)")
    return document.model_copy(update={"claims": kept})


def _indicators(file: RegistryFile) -> Iterator[Indicator]:
    for indicator in file.indicators:
        yield indicator.model_copy(update={"theme": file.theme.id})


def _without_unknown(indicator: Indicator, known: Known) -> Indicator:
    """Without confusables whose registry file was left out."""
    kept = tuple(c for c in indicator.confusable_with if c.id in known.indicators)
    if len(kept) == len(indicator.confusable_with):
        return indicator
    return indicator.model_copy(update={"confusable_with": kept})


def _named(identity: Identity) -> set[str]:
    return {*identity.parts} | {i for i in (identity.total, identity.share) if i is not None}


def digest(files: dict[str, bytes]) -> str:
    """SHA-256 over the sorted (relative path, bytes) of all files: the data version."""
    total = hashlib.sha256()
    for name in sorted(files):
        path = os.fsencode(name)
        total.update(b"%d:%s%d:" % (len(path), path, len(files[name])))
        total.update(files[name])
    return total.hexdigest()


@dataclass
class _Reading:
    """One run over the folders: what was read, what was wrong, what was left out."""

    root: Path
    problems: Problems = field(default_factory=Problems)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    unread: bool = False

    def place(self, name: str) -> tuple[Path, str]:
        """The file or folder of a configured name, and how messages call it."""
        path = self.root / name
        return path, display(path, self.root)

    def folder(self, name: str, model: type[Model]) -> list[Sheet[Model]]:
        """The records of a folder's YAML files, in name order.

        Of a refused file the sound part is given: it is checked too, then left out
        by :meth:`sound`, because the file has an error.
        """
        folder, shown_as = self.place(name)
        return [s for path in self._yaml_files(folder, shown_as) for s in self._read(path, model)]

    def sound(self, sheets: list[Sheet[Model]]) -> list[Sheet[Model]]:
        """The sheets without an error; the others are left out."""
        bad = {problem.file for problem in self.problems.errors()}
        self.left_out += [sheet.file for sheet in sheets if sheet.file in bad]
        return [sheet for sheet in sheets if sheet.file not in bad]

    def _yaml_files(self, folder: Path, shown_as: str) -> Iterable[Path]:
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError as error:
            self.problems.add(shown_as, f"cannot be read: {error.strerror or error}")
            self.left_out.append(shown_as)
            return []
        for name in names:
            if name.endswith(".yml") and not name.startswith("."):
                file = display(folder / name, self.root)
                self.problems.add(file, 'expected a name ending in ".yaml"; the file is not read')
                self.left_out.append(file)
        return [folder / n for n in names if n.endswith(".yaml") and not n.startswith(".")]

    def _read(self, path: Path, model: type[Model]) -> Iterator[Sheet[Model]]:
        file = display(path, self.root)
        located, data = read_located(path, file, self.problems)
        self.files[file] = data
        record = None if located is None else build(model, located, self.problems)
        if model is RegistryFile:
            self._declare(located)
        if located is not None and record is not None:
            yield Sheet(file, record, located.line)
        elif located is not None and (part := sound_part(model, located.value, file)):
            yield Sheet(file, part[0], located.line, part[1])
        else:
            self.left_out.append(file)

    def _declare(self, located: Located | None) -> None:
        """Keep the ids a registry file declares, so that its refusal is not blamed on others."""
        found = located.value if located is not None else None
        entries = found.get("indicators") if isinstance(found, dict) else None
        if not isinstance(entries, list):
            self.unread = True
            return
        ids = {entry.get("id") for entry in entries if isinstance(entry, dict)}
        self.declared |= {name for name in ids if isinstance(name, str)}


def display(path: Path, root: Path) -> str:
    """``path`` as messages call it: relative to ``root`` where it lies below, printable always."""
    name = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
