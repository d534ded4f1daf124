"""What narrows a name: scopes, institutions, other areas, and words nobody has read."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.mining import units
from indicators.mining.lexicon import (
    BELOW_COUNTY,
    CARRYING,
    GROUP_SCOPE,
    HARMLESS,
    INSTITUTION,
    NARROWER,
    OTHER_AREA,
    PATTERNS,
    SCOPE,
    R,
    T,
    residue,
)
from indicators.mining.pieces import plain, quantity_of
from indicators.mining.skeleton import Item
from indicators.mining.state import State

_LEAD = 14
_NARROWINGS = (
    (INSTITUTION, "institution"),
    (BELOW_COUNTY, "below_county"),
    (NARROWER, "narrower"),
    (OTHER_AREA, "region_unknown"),
)


def qualified(state: State, term: Item, *, counted: bool = False) -> tuple[str | None, list[str]]:
    """Scope and reasons that stand directly before a name."""
    lead = _lead(state, term.start)
    if PATTERNS["counting"].search(lead):
        return None, ["narrower"]  # 仍有两个县县域内就诊率不足85%
    if lead == "的" and _follows_term(state, term.start - 1):
        return None, ["narrower"]  # 两证齐全的医养结合机构
    if counted and PATTERNS["added"].search(lead):
        return None, ["narrower"]  # 新增医养结合机构2家: how many more, not how many
    scope = SCOPE.search(lead)
    if scope is not None and scope[0]:
        return scope[0], []
    rest = residue(lead, HARMLESS)
    if not rest or state.text[term.start : term.end].startswith(rest):
        return None, []
    for pattern, reason in _NARROWINGS:
        if pattern.search(lead):
            return None, [reason]
    if lead.endswith("的") and len(rest) > 1 and not PATTERNS["of_all_kinds"].search(lead):
        return None, ["narrower"]  # 真正具备两证的医养结合机构
    return None, (["unread_before"] if len(rest) > 1 else [])


def _follows_term(state: State, end: int) -> bool:
    return any(item.end == end and item.char == T for item in state.flat)


def own_scope(state: State, figure: Item) -> str | None:
    """Scope of a figure whose name stands earlier: 其中农村10.24/10万."""
    scope = SCOPE.search(_lead(state, figure.start).rstrip("为达到是，：约"))
    return scope[0] if scope else None


def group_scope(state: State, figure: Item) -> str | None:
    """医共体集团 as the speaker: its counts stay the group's until another unit comes."""
    unit = quantity_of(figure).unit
    clause = max(state.text.rfind(mark, 0, figure.start) for mark in "，；。：(") + 1
    match = GROUP_SCOPE.search(state.text, clause, figure.start)
    if match is not None:
        state.group = (match[0], unit)
    elif state.group is None or not units.is_count(unit) or state.group[1] != unit:
        return None
    return state.group[0]


def between(items: Sequence[Item], carried: bool) -> list[str]:
    """Reasons found between a name and its figure."""
    words = plain(items)
    reasons = []
    if PATTERNS["extreme"].search(words) and not any(item.char == R for item in items):
        reasons.append("extreme")
    if PATTERNS["lasting"].search(words):
        reasons.append("lasting")
    if not carried and len(residue(words, CARRYING)) > 2:
        reasons.append("unread_between")
    return reasons


def _lead(state: State, start: int) -> str:
    """Plain characters directly before ``start``, back to a mark or recognised piece."""
    lead: list[str] = []
    for item in reversed(state.flat):
        if item.end > start:
            continue
        if item.end < start - _LEAD or item.piece is not None or item.char in "，。；：、()（）":
            break
        lead.append(item.char)
    return "".join(reversed(lead))
