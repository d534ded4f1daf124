"""Figures in words: exactly the digits of the source, always with their unit."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from indicators.core.unit import UNITS
from indicators.tables.decimals import digits
from indicators.text import Language, singular, translator
from indicators.text.periods import period as period  # said here as part of a figure's words
from indicators.text.periods import period_said as period_said

_SYMBOLS = {">=": "≥", "<=": "≤"}
_ATTACHED = ("%", "‰")


def unit_name(symbol: str, lang: Language) -> str:
    """The unit as the reader's language writes it."""
    known = UNITS.get(symbol)
    if known is None:
        return symbol
    return known.zh if lang == "zh" else known.en


def gap_name(symbol: str, lang: Language) -> str:
    """What a difference of two values in that unit is called (% gives 个百分点)."""
    known = UNITS.get(symbol)
    if known is None:
        return symbol
    return known.gap_zh if lang == "zh" else known.gap_en


def amount(
    value: Decimal | None, unit: str | None, lang: Language, precision: str | None = "exact"
) -> str:
    """``93.05%``, ``14.12/10万``, ``65%以上``; an em dash for a missing value."""
    if value is None:
        return "—"
    if unit == "是/否":
        return translator(lang)("是" if value == 1 else "否")
    number = _with_unit(digits(value), unit or "", lang)
    return _bounded(number, precision, lang)


def _with_unit(number: str, unit: str, lang: Language) -> str:
    name = "" if unit == "比值" else unit_name(unit, lang)
    if not name or unit in _ATTACHED:
        return f"{number}{name}"
    if lang == "en" and number == "1":
        name = singular(name)
    if lang == "zh":
        return f"{number}{name}" if name.startswith("/") else f"{number} {name}"
    return f"{number} × {name}" if name[0].isdigit() else f"{number} {name}"


def _bounded(number: str, precision: str | None, lang: Language) -> str:
    t = translator(lang)
    if precision == "at_least":
        return t("{number}以上", number=number)
    if precision == "at_most":
        return t("{number}以内", number=number)
    if precision == "about":
        return t("{number}左右", number=number)
    return number


def target(
    comparator: str | None,
    value: Decimal | None,
    upper: Decimal | None,
    unit: str | None,
    lang: Language,
) -> str:
    """``≥65%``, ``≤14.5/10万``, ``60–70%``; a promise without a number: ``未设数值``."""
    if value is None or unit == "是/否":
        return translator(lang)("未设数值")
    low = _with_unit(digits(value), unit or "", lang)
    if comparator == "between" and upper is not None:
        return _with_unit(f"{digits(value)}–{digits(upper)}", unit or "", lang)
    if comparator == "~":
        return translator(lang)("{number}左右", number=low)
    return f"{_SYMBOLS.get(comparator or '', '')}{low}"


def stated_amount(claim: Mapping[str, Any], held: str, lang: Language) -> str:
    """What a row of the claims table states, in its indicator's unit; with its period where
    that is not ``held``."""
    value, unit = claim["canonical_value"], claim["canonical_unit"]
    said = amount(value, unit, lang, claim["precision"])
    if claim["period"] == held:
        return said
    when = period(claim["period"], lang)
    return translator(lang)("{value}（{period}）", value=said, period=when)


def gap(value: Decimal | None, unit: str, lang: Language) -> str:
    """A signed difference with its own unit name: ``+5.0 个百分点``."""
    if value is None:
        return "—"
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    name = gap_name(unit, lang)
    if lang == "en" and digits(abs(value)) == "1":
        name = singular(name)
    return f"{sign}{digits(abs(value))}{'' if name.startswith('/') else ' '}{name}"


def plain(text: object) -> str:
    """``text`` as text inside a figure: Plotly reads tags, so data must carry none."""
    return html.escape(str(text), quote=False)


def wrapped(text: str, width: int) -> str:
    """``text`` in lines of at most ``width`` full-width characters, joined by ``<br>``.

    Data is escaped first; Latin words stay whole.
    """
    return "<br>".join(plain(line) for line in lines(text, width))


def lines(text: str, width: int) -> list[str]:
    """``text`` cut into lines of at most ``width`` full-width characters."""
    found: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if line and span(line + piece.rstrip()) > width and piece not in _CLINGING:
            found.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*found, line.rstrip()] if line.strip() else found or [""]


#: Latin words and numbers with their unit stay whole; every other character may break.
_PIECES = re.compile(
    r"[0-9][0-9.,]* [\u4e00-\u9fff]{1,3}(?=[、，；：。（ ]|$)"
    r"|[A-Za-z0-9.,%‰≥≤≈+−'()-]+ ?|.",
    re.DOTALL,
)
_CLINGING = "，。；：、）》〕”％"


def span(text: str) -> float:
    """About how many full-width characters wide ``text`` is."""
    return sum(0.55 if ord(char) < 0x2000 else 1.0 for char in text)
