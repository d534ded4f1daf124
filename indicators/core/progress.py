"""Numbers beside a verdict: distance, share of the way covered, pace.

All are Ibis expressions over the joined row of :mod:`indicators.core.verdict`; all are
null where the figures do not allow them. With one value there is no trend. Only
:func:`numbers` is plain arithmetic: it divides and rounds what the expressions yield.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, DateValue, NumericValue, StringValue, Table

from indicators.core.schema import DECIMAL

#: A moment is counted in thirty-firsts of a month, so that two years are exactly half of
#: four whichever of them are leap years.
_PER_YEAR = 12 * 31
_MEASURED = ("exact", "about")


def bases_of(comparable: Table, focus: Table) -> Table:
    """The figures progress may be measured from: of one period, a row per document's figure.

    The first period after the promise, or the last before it, always ended before the
    period shown (``focus_last``, one row per target); of several periods that end on
    one day the longest. ``base_disagree``: the figures exclude each other.
    """
    joined = comparable.join(focus.select("target_id", "focus_last"), "target_id")
    earlier = joined.filter(joined.o_last < joined.focus_last)
    after = earlier.o_last >= earlier.promised_on
    day = earlier.o_last.epoch_days()
    order = ibis.window(
        group_by="target_id",
        order_by=[after.desc(), after.ifelse(day, -day).asc(), ibis.asc("o_first")],
    )
    period = ibis.window(group_by=["target_id", "o_last", "o_first"])
    ranked = earlier.mutate(
        base_disagree=excluding(earlier, period), place=ibis.dense_rank().over(order)
    )
    return ranked.filter(ranked.place == 0).select(
        "target_id",
        "base_disagree",
        base=ranked.o_obs_id,
        base_value=ranked.o_value,
        base_last=ranked.o_last,
        base_precision=ranked.o_precision,
        base_dated=ranked.o_dated,
    )


def excluding(figures: Table, period: Any) -> BooleanValue:
    """Whether the figures in the window ``period`` cannot all be true."""
    return (figures.o_low.max().over(period) > figures.o_high.min().over(period)).fill_null(False)


def _moment(last: DateValue) -> NumericValue:
    """The end of a period's last day on a scale where every month is equally long."""
    after = last + ibis.interval(days=1)
    return (after.year() * 12 + after.month()) * 31 + after.day() - 1


def _years(moments: NumericValue) -> NumericValue:
    return moments.cast("float64") / _PER_YEAR


def movement(t: Table) -> Table:
    """Add what the numbers of progress are made of; the unit is the indicator's own.

    ``distance`` = value - target (0 inside a range; signed, so that "below" is negative).
    ``achieved_gain`` = the move towards the target, null where there is none or no base;
    ``required_gap`` = what is left to go, only before the due date and with a base;
    ``actual_gap`` = latest - base. All are decimals: :func:`numbers` divides them, because
    a quotient of decimals is a float to an engine. ``cagr_ratio`` = actual / required
    compound annual growth (Eurostat, Open SDG), only for positive values and a target not
    yet reached by the base.
    """
    toward = (t.sense == "down").ifelse(-1, 1).cast("decimal(2, 0)")
    t = t.mutate(
        gain=((t.focus_value - t.base_value) * toward).cast(DECIMAL),
        way=((t.goal - t.base_value) * toward).cast(DECIMAL),
        time_gone=_moment(t.focus_last) - _moment(t.base_last),
        time_whole=_moment(t.due_last) - _moment(t.base_last),
        time_left=_moment(t.due_last) - _moment(t.focus_last),
        distance=_distance(t),
    )
    exact, nothing = t.focus_precision.isin(_MEASURED), ibis.null(DECIMAL)
    measured = exact & t.base_precision.isin(_MEASURED)
    closing = measured & (t.sense != "both") & (t.way > 0) & (t.gain >= 0)
    ahead = ~t.past & (t.time_left > 0) & t.base.notnull() & exact & (t.focus_outcome == 0)
    return t.mutate(
        achieved_gain=closing.ifelse(t.gain, nothing),
        required_gap=ahead.ifelse((-t.distance).cast(DECIMAL), nothing),
        actual_gap=measured.ifelse((t.focus_value - t.base_value).cast(DECIMAL), nothing),
        cagr_ratio=_cagr_ratio(t, measured & (t.way > 0)),
    )


def numbers(judged: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """``achieved_pct``, ``required_per_year``, ``actual_per_year`` of one judged row.

    ``achieved_pct`` = 100 * (latest - base) / (target - base), Healthy People's percentage
    of targeted change achieved, cut to one decimal: 99.99 % is not 100 %.
    ``required_per_year`` = (target - latest) / years left and ``actual_per_year`` = (latest -
    base) / years between, rounded half up (away from zero) to two decimals, or to as many
    more as it takes that no change reads 0 and that two different rates do not read alike.
    None where :func:`movement` leaves none.
    """
    gain = judged["achieved_gain"]
    achieved = None if gain is None else (gain * 1000 // judged["way"]).scaleb(-1)
    required = _rate(judged["required_gap"], judged["time_left"])
    actual = _rate(judged["actual_gap"], judged["time_gone"])
    places = next((n for n in range(2, 8) if _told_apart(required, actual, n)), 8)
    return {
        "achieved_pct": achieved,
        "required_per_year": None if required is None else _half_up(required, places),
        "actual_per_year": None if actual is None else _half_up(actual, places),
    }


def _rate(gap: Decimal | None, time: int) -> Fraction | None:
    return None if gap is None else Fraction(gap) * _PER_YEAR / time


def _half_up(rate: Fraction, places: int) -> Decimal:
    size = math.floor(abs(rate) * 10**places + Fraction(1, 2))
    return Decimal(-size if rate < 0 else size).scaleb(-places)


def _told_apart(required: Fraction | None, actual: Fraction | None, places: int) -> bool:
    rates = [rate for rate in (required, actual) if rate is not None]
    shown = [_half_up(rate, places) for rate in rates]
    vanished = any(rate and not said for rate, said in zip(rates, shown, strict=True))
    return not vanished and len(set(shown)) == len(set(rates))


def _distance(t: Table) -> NumericValue:
    far = t.upper.coalesce(t.value)
    zero = ibis.literal(0).cast(DECIMAL)
    inside = (t.comparator == "between") & (t.focus_value >= t.value) & (t.focus_value <= far)
    beyond = (t.comparator == "between") & (t.focus_value > far)
    return ibis.cases(
        (inside, zero),
        (beyond, (t.focus_value - far).cast(DECIMAL)),
        else_=(t.focus_value - t.value).cast(DECIMAL),
    )


def _cagr_ratio(t: Table, allowed: BooleanValue) -> NumericValue:
    base, now = t.base_value.cast("float64"), t.focus_value.cast("float64")
    goal = t.goal.cast("float64")
    usable = allowed & (base > 0) & (now > 0) & (goal > 0) & (t.time_gone > 0) & (t.time_whole > 0)
    safe_base = usable.ifelse(base, ibis.literal(1.0))
    safe_goal = usable.ifelse(goal, ibis.literal(2.0))
    actual = (usable.ifelse(now, ibis.literal(1.0)) / safe_base) ** (
        1.0 / _years(usable.ifelse(t.time_gone, 1))
    ) - 1.0
    required = (safe_goal / safe_base) ** (1.0 / _years(usable.ifelse(t.time_whole, 1))) - 1.0
    return usable.ifelse(actual / required.nullif(0.0), ibis.null("float64"))


def pace(t: Table) -> StringValue:
    """``on_track``/``behind``, or null where the figures cannot tell.

    Linear: share of the way covered against share of the time elapsed between the base
    and the due day, compared by cross-multiplication so that decimals stay decimals.
    A bound on the better side (“60以上” where more is better) may prove on_track, never
    behind.
    """
    in_time = (t.time_whole > 0) & (t.time_gone > 0)
    covered = (t.gain * t.time_whole.cast("decimal(8, 0)")).cast("decimal(38, 8)")
    needed = (t.way * t.time_gone.cast("decimal(8, 0)")).cast("decimal(38, 8)")
    enough = (t.way > 0) & (covered >= needed)
    exact_base = t.base_precision.isin(_MEASURED)
    bound = ((t.sense == "up") & (t.focus_precision == "at_least")) | (
        (t.sense == "down") & (t.focus_precision == "at_most")
    )
    return ibis.cases(
        ((t.sense == "both") | ~exact_base | ~in_time | t.base_value.isnull(), ibis.null("string")),
        ((t.focus_precision.isin(_MEASURED) | bound) & enough, "on_track"),
        (t.focus_precision.isin(_MEASURED), "behind"),
        else_=ibis.null("string"),
    )
