"""The form of one claim: the fields that its kind has, prefilled, as plain widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from indicators.charts.words import unit_name
from indicators.core.lookup import half_width
from indicators.core.model import Snapshot
from indicators.core.unit import UNITS
from indicators.text import mark
from indicators.text.codes import codes
from indicators.ui.curation.draft import FIELDS, Draft, Fields, Item
from indicators.ui.view import View

#: Field -> label.
LABELS = {
    "indicator": mark("指标"),
    "kind": mark("类型"),
    "region": mark("地区"),
    "period": mark("期间"),
    "period_basis": mark("期间的依据"),
    "baseline_period": mark("基期"),
    "due": mark("期限"),
    "comparator": mark("比较符"),
    "value": mark("数值"),
    "upper": mark("上限（区间才填）"),
    "unit": mark("单位"),
    "precision": mark("精确程度"),
    "scope": mark("统计范围（如：户籍人口）"),
    "definition": mark("口径（与通行口径不同才填）"),
    "quote": mark("引文（原文中说明此数值的最短原句）"),
    "section": mark("在文中的位置（如：二（一））"),
    "note": mark("备注"),
}
_HINTS = {
    "period": "2021 · 2021-H1 · 2021-Q3 · 2021-12",
    "due": "2025 · 2025-12",
    "baseline_period": "2020",
    "value": "93.05",
}
_BASIS = {"stated": mark("文中写明"), "document": mark("文中未写，按文件日期")}
KINDS = ("reported", "commitment", "milestone", "change")


def kind_of(view: View, draft: Draft, item: Item) -> str:
    """The kind of claim, chosen outside the form because the form's fields follow from it."""
    current = item.shown.get("kind") or "reported"
    chosen = st.segmented_control(
        view.t(LABELS["kind"]),
        KINDS,
        default=current,
        format_func=lambda code: view.word("claim_kind", code),
        required=True,
        key=_key(draft, item, "kind"),
    )
    return chosen or current


def inputs(view: View, draft: Draft, item: Item, kind: str) -> Fields:
    """All fields of the claim as they stand in the form now."""
    filled = _Form(view, draft, item)
    values: Fields = {"kind": kind}
    wide, narrow = st.columns([3, 2])
    with wide:
        values["indicator"] = filled.indicator()
    with narrow:
        values["region"] = filled.region()
    values |= _row(filled, [name for name in FIELDS[kind] if name != "period_basis"])
    values["quote"] = filled.area("quote")
    with st.expander(view.t("更多字段：统计范围、口径、位置、备注")):
        values |= _row(filled, ["scope", "definition", "section", "note"])
        if "period_basis" in FIELDS[kind]:
            values["period_basis"] = filled.choice("period_basis", tuple(_BASIS), filled.basis)
    return values


def _row(filled: _Form, names: Sequence[str]) -> Fields:
    values: Fields = {}
    for name, column in zip(names, st.columns(len(names)), strict=True):
        with column:
            values[name] = filled.one(name)
    return values


class _Form:
    """Widgets of one item; each remembers its value by draft, item and field."""

    def __init__(self, view: View, draft: Draft, item: Item) -> None:
        self.view, self.draft, self.item = view, draft, item

    def one(self, name: str) -> str | None:
        """The widget that suits the field."""
        lang = self.view.lang
        if name == "unit":
            return self.choice(name, ("", *UNITS), lambda u: unit_name(u, lang) if u else "—")
        if name == "comparator":
            return self.choice(name, ("", *codes("comparator")), self._word("comparator"))
        if name == "precision":
            return self.choice(name, codes("precision"), self._word("precision"))
        return self.text(name)

    def text(self, name: str) -> str:
        """A line of text; full-width digits are taken as digits where a number is meant."""
        typed: str = st.text_input(
            self.view.t(LABELS[name]),
            self.item.shown.get(name) or "",
            placeholder=_HINTS.get(name, ""),
            key=_key(self.draft, self.item, name),
            max_chars=300,
        )
        return half_width(typed).strip() if name in _HINTS else typed.strip()

    def area(self, name: str) -> str:
        """A longer text."""
        typed: str = st.text_area(
            self.view.t(LABELS[name]),
            self.item.shown.get(name) or "",
            height=80,
            max_chars=600,
            key=_key(self.draft, self.item, name),
        )
        return typed.strip()

    def choice(self, name: str, options: Sequence[str], words: Callable[[str], str]) -> str:
        """One of a list; a value that is not in it is put in front."""
        current = self.item.shown.get(name) or ""
        if name == "region" and current == self.draft.meta.get("region"):
            current = ""
        known = [*options] if current in options or not current else [current, *options]
        at = known.index(current) if current in known else 0
        chosen: str = st.selectbox(
            self.view.t(LABELS[name]),
            known,
            index=at,
            format_func=words,
            key=_key(self.draft, self.item, name),
        )
        return chosen

    def indicator(self) -> str:
        """An indicator of the registry; empty where it has none that fits."""
        return self.choice("indicator", ("", *self.view.snapshot.indicators), self._indicator)

    def region(self) -> str:
        """The document's own region, or one that the document may speak of."""
        home = self.draft.meta.get("region")
        options = region_options(self.view.snapshot, home, self.item.shown.get("region"))
        return self.choice("region", options, self._region)

    def basis(self, code: str) -> str:
        """What a period rests on, in words."""
        return self.view.t(_BASIS.get(code, code))

    def _indicator(self, code: str) -> str:
        known = self.view.snapshot.indicators.get(code)
        if known is None:
            return code or self.view.t("请选择指标")
        name = known.name.zh if self.view.lang == "zh" else known.name.en
        return f"{name}（{unit_name(known.unit, self.view.lang)}）"

    def _region(self, code: str) -> str:
        home = self.draft.meta.get("region") or ""
        if not code:
            own = self.view.snapshot.regions.get(home)
            return self.view.t("本文件所属地区：{name}", name=own.name if own else "—")
        return region_words(self.view.snapshot, code)

    def _word(self, family: str) -> Callable[[str], str]:
        return lambda code: self.view.word(family, code) if code else "—"


def region_options(snapshot: Snapshot, home: str | None, extra: str | None) -> tuple[str, ...]:
    """The regions a document may speak of: its own first (empty), above it, below it."""
    if home not in snapshot.regions or home is None:
        return ("", *snapshot.regions)
    province = snapshot.lineage(home)[-2:][0]
    near = [code for code in snapshot.regions if province in snapshot.lineage(code)]
    options = ["", *snapshot.lineage(home)[1:], *(c for c in near if c != home)]
    if extra and extra in snapshot.regions:
        options.append(extra)
    return tuple(dict.fromkeys(options))


def region_words(snapshot: Snapshot, code: str) -> str:
    """``甲山县（990121）``, with the region above it where it is a county."""
    region = snapshot.regions.get(code)
    if region is None:
        return code
    above = snapshot.regions.get(region.parent or "")
    prefix = f"{above.name} " if above and region.level == "county" else ""
    return f"{prefix}{region.name}（{code}）"


def _key(draft: Draft, item: Item, name: str) -> str:
    return f"claim.{draft.sha256[:12]}.{item.number}.{item.status}.{name}"
