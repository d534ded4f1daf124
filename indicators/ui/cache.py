"""What is loaded once and shared by all readers of this process.

Not ``st.cache_data``: any anonymous session can empty that, it hashes only a sample of a
large frame, and it unpickles. The snapshot is kept by the stamps of the files it was read
from, each derived table by the snapshot's digest, the day and its other arguments.
Frames handed out are shallow copies: pandas copies on write, so no reader can change
another's.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from indicators.core.errors import KnownProblem
from indicators.core.model import Snapshot
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.verification import Verification
from indicators.files.load import load_settings, load_snapshot
from indicators.files.quotes import load_verification

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]

_KEEP = 256
_lock = threading.RLock()
_tables: OrderedDict[Hashable, object] = OrderedDict()
_loaded: dict[Path, Data] = {}


@dataclass(frozen=True)
class Data:
    """Settings, snapshot and what was wrong with the files, as read at one moment."""

    settings: Settings
    snapshot: Snapshot
    problems: Problems
    verification: Verification
    stamp: Stamp


def config_path() -> Path:
    """``INDICATORS_CONFIG``, or ``config.yaml`` in the project's root."""
    given = os.environ.get("INDICATORS_CONFIG")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "config.yaml"


def load() -> Data:
    """The data as it stands on disk, read again only when a file changed.

    Raises :class:`KnownProblem` where the settings themselves cannot be read.
    """
    path = config_path()
    with _lock:
        known = _loaded.get(path)
        if known is None or known.stamp != _stamp(path, known.settings):
            known = _loaded[path] = _read(path)
        return known


def table(key: Hashable, make: Callable[[], T]) -> T:
    """``make()`` once for ``key`` (digest, day, arguments); the oldest of 256 is dropped."""
    with _lock:
        if key in _tables:
            _tables.move_to_end(key)
        else:
            _tables[key] = make()
            while len(_tables) > _KEEP:
                _tables.popitem(last=False)
        found = _tables[key]
    if isinstance(found, pd.DataFrame):
        found = found.copy(deep=False)
    return found  # type: ignore[return-value]


def _read(path: Path) -> Data:
    if not path.is_file():
        raise KnownProblem(f"{path.name}: the configuration file is missing")
    problems = Problems()
    settings = load_settings(path, problems)
    stamp = _stamp(path, settings)
    snapshot, found = load_snapshot(path.parent, settings)
    for item in found:
        if item not in problems.items:
            problems.items.append(item)
    verification = load_verification(path.parent / settings.paths.verification)
    return Data(settings, snapshot, problems, verification, stamp)


def _stamp(path: Path, settings: Settings) -> Stamp:
    """Name, size and time of every file the data is read from."""
    paths = settings.paths
    files = [path, path.parent / paths.regions, path.parent / paths.verification]
    for folder in (paths.registry, paths.documents):
        files += sorted((path.parent / folder).glob("*.yaml"))
    return tuple(_stat(file) for file in files)


def _stat(file: Path) -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError:
        return str(file), -1, -1
    return str(file), found.st_size, found.st_mtime_ns
