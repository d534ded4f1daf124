"""What the binder has in hand while it reads a sentence from left to right.

Names, places and dates *wait* until a figure comes; what a figure has taken goes on
*standing* for the clauses after, until something of its kind replaces it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from indicators.core.model import Indicator
from indicators.mining.binding import Binding
from indicators.mining.context import Reading
from indicators.mining.lexicon import CARRYING, Q, T, residue
from indicators.mining.periods import Mention
from indicators.mining.pieces import flatten, joined, term_of
from indicators.mining.regions import Place
from indicators.mining.skeleton import Item, Skeleton
from indicators.mining.terms import TermIndex

_STANDING = ("subject", "places", "mentions", "base", "spoken", "group")
_WAITING = ("waiting_terms", "waiting_places", "waiting_mentions")


class State:
    """The sentence's text and pieces, and what waits and stands at this point of it.

    ``base`` is the date a movement is counted from, ``spoken`` the skeleton of the
    clauses read, ``recent`` the names that levels were bound to, ``group`` the 医共体
    that speaks and the unit it counts in, ``levels`` each indicator's value and earlier value.
    """

    def __init__(self, text: str, skeleton: Skeleton, terms: TermIndex, reading: Reading) -> None:
        self.text = text
        self.flat = flatten(skeleton)
        self.terms = terms
        self.reading = reading
        self.found: list[Binding] = []
        self.subject: list[Item] = []
        self.places: list[Place] = []
        self.mentions: list[Mention] = []
        self.base: Mention | None = None
        self.group: tuple[str, str] | None = None
        self.recent: list[Item] = []
        self.levels: dict[tuple[str, ...], tuple[Decimal | None, Decimal | None]] = {}
        self.spoken = ""
        self.in_bracket = False
        self.before_part: list[Place] | None = None
        self.common: tuple[list[Place], list[Mention]] | None = None
        self.clear()

    def item(self) -> None:
        """一是 … 二是: each item starts from what stood before the first."""
        if self.common is None:
            self.common = (self.places, self.mentions)
        self.places, self.mentions = self.common
        self.subject = []

    def clear(self) -> None:
        """Nothing waits."""
        self.waiting_terms: list[Item] = []
        self.waiting_places: list[Place] = []
        self.waiting_mentions: list[Mention] = []

    def consume(self) -> None:
        """What waited is now what is spoken of."""
        carried = not self.waiting_terms
        if self.waiting_terms:
            self.subject = joined(self.waiting_terms, self.text)
        if self.waiting_places:
            if carried and self.found and self.before_part is None:
                self.before_part = self.places
            self.places = self.waiting_places
        if self.waiting_mentions:
            self.mentions = self.waiting_mentions
        self.clear()

    def semicolon(self) -> None:
        """全市为96.2%，掇刀区最低，为91.5%；血压控制率…: the part's name ends at the mark."""
        if self.before_part is not None:
            self.places, self.before_part = self.before_part, None

    def settle(self, clause: str) -> None:
        """At the end of a clause: one about something else ends the subject."""
        if Q not in clause and T not in clause and len(residue(clause, CARRYING)) > 4:
            self.subject = []
        if not clause.endswith(("相比", "比较", "基础上")):
            self.base = None
        self.spoken += clause + "，"
        self.consume()

    def aside(self) -> Callable[[bool], None]:
        """Begin a bracket; the function returned ends it (true: its date goes on serving)."""
        standing = {name: getattr(self, name) for name in _STANDING}
        waiting = {name: getattr(self, name) for name in _WAITING}
        self.subject = self.waiting_terms[-1:] or self.subject
        self.places = self.waiting_places or self.places
        self.mentions = self.waiting_mentions or self.mentions
        self.clear()
        self.in_bracket = True

        def back(keep_base: bool) -> None:
            base = self.base
            for name, value in (standing | waiting).items():
                setattr(self, name, value)
            self.base = base if keep_base else self.base
            self.in_bracket = False

        return back

    def names(self, wanted: int) -> tuple[list[Item], bool]:
        """The names for so many figures, and whether they stand from an earlier clause."""
        if not self.waiting_terms:
            return self.subject, True
        group = joined(self.waiting_terms, self.text)
        return (group if wanted > 1 or len(group) > 1 else self.waiting_terms[-3:]), False

    def mention(self) -> Mention | None:
        """The date that a figure here takes."""
        mentions = self.waiting_mentions or self.mentions
        return mentions[-1] if mentions else None

    def place(self) -> tuple[Place | None, list[str]]:
        """The place a figure speaks of: clause, sentence, paragraph; null for the document's."""
        places = self.waiting_places or self.places
        here = bool(places) and places[-1].code is None and places[-1].name[0] in "全我本"
        if places and not here:
            place = places[-1]
            reasons = [] if place.code else ["region_ambiguous"]
            return place, reasons + (["institution"] if place.institution else [])
        if here and self.reading.place is None:
            return places[-1], ["region_ambiguous"]
        return self.reading.place, (["region_inherited"] if self.reading.place else [])

    def indicator(self, ids: tuple[str, ...]) -> Indicator | None:
        """The first of the ids."""
        return self.terms.indicators[ids[0]] if ids else None

    def unit_of(self, item: Item) -> str:
        """Unit of the indicator that an item names, empty for none."""
        indicator = self.indicator(term_of(item).ids)
        return indicator.unit if indicator else ""

    def add(self, binding: Binding, *, earlier: bool = False) -> None:
        """Keep a binding; ``earlier`` marks the value a movement starts from."""
        if binding.kind != "change":
            now, then = self.levels.get(binding.ids, (None, None))
            ends = (now, binding.value) if earlier else (binding.value, then)
            self.levels[binding.ids] = ends
        self.found.append(binding)
