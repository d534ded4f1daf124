"""Which figure belongs to which indicator, place and period: one sentence, left to right.

Clauses are read in order. Names, places and dates wait until a figure comes; a figure
takes what waits before it, or what the clauses before left standing. Lists of equal
length are paired in order; lists of unequal length are paired with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicators.mining import attach, dating, levels, movement, units
from indicators.mining.attach import Around
from indicators.mining.binding import Binding
from indicators.mining.context import Reading
from indicators.mining.lexicon import PATTERNS, P, Q, R, T
from indicators.mining.periods import Mention
from indicators.mining.pieces import chars, next_in_list, quantity_of, term_of
from indicators.mining.regions import Place
from indicators.mining.skeleton import Item, Skeleton
from indicators.mining.state import State
from indicators.mining.terms import Term, TermIndex

_NOISE = ("rank", "gap", "aimed_at", "per_step", "formula", "sample")


class SentenceBinder:
    """Binds the figures of one sentence; one instance per sentence."""

    def __init__(self, text: str, skeleton: Skeleton, terms: TermIndex, reading: Reading) -> None:
        self.skeleton = skeleton
        self.state = State(text, skeleton, terms, reading)

    def run(self) -> list[Binding]:
        """All bindings of the sentence, in order."""
        clauses = self.skeleton.clauses()
        for index, clause in enumerate(clauses):
            self._clause(clause, clauses[index + 1] if index + 1 < len(clauses) else [])
        return self.state.found

    def _clause(self, clause: list[Item], following: Sequence[Item]) -> None:
        text, found = chars(clause), len(self.state.found)
        if clause and self.state.text[clause[0].start - 1 : clause[0].start] == "；":
            self.state.semicolon()
        if PATTERNS["listed_item"].match(text):
            self.state.item()
        index = 0
        while index < len(clause):
            if clause[index].char == Q:
                index = self._figures(clause, text, index, following)
                continue
            self._wait(clause, text, index)
            index += 1
        if len(self.state.found) == found:
            _without_figure(self.state, clause)
        self.state.settle(text)

    def _wait(self, clause: list[Item], text: str, index: int) -> None:
        """Let a name, place or date wait for its figure."""
        item, state = clause[index], self.state
        piece = item.piece
        if isinstance(piece, Term):
            state.waiting_terms.append(item)
        elif isinstance(piece, Place):
            state.waiting_places += [piece] if piece.subject else []
        elif isinstance(piece, Mention):
            self._date(piece, text[:index], text[index + 1 :])
        elif item.inside is not None and Q in item.inside.text and not state.in_bracket:
            self._bracket(item.inside, clause[:index])
        elif item.inside is not None and text[:index].endswith(Q):
            _date_after(state, item)

    def _date(self, mention: Mention, left: str, right: str) -> None:
        """A date is a figure's own, or what a movement is counted from, or a beginning."""
        if PATTERNS["since"].search(left) and PATTERNS["since_after"].search(right):
            return
        versus = (
            left.endswith(("较", "比", "同", "相比"))
            or (left.endswith("与") and "相比" in right)
            or PATTERNS["versus_far"].search(left) is not None
        )
        starts = left.endswith(("由", "从")) and PATTERNS["from_to"].search(left[-1:] + P + right)
        if versus or starts or PATTERNS["on_base"].search(left[-2:] + P + right[:4]):
            self.state.base = mention
        else:
            self.state.waiting_mentions.append(mention)

    def _bracket(self, inside: Skeleton, before: list[Item]) -> None:
        """A bracket speaks of the figure before it, for another place, period or part."""
        state, first, left = self.state, len(self.state.found), chars(before)
        versus = PATTERNS["versus_period"].search(left) is not None
        place = _place_before(before)
        back = state.aside()
        state.places = [place] if place else state.places
        for clause in inside.clauses():
            text = chars(clause)
            if versus and text.strip() == Q:
                movement.compared_with(state, [clause[0]])
            elif not PATTERNS["whole_share"].search(text.split(Q)[0]):
                self._clause(clause, [])
        clear = place is not None or self._is_clear(inside, versus)
        for binding in state.found[first:]:
            binding.reasons.append("bracket" if clear else "bracket_meaning")
        back(versus)

    def _is_clear(self, inside: Skeleton, versus: bool) -> bool:
        """Whether a bracket says itself what it holds; beside a target it may be anything."""
        aimed = any(binding.kind == "commitment" for binding in self.state.found)
        named = any(mark in inside.text for mark in (R, P, T))
        return versus or (named and not aimed) or self._is_past(inside)

    def _is_past(self, inside: Skeleton) -> bool:
        """（2018年为83.3%） beside a target: a date gone by says that it is where things stood."""
        dated = self.state.reading.dated
        dates = [item.piece for item in inside.items if isinstance(item.piece, Mention)]
        ends = [dating.stated(self.state, date).period for date in dates]
        told = PATTERNS["told"].search(inside.text) is not None
        return (
            told
            and bool(ends)
            and dated is not None
            and all(e and e.last < dated.first for e in ends)
        )

    def _figures(self, clause: list[Item], text: str, index: int, following: Sequence[Item]) -> int:
        """Bind the run of figures at ``index``; returns the index after it."""
        stop, run = index + 1, [clause[index]]
        while (after := next_in_list(text, stop)) is not None:
            run.append(clause[after])
            stop = after + 1
        role = _role(self.state, run[0], text[:index], text[stop:])
        if role == "change":
            movement.change(self.state, run, text[:index])
        elif role == "start":
            movement.start_of(self.state, run)
            return stop
        elif role == "versus":
            movement.compared_with(self.state, run)
        elif role == "level":
            around = Around(clause[:index], clause[stop:], following)
            levels.bind(self.state, run, around, clause[0].start)
        self.state.consume()
        return stop


def _place_before(before: list[Item]) -> Place | None:
    """The place a bracket belongs to: 高于全国（27.78%） · 超过全市平均水平（91.8%）."""
    match = PATTERNS["place_before"].search(chars(before))
    piece = before[match.start()].piece if match else None
    return piece if isinstance(piece, Place) else None


def _date_after(state: State, bracket: Item) -> None:
    """81.2%（2022年）: the date in the bracket is the figure's."""
    dates = (
        [i.piece for i in bracket.inside.items if isinstance(i.piece, Mention)]
        if bracket.inside
        else []
    )
    last = state.found[-1] if state.found else None
    if len(dates) != 1 or last is None or last.kind != "reported" or last.end != bracket.start:
        return
    when = dating.stated(state, dates[0])
    last.period, last.basis = when.period, when.basis
    last.reasons = [r for r in last.reasons if not r.startswith("period_")] + [*when.reasons]


def _role(state: State, figure: Item, left: str, right: str) -> str:
    """Of the figures between the texts: level, change, start (由…), versus (较上年…), noise."""
    if _is_noise(state, figure, left, right):
        return "noise"
    points = units.is_points(quantity_of(figure))
    if points or PATTERNS["rise"].search(left) or PATTERNS["fall"].search(left):
        return "change"
    if PATTERNS["from"].search(left) and PATTERNS["from_after"].search(right):
        return "start"
    if PATTERNS["versus_period"].search(left):
        return "versus"
    if PATTERNS["whole_share"].search(left) and not state.waiting_terms:
        return "noise"
    return "level"


def _is_noise(state: State, figure: Item, left: str, right: str) -> bool:
    """Weights, gaps, aims quoted for comparison, conditions, formulas, samples."""
    if left.endswith(Q):  # 7个超过90%: how many pass a mark
        return True
    if any(PATTERNS[name].search(left) for name in _NOISE):
        return True
    if PATTERNS["aim_after"].search(right) and PATTERNS["aim_before"].search(left):
        return True
    apart = PATTERNS["apart"].search(left) is not None and state.base is None
    if units.is_points(quantity_of(figure)) and apart:
        return True
    if PATTERNS["gap_after"].search(right):
        return True
    sorts = PATTERNS["sorts"].search(right) is not None
    return sorts and levels.predicate(state, figure) is None


def _without_figure(state: State, clause: list[Item]) -> None:
    """A promise without a number: 到2020年，医共体建设全面推开."""
    span = (clause[0].start, clause[-1].end)
    yes_no = [i for i in state.waiting_terms if units.dimension(state.unit_of(i)) == "yes_no"]
    if not yes_no and PATTERNS["milestone"].search(state.text, *span) is None:
        return
    due = dating.when(state, state.mention()).stated
    ahead = state.reading.lies_ahead(due)
    pledged = attach.setting_of(state, chars(clause)).pledged
    if not (ahead or (pledged and (yes_no or due is not None))):
        return
    place, where = state.place()
    ids = term_of(yes_no[-1]).ids if yes_no else ()
    state.found.append(
        Binding(
            kind="milestone",
            ids=ids,
            text=state.text[slice(*span)],
            start=span[0],
            end=span[1],
            quantity=None,
            value=None,
            unit="是/否" if ids else None,
            place=place,
            period=None,
            due=due,
            reasons=["milestone", *where, *([] if ids else ["indicator_unknown"])],
        )
    )
