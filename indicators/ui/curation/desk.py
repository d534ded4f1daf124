"""The writer of this process and the draft of this session."""

from __future__ import annotations

import threading
from pathlib import Path

from indicators.core.settings import Settings
from indicators.files.write import Store
from indicators.ui import auth, cache, state
from indicators.ui.curation.draft import Draft

_lock = threading.Lock()
_stores: dict[Path, tuple[Settings, Store]] = {}


def store(settings: Settings) -> Store:
    """The writer of this installation; it asks who writes under the lock of every save."""
    path = cache.config_path()
    with _lock:
        known = _stores.get(path)
        if known is None or known[0] != settings:
            known = _stores[path] = (settings, Store(path.parent, settings, permit=auth.permit))
        return known[1]


def draft() -> Draft | None:
    """The document that this session has under review."""
    return state.held("curation.draft", Draft)


def keep(work: Draft | None) -> None:
    """Keep the draft for the next run, ``None`` to put it away."""
    state.hold("curation.draft", work)


def close() -> None:
    """Put the draft away and clear the uploader for the next file."""
    keep(None)
    state.hold("curation.round", round_number() + 1)


def round_number() -> int:
    """How many reviews this session has finished: names a fresh uploader each time."""
    return state.held("curation.round", int) or 0
