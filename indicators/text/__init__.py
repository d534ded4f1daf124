"""Texts shown to readers: Chinese is the message id, English comes from two catalogs.

``en.po`` holds the words of the interface, ``data_en.po`` the texts that stand in the
registry and in the documents' records (notes, scopes, titles …). Usable by every layer
that speaks to a reader (charts, exports, pages, command line).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
Translate = Callable[..., str]


def catalog(name: str) -> dict[str, str]:
    """Chinese -> English of one catalog of this package, such as ``en.po``."""
    with (Path(__file__).parent / name).open("rb") as file:
        messages = read_po(file, locale="en")
    return {str(m.id): str(m.string) for m in messages if m.id and m.string}


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """All English texts; the words of the interface win over those of the data."""
    return catalog("data_en.po") | catalog("en.po")


def translator(language: Language) -> Translate:
    """A function ``t(msgid, **values)``: the text in ``language`` with ``{name}`` filled in.

    A message without an English entry is shown in Chinese rather than lost; a test
    keeps the catalog complete.
    """

    def translate(msgid: str, **values: object) -> str:
        text = msgid if language == "zh" else _english().get(msgid, msgid)
        return text.format(**values) if values else text

    return translate


def with_original(text: str, language: Language) -> str:
    """``English (中文)``: what a reader must be able to find, such as a document's title.

    The text alone in Chinese, or where it has no English.
    """
    said = translator(language)(text)
    return said if said == text else f"{said} ({text})"


def mark(msgid: str) -> str:
    """``msgid`` itself: marks a text in a table that is translated where it is shown."""
    return msgid


def singular(unit: str) -> str:
    """The English name of a unit behind the figure 1: ``visits per 10,000`` -> ``visit per …``."""
    if not unit[:1].isalpha() or unit.startswith("per "):
        return unit
    counted, per, base = unit.partition(" per ")
    return counted.removesuffix("s") + per + base
