"""Texts of the interface: Chinese is the message id, English comes from ``en.po``.

Usable by every layer that speaks to a reader (charts, exports, pages, command line).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
Translate = Callable[..., str]


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    with (Path(__file__).parent / "en.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    return {str(m.id): str(m.string) for m in catalog if m.id and m.string}


def translator(language: Language) -> Translate:
    """A function ``t(msgid, **values)``: the text in ``language`` with ``{name}`` filled in.

    A message without an English entry is shown in Chinese rather than lost; a test
    keeps the catalog complete.
    """

    def translate(msgid: str, **values: object) -> str:
        text = msgid if language == "zh" else _english().get(msgid, msgid)
        return text.format(**values) if values else text

    return translate


def mark(msgid: str) -> str:
    """``msgid`` itself: marks a text in a table that is translated where it is shown."""
    return msgid
