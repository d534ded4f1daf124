"""What holds for every verdict, whatever the figures.

Cases are judged in batches of one query, so that many thousand are affordable.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.judging import Case, Obs, judge, mirrored, scaled

PERIODS = ("2018", "2019", "2020-H1", "2020", "2021-06", "2021", "2022-12-31", "2023", "2024-Q1")
DUES = (None, "2020", "2021", "2022-06", "2022", "2022-12-31", "2025")
DAYS = ("2020-12-31", "2021-01-01", "2022-12-31", "2023-01-01", "2024-06-30", "2026-11-21")
BATCH = 100

#: From best to worst. Verdicts that say nothing about a figure stand apart.
ORDER = ("met", "met_late", "on_track", "under_way", "not_comparable", "behind", "missed")

values = st.decimals("0", "100", places=3)
observations = st.builds(
    Obs,
    period=st.sampled_from(PERIODS),
    value=values,
    precision=st.sampled_from(("exact", "exact", "exact", "at_least", "at_most", "about")),
    dated=st.sampled_from(("2019-01-01", "2021-03-01", "2023-05-01")),
    scope=st.sampled_from(("", "", "", "户籍人口")),
)
promises = st.builds(
    Case,
    comparator=st.sampled_from((">=", "=", "~")),
    target=values,
    due=st.sampled_from(DUES),
    observations=st.lists(observations, max_size=4).map(tuple),
)
ranges = st.builds(
    lambda low, span, due, seen: Case("between", low, due, seen, upper=low + span),
    values,
    values,
    st.sampled_from(DUES),
    st.lists(observations, max_size=3).map(tuple),
)
cases = st.one_of(promises, ranges)
batches = st.lists(cases, min_size=BATCH, max_size=BATCH)
days = st.sampled_from(DAYS)
slow = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def _verdicts(batch: list[Case], day: str) -> list[str]:
    return [row["verdict"] for row in judge(batch, day)]


@slow
@given(batches, days)
def test_negating_direction_value_and_target_changes_nothing(batch: list[Case], day: str) -> None:
    assert _verdicts(batch, day) == _verdicts([mirrored(c) for c in batch], day)


@slow
@given(batches, days, st.sampled_from((Decimal(10), Decimal("0.01"), Decimal(1000))))
def test_scaling_the_unit_changes_nothing(batch: list[Case], day: str, factor: Decimal) -> None:
    assert _verdicts(batch, day) == _verdicts([scaled(c, factor) for c in batch], day)


def _worsened(case: Case, by: Decimal) -> Case:
    """The latest figure (every document's on that period) moved away from the target."""
    if not case.observations:
        return case
    latest = max(case.observations, key=lambda o: _end(o.period))
    return replace(
        case,
        observations=tuple(
            replace(o, value=Decimal(o.value) - by) if o.period == latest.period else o
            for o in case.observations
        ),
    )


def _end(period: str) -> str:
    ends = {
        "2018": "2018-12-31",
        "2019": "2019-12-31",
        "2020-H1": "2020-06-30",
        "2020": "2020-12-31",
        "2021-06": "2021-06-30",
        "2021": "2021-12-31",
        "2023": "2023-12-31",
        "2024-Q1": "2024-03-31",
    }
    return ends.get(period, period)


@slow
@given(batches, days, st.decimals("0.001", "50", places=3))
def test_worsening_the_latest_value_never_improves(
    batch: list[Case], day: str, by: Decimal
) -> None:
    before, after = _verdicts(batch, day), _verdicts([_worsened(c, by) for c in batch], day)
    for case, good, bad in zip(batch, before, after, strict=True):
        if good in ORDER and bad in ORDER:
            assert ORDER.index(bad) >= ORDER.index(good), (case, good, bad)
        else:
            assert good == bad


@slow
@given(batches, batches, days)
def test_an_unrelated_document_changes_nothing(
    batch: list[Case], others: list[Case], day: str
) -> None:
    assert _verdicts(batch, day) == _verdicts([*batch, *others], day)[: len(batch)]


@slow
@given(batches)
def test_time_never_turns_missed_into_unreported(batch: list[Case]) -> None:
    seen = [_verdicts(batch, day) for day in DAYS]
    for course in zip(*seen, strict=True):
        if "missed" in course:
            later = course[course.index("missed") :]
            assert not {"unreported", "due_unreported", "under_way"} & set(later), course


@slow
@given(batches, days)
def test_no_figure_no_judgement(batch: list[Case], day: str) -> None:
    silent = [replace(c, observations=()) for c in batch]
    assert set(_verdicts(silent, day)) <= {"unreported", "due_unreported"}


# Documents that differ on one period


def _rivals(period: str) -> st.SearchStrategy[tuple[Obs, Obs]]:
    """Two documents' figures for one period, the second document the newer."""
    precision = st.sampled_from(("exact", "exact", "exact", "at_least", "at_most", "about"))
    older = st.builds(Obs, st.just(period), values, precision, st.just("2019-01-01"))
    newer = st.builds(Obs, st.just(period), values, precision, st.just("2020-06-30"))
    return st.tuples(older, newer)


disputed = st.tuples(
    promises,
    st.lists(st.sampled_from(PERIODS), min_size=1, max_size=3, unique=True).flatmap(
        lambda periods: st.tuples(*(_rivals(period) for period in periods))
    ),
)


def _swapped(pairs: tuple[tuple[Obs, Obs], ...]) -> tuple[Obs, ...]:
    """The same figures with their documents' dates and order exchanged."""
    return tuple(
        o
        for old, new in pairs
        for o in (replace(new, dated=old.dated), replace(old, dated=new.dated))
    )


@slow
@given(st.lists(disputed, min_size=30, max_size=30), days)
def test_of_disputed_figures_the_least_favourable_decides_whatever_the_dates(
    batch: list[tuple[Case, tuple[tuple[Obs, Obs], ...]]], day: str
) -> None:
    both = [replace(c, observations=sum(pairs, ())) for c, pairs in batch]
    swapped = [replace(c, observations=_swapped(pairs)) for c, pairs in batch]
    alone = [[replace(c, observations=one) for one in product(*pairs)] for c, pairs in batch]
    found = _verdicts(both, day)
    assert found == _verdicts(swapped, day)
    single = iter(_verdicts([case for cases in alone for case in cases], day))
    for case, verdict, cases in zip(both, found, alone, strict=True):
        each = {next(single) for _ in cases}
        worst = max(each, key=ORDER.index) if each <= set(ORDER) else next(iter(each))
        assert verdict == worst, (case, each)


@slow
@given(batches, days)
def test_numbers_are_finite_or_absent(batch: list[Case], day: str) -> None:
    for row in judge(batch, day):
        for name in ("achieved_pct", "required_per_year", "actual_per_year", "cagr_ratio"):
            value = row[name]
            assert value is None or abs(value) < float("inf"), (name, row)
        assert row["verdict"] is not None
