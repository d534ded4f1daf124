"""Which indicators a sentence names: registry names and aliases, longest match first.

Names that share an ending (高血压、糖尿病患者规范化管理率) are completed from the last of
them, names that share a beginning from the first. 率-words that the registry does not
know are found too, so that a figure is never given to the wrong neighbour.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from indicators.core.model import Indicator, Snapshot
from indicators.core.unit import UNITS
from indicators.mining.fold import folded_name
from indicators.mining.lexicon import WORDINGS

_COUNT_ENDING = re.compile(r"(?:总?人数|例数|份数|家数|支数|人次|数量|数)$")
_SHARE_ENDING = re.compile(r"(?:的)?(?:占比|比例|比重)$")
_LEADING = re.compile(r"^(?:2型(?=糖尿病)|居民(?=健康)|65岁[及以]+上(?=老年人))")
_QUALIFIER = re.compile(r"\([^()]{1,40}\)")
_ITEM = re.compile(r"(?:^|[，。；：、(])([^，。；：、()]{1,24}?)(?:、|以及|和|及|与)$")
#: Words that look like an indicator: 动态使用率, 满意度 … (bounded; tested on hostile text).
LOOKALIKE = re.compile(
    r"[\u4e00-\u9fff]{0,24}(?:率(?![先领])|占比|比例|比重|满意度|覆盖面|合格数|系数|指数|增幅|降幅|人数)"
)
_LEAD = re.compile(
    r"^.{0,16}?(?:达到|实现|保持|提高|提升|全市|我市|全县|全省|其中|推动|年底|累计|完成|超过|要求|以及|和|及|与)(?=..)"
)
ENDING_WORDS = ("完成率", "占比", "覆盖率", "达标率")


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator named at ``start:end``; ``ids`` is empty for a word the registry lacks.

    ``name`` is the registry wording matched (folded), ``expanded`` marks a name completed
    from a neighbour, ``loose`` one whose qualifier (不含中药饮片) the text leaves out.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    name: str
    expanded: bool = False
    loose: bool = False


class TermIndex:
    """Every wording of a snapshot's indicators, by first character, longest first."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.indicators = snapshot.indicators
        exact: dict[str, set[str]] = defaultdict(set)
        loose: dict[str, set[str]] = defaultdict(set)
        for indicator in snapshot.indicators.values():
            for wording in _wordings(indicator):
                exact[wording].add(indicator.id)
            for wording in _loose_wordings(indicator):
                loose[wording].add(indicator.id)
        for name, ids in list(exact.items()):
            for variant in _variants(name) - exact.keys():
                loose_too = variant in loose
                (loose if loose_too else exact)[variant] |= ids
        self._exact = {name: tuple(sorted(ids)) for name, ids in exact.items()}
        self._loose = {n: tuple(sorted(i)) for n, i in loose.items() if n not in exact}
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for name in sorted((*self._exact, *self._loose), key=lambda n: (-len(n), n)):
            self._by_head[name[0]].append(name)

    def lookup(self, name: str) -> tuple[str, ...]:
        """Ids of exactly this wording; empty where the registry has none."""
        return self._exact.get(name, ())

    def find(self, text: str) -> list[Term]:
        """All terms of folded ``text``, left to right: known, completed, and look-alikes."""
        known = self._scan(text)
        completed = [*known, *self._completed(text, known)]
        lookalikes = _lookalikes(text, completed)
        whole = [*completed, *self._continued(text, completed, lookalikes)]
        made = {term.start: term.end for term in whole if term.expanded}
        kept = [t for t in whole if t.expanded or not t.start < made.get(t.start, 0) >= t.end]
        return sorted(kept, key=lambda term: term.start)

    def _scan(self, text: str) -> list[Term]:
        """Known wordings, the longest first wherever two overlap."""
        spans = [
            (index, name)
            for index, char in enumerate(text)
            for name in self._by_head.get(char, ())
            if text.startswith(name, index)
        ]
        taken = bytearray(len(text))
        found: list[Term] = []
        for index, name in sorted(spans, key=lambda span: (-len(span[1]), span[0])):
            if not any(taken[index : index + len(name)]):
                taken[index : index + len(name)] = b"\1" * len(name)
                found.append(self._term(index, name))
        return sorted(found, key=lambda term: term.start)

    def _term(self, index: int, name: str) -> Term:
        loose = name not in self._exact
        ids = self._loose[name] if loose else self._exact[name]
        return Term(index, index + len(name), ids, name, loose=loose)

    def _completed(self, text: str, known: list[Term]) -> list[Term]:
        """Names cut short before a list's last member: 婴儿、[5岁以下儿童死亡率]."""
        made: list[Term] = []
        ends = {term.end for term in known}
        for term in known:
            start = term.start
            while (item := _item_before(text, start)) is not None and item[1] not in ends:
                whole = self._with_ending(item, text, term.name)
                if whole is None:
                    break
                made.append(whole)
                start = whole.start if whole.start == item[0] else -1
        return made

    def _with_ending(self, item: tuple[int, int], text: str, name: str) -> Term | None:
        first, end = item
        for start in range(first, end - 1):
            stem = text[start:end]
            for cut in range(1, len(name) - 1):
                ids = self._exact.get(stem + name[cut:])
                if ids:
                    return Term(start, end, ids, stem + name[cut:], expanded=True)
        return None

    def _continued(self, text: str, known: list[Term], lookalikes: list[Term]) -> list[Term]:
        """A look-alike that shares the beginning of the name before it: …、规范管理率."""
        starts = {term.end: term for term in known}
        result: list[Term] = []
        for look in lookalikes:
            before = starts.get(look.start - 1) or starts.get(look.start - 2)
            whole = self._with_beginning(look, before.name) if before else None
            result += [whole] if whole else self._both_shared(text, look)
            if whole and before:
                starts[whole.end] = whole
                shared = self._with_ending((before.start, before.end), text, look.name)
                result += [shared] if shared and shared.start == before.start else []
        return result

    def _both_shared(self, text: str, look: Term) -> list[Term]:
        """达到基本标准和推荐标准单位的占比: beginning and ending shared; else the look-alike."""
        item = _item_before(text, look.start)
        if item is None:
            return [look]
        for start in range(item[0], item[1] - 1):
            stem = text[start : item[1]]
            second = self._with_beginning(look, stem)
            first = self._with_ending((start, item[1]), text, look.name)
            if first and second and first.start == start:
                return [first, second]
        return [look]

    def _with_beginning(self, look: Term, before: str) -> Term | None:
        for cut in range(len(before) - 1, 1, -1):
            ids = self._exact.get(before[:cut] + look.name)
            if ids:
                name = before[:cut] + look.name
                return Term(look.start, look.end, ids, name, expanded=True)
        return None


def _wordings(indicator: Indicator) -> set[str]:
    extra = WORDINGS.get(indicator.id, ())
    names = {folded_name(name) for name in (indicator.name.zh, *indicator.aliases, *extra)}
    names |= {_LEADING.sub("", name) for name in names}
    names |= {name.replace("医共体", "医共同体") for name in names}
    dimension = UNITS[indicator.unit].dimension if indicator.unit in UNITS else ""
    if dimension in ("person", "visit", "case", "record", "item", "tube", "bed"):
        names |= {_COUNT_ENDING.sub("", name) for name in names}
    return {name for name in names if len(name) > 1}


def _variants(name: str) -> set[str]:
    """Spellings that change nothing about what is counted: 比例 占比 比重, 的, 免费, 2型."""
    forms = {name.replace("免费", ""), name.replace("的", ""), name}
    forms |= {form.removeprefix("优质服务基层行") for form in forms}
    forms |= {form.replace("家庭医生签约", "签约") for form in forms if "人群" in form}
    forms |= {"2型" + form for form in forms if form.startswith("糖尿病")}
    for form in list(forms):
        stem = _SHARE_ENDING.sub("", form)
        if stem != form:
            forms |= {stem + ending for ending in ("占比", "比例", "比重", "的比例", "的比重")}
    return {form for form in forms if len(form) > 2}


def _loose_wordings(indicator: Indicator) -> set[str]:
    names = {folded_name(name) for name in (indicator.name.zh, *indicator.aliases)}
    short = {_QUALIFIER.sub("", name) for name in names if _QUALIFIER.search(name)}
    return short | {name.replace("的", "") for name in short}


def _item_before(text: str, start: int) -> tuple[int, int] | None:
    """Span of the list member that ends with 、 or 和 just before ``start``."""
    match = _ITEM.search(text[max(0, start - 28) : start]) if start > 1 else None
    if match is None:
        return None
    shift = max(0, start - 28)
    first, end = match.span(1)
    return first + shift, end + shift


def _lookalikes(text: str, known: list[Term]) -> list[Term]:
    """率-words outside the known terms, without the verbs that lead up to them."""
    covered = bytearray(len(text) + 1)
    for term in known:
        covered[term.start : term.end] = b"\1" * (term.end - term.start)
    found: list[Term] = []
    for match in LOOKALIKE.finditer(text):
        if covered[match.end() - 1]:
            continue
        start = match.start()
        while start < match.end() and any(covered[start : match.end()]):
            start += 1
        for _ in range(4):
            lead = _LEAD.match(text[start : match.end()])
            start += lead.end() if lead else 0
        if match.end() - start > 1 and text[start : match.end()] not in ("增幅", "降幅"):
            found.append(Term(start, match.end(), (), text[start : match.end()]))
    return found
