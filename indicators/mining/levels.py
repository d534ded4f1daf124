"""Levels: which name each figure takes, alone or in a list."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.mining import attach, units
from indicators.mining.attach import Around
from indicators.mining.lexicon import (
    AFTER_COUNT,
    AFTER_FIGURE,
    CARRYING,
    GROUP_SCOPE,
    PATTERNS,
    SCOPE,
    T,
    residue,
)
from indicators.mining.pieces import (
    date_list,
    noun_follows,
    place_list,
    plain,
    quantity_of,
    since_figure,
    term_of,
)
from indicators.mining.quantities import Quantity
from indicators.mining.skeleton import Item
from indicators.mining.state import State
from indicators.mining.terms import ENDING_WORDS, Term


def bind(state: State, run: Sequence[Item], around: Around, clause_start: int) -> None:
    """Bind a run of figures that are levels."""
    terms, carried = state.names(len(run))
    if len(run) > 1:
        _several(state, run, terms, around, carried=carried)
    elif not _by_predicate(state, run[0], around, clause_start):
        _single(state, run[0], terms, around, carried=carried)


def predicate(state: State, figure: Item) -> tuple[str, int] | None:
    """Indicator and end of the predicate that follows a share, if one does."""
    quantity = quantity_of(figure)
    unit = quantity.unit
    counted = quantity.written == "digits" and unit in ("家", "个", "所")
    if not (units.is_share(unit) or counted):
        return None
    rest = state.text[figure.end : figure.end + 60]
    for indicator, pattern in AFTER_FIGURE if units.is_share(unit) else AFTER_COUNT:
        match = pattern.search(rest)
        if match is not None and indicator in state.terms.indicators:
            return indicator, figure.end + match.end()
    return None


def _by_predicate(state: State, figure: Item, around: Around, start: int) -> bool:
    """98个…中心100%建成中医馆 · 86%的卫生院达到基本标准: the indicator is the predicate."""
    found = predicate(state, figure)
    if found is None:
        return False
    words = Term(start, found[1], (found[0],), state.text[figure.end : found[1]])
    lone = Around((), around.after, around.following)
    term = Item(T, start, found[1], words)
    binding = attach.level(state, term, figure, lone, ["indicator_after"], carried=False)
    binding.start, binding.end = start, found[1]
    state.waiting_terms = []
    return True


def _single(
    state: State, figure: Item, terms: list[Item], around: Around, *, carried: bool
) -> None:
    quantity = quantity_of(figure)
    counted = units.is_count(quantity.unit)
    term = _choose(state, terms, quantity, around, carried=carried)
    near = term is not None and (not counted or _close(term, figure, around))
    part = carried and terms and around.after[:1] and around.after[0].char == "的" and not counted
    if part:  # 达到100%，其中20%的中医馆…: a part of it, and something else is said of that
        attach.unknown(state, figure, around)
        return
    if not near or counted:
        after = _term_after(state, quantity, around)
        if after is not None and (carried or not near):
            attach.level(state, after, figure, around, ["indicator_after"], carried=False)
            state.waiting_terms = []
            return
    if term is None or not near or (counted and carried and noun_follows(around.after)):
        attach.unknown(state, figure, around)
        return
    _each(state, term, terms, figure, around, carried=carried)


def _each(
    state: State,
    term: Item,
    terms: list[Item],
    figure: Item,
    around: Around,
    *,
    carried: bool,
) -> None:
    """One figure for one name, or (均, 都) for every name or every place of a list."""
    words = plain(around.before)
    every = PATTERNS["all"].search(words) is not None
    listed = len(terms) > 1 and not carried
    reasons = ["unread_after"] * (
        units.is_count(quantity_of(figure).unit) and noun_follows(around.after)
    )
    if listed and not every and PATTERNS["each"].search(words):
        reasons.append("count_mismatch")
    places = place_list(state.waiting_places)
    each_place = every or quantity_of(figure).bound in (">=", "<=")
    for one in terms if listed and every else [term]:
        for place in places if each_place and len(places) > 1 else [None]:
            attach.level(state, one, figure, around, reasons, carried=carried, place=place)


def _choose(
    state: State, terms: list[Item], quantity: Quantity, around: Around, *, carried: bool
) -> Item | None:
    """The nearest name before the figure; a nearer one that cannot fit gives way."""
    if not terms or (carried and not _may_carry(quantity, around)):
        return None
    nearest, counted = terms[-1], units.is_count(quantity.unit)
    if not term_of(nearest).ids and not counted:
        return _with_ending(state, nearest) or nearest
    fitting = [term for term in terms if _fits(state, term, quantity)]
    if fitting:
        return fitting[-1]
    if carried or (counted and not units.is_share(state.unit_of(nearest))):
        return None
    return nearest


def _with_ending(state: State, look: Item) -> Item | None:
    """完成率 alone continues the subject: 孕产妇免费产前筛查 + 完成率."""
    ending = term_of(look).name
    if ending not in ENDING_WORDS:
        return None
    for item in reversed(state.subject):
        name = term_of(item).name + ending
        ids = state.terms.lookup(name)
        if ids:
            span = (item.start, look.end)
            return Item(T, *span, Term(*span, ids, name, expanded=True))
    return None


def _may_carry(quantity: Quantity, around: Around) -> bool:
    """Whether the words before the figure leave the earlier subject standing."""
    words = GROUP_SCOPE.sub("", SCOPE.sub("", plain(since_figure(around.before))))
    left = residue(words, CARRYING)
    return len(left) <= (0 if units.is_count(quantity.unit) else 1)


def _fits(state: State, term: Item, quantity: Quantity) -> bool:
    ids = term_of(term).ids
    return any(units.fits(quantity, state.terms.indicators[i]) for i in ids)


def _close(term: Item, figure: Item, around: Around) -> bool:
    """For counts: nothing but carrying words between the name and the figure."""
    if not around.before or term.end <= around.before[0].start:
        return True  # it stands in an earlier clause; _may_carry has judged it
    between = [item for item in around.before if item.start >= term.end]
    return len(residue(plain(between), CARRYING)) <= 1 and figure.start - term.end <= 40


def _term_after(state: State, quantity: Quantity, around: Around) -> Item | None:
    """The indicator counted, where it follows its figure: 9个县域医共体."""
    for position, item in enumerate(around.after[:7]):
        if isinstance(item.piece, Term):
            words = plain(around.after[:position])
            return item if _fits(state, item, quantity) and len(words) <= 6 else None
        if item.char in "、，；" or item.piece is not None:
            return None
    return None


def _several(
    state: State, run: Sequence[Item], terms: list[Item], around: Around, *, carried: bool
) -> None:
    """Figures in a list: paired in order with as many names, places or dates; else with nothing."""
    known = not carried or _may_carry(quantity_of(run[-1]), around)
    each = PATTERNS["each"].search(plain(around.before)) is not None
    recent = state.recent[-len(run) :]
    if carried and each and len({term_of(item).ids for item in recent}) == len(run) != len(terms):
        terms = recent
    places = place_list(state.waiting_places or state.places)
    dates = date_list(state.waiting_mentions or state.mentions)
    if known and len(terms) == len(run):
        for term, figure in zip(terms, run, strict=True):
            binding = attach.level(state, term, figure, around, carried=carried)
            binding.start = binding.start if carried else min(binding.start, terms[0].start)
    elif known and len(terms) == 1 and len(places) == len(run):
        for place, figure in zip(places, run, strict=True):
            attach.level(state, terms[0], figure, around, carried=carried, place=place)
    elif known and len(terms) == 1 and len(dates) == len(run):
        for date, figure in zip(dates, run, strict=True):
            attach.level(state, terms[0], figure, around, carried=carried, mention=date)
    else:
        for figure in run:
            doubts = ["count_mismatch"] if terms else []
            attach.unknown(state, figure, around, doubts, terms)
