"""Numbers written in digits or Chinese numerals -> exact decimals.

``cn2an`` reads the numerals, in its strict mode only: its lenient modes read 二三 as 23
and its time grows with the square of the length, so inputs are short by construction.
"""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

#: Pieces for the patterns of the other modules; all repetitions are bounded.
DIGITS = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
HAN = r"[零〇一二两三四五六七八九十百千]{1,12}(?:点[零〇一二三四五六七八九]{1,6})?"
NUMBER = rf"(?:{DIGITS}|{HAN})"

_SPELLED = re.compile(r"[〇零一二三四五六七八九]{2,8}")
_VALUES = {char: str(index) for index, char in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_LONGEST = 20


def parse_numeral(text: str) -> Decimal | None:
    """``12.5`` · ``六十五`` · ``四点零一`` -> decimal; ``None`` for what is no plain number."""
    plain = text.replace(" ", "")
    if not plain or len(plain) > _LONGEST:
        return None
    if plain.isascii():
        return Decimal(plain) if re.fullmatch(DIGITS, plain) else None
    try:
        return Decimal(str(cn2an.cn2an(plain.replace("两", "二").replace("〇", "零"), "strict")))
    except (ValueError, ArithmeticError):
        return None


def parse_year(text: str) -> int | None:
    """``2022`` or ``二〇二二`` -> 2022; ``None`` outside 1949–2100."""
    digits = "".join(_VALUES[c] for c in text) if _SPELLED.fullmatch(text) else text
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    return int(digits) if 1949 <= int(digits) <= 2100 else None
