"""A promise whose latest figure and whose base two documents each state differently.

Visits kept within the county of 云江市: at least 100 % by 2030; 2020 is 50 or 40, 2025 is
74 or 76. Only 74 measured from 50 (48 % of the way at half of the time) is behind.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from indicators.core.model import Document, Indicator, Region, Snapshot, Text, Theme
from indicators.core.settings import Settings
from indicators.tables.assess import assess

AS_OF = date(2026, 6, 30)

_INDICATOR = Indicator.model_validate(
    {
        "id": "county_visit_share",
        "name": {"zh": "县域内就诊率", "en": "Visits kept within the county"},
        "theme": "care",
        "unit": "%",
        "direction": "up",
        "definition": {"status": "unverified"},
        "levels": ("city",),
    }
)


def _document(code: str, dated: str, *claims: dict[str, Any], **more: Any) -> Document:
    return Document.model_validate(
        {
            "id": code,
            "title": f"{code}的答复",
            "kind": "npc_reply",
            "issuer": "云江市卫健委",
            "region": "990100",
            "dated": dated,
            "source": {"file": f"{code}.txt", "sha256": "0" * 64},
            "claims": [{"indicator": "county_visit_share", "unit": "%"} | c for c in claims],
        }
        | more
    )


def _reported(period: str, value: str, section: str) -> dict[str, Any]:
    quote = f"{period}年县域内就诊率{value}%"
    return {
        "kind": "reported",
        "period": period,
        "value": value,
        "quote": quote,
        "section": section,
    }


_PROMISE = {
    "kind": "commitment",
    "comparator": ">=",
    "value": "100",
    "due": "2030",
    "quote": "到2030年达到100%",
    "section": "三",
}


def snapshot() -> Snapshot:
    """The four replies, of which only one has no number."""
    documents = (
        _document(
            "a-2021", "2021-03-01", _reported("2020", "50", "一（一）"), number="云卫〔2021〕3号"
        ),
        _document("b-2021", "2021-04-01", _reported("2020", "40", "一（二）"), _PROMISE),
        _document(
            "c-2026", "2026-03-10", _reported("2025", "74", "二（一）"), number="云卫〔2026〕1号"
        ),
        _document(
            "d-2026", "2026-04-10", _reported("2025", "76", "二（二）"), number="云卫〔2026〕9号"
        ),
    )
    regions = {"990100": Region(code="990100", name="云江市", level="city", parent=None)}
    theme = Theme(id="care", name=Text(zh="就医", en="Care"))
    return Snapshot((theme,), {_INDICATOR.id: _INDICATOR}, (), regions, documents, "d" * 64)


def late() -> Snapshot:
    """The same promise years later: documents differ on 2030, 2031 reaches the target."""
    known = snapshot()
    more = (
        _document("e-2031", "2031-03-01", _reported("2030", "99", "四")),
        _document("f-2031", "2031-04-01", _reported("2030", "100", "四")),
        _document("g-2032", "2032-01-01", _reported("2031", "100", "四")),
    )
    return replace(known, documents=(*known.documents, *more))


@lru_cache(maxsize=1)
def judged() -> pd.DataFrame:
    """The one promise with its verdict, as of 2026-06-30."""
    return assess(snapshot(), Settings(), AS_OF)
