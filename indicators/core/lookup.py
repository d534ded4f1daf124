"""Finding an indicator by what people call it: names and aliases, exact before partial."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indicators.core.model import Indicator

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_IGNORED = re.compile(r"[\s“”‘’\"'「」『』《》〈〉·]+")


def half_width(text: str) -> str:
    """Full-width forms (Ａ１％（）：， and the ideographic space) as their ASCII counterparts.

    Nothing else changes: no ①, ㎡, 〔 or compatibility ideograph is touched, as NFKC would.
    """
    return text.translate(_HALF)


def normalised(text: str) -> str:
    """``text`` for comparing names: half-width, one case, no white space or quotation marks."""
    return _IGNORED.sub("", half_width(text)).casefold()


def names(indicator: Indicator) -> tuple[str, ...]:
    """Everything the indicator is called: id, names in both languages, aliases."""
    return (indicator.id, indicator.name.zh, indicator.name.en, *indicator.aliases)


def find(text: str, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators called ``text``; failing that, those whose names contain it, nearest first.

    An exact name or alias ends the search, so that 县域就诊率 gives 县域内就诊率 alone.
    There is no guessing: 就诊率 and 住院率 differ by two characters and everything else.
    """
    wanted = normalised(text)
    if not wanted:
        return []
    called = [
        (indicator, [normalised(name) for name in names(indicator)]) for indicator in indicators
    ]
    exact = [indicator for indicator, known in called if wanted in known]
    if exact:
        return exact
    partial = [
        (min(len(name) for name in known if wanted in name), indicator.id, indicator)
        for indicator, known in called
        if any(wanted in name for name in known)
    ]
    return [indicator for _, _, indicator in sorted(partial, key=lambda row: row[:2])]
