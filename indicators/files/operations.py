"""What a curator can do to a document, as values: applied to a text they give a new text
and the list of changes for the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indicators.core.errors import KnownProblem
from indicators.core.personal import personal_data
from indicators.files import yaml_edit
from indicators.files.audit import digest

Change = dict[str, Any]
Fields = yaml_edit.Fields


@dataclass(frozen=True)
class OpenDocument:
    """A document file as it was read: what an edit is based on.

    ``digest`` is the SHA-256 of the bytes; ``name`` the file's name (``x.yaml``).
    For a document that does not exist yet, ``text`` is empty and ``digest`` null.
    """

    name: str
    text: str
    digest: str | None

    @property
    def id(self) -> str:
        """The document's id: the name without its suffix, which new files always follow."""
        return self.name.removesuffix(".yaml")

    @property
    def claims(self) -> list[dict[str, str | None]]:
        """Its claims as texts, in order; claim ``n`` of the other operations is ``claims[n-1]``."""
        return yaml_edit.claims_of(self.text) if self.text else []


@dataclass(frozen=True)
class AddClaim:
    """Append a claim (texts by field name, as in the YAML). ``reason`` may be empty."""

    fields: Fields
    reason: str = ""


@dataclass(frozen=True)
class ChangeClaim:
    """Set fields of claim ``number``: ``correction`` mends a slip against the source,
    ``revision`` follows a source that gives better data. A reason is required."""

    number: int
    fields: Fields
    reason: str
    type: Literal["correction", "revision"] = "correction"


@dataclass(frozen=True)
class WithdrawClaim:
    """Take claim ``number`` out of the document; later claims move up. A reason is required."""

    number: int
    reason: str


@dataclass(frozen=True)
class RejectCandidate:
    """Keep on record that a proposed claim was looked at and left out, and why.

    Changes no text: it stands in the audit log beside what was taken. A reason is required.
    """

    fields: Fields
    reason: str


Operation = AddClaim | ChangeClaim | WithdrawClaim | RejectCandidate


@dataclass(frozen=True)
class Edit:
    """Operations on one document, saved together or not at all.

    Claim numbers refer to ``base``, whatever the order of the operations. ``meta``
    (fields of a Document without claims) only where the document is new.
    """

    base: OpenDocument
    operations: Sequence[Operation]
    meta: Mapping[str, Any] | None = None


def apply(edit: Edit, text: str | None = None) -> str:
    """The text after the edit (of ``text``, by default of the base). Raises KnownProblem."""
    adds = [op.fields for op in edit.operations if isinstance(op, AddClaim)]
    if edit.meta is not None:
        return yaml_edit.new_document(edit.meta, adds)
    result = edit.base.text if text is None else text
    for op in _changes_last_first(edit):
        if isinstance(op, ChangeClaim):
            result = yaml_edit.change_claim(result, op.number, op.fields)
        else:
            result = yaml_edit.remove_claim(result, op.number)
    return yaml_edit.add_claims(result, adds)


def _changes_last_first(edit: Edit) -> list[ChangeClaim | WithdrawClaim]:
    chosen = [op for op in edit.operations if isinstance(op, ChangeClaim | WithdrawClaim)]
    numbers = [op.number for op in chosen]
    if len(numbers) != len(set(numbers)):
        raise KnownProblem("a claim may be changed or withdrawn only once in one save")
    return sorted(chosen, key=lambda op: op.number, reverse=True)


def changes(edit: Edit, document_id: str) -> list[Change]:
    """One entry per operation for the audit log: type, claim, before, after, reason.

    Raises :class:`KnownProblem` for a change without reason or with personal data in it.
    """
    before = edit.base.claims
    next_number = len(before) - sum(isinstance(op, WithdrawClaim) for op in edit.operations)
    listed = []
    for op in edit.operations:
        if isinstance(op, AddClaim):
            next_number += 1
        listed.append(_change(op, document_id, before, next_number))
    return listed


def _change(
    op: Operation, document_id: str, before: list[dict[str, str | None]], added: int
) -> Change:
    _check_reason(op)
    if isinstance(op, AddClaim):
        after = {name: value for name, value in op.fields.items() if value is not None}
        return _entry("add", f"{document_id}#{added}", None, after, op.reason)
    if isinstance(op, RejectCandidate):
        return _entry("reject", document_id, _without_personal(op.fields), None, op.reason)
    if not 1 <= op.number <= len(before):
        raise KnownProblem(f"the document has no claim {op.number}")
    old, claim = before[op.number - 1], f"{document_id}#{op.number}"
    if isinstance(op, WithdrawClaim):
        return _entry("withdraw", claim, old, None, op.reason)
    return _entry(op.type, claim, old, {**old, **op.fields}, op.reason)


def _without_personal(fields: Fields) -> dict[str, str]:
    """A rejected candidate as it is logged: a field with personal data is left out."""
    return {name: value for name, value in fields.items() if value and not personal_data(value)}


def _entry(kind: str, claim: str, before: Any, after: Any, reason: str) -> Change:
    return {"type": kind, "claim": claim, "before": before, "after": after, "reason": reason}


def _check_reason(op: Operation) -> None:
    if isinstance(op, RejectCandidate) and not op.reason.strip():
        raise KnownProblem("a rejection needs a reason")
    if not isinstance(op, AddClaim) and not op.reason.strip():
        raise KnownProblem("a correction, revision or withdrawal needs a reason")
    for kind in personal_data(op.reason):
        raise KnownProblem(f"expected no personal data in the reason, found {kind}")


def opened(name: str, data: bytes) -> OpenDocument:
    """The document of these bytes. Raises :class:`KnownProblem` for text that is not UTF-8."""
    try:
        return OpenDocument(name, data.decode("utf-8"), digest(data))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KnownProblem(f"{name}:{line}: not UTF-8") from None
