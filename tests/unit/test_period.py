from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.period import Period


@pytest.mark.parametrize(
    ("text", "grain", "first", "last"),
    [
        ("2021", "year", "2021-01-01", "2021-12-31"),
        ("2021-H1", "half", "2021-01-01", "2021-06-30"),
        ("2021-H2", "half", "2021-07-01", "2021-12-31"),
        ("2021-Q1", "quarter", "2021-01-01", "2021-03-31"),
        ("2021-Q4", "quarter", "2021-10-01", "2021-12-31"),
        ("2020-02", "month", "2020-02-01", "2020-02-29"),
        ("2021-12", "month", "2021-12-01", "2021-12-31"),
        ("2021-12-31", "day", "2021-12-31", "2021-12-31"),
    ],
)
def test_five_forms(text: str, grain: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (period.grain, str(period.first), str(period.last)) == (grain, first, last)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-13",
        "2021-02-30",
        "2021-2-3",
        "2021-Q5",
        "2021-H3",
        "２０２１",
        "1900",
        "2021年",
        "2021-12-31 ",
        "2021/12",
        "20211",
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="expected a period such as 2021") as caught:
        Period.parse(text)
    assert str(caught.value).endswith(f'found "{text}"')


def test_a_month_covers_itself_and_anything_else_its_year() -> None:
    assert Period.parse("2022-06").covers_from == date(2022, 6, 1)
    for text in ("2022", "2022-H2", "2022-Q4", "2022-06-30"):
        assert Period.parse(text).covers_from == date(2022, 1, 1)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_month_and_year(day: date) -> None:
    for text in (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"):
        period = Period.parse(text)
        assert period.first <= day <= period.last
