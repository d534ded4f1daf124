"""Regions side by side: which figures may stand in one row, and why the others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pandas as pd

from indicators.core.comparability import mismatch
from indicators.core.model import Snapshot
from indicators.core.settings import Settings
from indicators.engine import connect, load
from indicators.tables.observations import observations

COMPARISON_COLUMNS = (
    "indicator_id",
    "indicator_name",
    "indicator_name_en",
    "theme_id",
    "unit",
    "direction",
    "region_code",
    "region_name",
    "region_level",
    "value",
    "precision",
    "period",
    "period_last",
    "period_basis",
    "scope",
    "definition",
    "comparable",
    "reason",
    "rank",
    "ranked_of",
    "disagrees_with",
    "quote",
    "section",
    "note",
    "claim_id",
    "document_id",
    "document_title",
    "document_number",
    "document_issuer",
    "document_dated",
    "source_file",
)

_KEY = ("region_level", "scope", "definition")


def comparison(
    snapshot: Snapshot,
    settings: Settings,
    as_of: date,
    regions: Sequence[str],
    indicator_ids: Sequence[str],
) -> pd.DataFrame:
    """A row per indicator and region, in the order asked for (:data:`COMPARISON_COLUMNS`).

    A cell without a figure has ``value`` None. ``comparable`` is False, with ``reason``
    (level, scope, definition, period), where a figure differs from the row's reference:
    the level, scope and definition that most chosen regions share (ties: the higher
    level, then no restriction), and the latest period among them less
    ``settings.max_period_gap`` years. ``rank`` (1 = best; ties share a rank) is given
    only among comparable exact figures of an indicator with a better direction, and
    only where there are at least two. ``disagrees_with`` lists other documents' figures
    for the same period.
    """
    known = observations(snapshot, as_of)
    known = known[known["region_code"].isin(list(regions))]
    lines = [_line(known, indicator_id, regions) for indicator_id in indicator_ids]
    reasons = _mismatches(settings, lines)
    rows: list[dict[str, Any]] = []
    for line in lines:
        _mark_too_old(settings, line, reasons)
        rows += _line_rows(snapshot, line, regions, reasons)
    return pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS), dtype=object)


@dataclass(frozen=True, slots=True)
class _Line:
    """One indicator: its known figures, what they are held to, the figure per region."""

    indicator_id: str
    records: list[dict[str, Any]]
    reference: tuple[str, str, str]
    cells: list[dict[str, Any] | None]

    @property
    def figures(self) -> list[dict[str, Any]]:
        return [cell for cell in self.cells if cell]


def _line(known: pd.DataFrame, indicator_id: str, regions: Sequence[str]) -> _Line:
    mine = known[known["indicator_id"] == indicator_id]
    records = [{str(k): v for k, v in r.items()} for r in mine.to_dict("records")]
    reference = _reference(records)
    cells = [_pick(records, code, reference) for code in regions]
    return _Line(indicator_id, records, reference, cells)


def _line_rows(
    snapshot: Snapshot, line: _Line, regions: Sequence[str], reasons: dict[str, str | None]
) -> list[dict[str, Any]]:
    rows = [
        _cell(snapshot, line.indicator_id, code, cell, reasons, line.records)
        for code, cell in zip(regions, line.cells, strict=True)
    ]
    return _ranked(rows, snapshot.indicators[line.indicator_id].direction)


def _key(record: dict[str, Any]) -> tuple[str, str, str]:
    level, scope, definition = (record[name] or "" for name in _KEY)
    return level, scope, definition


_LEVELS = ("country", "province", "city", "county", "institution", "")


def _reference(records: list[dict[str, Any]]) -> tuple[str, str, str]:
    """What most regions share: counted once per region, ties to the wider figure."""
    shared = Counter(
        {
            k: len({r["region_code"] for r in records if _key(r) == k})
            for k in {_key(r) for r in records}
        }
    )
    if not shared:
        return ("", "", "")
    return min(shared, key=lambda k: (-shared[k], k[1] != "", _LEVELS.index(k[0]), k))


def _pick(
    records: list[dict[str, Any]], code: str, reference: tuple[str, str, str]
) -> dict[str, Any] | None:
    """The region's latest figure, one that fits the row's reference if there is any."""
    mine = [r for r in records if r["region_code"] == code]
    fitting = [r for r in mine if _key(r) == reference] or mine
    return max(
        fitting,
        key=lambda r: (r["period_last"], r["document_dated"], r["claim_id"]),
        default=None,
    )


_COMPARED = ("level", "scope", "definition")
_CELLS = ibis.schema(
    dict.fromkeys(("claim_id", *_COMPARED, *(f"line_{name}" for name in _COMPARED)), "string")
)


def _mismatches(settings: Settings, lines: list[_Line]) -> dict[str, str | None]:
    """Reason code per claim id, all lines in one query: the rule of ``core.comparability``."""
    rows = [
        {
            "claim_id": cell["claim_id"],
            **dict(zip(_COMPARED, _key(cell), strict=True)),
            **dict(zip((f"line_{n}" for n in _COMPARED), line.reference, strict=True)),
        }
        for line in lines
        for cell in line.figures
    ]
    if not rows:
        return {}
    connection = connect(settings.engine)
    table = load(connection, rows, _CELLS)
    judged = table.select(
        "claim_id",
        reason=mismatch(
            same_level=table.level == table.line_level,
            scope=(table.scope, table.line_scope),
            definition=(table.definition, table.line_definition),
        ),
    )
    return {r["claim_id"]: r["reason"] for r in connection.to_pyarrow(judged).to_pylist()}


def _mark_too_old(settings: Settings, line: _Line, reasons: dict[str, str | None]) -> None:
    fitting = [c for c in line.figures if reasons[c["claim_id"]] is None]
    newest = max((c["period_last"].year for c in fitting), default=0)
    for cell in fitting:
        if newest - cell["period_last"].year > settings.max_period_gap:
            reasons[cell["claim_id"]] = "period"


def _cell(
    snapshot: Snapshot,
    indicator_id: str,
    code: str,
    cell: dict[str, Any] | None,
    reasons: dict[str, str | None],
    records: list[dict[str, Any]],
) -> dict[str, Any]:
    indicator, region = snapshot.indicators[indicator_id], snapshot.regions[code]
    row: dict[str, Any] = dict.fromkeys(COMPARISON_COLUMNS)
    row |= {
        "indicator_id": indicator.id,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "theme_id": indicator.theme,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "region_code": region.code,
        "region_name": region.name,
        "region_level": region.level,
        "disagrees_with": (),
    }
    if cell is None:
        return row
    row |= {name: cell[name] for name in COMPARISON_COLUMNS if row[name] is None and name in cell}
    row["value"], row["unit"] = cell["canonical_value"], indicator.unit
    row["reason"] = reasons[cell["claim_id"]]
    row["comparable"] = row["reason"] is None
    row["disagrees_with"] = _rivals(cell, records)
    return row


def _rivals(cell: dict[str, Any], records: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(
        f"{r['value']}{r['unit']} ({r['document_id']})"
        for r in records
        if r["region_code"] == cell["region_code"]
        and r["period"] == cell["period"]
        and _key(r) == _key(cell)
        and r["canonical_value"] != cell["canonical_value"]
    )


def _ranked(rows: list[dict[str, Any]], direction: str) -> list[dict[str, Any]]:
    field = [r for r in rows if r["comparable"] and r["precision"] == "exact"]
    if direction == "monitor" or len(field) < 2:
        return rows
    sign = -1 if direction == "up" else 1
    for row in field:
        better = [r for r in field if sign * r["value"] < sign * row["value"]]
        row["rank"], row["ranked_of"] = len(better) + 1, len(field)
    return rows
