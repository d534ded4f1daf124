"""Consistency findings as sentences in both languages, each with its sources."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.core.consistency import Finding
from indicators.core.consistency import findings as find
from indicators.core.model import Claim, Document, Snapshot
from indicators.tables.claims import claim_id, each_claim
from indicators.text.sentences import SENTENCES

FINDING_COLUMNS = (
    "code",
    "status",
    "region_code",
    "region_name",
    "period",
    "indicator_id",
    "indicator_ids",
    "indicator_name",
    "indicator_name_en",
    "text_zh",
    "text_en",
    "claim_ids",
    "document_id",
    "document_title",
    "document_number",
    "quotes",
)

#: holds · differs · derived · explained: how a reader should take the finding.
STATUS = {
    "sum_holds": "holds",
    "sum_differs": "differs",
    "implied_denominator": "derived",
    "beyond_hundred": "explained",
    "conflict": "differs",
    "change_holds": "holds",
    "change_differs": "differs",
    "change_implies": "derived",
}


def findings(snapshot: Snapshot) -> pd.DataFrame:
    """One row per finding (:data:`FINDING_COLUMNS`); ``quotes`` are the words it rests on."""
    cited = {claim_id(d, n): (d, c) for d, n, c in each_claim(snapshot)}
    rows = [_row(snapshot, finding, cited) for finding in find(snapshot)]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype=object)


def _row(
    snapshot: Snapshot, finding: Finding, cited: Mapping[str, tuple[Document, Claim]]
) -> dict[str, object]:
    zh, en = SENTENCES[finding.code]
    document = cited[finding.claim_ids[0]][0]
    indicator = snapshot.indicators[finding.indicator_ids[0]]
    return {
        "code": finding.code,
        "status": STATUS[finding.code],
        "region_code": finding.region_code,
        "region_name": snapshot.regions[finding.region_code].name,
        "period": finding.period,
        "indicator_id": indicator.id,
        "indicator_ids": finding.indicator_ids,
        "indicator_name": indicator.name.zh,
        "indicator_name_en": indicator.name.en,
        "text_zh": zh.format(**finding.values) + _stop(finding.note_zh, "。"),
        "text_en": " ".join(
            filter(None, (en.format(**finding.values), _stop(finding.note_en, ".")))
        ),
        "claim_ids": finding.claim_ids,
        "document_id": document.id,
        "document_title": document.title,
        "document_number": document.number,
        "quotes": tuple(cited[i][1].quote for i in finding.claim_ids),
    }


def _stop(note: str, mark: str) -> str:
    return note if not note or note.endswith(mark) else note + mark
