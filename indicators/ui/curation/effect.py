"""What a document's new text would do to the verdicts, before it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from indicators.core.model import Document, Snapshot

KEY = ["target_id", "region_code"]
#: Columns of :func:`changed_verdicts`; ``before``/``after`` are verdict codes or null.
COLUMNS = (
    "region_name",
    "indicator_id",
    "target_kind",
    "comparator",
    "target",
    "target_upper",
    "unit",
    "due",
    "before",
    "before_value",
    "before_period",
    "after",
    "after_value",
    "after_period",
)
_OUTCOME = ("verdict", "value", "period")


def with_document(snapshot: Snapshot, document: Document) -> Snapshot:
    """The data as it would be with this document in the place of its former self."""
    others = [other for other in snapshot.documents if other.id != document.id]
    documents = tuple(sorted([*others, document], key=lambda d: d.id))
    return replace(snapshot, documents=documents, digest=f"{snapshot.digest}+{document.id}")


def changed_verdicts(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The targets whose verdict, deciding value or period differs, a row each (:data:`COLUMNS`).

    Both are frames of ``assess``. A target that is new has no ``before``; one that goes has
    no ``after``. Benchmarks that merely begin to apply, because the region is named for the
    first time, without any value against them, are not a change that the document makes:
    they are left out.
    """
    old, new = _by_target(before), _by_target(after)
    rows = [
        _row(old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if _outcome(old.get(key)) != _outcome(new.get(key))
        and not _silent(old.get(key), new.get(key))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _by_target(frame: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    records = frame.to_dict("records")
    return {
        (str(row["target_id"]), str(row["region_code"])): {str(k): v for k, v in row.items()}
        for row in records
    }


def _outcome(row: dict[str, Any] | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row[name] for name in _OUTCOME)


def _silent(old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    """A benchmark that is new or gone and says nothing, for want of a value."""
    told = [side for side in (old, new) if side is not None]
    return len(told) == 1 and told[0]["target_kind"] == "benchmark" and told[0]["value"] is None


def _row(old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any]:
    told = new or old or {}
    row = {name: told.get(name) for name in COLUMNS[:8]}
    for prefix, side in (("before", old), ("after", new)):
        row[prefix] = side["verdict"] if side else None
        row[f"{prefix}_value"] = side["value"] if side else None
        row[f"{prefix}_period"] = side["period"] if side else None
    return row
