"""Figures with their units: value, upper bound, unit and how exactly they are stated.

Works on folded text. What only looks like a figure (years, ranks, document numbers,
money for buildings, telephone numbers) is either not matched or masked beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.core.model import Comparator, Precision
from indicators.core.unit import UNITS
from indicators.mining.numerals import DIGITS, HAN, NUMBER, parse_numeral

_BEFORE = (
    r"(?:不得(?:低于|少于|高于|超过|多于|大于|小于)|不低于|不少于|不小于|不高于|不超过|不大于|不多于|低于|高于|少于|多于|小于|大于|至少|最多"
    r"|超过|突破|超|逾|接近|将近|(?<![附最临靠])近|大约|约为|(?<![签预节制公特违履合])约|仅为|仅|不足|不到|≥|≤|>|<)"
)
_AFTER = r"(?:\(含\))?(?:及以上|及以下|以上|以下|以内|之内|之间|左右|上下)"
_SHARE = r"(?:%o|%0(?![0-9])|%|‰|/10万|/100000|/十万|/1万|/万(?!人)|/10000)"
_POINTS = r"(?:个?百分点|个?千分点|个点)"
_COUNT = (
    r"(?:人次|人(?!均)|名|例|份|家|个(?!月|小时|工作日|百分|千分|半)|所|项|支|种|辆|张|元|岁|管|户"
    r"|台|件)"
)
_RATIO = r"(?:/万人|/人)"
_MORE = r"(?:余|多)"
_SPACE = r" ?"

#: A minus sign, never a dash between two figures or words: 增幅为-1.8% · 3.06%和-0.45%.
_MINUS = r"(?:(?<=[为是达至到：、和与及幅])|(?<=长率))(?:-|—(?!—)|负)"

RANGE_MARK = r"(?:—{1,2}|-|~|至|到)"
_UNITED = (
    rf"(?:{_SPACE}(?P<share>{_SHARE})|{_SPACE}(?P<points>{_POINTS})"
    rf"|{_SPACE}(?P<scale>[万亿])?(?P<more2>{_MORE})?(?P<count>{_COUNT})(?P<ratio>{_RATIO})?)"
)

#: name -> compiled pattern; every repetition is bounded (tested on hostile text).
PATTERNS: dict[str, re.Pattern[str]] = {
    "parts": re.compile(
        rf"(?P<before>{_BEFORE})?(?P<base>十万|万|千|百)分之(?P<number>{NUMBER})(?P<after>{_AFTER})?"
    ),
    "tenths": re.compile(
        rf"(?P<before>{_BEFORE})?(?<![零一二两三四五六七八九十百千万0-9完形组构建])"
        r"(?P<number>[一二两三四五六七八九1-9])成(?P<half>[一二三四五六七八九半])?"
        rf"(?![员为立效果功绩本都长型份就分因交了])(?P<after>{_AFTER})?"
    ),
    "range": re.compile(
        rf"(?P<before>{_BEFORE})?(?<![0-9.])(?P<number>{DIGITS})(?:{_SPACE}(?P<first>{_SHARE}))?"
        rf"{RANGE_MARK}(?P<upper>{DIGITS}){_UNITED}(?P<after>{_AFTER})?"
    ),
    "digits": re.compile(
        rf"(?P<before>{_BEFORE})?(?P<minus>{_MINUS})?(?<![0-9.第])(?P<number>{DIGITS})"
        rf"(?P<more>{_MORE})?"
        rf"{_UNITED}(?P<after>{_AFTER})?"
    ),
    "han": re.compile(
        rf"(?P<before>{_BEFORE})?(?<![第零〇一二两三四五六七八九十百千万0-9])(?P<number>{HAN})"
        rf"(?P<scale>[万亿])?(?P<more>{_MORE})?(?P<count>人次|人|名|例|份|家|个|所|支)(?P<after>{_AFTER})?"
    ),
    "bare": re.compile(
        rf"(?P<lead>为|达到?|是|：)(?P<before>{_BEFORE})?(?P<number>{DIGITS}|零)"
        rf"(?![0-9.%‰/万亿年月日个家人名例])(?=[，。；、)！ ]|$)"
    ),
}

_LISTED = re.compile(r"(?<![0-9.])([0-9]{1,12}(?:\.[0-9]{1,6})?)(个?)(?:、|和|及|与)$")

_WORDS: tuple[tuple[Comparator, str], ...] = (
    (">=", "不低于 不少于 不小于 高于 多于 大于 至少 ≥ > 超过 突破 超 逾 以上 及以上"),
    ("<=", "不高于 不超过 不大于 不多于 低于 少于 小于 最多 ≤ < 不足 不到 以下 及以下 以内 之内"),
    ("~", "接近 将近 近 大约 约为 约 左右 上下"),
)
_COMPARES: dict[str, Comparator] = {
    word: comparator for comparator, words in _WORDS for word in words.split()
}
_DEMANDS = frozenset(
    ("不低于", "不少于", "不小于", "不高于", "不超过", "不大于", "不多于", "≥", "≤")
)
_FORBIDS = "不得"
_PRECISE: dict[Comparator, Precision] = {">=": "at_least", "<=": "at_most", "~": "about"}
_BASES = {"百": "%", "千": "‰", "万": "/万", "十万": "/10万"}
_SHARES = {
    "%o": "‰",
    "%0": "‰",
    "/100000": "/10万",
    "/十万": "/10万",
    "/1万": "/万",
    "/10000": "/万",
}
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at ``start:end`` of folded text; ``number`` is where its digits begin.

    ``unit`` is a symbol of :mod:`indicators.core.unit` where there is one, empty for a
    figure without unit. ``bound`` is the comparator that its own words state (以上,
    不超过, 左右 …); ``held_to`` marks words that demand (不低于), ``ordered`` words that only an
    order uses (不得低于). ``written`` is how it was
    written: digits, range, han, parts, tenths, bare.
    """

    start: int
    end: int
    number: int
    value: Decimal
    upper: Decimal | None
    unit: str
    bound: Comparator | None
    written: str
    odd_unit: bool = False
    held_to: bool = False
    ordered: bool = False

    @property
    def precision(self) -> Precision:
        """The precision its own words state; ``exact`` where they state none."""
        return _PRECISE.get(self.bound, "exact") if self.bound else "exact"


def find_quantities(text: str) -> list[Quantity]:
    """All figures in folded ``text``, left to right, none overlapping another."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for name, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            quantity = _read(name, match)
            if quantity is not None and not _overlaps(quantity, taken):
                taken.append((quantity.start, quantity.end))
                found.append(quantity)
    listed = [one for quantity in found for one in _sharing_unit(text, quantity)]
    loose = [
        one
        for one in found
        if one.unit == "个" and _overlaps(one, [(q.start, q.end) for q in listed])
    ]
    taken = [(one.start, one.end) for one in found if one not in loose]
    kept = [one for one in listed if not _overlaps(one, taken)]
    return sorted(
        [*(one for one in found if one not in loose), *kept], key=lambda quantity: quantity.start
    )


def _sharing_unit(text: str, last: Quantity) -> Iterator[Quantity]:
    """提高1.2、0.9、2.3个百分点: members of a list that leave the unit to the last of them."""
    shared = last.unit == "个千分点" or (
        last.unit in UNITS and "share" in UNITS[last.unit].dimension
    )
    if last.written != "digits" or not shared:
        return
    start = last.number
    for _ in range(8):
        match = _LISTED.search(text[max(0, start - 22) : start])
        if match is None:
            return
        begin, end = (max(0, start - 22) + place for place in (match.start(1), match.end(2)))
        value = parse_numeral(match[1])
        if value is None:
            return
        yield Quantity(begin, end, begin, value, None, last.unit, None, "digits")
        start = begin


def _overlaps(quantity: Quantity, taken: list[tuple[int, int]]) -> bool:
    return any(quantity.number < end and start < quantity.end for start, end in taken)


def _read(name: str, match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    value = _tenths(groups) if name == "tenths" else parse_numeral(groups["number"] or "")
    upper = parse_numeral(groups["upper"]) if groups.get("upper") else None
    if value is None or (upper is not None and upper <= value):
        return None
    unit, factor = _unit_of(name, groups)
    number = match.start("minus") if groups.get("minus") else match.start("number")
    start = match.start("before") if groups.get("before") else number
    if name == "parts":
        start = min(start, match.start("base"))
    return Quantity(
        start=start,
        end=match.end(),
        number=match.start("base") if name == "parts" else number,
        value=-_scaled(value, factor) if groups.get("minus") else _scaled(value, factor),
        upper=None if upper is None else _scaled(upper, factor),
        unit=unit,
        bound="between" if upper is not None else _bound(groups),
        written=name,
        held_to=(groups.get("before") or "") in _DEMANDS,
        ordered=(groups.get("before") or "").startswith(_FORBIDS),
        odd_unit=groups.get("share") in ("%o", "%0") or groups.get("first") not in (None, unit),
    )


def _scaled(value: Decimal, factor: Decimal) -> Decimal:
    """1.2万家 is 12000 家, not 12000.0."""
    scaled = value * factor
    whole = factor != 1 and scaled == scaled.to_integral_value()
    return scaled.to_integral_value() if whole else scaled


def _tenths(groups: dict[str, str | None]) -> Decimal | None:
    whole = parse_numeral(groups["number"] or "")
    half = groups.get("half")
    part = Decimal(5) if half == "半" else (parse_numeral(half) if half else Decimal(0))
    return None if whole is None or part is None else whole * 10 + part


def _unit_of(name: str, groups: dict[str, str | None]) -> tuple[str, Decimal]:
    """Unit symbol and the factor that the document's scale word adds where it has none."""
    if name in ("parts", "tenths"):
        return (_BASES[groups["base"] or ""] if name == "parts" else "%"), Decimal(1)
    if groups.get("share"):
        return _SHARES.get(groups["share"] or "", groups["share"] or ""), Decimal(1)
    if groups.get("points"):
        return ("个千分点" if "千" in (groups["points"] or "") else "个百分点"), Decimal(1)
    if not groups.get("count"):
        return "", Decimal(1)
    return _count_unit(groups)


def _count_unit(groups: dict[str, str | None]) -> tuple[str, Decimal]:
    scale, count = groups.get("scale") or "", groups["count"] or ""
    whole = scale + count + (groups.get("ratio") or "")
    if whole in UNITS or not scale:
        return whole, Decimal(1)
    if scale == "亿" and "万" + count in UNITS:
        return "万" + count, Decimal(10000)
    return count, _SCALES[scale]


def _bound(groups: dict[str, str | None]) -> Comparator | None:
    if groups.get("more") or groups.get("more2"):
        return ">="
    for name in ("after", "before"):
        word = (groups.get(name) or "").removeprefix("(含)").replace(_FORBIDS, "不")
        bound = _COMPARES.get(word)
        if bound:
            return bound
    return None
