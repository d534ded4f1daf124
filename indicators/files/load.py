"""Folders to a Snapshot, and a problem with file and line for everything refused."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from indicators.core.model import Document, RegistryFile, Snapshot
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.wording import shown
from indicators.files.located_yaml import Located, key_path, read_located
from indicators.files.regions import read_regions
from indicators.files.translate import build, explain

Model = TypeVar("Model", bound=BaseModel)
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


def load_snapshot(root: Path, settings: Settings) -> tuple[Snapshot, Problems]:
    """Read registry, regions and documents below ``root`` (the folder of config.yaml).

    A file with an error is left out whole and named in ``Snapshot.left_out``; the
    others stand. Never raises for what the files contain.
    """
    reading = _Reading(root)
    regions = read_regions(*reading.place(settings.paths.regions), reading.problems)
    reading.files[regions.file] = regions.data
    registry = reading.folder(settings.paths.registry, RegistryFile)
    documents = reading.folder(settings.paths.documents, Document)
    left_out = [*regions.left_out, *reading.left_out]
    snapshot = Snapshot(
        themes=tuple(sheet.record.theme for sheet in registry),
        indicators={
            indicator.id: indicator.model_copy(update={"theme": sheet.record.theme.id})
            for sheet in registry
            for indicator in sheet.record.indicators
        },
        identities=tuple(identity for sheet in registry for identity in sheet.record.identities),
        regions=regions.regions,
        documents=tuple(sheet.record for sheet in documents),
        digest=digest(reading.files),
        left_out=tuple(left_out),
    )
    return snapshot, reading.problems


def digest(files: dict[str, bytes]) -> str:
    """SHA-256 over the sorted (relative path, bytes) of all files: the data version."""
    total = hashlib.sha256()
    for name in sorted(files):
        path = os.fsencode(name)
        total.update(b"%d:%s%d:" % (len(path), path, len(files[name])))
        total.update(files[name])
    return total.hexdigest()


@dataclass
class Sheet:
    """One record and the file it came from."""

    file: str
    record: Any
    located: Located


@dataclass
class _Reading:
    """One run over the folders: what was read, what was wrong, what was left out."""

    root: Path
    problems: Problems = field(default_factory=Problems)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def place(self, name: str) -> tuple[Path, str]:
        """The file or folder of a configured name, and how messages call it."""
        path = self.root / name
        return path, display(path, self.root)

    def folder(self, name: str, model: type[Model]) -> list[Sheet]:
        """The records of all sound YAML files of a folder, in name order."""
        folder, shown_as = self.place(name)
        return [s for path in self._yaml_files(folder, shown_as) for s in self._read(path, model)]

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

    def _read(self, path: Path, model: type[Model]) -> Iterator[Sheet]:
        file = display(path, self.root)
        located, data = read_located(path, file, self.problems)
        self.files[file] = data
        record = None if located is None else build(model, located, self.problems)
        if located is None or record is None:
            self.left_out.append(file)
        else:
            yield Sheet(file, record, located)


def display(path: Path, root: Path) -> str:
    """``path`` as messages call it: relative to ``root`` where it lies below, printable always."""
    name = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
