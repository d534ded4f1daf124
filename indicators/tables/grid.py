"""Status grid: regions by indicators, each cell one verdict; counts by verdict."""

from __future__ import annotations

from datetime import date

import pandas as pd

#: Display order: what needs attention is not hidden at the end.
VERDICT_ORDER = (
    "met",
    "met_late",
    "on_track",
    "under_way",
    "behind",
    "missed",
    "due_unreported",
    "unreported",
    "not_comparable",
)

#: Which verdict speaks for a cell that holds several targets: the least favourable.
_SEVERITY = (
    "missed",
    "due_unreported",
    "behind",
    "not_comparable",
    "unreported",
    "under_way",
    "on_track",
    "met_late",
    "met",
)

GRID_COLUMNS = (
    "region_code",
    "region_name",
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "verdict",
    "targets",
    "target_ids",
)


def verdict_counts(assessed: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Columns ``verdict``, ``count`` for targets of those kinds, every verdict present."""
    chosen = assessed[assessed["target_kind"].isin(kinds)]
    tally = chosen["verdict"].value_counts()
    return pd.DataFrame(
        {"verdict": VERDICT_ORDER, "count": [int(tally.get(v, 0)) for v in VERDICT_ORDER]}
    )


def status_grid(
    assessed: pd.DataFrame, kinds: tuple[str, ...] = ("commitment", "milestone")
) -> pd.DataFrame:
    """One row per region and indicator that has a target (:data:`GRID_COLUMNS`).

    Where a cell holds several targets the least favourable verdict is shown and
    ``targets`` says how many there are.
    """
    chosen = assessed[assessed["target_kind"].isin(kinds)]
    rows = [
        _cell(group)
        for _, group in chosen.groupby(["region_code", "indicator_id"], sort=True, observed=True)
    ]
    return pd.DataFrame(rows, columns=list(GRID_COLUMNS), dtype=object)


def _cell(group: pd.DataFrame) -> dict[str, object]:
    first = group.iloc[0]
    return {
        **{name: first[name] for name in GRID_COLUMNS[:6]},
        "verdict": min(group["verdict"], key=_SEVERITY.index),
        "targets": len(group),
        "target_ids": tuple(group["target_id"]),
    }


def due_in_a_year(assessed: pd.DataFrame, first: date) -> pd.DataFrame:
    """Targets whose due period ends from ``first`` to the same day a year on, soonest first."""
    last = _year_on(first)
    due = assessed[assessed["due_last"].notna()]
    inside = pd.Series([first <= day <= last for day in due["due_last"]], due.index, dtype=bool)
    return due[inside].sort_values(["due_last", "target_id"]).reset_index(drop=True)


def _year_on(day: date) -> date:
    """The same day a year on (28 February after a leap day)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
