"""What a column header, a cell or a stated period of a table means. Pure: no files.

Indicators are recognised by the names and aliases of the registry and nothing else:
县域内就诊率 and 县域内住院率 differ by two characters and everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from indicators.core.lookup import half_width, names, normalised
from indicators.core.model import Indicator, Precision
from indicators.core.period import Period
from indicators.core.unit import UNITS

Role = Literal[
    "indicator", "region_code", "region_name", "indicator_id", "indicator_name", "period",
    "value", "unit", "scope", "note", "index", "unknown",
]  # fmt: skip
Sense = Literal["level", "target", "change", "rank"]

_ROLES: dict[Role, str] = {
    "region_code": "行政区划代码 区划代码 地区代码 区域代码 行政区代码 代码 "
    "code region_code adcode",
    "region_name": "地区 区域 区县 县区 县市区 市县区 县(市、区) 县(市区) 县(区) 市(州) 市州 "
    "市县 城市 地市 县 市 "
    "行政区划 行政区划名称 行政区 地区名称 区域名称 县(市、区)名称 "
    "region region_name",
    "indicator_id": "indicator_id indicator 指标编码 指标代码",
    "indicator_name": "指标 指标名称 指标名 项目 indicator_name",
    "period": "年份 年度 年 时间 时期 期间 统计期 统计时间 数据时间 日期 period year",
    "value": "数值 指标值 值 数据 实际值 完成值 完成情况 value",
    "unit": "单位 计量单位 unit",
    "scope": "口径 统计口径 统计范围 scope",
    "note": "备注 说明 注 note",
    "index": "序号 编号 no no.",
}
_ROLE_OF = {normalised(word): role for role, words in _ROLES.items() for word in words.split(" ")}
_SENSES: dict[Sense, str] = {
    "target": "目标|目标值|目标数|计划|计划值|计划数|规划|规划值|任务|任务数|预期|预期值"
    "|指标要求|考核要求",
    "change": "同比|环比|增长|增幅|增减|增长率|较上年|比上年|变化|提高|下降|提升",
    "rank": "排名|位次|名次|排序",
    "level": "实际|实际值|完成值|现状|现状值|实绩|数值|指标值",
}
_SENSE_OF = {word: sense for sense, words in _SENSES.items() for word in words.split("|")}
_UNIT_WORDS = {
    "百分点": "个百分点", "1/10万": "/10万", "/十万": "/10万", "1/十万": "/10万",
    "十万分之": "/10万",
    "/100000": "/10万", "1/100000": "/10万", "1/万": "/万", "/10000": "/万", "万分之": "/万",
    "1/千": "‰", "/千": "‰", "千分之": "‰", "百分比": "%", "百分数": "%",
}  # fmt: skip
_UNIT_OF = {normalised(symbol): symbol for symbol in UNITS} | {
    normalised(word): symbol for word, symbol in _UNIT_WORDS.items()
}
_DASHES = re.compile("[-‐‑‒–—―~～至]+")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{0,40})[)\]】]")
_SEPARATORS = re.compile(r"[/|\n;,:\s_，；：·]+")
_UNIT_LABEL = re.compile(r"^(?:计量)?单位[:： ]?")


@dataclass(frozen=True, slots=True)
class Header:
    """The meaning of a header. ``indicators`` has one id, or several where it is ambiguous.

    ``period`` and ``unit`` are those written in the header; ``odd_period`` says that a
    stretch is written that no period form holds (1—9月).
    """

    text: str
    role: Role = "unknown"
    indicators: tuple[str, ...] = ()
    period: str | None = None
    unit: str | None = None
    sense: Sense = "level"
    odd_period: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a cell states it; ``unit`` only where the cell itself writes one."""

    value: Decimal
    unit: str | None = None
    precision: Precision = "exact"


def folded(name: str) -> str:
    """A name for comparing: as :func:`normalised`, and all dashes alike."""
    return _DASHES.sub("-", normalised(name))


def promises(text: str, besides: Iterable[str] = ()) -> bool:
    """Whether ``text`` speaks of a target or plan, apart from the names ``besides``."""
    plain = folded(text)
    for name in sorted(map(folded, besides), key=len, reverse=True):
        plain = plain.replace(name, " ")
    return any(word in plain for word in ("目标", "计划", "规划"))


def unit_of(text: str) -> str | None:
    """The unit symbol a text names, ``None`` where it names none."""
    word = normalised(_UNIT_LABEL.sub("", half_width(text).strip()))
    return _UNIT_OF.get(word)


# --- periods ---------------------------------------------------------------------

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIOD = re.compile(
    r"(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})"
    r"(?:-(?P<iso>H[12]|Q[1-4]|[0-9]{2}(?:-[0-9]{2})?)(?![0-9])"
    r"|年?(?P<word>H[12]|Q[1-4])(?![0-9])"
    r"|年?第?(?P<quarter>[一二三四1-4])季度"
    r"|年?(?P<half>上半年|下半年)"
    r"|年(?P<from>[0-9]{1,2})月?[-—–~至](?P<to>[0-9]{1,2})月"
    r"|年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|底|末)?"
    r"|(?P<end>年底|年末)"
    r"|年度|年(?!度)|(?![0-9.]))"
)
_MONTHS = {(1, 6): "-H1", (7, 12): "-H2", (1, 3): "-Q1", (4, 6): "-Q2", (7, 9): "-Q3",
           (10, 12): "-Q4", (1, 12): ""}  # fmt: skip


def period_in(text: str) -> tuple[str | None, str, bool]:
    """The one period written in ``text``, the text without it, and whether a stretch is odd.

    Two different periods give none. Understood: 2021 · 2021年 · 2021年底 · 2021年上半年 ·
    2021年第三季度 · 2021年1—6月 · 2021年12月 · 2021-12-31 · 2021-Q3.
    """
    plain = half_width(text)
    found: set[str] = set()
    odd = False
    for match in _PERIOD.finditer(plain):
        period = _period(match)
        if period is None:
            odd = True
        else:
            found.add(period)
    rest = _PERIOD.sub(" ", plain).strip()
    return (found.pop() if len(found) == 1 and not odd else None), rest, odd or len(found) > 1


def _period(match: re.Match[str]) -> str | None:
    tail = _tail(match)
    if tail is None:
        return None
    try:
        return Period.parse(match["year"] + tail).text
    except ValueError:
        return None


def _tail(match: re.Match[str]) -> str | None:
    if match["iso"] or match["word"]:
        return f"-{match['iso'] or match['word']}"
    if match["quarter"]:
        return f"-Q{_NUMERALS[match['quarter']]}"
    if match["half"]:
        return "-H1" if match["half"] == "上半年" else "-H2"
    if match["from"]:
        return _MONTHS.get((int(match["from"]), int(match["to"])))
    if match["month"]:
        day = f"-{int(match['day']):02d}" if match["day"] else ""
        return f"-{int(match['month']):02d}{day}"
    return "-12" if match["end"] else ""


# --- headers ---------------------------------------------------------------------


class Recogniser:
    """Reads headers against one registry."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.indicators = {indicator.id: indicator for indicator in indicators}
        self._ids: dict[str, tuple[str, ...]] = {}
        for indicator in self.indicators.values():
            for name in {folded(name) for name in names(indicator)}:
                self._ids[name] = (*self._ids.get(name, ()), indicator.id)
        self.header = lru_cache(maxsize=5_000)(self._header)

    def named(self, text: str) -> tuple[str, ...]:
        """Ids of the indicators called exactly so (several where they share the name)."""
        return self._ids.get(folded(text), ())

    def _header(self, text: str) -> Header:
        plain = half_width(text).strip()
        if not plain:
            return Header(text)
        role = _ROLE_OF.get(normalised(plain))
        if role is not None:
            return Header(text, role)
        exact = self.named(plain)
        if exact:
            return Header(text, "indicator", exact)
        return self._compound(text, plain)

    def _compound(self, text: str, plain: str) -> Header:
        """A header with a unit, a period or a word like 目标 beside the name."""
        header = Header(text)
        header, plain = _take_brackets(header, plain)
        period, plain, odd = period_in(plain)
        odd = header.odd_period or odd
        header = replace(header, period=header.period or period, odd_period=odd)
        for name, found in self._namings(header, plain):
            indicators = self.named(name)
            if indicators:
                return replace(found, role="indicator", indicators=indicators)
        return self._nameless(header, plain)

    def _namings(self, header: Header, plain: str) -> Iterable[tuple[str, Header]]:
        """Ways to read ``plain`` as a name: whole, without its other words, without a unit."""
        yield plain, header
        tokens = [token for token in _SEPARATORS.split(plain) if token]
        rest, found = _take_words(header, tokens)
        yield "".join(rest), found
        name = "".join(rest)
        for symbol in ("%", "‰"):
            if name.endswith(symbol):
                yield name[:-1], replace(found, unit=found.unit or symbol)
        for word, sense in _SENSE_OF.items():
            if name.endswith(word) and len(name) > len(word):
                yield name.removesuffix(word), replace(found, sense=sense)

    def _nameless(self, header: Header, plain: str) -> Header:
        """A header of period, unit or sense alone (2021年 below a merged name)."""
        rest, found = _take_words(header, [t for t in _SEPARATORS.split(plain) if t])
        role = _ROLE_OF.get(normalised("".join(rest))) if rest else None
        if role is not None:
            return replace(found, role=role)
        return found if not rest else Header(header.text)


def _take_brackets(header: Header, plain: str) -> tuple[Header, str]:
    """Take units, periods and words like 目标 out of brackets; what says something else stays."""
    for match in list(_BRACKETS.finditer(plain)):
        found: Header | None = header
        for part in re.split(r"[,;、\s]+", match[1]):
            found = _with_part(found, part) if found is not None else None
        if found is not None:
            header, plain = found, plain.replace(match[0], " ", 1)
    return header, plain.strip()


def _with_part(header: Header, part: str) -> Header | None:
    """The header with one word of a bracket understood, ``None`` where it is not."""
    if part in _SENSE_OF:
        return replace(header, sense=_SENSE_OF[part])
    unit = unit_of(part)
    if unit is not None:
        return replace(header, unit=unit)
    period, rest, odd = period_in(part)
    if period is None and not odd:
        return None
    if rest and rest not in _SENSE_OF:
        return None
    header = replace(header, sense=_SENSE_OF.get(rest, header.sense))
    return replace(header, period=header.period or period, odd_period=header.odd_period or odd)


def _take_words(header: Header, tokens: list[str]) -> tuple[list[str], Header]:
    rest: list[str] = []
    for token in tokens:
        unit = unit_of(token)
        if unit is not None and header.unit is None:
            header = replace(header, unit=unit)
        elif token in _SENSE_OF:
            header = replace(header, sense=_SENSE_OF[token])
        else:
            rest.append(token)
    return rest, header


# --- cells -----------------------------------------------------------------------

_MISSING = {
    "…", "...", "……", "—", "——", "-", "--", "–", "/", "\\", "*", "**", "#", "×",
    "无", "无数据", "暂无", "暂无数据", "n/a", "na", "null", "none", "nan",
    "不适用", "缺", "缺失", "未统计", "未报",
    "未报告", "#n/a",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<before>约为?|大约|≥|>=|≤|<=)?(?P<sign>[+−-])?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?P<fraction>\.[0-9]{1,8})?"
    r"(?P<unit>/10万|/100000|[^0-9.]{0,8}?)(?P<after>左右|以上|余)?"
)
_BEFORE: dict[str, Precision] = dict.fromkeys(("≥", ">="), "at_least")
_BEFORE |= dict.fromkeys(("≤", "<="), "at_most")
_AFTER: dict[str, Precision] = {"左右": "about", "以上": "at_least", "余": "at_least"}


def missing_symbol(text: str) -> bool:
    """Whether a cell says that there is no figure (… — / 无 N/A), which is never 0."""
    return half_width(text).strip().casefold() in _MISSING


def figure_in(text: str) -> Figure | None:
    """The number a cell states: digits with a sign, thousands marks, a unit, 约 or 以上.

    Everything else – words, dates, two numbers, brackets – is no figure: ``None``.
    """
    plain = half_width(text).replace(" ", "").replace("\u00a0", "")
    match = _NUMBER.fullmatch(plain)
    if match is None or not plain.replace("−", "-").isprintable():
        return None
    unit = unit_of(match["unit"]) if match["unit"] else None
    if match["unit"] and unit is None:
        return None
    digits = match["whole"].replace(",", "") + (match["fraction"] or "")
    sign = "-" if match["sign"] in ("-", "−") else ""
    return Figure(Decimal(sign + digits), unit, _precision(match["before"], match["after"]))


def _precision(before: str | None, after: str | None) -> Precision:
    if before:
        return _BEFORE.get(before, "about")
    return _AFTER.get(after or "", "exact")
