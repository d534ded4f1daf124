"""Why a target has its verdict, in one or two sentences of fixed patterns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.charts import words
from indicators.core.unit import UNITS
from indicators.tables.citation import source_line
from indicators.tables.rivals import rests_on_base, stated
from indicators.ui.view import View

Row = Mapping[str, Any]


def target(view: View, row: Row) -> str:
    """``≥65%``; a milestone reads ``未设数值``."""
    value = None if row["target_kind"] == "milestone" else row["target"]
    return words.target(row["comparator"], value, row["target_upper"], row["unit"], view.lang)


def due(view: View, row: Row) -> str:
    """The due period as written, or that none is written."""
    return words.period(row["due"], view.lang) if row["due"] else view.t("未写期限")


def value(view: View, row: Row) -> str:
    """The figure shown beside the verdict; an em dash for none."""
    return words.amount(row["value"], row["unit"], view.lang, row["precision"])


def value_with_period(view: View, row: Row) -> str:
    """``93.05%（2021年12月）``, with the region where it is not the target's own."""
    if row["value"] is None:
        return "—"
    said = view.t(
        "{value}（{period}）", value=value(view, row), period=words.period(row["period"], view.lang)
    )
    foreign = row["value_region_code"] not in (None, row["region_code"])
    return f"{row['value_region_name']} {said}" if foreign else said


def distance(view: View, row: Row) -> str:
    """Value minus target in its own unit, signed; an em dash where there is none."""
    if row["distance"] is None or row["unit"] == "是/否":
        return "—"
    return words.gap(row["distance"], _unit_of_gap(row), view.lang)


def _unit_of_gap(row: Row) -> str:
    return row["unit"] if row["unit"] in UNITS else ""


def sentence(view: View, row: Row) -> str:
    """What the verdict rests on. Says what is absent as plainly as what is there."""
    t, code = view.t, row["verdict"]
    known = value_with_period(view, row)
    if code == "due_unreported":
        head = t(
            "期限 {due} 已过，截至 {day} 所引文件中没有覆盖这一期限的报告值。",
            due=due(view, row),
            day=view.as_of.isoformat(),
        )
        return head + _last_known(view, row, known)
    if code == "unreported":
        return _silent(view, row)
    if code == "not_comparable":
        reason = view.word("reason", row["reason"]) if row["reason"] else "—"
        return t("已有数值 {value}，但{reason}，不据此判定。", value=known, reason=reason)
    head = t("最近报告值 {value}，目标 {target}", value=known, target=target(view, row))
    gap = distance(view, row)
    return head + (t("，相差 {gap}。", gap=gap) if gap != "—" else t("。"))


def against(view: View, row: Row) -> str:
    """A figure against a benchmark, in one line that stands on its own."""
    head = view.t(
        "{region}，参考线 {target}（{due}）：",
        region=row["region_name"],
        target=target(view, row),
        due=due(view, row),
    )
    caveats = view.t("；").join(view.word("caveat", code) for code in row["caveats"])
    return (
        head + sentence(view, row) + (view.t("（{caveats}）", caveats=caveats) if caveats else "")
    )


def _silent(view: View, row: Row) -> str:
    if row["due"]:
        return view.t("期限 {due} 未到，所引文件中还没有报告值。", due=due(view, row))
    return view.t("文件未写期限，所引文件中没有报告值。")


def _last_known(view: View, row: Row, known: str) -> str:
    if row["value"] is None:
        return ""
    if row["last_value_satisfies"]:
        return view.t("最近已知数值 {value} 本身已达到，但早于期限，不据此判定。", value=known)
    return view.t("最近已知数值 {value}，早于期限，不据此判定。", value=known)


def base(view: View, row: Row) -> str:
    """The figure that progress is measured from; an em dash for none."""
    return words.amount(row["base_value"], row["unit"], view.lang, row["base_precision"])


def source(view: View, row: Row) -> str:
    """Where the figure shown is stated, and what other documents state for its period."""
    if row["value"] is None:
        return ""
    found = [source_line(row, view.lang, "value_")]
    for claim in stated(view.snapshot, row["disagreeing_claims"]):
        figure = words.stated_amount(claim, row["period"], view.lang)
        said = view.t("另有文件写为 {figure}", figure=figure)
        found.append(view.t("{said}（{scope}）", said=said, scope=source_line(claim, view.lang)))
    return view.t("；").join(found)


def pace(view: View, row: Row) -> str:
    """Share of the way covered and the yearly changes, marked as derived, after the figure
    they are measured from; or nothing."""
    t, parts = view.t, []
    if row["achieved_pct"] is not None:
        parts.append(t("已完成目标变化的 {pct}%", pct=row["achieved_pct"]))
    if row["actual_per_year"] is not None:
        gap = words.gap(row["actual_per_year"], row["unit"], view.lang)
        parts.append(t("实际年均变化 {gap}", gap=gap))
    if row["required_per_year"] is not None:
        gap = words.gap(row["required_per_year"], row["unit"], view.lang)
        parts.append(t("所需年均变化 {gap}", gap=gap))
    if row["base_value"] is None or not (parts or rests_on_base(row)):
        return ""
    since = words.period(row["base_period"], view.lang)
    parts.insert(0, t("以{period} {value} 为起点", period=since, value=base(view, row)))
    return t("（推算）") + t("；").join(parts)
