"""Candidate files: what mining and import write, a person decides on, and ``accept`` reads.

YAML, JSON or CSV. A file has ``candidates`` (or is a list of them) and may name the
``document`` they come from: an id already in the data, or the fields of a new document.
Each candidate gets ``decision: accept`` or ``decision: reject`` with a ``reason``;
without a decision it stays open.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from indicators.core.candidate import Candidate
from indicators.core.errors import KnownProblem
from indicators.core.model import Document
from indicators.core.problem import Problems
from indicators.files.located_yaml import parse_located
from indicators.files.refusals import FileRefused, Refusal
from indicators.files.untrusted import MAX_BYTES, decode
from indicators.files.yaml_edit import scalar

Row = dict[str, str | None]

#: Claim field -> candidate field, where the two differ.
_NAMES = {"indicator": "indicator_id", "region": "region_code"}
_CLAIM_FIELDS = (
    "indicator", "kind", "region", "scope", "definition", "period", "period_basis",
    "baseline_period", "due", "comparator", "value", "upper", "unit", "precision", "quote",
    "section", "note",
)  # fmt: skip
_HEAD = (
    "# decision: accept | reject (then with a reason); null = not decided yet\n"
    "# 审核：accept 采纳，reject 不采纳（须写 reason），null 尚未审核\n"
)


@dataclass(frozen=True)
class CandidateFile:
    """Candidates as read: texts by field name. ``document`` as written, or empty."""

    name: str
    rows: tuple[Row, ...]
    document: Mapping[str, Any]


def claim_fields(row: Row, document_region: str) -> Row:
    """The claim a candidate becomes; the document's own region is not repeated."""
    fields = {name: row.get(_NAMES.get(name, name)) or None for name in _CLAIM_FIELDS}
    if fields["region"] == document_region:
        fields["region"] = None
    if fields["period_basis"] == "stated":
        fields["period_basis"] = None
    return {name: value for name, value in fields.items() if value is not None}


def to_row(candidate: Candidate) -> Row:
    """A candidate as texts, ready to be decided on."""
    row: Row = {"decision": None, "reason": None}
    for name, value in asdict(candidate).items():
        row[name] = _as_text(value)
    return row


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return " ".join(map(str, value)) or None
    return str(value)


def dump(rows: Sequence[Row], document: Mapping[str, Any], suffix: str) -> bytes:
    """A candidate file as ``.yaml``, ``.json`` or ``.csv``. Raises :class:`KnownProblem`."""
    if suffix == ".json":
        content = {"document": dict(document), "candidates": list(rows)}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    if suffix == ".csv":
        return _csv(rows)
    if suffix in (".yaml", ".yml"):
        return _yaml(rows, document).encode()
    raise KnownProblem(f'candidates are written as .yaml, .json or .csv, not "{suffix}"')


def _yaml(rows: Sequence[Row], document: Mapping[str, Any]) -> str:
    lines = [_HEAD]
    if document:
        lines.append("document:\n")
        lines += _mapping(document, 2)
    lines.append("candidates:\n" if rows else "candidates: []\n")
    for row in rows:
        body = _mapping(row, 4)
        lines += ["  - " + body[0].lstrip(), *body[1:]]
    return "".join(lines)


def _mapping(values: Mapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += [" " * indent + f"{name}:\n", *_mapping(value, indent + 2)]
        else:
            lines.append(" " * indent + f"{name}: {scalar(name, value)}\n")
    return lines


def _csv(rows: Sequence[Row]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["decision", "reason"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: str | None) -> str:
    """A text that a spreadsheet would run as a formula, with the mark that prevents it."""
    text = value or ""
    risky = text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not _number(text))
    return "'" + text if risky else text


def _number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


def read(path: Path) -> CandidateFile:
    """Read a candidate file. Raises :class:`KnownProblem` naming file and place."""
    data = _bytes(path)
    if path.suffix == ".csv":
        return CandidateFile(path.name, tuple(_csv_rows(data, path.name)), {})
    value = _json(data, path.name) if path.suffix == ".json" else _strict_yaml(data, path.name)
    if isinstance(value, list):
        value = {"candidates": value}
    if not isinstance(value, dict) or not isinstance(value.get("candidates"), list):
        raise KnownProblem(f'{path.name}: expected a list of candidates under "candidates"')
    document = value.get("document") or {}
    if isinstance(document, str):
        document = {"id": document}
    if not isinstance(document, dict):
        raise KnownProblem(f"{path.name}: document: expected an id or the fields of a document")
    return CandidateFile(path.name, tuple(_rows(value["candidates"], path.name)), document)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise KnownProblem(f"{path}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise FileRefused(path.name, "size", size=path.stat().st_size, limit=MAX_BYTES)
    return data


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        raise KnownProblem(f"{name}:{error.lineno}: not valid JSON: {error.msg}") from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise KnownProblem(f"{name}: not valid JSON: {type(error).__name__}") from None


def _strict_yaml(data: bytes, name: str) -> Any:
    problems = Problems()
    located = parse_located(data, name, problems)
    if located is None:
        raise KnownProblem("\n".join(str(problem) for problem in problems))
    return located.value


def _csv_rows(data: bytes, name: str) -> Iterable[Row]:
    try:
        text, _ = decode(data)
    except Refusal as refusal:
        raise FileRefused(name, refusal.code, refusal.place, **refusal.values) from None
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise KnownProblem(f"{name}:{reader.line_num}: expected as many cells as columns")
            yield {key: _unmarked(value) for key, value in row.items()}
    except csv.Error as error:
        raise KnownProblem(f"{name}:{reader.line_num}: not valid CSV: {error}") from None


def _unmarked(value: str) -> str | None:
    if value[:1] == "'" and value[1:2] in ("=", "+", "@", "-", "\t", "\r"):
        value = value[1:]
    return value.strip() or None


def _rows(values: list[Any], name: str) -> Iterable[Row]:
    for number, value in enumerate(values):
        if not isinstance(value, dict):
            raise KnownProblem(f"{name}: candidates[{number}]: expected a mapping of fields")
        yield {str(key): _as_text(item) for key, item in value.items()}


def read_meta(path: Path) -> dict[str, Any]:
    """The fields of a document (without claims) from a YAML file. Raises KnownProblem."""
    value = _strict_yaml(_bytes(path), path.name)
    if not isinstance(value, dict):
        raise KnownProblem(f"{path.name}: expected the fields of a document")
    return {name: item for name, item in value.items() if name != "claims"}


def existing(documents: Iterable[Document], sha256: str, number: str | None) -> Document | None:
    """The document already in the data that has this original, or else this number."""
    documents = list(documents)
    by_original = [d for d in documents if d.source.sha256 == sha256]
    by_number = [d for d in documents if number and d.number == number]
    return next(iter(by_original + by_number), None)
