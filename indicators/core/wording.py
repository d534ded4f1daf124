"""How messages name places and what was found there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

#: A place inside a file: mapping keys and list positions from the top.
KeyPath = tuple[str | int, ...]

_LONGEST = 60


def key_path(path: KeyPath) -> str:
    """``("claims", 3, "value")`` as ``claims[3].value``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{clipped(step)}"
    return text.removeprefix(".")


def shown(value: Any) -> str:
    """``value`` as messages quote it: ``"九成"``, ``nothing``, ``a list``, ``a mapping``.

    Long texts are cut and line breaks written out, so that a message stays one line.
    """
    if value is None or value == "":
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return f'"{clipped(str(value))}"'


def clipped(text: str, longest: int = _LONGEST) -> str:
    """``text`` on one line, at most ``longest`` characters and an ellipsis."""
    line = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    return line if len(line) <= longest else line[:longest] + "…"


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean "…"?`` for the nearest known word, else an empty text."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.75) if len(word) < 100 else []
    return f'; did you mean "{near[0]}"?' if near else ""
