"""Numbers beside a verdict: distance, share of the way covered, pace.

All are Ibis expressions over the joined row of :mod:`indicators.core.verdict`; all are
null where the figures do not allow them. With one value there is no trend.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import DateValue, NumericValue, StringValue, Table

from indicators.core.schema import DECIMAL

#: A moment is counted in thirty-firsts of a month, so that two years are exactly half of
#: four whichever of them are leap years.
_PER_YEAR = 12 * 31
_MEASURED = ("exact", "about")


def base_of(comparable: Table, stages: Table) -> Table:
    """The figure progress is measured from: one row per target.

    The first figure after the promise, or the last before it, always earlier than the
    figure shown.
    """
    joined = comparable.join(stages.select("target_id", "focus_last"), "target_id")
    earlier = joined.filter(joined.o_last < joined.focus_last)
    after = earlier.o_last >= earlier.promised_on
    day = earlier.o_last.epoch_days()
    order = ibis.window(
        group_by="target_id",
        order_by=[
            after.desc(),
            after.ifelse(day, -day).asc(),
            ibis.asc("outcome"),
            ibis.asc("o_obs_id"),
        ],
    )
    ranked = earlier.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).select(
        "target_id",
        base=ranked.o_obs_id,
        base_value=ranked.o_value,
        base_last=ranked.o_last,
        base_precision=ranked.o_precision,
    )


def _moment(last: DateValue) -> NumericValue:
    """The end of a period's last day on a scale where every month is equally long."""
    after = last + ibis.interval(days=1)
    return (after.year() * 12 + after.month()) * 31 + after.day() - 1


def _years(moments: NumericValue) -> NumericValue:
    return moments.cast("float64") / _PER_YEAR


def movement(t: Table) -> Table:
    """Add the numbers of progress; the unit is the indicator's own.

    ``distance`` = value - target (0 inside a range; signed, so that "below" is negative).
    ``achieved_pct`` = 100 * (latest - base) / (target - base), Healthy People's percentage
    of targeted change achieved, only where the move is toward the target.
    ``required_per_year`` = (target - latest) / years left; ``actual_per_year`` =
    (latest - base) / years between. ``cagr_ratio`` = actual / required compound annual
    growth (Eurostat, Open SDG), only for positive values and a target not yet reached
    by the base.
    """
    toward = (t.sense == "down").ifelse(-1, 1).cast("decimal(2, 0)")
    gone = _moment(t.focus_last) - _moment(t.base_last)
    whole = _moment(t.due_last) - _moment(t.base_last)
    left = _moment(t.due_last) - _moment(t.focus_last)
    t = t.mutate(
        gain=((t.focus_value - t.base_value) * toward).cast(DECIMAL),
        way=((t.goal - t.base_value) * toward).cast(DECIMAL),
        time_gone=gone,
        time_whole=whole,
        distance=_distance(t),
    )
    measured = t.focus_precision.isin(_MEASURED) & t.base_precision.isin(_MEASURED)
    closing = measured & (t.sense != "both") & (t.way > 0) & (t.gain >= 0)
    gain, way = t.gain.cast("float64"), t.way.cast("float64").nullif(0.0)
    short = (t.goal - t.focus_value).cast("float64")
    return t.mutate(
        achieved_pct=closing.ifelse(100.0 * gain / way, ibis.null("float64")),
        required_per_year=((left > 0) & (t.focus_outcome == 0)).ifelse(
            short / _years(left.nullif(0)), ibis.null("float64")
        ),
        actual_per_year=measured.ifelse(
            (t.focus_value - t.base_value).cast("float64") / _years(gone.nullif(0)),
            ibis.null("float64"),
        ),
        cagr_ratio=_cagr_ratio(t, measured & (t.way > 0)),
    )


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


def _cagr_ratio(t: Table, allowed: ibis.expr.types.BooleanValue) -> NumericValue:
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
