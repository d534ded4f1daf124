"""When a figure holds: the stated, relative and half-stated dates of folded text.

A mention is resolved against the document's date and, for 上年 · 同期, against the
period of the figure it is compared with. 年底 and 月底 are read as the month they end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indicators.core.period import Period
from indicators.mining.numerals import parse_numeral, parse_year

_YEAR = r"(?:[12][0-9]{3}|二[〇零][〇零一二三四五六七八九]{2})"
_REST = (
    r"(?:(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})日|月?(?P<month_end>底|末))?"
    r"|(?P<from>[0-9]{1,2})月?(?:—|-|~|至|到)(?P<to>[0-9]{1,2})月份?"
    r"|年?(?P<year_end>底|末|终)"
    r"|(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二三两23])个?季度"
    r"|前(?P<upto>1?[0-9]|[一二三四五六七八九十]{1,2})个月)"
)
_RELATIVE = r"(?P<relative>今年|本年度?|当年|去年|上一?年度?|前年|明年|来年|下一?年度?|后年)"

#: name -> compiled pattern; every repetition is bounded (tested on hostile text).
PATTERNS: dict[str, re.Pattern[str]] = {
    "span": re.compile(rf"(?P<first>{_YEAR})年?起?(?:—{{1,2}}|-|~|至|到)(?P<last>{_YEAR})年"),
    "absolute": re.compile(rf"(?<![0-9.])(?P<year>{_YEAR})年(?:{_REST})?"),
    "listed": re.compile(rf"(?<![0-9.])(?P<year>{_YEAR})(?=(?:、{_YEAR}){{1,5}}年)"),
    "iso": re.compile(
        r"(?<![0-9.])(?P<year>20[0-9]{2})[-./](?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})(?![0-9])"
    ),
    "relative": re.compile(rf"{_RELATIVE}(?:(?P<same>同期)|{_REST})?"),
    "plan": re.compile(
        r"十(?P<plan>[二三四五六])五(?:规划)?(?P<plan_part>末|期末|时期末|期间|时期|以来)?"
    ),
    "monthly": re.compile(
        r"(?<![0-9.])(?:(?P<from>[0-9]{1,2})月?(?:—|-|~|至|到)(?P<to>[0-9]{1,2})月份?"
        r"|(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})日|月?(?P<month_end>底|末))?)"
    ),
    "bare": re.compile(
        r"(?P<year_end>年底|年末)|(?P<within>年内)|(?P<half>上半年|下半年)|前(?P<quarters>[三二])个?季度"
        r"|第?(?P<quarter>[一二三四])季度|前(?P<upto>1?[0-9]|[一二三四五六七八九十]{1,2})个月"
    ),
    "now": re.compile(r"(?P<now>截[至止]目前|目前|当前|现阶段|迄今|至今|现在|现有|现共有)"),
    "same": re.compile(r"(?P<same>同期)"),
}

_OFFSETS = {"前年": -2, "去年": -1, "上": -1, "今年": 0, "本": 0, "当年": 0, "明年": 1, "来年": 1}
_OFFSETS |= {"下": 1, "后年": 2}
_PLANS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2} | {str(n): n for n in range(1, 5)}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date at ``start:end`` of folded text, not yet resolved.

    ``year`` is absolute; ``offset`` counts years from the document (or, for a
    comparison, from the figure's own period); ``tail`` is the part after the year in
    the form of :class:`Period` (``-12``, ``-H1``, ``-Q3``, ``-10-20``). ``part`` marks
    a stretch that no period form can hold (1—8月), ``span`` the first year of several.
    """

    start: int
    end: int
    year: int | None = None
    offset: int | None = None
    tail: str = ""
    part: bool = False
    span: int | None = None
    now: bool = False
    same: bool = False
    last: bool = False

    def years(self) -> tuple[str, ...]:
        """Each year of a span (2020—2022年), else nothing."""
        if self.span is None or self.year is None or not 1 <= self.year - self.span <= 9:
            return ()
        return tuple(str(year) for year in range(self.span, self.year + 1))


def find_periods(text: str) -> list[Mention]:
    """All dates in folded ``text``, left to right, none overlapping another."""
    found: list[Mention] = []
    covered = bytearray(len(text) + 1)
    for name, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            mention = _read(name, match)
            if mention is not None and not any(covered[mention.start : mention.end]):
                covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _read(name: str, match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    at = Mention(match.start(), match.end())
    if name == "now":
        return replace(at, now=True)
    if name == "plan":
        return _plan(at, groups)
    if name == "span":
        first, last = parse_year(groups["first"]), parse_year(groups["last"])
        return replace(at, year=last, span=first) if first and last and first < last else None
    tail, part = _tail(groups)
    if tail is None:
        return None
    if groups.get("year"):
        year = parse_year(groups["year"])
        return replace(at, year=year, tail=tail, part=part) if year else None
    return _relative(replace(at, tail=tail, part=part), name, groups)


def _plan(at: Mention, groups: dict[str, str | None]) -> Mention:
    end = _PLANS[groups["plan"] or "四"]
    if groups["plan_part"] in ("末", "期末", "时期末"):
        return replace(at, year=end)
    return replace(at, year=end, span=end - 4, part=True)


def _relative(at: Mention, name: str, groups: dict[str, str | None]) -> Mention:
    word = groups.get("relative") or ""
    offset = next((n for start, n in _OFFSETS.items() if word.startswith(start)), None)
    if groups.get("within"):
        return replace(at, offset=0)
    if groups.get("same"):
        return replace(at, offset=-1 if offset is None else offset, same=True, last=True)
    return replace(at, offset=offset, last=offset == -1)


def _tail(groups: dict[str, str | None]) -> tuple[str | None, bool]:
    """Period form of what follows the year, and whether it only approximates it."""
    if groups.get("from"):
        return _months(int(groups["from"] or 0), int(groups["to"] or 0))
    if groups.get("month"):
        month, day = int(groups["month"] or 0), int(groups.get("day") or 0)
        if not 1 <= month <= 12 or day > 31:
            return None, False
        return f"-{month:02d}" + (f"-{day:02d}" if day else ""), False
    if groups.get("year_end"):
        return "-12", False
    if groups.get("half"):
        return ("-H1" if groups["half"] == "上半年" else "-H2"), False
    if groups.get("upto"):
        return _months(1, int(parse_numeral(groups["upto"] or "") or 0))
    if groups.get("quarters"):
        return _months(1, 3 * _QUARTERS[groups["quarters"] or "三"])
    if groups.get("quarter"):
        return f"-Q{_QUARTERS[groups['quarter'] or '一']}", False
    return "", False


_WHOLE = {(1, 3): "-Q1", (1, 6): "-H1", (1, 12): "", (7, 12): "-H2", (4, 6): "-Q2", (10, 12): "-Q4"}


def _months(first: int, last: int) -> tuple[str | None, bool]:
    if not 1 <= first < last <= 12:
        return None, False
    if (first, last) in _WHOLE:
        return _WHOLE[first, last], False
    return ("-Q3" if (first, last) == (1, 9) else f"-{last:02d}"), True


def resolve(mention: Mention, dated: Period | None, against: Period | None = None) -> Period | None:
    """The period meant, or ``None`` where the year cannot be known.

    ``against`` is the period a comparison starts from: 上年 beside 2022年 is 2021.
    """
    if mention.now:
        return dated
    origin = against or dated
    if mention.year is not None:
        return _period(mention.year, mention.tail)
    if mention.same and origin is not None:
        return shifted(origin, mention.offset or -1)
    if mention.offset is not None:
        base = against if mention.last and against is not None else dated
        return None if base is None else _period(base.last.year + mention.offset, mention.tail)
    return None if dated is None else _nearest(mention.tail, dated)


def _nearest(tail: str, dated: Period) -> Period | None:
    """A date without a year: the document's year, or the year before when that lies far ahead."""
    here = _period(dated.last.year, tail)
    if here is None or dated.grain == "year" or tail == "-12":
        return here
    ahead = (here.first.year - dated.last.year) * 12 + here.first.month - dated.last.month
    return _period(dated.last.year - 1, tail) if ahead > 5 else here


def shifted(period: Period, years: int) -> Period | None:
    """The same stretch ``years`` later (29 February becomes 28 February)."""
    tail = "-02-28" if period.text[4:] == "-02-29" else period.text[4:]
    return _period(int(period.text[:4]) + years, tail)


def _period(year: int, tail: str) -> Period | None:
    try:
        return Period.parse(f"{year:04d}{tail}")
    except ValueError:
        return None
