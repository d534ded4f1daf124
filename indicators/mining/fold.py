"""Reading text regardless of its typography, without losing the place of any character.

Each kept character is folded one to one (full-width digits, look-alike dashes, ASCII
punctuation), layout characters are dropped, and every kept character remembers its
offset in the original, so that a quote is always cut from the document itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DROPPED = frozenset("*#`“”‘’\"'「」『』\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u00a0") | {
    chr(code) for code in range(0x202A, 0x202F)
}
_DASHES = dict.fromkeys("–—―−－﹣─", "—")
_TILDES = dict.fromkeys("〜～∼˜", "~")
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "﹪": "%", "．": ".", "<": "<"}
_KEPT_WIDE = frozenset("，；：！？")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:[,，][0-9]{3}){1,3}(?![0-9])")
_SPECIAL = _DASHES | _TILDES | _MARKS | dict.fromkeys("≧", "≥") | dict.fromkeys("≦", "≤")


def fold_char(char: str) -> str:
    """The one character that ``char`` is read as; never longer or shorter than one."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _KEPT_WIDE or char.isascii():
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


@dataclass(frozen=True, slots=True)
class Line:
    """Folded text and, for each of its characters, the offset in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Span in the original of the folded span ``start:end`` (not empty)."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, start: int = 0, end: int | None = None) -> Line:
    """Fold ``text[start:end]``; white space stays only between two ASCII characters."""
    kept: list[str] = []
    places: list[int] = []
    blank: int | None = None
    for place in range(start, len(text) if end is None else end):
        char = text[place]
        if char.isspace() or char in _DROPPED:
            blank = place if char.isspace() and blank is None else blank
            continue
        folded = fold_char(char)
        if blank is not None and kept and kept[-1].isalnum() and _is_ascii_word(kept[-1], folded):
            kept.append(" ")
            places.append(blank)
        blank = None
        kept.append(folded)
        places.append(place)
    return _without_thousands_marks(kept, places)


def _is_ascii_word(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _without_thousands_marks(kept: list[str], places: list[int]) -> Line:
    text = "".join(kept)
    marks = {
        index
        for match in _THOUSANDS.finditer(text)
        for index in range(*match.span())
        if text[index] in ",，"
    }
    if not marks:
        return Line(text, tuple(places))
    rest = [index for index in range(len(text)) if index not in marks]
    return Line("".join(text[i] for i in rest), tuple(places[i] for i in rest))


def folded_name(name: str) -> str:
    """A registry name as it appears inside folded text."""
    return fold(name).text
