"""Fixed sentence patterns: every word of a circular is a pattern or a cited figure.

A pattern states what the tables hold and nothing about causes, effort or worth. The
document's own words stand in quotation marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from indicators.charts.info_timeline import stated, when
from indicators.charts.words import amount, gap, period, target
from indicators.core.settings import Appraisal
from indicators.export.edition import Edition
from indicators.export.tabular import missing
from indicators.tables import citation
from indicators.tables.decimals import digits
from indicators.tables.grid import VERDICT_ORDER
from indicators.text import mark
from indicators.text.codes import label

Row = dict[Any, Any]

_FIGURE, _STATED = mark("{indicator}{value}"), mark("{indicator}：{value}")
_REPORTED = {"change": mark("{indicator}变化{value}")}


def day(edition: Edition) -> str:
    """The as-of day as prose writes it: 2026年5月3日, 3 May 2026."""
    return period(edition.as_of.isoformat(), edition.language)


def tally(edition: Edition, rows: list[Row]) -> str:
    """``已达标 2 项，到期未报告 3 项``: the verdicts that occur, in their fixed order."""
    counts = Counter(row["verdict"] for row in rows)
    parts = [
        edition.t(
            "{verdict}{n}项", verdict=label("verdict", code, edition.language), n=counts[code]
        )
        for code in VERDICT_ORDER
        if counts[code]
    ]
    return ("，" if edition.language == "zh" else ", ").join(parts)


def overall(edition: Edition) -> list[str]:
    """The opening figures: what was read, what is promised, how it stands."""
    t, promises = edition.t, edition.commitments.to_dict("records")
    numbered = sum(row["target_kind"] == "commitment" for row in promises)
    lines = [
        t(
            "截至{day}，所选范围共有文件{documents}份、引文{claims}条，其中报告值{reported}条，"
            "涉及地区{regions}个、指标{indicators}项。",
            day=day(edition),
            documents=len(edition.documents),
            claims=len(edition.claims),
            reported=len(edition.observations),
            regions=edition.claims["region_code"].nunique(),
            indicators=edition.claims["indicator_id"].nunique(),
        )
    ]
    lines += _span_of_periods(edition)
    if not promises:
        return [*lines, t("所选范围内的文件没有写承诺。")]
    text = mark("文件中的承诺共{n}项：有数值的{numbered}项，未设数值的{rest}项。")
    lines.append(t(text, n=len(promises), numbered=numbered, rest=len(promises) - numbered))
    lines.append(t("逐项核查的结论：{tally}。", tally=tally(edition, promises)))
    return lines


def _span_of_periods(edition: Edition) -> list[str]:
    """Which periods the reported figures are about: the earliest and the latest."""
    table = edition.observations
    if table.empty:
        return []
    ordered = table.sort_values(["period_last", "period_first"], kind="stable")
    first, last = (period(p, edition.language) for p in ordered["period"].iloc[[0, -1]])
    text = mark("报告值所属期间，最早为{first}，最晚为{last}。")
    return [edition.t(text, first=first, last=last)]


def region(edition: Edition, name: str, claims: list[Row], promises: list[Row]) -> str:
    """The first sentence of a region's paragraph."""
    t = edition.t
    kinds = Counter(row["kind"] for row in claims)
    documents = len({row["document_id"] for row in claims})
    text = mark(
        "关于{region}的引文{n}条，出自文件{documents}份，其中报告值{reported}条、承诺{promised}项。"
    )
    first = t(
        text,
        region=name,
        n=len(claims),
        documents=documents,
        reported=kinds["reported"],
        promised=len(promises),
    )
    if not promises:
        return first
    return first + gap_between(edition) + t("承诺核查：{tally}。", tally=tally(edition, promises))


def gap_between(edition: Edition) -> str:
    """Nothing between Chinese sentences, a space between English ones."""
    return "" if edition.language == "zh" else " "


def promise(edition: Edition, row: Row) -> str:
    """What was promised, in the document's words, and until when."""
    t, lang = edition.t, edition.language
    due = period(row["due"], lang) if row["due"] else t("未写期限")
    text = mark("{indicator}：文件写“{quote}”；目标：{target}；期限：{due}")
    return t(
        text,
        indicator=row["indicator_name" if lang == "zh" else "indicator_name_en"],
        quote=row["quote"],
        target=target(row["comparator"], row["target"], row["target_upper"], row["unit"], lang),
        due=due,
    )


def outcome(edition: Edition, row: Row) -> str:
    """``；核查结论：到期未报告``, with the reason and the caveats that limit it."""
    t = edition.t
    text = t("；核查结论：{verdict}", verdict=label("verdict", row["verdict"], edition.language))
    found = limits(edition, row)
    return text + (t("（{limits}）", limits=found) if found else "")


def limits(edition: Edition, row: Row) -> str:
    """Why a figure does not compare, and the caveats of the verdict; empty for none."""
    lang = edition.language
    words = [label("reason", row["reason"], lang)] if row["reason"] else []
    words += [label("caveat", code, lang) for code in row["caveats"]]
    return ("、" if lang == "zh" else ", ").join(words)


def shown_figure(edition: Edition, row: Row) -> str:
    """``；所示数值：2021年 85.9%``; empty where no figure is known."""
    t, lang = edition.t, edition.language
    if missing(row["value"]):
        return ""
    text = mark("；所示数值：{period} {value}")
    if row["value_region_code"] != row["region_code"]:
        text = mark("；所示数值：{region} {period} {value}")
    value = amount(row["value"], row["unit"], lang, row["precision"])
    return t(text, region=row["value_region_name"], period=period(row["period"], lang), value=value)


def distance(edition: Edition, row: Row) -> str:
    """``；数值与目标之差：−4.1 个百分点``; empty where there is none.

    A figure from before the deadline says beside a promise that is due that it decides nothing.
    """
    if missing(row["value"]) or row["target_kind"] == "milestone":
        return ""
    early = row["verdict"] == "due_unreported"
    if missing(row["distance"]):
        return edition.t("；数值早于期限，不据此判定") if early else ""
    text = mark("；数值与目标之差：{gap}")
    if early:
        text = mark("；数值与目标之差：{gap}，数值早于期限，不据此判定")
    return edition.t(text, gap=gap(row["distance"], row["unit"], edition.language))


def undated(row: Row) -> bool:
    """Whether the sentence names no period, so that the document's date stands in."""
    return bool(row["period_basis"] == "document")


def reported(edition: Edition, row: Row) -> str:
    """``建档率（2021年12月）：93.05%``, with scope where the document limits it.

    A figure without a stated period is given without one: :func:`undated` groups them.
    """
    t, lang = edition.t, edition.language
    name = row["indicator_name" if lang == "zh" else "indicator_name_en"]
    if not missing(row["scope"]):
        name = t("{indicator}〔{scope}〕", indicator=name, scope=t(row["scope"]))
    if not undated(row):
        name = t("{indicator}（{when}）", indicator=name, when=when(row, lang))
    return t(
        _REPORTED.get(row["kind"], _STATED if row["unit"] == "是/否" else _FIGURE),
        indicator=name,
        value=stated(row, lang),
    )


def source_of_claim(edition: Edition, row: Row) -> str:
    """The endnote of a claim: document, section, quote."""
    line = source_line(edition, row)
    if missing(row["quote"]):
        return line
    return edition.t("{document}：“{quote}”", document=line, quote=row["quote"])


def source_of_figure(edition: Edition, row: Row, prefix: str = "value_") -> str:
    """The endnote of the figure beside a promise; ``base_`` names the one it began from."""
    line = source_line(edition, row, prefix)
    return edition.t("{document}：“{quote}”", document=line, quote=row[f"{prefix}quote"])


def source_line(edition: Edition, row: Row, prefix: str = "") -> str:
    """The document that states the row, and the section where.

    ``prefix`` names the columns of another figure of the row (``value_``, ``base_``).
    """
    return citation.source_line(row, edition.language, prefix)


def note_key(row: Mapping[Any, Any], prefix: str = "") -> str:
    """What an endnote stands for: one document's words, however often they are cited."""
    return f"{row[f'{prefix}document_id']}|{row[f'{prefix}quote']}"


_MISSING = {
    "exclude": mark("没有数值的指标不计分，其余指标的权重按比例放大。"),
    "zero": mark("没有数值的指标按0分计。"),
}
_WEIGHTS = mark("以下得分由所列数值推算，不是文件所载。指标与权重取自本机设置：{weights}。")
_AGAINST = {
    "promise": mark("得分按各地自己的承诺计算，各地目标不同，名次只说明各自兑现的程度。"),
    "benchmark": mark("得分按上级文件设定的参考线计算；各地适用的参考线可能不同。"),
}


def _weighted(edition: Edition) -> dict[str, str]:
    """Names of the weighted indicators."""
    column = "indicator_name" if edition.language == "zh" else "indicator_name_en"
    return {r["indicator_id"]: r[column] for r in edition.appraisal_parts.to_dict("records")}


def appraisal(edition: Edition, rules: Appraisal) -> list[str]:
    """How the scores were made, and what was left out."""
    t, names = edition.t, _weighted(edition)
    weights = t("、").join(
        t("{indicator}（{weight}）", indicator=names.get(name, name), weight=digits(weight))
        for name, weight in rules.weights
    )
    return [
        t(
            "以下得分由所列数值推算，不是文件所载。指标与权重取自本机设置：{weights}。",
            weights=weights,
        ),
        t("每项得分为数值与目标之比，封顶100、保底0，总分为加权平均。"),
        t(_MISSING[rules.missing]),
        t(_AGAINST[rules.against]),
        t(
            "有数值的权重不足{percent}%的地区不排名；不同层级的地区分别排名。",
            percent=rules.least_coverage,
        ),
    ]


def appraised(edition: Edition, row: Row) -> list[str]:
    """The cells of one region: score, rank, range of ranks, weight covered, what is missing."""
    t, names = edition.t, _weighted(edition)
    rank = reach = "—"
    if not missing(row["rank"]):
        rank = f"{row['rank']}/{row['ranked_of']}"
        reach = f"{row['rank_best']}–{row['rank_worst']}"
    return [
        str(row["region_name"]),
        "—" if missing(row["score"]) else digits(row["score"]),
        rank,
        reach,
        f"{digits(row['weight_covered'])}%",
        t("、").join(names.get(i, i) for i in row["missing_indicators"]) or "—",
    ]
