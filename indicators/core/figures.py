"""Does a figure stand in a sentence, in digits or in Chinese numerals?"""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.core.lookup import half_width

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_NUMERAL = "零〇一二三四五六七八九十百千万亿点两"
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")


def states(quote: str, value: Decimal) -> bool:
    """Whether the digits of ``value`` stand in ``quote`` as a figure of their own.

    Full-width digits, thousands marks, 百分之六十五, 六成五 and 两 are understood; the
    sign is not looked for (降低5.51 states −5.51). 65 does not stand in 165 or 65.5.
    """
    text = _THOUSANDS.sub("", half_width("".join(quote.split())))
    size = abs(value)
    if re.search(rf"(?<![0-9.]){_digits(size)}(?![0-9]|\.[0-9])", text):
        return True
    return any(
        re.search(f"(?<![{_NUMERAL}]){form}(?![{_NUMERAL}成])", text) for form in _chinese(size)
    )


def _digits(value: Decimal) -> str:
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    zeros = "0*" if "." in plain else r"(?:\.0+)?"
    return re.escape(plain) + zeros


def _chinese(value: Decimal) -> list[str]:
    forms = _tenths(value)
    if value >= 100_000_000:
        return forms
    whole, _, fraction = _plain(value).partition(".")
    for integer in _integers(int(whole)):
        forms.append(integer + ("点" + _one_by_one(fraction) if fraction else ""))
    return forms


def _plain(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _one_by_one(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _tenths(value: Decimal) -> list[str]:
    """65 as 六成五, 90 as 九成, 50 as 半."""
    if value != value.to_integral_value() or not 10 <= value < 100:
        return []
    tens, ones = divmod(int(value), 10)
    forms = [_DIGITS[tens] + "成" + (_DIGITS[ones] if ones else "")]
    return [*forms, "半", "一半"] if value == 50 else forms


def _integers(number: int) -> list[str]:
    """Readings of a whole number below 100,000,000: 12 as 十二 or 一十二, 2 as 二 or 两."""
    if number == 0:
        return ["零", "〇"]
    high, low = divmod(number, 10_000)
    text = _below_ten_thousand(low)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        text = _below_ten_thousand(high) + "万" + gap + text
    forms = [text]
    if text.startswith("一十") or text == "一百":
        forms.append(text[1:])
    if text.startswith("二") and (len(text) == 1 or text[1] in "百千万"):
        forms.append("两" + text[1:])
    return forms


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text
