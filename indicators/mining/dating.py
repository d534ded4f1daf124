"""Which period a figure holds for: stated beside it, before it, above it, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.core.period import Period
from indicators.mining.binding import UNDATED, When
from indicators.mining.lexicon import PATTERNS, P
from indicators.mining.periods import Mention, resolve, shifted
from indicators.mining.pieces import chars
from indicators.mining.skeleton import Item
from indicators.mining.state import State

#: 全省同期: the same stretch elsewhere, not the year before.
_ABOVE = ("全省", "全国", "全市", "全区", "全州", "我省", "我国")
_AS_OF = ("截至", "截止", "截至到", "截止到")


def when(state: State, mention: Mention | None, following: Sequence[Item] = ()) -> When:
    """The period of a figure: its date, else the next clause's, a heading's, the document's."""
    if mention is not None:
        return stated(state, mention)
    after = _of_following(state, following)
    if after is not None:
        return When(after, after, "stated", ("period_after",))
    inherited = state.reading.standing
    if inherited is not None:
        return When(inherited, inherited, "stated", ("period_inherited",))
    dated = state.reading.dated
    return When(dated, None, "document", ("period_document" if dated else "period_missing",))


def stated(state: State, mention: Mention) -> When:
    """The period a mention states in this sentence, with the reasons for doubt."""
    standing = state.reading.standing
    period = resolve(mention, state.reading.dated, standing if mention.same else None)
    above = state.text[: mention.start].endswith(_ABOVE)
    if mention.same and (above or state.text[mention.end :].startswith(_ABOVE)):
        own = state.mentions[-1] if state.mentions else None
        period = resolve(own, state.reading.dated) if own else standing
        return When(period, period, "stated", () if period else ("period_missing",))
    if period is None:
        return When(state.reading.dated, None, "document", ("period_missing",))
    if mention.now:
        return When(period, None, "document")
    doubts = (mention.part and "part_year", mention.span is not None and "several_years")
    period = _not_ahead(state, period, mention)
    return When(period, period, "stated", tuple(doubt for doubt in doubts if doubt))


def earlier(state: State, mention: Mention) -> When:
    """The period that a movement or comparison is counted from."""
    if mention.now:
        return When(state.reading.dated, None, "document")
    against = state.mention()
    own = resolve(against, state.reading.dated) if against else state.reading.standing
    period = counted_from(state, mention, own)
    return When(period, period, "stated", () if period else ("period_missing",))


def counted_from(state: State, mention: Mention, own: Period | None) -> Period | None:
    """The period compared with: never the figure's own."""
    period = resolve(mention, state.reading.dated, own)
    if period is not None and own is not None and period.text == own.text:
        return shifted(period, -1)
    return period


def baseline(state: State, left: str, own: When) -> Period | None:
    """The period a change is counted from, where the sentence says it."""
    if state.base is not None:
        return counted_from(state, state.base, own.stated)
    if PATTERNS["year_on_year"].search(left[-16:]):
        origin = own.stated or state.reading.dated
        return None if origin is None else shifted(origin, -1)
    return None


def span_start(state: State) -> When:
    """2021年至2022年，…从…提高到…: the first year is the start's, the last the end's."""
    mention = state.mention()
    if mention is None or not mention.years() or mention.part:
        return UNDATED
    last = [replace(mention, span=None)]
    if state.waiting_mentions:
        state.waiting_mentions = last
    else:
        state.mentions = last
    first = resolve(replace(mention, year=mention.span, span=None), state.reading.dated)
    return When(first, first, "stated")


def _not_ahead(state: State, period: Period, mention: Mention) -> Period:
    """截至10月底 in a document of March: the October before."""
    as_of = state.text[: mention.start].endswith(_AS_OF)
    if as_of and mention.year is None and state.reading.lies_ahead(period):
        return shifted(period, -1) or period
    return period


def _of_following(state: State, following: Sequence[Item]) -> Period | None:
    """为51.5%，2021年较2020年降低…: the date of the movement is the level's as well."""
    if not chars(following).startswith((P + "较" + P, P + "比" + P)):
        return None
    mention = following[0].piece
    return resolve(mention, state.reading.dated) if isinstance(mention, Mention) else None
