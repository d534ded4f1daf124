"""Which place a sentence speaks of: GB/T 2260 names, 全市 and 全省, the document's own first.

A short or shared name counts only where the surroundings settle which place is meant;
otherwise the mention keeps its wording and no code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from indicators.core.model import Region, Snapshot

COUNTRY = "000000"
_RELATIVE = re.compile(
    r"全市|我市|本市|全县|我县|本县|全区|我区|本区|全州|我州|全省|我省|本省|全自治区|我国"
    # 全国基层名老中医专家传承工作室 is a title that a city may hold.
    r"|全国(?!基层(?:名老|中医药工作)|农村(?:重点|特色)|重点|示范|先进|优秀|名老|文明|首批|综合防控|健康促进)"
)
_LEVEL_OF = {
    "市": "city",
    "州": "city",
    "县": "county",
    "区": "county",
    "省": "province",
    "国": "country",
}
#: Words that a name may be the beginning of: 县域, 市级, 区属 …
_NOT_AFTER = frozenset("域级属直辖委")
_FAMILY = re.compile(r"[\u4e00-\u9fff]")
_TOO_COMMON = frozenset(
    {"城区", "郊区", "矿区", "市区", "市辖区", "县", "新城区", "东区", "西区", "省直辖县级行政区划"}
)
_SHORT_LIST = re.compile(
    r"(?:^|(?<=[，。；：、（(为])(?!其中)|(?<=其中))"
    r"([\u4e00-\u9fff]{2,3}(?:[、和及与][\u4e00-\u9fff]{2,3}){1,5})[两三四五六]([县区市])"
)
_INSTITUTION = re.compile(
    r"(?!公立|县级|区级|市级|二级|三级|基层|乡镇|社区|各|所有|全部|政府办|社会办|民营|综合|医共|县域)"
    r"(?:(?![由与和及已被的等有在以对为将家个所各三两])[\u4e00-\u9fff]){0,8}?(?:医院|卫生院|服务中心|保健院|疾控中心)(?!数|总数)"
)
_NOT_THE_SUBJECT = re.compile(
    r"(?:居|在|列|占|从|于|比|较|与|超|向|赴|往|到|对|借鉴|学习|深入|邀请|支援|对口|去|优|高|低|被评为|跻身|入选|纳入)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at ``start:end``; ``code`` is null where the name does not settle it.

    ``own`` marks words for the document's own region (全市), ``subject`` is false where
    the place is only compared with or visited (高于全省 · 赴平江县), ``inside`` true for
    a part of the document's own region, ``institution`` where it names a hospital (平江县人民医院).
    """

    start: int
    end: int
    code: str | None
    name: str
    level: str | None
    own: bool = False
    subject: bool = True
    inside: bool = False
    institution: bool = False


class Gazetteer:
    """The names of one snapshot's regions, read for one document's region."""

    def __init__(self, snapshot: Snapshot, home: str | None) -> None:
        self._regions = snapshot.regions
        self.home = home if home in snapshot.regions else None
        self._lineage = snapshot.lineage(self.home) if self.home else ()
        self._ancestors = snapshot.lineage
        self._by_head = _index(snapshot.regions.values())

    def name(self, code: str | None) -> str:
        """The region's name, empty for none."""
        return self._regions[code].name if code and code in self._regions else ""

    def level(self, code: str | None) -> str | None:
        """The region's level, null for none."""
        return self._regions[code].level if code and code in self._regions else None

    def find(self, text: str) -> list[Place]:
        """All places in folded ``text``, left to right, the longest name at each spot."""
        named = list(self._scan(text))
        named += self._shortened(text, named)
        covered = {index for place in named for index in range(place.start, place.end)}
        relative = [
            self._relative(match, text)
            for match in _RELATIVE.finditer(text)
            if match.start() not in covered
        ]
        return sorted([*named, *relative], key=lambda place: place.start)

    def _shortened(self, text: str, named: list[Place]) -> Iterable[Place]:
        """靖远、景泰两县: own counties without 县, where the list says what they are."""
        taken = {place.start for place in named}
        for match in _SHORT_LIST.finditer(text):
            at = match.start()
            for word in re.split("([、和及与])", match[1]):
                code = self._short_names.get(word + match[2])
                if code and at not in taken:
                    last = at + len(word) == match.end(1)
                    end = match.end() if last else at + len(word)  # 两县 belongs to the list
                    yield Place(at, end, code, self.name(code), "county", inside=True)
                at += len(word)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """Names of the counties of the document's own city -> code."""
        children = (r for r in self._regions.values() if self.home and r.parent == self.home)
        return {region.name: region.code for region in children if region.level == "county"}

    def _scan(self, text: str) -> Iterable[Place]:
        index, before = 0, None
        while index < len(text) - 1:
            name = next(
                (n for n in self._by_head.get(text[index], ()) if text.startswith(n, index)), None
            )
            if name is None or not self._stands_alone(text, index, name):
                index += 1
                continue
            before = self._named(text, index, name, before)
            yield before
            index += len(name)

    def _stands_alone(self, text: str, index: int, name: str) -> bool:
        """Whether the characters around the name leave it a name (not 河南县域's 南县)."""
        after = text[index + len(name) : index + len(name) + 1]
        if after in _NOT_AFTER and after:
            return False
        if len(name) > 2:
            return True
        head = text[index - 1 : index]
        return name not in _TOO_COMMON and (
            not head
            or _FAMILY.match(head) is None
            or head in "和及与在由如对省市的中其是为年底月日"
        )

    def _named(self, text: str, index: int, name: str, before: Place | None) -> Place:
        near = before if before is not None and before.end == index else None
        code = self._settle(self._codes[name], near.code if near else None)
        end = index + len(name)
        one = _INSTITUTION.match(text[end : end + 14]) is not None
        subject = _NOT_THE_SUBJECT.search(text[max(0, index - 4) : index]) is None
        inside = code is not None and code != self.home and self.home in self._ancestors(code)
        if one or not (inside or code == self.home):
            subject = subject and self._leads(text, index, near)
        return Place(
            index, end, code, name, self.level(code), code == self.home, subject, inside, one
        )

    def _leads(self, text: str, index: int, near: Place | None) -> bool:
        """A place elsewhere is the subject only where a clause or a list member begins with it."""
        head = text[index - 1 : index]
        return near is not None or head == "" or head in "，；：、(。！？和及与年日月底末中"

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        return _codes(self._regions.values())

    def _settle(self, codes: list[str], parent: str | None) -> str | None:
        """One code out of several of the same name: named parent, own area, own province."""
        for ancestor in (parent, *self._lineage[:-1]):
            inside = [code for code in codes if ancestor and ancestor in self._ancestors(code)]
            if len(inside) == 1:
                return inside[0]
        return codes[0] if len(codes) == 1 else None

    def _relative(self, match: re.Match[str], text: str) -> Place:
        level = _LEVEL_OF[match[0][-1]]
        code = self._own(level)
        before = text[max(0, match.start() - 4) : match.start()]
        subject = _NOT_THE_SUBJECT.search(before) is None
        own = code is not None and code == self.home
        return Place(match.start(), match.end(), code, match[0], level, own=own, subject=subject)

    def _own(self, level: str) -> str | None:
        """The document's region or the one above it that 全市, 全省 … stand for."""
        if level == "country":
            return COUNTRY if COUNTRY in self._regions else None
        if self.home and level == "city" and self._regions[self.home].name.endswith("市"):
            return self.home
        return next((c for c in self._lineage if self._regions[c].level == level), None)


def _codes(regions: Iterable[Region]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for region in regions:
        if region.valid_to is None:
            codes[region.name].append(region.code)
    return dict(codes)


def _index(regions: Iterable[Region]) -> dict[str, list[str]]:
    """First character -> names, longest first; 全国 is a word of its own."""
    heads: dict[str, set[str]] = defaultdict(set)
    for region in regions:
        if region.level != "country" and len(region.name) > 1 and region.valid_to is None:
            heads[region.name[0]].add(region.name)
    return {head: sorted(names, key=lambda n: (-len(n), n)) for head, names in heads.items()}
