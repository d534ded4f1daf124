"""A share that was typed as a fraction among shares in per cent: 0.45 beside 45 and 50."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from indicators.core.candidate import CellOutcome, ImportedCell, held_back
from indicators.core.model import Indicator

_FRACTION, _SHARE = Decimal(1), Decimal(10)
_FEWEST = 1  # other figures that must be shares before one is doubted


def without_fractions(
    cells: Iterable[CellOutcome], indicators: Mapping[str, Indicator]
) -> Iterator[CellOutcome]:
    """A figure in % from 0 to 1 waits where the indicator's others in the table exceed 10."""
    cells = list(cells)
    groups: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for cell in cells:
        if cell.candidate is not None and cell.candidate.value is not None:
            groups[_group(cell.candidate)].append(cell.candidate.value)
    for cell in cells:
        candidate = cell.candidate
        if candidate is not None and _doubtful(candidate, groups[_group(candidate)], indicators):
            yield held_back(cell, candidate, "fraction_among_shares")
        else:
            yield cell


def _group(candidate: ImportedCell) -> tuple[str, str]:
    return candidate.indicator_id, candidate.kind


def _doubtful(
    candidate: ImportedCell, values: list[Decimal], indicators: Mapping[str, Indicator]
) -> bool:
    unit = candidate.unit or indicators[candidate.indicator_id].unit
    if unit != "%" or candidate.value is None or not 0 <= candidate.value <= _FRACTION:
        return False
    others = [value for value in values if value > _FRACTION]
    return len(others) >= _FEWEST and all(value > _SHARE for value in others)
