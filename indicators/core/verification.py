"""What the last comparison of quotes with the originals found.

A quote is looked up by its digest, not by its place, so that a claim whose words were
changed since counts as not verified, and one that only moved stays verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from indicators.core.model import Claim, Document, Snapshot

#: ``found``: the words stand in the original; ``missing``: they do not;
#: ``unchecked``: never compared, or the claim or the original changed since.
QuoteState = Literal["found", "missing", "unchecked"]


def quote_digest(quote: str) -> str:
    """SHA-256 of a quote as written."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class DocumentRecord:
    """One document compared on ``date``: the original's digest and each quote's result."""

    file: str
    sha256: str
    date: str
    quotes: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Verification:
    """The records by document id; empty where nothing was ever compared."""

    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)

    def record(self, document: Document) -> DocumentRecord | None:
        """The record of this document, if it speaks of the same original."""
        found = self.documents.get(document.id)
        return found if found is not None and found.sha256 == document.source.sha256 else None

    def state(self, document: Document, claim: Claim) -> QuoteState:
        """What is known of one claim's quote."""
        record = self.record(document)
        found = None if record is None else record.quotes.get(quote_digest(claim.quote))
        return "unchecked" if found is None else "found" if found else "missing"

    def verified_on(self, document: Document, claim: Claim) -> str | None:
        """The ISO date on which the claim's quote was found in the original, if it was."""
        record = self.record(document)
        return record.date if record and self.state(document, claim) == "found" else None

    def dates(self, snapshot: Snapshot) -> dict[str, str]:
        """``document#n`` (n from 1) to the date its quote was found; only those found."""
        return {
            f"{document.id}#{number}": date
            for document in snapshot.documents
            for number, claim in enumerate(document.claims, start=1)
            if (date := self.verified_on(document, claim)) is not None
        }
