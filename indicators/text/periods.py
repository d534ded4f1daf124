"""Periods in words: ``2021-H1`` is 2021年上半年, H1 2021."""

from __future__ import annotations

from indicators.text import Language, translator

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period(text: str | None, lang: Language) -> str:
    """``2021-H1`` as ``2021年上半年`` or ``H1 2021``; an em dash for none."""
    if not text:
        return "—"
    return _period_zh(text) if lang == "zh" else _period_en(text)


def _period_zh(text: str) -> str:
    year, _, rest = text.partition("-")
    if not rest:
        return f"{year}年"
    if rest.startswith("H"):
        return f"{year}年{'上' if rest == 'H1' else '下'}半年"
    if rest.startswith("Q"):
        return f"{year}年第{'一二三四'[int(rest[1]) - 1]}季度"
    month, _, day = rest.partition("-")
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _period_en(text: str) -> str:
    year, _, rest = text.partition("-")
    if not rest:
        return year
    if rest[0] in "HQ":
        return f"{rest} {year}"
    month, _, day = rest.partition("-")
    return " ".join(filter(None, (str(int(day)) if day else "", _MONTHS[int(month) - 1], year)))


def period_said(text: str | None, basis: str | None, lang: Language) -> str:
    """The period, and that it is the document's own date where the sentence names none."""
    said = period(text, lang)
    return translator(lang)("{period}（按文件日期）", period=said) if basis == "document" else said
