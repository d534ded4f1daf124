"""The append-only record of every save: who, when, what, before, after, why – hash-chained.

One JSON object per line. A save writes an ``intent`` before the document is renamed into
place and a ``commit`` after it, so that no figure stands in the data without its entry;
an intent that a crash left open is completed or given up (``abort``) by the next save.
A document seen for the first time, or changed outside the program, is recorded whole as
``observed``, so that the log alone can rebuild every state it has seen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from indicators.core.errors import KnownProblem
from indicators.files.atomic import sync_folder

ChangeType = Literal["add", "correction", "revision", "withdraw", "reject"]
Entry = dict[str, Any]

#: The hash before the first entry.
GENESIS = "0" * 64
_MAX_LINE = 8_000_000


class AuditDamagedError(KnownProblem):
    """The log is not what was written: the message names the line and what is wrong."""


def digest(text: str | bytes) -> str:
    """SHA-256 of a file's content, as hexadecimal digits."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


def canonical(entry: Mapping[str, Any]) -> str:
    """The one way an entry is written: sorted keys, no blanks, no escapes of Chinese."""
    return json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sealed(entry: Mapping[str, Any], seq: int, previous: str) -> Entry:
    """The entry with its number, the hash before it and its own hash."""
    body = {**entry, "seq": seq, "prev_hash": previous}
    return {**body, "hash": digest(canonical(body))}


@dataclass
class Chain:
    """What is known after reading a log up to ``offset``.

    ``digests`` holds the last recorded digest of every document file; ``open`` the
    intent that has no commit or abort yet.
    """

    offset: int = 0
    seq: int = 0
    last: str = GENESIS
    when: str = ""
    digests: dict[str, str] = field(default_factory=dict)
    open: Entry | None = None

    def take(self, line: bytes, name: str) -> Entry:
        """Check one line against the chain and move on. Raises :class:`AuditDamagedError`."""
        entry = self._sound(line, name)
        self.offset += len(line)
        self.seq, self.last, self.when = entry["seq"], entry["hash"], entry["when"]
        self._follow(entry, name)
        return entry

    def _sound(self, line: bytes, name: str) -> Entry:
        number = self.seq + 1
        entry = _parsed(line, name, number)
        body = {key: value for key, value in entry.items() if key != "hash"}
        if canonical(entry).encode() + b"\n" != line:
            raise _damaged(name, number, "the line is not written as the program writes it")
        if entry.get("hash") != digest(canonical(body)):
            raise _damaged(name, number, "the entry was changed: its hash does not fit")
        if entry.get("prev_hash") != self.last or entry.get("seq") != number:
            raise _damaged(name, number, "an entry before this one was removed, added or moved")
        if not _complete(entry):
            raise _damaged(name, number, "the entry lacks what its state needs")
        return entry

    def _follow(self, entry: Entry, name: str) -> None:
        state = entry["state"]
        if state == "observed":
            self.digests[entry["file"]] = entry["new"]
        elif state == "intent":
            if self.open is not None:
                raise _damaged(name, entry["seq"], "a save began before the last one ended")
            self.open = entry
        elif self.open is None or entry["of"] != self.open["seq"]:
            raise _damaged(name, entry["seq"], "the end of a save without its beginning")
        else:
            if state == "commit":
                self.digests[self.open["file"]] = self.open["new"]
            self.open = None


#: What each state must say, beside its time.
_NEEDS = {
    "observed": ("file", "new", "patch"),
    "intent": ("file", "new", "patch", "temp", "who", "changes"),
    "commit": ("of",),
    "abort": ("of",),
}


def _complete(entry: Entry) -> bool:
    needs = _NEEDS.get(str(entry.get("state")))
    return needs is not None and all(name in entry for name in ("when", *needs))


def _parsed(line: bytes, name: str, number: int) -> Entry:
    try:
        entry = json.loads(line)
    except ValueError:
        raise _damaged(name, number, "the line is not JSON") from None
    if not isinstance(entry, dict):
        raise _damaged(name, number, "the line is not an entry")
    return entry


def _damaged(name: str, line: int, what: str) -> AuditDamagedError:
    return AuditDamagedError(f"{name}:{line}: {what}; the audit log is damaged, nothing is saved")


class AuditLog:
    """The log file of one installation. Writing needs the store's lock; reading does not."""

    def __init__(self, path: Path, name: str | None = None) -> None:
        self.path = path
        self.name = name or path.name
        self._chain = Chain()
        self._inode = 0

    def entries(self) -> Iterator[Entry]:
        """All complete entries from the first, each checked. Raises :class:`AuditDamagedError`."""
        chain = Chain()
        for line in self._lines(0):
            if line.endswith(b"\n"):
                yield chain.take(line, self.name)

    def chain(self) -> Chain:
        """The state at the log's end; what was read before is not read again."""
        status = self._status()
        if status is None or status.st_ino != self._inode or status.st_size < self._chain.offset:
            self._chain = Chain()
            self._inode = status.st_ino if status is not None else 0
        for line in self._lines(self._chain.offset):
            if line.endswith(b"\n"):
                self._chain.take(line, self.name)
        return self._chain

    def torn(self) -> int:
        """Bytes after the last complete line: what a crash left of an entry."""
        status = self._status()
        return (status.st_size if status is not None else 0) - self.chain().offset

    def mend(self) -> None:
        """Cut a torn last line off; it was never acknowledged to anyone."""
        if self.torn():
            with self.path.open("r+b") as file:
                file.truncate(self._chain.offset)
                os.fsync(file.fileno())

    def append(self, entry: Mapping[str, Any], when: datetime) -> Entry:
        """Write one entry and force it to disk; on failure the log is as it was.

        Raises :class:`OSError` where the disk is full or read-only.
        """
        chain = self.chain()
        moment = max(stamp(when), chain.when)
        record = sealed({**entry, "when": moment}, chain.seq + 1, chain.last)
        line = canonical(record).encode() + b"\n"
        self._write(line, chain.offset)
        chain.take(line, self.name)
        return record

    def _write(self, line: bytes, end: int) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
            self._inode = os.fstat(handle).st_ino
        except OSError:
            os.ftruncate(handle, end)
            raise
        finally:
            os.close(handle)
        if not end:
            sync_folder(self.path.parent)

    def _status(self) -> os.stat_result | None:
        try:
            return self.path.stat()
        except FileNotFoundError:
            return None

    def _lines(self, offset: int) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                file.seek(offset)
                while line := file.readline(_MAX_LINE):
                    yield line
        except FileNotFoundError:
            return
        except OSError as error:
            raise KnownProblem(f"{self.name}: cannot be read: {error.strerror}") from None


def stamp(when: datetime) -> str:
    """A moment as UTC ISO text to the microsecond; texts sort as moments do."""
    return when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class AuditReport:
    """Result of :func:`verify`. ``head`` is the last hash: kept elsewhere, it proves the end."""

    entries: int
    saves: int
    head: str
    problems: tuple[str, ...]
    notices: tuple[str, ...]


def verify(log: AuditLog, folder: Path, head: str | None = None) -> AuditReport:
    """Check the chain from its first entry and the documents against its end.

    ``folder`` holds the document files; ``head`` is a last hash noted earlier: it must
    stand in the log. Problems: a changed, removed, added or moved entry; a document
    changed or removed outside the program; documents that no entry knows once the log
    has begun are notices, as is an unfinished save. Never raises for damage.
    """
    seen, problems, notices = [], [], []
    chain, saves = Chain(), 0
    try:
        for line in log._lines(0):
            if not line.endswith(b"\n"):
                notices.append("the last line is unfinished; the next save removes it")
                break
            seen.append(chain.take(line, log.name)["hash"])
            saves += chain.open is not None
    except KnownProblem as error:
        problems.append(str(error))
    if head is not None and head not in seen:
        problems.append(f"{log.name}: the noted hash {head[:12]}… does not stand in the log")
    if not problems:
        problems += _against_files(chain, folder, notices)
    return AuditReport(len(seen), saves, chain.last, tuple(problems), tuple(notices))


def _against_files(chain: Chain, folder: Path, notices: list[str]) -> list[str]:
    problems = []
    pending = chain.open["file"] if chain.open else None
    if chain.open:
        notices.append(f"{pending}: a save is unfinished; the next save completes or undoes it")
    for file, known in sorted(chain.digests.items()):
        if file == pending:
            continue
        path = folder / file
        if not path.exists():
            problems.append(f"{file}: the log knows it, the folder does not")
        elif digest(path.read_bytes()) != known:
            problems.append(f"{file}: changed outside the program since the last entry")
    return problems
