"""What mining proposes: one figure (or promise) with its words, for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.core.model import ClaimKind, Comparator, PeriodBasis, Precision


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate claim; field order is the order of columns in CSV.

    ``indicator_id`` is empty where the registry lacks the indicator; ``indicator_text``
    keeps the wording. ``region_code`` is empty where the place is not settled. Values
    are in ``unit`` as written; a ``change`` is negative for a fall. ``quote`` stands in
    the document at ``offset`` (``text[offset:offset + len(quote)] == quote``).
    ``reasons`` are codes of :data:`indicators.mining.confidence.REASONS`.
    """

    file: str
    indicator_id: str
    indicator_text: str
    region_code: str
    region_name: str
    kind: ClaimKind
    period: str | None
    period_basis: PeriodBasis
    baseline_period: str | None
    due: str | None
    comparator: Comparator | None
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    precision: Precision
    scope: str | None
    quote: str
    offset: int
    confidence: float
    reasons: tuple[str, ...]


COLUMNS: tuple[str, ...] = tuple(Candidate.__dataclass_fields__)
