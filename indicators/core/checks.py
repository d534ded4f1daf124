"""Rules that need more than one field or record: ids, units, bounds, dates, duplicates.

Every rule adds its problems (what was expected, what was found) and goes on, so that one
run reports everything. Files are not read here: a record comes with its file name and
a function from key path to line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from indicators.core.model import Indicator, Record, Region
from indicators.core.problem import Problems, Severity
from indicators.core.unit import UNITS, convert, convertible
from indicators.core.wording import KeyPath, key_path, shown, suggestion

Line = Callable[[KeyPath], int | None]
R = TypeVar("R", bound=Record)


def nowhere(_: KeyPath) -> None:
    """The locator of a record that stands in no file yet."""


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """One record, the file it came from, and the line of each part of it.

    ``numbers`` gives the positions in the file of list entries (``claims`` …) where some
    of them were refused and are not part of the record.
    """

    file: str
    record: R
    line: Line = nowhere
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def number(self, name: str, position: int) -> int:
        """Position in the file of an entry of the list ``name`` of the record."""
        return self.numbers[name][position] if name in self.numbers else position


@dataclass(frozen=True)
class Known:
    """What a document may refer to.

    ``refused`` holds ids that stand in registry files which were left out; ``unread``
    says that some registry file could not be read at all, so that any unknown id may
    stand there. A claim on such an indicator is left out alone, with a warning.
    """

    indicators: Mapping[str, Indicator]
    regions: Mapping[str, Region]
    refused: frozenset[str] = field(default=frozenset())
    unread: bool = False

    def may_be_left_out(self, indicator: str) -> bool:
        """Whether an unknown id may be a sound one whose registry file was left out."""
        return indicator not in self.indicators and (indicator in self.refused or self.unread)


@dataclass(frozen=True)
class Report:
    """Adds problems at one place of one sheet."""

    problems: Problems
    file: str
    line: Line
    path: KeyPath = ()

    def __call__(self, message: str, *below: str | int, severity: Severity = "error") -> None:
        """Add ``message`` at this place, or at the field ``below`` it."""
        path = (*self.path, *below)
        self.problems.add(
            self.file, message, line=self.line(path), path=key_path(path), severity=severity
        )

    def at(self, *below: str | int) -> Report:
        """The same report, further down."""
        return Report(self.problems, self.file, self.line, (*self.path, *below))


def unknown_region(code: str) -> str:
    """The message for a code that regions.csv does not hold."""
    return f"unknown region {shown(code)}; expected a code of the regions table"


def unknown_indicator(word: str, known: Iterable[str]) -> str:
    """The message for an id that the registry does not hold, with the nearest known one."""
    return (
        f"unknown indicator {shown(word)}; expected an id of the registry{suggestion(word, known)}"
    )


def check_unit(symbol: str, indicator: Indicator, report: Report) -> bool:
    """A known unit of the indicator's dimension; ``report`` stands at the unit."""
    if symbol not in UNITS:
        known = [name for name in UNITS if convertible(name, indicator.unit)]
        report(f"expected a known unit (here {' '.join(known)}), found {shown(symbol)}")
        return False
    if not convertible(symbol, indicator.unit):
        known = [name for name in UNITS if convertible(name, indicator.unit)]
        hint = " (a change belongs under kind: change)" if "change" in _dimension(symbol) else ""
        report(
            f"expected a unit of {indicator.id} ({' '.join(known)}), found {shown(symbol)}{hint}"
        )
        return False
    return True


def _dimension(symbol: str) -> str:
    return UNITS[symbol].dimension


def check_bounds(value: Decimal, symbol: str, indicator: Indicator, report: Report) -> None:
    """``value`` in ``symbol`` lies within the indicator's bounds; ``report`` stands at it."""
    low, high = indicator.bounds
    converted = convert(value, symbol, indicator.unit)
    if (low is not None and converted < low) or (high is not None and converted > high):
        report(
            f"expected a value {span(low, high)} {indicator.unit}, found {plain(value)} {symbol}"
        )


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Bounds in words: ``from 0 to 100``, ``of at least 0``."""
    if low is not None and high is not None:
        return f"from {plain(low)} to {plain(high)}"
    return f"of at least {plain(low)}" if low is not None else f"of at most {plain(high)}"


def plain(value: Decimal | None) -> str:
    """A decimal as digits, never with an exponent."""
    return "" if value is None else format(value, "f")


def check_comparator(comparator: str | None, indicator: Indicator, report: Report) -> None:
    """``>=`` on a lower-is-better indicator (or the reverse) is a slip of the pen."""
    wrong = {"up": "<=", "down": ">="}.get(indicator.direction)
    if comparator is not None and comparator == wrong:
        right = {"up": ">=", "down": "<="}[indicator.direction]
        better = {"up": "higher", "down": "lower"}[indicator.direction]
        report(
            f"expected {right} (of {indicator.id} {better} is better), found {comparator}",
            "comparator",
        )


def check_upper(
    comparator: str | None, value: Decimal | None, upper: Decimal | None, report: Report
) -> None:
    """``upper`` goes with ``between`` and lies above ``value``."""
    if comparator == "between" and upper is None:
        report('expected an upper value beside the comparator "between", found none', "upper")
    elif upper is not None and comparator != "between":
        found = "none" if comparator is None else comparator
        report(f'expected the comparator "between" beside an upper value, found {found}', "upper")
    elif upper is not None and value is not None and upper <= value:
        report(f"expected an upper value above {plain(value)}, found {plain(upper)}", "upper")


def repeated(values: Sequence[str]) -> dict[int, int]:
    """Positions whose value stood before, each with the first position of that value."""
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for position, value in enumerate(values):
        if value in first:
            again[position] = first[value]
        first.setdefault(value, position)
    return again
