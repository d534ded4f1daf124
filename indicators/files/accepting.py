"""Reviewed candidates into the documents: sorted, vetted all together, then saved.

Nothing is saved while one accepted candidate is refused: the run reports everything
that is wrong, and the person mends it in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.core.errors import KnownProblem
from indicators.core.model import Document
from indicators.core.problem import Problem
from indicators.core.wording import shown
from indicators.files.candidates import CandidateFile, Row, claim_fields, existing
from indicators.files.operations import AddClaim, Edit
from indicators.files.write import Saved, Store

_CLAIM_PATH = re.compile(r"claims\[([0-9]+)\](.*)")
_NO_INDICATOR = 'missing field "indicator"'


@dataclass(frozen=True)
class Decided:
    """The candidates of a file by decision; each with its number in the file (from 0)."""

    accepted: tuple[tuple[int, Row], ...]
    rejected: tuple[tuple[int, Row], ...]
    open: tuple[tuple[int, Row], ...]


@dataclass(frozen=True)
class Planned:
    """An edit that would be saved, and the candidates it adds with their numbers in the file."""

    edit: Edit
    rows: tuple[tuple[int, Row], ...]


def decided(file: CandidateFile) -> Decided:
    """Sort by decision. Raises :class:`KnownProblem` listing every unclear decision."""
    sorted_rows: dict[str, list[tuple[int, Row]]] = {"accept": [], "reject": [], "": []}
    wrong: list[str] = []
    for number, row in enumerate(file.rows):
        decision = (row.get("decision") or "").strip().lower()
        place = f"{file.name}: candidates[{number}]"
        if decision not in sorted_rows:
            wrong.append(f'{place}.decision: expected accept or reject, found "{decision}"')
        elif decision == "reject" and not row.get("reason"):
            wrong.append(f"{place}.reason: a rejected candidate needs a reason")
        else:
            sorted_rows[decision].append((number, row))
    if wrong:
        raise KnownProblem("\n".join(wrong))
    return Decided(*(tuple(sorted_rows[name]) for name in ("accept", "reject", "")))


def plan(
    store: Store,
    file: CandidateFile,
    rows: Sequence[tuple[int, Row]],
    documents: Iterable[Document],
    meta: Mapping[str, Any],
) -> list[Planned]:
    """One edit per document the accepted rows belong to.

    A row's document is its own ``document`` field, else that of the file or of ``meta``,
    else the one in the data whose source file has the candidate's ``file`` name.
    Raises :class:`KnownProblem` for rows without a document.
    """
    known = {document.id: document for document in documents}
    target = {**file.document, **meta}
    groups: dict[str, list[tuple[int, Row]]] = {}
    for number, row in rows:
        name = _document_of(row, target, known.values())
        if name is None:
            raise KnownProblem(
                f"{file.name}: candidates[{number}]: no document is named; use --document"
            )
        groups.setdefault(name, []).append((number, row))
    return [_planned(store, name, group, known, target) for name, group in groups.items()]


def _document_of(row: Row, target: Mapping[str, Any], known: Iterable[Document]) -> str | None:
    if row.get("document"):
        return row["document"]
    if target.get("id"):
        return str(target["id"])
    names = {document.source.file: document.id for document in known}
    return names.get((row.get("file") or "").replace("\\", "/").rpartition("/")[2])


def _planned(
    store: Store,
    name: str,
    group: Sequence[tuple[int, Row]],
    known: Mapping[str, Document],
    target: Mapping[str, Any],
) -> Planned:
    meta = target if target.get("id") == name and len(target) > 1 else None
    if name in known:
        region, base, meta = known[name].region, store.open(name), None
    elif meta is None:
        raise KnownProblem(f"there is no document {name}; give its fields with --document")
    else:
        _refuse_known(meta, known.values())
        region, base = str(meta.get("region") or ""), store.new(name)
    adds = [AddClaim(claim_fields(row, region), row.get("reason") or "") for _, row in group]
    return Planned(Edit(base, adds, meta), tuple(group))


def _refuse_known(meta: Mapping[str, Any], known: Iterable[Document]) -> None:
    source = meta.get("source")
    sha256 = str(source.get("sha256")) if isinstance(source, Mapping) else ""
    twin = existing(known, sha256, meta.get("number"))
    if twin is not None:
        raise KnownProblem(f"this document is already in the data as {twin.id}")


def refusals(store: Store, plans: Iterable[Planned], name: str) -> list[str]:
    """Everything ``check`` refuses in the plans, each named by its candidate in the file."""
    lines: list[str] = []
    for planned in plans:
        preview = store.preview(planned.edit)
        before = len(planned.edit.base.claims)
        lines += [
            _located(problem, planned, before, name)
            for problem in preview.problems
            if problem.severity == "error"
        ]
    return lines


def _located(problem: Problem, planned: Planned, before: int, name: str) -> str:
    match = _CLAIM_PATH.fullmatch(problem.path)
    if match is None or int(match[1]) < before:
        return str(problem)
    number, row = planned.rows[int(match[1]) - before]
    message = _without_indicator(row) if problem.message == _NO_INDICATOR else problem.message
    return f"{name}: candidates[{number}]{match[2]}: {message}"


def _without_indicator(row: Row) -> str:
    wording = row.get("indicator_text")
    named = f" ({shown(wording)})" if wording else ""
    return (
        f"the figure has no indicator in the registry{named}; give it one in indicator_id "
        "此数值在登记册中没有对应的指标，请在 indicator_id 中指定一个"
    )


def save_all(store: Store, plans: Iterable[Planned], by: str) -> list[Saved]:
    """Save the vetted plans, one document after the other."""
    return [store.save(planned.edit, by) for planned in plans]
