"""Whose document it is, of which day, and whether it plans: guesses with their reason.

Read in the signature, the title and the document number; never in the running text
alone. A guess is always reported as one, so that a person can put it right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.core.model import Snapshot
from indicators.mining.fold import fold
from indicators.mining.periods import Mention, find_periods, resolve
from indicators.mining.regions import Gazetteer

_EDGE = 40
PATTERNS: dict[str, re.Pattern[str]] = {
    "issuer": re.compile(
        r"[\u4e00-\u9fff]{2,24}(?:委员会|卫生健康委|卫健委|卫生健康局|卫生健康和体育局|体育局|卫生局|人民政府|办公室|领导小组)(?:文件|函)?"
    ),
    "number": re.compile(r"[〔\[(]((?:19|20)[0-9]{2})[〕\])][0-9]{1,5}号"),
    "planning": re.compile(
        r"(?:实施)?(?:意见|方案|规划|计划|工作要点|要点|行动)》?(?:的通知)?$|规划纲要"
    ),
    "answering": re.compile(r"答复|函复|复函|总结|汇报|报告|公报"),
}

#: code -> (Chinese, English): where a guess was read.
SOURCES: dict[str, tuple[str, str]] = {
    "signature": ("落款", "the signature"),
    "title": ("标题", "the title"),
    "frequent": ("文中出现最多的地名", "the place named most often"),
    "number": ("文号", "the document number"),
    "published": ("页首日期", "the date at the head of the page"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """Region code and date with where each was read (codes of :data:`SOURCES`)."""

    region: str | None = None
    region_from: str | None = None
    dated: str | None = None
    dated_from: str | None = None
    plan: bool = False


def guess(text: str, snapshot: Snapshot) -> Guess:
    """What the document says about itself; a field stays null where it says nothing."""
    lines = _edges(text)
    region, region_from = _region(text, lines, snapshot)
    dated, dated_from = _dated(lines)
    title = _title(lines)
    planning = PATTERNS["planning"].search(title) is not None
    return Guess(
        region, region_from, dated, dated_from, planning and not PATTERNS["answering"].search(title)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    late: bool


def _edges(text: str) -> list[_Line]:
    """Folded lines of the beginning and the end; ``late`` marks the second half."""
    raw = [line for line in text.splitlines() if line.strip()]
    chosen = raw if len(raw) <= 2 * _EDGE else [*raw[:_EDGE], *raw[-_EDGE:]]
    half = len(chosen) // 2
    return [_Line(fold(line[:200]).text, index >= half) for index, line in enumerate(chosen)]


def _title(lines: list[_Line]) -> str:
    """The first line that reads like a title (it may run over two lines)."""
    for index, line in enumerate(lines[:15]):
        both = line.text + (lines[index + 1].text if index + 1 < len(lines) else "")
        for words in (line.text, both):
            named = PATTERNS["planning"].search(words) or PATTERNS["answering"].search(words)
            if named and len(words) <= 80 and "。" not in words:
                return words
    return lines[0].text if lines else ""


def _region(text: str, lines: list[_Line], snapshot: Snapshot) -> tuple[str | None, str | None]:
    places = Gazetteer(snapshot, None)
    signed = [line for line in reversed(lines) if PATTERNS["issuer"].fullmatch(line.text)]
    for source, chosen in (("signature", signed), ("title", [_Line(_title(lines), False)])):
        for line in chosen:
            code = _deepest(places, line.text, snapshot)
            if code:
                return code, source
    counted = Counter(_codes(places, fold(text[:20000]).text))
    return (counted.most_common(1)[0][0], "frequent") if counted else (None, None)


def _codes(places: Gazetteer, words: str) -> Iterable[str]:
    return (place.code for place in places.find(words) if place.code and place.code != "000000")


def _deepest(places: Gazetteer, words: str, snapshot: Snapshot) -> str | None:
    """The lowest region that the words begin with: 湖南省岳阳市… is 岳阳市."""
    found = [place for place in places.find(words) if place.code and place.start <= 24]
    codes = [place.code for place in found[:3] if place.code and place.code != "000000"]
    return max(codes, key=lambda code: len(snapshot.lineage(code)), default=None)


def _dated(lines: list[_Line]) -> tuple[str | None, str | None]:
    """The date under the signature, else the page's, else the year of number or title."""
    alone = [line for line in lines if len(line.text) <= 30]
    for source, chosen in (
        ("signature", [line for line in reversed(alone) if line.late]),
        ("published", [line for line in alone if not line.late]),
    ):
        for line in chosen:
            day = next((m for m in find_periods(line.text) if _is_day(m, line.text)), None)
            period = resolve(day, None) if day else None
            if period is not None and "建议" not in line.text and "提案" not in line.text:
                return period.text, source
    for line in (line for line in lines[:20] if len(line.text) <= 40):
        number = PATTERNS["number"].search(line.text)
        if number:
            return number[1], "number"
    years = [m for m in find_periods(_title(lines)) if m.year and m.span is None]
    return (str(years[0].year), "title") if years else (None, None)


def _is_day(mention: Mention, line: str) -> bool:
    """A day, or a month that has its line to itself: （2024年3月）."""
    alone = mention.end - mention.start >= len(line.strip("()")) - 1
    return mention.year is not None and (
        len(mention.tail) == 6 or (alone and re.fullmatch("-[0-9]{2}", mention.tail) is not None)
    )
