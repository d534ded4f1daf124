"""What ``check`` would say of a document file if it had a given text.

The writer asks before it renames anything: nothing that ``check`` refuses is written.
Registry, regions and the other documents are read once and again only when their
files have changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from indicators.core.check_documents import check_documents
from indicators.core.checks import Known, Sheet
from indicators.core.model import Document
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.files.load import display, load_snapshot
from indicators.files.located_yaml import parse_located
from indicators.files.quotes import (
    check_recorded,
    compare,
    has_original,
    load_verification,
    sources_folder,
)
from indicators.files.translate import build

#: inode, size and time of change: a renamed-in file differs in the first.
Stamp = tuple[str, int, int, int]


def _stamps(folder: Path) -> tuple[Stamp, ...]:
    """One stamp per YAML file of a folder (or of a single file), in name order."""
    names = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    return tuple(_stamp(path) for path in names if path.is_file() and path.name[0] != ".")


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return path.name, status.st_ino, status.st_size, status.st_mtime_ns


@dataclass
class Vetting:
    """Checks document texts against one installation's registry, regions and documents."""

    root: Path
    settings: Settings
    _known: Known | None = None
    _known_as: tuple[Stamp, ...] = ()
    _sheets: dict[str, tuple[Stamp, Sheet[Document] | None]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder of the document files."""
        return self.root / self.settings.paths.documents

    def problems(self, name: str, text: str) -> Problems:
        """Every problem of the file ``name`` (``x.yaml``) with this text, beside the others."""
        found = Problems()
        sheet = self._sheet(name, text.encode("utf-8", "surrogatepass"), found)
        if sheet is not None:
            others = [other for other in self._others(name) if other is not None]
            everything = Problems()
            check_documents([*others, sheet], self.known(), everything)
            found.items += [problem for problem in everything if problem.file == sheet.file]
            self._check_quotes(sheet, found)
        return found

    def _check_quotes(self, sheet: Sheet[Document], problems: Problems) -> None:
        """Compare the quotes with the original where it is at hand and they are new."""
        recorded = load_verification(self.root / self.settings.paths.verification)
        folder = sources_folder(self.root, self.settings)
        document = sheet.record
        new = any(recorded.state(document, claim) == "unchecked" for claim in document.claims)
        if new and folder is not None and has_original(document, folder):
            compare([sheet], folder, "", recorded, problems)
        else:
            check_recorded([sheet], recorded, problems)

    def known(self) -> Known:
        """Indicators and regions as they stand on disk now."""
        paths = self.settings.paths
        stamps = _stamps(self.root / paths.registry) + _stamps(self.root / paths.regions)
        if self._known is None or stamps != self._known_as:
            snapshot, _ = load_snapshot(self.root, self.settings)
            self._known = Known(indicators=snapshot.indicators, regions=snapshot.regions)
            self._known_as = stamps
        return self._known

    def _others(self, name: str) -> list[Sheet[Document] | None]:
        stamps = [s for s in _stamps(self.folder) if s[0] != name and s[0].endswith(".yaml")]
        return [self._read(stamp) for stamp in stamps]

    def _read(self, stamp: Stamp) -> Sheet[Document] | None:
        name = stamp[0]
        if self._sheets.get(name, (None, None))[0] != stamp:
            data = (self.folder / name).read_bytes()
            self._sheets[name] = (stamp, self._sheet(name, data, Problems()))
        return self._sheets[name][1]

    def _sheet(self, name: str, data: bytes, problems: Problems) -> Sheet[Document] | None:
        file = display(self.folder / name, self.root)
        located = parse_located(data, file, problems)
        record = None if located is None else build(Document, located, problems)
        if located is None or record is None:
            return None
        return Sheet(file, record, located.line)
