"""What falls due in the next twelve months."""

from __future__ import annotations

from datetime import date

import pandas as pd

from indicators.tables.grid import due_in_a_year


def _targets(*days: date | None) -> pd.DataFrame:
    rows = [{"target_id": f"t{n}", "due_last": day} for n, day in enumerate(days)]
    return pd.DataFrame(rows, columns=["target_id", "due_last"], dtype=object)


def test_both_ends_belong_to_the_year_soonest_first() -> None:
    table = _targets(
        date(2027, 11, 21), date(2026, 11, 20), None, date(2026, 11, 21), date(2027, 11, 22)
    )
    assert list(due_in_a_year(table, date(2026, 11, 21))["target_id"]) == ["t3", "t0"]


def test_a_year_after_a_leap_day_ends_on_the_last_of_february() -> None:
    table = _targets(date(2025, 2, 28), date(2025, 3, 1))
    assert list(due_in_a_year(table, date(2024, 2, 29))["target_id"]) == ["t0"]


def test_no_due_date_anywhere_keeps_the_columns() -> None:
    found = due_in_a_year(_targets(None), date(2026, 11, 21))
    assert list(found.columns) == ["target_id", "due_last"]
    assert found.empty
