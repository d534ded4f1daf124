"""What most commands start from: settings, data, the day, the regions asked for."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from indicators.core.checks import Sheet
from indicators.core.civil_time import CHINA
from indicators.core.errors import KnownProblem
from indicators.core.lookup import normalised
from indicators.core.model import Document, Snapshot
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.verification import Verification
from indicators.files.load import Loaded, Quotes, load, load_settings
from indicators.files.quotes import load_verification, sources_folder


@dataclass(frozen=True)
class Context:
    """The data of one run; ``problems`` are those of the settings and of the data."""

    root: Path
    settings: Settings
    loaded: Loaded
    problems: Problems

    @property
    def snapshot(self) -> Snapshot:
        """What the commands read."""
        return self.loaded.snapshot

    @property
    def documents(self) -> list[Sheet[Document]]:
        """The sound documents with their lines."""
        return self.loaded.documents

    @property
    def record_path(self) -> Path:
        """Where the result of ``verify`` is kept."""
        return self.root / self.settings.paths.verification

    def verification(self) -> Verification:
        """The recorded result of the last ``verify``."""
        return load_verification(self.record_path)

    def sources(self) -> Path | None:
        """The folder of the originals, if one is named."""
        return sources_folder(self.root, self.settings)


def open_context(args: argparse.Namespace, quotes: Quotes = "quick") -> Context:
    """Load settings and data. Raises :class:`KnownProblem` where there is no settings file."""
    path: Path = args.config
    if not path.is_file():
        raise KnownProblem(f"{path}: no such settings file; name one with --config PATH")
    problems = Problems()
    settings = load_settings(path, problems)
    loaded = load(path.parent, settings, quotes)
    for problem in loaded.problems.items:
        problems.items.append(problem)
    return Context(path.parent, settings, loaded, problems)


_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHY = "python -m indicators check says why"


def open_data(args: argparse.Namespace) -> Context:
    """As :func:`open_context`; says on stderr what was left out, unless ``--quiet``.

    Raises :class:`KnownProblem` where no document at all could be read: an empty table
    must not look like a result.
    """
    context = open_context(args)
    errors, left_out = context.problems.errors(), context.snapshot.left_out
    if errors and not context.snapshot.documents:
        raise KnownProblem(f"no document could be read ({_WHY})")
    if left_out:
        note(args, f"left out: {', '.join(left_out)} ({_WHY})")
    elif errors:
        note(args, f"{many(len(errors), 'problem')} ({_WHY})")
    return context


def many(count: int, word: str) -> str:
    """``1 problem``, ``2 problems``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def note(args: argparse.Namespace, text: str) -> None:
    """A remark for the person at the keyboard, on stderr; nothing with ``--quiet``."""
    if not args.quiet:
        print(text, file=sys.stderr)


def today() -> date:
    """The day in China, where the documents and their deadlines are."""
    return datetime.now(CHINA).date()


def iso_date(text: str) -> date:
    """An argparse type: a date such as 2026-11-21, in plain digits."""
    try:
        if not _DATE.fullmatch(text):  # strptime takes full-width digits and 2026-1-2 too
            raise ValueError(text)
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        message = f'expected a date such as 2026-11-21, found "{text}"'
        raise argparse.ArgumentTypeError(message) from None


def as_of(args: argparse.Namespace, settings: Settings) -> date:
    """``--as-of``, else the day of the settings."""
    chosen: date | None = args.as_of
    return chosen or settings.as_of_date(today())


def region_codes(words: Sequence[str], snapshot: Snapshot) -> tuple[str, ...]:
    """Region codes of codes or names. Raises :class:`KnownProblem` where one is not clear."""
    return tuple(_region_code(word, snapshot) for word in words)


def _region_code(word: str, snapshot: Snapshot) -> str:
    if word in snapshot.regions:
        return word
    wanted = normalised(word)
    found = [r for r in snapshot.regions.values() if normalised(r.name) == wanted]
    if len(found) == 1:
        return found[0].code
    if found:
        places = ", ".join(f"{r.code} ({_above(r.code, snapshot)})" for r in found)
        raise KnownProblem(f'"{word}" names {len(found)} regions: {places}; give the code')
    raise KnownProblem(f'unknown region "{word}"; expected a code or name of the regions table')


def _above(code: str, snapshot: Snapshot) -> str:
    line = snapshot.lineage(code)
    return snapshot.regions[line[1]].name if len(line) > 1 else snapshot.regions[code].name
