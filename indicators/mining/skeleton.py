"""A sentence as the binder sees it: recognised pieces as single characters, brackets set apart.

``由2019年的55.5%提升到…`` becomes ``由{P}的{Q}提升到…``; each item knows what it stands
for and where. Brackets are skeletons of their own, hung where they stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.mining.lexicon import MASKED, B, P, Q, R, T, X
from indicators.mining.periods import Mention, find_periods
from indicators.mining.quantities import Quantity, find_quantities
from indicators.mining.regions import Gazetteer, Place
from indicators.mining.terms import Term, TermIndex

Piece = Term | Quantity | Mention | Place


@dataclass(slots=True)
class Item:
    """One character of a skeleton: plain text, a recognised piece, or a whole bracket."""

    char: str
    start: int
    end: int
    piece: Piece | None = None
    inside: Skeleton | None = None


@dataclass(slots=True)
class Skeleton:
    """Items in order; ``text`` is their characters, for the patterns of the lexicon."""

    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(item.char for item in self.items)

    def clauses(self) -> list[list[Item]]:
        """Items between ，；：, each clause without its closing mark."""
        found: list[list[Item]] = [[]]
        for item in self.items:
            if item.char in "，；：。！？":
                found.append([])
            else:
                found[-1].append(item)
        return [clause for clause in found if clause]


def build(text: str, terms: TermIndex, places: Gazetteer) -> Skeleton:
    """The skeleton of one folded sentence."""
    pieces = _pieces(text, terms, places)
    covered = {index: item for item in pieces for index in range(item.start, item.end)}
    root = Skeleton()
    stack = [root]
    index = 0
    while index < len(text):
        item = covered.get(index)
        if item is not None:
            stack[-1].items.append(item)
            index = item.end
            continue
        _plain(text[index], index, stack)
        index += 1
    for open_bracket in stack[:-1]:
        open_bracket.items[-1].end = len(text)
    return root


def _plain(char: str, index: int, stack: list[Skeleton]) -> None:
    if char in "(（" and len(stack) < 4:
        inside = Skeleton()
        stack[-1].items.append(Item(B, index, index + 1, inside=inside))
        stack.append(inside)
    elif char in ")）" and len(stack) > 1:
        stack.pop()
        stack[-1].items[-1].end = index + 1
    else:
        stack[-1].items.append(Item(char, index, index + 1))


class _Taken:
    """The pieces kept so far; the first that claims a character has it."""

    def __init__(self, text: str) -> None:
        self.used = bytearray(len(text) + 1)
        self.items: list[Item] = []

    def keep(self, char: str, start: int, end: int, piece: Piece | None = None) -> None:
        if not any(self.used[start:end]):
            self.used[start:end] = b"\1" * (end - start)
            self.items.append(Item(char, start, end, piece))

    def keep_rest(self, term: Term) -> None:
        """A 率-word the registry lacks, without the pieces it begins with (2022年满意度)."""
        start = term.start
        while start < term.end and any(self.used[start : term.end]):
            start += 1
        if term.end - start > 1:
            name = term.name[start - term.start :]
            self.keep(T, start, term.end, Term(start, term.end, (), name))


def _pieces(text: str, terms: TermIndex, places: Gazetteer) -> list[Item]:
    """Recognised pieces, none overlapping: names, masks, dates, figures, places, look-alikes."""
    taken, named = _Taken(text), terms.find(text)
    for term in (term for term in named if term.ids):
        taken.keep(T, term.start, term.end, term)
    for mask in MASKED.finditer(text):
        taken.keep(X, mask.start(), mask.end())
    kinds: tuple[tuple[str, Sequence[Piece]], ...] = (
        (P, find_periods(text)),
        (Q, find_quantities(text)),
        (R, places.find(text)),
    )
    for char, pieces in kinds:
        for piece in pieces:
            taken.keep(char, piece.start, piece.end, piece)
    for term in (term for term in named if not term.ids):
        taken.keep_rest(term)
    return taken.items
