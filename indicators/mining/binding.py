"""A figure with everything it was bound to, before it becomes a candidate."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from indicators.core.model import ClaimKind, Comparator, PeriodBasis, Precision
from indicators.core.period import Period
from indicators.mining.quantities import Quantity
from indicators.mining.regions import Place


@dataclass(slots=True)
class Binding:
    """``start:end`` is the quote's span in the folded sentence; ``place`` null = the document's."""

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


@dataclass(frozen=True, slots=True)
class When:
    """A period and where it comes from; ``stated`` is null where the document's date stands in."""

    period: Period | None
    stated: Period | None
    basis: PeriodBasis
    reasons: tuple[str, ...] = ()


UNDATED = When(None, None, "stated", ("period_missing",))
