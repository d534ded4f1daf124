"""How a claim under review is put in words: indicator, figure, period and region."""

from __future__ import annotations

from indicators.charts import words
from indicators.core.model import parse_number
from indicators.ui.curation.draft import Draft, Fields, Item
from indicators.ui.view import View


def indicator_words(view: View, item: Item) -> str:
    """The indicator's name; the document's own wording where the registry lacks it."""
    known = item.shown.get("indicator") or ""
    if known in view.snapshot.indicators:
        return view.indicator_name(known)
    return view.t("？{wording}", wording=item.wording) if item.wording else "？"


def figure(view: View, fields: Fields) -> str:
    """``≥ 65%``, ``93.05%``, ``60%～70%`` as the claim would be shown."""
    if not fields.get("value"):
        return view.word("claim_kind", "milestone") if fields.get("kind") == "milestone" else "—"
    ends = [_amount(view, fields, fields["value"])]
    if fields.get("upper"):
        ends.append(_amount(view, fields, fields["upper"]))
    sign = {">=": "≥ ", "<=": "≤ ", "~": "≈ "}.get(fields.get("comparator") or "", "")
    return sign + "～".join(ends)


def _amount(view: View, fields: Fields, text: str | None) -> str:
    try:
        value = parse_number(text)
    except ValueError:
        return text or ""
    precision = "exact" if fields.get("comparator") else fields.get("precision")
    return words.amount(value, fields.get("unit"), view.lang, precision)


def when(view: View, fields: Fields) -> str:
    """The period of a figure or the deadline of a promise."""
    if fields.get("due"):
        return view.t("期限 {due}", due=fields["due"])
    return fields.get("period") or "—"


def region_name(view: View, draft: Draft, fields: Fields) -> str:
    """The region a claim speaks about."""
    code = fields.get("region") or draft.meta.get("region") or ""
    region = view.snapshot.regions.get(code)
    return region.name if region else "？"
