"""Strict YAML: text in, plain values and the line of every key out.

Every scalar stays the text it was written as (only a bare ``null``, ``~`` or nothing
becomes ``None``), because YAML 1.1 turns ``no``, ``010``, ``1:30`` and bare dates into
something else. Duplicate keys, anchors, aliases, tags, merge keys, directives, a second
document, more than 1 MB and more than 20 levels are refused.

Only parse *events* are read and depth is counted before anything is composed: the
C composer recurses, and 50,000 opening brackets end the whole process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from indicators.core.problem import Problems
from indicators.core.wording import KeyPath, clipped, key_path, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
#: After this many defects in one file the rest is noise.
MAX_PROBLEMS = 50

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})
_BOM = b"\xef\xbb\xbf"
# Control characters, line separators that editors do not count, marks that reorder or
# hide text: what is shown would differ from what is stored.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_COLON_HINT = 'put quotes around a text that contains ": "'
_START_HINTS = {
    "\t": "indent with spaces, not tabs",
    "%": 'put quotes around a text that starts with "%"',
    "@": 'put quotes around a text that starts with "@"',
    "`": 'put quotes around a text that starts with "`"',
}


@dataclass(frozen=True)
class Located:
    """A YAML document: ``value`` of dicts, lists, str and None, and where each part stands."""

    file: str
    value: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int | None:
        """Line (from 1) of ``path``, or of the nearest part above it that has one."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def read_located(path: Path, file: str, problems: Problems) -> tuple[Located | None, bytes]:
    """Read one YAML file; ``file`` is the name used in messages.

    Returns the document (``None`` where anything was refused: the problems say what)
    and the bytes read. Never raises for what a file contains or for a file that
    cannot be opened.
    """
    data = read_bytes(path, file, problems)
    if data is None:
        return None, b""
    return parse_located(data, file, problems), data


def read_bytes(path: Path, file: str, problems: Problems, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of an ordinary file of at most ``limit`` bytes, else ``None`` and a problem."""
    try:
        if path.exists() and not path.is_file():  # a pipe would block for ever
            problems.add(file, "expected a file, found a folder or device")
            return None
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        problems.add(file, f"cannot be read: {error.strerror or error}")
        return None
    if len(data) > limit:
        problems.add(file, f"expected at most {limit:,} bytes, found more")
        return None
    return data


def parse_located(data: bytes, file: str, problems: Problems) -> Located | None:
    """Parse the bytes of one YAML file; ``None`` where anything was refused."""
    text = decode(data, file, problems)
    if text is None:
        return None
    reader = _Reader(file, problems)
    try:
        value = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        _add_syntax(error, text, file, problems)
    except yaml.YAMLError as error:
        problems.add(file, f"not valid YAML: {error}")
    except _RefusedError:
        pass
    else:
        if not reader.count:
            return Located(file, value, reader.lines)
    return None


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """UTF-8 text (a leading byte-order mark is dropped), else ``None`` and a problem."""
    body = data.removeprefix(_BOM)
    if not body.strip():
        problems.add(file, "the file is empty")
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        line = data.count(b"\n", 0, offset) + 1
        problems.add(file, f"not UTF-8 (byte 0x{data[offset]:02x} at offset {offset})", line=line)
        return None
    hidden = _UNSEEN.search(text)
    if hidden is not None:
        line = text.count("\n", 0, hidden.start()) + 1
        problems.add(file, _unseen(hidden[0]), line=line)
        return None
    return text


def _unseen(character: str) -> str:
    return f"control or invisible character U+{ord(character):04X} is not allowed"


def _add_syntax(error: yaml.MarkedYAMLError, text: str, file: str, problems: Problems) -> None:
    mark = error.problem_mark or error.context_mark
    words = ", ".join(part for part in (error.context, error.problem) if part)
    hint = ""
    if "mapping values are not allowed" in words:
        hint = f" ({_COLON_HINT})"
    elif "cannot start any token" in words and mark is not None:
        start = _character(text, mark.line, mark.column)
        hint = f" ({_START_HINTS[start]})" if start in _START_HINTS else ""
    line = None if mark is None else mark.line + 1
    problems.add(file, f"not valid YAML: {words}{hint}", line=line)


def _character(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    return lines[line][column : column + 1] if line < len(lines) else ""


class _RefusedError(Exception):
    """Reading cannot go on; the problem has been added."""


class _Reader:
    """Builds values from parse events, at most MAX_DEPTH levels deep."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.lines: dict[KeyPath, int] = {}
        self.count = 0

    def document(self, events: Iterator[Any]) -> Any:
        """The value of the only document of the stream."""
        next(events)  # the stream starts
        start = next(events)
        if isinstance(start, yaml.StreamEndEvent):
            self._empty()
        if start.version or start.tags:
            self._refuse("a % directive is not allowed", start, ())
        value = self._value(next(events), events, ())
        next(events)  # the document ends
        more = next(events)
        if isinstance(more, yaml.DocumentStartEvent):
            self._refuse("expected one YAML document, found a second", more, ())
        if value is None and not self.count:
            self._empty()
        return value

    def _value(self, event: Any, events: Iterator[Any], path: KeyPath) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self._no_extras(event, path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= MAX_DEPTH:
            self._refuse(f"expected at most {MAX_DEPTH} levels, found more", event, (), stop=True)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: Any, path: KeyPath) -> str | None:
        text = str(event.value)
        hidden = _UNSEEN.search(text)  # written as an escape: "\\u200b"
        if hidden is not None:
            self._refuse(_unseen(hidden[0]), event, path)
        return None if event.implicit[0] and text in _NULLS else text

    def _sequence(self, events: Iterator[Any], path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, values, path)
            where = (*path, key)
            first = self.lines.get(where)
            self.lines.setdefault(where, event.start_mark.line + 1)
            value = self._value(next(events), events, where)
            if key in values:
                self._refuse(
                    f"duplicate key {shown(key)}; first used on line {first}", event, where
                )
            else:
                values[key] = value
        return values

    def _key(self, event: Any, values: dict[str, Any], path: KeyPath) -> str:
        self._no_extras(event, path)
        if not isinstance(event, yaml.ScalarEvent) or event.value == "":
            self._refuse("expected a name before the colon", event, path, stop=True)
        if event.value == "<<":
            self._refuse("a merge key (<<) is not allowed", event, path)
        return str(event.value)

    def _no_extras(self, event: Any, path: KeyPath) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(f"an alias (*{clipped(event.anchor or '')}) is not allowed", event, path)
        elif event.anchor:
            self._refuse(f"an anchor (&{clipped(event.anchor or '')}) is not allowed", event, path)
        elif getattr(event, "tag", None):
            self._refuse(f"a tag ({clipped(event.tag or '')}) is not allowed", event, path)

    def _refuse(self, message: str, event: Any, path: KeyPath, *, stop: bool = False) -> None:
        line = event.start_mark.line + 1
        self.problems.add(self.file, message, line=line, path=key_path(path))
        self.count += 1
        if stop or self.count >= MAX_PROBLEMS:
            raise _RefusedError

    def _empty(self) -> None:
        self.problems.add(self.file, "the file is empty")
        raise _RefusedError
