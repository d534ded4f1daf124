"""Files made on request, kept for the next reader who asks for the same one.

One long file is made at a time: drawing pictures takes a browser, and many readers must
not start many. Short ones have a queue of their own and never wait behind a long one. The
kept files are dropped, oldest first, beyond a fixed total size.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

_MOST = 64_000_000  # bytes of all kept files together
_guard = threading.Lock()
_queues = {"short": threading.Lock(), "long": threading.Lock()}
_files: OrderedDict[Hashable, Made] = OrderedDict()


class Made(NamedTuple):
    """A finished file; ``complete`` is false where its pictures could not be drawn."""

    data: bytes
    complete: bool = True


def ready(key: Hashable) -> Made | None:
    """The file, if it was made before and is still kept."""
    with _guard:
        if key in _files:
            _files.move_to_end(key)
        return _files.get(key)


def made(key: Hashable, make: Callable[[], Made], *, long: bool = False) -> Made:
    """The file of that key, made now unless it is kept; ``long``: it takes seconds."""
    with _queues["long" if long else "short"]:
        known = ready(key)
        return known if known is not None else _keep(key, make())


def _keep(key: Hashable, file: Made) -> Made:
    with _guard:
        _files[key] = file
        while len(_files) > 1 and sum(len(kept.data) for kept in _files.values()) > _MOST:
            _files.popitem(last=False)
    return file
