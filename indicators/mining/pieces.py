"""Small questions about the items of a skeleton: lists, plain words, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.mining.lexicon import PATTERNS, Q
from indicators.mining.periods import Mention
from indicators.mining.quantities import Quantity
from indicators.mining.regions import Place
from indicators.mining.skeleton import Item, Skeleton
from indicators.mining.terms import Term

_GOES_ON = frozenset("其较比同和与及并且占以均都全已，、达居在为")


def quantity_of(item: Item) -> Quantity:
    """The figure of a Q item. Raises :class:`TypeError` for any other."""
    if not isinstance(item.piece, Quantity):
        raise TypeError("the item is no figure")
    return item.piece


def term_of(item: Item) -> Term:
    """The term of a T item; a nameless one for any other."""
    return item.piece if isinstance(item.piece, Term) else Term(item.start, item.end, (), "")


def chars(items: Sequence[Item]) -> str:
    """Skeleton text."""
    return "".join(item.char for item in items)


def plain(items: Sequence[Item]) -> str:
    """Only the characters that stand for themselves."""
    return "".join(item.char for item in items if item.piece is None and item.inside is None)


def next_in_list(text: str, stop: int) -> int | None:
    """Index of the figure that continues the list after ``stop``."""
    for width in (1, 2, 3):
        if text[stop + width : stop + width + 1] == Q:
            mark = PATTERNS["list_mark"].match(text[stop : stop + width])
            return stop + width if mark else None
    return None


def since_figure(items: Sequence[Item]) -> Sequence[Item]:
    """What follows the last figure."""
    last = max((n for n, item in enumerate(items) if item.char == Q), default=-1)
    return items[last + 1 :]


def joined(terms: list[Item], text: str) -> list[Item]:
    """The last names that are joined by 、 和 以及, in order."""
    group = [terms[-1]]
    for item in reversed(terms[:-1]):
        between = text[item.end : group[0].start]
        if not (between and PATTERNS["list_mark"].match(between)):
            break
        group.insert(0, item)
    return group


def place_list(places: Sequence[Place]) -> list[Place]:
    """The last places of one list (A县、B县和C县); of 甲市A县 only A县."""
    group: list[Place] = []
    for place in reversed(places):
        gap = group[0].start - place.end if group else 1
        if gap > 2:
            break
        if gap > 0:
            group.insert(0, place)
    return group


def date_list(mentions: Sequence[Mention]) -> list[Mention]:
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


def flatten(skeleton: Skeleton) -> list[Item]:
    """All items in order of the text, brackets opened."""
    flat: list[Item] = []
    for item in skeleton.items:
        if item.inside is None:
            flat.append(item)
            continue
        flat.append(Item("(", item.start, item.start + 1))
        flat += flatten(item.inside)
        flat.append(Item(")", item.end - 1, item.end))
    return flat


def noun_follows(after: Sequence[Item]) -> bool:
    """Whether a noun stands directly after a count, so that something else is counted."""
    if not after or after[0].piece is not None or plain(after[:2]) in ("大关", "关口"):
        return False
    return "\u4e00" <= after[0].char <= "\u9fff" and after[0].char not in _GOES_ON
