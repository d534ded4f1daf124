"""Does the quote of a claim say what the claim says? Its figure, and which indicator."""

from __future__ import annotations

from indicators.core.checks import Known, Report, plain
from indicators.core.figures import states
from indicators.core.lookup import normalised
from indicators.core.model import Claim, Indicator
from indicators.core.unit import UNITS, convertible
from indicators.core.wording import shown

YES_NO = "是/否"


def check_quote(claim: Claim, indicator: Indicator, known: Known, report: Report) -> None:
    """Add what the words of a claim do not bear out; ``report`` stands at the claim."""
    _check_figure(claim, report)
    _check_name(claim, indicator, known, report)


def _check_figure(claim: Claim, report: Report) -> None:
    """The figures stand in the quote, in digits or Chinese numerals; 是/否 has no figure."""
    if claim.unit == YES_NO or claim.kind == "milestone":
        return
    for name, value in (("value", claim.value), ("upper", claim.upper)):
        if value is not None and not states(claim.quote, value):
            report(
                f"expected the figure {plain(value)} in the quote, found {shown(claim.quote)}", name
            )


def _check_name(claim: Claim, indicator: Indicator, known: Known, report: Report) -> None:
    """A quote that names a neighbour measured alike, and not the claim's indicator, is doubtful."""
    quote = normalised(claim.quote)
    if _named(indicator, quote) is not None:
        return
    for other in indicator.confusable_with:
        neighbour = known.indicators.get(other.id)
        called = _named(neighbour, quote) if neighbour and _alike(indicator, neighbour) else None
        if called is not None:
            message = f"expected words for {indicator.id} in the quote, found {shown(called)}"
            report(f"{message}, a name of {other.id}", "quote", severity="warning")


def _alike(one: Indicator, other: Indicator) -> bool:
    """Measured in units of one dimension; else the unit itself tells them apart."""
    return one.unit in UNITS and other.unit in UNITS and convertible(one.unit, other.unit)


def _named(indicator: Indicator, quote: str) -> str | None:
    """The longest Chinese name of the indicator that stands in a normalised quote."""
    called = sorted((indicator.name.zh, *indicator.aliases), key=len, reverse=True)
    return next((name for name in called if normalised(name) in quote), None)
