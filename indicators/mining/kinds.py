"""Promise, report or movement: which kind of claim a figure is, and how strictly it binds."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.core.model import ClaimKind, Comparator
from indicators.core.period import Period
from indicators.mining.lexicon import PATTERNS
from indicators.mining.quantities import Quantity

#: Up to this month a figure for the whole year is taken with doubt.
_LITTLE = 9
_SHARES = frozenset(("%", "‰", "/10万", "/万"))


@dataclass(frozen=True, slots=True)
class Setting:
    """What the surroundings say: ``before`` is the skeleton text up to the figure.

    ``pledged`` marks a sentence or heading of targets, ``plan`` a planning document,
    ``dated`` the document's date.
    """

    before: str
    clause: str
    pledged: bool
    heading_pledged: bool
    plan: bool
    dated: Period | None


def kind_of(
    quantity: Quantity, period: Period | None, setting: Setting
) -> tuple[ClaimKind, list[str]]:
    """``reported`` or ``commitment`` with the reasons for doubt."""
    if quantity.ordered:
        return "commitment", []
    achieved = PATTERNS["achieved"].search(setting.clause) is not None
    ahead = _ahead(period, setting)
    if PATTERNS["aim_is"].search(setting.clause) and not achieved:
        return "commitment", []
    if ahead is False and PATTERNS["binding"].search(setting.clause) and not achieved:
        return "commitment", ["kind_unclear"]
    if ahead is False:
        return "reported", []
    if achieved and not ahead:
        return "reported", (["conflicting_words"] if setting.heading_pledged else [])
    if ahead or setting.pledged:
        return "commitment", _forecast(setting)
    return _unannounced(quantity, period, setting)


def _forecast(setting: Setting) -> list[str]:
    return ["forecast"] if PATTERNS["forecast"].search(setting.before) else []


def _unannounced(
    quantity: Quantity, period: Period | None, setting: Setting
) -> tuple[ClaimKind, list[str]]:
    """No word and no date decides: the document's kind does, or a binding comparator."""
    if setting.heading_pledged:
        return "commitment", []
    running = period is not None and _running(period, setting)
    if running and PATTERNS["until"].search(setting.before):
        return "commitment", []
    if setting.plan and (period is None or running):
        plain = quantity.bound is not None or (running and quantity.unit in _SHARES)
        return "commitment", ([] if plain else ["kind_unclear"])
    if running and _early(period, setting):
        return ("commitment" if quantity.bound in (">=", "<=") else "reported"), ["period_running"]
    held = PATTERNS["held_to"].search(setting.clause) is not None or quantity.held_to
    return "reported", (["kind_unclear"] if held and period is None else [])


def _ahead(period: Period | None, setting: Setting) -> bool | None:
    """Whether the period lies after the document, ``None`` where dates do not tell."""
    if period is None or setting.dated is None:
        return None
    if period.first > setting.dated.last:
        return True
    if setting.dated.grain == "year" and period.last.year == setting.dated.last.year:
        return None
    return False if period.last <= setting.dated.last else None


def comparator_of(quantity: Quantity, before: str) -> Comparator:
    """What a promise demands: its own words, else the direction of its verb, else equality."""
    if quantity.bound is not None:
        return quantity.bound
    if PATTERNS["falling"].search(before[-8:]) or before.endswith(("控制在", "控制到")):
        return "<="
    if before.endswith(("达到", "达", "提高到", "提高至", "提升至", "提升到", "增至", "上升到")):
        return ">="
    return "="


def _running(period: Period, setting: Setting) -> bool:
    """A period not yet over when the document was written; a date of a year alone is the year."""
    if setting.dated is None:
        return False
    return period.first <= setting.dated.last < period.last


def _early(period: Period | None, setting: Setting) -> bool:
    """A year of which little had passed: its figure can hardly be a result yet."""
    whole = period is not None and period.grain == "year"
    return whole and setting.dated is not None and setting.dated.last.month <= _LITTLE
