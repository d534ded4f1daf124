"""The only place where a verdict is decided, as Ibis expressions.

The same expressions run on DuckDB and on Spark. Input columns: :mod:`.schema`.
Reading order: :func:`acceptance` (what would satisfy a target), :func:`outcomes`
(what each figure shows), :func:`latest` (which figure speaks), :func:`verdicts`.
"""

from __future__ import annotations

from datetime import date

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from indicators.core.comparability import candidates
from indicators.core.progress import bases_of, excluding, movement, pace
from indicators.core.schema import DECIMAL

#: What one figure shows about a target: it fails, cannot tell, or satisfies.
NO, MAYBE, YES = 0, 1, 2

_STAGES = ("open", "on_time", "after", "before")


def acceptance(targets: Table) -> Table:
    """Add ``sense``, ``low``, ``high`` and ``goal``: satisfied means low <= value <= high.

    A null bound is open. For an indicator with a better direction, a value beyond the
    target on the better side satisfies it whatever the comparator: reaching more than
    promised breaks no promise, and worsening a value never improves a verdict. ``~``
    widens the near bound by ``tolerance`` (左右). ``goal`` is the bound that progress
    is measured to.
    """
    t = targets
    sense = ibis.cases(
        (t.direction == "up", "up"),
        (t.direction == "down", "down"),
        (t.comparator == ">=", "up"),
        (t.comparator == "<=", "down"),
        else_="both",
    )
    far = t.upper.coalesce(t.value)
    slack = (t.comparator == "~").ifelse(t.tolerance, ibis.literal(0).cast(DECIMAL))
    nothing = ibis.null(DECIMAL)
    up_only = (t.comparator == ">=") | ((sense == "up") & (t.comparator != "<="))
    down_only = (t.comparator == "<=") | ((sense == "down") & (t.comparator != ">="))
    return t.mutate(
        sense=sense,
        low=down_only.ifelse(nothing, (t.value - slack).cast(DECIMAL)),
        high=up_only.ifelse(nothing, (far + slack).cast(DECIMAL)),
        goal=(sense == "down").ifelse(far, t.value),
    )


def outcomes(pairs: Table) -> Table:
    """Add ``outcome`` (NO, MAYBE, YES) and the interval ``o_low``..``o_high`` of each figure.

    “65%以上” shows only that the value is at least 65; “约65%” fails only when it is
    clearly outside (by more than the tolerance) and otherwise satisfies, with a caveat.
    """
    p = pairs
    slack = (p.o_precision == "about").ifelse(p.tolerance, ibis.literal(0).cast(DECIMAL))
    nothing = ibis.null(DECIMAL)
    p = p.mutate(
        o_low=(p.o_precision == "at_most").ifelse(nothing, (p.o_value - slack).cast(DECIMAL)),
        o_high=(p.o_precision == "at_least").ifelse(nothing, (p.o_value + slack).cast(DECIMAL)),
    )
    fails = (p.o_high < p.low).fill_null(False) | (p.o_low > p.high).fill_null(False)
    above = p.low.isnull() | (p.o_low >= p.low).fill_null(False)
    below = p.high.isnull() | (p.o_high <= p.high).fill_null(False)
    outcome = ibis.cases(
        (fails, NO),
        ((p.o_precision == "about") | (above & below), YES),
        else_=MAYBE,
    )
    return p.mutate(outcome=outcome.cast("int8"))


def _past(t: Table, as_of: date) -> BooleanValue:
    """D > E; without a due date nothing is ever past."""
    return (t.due_last < ibis.literal(as_of)).fill_null(False)


def _staged(pairs: Table, as_of: date) -> Table:
    """Add ``past`` (D > E) and ``stage``: where each figure lies to the due period."""
    past = _past(pairs, as_of)
    stage = ibis.cases(
        (~past, "open"),
        (pairs.o_last > pairs.due_last, "after"),
        (pairs.o_last >= pairs.due_from, "on_time"),
        else_="before",
    )
    return pairs.mutate(past=past, stage=stage)


def latest(pairs: Table) -> Table:
    """The figure that speaks for each target and stage, with what its rivals say.

    Latest period end first; of those the longest period (it covers the due period
    best); of several documents on that very period the least favourable outcome, and
    ``disagree`` where their figures exclude each other. Which of them is shown, and what
    each would say of the pace, is settled by :func:`_least_favourable`.
    """
    period = ibis.window(group_by=["target_id", "stage", "o_last", "o_first"])
    order = ibis.window(
        group_by=["target_id", "stage"],
        order_by=[
            ibis.desc("o_last"),
            ibis.asc("o_first"),
            ibis.asc("outcome"),
            ibis.asc("o_obs_id"),
        ],
    )
    ranked = pairs.mutate(disagree=excluding(pairs, period), place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).drop("place")


def _by_stage(pairs: Table) -> Table:
    """One row per target: outcome and figure of each stage, side by side."""
    top = latest(pairs)
    columns: dict[str, object] = {}
    for stage in _STAGES:
        here = top.stage == stage
        columns[f"{stage}_outcome"] = top.outcome.max(where=here)
        columns[f"{stage}_obs"] = top.o_obs_id.max(where=here)
        columns[f"{stage}_disagree"] = top.disagree.any(where=here)
    return top.group_by("target_id").aggregate(**columns)


def _focus(stages: Table) -> Table:
    """Add ``focus``: the figure shown beside the verdict, and its stage's ``disagree``;
    ``doubted``: the due period's figure, where documents differ on it and a later one is shown.
    """
    kept = (stages.on_time_outcome == YES).fill_null(False)
    later = stages.after_obs.coalesce(stages.on_time_obs, stages.open_obs, stages.before_obs)
    disagree = ibis.cases(
        (kept, stages.on_time_disagree),
        (stages.after_obs.notnull(), stages.after_disagree),
        (stages.on_time_obs.notnull(), stages.on_time_disagree),
        (stages.open_obs.notnull(), stages.open_disagree),
        else_=stages.before_disagree,
    )
    doubted = ~kept & stages.after_obs.notnull() & stages.on_time_disagree
    return stages.mutate(
        focus=kept.ifelse(stages.on_time_obs, later),
        disagree=disagree.fill_null(False),
        doubted=doubted.fill_null(False).ifelse(stages.on_time_obs, ibis.null("string")),
    )


def _strangers(pairs: Table) -> Table:
    """The latest figure that does *not* compare, and why: one row per target."""
    other = pairs.filter(pairs.reason.notnull())
    order = ibis.window(
        group_by="target_id",
        order_by=[
            (other.reason == "level").asc(),
            ibis.desc("o_last"),
            ibis.desc("o_dated"),
            ibis.asc("o_obs_id"),
        ],
    )
    first = other.mutate(place=ibis.row_number().over(order))
    return first.filter(first.place == 0).select(
        "target_id", stranger=first.o_obs_id, stranger_reason=first.reason
    )


def _past_verdict(t: Table) -> StringValue:
    """The due date has gone by. The last figure at or after the due period decides."""
    last = t.after_outcome.coalesce(t.on_time_outcome)
    return ibis.cases(
        ((t.on_time_outcome == YES).fill_null(False), "met"),
        ((t.after_outcome == YES).fill_null(False), "met_late"),
        ((last == NO).fill_null(False), "missed"),
        ((last == MAYBE).fill_null(False), "not_comparable"),
        (t.focus.isnull() & t.stranger.notnull(), "not_comparable"),
        else_="due_unreported",
    )


def _open_verdict(t: Table) -> StringValue:
    """The due date is still ahead, or there is none."""
    return ibis.cases(
        ((t.focus_outcome == YES).fill_null(False), "met"),
        (t.pace.notnull() & t.due_last.notnull(), t.pace),
        (t.open_obs.notnull(), "under_way"),
        (t.stranger.notnull(), "not_comparable"),
        else_="unreported",
    )


def _reason(t: Table) -> StringValue:
    undecided = t.after_outcome.coalesce(t.on_time_outcome) == MAYBE
    return ibis.cases(
        (t.verdict != "not_comparable", ibis.null("string")),
        (t.past & undecided.fill_null(False), "imprecise"),
        else_=t.stranger_reason,
    )


def _fell_back(t: Table) -> BooleanValue:
    """后续回落: satisfied once, and the later figure no longer does."""
    after_met = (t.verdict == "met") & t.past & (t.after_outcome == NO).fill_null(False)
    before_due = ~t.past & (t.focus_outcome == NO).fill_null(False) & t.once_met.fill_null(False)
    return after_met | before_due


def _once_met(pairs: Table, focus: Table) -> Table:
    """Whether an earlier comparable figure than the one shown satisfied the target."""
    joined = pairs.join(focus.select("target_id", "focus_last"), "target_id")
    earlier = joined.filter(joined.o_last < joined.focus_last)
    return earlier.group_by("target_id").aggregate(once_met=(earlier.outcome == YES).any())


def _focus_period(pairs: Table, stages: Table) -> Table:
    """Add ``focus_last`` and ``focus_first``: the period that speaks, one row per target."""
    periods = pairs.select(
        "target_id", focus=pairs.o_obs_id, focus_last=pairs.o_last, focus_first=pairs.o_first
    )
    return stages.join(periods, ["target_id", "focus"])


def _speakers(pairs: Table, stages: Table) -> Table:
    """A row per figure of the period that speaks: its columns, prefixed ``focus_``."""
    figures = pairs.select(
        "target_id",
        focus=pairs.o_obs_id,
        focus_value=pairs.o_value,
        focus_last=pairs.o_last,
        focus_first=pairs.o_first,
        focus_precision=pairs.o_precision,
        focus_outcome=pairs.outcome,
        focus_inferred=pairs.o_inferred,
        focus_dated=pairs.o_dated,
    )
    return stages.drop("focus").join(figures, ["target_id", "focus_last", "focus_first"])


def _least_favourable(t: Table) -> Table:
    """One row per target: of all documents' figures for the period shown and for the base
    period, the pair that gives the least favourable verdict.

    Where several give the same verdict, the worse figure, then the base nearer the
    target; the documents' dates only choose between documents that say the same.
    """
    favour = ibis.cases(
        (t.past, t.focus_outcome.cast("int8")),
        (t.verdict == "behind", 0),
        (t.verdict == "on_track", 2),
        (t.verdict == "met", 3),
        else_=1,
    )
    up, down = t.sense == "up", t.sense == "down"
    merit = ibis.cases((up, t.focus_value), (down, -t.focus_value), else_=-t.distance.abs())
    order = ibis.window(
        group_by="target_id",
        order_by=[
            favour.asc(),
            merit.asc(),
            t.focus_value.asc(),
            down.ifelse(t.base_value, -t.base_value).asc(),
            ibis.desc("focus_dated"),
            ibis.asc("focus"),
            ibis.desc("base_dated"),
            ibis.asc("base"),
        ],
    )
    ranked = t.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).drop("place")


def verdicts(
    targets: Table, observations: Table, lineage: Table, as_of: date, *, stale_after_days: int
) -> Table:
    """One row per target: verdict, reason, the figure shown, caveats and progress numbers.

    ``as_of`` is D: only documents dated on or before it count, and D itself still
    belongs to a due period that ends on it. Columns: all target columns; ``verdict``;
    ``reason`` (not_comparable only); ``shown`` (obs_id of the figure shown, null if
    none); ``satisfies`` (whether that figure alone satisfies the target; null if it
    cannot tell or does not compare); booleans ``fell_back``, ``sources_disagree``,
    ``approximate``, ``within_tolerance``, ``imprecise``, ``silent_at_due`` (the due period
    itself has no figure; a later one decides), ``stale``, ``period_inferred``;
    ``disagree`` and ``base_disagree`` (whether the documents differ on the period shown, on
    the base period); ``doubted`` (a figure of the due period that documents differ on, where
    a later one is shown);
    what :func:`indicators.core.progress.numbers` makes the numbers of progress from.
    Where documents differ on the period shown or on the base period the verdict is the
    least favourable of those that each figure alone would give.
    """
    known = observations.filter(observations.dated <= ibis.literal(as_of))
    judged = acceptance(targets)
    pairs = candidates(judged, known, lineage)
    comparable = _staged(outcomes(pairs.filter(pairs.reason.isnull())), as_of)
    stages = _focus_period(comparable, _focus(_by_stage(comparable)))
    whole = (
        judged.mutate(past=_past(judged, as_of))
        .left_join(_speakers(comparable, stages), "target_id")
        .drop("target_id_right")
        .left_join(bases_of(comparable, stages), "target_id")
        .drop("target_id_right")
        .left_join(_once_met(comparable, stages), "target_id")
        .drop("target_id_right")
        .left_join(_strangers(pairs), "target_id")
        .drop("target_id_right")
    )
    whole = movement(whole)
    whole = whole.mutate(pace=pace(whole))
    whole = whole.mutate(
        verdict=whole.past.ifelse(_past_verdict(whole), _open_verdict(whole)),
    )
    return _with_caveats(_least_favourable(whole), as_of, stale_after_days)


def _with_caveats(t: Table, as_of: date, stale_after_days: int) -> Table:
    outcome: IntegerValue = t.focus_outcome
    age = ibis.literal(as_of).epoch_days() - t.focus_last.epoch_days()
    short = (t.sense != "down").ifelse(t.focus_value < t.value, t.focus_value > t.value) | (
        (t.sense == "both") & (t.focus_value != t.value)
    )
    paced = ~t.past & t.due_last.notnull() & (t.verdict != "met") & t.base_disagree
    lenient = (t.comparator == "~") & (outcome == YES) & short
    shown = t.focus.coalesce(t.stranger)
    return t.mutate(
        reason=_reason(t),
        shown=shown,
        disagree=t.disagree.fill_null(False),
        satisfies=ibis.cases((outcome == YES, True), (outcome == NO, False)),
        fell_back=_fell_back(t),
        base_disagree=t.base_disagree.fill_null(False),
        sources_disagree=(t.disagree | t.doubted.notnull()).fill_null(False)
        | paced.fill_null(False),
        approximate=(t.focus_precision == "about").fill_null(False),
        within_tolerance=lenient.fill_null(False),
        imprecise=(outcome == MAYBE).fill_null(False),
        silent_at_due=t.past & t.verdict.isin(("met_late", "missed")) & t.on_time_obs.isnull(),
        stale=(~t.past & (age > stale_after_days)).fill_null(False),
        period_inferred=t.focus_inferred.fill_null(False),
    )
