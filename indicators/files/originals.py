"""The folder of the originals: a name that is free there, and keeping a file once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePath

from indicators.core.errors import KnownProblem
from indicators.core.model import Document
from indicators.files.atomic import write_atomic


def free_name(name: str, sha256: str, documents: Iterable[Document], folder: Path | None) -> str:
    """``name``, or ``name-1a2b3c4d`` where a different original already goes by that name.

    Cities answer many proposals with files called 答复.docx; each must stay findable.
    """
    others = (d.source for d in documents)
    taken = any(s.file == name and s.sha256 != sha256 for s in others)
    if not taken and not _differs(folder, name, sha256):
        return name
    path = PurePath(name)
    return f"{path.stem}-{sha256[:8]}{path.suffix}"


def keep(folder: Path, name: str, data: bytes) -> bool:
    """Write an original into ``folder``; False where exactly this file already lies there.

    An original is never replaced. Raises :class:`KnownProblem` where a different file has
    the name, where the folder is missing or cannot be written.
    """
    if PurePath(name).name != name:
        raise KnownProblem(f"{name}: expected a file name without a folder")
    digest = hashlib.sha256(data).hexdigest()
    if _differs(folder, name, digest):
        raise KnownProblem(f"{name}: a different original of that name is already kept")
    if (folder / name).exists():
        return False
    write_atomic(folder / name, data)
    return True


def _differs(folder: Path | None, name: str, sha256: str) -> bool:
    if folder is None or not (folder / name).exists():
        return False
    try:
        return hashlib.sha256((folder / name).read_bytes()).hexdigest() != sha256
    except OSError:
        return True
