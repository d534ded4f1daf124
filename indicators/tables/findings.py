"""Consistency findings as sentences in both languages, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from indicators.core.consistency import Finding
from indicators.core.consistency import findings as find
from indicators.core.model import Claim, Document, Snapshot
from indicators.core.unit import UNITS
from indicators.tables.claims import claim_id, each_claim
from indicators.text import Language, singular, translator
from indicators.text.periods import period, period_said
from indicators.text.sentences import PARTS, SENTENCES, SUBJECT

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
        "text_zh": _text(snapshot, finding, cited, "zh") + _stop(finding.note_zh, "。"),
        "text_en": " ".join(filter(None, (_text(snapshot, finding, cited, "en"), _note(finding)))),
        "claim_ids": finding.claim_ids,
        "document_id": document.id,
        "document_title": document.title,
        "document_number": document.number,
        "quotes": tuple(cited[i][1].quote for i in finding.claim_ids),
    }


def _text(
    snapshot: Snapshot,
    finding: Finding,
    cited: Mapping[str, tuple[Document, Claim]],
    lang: Language,
) -> str:
    """The sentence behind what it is about: ``益阳市，公立医院资产负债率，2021年：…``."""
    place = 0 if lang == "zh" else 1
    subject = SUBJECT[place].format(
        region=snapshot.regions[finding.region_code].name,
        indicators=_names(snapshot, finding, lang),
        period=period_said(finding.period, _basis(finding, cited), lang),
    )
    values = finding.values if lang == "zh" else _english(finding.values)
    dates = {
        "now": period(finding.period, lang),
        "before": period(finding.values.get("baseline_period"), lang),
    }
    return subject + SENTENCES[finding.code][place].format(**values, **dates)


def _basis(finding: Finding, cited: Mapping[str, tuple[Document, Claim]]) -> str:
    """``document`` where a figure of the finding's period only has its document's date."""
    claims = (cited[code][1] for code in finding.claim_ids)
    bases = {c.period_basis for c in claims if str(c.period) == finding.period}
    return "document" if "document" in bases else "stated"


def _names(snapshot: Snapshot, finding: Finding, lang: Language) -> str:
    """The indicators by name; a sum's total with its parts behind it."""
    t = translator(lang)
    named = [snapshot.indicators[code].name for code in finding.indicator_ids]
    first, *rest = [name.zh if lang == "zh" else name.en for name in named]
    if finding.code not in ("sum_holds", "sum_differs"):
        return t("、").join((first, *rest))
    return PARTS[0 if lang == "zh" else 1].format(total=first, parts=t("、").join(rest))


def _note(finding: Finding) -> str:
    """The note in English; a note that the registry writes in Chinese alone is translated."""
    return _stop(finding.note_en or translator("en")(finding.note_zh), ".")


def _english(values: Mapping[str, str]) -> dict[str, str]:
    """The values of a sentence with the units in English words."""
    said = dict(values)
    for name in ("unit", "level_unit"):
        symbol = values.get(name, "")
        said[f"in_{name}"] = _after_figure(symbol)
        said[name] = UNITS[symbol].en if symbol in UNITS else symbol
    said["scale"] = _SCALES.get(values.get("scale", ""), values.get("scale", ""))
    said["figures"] = _FIGURE.sub(
        lambda found: found[1] + _after_figure(found[2], one=found[1] == "1"),
        values.get("figures", ""),
    )
    return said


_SCALES = {"万": " × 10,000", "亿": " × 100 million"}
#: One figure of a list such as ``65% / 12/10万``: digits, then the unit's symbol.
_FIGURE = re.compile(r"(-?[0-9.]+)(\S*)(?= / |$)")


def _after_figure(symbol: str, *, one: bool = False) -> str:
    """How English writes the unit behind its figure: ``%``, `` records``, `` × 10,000 records``."""
    name = UNITS[symbol].en if symbol in UNITS else symbol
    if not name or name in ("%", "‰"):
        return name
    if name[0].isdigit():
        return f" × {name}"
    return f" {singular(name) if one else name}"


def _stop(note: str, mark: str) -> str:
    return note if not note or note.endswith(mark) else note + mark
