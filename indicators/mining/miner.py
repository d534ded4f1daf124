"""``mine``: one document's text -> candidate claims, in order of place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from indicators.core.candidate import Candidate
from indicators.core.model import Snapshot
from indicators.core.period import Period
from indicators.core.personal import personal_data
from indicators.mining import dating
from indicators.mining.bind import SentenceBinder
from indicators.mining.binding import Binding
from indicators.mining.confidence import score
from indicators.mining.context import Reading
from indicators.mining.fold import Line, fold
from indicators.mining.lexicon import Q
from indicators.mining.periods import find_periods
from indicators.mining.regions import Gazetteer, Place
from indicators.mining.sentences import Stretch, TextTable, cut
from indicators.mining.skeleton import build
from indicators.mining.tables import read_table
from indicators.mining.terms import TermIndex


class Mined(NamedTuple):
    """Candidates, and how many were refused because their words hold personal data."""

    candidates: list[Candidate]
    refused: int


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    file: str
    places: Gazetteer
    terms: TermIndex


def mine(
    text: str,
    *,
    snapshot: Snapshot,
    region: str | None,
    dated: str | None,
    file: str = "",
    plan: bool = False,
) -> list[Candidate]:
    """Candidate claims of a document; see :func:`mine_counted` for the parameters."""
    return mine_counted(
        text, snapshot=snapshot, region=region, dated=dated, file=file, plan=plan
    ).candidates


def mine_counted(
    text: str,
    *,
    snapshot: Snapshot,
    region: str | None,
    dated: str | None,
    file: str = "",
    plan: bool = False,
) -> Mined:
    """Candidate claims of a document and the number refused for personal data.

    ``region`` is the code of the region whose document it is, ``dated`` its date in a
    form of :class:`Period`; either may be null where not known. ``plan`` marks a
    planning document, in which undated 达到 is a promise. Raises :class:`ValueError`
    for a date in no such form. Offsets count characters of ``text``.
    """
    source = _Source(text, file, Gazetteer(snapshot, region), TermIndex(snapshot))
    reading = Reading(Period.parse(dated) if dated else None, plan=plan)
    candidates = list(_read(source, reading))
    kept = [candidate for candidate in candidates if not personal_data(candidate.quote)]
    return Mined(kept, len(candidates) - len(kept))


def _read(source: _Source, reading: Reading) -> Iterable[Candidate]:
    for stretch in cut(source.text):
        if isinstance(stretch, TextTable):
            for binding, start, end in read_table(
                source.text, stretch, source.terms, source.places, reading
            ):
                yield _candidate(source, binding, start, end)
        elif stretch.kind == "heading":
            _heading(source, stretch, reading)
        else:
            yield from _sentence(source, stretch, reading)


def _heading(source: _Source, stretch: Stretch, reading: Reading) -> None:
    reading.enter(stretch.paragraph)
    line = fold(source.text, stretch.start, stretch.end)
    reading.head(stretch, find_periods(line.text), line.text)


def _sentence(source: _Source, stretch: Stretch, reading: Reading) -> Iterable[Candidate]:
    reading.enter(stretch.paragraph)
    line = fold(source.text, stretch.start, stretch.end)
    if not line.text:
        return
    binder = SentenceBinder(
        line.text, build(line.text, source.terms, source.places), source.terms, reading
    )
    bindings = binder.run()
    for binding in bindings:
        start, end = line.original(binding.start, binding.end)
        yield _candidate(source, binding, *_paired(source.text, start, end))
    _carry_over(binder, bindings, line, reading)


def _paired(text: str, start: int, end: int) -> tuple[int, int]:
    """A quote that begins or ends inside quotation marks takes the mark in."""
    quote = text[start:end]
    missing = quote.count("”") - quote.count("“")
    if missing > 0 and text[start - 1 : start] == "“":
        return start - 1, end
    return start, end + (missing < 0 and text[end : end + 1] == "”")


def _carry_over(
    binder: SentenceBinder, bindings: list[Binding], line: Line, reading: Reading
) -> None:
    """What the next sentence of the paragraph may lean on: the place and the date at the head."""
    _carry_place(binder, bindings, reading)
    told = [binding for binding in bindings if binding.ids and binding.kind != "change"]
    mentions = find_periods(line.text)
    if not mentions:
        if Q in binder.skeleton.text and not told:
            reading.period = None
        return
    first = dating.stated(binder.state, mentions[0]).period
    figures = [item.start for item in binder.skeleton.items if item.char == Q]
    leads = not figures or mentions[0].start < figures[0]
    if any("period_inherited" in binding.reasons for binding in told):
        return  # its dates are only compared with: 由上年的40.6%降至38.75%
    reading.period = None
    if first is None or first.grain == "day" or not leads:
        return
    if mentions[0].span is not None or mentions[0].now:
        return
    used = [binding.period or binding.due for binding in told if binding.basis == "stated"]
    if first in used or (mentions[0].start <= 4 and not figures and first.grain == "year"):
        reading.period = used[-1] if used and used[-1] is not None else first


def _carry_place(binder: SentenceBinder, bindings: list[Binding], reading: Reading) -> None:
    """A county at the head of a sentence is what the paragraph goes on about."""
    items = binder.skeleton.items
    places = [item.piece for item in items if isinstance(item.piece, Place) and item.piece.subject]
    if not places:
        return
    reading.place = None
    head, last = places[0], places[-1]
    one = len({place.code for place in places}) == 1
    if head.start <= 12 and head.inside and not last.own:
        reading.place = head if one or not bindings else (last if last.inside else None)


def _candidate(source: _Source, binding: Binding, start: int, end: int) -> Candidate:
    reasons = list(dict.fromkeys(binding.reasons))
    code, name = _place(source.places, binding.place)
    if not code and "region_ambiguous" not in reasons:
        reasons.append("region_missing")
    if {"region_unknown", "below_county"} & set(reasons) and binding.place is None:
        code, name = "", ""
    return Candidate(
        file=source.file,
        indicator_id=binding.ids[0] if binding.ids and "count_mismatch" not in reasons else "",
        indicator_text=binding.text,
        region_code=code,
        region_name=name,
        kind=binding.kind,
        period=str(binding.period) if binding.period else None,
        period_basis=binding.basis,
        baseline_period=str(binding.baseline) if binding.baseline else None,
        due=str(binding.due) if binding.due else None,
        comparator=binding.comparator,
        value=binding.value,
        upper=binding.quantity.upper if binding.quantity else None,
        unit=binding.unit,
        precision=binding.precision,
        scope=binding.scope,
        quote=source.text[start:end],
        offset=start,
        confidence=score(reasons),
        reasons=tuple(reasons),
    )


def _place(places: Gazetteer, place: Place | None) -> tuple[str, str]:
    if place is None:
        return places.home or "", places.name(places.home)
    return place.code or "", places.name(place.code) or place.name
