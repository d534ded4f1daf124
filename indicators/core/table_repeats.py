"""The same figure read twice from a spreadsheet, and different figures for the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicators.core.candidate import CellOutcome, ImportedCell, held_back


def without_repeats(cells: Sequence[CellOutcome]) -> Iterator[CellOutcome]:
    """Of figures for one region, indicator and period, repeats are rejected, conflicts wait."""
    figures: dict[tuple[object, ...], list[ImportedCell]] = defaultdict(list)
    for cell in cells:
        if cell.candidate is not None:
            figures[_key(cell.candidate)].append(cell.candidate)
    for cell in cells:
        yield cell if cell.candidate is None else _settled(cell, figures[_key(cell.candidate)])


def _key(candidate: ImportedCell) -> tuple[object, ...]:
    return (
        candidate.region_code,
        candidate.indicator_id,
        candidate.period or candidate.due,
        candidate.scope,
        candidate.kind,
    )


def _settled(cell: CellOutcome, rivals: Sequence[ImportedCell]) -> CellOutcome:
    candidate = cell.candidate
    if candidate is None or len(rivals) == 1 or not candidate.region_code:
        return cell
    if len({(rival.value, rival.unit, rival.precision) for rival in rivals}) > 1:
        return held_back(cell, candidate, "duplicate_conflict")
    if candidate is rivals[0]:
        return cell
    return replace(cell, status="rejected", reason="duplicate_same", candidate=None)
