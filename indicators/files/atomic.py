"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from indicators.core.errors import KnownProblem


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: a reader sees the old file or the new one, never a part.

    A temporary file in the same folder is written, synced and renamed over the target,
    then the folder is synced. Raises :class:`KnownProblem` where that is not possible
    (read-only or full folder, a folder in the way); the old file then stands unchanged.
    """
    try:
        target = path.resolve()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        try:
            _fill(handle, data, mode_of(target))
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownProblem(f"{path}: cannot be written: {reason}") from None


def _fill(handle: int, data: bytes, mode: int) -> None:
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fchmod(stream.fileno(), mode)
        os.fsync(stream.fileno())


def mode_of(target: Path) -> int:
    """Permissions of the file that is replaced; a new one is readable by all."""
    return target.stat().st_mode & 0o777 if target.exists() else 0o644


def sync_folder(folder: Path) -> None:
    """Force a folder's names to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
