"""From the bytes of an upload to a draft: read in a limited process, recognised, mined."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from indicators.core.model import Claim, Document, Snapshot
from indicators.core.period import Period
from indicators.files.extract import NOTES, ExtractedText, extract_text
from indicators.files.operations import OpenDocument
from indicators.files.originals import free_name
from indicators.files.quotes import sources_folder
from indicators.files.write import Store
from indicators.mining.miner import mine_counted
from indicators.ui.curation import tables
from indicators.ui.curation.draft import Draft, Fields, Item, from_candidates
from indicators.ui.curation.recognise import known_document, metadata, same_claim

_UNSAFE = re.compile(r"[^\w.（）()〔〕《》、·—-]+")


def safe_name(name: str) -> str:
    """The upload's file name without any folder, control or separator character."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return _UNSAFE.sub("_", last).lstrip(".")[:120] or "document.txt"


def read(data: bytes, name: str) -> ExtractedText:
    """The text of an upload. Raises :class:`FileRefused` naming the file as it was called."""
    with tempfile.TemporaryDirectory(prefix="indicators-") as folder:
        path = Path(folder) / f"upload{Path(safe_name(name)).suffix.lower()}"
        path.write_bytes(data)
        return extract_text(path, name=safe_name(name))


def begin(data: bytes, name: str, snapshot: Snapshot, store: Store) -> Draft:
    """A draft of an uploaded document or table. Raises :class:`KnownProblem` where refused."""
    if tables.is_table(name):
        result = tables.read(data, safe_name(name), snapshot, {})
        draft = _draft(data, name, tables.text_of(result)[0], "table", snapshot, store)
        draft.table = result
    else:
        found = read(data, name)
        draft = _draft(data, name, found.text, found.kind, snapshot, store)
        draft.notes, draft.encoding, draft.sample = found.notes, found.encoding, found.sample
    refresh(draft, snapshot)
    return draft


def _draft(data: bytes, name: str, text: str, kind: str, snapshot: Snapshot, store: Store) -> Draft:
    digest = hashlib.sha256(data).hexdigest()
    meta = metadata("" if kind == "table" else text, safe_name(name), snapshot)
    document = known_document(meta, digest, snapshot.documents)
    folder = sources_folder(store.root, store.settings)
    return Draft(
        name=free_name(safe_name(name), digest, snapshot.documents, folder),
        sha256=digest,
        data=data,
        text=text,
        file_kind=kind,
        base=OpenDocument("", "", None) if document is None else store.open(document.id),
        meta=meta if document is None else _meta_of(document),
        document=document,
        confirmed=document is not None,
    )


def onto(draft: Draft, document: Document, store: Store, snapshot: Snapshot) -> None:
    """Lay the review on the document as it now stands in the data; decisions are let go."""
    draft.base, draft.document = store.open(document.id), document
    draft.meta, draft.confirmed, draft.items = _meta_of(document), True, []
    draft.previewed = ""
    refresh(draft, snapshot)


def note_texts(draft: Draft, language: str) -> tuple[str, ...]:
    """What the reader of the file should know about the reading, as sentences."""
    return tuple(NOTES[code][language != "zh"] for code in draft.notes if code in NOTES)


def refresh(draft: Draft, snapshot: Snapshot) -> None:
    """Mine the text again (region or date changed); decisions already made are kept."""
    decided = [item for item in draft.items if item.status not in ("pending", "known")]
    standing = _existing(draft)
    home = draft.meta.get("region")
    found = _cells(draft, snapshot) if draft.table else _mined(draft, snapshot)
    fresh = [item for item in found if not _met(item, [*decided, *standing], home)]
    kept = [i for i in standing if i.existing not in {d.existing for d in decided}]
    draft.items = _numbered([*decided, *kept, *fresh])
    draft.focus = draft.next_pending(0) or 1


def _mined(draft: Draft, snapshot: Snapshot) -> list[Item]:
    home = draft.meta.get("region")
    mined = mine_counted(
        draft.text,
        snapshot=snapshot,
        region=home if home in snapshot.regions else None,
        dated=_sound_date(draft.meta.get("dated")),
        file=draft.name,
        plan=draft.meta.get("kind") == "plan",
    )
    draft.withheld = mined.refused
    return from_candidates(mined.candidates)


def _cells(draft: Draft, snapshot: Snapshot) -> list[Item]:
    options = {"parent": draft.meta.get("region"), **draft.options}
    draft.table = tables.read(draft.data, draft.name, snapshot, options)
    return tables.items(draft.table)


def _met(item: Item, others: Sequence[Item], home: str | None) -> bool:
    """Whether an item states what another one already states (then it is shown once)."""
    return any(
        (item.offset == other.offset and item.fields.get("quote") == other.fields.get("quote")
         and item.fields.get("value") == other.fields.get("value"))
        or same_claim(item.fields, other.fields, home)
        for other in others
    )  # fmt: skip


def _numbered(items: Sequence[Item]) -> list[Item]:
    """In the order of the text; what stands nowhere in it comes last."""
    ordered = sorted(items, key=lambda item: (item.offset is None, item.offset or 0, item.number))
    for number, item in enumerate(ordered, 1):
        item.number = number
    return ordered


def _existing(draft: Draft) -> list[Item]:
    """The claims that the document's file already has, found again in the text."""
    items = []
    for number, fields in enumerate(draft.base.claims, 1):
        quote = fields.get("quote") or ""
        at = draft.text.find(quote) if quote else -1
        where = None if at < 0 else at
        items.append(Item(number, _as_fields(fields), where, existing=number, status="known"))
    return items


def _as_fields(claim: Fields) -> Fields:
    return {name: claim[name] for name in Claim.model_fields if claim.get(name) is not None}


def _meta_of(document: Document) -> Fields:
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "issuer": document.issuer,
        "number": document.number,
        "proposal": document.proposal,
        "region": document.region,
        "dated": document.dated.text,
    }


def _sound_date(text: str | None) -> str | None:
    try:
        return Period.parse(text).text if text else None
    except ValueError:
        return None
