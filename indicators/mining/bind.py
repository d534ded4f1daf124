"""Which figure belongs to which indicator, place and period: one sentence, left to right.

Clauses are read in order. Names, places and dates wait until a figure comes; a figure
takes what waits before it, or what the clauses before left standing. Lists of equal
length are paired in order; lists of unequal length are paired with nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.core.model import ClaimKind, Comparator, Indicator, PeriodBasis, Precision
from indicators.core.period import Period
from indicators.mining import units
from indicators.mining.context import Reading
from indicators.mining.kinds import Setting, comparator_of, kind_of
from indicators.mining.lexicon import (
    AFTER_FIGURE,
    BELOW_COUNTY,
    CARRYING,
    GROUP_SCOPE,
    HARMLESS,
    INSTITUTION,
    NARROWER,
    OTHER_AREA,
    PATTERNS,
    SCOPE,
    B,
    P,
    Q,
    R,
    T,
    residue,
)
from indicators.mining.periods import Mention, resolve, shifted
from indicators.mining.quantities import Quantity
from indicators.mining.regions import Place
from indicators.mining.skeleton import Item, Skeleton
from indicators.mining.terms import ENDING_WORDS, Term, TermIndex

_QUOTE_LIMIT = 160


@dataclass(slots=True)
class Binding:
    """A bound figure, before it becomes a candidate; spans are in the folded sentence."""

    kind: ClaimKind
    ids: tuple[str, ...]
    text: str
    start: int
    end: int
    quantity: Quantity | None
    value: Decimal | None
    unit: str | None
    place: Place | None
    period: Period | None
    basis: PeriodBasis = "stated"
    due: Period | None = None
    baseline: Period | None = None
    comparator: Comparator | None = None
    precision: Precision = "exact"
    scope: str | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class When:
    """A resolved period and where it comes from; ``stated`` is null for the document's date."""

    period: Period | None
    stated: Period | None
    basis: PeriodBasis
    reasons: list[str]


class SentenceBinder:
    """Binds the figures of one sentence; one instance per sentence."""

    def __init__(self, text: str, skeleton: Skeleton, terms: TermIndex, reading: Reading) -> None:
        self.text = text
        self.skeleton = skeleton
        self.terms = terms
        self.reading = reading
        self.found: list[Binding] = []
        self.subject: list[Item] = []
        self.places: list[Place] = []
        self.mentions: list[Mention] = []
        self.base: Mention | None = None
        self.levels: dict[str, tuple[Decimal | None, Decimal | None]] = {}
        self.spoken = ""
        self.in_bracket = False
        self.group: tuple[str, str] | None = None
        self.recent: list[Item] = []
        self._clear()

    def _clear(self) -> None:
        self.waiting_terms: list[Item] = []
        self.waiting_places: list[Place] = []
        self.waiting_mentions: list[Mention] = []

    def run(self) -> list[Binding]:
        """All bindings of the sentence, in order."""
        clauses = self.skeleton.clauses()
        for index, clause in enumerate(clauses):
            self._clause(clause, clauses[index + 1] if index + 1 < len(clauses) else [])
        return self.found

    # -- one clause -------------------------------------------------------------------

    def _clause(self, clause: list[Item], following: list[Item]) -> None:
        text = "".join(item.char for item in clause)
        before = len(self.found)
        index = 0
        while index < len(clause):
            item = clause[index]
            if item.char == Q:
                index = self._figures(clause, text, index, following)
                continue
            self._wait(item, clause, text, index)
            index += 1
        if len(self.found) == before:
            self._without_figure(clause, text)
        self._settle(text)

    def _wait(self, item: Item, clause: list[Item], text: str, index: int) -> None:
        """Let a name, place or date wait for its figure."""
        piece = item.piece
        if isinstance(piece, Term):
            self.waiting_terms.append(item)
        elif isinstance(piece, Place):
            if piece.subject:
                self.waiting_places.append(piece)
        elif isinstance(piece, Mention):
            self._date(piece, text, index)
        elif item.inside is not None:
            self._bracket(item.inside, text[:index])

    def _date(self, mention: Mention, text: str, index: int) -> None:
        left, right = text[:index], text[index + 1 :]
        if PATTERNS["since"].search(left) and PATTERNS["since_after"].search(right):
            return
        versus = left.endswith(("较", "比", "同", "相比")) or (left.endswith("与") and "相比" in right)
        if versus or PATTERNS["on_base"].search(left[-2:] + P + right[:4]):
            self.base = mention
        elif left.endswith(("由", "从")) and PATTERNS["from_to"].search(text[index - 1 :]):
            self.base = mention
        elif PATTERNS["as_of"].search(left):
            self.waiting_mentions.append(replace(mention, part=mention.part, last=False, same=False))
            self._as_of = len(self.waiting_mentions)
        else:
            self.waiting_mentions.append(mention)

    def _settle(self, text: str) -> None:
        """At the end of a clause: what still waits is what the next clauses speak of."""
        if Q not in text and T not in text and len(residue(text, CARRYING)) > 4:
            self.subject = []
        if not text.endswith(("相比", "比较", "基础上")):
            self.base = None
        self.spoken += text + "，"
        self._consume()

    def _bracket(self, inside: Skeleton, left: str) -> None:
        """A bracket speaks of the figure before it, for another place, period or part."""
        if Q not in inside.text or self.in_bracket:
            return
        saved = (self.subject, self.places, self.mentions, self.base, self.spoken)
        group = self.group
        waiting = (self.waiting_terms, self.waiting_places, self.waiting_mentions)
        if self.waiting_terms:
            self.subject = self.waiting_terms[-1:]
        if self.waiting_places:
            self.places = self.waiting_places
        if self.waiting_mentions:
            self.mentions = self.waiting_mentions
        self._clear()
        self.in_bracket = True
        first = len(self.found)
        versus = PATTERNS["versus_period"].search(left) is not None
        named = left.endswith(R)
        for clause in inside.clauses():
            text = "".join(item.char for item in clause)
            if versus and text.strip() == Q:
                self._baseline([clause[0]], [])
            elif not PATTERNS["whole_share"].search(text.split(Q)[0]):
                self._clause(clause, [])
        for binding in self.found[first:]:
            binding.reasons.append("bracket" if named or self._bracket_is_clear(inside, versus) else "bracket_meaning")
        self.in_bracket = False
        base, self.group = self.base, group
        self.subject, self.places, self.mentions, self.base, self.spoken = saved
        self.base = base if versus else self.base
        self.waiting_terms, self.waiting_places, self.waiting_mentions = waiting

    def _bracket_is_clear(self, inside: Skeleton, versus: bool) -> bool:
        target = bool(self.found) and any(b.kind == "commitment" for b in self.found)
        return versus or ((R in inside.text or P in inside.text or T in inside.text) and not target)

    # -- figures ------------------------------------------------------------------------

    def _figures(self, clause: list[Item], text: str, index: int, following: list[Item]) -> int:
        """Bind the run of figures at ``index``; returns the index after it."""
        stop = index + 1
        places = [index]
        while (after := _next_in_list(text, stop)) is not None:
            places.append(after)
            stop = after + 1
        run = [clause[place] for place in places]
        left, right = text[:index], text[stop:]
        role = self._role(run, left, right)
        if role == "change":
            self._change(run, clause[:index], left)
        elif role == "from":
            self._from(run)
        elif role == "versus":
            self._baseline(run, clause[:index])
        elif role == "level":
            self._level(run, clause, index, stop, following)
        if role != "from":
            self._consume()
        return stop

    def _consume(self) -> None:
        """What waited is now what is spoken of."""
        if self.waiting_terms:
            self.subject = _joined(self.waiting_terms, self.text)
        if self.waiting_places:
            self.places = self.waiting_places
        if self.waiting_mentions:
            self.mentions = self.waiting_mentions
        self._clear()

    def _role(self, run: list[Item], left: str, right: str) -> str:
        first = run[0].piece
        if not isinstance(first, Quantity):
            return "noise"
        if self._is_noise(first, left, right, run[0]):
            return "noise"
        if units.is_points(first) or PATTERNS["rise"].search(left) or PATTERNS["fall"].search(left):
            return "change"
        if PATTERNS["from"].search(left) and PATTERNS["from_after"].search(right):
            return "from"
        if PATTERNS["versus_period"].search(left):
            return "versus"
        if PATTERNS["whole_share"].search(left) and not self.waiting_terms:
            return "noise"
        return "level"

    def _is_noise(self, first: Quantity, left: str, right: str, figure: Item) -> bool:
        """Weights, gaps, aims quoted for comparison, conditions, formulas, samples."""
        if any(PATTERNS[name].search(left) for name in ("rank", "gap", "aimed_at", "per_step", "formula", "sample")):
            return True
        if PATTERNS["aim_after"].search(right) and PATTERNS["aim_before"].search(left):
            return True
        if units.is_points(first) and PATTERNS["apart"].search(left) and self.base is None:
            return True
        if PATTERNS["gap_after"].search(right):
            return True
        return PATTERNS["sorts"].search(right) is not None and self._predicate(figure) is None

    def _from(self, run: list[Item]) -> None:
        """由2019年的55.5%: the value the movement starts from; names go on waiting."""
        mention, self.base = self.base, None
        when = self._when_of(mention) if mention else self._span_start()
        terms, carried = self._terms(run)
        if len(run) == 1 and terms:
            self._report(terms[-1], run[0], when, carried)
        elif len(terms) == len(run):
            for term, figure in zip(terms, run, strict=True):
                self._report(term, figure, when, carried)

    def _span_start(self) -> When:
        """2021年至2022年，…从…提高到…: the first year is the start's, the last the end's."""
        mention = self._mention()
        if mention is None or not mention.years() or mention.part:
            return When(None, None, "stated", ["period_missing"])
        ends = [replace(mention, span=None)]
        self.waiting_mentions, self.mentions = (ends, []) if self.waiting_mentions else ([], ends)
        first = resolve(replace(mention, year=mention.span, span=None), self.reading.dated)
        return When(first, first, "stated", [])

    def _baseline(self, run: list[Item], before: list[Item]) -> None:
        """较上年9.02/10万 …: the earlier value; its date goes on serving the change."""
        when = self._when_of(self.base) if self.base else When(None, None, "stated", ["period_missing"])
        terms, carried = self._terms(run)
        if len(run) == 1 and terms:
            self._report(terms[-1], run[0], when, carried, earlier=True)
        elif terms and len(terms) == len(run):
            for term, figure in zip(terms, run, strict=True):
                self._report(term, figure, when, carried, earlier=True)

    def _report(
        self, term: Item, figure: Item, when: When, carried: bool, *, earlier: bool = True
    ) -> None:
        place, reasons = self._place()
        binding = self._bound(term, figure, place, when, "reported", carried)
        binding.reasons += reasons
        self._remember(binding, earlier=earlier)
        self.found.append(binding)

    def _change(self, run: list[Item], before: list[Item], left: str) -> None:
        """下降1.39% · 提高5.51个百分点: a movement, with the period it is counted from."""
        terms, carried = self._terms(run)
        if len(run) == 1 and PATTERNS["each"].search(left[-12:]):
            return
        if len(terms) != len(run) and len(run) > 1:
            terms = self.recent[-len(run) :] if PATTERNS["each"].search(left) else []
        elif not carried:
            terms = terms[-1:] if len(run) == 1 else terms
        if len(terms) != len(run):
            terms = terms[-1:] if len(run) == 1 else []
        if not terms:
            return
        mentions = self.waiting_mentions or self.mentions
        when = self._when(mentions[-1] if mentions else None)
        falls = PATTERNS["fall"].search(left) is not None
        risen = PATTERNS["rise"].search(left) is not None
        for term, figure in zip(terms, run, strict=True):
            place, reasons = self._place()
            binding = self._movement(term, figure, place, when, carried, falls)
            binding.baseline = self._baseline_of(left, when)
            ahead = PATTERNS["pledge"].search(self.spoken + left) and when.stated is None
            if ahead or PATTERNS["every"].search(left):
                binding.period, binding.basis = None, "stated"
            if not (falls or risen):
                binding.reasons.append("kind_unclear")
            binding.reasons += reasons
            self.found.append(binding)

    def _movement(
        self, term: Item, figure: Item, place: Place | None, when: When, carried: bool, falls: bool
    ) -> Binding:
        quantity = figure.piece
        assert_quantity = quantity if isinstance(quantity, Quantity) else None
        binding = self._bound(term, figure, place, when, "change", carried)
        indicator = self._indicator(binding.ids)
        binding.reasons = [r for r in binding.reasons if r not in ("unit_conflict", "unit_scale", "out_of_bounds")]
        if assert_quantity is None:
            return binding
        binding.unit = units.change_unit(assert_quantity, indicator)
        if indicator is not None and units.is_points(assert_quantity) and not units.is_share(indicator.unit):
            binding.reasons.append("unit_conflict")
        if falls:
            binding.value = -assert_quantity.value
        binding.reasons += self._checked(binding)
        return binding

    def _checked(self, binding: Binding) -> list[str]:
        """Recompute the change from both ends where the sentence states them."""
        ends = self.levels.get("|".join(binding.ids))
        if ends is None or ends[0] is None or ends[1] is None or binding.value is None:
            return []
        now, then = ends
        moved = now - then
        if binding.unit == "%（相对）":
            moved = Decimal(0) if then == 0 else moved / then * 100
        agrees = abs(abs(moved) - abs(binding.value)) <= Decimal("0.06")
        return ["change_checked"] if agrees else ["change_unclear"]

    def _baseline_of(self, left: str, when: When) -> Period | None:
        if self.base is not None:
            return self._earlier(self.base, when.stated)
        if PATTERNS["year_on_year"].search(left[-16:]):
            origin = when.stated or self.reading.dated
            return None if origin is None else shifted(origin, -1)
        return None

    def _earlier(self, mention: Mention, stated: Period | None) -> Period | None:
        """The period compared with: never the figure's own."""
        period = resolve(mention, self.reading.dated, stated)
        if period is not None and stated is not None and period.text == stated.text:
            return shifted(period, -1)
        return period

    # -- levels ---------------------------------------------------------------------------

    def _level(self, run: list[Item], clause: list[Item], index: int, stop: int, following: list[Item]) -> None:
        if len(run) == 1 and self._after_figure(run[0], clause, following):
            return
        before = clause[:index]
        terms, carried = self._terms(run)
        if len(run) == 1:
            self._single(run[0], terms, carried, before, clause[stop:], following)
        else:
            self._several(run, terms, carried, before, following)

    def _single(
        self, figure: Item, terms: list[Item], carried: bool, before: list[Item], after: list[Item], following: list[Item]
    ) -> None:
        quantity = _quantity(figure)
        term = self._choose(terms, quantity, carried, before)
        if units.is_count(quantity.unit) or term is None:
            term_after = self._term_after(after, quantity)
            if term_after is not None and (term is None or not self._close(term, figure, before)):
                self._emit(term_after, figure, before, following, ["indicator_after"], carried=False)
                self.waiting_terms = []
                return
        counted = units.is_count(quantity.unit)
        lost = counted and term is not None and carried and _noun_follows(after)
        if term is None or lost or (counted and not self._close(term, figure, before)):
            self._unknown(figure, before, after)
            return
        reasons = ["unread_after"] if units.is_count(quantity.unit) and _noun_follows(after) else []
        if not carried and len(terms) > 1 and not PATTERNS["all"].search(_plain(before)):
            reasons += ["count_mismatch"] if PATTERNS["each"].search(_plain(before)) else []
        everyone = len(terms) > 1 and not carried and PATTERNS["all"].search(_plain(before))
        for one in terms if everyone else [term]:
            self._emit(one, figure, before, following, list(reasons), carried=carried)

    def _choose(self, terms: list[Item], quantity: Quantity, carried: bool, before: list[Item]) -> Item | None:
        """The nearest name before the figure; a nearer one that cannot fit gives way."""
        if not terms or (carried and not self._may_carry(quantity, before)):
            return None
        fitting = [term for term in terms if self._fits(term, quantity)]
        nearest = terms[-1]
        if isinstance(nearest.piece, Term) and not nearest.piece.ids and not units.is_count(quantity.unit):
            return self._with_ending(nearest, quantity) or nearest
        return fitting[-1] if fitting else (None if carried or units.is_count(quantity.unit) and not units.is_share(self._unit_of(nearest)) else nearest)

    def _unit_of(self, term: Item) -> str:
        indicator = self._indicator(term.piece.ids) if isinstance(term.piece, Term) else None
        return indicator.unit if indicator else ""

    def _with_ending(self, look: Item, quantity: Quantity) -> Item | None:
        """完成率 alone continues the subject: 孕产妇免费产前筛查 + 完成率."""
        piece = look.piece
        if not isinstance(piece, Term) or piece.name not in ENDING_WORDS:
            return None
        for item in reversed(self.subject):
            name = item.piece.name if isinstance(item.piece, Term) else ""
            ids = self.terms.lookup(name + piece.name)
            if ids:
                return Item(T, item.start, look.end, Term(item.start, look.end, ids, name + piece.name, expanded=True))
        return None

    def _may_carry(self, quantity: Quantity, before: list[Item]) -> bool:
        """Whether the words before the figure leave the earlier subject standing."""
        words = GROUP_SCOPE.sub("", SCOPE.sub("", _plain(_since_figure(before))))
        left = residue(words, CARRYING)
        return len(left) == 0 if units.is_count(quantity.unit) else len(left) <= 1

    def _fits(self, term: Item, quantity: Quantity) -> bool:
        ids = term.piece.ids if isinstance(term.piece, Term) else ()
        return any(units.fits(quantity, self.terms.indicators[i]) for i in ids)

    def _close(self, term: Item, figure: Item, before: list[Item]) -> bool:
        """For counts: nothing but carrying words between the name and the figure."""
        if term.end <= before[0].start if before else True:
            return True  # carried from an earlier clause; _may_carry has judged it
        between = [item for item in before if item.start >= term.end]
        return len(residue(_plain(between), CARRYING)) <= 1 and figure.start - term.end <= 40

    def _term_after(self, after: list[Item], quantity: Quantity) -> Item | None:
        """The indicator counted, where it follows its figure: 9个县域医共体."""
        for position, item in enumerate(after[:7]):
            if isinstance(item.piece, Term):
                plain = _plain(after[:position])
                return item if self._fits(item, quantity) and len(plain) <= 6 else None
            if item.char in "、，；" or item.piece is not None:
                return None
        return None

    def _several(
        self, run: list[Item], terms: list[Item], carried: bool, before: list[Item], following: list[Item]
    ) -> None:
        """Figures in a list: paired in order with as many names, places or dates."""
        places = self.waiting_places or self.places
        mentions = self.waiting_mentions or self.mentions
        years = _years(mentions)
        known = not carried or self._may_carry(_quantity(run[-1]), before)
        each = PATTERNS["each"].search(_plain(before)) is not None
        if carried and each and len(terms) != len(run) <= len(self.recent):
            terms = self.recent[-len(run) :]
        if known and len(terms) == len(run):
            for term, figure in zip(terms, run, strict=True):
                self._emit(term, figure, before, following, [], carried=carried, first=terms[0])
        elif known and len(terms) == 1 and len(_group(places)) == len(run):
            for place, figure in zip(_group(places), run, strict=True):
                self._emit(terms[0], figure, before, following, [], carried=carried, place=place)
        elif known and len(terms) == 1 and len(years) == len(run):
            for mention, figure in zip(years, run, strict=True):
                self._emit(terms[0], figure, before, following, [], carried=carried, mention=mention)
        else:
            self._mismatched(run, terms, before)

    def _mismatched(self, run: list[Item], terms: list[Item], before: list[Item]) -> None:
        for figure in run:
            self._unknown(figure, before, [], ["count_mismatch"] if terms else [], terms)

    def _after_figure(self, figure: Item, clause: list[Item], following: list[Item]) -> bool:
        """98个…中心100%建成中医馆 · 86%的卫生院达到基本标准: the indicator is the predicate."""
        found = self._predicate(figure)
        if found is None:
            return False
        span = (clause[0].start, found[1])
        term = Item(T, *span, Term(*span, (found[0],), self.text[figure.end : span[1]]))
        self._emit(term, figure, [], following, ["indicator_after"], carried=False)
        self.found[-1].start, self.found[-1].end = span
        self.waiting_terms = []
        return True

    def _predicate(self, figure: Item) -> tuple[str, int] | None:
        """Indicator and end of the predicate that follows a share, if one does."""
        if not units.is_share(_quantity(figure).unit):
            return None
        rest = self.text[figure.end : figure.end + 60]
        for indicator, pattern in AFTER_FIGURE:
            match = pattern.search(rest)
            if match is not None and indicator in self.terms.indicators:
                return indicator, figure.end + match.end()
        return None

    # -- what a figure takes -----------------------------------------------------------------

    def _terms(self, run: list[Item]) -> tuple[list[Item], bool]:
        """The names for a run of figures, and whether they come from an earlier clause."""
        if self.waiting_terms:
            group = _joined(self.waiting_terms, self.text)
            return (group if len(run) > 1 or len(group) > 1 else self.waiting_terms[-3:]), False
        return self.subject, True

    def _emit(
        self,
        term: Item,
        figure: Item,
        before: list[Item],
        following: list[Item],
        reasons: list[str],
        *,
        carried: bool,
        place: Place | None = None,
        mention: Mention | None = None,
        first: Item | None = None,
    ) -> None:
        quantity = _quantity(figure)
        when = self._when(mention or self._mention(), following)
        where, where_reasons = (place, []) if place else self._place()
        setting = self._setting(_chars(before))
        kind, kind_reasons = kind_of(quantity, when.stated, setting)
        if kind == "reported" and self._only_aimed(figure):
            kind, kind_reasons = "commitment", ["aim_only"]
        stated = mention or self._mention()
        if stated is not None and stated.now and not PATTERNS["binding"].search(setting.clause):
            kind, kind_reasons = "reported", []
        binding = self._bound(term, figure, where, when, kind, carried, before)
        if first is not None and not carried:
            binding.start = min(binding.start, first.start)
        if kind == "commitment":
            binding.comparator = comparator_of(quantity, _plain(before))
            binding.due, binding.period, binding.basis = when.stated, None, "stated"
            binding.precision = "exact"
            binding.reasons = [r for r in binding.reasons if not r.startswith("period_doc")]
        everyone = len(_group(self.waiting_places)) > 1 and place is None
        if everyone:
            binding.reasons.append("region_list")
        binding.reasons += [*reasons, *where_reasons, *kind_reasons]
        self.recent.append(term)
        self._remember(binding)
        self.found.append(binding)

    def _only_aimed(self, figure: Item) -> bool:
        """…≥90%、…≥90%的目标任务全面完成: the figures are the aims, not the results."""
        rest = re.split("[，。；]", self.text[figure.end : figure.end + 80])[0]
        return PATTERNS["aims_met"].search(rest) is not None

    def _mention(self) -> Mention | None:
        mentions = self.waiting_mentions or self.mentions
        return mentions[-1] if mentions else None

    def _setting(self, left: str) -> Setting:
        """Words that announce a promise, from the sentence's beginning to the figure."""
        before = self.spoken + left
        return Setting(
            before=before,
            clause=left,
            pledged=PATTERNS["pledge"].search(before) is not None,
            heading_pledged=self.reading.heading_pledged,
            plan=self.reading.plan,
            dated=self.reading.dated,
        )

    def _bound(
        self,
        term: Item,
        figure: Item,
        place: Place | None,
        when: When,
        kind: ClaimKind,
        carried: bool,
        before: list[Item] | None = None,
    ) -> Binding:
        quantity = _quantity(figure)
        piece = term.piece if isinstance(term.piece, Term) else Term(term.start, term.end, (), "")
        ids = self._narrowed(piece.ids, quantity)
        indicator = self._indicator(ids)
        unit, reasons = units.unit_for(quantity, indicator) if indicator else (quantity.unit, [])
        reasons += [*when.reasons, *_term_reasons(piece, ids, carried), *_figure_reasons(quantity)]
        if indicator and units.out_of_bounds(quantity.value, unit, indicator):
            reasons.append("out_of_bounds")
        if indicator and place and place.level and place.level not in indicator.levels:
            reasons.append("level")
        scope, scope_reasons = self._qualified(term)
        if carried and scope is None:
            own = SCOPE.search(_trimmed(self._lead(figure.start)))
            scope = own[0] if own else None
        between = [i for i in before or [] if i.start >= term.end]
        reasons += [*scope_reasons, *self._between(between, carried)]
        return Binding(
            kind=kind,
            ids=ids,
            text=piece.name or self.text[term.start : term.end],
            start=self._quote_start(term, figure),
            end=self._quote_end(term, figure),
            quantity=quantity,
            value=quantity.value,
            unit=unit or None,
            place=place,
            period=when.period,
            basis=when.basis,
            precision=quantity.precision,
            scope=scope or self._group_scope(figure, units.is_count(quantity.unit)),
            reasons=reasons,
        )

    def _quote_start(self, term: Item, figure: Item) -> int:
        start = min(term.start, figure.start)
        return start if figure.end - start <= _QUOTE_LIMIT else figure.start

    def _quote_end(self, term: Item, figure: Item) -> int:
        """To the figure's end, and on to the bracket that it would leave open."""
        end = max(figure.end, term.end)
        quote = self.text[self._quote_start(term, figure) : end]
        return end + (quote.count("(") > quote.count(")") and self.text[end : end + 1] == ")")

    def _narrowed(self, ids: tuple[str, ...], quantity: Quantity) -> tuple[str, ...]:
        fitting = tuple(i for i in ids if units.fits(quantity, self.terms.indicators[i]))
        return fitting if len(ids) > 1 and fitting else ids

    def _indicator(self, ids: tuple[str, ...]) -> Indicator | None:
        return self.terms.indicators[ids[0]] if ids else None

    def _between(self, between: list[Item], carried: bool) -> list[str]:
        words = _plain(between)
        reasons = []
        if PATTERNS["extreme"].search(words) and not any(i.char == R for i in between):
            reasons.append("extreme")
        if PATTERNS["lasting"].search((self.spoken[-14:] if carried else "") + words):
            reasons.append("lasting")
        if not carried and len(residue(words, CARRYING)) > 2:
            reasons.append("unread_between")
        return reasons

    def _qualified(self, term: Item) -> tuple[str | None, list[str]]:
        """What stands directly before a name: a scope, another area, an institution, a narrowing."""
        lead = self._lead(term.start)
        scope = SCOPE.search(lead)
        if scope is not None and scope[0]:
            return scope[0], []
        rest = residue(lead, HARMLESS)
        name = self.text[term.start : term.end]
        if not rest or name.startswith(rest):
            return None, []
        for pattern, reason in (
            (INSTITUTION, "institution"),
            (BELOW_COUNTY, "below_county"),
            (NARROWER, "narrower"),
            (OTHER_AREA, "region_unknown"),
        ):
            if pattern.search(lead):
                return None, [reason]
        return None, (["unread_before"] if len(rest) > 1 else [])

    def _lead(self, start: int) -> str:
        """Plain characters directly before ``start``, back to a mark or recognised piece."""
        lead: list[str] = []
        for item in reversed(self._flat):
            if item.end > start:
                continue
            if item.end < start - 14 or item.piece is not None or item.char in "，。；：、()（）":
                break
            lead.append(item.char)
        return "".join(reversed(lead))

    @property
    def _flat(self) -> list[Item]:
        return _flatten(self.skeleton)

    def _group_scope(self, figure: Item, counted: bool) -> str | None:
        """医共体集团 as the speaker: its counts stay the group's until another unit comes."""
        start = figure.start
        clause = max(self.text.rfind(mark, 0, start) for mark in "，；。：(") + 1
        match = GROUP_SCOPE.search(self.text, clause, start)
        unit = _quantity(figure).unit
        if match is not None:
            self.group = (match[0], unit)
        elif self.group is not None and (not counted or self.group[1] != unit):
            return None
        return self.group[0] if self.group else None

    def _place(self) -> tuple[Place | None, list[str]]:
        """The place a figure speaks of: this clause, this sentence, this paragraph, the document."""
        places = self.waiting_places or self.places
        here = bool(places) and places[-1].code is None and places[-1].name[0] in "全我本"
        if places and not here:
            place = places[-1]
            reasons = [] if place.code else ["region_ambiguous"]
            return place, reasons + (["institution"] if place.institution else [])
        if here and self.reading.place is None:
            return places[-1], ["region_ambiguous"]
        if self.reading.place is not None:
            return self.reading.place, ["region_inherited"]
        return None, []

    # -- when ------------------------------------------------------------------------------------

    def _when_of(self, mention: Mention) -> When:
        """The earlier end of a comparison."""
        against = self._mention()
        stated = resolve(against, self.reading.dated) if against else None
        if mention.now:
            return When(self.reading.dated, None, "document", [])
        period = self._earlier(mention, stated)
        return When(period, period, "stated", [] if period else ["period_missing"])

    def _when(self, mention: Mention | None, following: list[Item] | None = None) -> When:
        dated = self.reading.dated
        if mention is not None:
            return self.stated(mention)
        after = self._from_following(following or [])
        if after is not None:
            return When(after, after, "stated", ["period_after"])
        inherited = self.reading.period or self.reading.heading_period
        if inherited is not None:
            return When(inherited, inherited, "stated", ["period_inherited"])
        return When(dated, None, "document", ["period_document"] if dated else ["period_missing"])

    def stated(self, mention: Mention) -> When:
        """The period a mention states in this sentence, with the reasons for doubt."""
        period = resolve(mention, self.reading.dated)
        if mention.now:
            return When(period, None, "document", [] if period else ["period_missing"])
        reasons = ["part_year"] if mention.part else []
        reasons += ["several_years"] if mention.span is not None else []
        if period is None:
            return When(self.reading.dated, None, "document", ["period_missing"])
        period = self._not_ahead(period, mention)
        return When(period, period, "stated", reasons)

    def _not_ahead(self, period: Period, mention: Mention) -> Period:
        """截至10月底 in a document of March: the October before."""
        dated = self.reading.dated
        as_of = self.text[: mention.start].endswith(("截至", "截止", "截至到", "截止到"))
        if as_of and mention.year is None and dated and period.first > dated.last:
            return shifted(period, -1) or period
        return period

    def _from_following(self, following: list[Item]) -> Period | None:
        """为51.5%，2021年较2020年降低…: the date of the movement is the level's as well."""
        text = "".join(item.char for item in following)
        if not text.startswith((P + "较" + P, P + "比" + P)):
            return None
        mention = following[0].piece
        return resolve(mention, self.reading.dated) if isinstance(mention, Mention) else None

    # -- the rest --------------------------------------------------------------------------------

    def _remember(self, binding: Binding, *, earlier: bool = False) -> None:
        key = "|".join(binding.ids)
        now, then = self.levels.get(key, (None, None))
        self.levels[key] = (now, binding.value) if earlier else (binding.value, then)

    def _unknown(
        self,
        figure: Item,
        before: list[Item],
        after: list[Item],
        reasons: list[str] | None = None,
        terms: list[Item] | None = None,
    ) -> None:
        """A figure whose indicator the registry lacks is listed with its wording."""
        quantity = _quantity(figure)
        if quantity.unit in ("", "元", "万元", "亿元", "岁", "%（相对）") or quantity.written == "han":
            return
        start, text = self._wording(figure, before, after, terms or [])
        if not text:
            return
        when = self._when(self._mention())
        place, where = self._place()
        kind, doubts = kind_of(quantity, when.stated, self._setting(_chars(before)))
        self.found.append(
            Binding(
                kind=kind,
                ids=(),
                text=text,
                start=start,
                end=max(figure.end, start + len(text) if start > figure.start else figure.end),
                quantity=quantity,
                value=quantity.value,
                unit=quantity.unit,
                place=place,
                period=None if kind == "commitment" else when.period,
                basis="stated" if kind == "commitment" else when.basis,
                due=when.stated if kind == "commitment" else None,
                comparator=comparator_of(quantity, _plain(before)) if kind == "commitment" else None,
                precision="exact" if kind == "commitment" else quantity.precision,
                reasons=["indicator_unknown", *(reasons or []), *when.reasons, *where, *doubts],
            )
        )

    def _wording(
        self, figure: Item, before: list[Item], after: list[Item], terms: list[Item]
    ) -> tuple[int, str]:
        """Where the wording begins and what it is: the words before, else those after."""
        if terms:
            return terms[0].start, self.text[terms[0].start : terms[-1].end]
        lead: list[Item] = []
        for item in reversed(before):
            if item.char in (Q, "、", P, R, B) or len(lead) >= 24:
                break
            lead.append(item)
        if lead and residue(_plain(lead[::-1]), CARRYING):
            start = lead[-1].start
            return start, self.text[start : figure.start]
        tail = self.text[figure.end : figure.end + 12]
        for mark in "，。；、：()":
            tail = tail.split(mark)[0]
        return figure.start, tail

    def _without_figure(self, clause: list[Item], text: str) -> None:
        """A promise without a number: 到2020年，医共体建设全面推开."""
        match = PATTERNS["milestone"].search(self.text, clause[0].start, clause[-1].end)
        yes_no = [i for i in self.waiting_terms if units.dimension(self._unit_of(i)) == "yes_no"]
        if match is None and not yes_no:
            return
        mention = self._mention()
        when = self._when(mention)
        setting = self._setting(text)
        due = when.stated
        ahead = due is not None and self.reading.dated is not None and due.first > self.reading.dated.last
        if not (ahead or (yes_no and setting.pledged) or (setting.pledged and due)):
            return
        place, where = self._place()
        ids = yes_no[-1].piece.ids if yes_no and isinstance(yes_no[-1].piece, Term) else ()
        self.found.append(
            Binding(
                kind="milestone",
                ids=ids,
                text=self.text[clause[0].start : clause[-1].end],
                start=clause[0].start,
                end=clause[-1].end,
                quantity=None,
                value=None,
                unit="是/否" if ids else None,
                place=place,
                period=None,
                due=due,
                reasons=["milestone", *where, *([] if ids else ["indicator_unknown"])],
            )
        )


def _trimmed(lead: str) -> str:
    """A lead without the verbs and commas that end it: 农村为 -> 农村."""
    return lead.rstrip("为达到是，：约")


def _quantity(item: Item) -> Quantity:
    if not isinstance(item.piece, Quantity):
        raise TypeError("the item is no figure")
    return item.piece


def _next_in_list(text: str, stop: int) -> int | None:
    """Index of the figure that continues the list after ``stop``."""
    for width in (1, 2, 3):
        if text[stop + width : stop + width + 1] == Q:
            return stop + width if PATTERNS["list_mark"].match(text[stop : stop + width]) else None
    return None


def _chars(items: list[Item]) -> str:
    return "".join(item.char for item in items)


def _plain(items: list[Item]) -> str:
    """Only the characters that stand for themselves."""
    return "".join(item.char for item in items if item.piece is None and item.inside is None)


def _since_figure(items: list[Item]) -> list[Item]:
    last = max((n for n, item in enumerate(items) if item.char == Q), default=-1)
    return items[last + 1 :]


def _joined(terms: list[Item], text: str) -> list[Item]:
    """The last names that are joined by 、 和 以及, in order."""
    group = [terms[-1]]
    for item in reversed(terms[:-1]):
        between = text[item.end : group[0].start]
        if not (between and PATTERNS["list_mark"].match(between)):
            break
        group.insert(0, item)
    return group


def _group(places: list[Place]) -> list[Place]:
    """The last places of one list (A县、B县和C县)."""
    group: list[Place] = []
    for place in reversed(places):
        gap = group[0].start - place.end if group else 1
        if gap > 2:
            break
        if gap > 0:
            group.insert(0, place)
    return group


def _years(mentions: list[Mention]) -> list[Mention]:
    """The dates of a list; a span of years counts as each of its years."""
    if len(mentions) == 1 and mentions[0].years():
        one = mentions[0]
        return [replace(one, year=int(year), span=None) for year in one.years()]
    group: list[Mention] = []
    for mention in reversed(mentions):
        if group and group[0].start - mention.end > 3:
            break
        group.insert(0, mention)
    return group


def _flatten(skeleton: Skeleton) -> list[Item]:
    flat: list[Item] = []
    for item in skeleton.items:
        if item.inside is None:
            flat.append(item)
        else:
            flat += [Item("(", item.start, item.start + 1), *_flatten(item.inside), Item(")", item.end - 1, item.end)]
    return flat


def _noun_follows(after: list[Item]) -> bool:
    if not after or after[0].piece is not None or _plain(after[:2]) in ("大关", "关口"):
        return False
    return "\u4e00" <= after[0].char <= "\u9fff" and after[0].char not in "其较比同和与及并且占以均都全已，、达居在为"


def _term_reasons(term: Term, ids: tuple[str, ...], carried: bool) -> list[str]:
    reasons = ["indicator_carried"] if carried else []
    reasons += ["indicator_completed"] if term.expanded else []
    reasons += ["indicator_loose"] if term.loose else []
    reasons += ["indicator_ambiguous"] if len(ids) > 1 else []
    return reasons + ([] if ids else ["indicator_unknown"])


def _figure_reasons(quantity: Quantity) -> list[str]:
    reasons = ["spelled"] if quantity.written in ("han", "parts", "tenths") else []
    return reasons + (["range"] if quantity.upper is not None else [])
