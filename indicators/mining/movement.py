"""Movements: what a change starts from, how large it is, and whether it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from indicators.mining import attach, dating, units
from indicators.mining.binding import UNDATED, Binding, When
from indicators.mining.lexicon import PATTERNS
from indicators.mining.pieces import quantity_of, term_of
from indicators.mining.skeleton import Item
from indicators.mining.state import State

_LEVEL_DOUBTS = frozenset({"unit_conflict", "unit_scale", "out_of_bounds"})
_ROUNDING = Decimal("0.06")


def start_of(state: State, run: Sequence[Item]) -> None:
    """由2019年的55.5%: the value the movement starts from; names go on waiting."""
    mention, state.base = state.base, None
    when = dating.earlier(state, mention) if mention else dating.span_start(state)
    _earlier_values(state, run, when)


def compared_with(state: State, run: Sequence[Item]) -> None:
    """较上年9.02/10万 …: the earlier value; its date goes on serving the change."""
    _earlier_values(state, run, dating.earlier(state, state.base) if state.base else UNDATED)


def _earlier_values(state: State, run: Sequence[Item], when: When) -> None:
    terms, carried = state.names(len(run))
    if len(run) == 1:
        terms = terms[-1:]
    if len(terms) != len(run):
        return
    for term, figure in zip(terms, run, strict=True):
        place, doubts = state.place()
        binding = attach.bound(state, term, figure, place, when, "reported", carried=carried)
        binding.reasons += doubts
        state.add(binding, earlier=True)


def change(state: State, run: Sequence[Item], left: str) -> None:
    """下降1.39% · 提高5.51个百分点: a movement, with the period it is counted from."""
    terms, carried = _moved(state, run, left)
    if not terms:
        return
    when = dating.when(state, state.mention())
    falls = PATTERNS["fall"].search(left) is not None
    plain = falls or PATTERNS["rise"].search(left) is not None
    for term, figure in zip(terms, run, strict=True):
        binding = _movement(state, term, figure, when, carried=carried, falls=falls)
        binding.baseline = dating.baseline(state, left, when)
        if _undated(state, left, when):
            binding.period, binding.basis = None, "stated"
            binding.reasons.append("kind_unclear")
        if PATTERNS["every"].search(left) is None:
            binding.reasons += _checked(state, binding)
        binding.reasons += [] if plain or "kind_unclear" in binding.reasons else ["kind_unclear"]
        state.add(binding)


def _moved(state: State, run: Sequence[Item], left: str) -> tuple[list[Item], bool]:
    """The names that move: as many as figures, or the last one for a single figure."""
    terms, carried = state.names(len(run))
    each = PATTERNS["each"].search(left[-12:]) is not None
    if len(run) == 1:
        return ([] if each else terms[-1:]), carried
    if len(terms) == len(run):
        return terms, carried
    recent = state.recent[-len(run) :] if each else []
    distinct = len({term_of(item).ids for item in recent}) == len(run)
    return (recent if distinct else []), True


def _undated(state: State, left: str, when: When) -> bool:
    """A promised or yearly movement without a date has none; not even the document's."""
    promised = PATTERNS["pledge"].search(state.spoken + left) is not None and when.stated is None
    return promised or PATTERNS["every"].search(left) is not None


def _movement(
    state: State, term: Item, figure: Item, when: When, *, carried: bool, falls: bool
) -> Binding:
    quantity = quantity_of(figure)
    place, doubts = state.place()
    binding = attach.bound(state, term, figure, place, when, "change", carried=carried)
    indicator = state.indicator(binding.ids)
    binding.reasons = [r for r in binding.reasons if r not in _LEVEL_DOUBTS] + doubts
    binding.unit = units.change_unit(quantity, indicator)
    if indicator and units.is_points(quantity) and not units.is_share(indicator.unit):
        binding.reasons.append("unit_conflict")
    if falls:
        binding.value = -quantity.value
        binding.quantity = None if quantity.upper is not None else quantity
    return binding


def _checked(state: State, binding: Binding) -> list[str]:
    """Recompute the change from both ends where the sentence states them."""
    now, then = state.levels.get(binding.ids, (None, None))
    if now is None or then is None or binding.value is None:
        return []
    moved = now - then
    if binding.unit == "%（相对）":
        moved = moved / then * 100 if then else Decimal(0)
    agrees = abs(abs(moved) - abs(binding.value)) <= _ROUNDING
    return ["change_checked" if agrees else "change_unclear"]
