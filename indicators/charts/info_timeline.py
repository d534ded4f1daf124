"""The numbers of a region's timeline: every claim about it, where it stands in time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from indicators.charts import words
from indicators.text import Language, translator
from indicators.text.codes import codes, label


@dataclass(frozen=True)
class Mark:
    """One claim: from ``first`` to ``last``, which ``basis`` says what they are."""

    kind: str
    first: date
    last: date
    words: str
    when: str
    basis: str
    document: str
    quote: str

    @property
    def middle(self) -> date:
        """Where the mark is drawn: the middle of its days."""
        return self.first + (self.last - self.first) / 2


@dataclass(frozen=True)
class TimelineRow:
    """One indicator and its claims, earliest first, in lanes.

    A lane holds no two marks on one day: a level and its change would hide each other.
    """

    indicator_id: str
    name: str
    lanes: tuple[tuple[Mark, ...], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, lane by lane."""
        return tuple(mark for lane in self.lanes for mark in lane)


@dataclass(frozen=True)
class TimelineInfo:
    """All rows; ``empty`` says why there is nothing to draw."""

    title: str
    rows: tuple[TimelineRow, ...]
    summary: str
    empty: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of claim that occur, in their order of display."""
        found = {mark.kind for row in self.rows for mark in row.marks}
        return tuple(kind for kind in codes("claim_kind") if kind in found)

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of all marks. Raises :class:`ValueError` where there are none."""
        marks = [mark for row in self.rows for mark in row.marks]
        return min(mark.first for mark in marks), max(mark.last for mark in marks)


def timeline_info(region_name: str, placed: pd.DataFrame, lang: Language) -> TimelineInfo:
    """Numbers of one region's timeline; ``placed`` is :func:`tables.region_table.timeline`."""
    t = translator(lang)
    rows: dict[str, list[dict[Any, Any]]] = {}
    for record in placed.to_dict("records"):
        rows.setdefault(record["indicator_id"], []).append(record)
    found = tuple(_row(code, records, lang) for code, records in rows.items())
    if not found:
        why = t("所引文件中没有直接说到{region}的数值或承诺。", region=region_name)
        title = t("{region}：没有引用", region=region_name)
        return TimelineInfo(title, (), why, why)
    title = t("{region}：{n} 条引文，{m} 项指标", region=region_name, n=len(placed), m=len(found))
    return TimelineInfo(title, found, _summary(title, placed, lang))


def _row(code: str, records: list[dict[Any, Any]], lang: Language) -> TimelineRow:
    name = records[0]["indicator_name" if lang == "zh" else "indicator_name_en"]
    marks = sorted(
        (_mark(record, lang) for record in records), key=lambda mark: (mark.last, mark.first)
    )
    return TimelineRow(code, name, _lanes(marks))


def _lanes(marks: list[Mark]) -> tuple[tuple[Mark, ...], ...]:
    lanes: list[list[Mark]] = []
    for mark in marks:
        free = (lane for lane in lanes if mark.middle not in {other.middle for other in lane})
        lane = next(free, None)
        if lane is None:
            lanes.append([mark])
        else:
            lane.append(mark)
    return tuple(tuple(lane) for lane in lanes)


def _mark(record: dict[Any, Any], lang: Language) -> Mark:
    return Mark(
        kind=record["kind"],
        first=record["first"],
        last=record["last"],
        words=stated(record, lang),
        when=when(record, lang),
        basis=record["basis"],
        document=record["document_number"] or translator(lang)(record["document_title"]),
        quote=record["quote"],
    )


def stated(record: dict[Any, Any], lang: Language) -> str:
    """What a claim states, in the document's own unit: ``93.05%``, ``≥65%``, ``−5.51 个百分点``."""
    kind, value, unit = record["kind"], record["value"], record["unit"]
    if kind == "reported":
        return words.amount(value, unit, lang, record["precision"])
    if kind == "change":
        return words.gap(value, unit or "", lang)
    return words.target(record["comparator"], value, record["upper"], unit, lang)


def when(record: dict[Any, Any], lang: Language) -> str:
    """The period or due of a claim as written, and what was taken where none is."""
    promise = record["kind"] in ("commitment", "milestone")
    text = record["due"] if promise else record["period"]
    if promise:
        return words.period(text, lang) if text else translator(lang)("未写期限")
    shown = words.period(text or record["document_dated"], lang)
    if record["period_basis"] == "document" or not text:
        return translator(lang)("{day}（文中未写期间，按文件日期）", day=shown)
    return shown


def _summary(title: str, placed: pd.DataFrame, lang: Language) -> str:
    """The same in words, for those who do not see the picture."""
    t = translator(lang)
    tally = Counter(placed["kind"])
    parts = [
        t("{kind} {n} 条", kind=label("claim_kind", kind, lang), n=tally[kind])
        for kind in codes("claim_kind")
        if tally[kind]
    ]
    return t("{title}。{parts}。", title=title, parts=t("、").join(parts))
