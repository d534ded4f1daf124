"""Which region a table's code or name means, within a given parent. Pure: no files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.core.lookup import normalised
from indicators.core.model import Region

_TOTALS = {
    "合计", "总计", "小计", "平均", "平均值", "全市", "全省", "全县", "全区", "全国",
    "全市合计", "全省合计", "全市平均", "全省平均", "全国平均",
    "市平均", "省平均", "total", "average",
}  # fmt: skip
#: A name without what it is, only for regions that this leaves unmistakable.
_KINDS = re.compile(r"(?:自治区|自治州|自治县|特别行政区|地区|林区|市|县|区|旗|州|省)$")
_CODE = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Place:
    """A region found, or why none was: ``reason`` is a code of CELL_REASONS."""

    code: str | None = None
    reason: str | None = None


class Places:
    """The regions below ``parent`` (itself included); without a parent all of them."""

    def __init__(self, regions: Mapping[str, Region], parent: str | None = None) -> None:
        self.regions = regions
        self.parent = parent
        self._names: dict[str, set[str]] = {}
        self._short: dict[str, set[str]] = {}
        for region in regions.values():
            if self.inside(region.code):
                self._learn(region)

    def _learn(self, region: Region) -> None:
        name = normalised(region.name)
        for written in {name, *(above + name for above in self._above(region))}:
            self._names.setdefault(written, set()).add(region.code)
        short = _KINDS.sub("", name)
        if len(short) >= 2:
            self._short.setdefault(short, set()).add(region.code)

    def _above(self, region: Region) -> list[str]:
        """Names that may stand before the region's own: its city, its province, both."""
        names: list[str] = []
        step = region.parent
        while step and step != "000000" and step in self.regions:
            name = normalised(self.regions[step].name)
            names += [name, *(name + other for other in names)]
            step = self.regions[step].parent
        return names

    def inside(self, code: str) -> bool:
        """Whether the region is the parent or lies below it."""
        step: str | None = code
        while self.parent is not None and step is not None and step != self.parent:
            step = self.regions[step].parent if step in self.regions else None
        return step is not None

    def by_code(self, text: str) -> Place:
        """The region of a six-digit code (or twelve, ending in six zeros)."""
        code = text.strip().removesuffix(".0")
        if _CODE.fullmatch(code) is None:
            return Place(reason="region_unknown")
        if len(code) == 12 and code.endswith("000000"):
            code = code[:6]
        if len(code) < 6:
            return Place(reason="code_lost_zeros")
        if code not in self.regions:
            return Place(reason="region_unknown")
        return Place(code) if self.inside(code) else Place(reason="region_outside")

    def by_name(self, text: str) -> Place:
        """The one region called so; 云江 for 云江市 only where nothing else is meant."""
        name = normalised(text)
        if not name:
            return Place(reason="region_missing")
        if _CODE.fullmatch(name):  # a code in the column of names
            return self.by_code(name)
        if name in _TOTALS:
            return Place(reason="total_row")
        found = self._names.get(name) or self._short.get(name) or set()
        if len(found) == 1:
            return Place(next(iter(found)))
        return Place(reason="region_ambiguous" if found else "region_unknown")

    def of(self, code: str, name: str) -> Place:
        """The region of a row that may state a code, a name or both; they must agree."""
        if not code.strip():
            return self.by_name(name)
        coded = self.by_code(code)
        if not name.strip():
            return coded
        named = self.by_name(name)
        if coded.code and named.code and coded.code != named.code:
            return Place(reason="region_conflict")
        if coded.code and named.reason in ("region_unknown", "total_row"):
            return Place(reason="region_conflict")
        return coded if coded.code or named.code is None else Place(reason=coded.reason)
