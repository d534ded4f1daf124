"""Text that may stand in any file, and writes that are whole or do not happen.

What documents contain is data. It may hold control characters that break a file
format, bidirectional marks that show text in another order than it is stored, and
formula triggers that a spreadsheet would run. Every export passes its text through here.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from indicators.core.errors import KnownProblem

#: What a spreadsheet cell holds, counted in UTF-16 units as Excel counts.
CELL_LIMIT = 32_767

# C0 and C1 controls but tab and line feed; soft line controls; marks that reorder or hide
# text; lone surrogates and the non-characters that XML refuses.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_PLANE_ENDS = re.compile(
    "[" + "".join(chr(p * 0x10000 + 0xFFFE) + chr(p * 0x10000 + 0xFFFF) for p in range(1, 17)) + "]"
)
_TRIGGER = re.compile(r"'*[\s\u3000]*[=+\-@＝＋－＠﹢﹣﹦﹫]|'*[\t\r\n]")
_ESCAPED = re.compile(r"'(?='*[\s\u3000]*[=+\-@＝＋－＠﹢﹣﹦﹫]|'*[\t\r\n])")

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_NAME_BYTES = 180


@dataclass(slots=True)
class Losses:
    """What a file could not hold, so that it can say so.

    ``removed`` counts refused characters; ``cut`` lists (place, length, kept length).
    """

    removed: int = 0
    cut: list[tuple[str, int, int]] = field(default_factory=list)


def clean(text: str, losses: Losses | None = None) -> str:
    """``text`` without characters that break files or reorder what is read.

    Line ends become ``\\n``. What was taken out is counted in ``losses``.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _PLANE_ENDS.sub("", _REFUSED.sub("", plain))
    if losses is not None:
        losses.removed += len(plain) - len(kept)
    return kept


def is_trigger(text: str) -> bool:
    """Whether a spreadsheet might take ``text`` for a formula or drop its first character."""
    return _TRIGGER.match(text) is not None


def neutral(text: str) -> str:
    """``text`` as a spreadsheet may open it: an apostrophe before a formula trigger.

    Text columns only; a true −5.2 is a number and stays one. :func:`plain` undoes it.
    """
    return "'" + text if is_trigger(text) else text


def plain(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return _ESCAPED.sub("", text, count=1) if _ESCAPED.match(text) else text


def units_utf16(text: str) -> int:
    """Length as Excel counts it: characters beyond the basic plane count twice."""
    return len(text) + sum(ch > "\uffff" for ch in text)


def cell(text: str, place: str, losses: Losses) -> str:
    """``text`` as one spreadsheet cell; what exceeds :data:`CELL_LIMIT` is cut and noted."""
    kept = clean(text, losses)
    total = units_utf16(kept)
    if total <= CELL_LIMIT:
        return kept
    short = kept[: CELL_LIMIT - 1]
    while units_utf16(short) > CELL_LIMIT - 1:
        short = short[:-1]
    losses.cut.append((place, total, units_utf16(short)))
    return short + "…"


def file_name(text: str, suffix: str = "") -> str:
    """A name that every system accepts, Chinese kept: ``益阳市/2022`` -> ``益阳市_2022``.

    At most 180 bytes of UTF-8 before ``suffix``; never empty, never a reserved device name.
    """
    name = re.sub(r'[<>:"/\\|?*\s]+', "_", clean(text)).strip("._ ")
    while len(name.encode()) > _NAME_BYTES:
        name = name[:-1]
    name = name.rstrip("._ ") or "export"
    return ("_" + name if _RESERVED.fullmatch(name) else name) + suffix


@contextmanager
def swapped_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends well.

    A failure leaves ``target`` as it was. A folder that holds anything but an earlier
    export (:data:`MARK`) is refused, so that a slip never removes somebody's files.
    Raises :class:`KnownProblem`.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow a link
    _refuse_foreign(target)
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            fresh.chmod(0o777 & ~_umask())
            yield fresh
            (fresh / MARK).write_text("", encoding="utf-8")
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


#: The empty file by which :func:`swapped_folder` knows its own work again.
MARK = ".published"


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise KnownProblem(f"{target}: exists and is not a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise KnownProblem(
            f"{target}: the folder holds files that publish did not write; choose an empty one"
        )


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / "site")
    try:
        fresh.rename(target)
    except OSError:
        (old / "site").rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a message that names the file and the reason."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnownProblem(f"{path}: cannot be written: {reason}") from error


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
