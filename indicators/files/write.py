"""Durable writes to the documents: locked, versioned, checked, logged.

The order of a save, so that a crash at any moment leaves no torn file and no figure
without its audit entry (docs/adr/0040):

1. take the lock; finish or undo what a crash left
2. refuse if the file is not the one the edit was made on
3. build the new text, refuse what ``check`` would refuse
4. write and sync a temporary file beside the document
5. append the ``intent`` to the audit log and sync it
6. rename the temporary file over the document, sync the folder
7. append the ``commit``

A crash before 5 leaves only a temporary file; between 5 and 7 the next save completes
the rename, because log and temporary file hold all of it.
"""

from __future__ import annotations

import difflib
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indicators.core.errors import KnownProblem
from indicators.core.problem import Problem
from indicators.core.settings import Settings
from indicators.files.atomic import mode_of, sync_folder
from indicators.files.audit import AuditLog, Chain, Entry, digest
from indicators.files.git import commit_files
from indicators.files.history import make_patch
from indicators.files.operations import Change, Edit, OpenDocument, apply, changes, opened
from indicators.files.vetting import Vetting

LOCK_SECONDS = 20.0


class StaleEdit(KnownProblem):
    """The document changed after the edit's base was read; nothing was saved.

    ``current_text`` stands on disk, ``your_text`` is what would have been saved,
    ``base_digest`` names the version the edit was made on (null: a new document).
    """

    def __init__(self, file: str, current_text: str, your_text: str, base_digest: str | None):
        self.current_text, self.your_text, self.base_digest = current_text, your_text, base_digest
        super().__init__(
            f"{file}: someone saved this document after you opened it; nothing was saved. "
            "Compare both versions and enter your change again"
        )

    def difference(self) -> str:
        """Both versions as a unified diff, the one on disk first."""
        return difference(self.current_text, self.your_text, "on disk", "yours")


class RefusedByCheck(KnownProblem):
    """The edit would make ``check`` fail; ``problems`` says where and why."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Preview:
    """What a save would do: the new text, the changes, and everything ``check`` says of it."""

    old_text: str
    new_text: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether a save would be refused."""
        return any(problem.severity == "error" for problem in self.problems)

    def difference(self) -> str:
        """The change of the YAML text as a unified diff."""
        return difference(self.old_text, self.new_text, "before", "after")


@dataclass(frozen=True)
class Saved:
    """A save that is on disk: the document as it now is, its audit entry, and remarks."""

    document: OpenDocument
    entry: Entry
    notes: tuple[str, ...] = ()


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """A unified diff of two texts."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), old_name, new_name, n=2, lineterm=""
    )
    return "\n".join(lines)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass
class Store:
    """The documents of one installation, for writing.

    ``root`` is the folder of config.yaml. ``permit`` is called with the writer's name
    under the lock of every save and raises where this person may not write. ``step``
    is told the name of each step (tests stop the process there).
    """

    root: Path
    settings: Settings
    permit: Callable[[str], None] = lambda by: None
    clock: Callable[[], datetime] = _utc
    step: Callable[[str], None] = lambda name: None
    vetting: Vetting = field(init=False)
    log: AuditLog = field(init=False)

    def __post_init__(self) -> None:
        self.vetting = Vetting(self.root, self.settings)
        self.log = AuditLog(self.root / self.settings.paths.audit, self.settings.paths.audit)

    @property
    def folder(self) -> Path:
        """The folder of the document files."""
        return self.vetting.folder

    def open(self, document_id: str) -> OpenDocument:
        """Read the file of a document, after finishing a save that a crash left open.

        Raises :class:`KnownProblem` where there is none.
        """
        name = f"{document_id}.yaml"
        path = self._path(name)
        if self.log.chain().open is not None:
            self.recover()
        try:
            return opened(name, path.read_bytes())
        except OSError as error:
            raise KnownProblem(f"{self._shown(name)}: {error.strerror}") from None

    def new(self, document_id: str) -> OpenDocument:
        """The base of an edit that creates a document."""
        name = f"{document_id}.yaml"
        if self._path(name).exists():
            raise KnownProblem(f"{self._shown(name)}: there is already a document of this id")
        return OpenDocument(name, "", None)

    def preview(self, edit: Edit) -> Preview:
        """What :meth:`save` would write, without writing. Raises :class:`KnownProblem`."""
        text = apply(edit)
        found = self.vetting.problems(edit.base.name, text)
        listed = tuple(changes(edit, edit.base.id))
        return Preview(edit.base.text, text, listed, tuple(found))

    def save(self, edit: Edit, by: str) -> Saved:
        """Write an edit durably; ``by`` is the writer's name in the audit log.

        Raises :class:`StaleEdit`, :class:`RefusedByCheck` or another
        :class:`KnownProblem`; then the documents stand as they were.
        """
        if not by.strip():
            raise KnownProblem("a save needs the name of the person who saves")
        with self._locked():
            self.permit(by)
            self._recover()
            current = self._current(edit.base.name)
            if current.digest != edit.base.digest:
                file = self._shown(edit.base.name)
                raise StaleEdit(file, current.text, apply(edit), edit.base.digest)
            preview = self.preview(edit)
            if preview.refused:
                raise RefusedByCheck([p for p in preview.problems if p.severity == "error"])
            if preview.new_text == current.text:
                raise KnownProblem(f"{self._shown(edit.base.name)}: the edit changes nothing")
            return self._write(preview, current, by)

    def recover(self) -> None:
        """Complete or undo a save that a crash interrupted."""
        with self._locked():
            self._recover()

    # --- under the lock ----------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock_file = self.log.path.parent / ".lock"
        lock = FileLock(lock_file, timeout=LOCK_SECONDS, poll_interval=0.01)
        try:
            lock.acquire()
        except Timeout:
            raise KnownProblem("another save is under way; try again in a moment") from None
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            yield
        except OSError as error:
            raise self._unwritable(error) from None
        finally:
            lock.release()

    def _unwritable(self, error: OSError) -> KnownProblem:
        folder = self.folder.parent.name
        reason = error.strerror or type(error).__name__
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        advice = "free some space and save again" if full else "ask for write permission"
        return KnownProblem(
            f"{folder}: nothing was saved, the folder cannot be written: {reason}; {advice}"
        )

    def _current(self, name: str) -> OpenDocument:
        path = self._path(name)
        return opened(name, path.read_bytes()) if path.exists() else OpenDocument(name, "", None)

    def _write(self, preview: Preview, current: OpenDocument, by: str) -> Saved:
        self._observe(current)
        temp = self._write_temp(current.name, preview.new_text)
        try:
            self.step("temp written")
            entry = self.log.append(self._intent(preview, current, temp, by), self.clock())
        except BaseException:
            temp.unlink(missing_ok=True)
            raise
        self.step("intent logged")
        notes = self._finish(entry, temp)
        saved = OpenDocument(current.name, preview.new_text, entry["new"])
        return Saved(saved, entry, (*notes, *self._git(current.name, entry)))

    def _observe(self, current: OpenDocument) -> None:
        """Log a document whole that the log does not know as it stands."""
        if current.digest is None or self.log.chain().digests.get(current.name) == current.digest:
            return
        entry = {"state": "observed", "file": current.name, "new": current.digest}
        self.log.append({**entry, "patch": make_patch("", current.text)}, self.clock())
        self.step("observed")

    def _intent(self, preview: Preview, current: OpenDocument, temp: Path, by: str) -> Entry:
        return {
            "state": "intent",
            "who": by,
            "file": current.name,
            "document": current.id,
            "changes": list(preview.changes),
            "base": current.digest,
            "new": digest(preview.new_text),
            "patch": make_patch(current.text, preview.new_text),
            "temp": temp.name,
        }

    def _write_temp(self, name: str, text: str) -> Path:
        temp = self.folder / f".{name}.{os.getpid()}-{os.urandom(4).hex()}.tmp"
        handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(handle, mode_of(self.folder / name))
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            temp.unlink(missing_ok=True)
            raise
        return temp

    def _finish(self, intent: Entry, temp: Path) -> tuple[str, ...]:
        """Rename and commit; from here on the save holds, come what may."""
        try:
            temp.replace(self._path(intent["file"]))
        except OSError:
            temp.unlink(missing_ok=True)
            self.log.append({"state": "abort", "of": intent["seq"]}, self.clock())
            raise
        self.step("renamed")
        sync_folder(self.folder)
        try:
            self.log.append({"state": "commit", "of": intent["seq"]}, self.clock())
        except OSError as error:
            return (f"saved; the log's closing entry follows with the next save: {error}",)
        self.step("committed")
        return ()

    def _recover(self) -> None:
        self.log.mend()
        chain = self.log.chain()
        if chain.open is not None:
            self._settle(chain, chain.open)
        for orphan in self.folder.glob(".*.yaml.*.tmp"):
            orphan.unlink(missing_ok=True)

    def _settle(self, chain: Chain, intent: Entry) -> None:
        """Bring an open intent to its end, from what stands in the folder."""
        temp = self.folder / Path(intent["temp"]).name
        now = self._current(intent["file"]).digest
        if now == intent["new"]:
            self.log.append({"state": "commit", "of": intent["seq"]}, self.clock())
        elif now == intent["base"] and temp.exists() and _digest_of(temp) == intent["new"]:
            self._finish(intent, temp)
        else:
            why = "the document was changed meanwhile" if now != intent["base"] else "no text"
            entry = {"state": "abort", "of": intent["seq"], "reason": why}
            self.log.append(entry, self.clock())

    def _git(self, name: str, entry: Entry) -> tuple[str, ...]:
        if not self.settings.git_commit:
            return ()
        kinds = ", ".join(f"{c['type']} {c['claim']}" for c in entry["changes"])
        return commit_files(
            self.root, [self._path(name), self.log.path], f"data: {kinds}", entry["who"]
        )

    def _path(self, name: str) -> Path:
        if Path(name).name != name or name.startswith(".") or not name.isascii():
            raise KnownProblem(f'"{name}" is not a document id')
        return self.folder / name

    def _shown(self, name: str) -> str:
        return f"{self.settings.paths.documents}/{name}"


def _digest_of(path: Path) -> str:
    return digest(path.read_bytes())
