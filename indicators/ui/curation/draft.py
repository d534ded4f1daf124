"""One curator's review of one document: what is proposed, what was decided, what is saved.

Nothing here shows or reads anything; every decision is a method, so that the rules of the
review (no silent loss: read = accepted + rejected + pending) can be tested by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from indicators.core.candidate import ImportedCell, ImportResult
from indicators.core.errors import KnownProblem
from indicators.core.model import Document
from indicators.files.operations import (
    AddClaim,
    ChangeClaim,
    Edit,
    OpenDocument,
    Operation,
    RejectCandidate,
    WithdrawClaim,
)
from indicators.mining.candidate import Candidate

Status = Literal["pending", "accepted", "edited", "rejected", "known", "corrected", "withdrawn"]
Fields = dict[str, str | None]

#: Fields that a kind of claim may have, in the order of the form.
FIELDS: dict[str, tuple[str, ...]] = {
    "reported": ("period", "period_basis", "value", "unit", "precision", "upper"),
    "commitment": ("due", "comparator", "value", "unit", "upper", "precision"),
    "milestone": ("due",),
    "change": ("period", "baseline_period", "value", "unit", "precision", "period_basis", "due"),
}
COMMON = ("indicator", "kind", "region", "scope", "definition", "quote", "section", "note")
_DEFAULTS = {"precision": "exact", "period_basis": "stated"}
_WRITES = frozenset({"accepted", "edited", "corrected", "withdrawn", "rejected"})


@dataclass
class Item:
    """One figure under review: ``fields`` as proposed (or as they stand), ``decided`` as edited.

    ``existing`` is the number of the claim where the document already has it; ``offset``
    and ``length`` say where it stands in the text (null: not found there). ``clear`` marks
    a cell of a table that nothing speaks against. ``warned`` are the fields that were shown
    with a warning: entered again unchanged, they are taken.
    """

    number: int
    fields: Fields
    offset: int | None = None
    length: int = 0
    wording: str = ""
    confidence: float | None = None
    reasons: tuple[str, ...] = ()
    clear: bool = False
    existing: int | None = None
    status: Status = "pending"
    decided: Fields | None = None
    reason: str = ""
    change: Literal["correction", "revision"] = "correction"
    warned: Fields | None = None

    @property
    def shown(self) -> Fields:
        """The fields as they would be saved now."""
        return self.decided or self.fields

    @property
    def end(self) -> int | None:
        """Where the quote ends in the text."""
        return None if self.offset is None else self.offset + self.length


@dataclass
class Draft:
    """A document under review. ``base`` is its file as it was when the review began.

    ``withheld`` counts candidates left out because their words hold personal data,
    ``previewed`` is the digest of the text whose preview was asked for, ``picked`` the row
    last chosen in the table.
    ``data`` are the bytes of the upload; of a spreadsheet, ``options`` is what the table does
    not say of itself, ``table`` the account of its cells.
    """

    name: str
    sha256: str
    text: str
    file_kind: str
    base: OpenDocument
    meta: Fields
    items: list[Item] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    encoding: str | None = None
    sample: str = ""
    document: Document | None = None
    confirmed: bool = False
    withheld: int = 0
    previewed: str = ""
    picked: int | None = None
    data: bytes = b""
    options: Fields = field(default_factory=dict)
    table: ImportResult | None = None
    focus: int = 1

    def item(self, number: int) -> Item:
        """The item of that number (from 1)."""
        return self.items[number - 1]

    def accept_clear(self) -> int:
        """Take every cell that nothing speaks against; how many there were."""
        waiting = [item for item in self.items if item.clear and item.status == "pending"]
        for item in waiting:
            item.decided, item.status = cleaned(item.fields), "accepted"
        self.focus = self.next_pending(0) or self.focus
        return len(waiting)

    def pick(self, row: int | None) -> None:
        """A row (from 0) chosen in the table; one that was chosen before changes nothing."""
        if row is not None and row != self.picked:
            self.go(row + 1)
        self.picked = row

    def go(self, number: int) -> None:
        """Bring an item under review."""
        self.focus = min(max(1, number), max(1, len(self.items)))

    def accept(self, number: int, fields: Fields) -> None:
        """Take the claim with these fields, ``edited`` where they differ from the proposal."""
        item = self.item(number)
        wanted = cleaned(fields)
        item.decided = wanted
        same = self._written(wanted) == self._written(item.fields)
        item.status = "accepted" if same else "edited"
        item.reason = ""
        self._advance(number)

    def reject(self, number: int, reason: str) -> None:
        """Leave the candidate out, with the reason why. Raises :class:`KnownProblem`."""
        self._decide(number, "rejected", reason)

    def correct(
        self, number: int, fields: Fields, reason: str, change: Literal["correction", "revision"]
    ) -> None:
        """Change a claim that the document already has. Raises :class:`KnownProblem`."""
        item = self.item(number)
        if self._written(fields) == self._written(item.fields):
            raise KnownProblem("the correction changes nothing")
        self._decide(number, "corrected", reason)
        item.decided, item.change = cleaned(fields), change

    def withdraw(self, number: int, reason: str) -> None:
        """Take a claim out of the document. Raises :class:`KnownProblem`."""
        self._decide(number, "withdrawn", reason)

    def reopen(self, number: int) -> None:
        """Forget the decision on an item."""
        item = self.item(number)
        item.status = "pending" if item.existing is None else "known"
        item.decided, item.reason = None, ""
        self.focus = number

    def add(self) -> Item:
        """An empty item for a figure that was missed."""
        item = Item(len(self.items) + 1, {"kind": "reported"})
        self.items.append(item)
        self.focus = item.number
        return item

    def _decide(self, number: int, status: Status, reason: str) -> None:
        if not reason.strip():
            raise KnownProblem("a reason is needed")
        item = self.item(number)
        item.status, item.reason, item.decided = status, reason.strip(), None
        self._advance(number)

    def _advance(self, number: int) -> None:
        self.focus = self.next_pending(number) or number

    def next_pending(self, after: int) -> int | None:
        """The next undecided item, from the beginning again after the last one."""
        waiting = [item.number for item in self.items if item.status == "pending"]
        return next((n for n in waiting if n > after), waiting[0] if waiting else None)

    def counts(self) -> Counter[str]:
        """How many items have which status; the sum is all items."""
        return Counter(item.status for item in self.items)

    @property
    def ready(self) -> bool:
        """Whether there is anything to save."""
        return any(item.status in _WRITES for item in self.items)

    @property
    def is_new(self) -> bool:
        """Whether the document is not in the data yet."""
        return self.base.digest is None

    def edit(self) -> Edit:
        """Everything decided so far, as one edit of the document's file."""
        operations = [op for item in self.items if (op := self._operation(item)) is not None]
        if not self.is_new:
            return Edit(self.base, operations)
        base = OpenDocument(f"{self.meta.get('id') or 'draft'}.yaml", "", None)
        return Edit(base, operations, self._new_meta())

    def _operation(self, item: Item) -> Operation | None:
        if item.status in ("accepted", "edited"):
            return AddClaim(self._written(item.shown), item.reason)
        if item.status == "corrected" and item.existing is not None:
            changed = differing(self._written(item.shown), self._written(item.fields))
            return ChangeClaim(item.existing, changed, item.reason, item.change)
        if item.status == "withdrawn" and item.existing is not None:
            return WithdrawClaim(item.existing, item.reason)
        if item.status == "rejected":
            return RejectCandidate(self._written(item.fields), item.reason)
        return None

    def _written(self, fields: Fields) -> Fields:
        """As in the file: the document's own region is not repeated on its claims."""
        kept = cleaned(fields)
        if kept.get("region") == self.meta.get("region"):
            kept.pop("region")
        return kept

    def _new_meta(self) -> dict[str, str | dict[str, str | None] | None]:
        source: dict[str, str | None] = {"file": self.name, "sha256": self.sha256}
        meta: dict[str, str | dict[str, str | None] | None] = dict(self.meta)
        return {**meta, "source": source}


def cleaned(fields: Mapping[str, str | None]) -> Fields:
    """The fields that a claim of this kind may have, without blanks and defaults."""
    kind = fields.get("kind") or "reported"
    allowed = (*COMMON, *FIELDS.get(kind, ()))
    kept: Fields = {}
    for name in allowed:
        value = (fields.get(name) or "").strip()
        if value and _DEFAULTS.get(name) != value:
            kept[name] = value
    if kind == "milestone":
        kept["unit"] = "是/否"
    return kept


def differing(new: Fields, old: Fields) -> Fields:
    """The fields of ``new`` that differ from ``old``; removed ones as ``None``.

    A default (precision, period_basis) is said outright, because its absence from the
    file would otherwise leave the old value standing.
    """
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    for name in old.keys() - new.keys():
        changed[name] = _DEFAULTS.get(name)
    return changed


def proposed(candidate: Candidate | ImportedCell) -> Fields:
    """The fields of a candidate as texts, as a claim would have them."""

    def number(value: object) -> str | None:
        return None if value is None else format(value, "f")

    return {
        "indicator": candidate.indicator_id or None,
        "kind": candidate.kind,
        "region": candidate.region_code or None,
        "scope": candidate.scope,
        "period": candidate.period,
        "period_basis": candidate.period_basis,
        "baseline_period": candidate.baseline_period,
        "due": candidate.due,
        "comparator": candidate.comparator,
        "value": number(candidate.value),
        "upper": number(candidate.upper),
        "unit": candidate.unit,
        "precision": candidate.precision,
        "quote": candidate.quote,
    }


def from_candidates(candidates: Iterable[Candidate], first: int = 1) -> list[Item]:
    """Pending items, numbered from ``first`` in the order of the text."""
    ordered = sorted(candidates, key=lambda candidate: candidate.offset)
    return [
        Item(
            number=number,
            fields=proposed(candidate),
            offset=candidate.offset,
            length=len(candidate.quote),
            wording=candidate.indicator_text,
            confidence=candidate.confidence,
            reasons=candidate.reasons,
        )
        for number, candidate in enumerate(ordered, first)
    ]
