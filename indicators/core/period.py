"""Periods as documents write them: a year, half-year, quarter, month or day.

``2021`` · ``2021-H1`` · ``2021-Q3`` · ``2021-12`` · ``2021-12-31``; each has a first
and a last day. The text is kept as written, so that nothing is made more precise
than its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["year", "half", "quarter", "month", "day"]

_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-H(?P<half>[12])|-Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)

#: What the message says when a text is no period.
EXPECTED = "a period such as 2021, 2021-H1, 2021-Q3, 2021-12 or 2021-12-31"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, ``first`` and ``last`` included; ``text`` is the form as written."""

    text: str
    grain: Grain
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read one of the five forms, years 1949–2100. Raises :class:`ValueError`."""
        match = _FORM.fullmatch(text)
        if match is None or not 1949 <= int(match["year"]) <= 2100:
            raise ValueError(f'expected {EXPECTED}, found "{text}"')
        try:
            return cls._from_parts(text, match)
        except ValueError:
            raise ValueError(f'expected {EXPECTED}, found "{text}"') from None

    @classmethod
    def _from_parts(cls, text: str, match: re.Match[str]) -> Period:
        year = int(match["year"])
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return cls(text, "day", day, day)
        if match["month"]:
            return cls._months(text, "month", year, int(match["month"]), 1)
        if match["quarter"]:
            return cls._months(text, "quarter", year, 3 * int(match["quarter"]) - 2, 3)
        if match["half"]:
            return cls._months(text, "half", year, 6 * int(match["half"]) - 5, 6)
        return cls._months(text, "year", year, 1, 12)

    @classmethod
    def _months(cls, text: str, grain: Grain, year: int, month: int, count: int) -> Period:
        end = month + count
        after = date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1)
        return cls(text, grain, date(year, month, 1), after - timedelta(days=1))

    @property
    def covers_from(self) -> date:
        """First day from which a value's end counts as covering this due period.

        The same month where the due is a month, else the same calendar year.
        """
        return self.first if self.grain == "month" else date(self.last.year, 1, 1)

    def __str__(self) -> str:
        return self.text
