"""Join a name, a figure, a place and a period into a binding, with every doubt about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.core.model import ClaimKind
from indicators.mining import dating, qualify, units
from indicators.mining.binding import Binding, When
from indicators.mining.kinds import Setting, comparator_of, kind_of
from indicators.mining.lexicon import CARRYING, PATTERNS, B, P, Q, R, residue
from indicators.mining.periods import Mention
from indicators.mining.pieces import chars, place_list, plain, quantity_of, term_of
from indicators.mining.quantities import Quantity
from indicators.mining.regions import Place
from indicators.mining.skeleton import Item
from indicators.mining.state import State
from indicators.mining.terms import Term

_QUOTE_LIMIT = 160
_UNLISTED = frozenset({"", "元", "万元", "亿元", "岁", "%（相对）"})


@dataclass(frozen=True, slots=True)
class Around:
    """The clause around a figure: items before and after it, and the next clause."""

    before: Sequence[Item]
    after: Sequence[Item]
    following: Sequence[Item]


def level(
    state: State,
    term: Item,
    figure: Item,
    around: Around,
    reasons: Sequence[str] = (),
    *,
    carried: bool,
    place: Place | None = None,
    mention: Mention | None = None,
) -> Binding:
    """Bind a level: a reported value or a commitment; kept in ``state`` and returned."""
    quantity, taken = quantity_of(figure), mention or state.mention()
    when = dating.when(state, taken, around.following)
    where, doubts = (place, []) if place else state.place()
    setting = setting_of(state, chars(around.before))
    if setting.pledged and _is_dated_from_above(state, when):
        when = When(when.period, None, "stated")
    kind, kind_doubts = _kind(state, figure, when, taken, setting)
    binding = bound(state, term, figure, where, when, kind, carried=carried, before=around.before)
    if kind == "commitment":
        _promise(binding, quantity, when, around)
    if place is None and len(place_list(state.waiting_places)) > 1:
        binding.reasons.append("region_list")
    binding.reasons += [*reasons, *doubts, *kind_doubts]
    state.recent.append(term)
    state.add(binding)
    return binding


def _is_dated_from_above(state: State, when: When) -> bool:
    """确保全年…控制在3‰以内 below a report of a half-year: that date is not the promise's."""
    dated = state.reading.dated
    gone = when.period is not None and dated is not None and when.period.last <= dated.last
    return gone and "period_inherited" in when.reasons


def _promise(binding: Binding, quantity: Quantity, when: When, around: Around) -> None:
    """A commitment carries comparator and due instead of precision and period."""
    binding.comparator = comparator_of(quantity, plain(around.before))
    binding.due, binding.period, binding.basis = when.stated, None, "stated"
    binding.precision = "exact"
    binding.reasons = [reason for reason in binding.reasons if reason != "period_document"]


def _kind(
    state: State, figure: Item, when: When, mention: Mention | None, setting: Setting
) -> tuple[ClaimKind, list[str]]:
    if mention is not None and mention.now and not PATTERNS["binding"].search(setting.clause):
        return "reported", []
    kind, doubts = kind_of(quantity_of(figure), when.stated, setting)
    rest = re.split("[，。；]", state.text[figure.end : figure.end + 80])[0]
    if kind == "reported" and PATTERNS["aims_met"].search(rest):
        return "commitment", ["aim_only"]
    carried = "period_inherited" in when.reasons and state.reading.period is not None
    announced = setting.pledged or setting.heading_pledged or setting.plan
    if kind == "commitment" and carried and not announced and not quantity_of(figure).bound:
        return kind, [*doubts, "kind_unclear"]  # after a promise: 其中路南区88.3%
    return kind, doubts


def setting_of(state: State, left: str) -> Setting:
    """Words that announce a promise, from the sentence's beginning to the figure."""
    before = state.spoken + left
    return Setting(
        before=before,
        clause=left,
        pledged=PATTERNS["pledge"].search(before) is not None,
        heading_pledged=state.reading.heading_pledged,
        plan=state.reading.plan,
        dated=state.reading.dated,
    )


def bound(
    state: State,
    term: Item,
    figure: Item,
    place: Place | None,
    when: When,
    kind: ClaimKind,
    *,
    carried: bool,
    before: Sequence[Item] = (),
) -> Binding:
    """The binding itself, with the evidence of unit, bounds, level and surrounding words."""
    quantity, piece = quantity_of(figure), term_of(term)
    ids = _narrowed(state, piece.ids, quantity)
    unit, doubts = _measured(state, ids, quantity, place)
    counted = units.is_count(quantity.unit)
    scope, narrowed = qualify.qualified(state, term, counted=counted)
    if counted and PATTERNS["per_area"].search(state.spoken[-40:] + plain(before)):
        narrowed.append("narrower")  # 每个县组建1—2个县域医共体
    if carried and scope is None:
        scope = qualify.own_scope(state, figure)
    between = [item for item in before if item.start >= term.end]
    start = min(term.start, figure.start)
    start = start if figure.end - start <= _QUOTE_LIMIT else figure.start
    return Binding(
        kind=kind,
        ids=ids,
        text=piece.name or state.text[term.start : term.end],
        start=start,
        end=_closed(state.text, start, max(figure.end, term.end)),
        quantity=quantity,
        value=quantity.value,
        unit=unit or None,
        place=place,
        period=when.period,
        basis=when.basis,
        precision=quantity.precision,
        scope=scope or qualify.group_scope(state, figure),
        reasons=[
            *doubts,
            *when.reasons,
            *_term_doubts(piece, ids, carried),
            *_figure_doubts(quantity),
            *narrowed,
            *qualify.between(between, carried),
        ],
    )


def _measured(
    state: State, ids: tuple[str, ...], quantity: Quantity, place: Place | None
) -> tuple[str, list[str]]:
    """Unit and doubts from the indicator's unit, bounds and levels."""
    indicator = state.indicator(ids)
    if indicator is None:
        return quantity.unit, []
    unit, doubts = units.unit_for(quantity, indicator)
    if units.out_of_bounds(quantity.value, unit, indicator):
        doubts.append("out_of_bounds")
    if place is not None and place.level and place.level not in indicator.levels:
        above = place.level in ("country", "province") and not (place.own or place.inside)
        doubts.append("level_above" if above else "level")
    return unit, doubts


def _closed(text: str, start: int, end: int) -> int:
    """The end of a quote, and on to the bracket that it would leave open."""
    quote = text[start:end]
    return end + (quote.count("(") > quote.count(")") and text[end : end + 1] == ")")


def _narrowed(state: State, ids: tuple[str, ...], quantity: Quantity) -> tuple[str, ...]:
    fitting = tuple(i for i in ids if units.fits(quantity, state.terms.indicators[i]))
    return fitting if len(ids) > 1 and fitting else ids


def _term_doubts(term: Term, ids: tuple[str, ...], carried: bool) -> list[str]:
    found = (
        (carried, "indicator_carried"),
        (term.expanded, "indicator_completed"),
        (term.loose, "indicator_loose"),
        (len(ids) > 1, "indicator_ambiguous"),
        (not ids, "indicator_unknown"),
    )
    return [reason for holds, reason in found if holds]


def _figure_doubts(quantity: Quantity) -> list[str]:
    spelled = quantity.written in ("han", "parts", "tenths")
    return ["spelled"] * spelled + ["range"] * (quantity.upper is not None)


def unknown(
    state: State,
    figure: Item,
    around: Around,
    reasons: Sequence[str] = (),
    terms: Sequence[Item] = (),
) -> None:
    """List a figure whose indicator the registry lacks, with its wording."""
    quantity = quantity_of(figure)
    if quantity.unit in _UNLISTED or quantity.written == "han":
        return
    start, text = _wording(state, figure, around, terms)
    if not text:
        return
    when = dating.when(state, state.mention())
    place, where = state.place()
    kind, doubts = kind_of(quantity, when.stated, setting_of(state, chars(around.before)))
    binding = Binding(
        kind=kind,
        ids=(),
        text=text,
        start=start,
        end=figure.end,
        quantity=quantity,
        value=quantity.value,
        unit=quantity.unit,
        place=place,
        period=when.period,
        basis=when.basis,
        precision=quantity.precision,
        reasons=["indicator_unknown", *reasons, *when.reasons, *where, *doubts],
    )
    if kind == "commitment":
        _promise(binding, quantity, when, around)
    state.found.append(binding)


def _wording(state: State, figure: Item, around: Around, terms: Sequence[Item]) -> tuple[int, str]:
    """Where the wording begins and what it is: the words before the figure, else those after."""
    if terms:
        return terms[0].start, state.text[terms[0].start : terms[-1].end]
    lead: list[Item] = []
    for item in reversed(around.before):
        if item.char in (Q, "、", P, R, B) or len(lead) >= 24:
            break
        lead.append(item)
    if lead and residue(plain(lead[::-1]), CARRYING):
        return lead[-1].start, state.text[lead[-1].start : figure.start]
    tail = re.split("[，。；、：()]", state.text[figure.end : figure.end + 12])[0]
    return figure.start, tail
