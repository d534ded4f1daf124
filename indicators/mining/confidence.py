"""How sure a candidate is, as a number and as reasons a person can check.

A candidate starts at :data:`START` and loses what each reason costs; some reasons set
a ceiling. At or above :data:`THRESHOLD` the benchmark holds; below it a person must look
harder: the figure is listed, and the reason says where the doubt lies.
"""

from __future__ import annotations

from collections.abc import Iterable

START = 0.95
THRESHOLD = 0.6

#: code -> (Chinese, English, cost)
REASONS: dict[str, tuple[str, str, float]] = {
    "indicator_unknown": ("指标不在字典中", "the registry has no such indicator", 0.6),
    "indicator_carried": ("指标承前句", "the indicator is named in an earlier clause", 0.03),
    "indicator_completed": (
        "指标名由并列词补全",
        "the name was completed from its neighbour",
        0.02,
    ),
    "indicator_after": ("指标在数字之后", "the indicator follows the figure", 0.05),
    "indicator_loose": (
        "未写出限定语，可能是另一口径",
        "its qualifier is left out; may be another definition",
        0.4,
    ),
    "indicator_ambiguous": ("多个指标同名", "several indicators share the name", 0.5),
    "narrower": (
        "名称前有限定词，可能是另一指标",
        "a qualifier before the name may make it another indicator",
        0.5,
    ),
    "unread_before": ("名称前有未识别的词", "unread words stand before the name", 0.15),
    "unread_between": (
        "名称与数字之间有未识别的词",
        "unread words stand between name and figure",
        0.2,
    ),
    "unread_after": ("数字之后另有名词", "another noun follows the figure", 0.35),
    "institution": ("似为单个机构的数值", "seems to be one institution's figure", 0.5),
    "below_county": ("似为乡镇（街道）的数值", "seems to be a township's figure", 0.5),
    "region_unknown": ("地名不在区划表中", "the place is not in the region list", 0.5),
    "region_ambiguous": ("地名有重名", "several regions share the name", 0.5),
    "region_inherited": ("地区承前文", "the region is named in an earlier sentence", 0.1),
    "region_missing": ("未能确定地区", "the region is not known", 0.4),
    "region_list": ("多个地区对应一个数", "several regions and one figure", 0.45),
    "level": ("该指标一般不在这一层级统计", "the indicator is not usual at this level", 0.1),
    "period_document": (
        "文中未写期间，按文件日期",
        "no period is stated; the document's date stands in",
        0.05,
    ),
    "period_inherited": ("期间承前文或标题", "the period is stated earlier or in a heading", 0.05),
    "period_missing": ("未能确定期间", "the period is not known", 0.4),
    "period_after": ("期间见于后一分句", "the period stands in the clause after", 0.1),
    "part_year": ("部分期间，不可与全年比", "part of a year, not comparable with a year", 0.05),
    "several_years": ("跨多年累计", "cumulated over several years", 0.4),
    "lasting": (
        "多年持续的阈值，不是单期数值",
        "a threshold held for years, no single period's figure",
        0.5,
    ),
    "unit_conflict": ("单位与指标不符", "the unit does not fit the indicator", 0.6),
    "unit_scale": ("单位量级与指标惯用不同", "the unit is of another magnitude than usual", 0.4),
    "unit_inferred": ("未写单位，按指标补", "no unit is written; the indicator's stands in", 0.1),
    "out_of_bounds": ("数值超出合理范围", "the value is out of bounds", 0.5),
    "count_mismatch": ("名称与数值个数不等，待核", "as many names as figures? No: check", 0.8),
    "kind_unclear": ("目标还是实绩不明确", "promise or report is not clear", 0.35),
    "period_running": (
        "成文时期间尚未结束，是目标还是实绩不明确",
        "the period had not ended when the document was written",
        0.4,
    ),
    "level_above": ("上级地区一般不统计该指标", "not usual for the area above", 0.4),
    "aim_only": ("句中数值是目标，不是结果", "the figure is the aim, not the result", 0.4),
    "forecast": ("预计数", "a forecast", 0.05),
    "spelled": ("用汉字写成的数", "spelled out in characters", 0.03),
    "extreme": ("最高或最低者的数值", "the figure of the highest or lowest", 0.5),
    "range": ("区间", "a range", 0.02),
    "example": ("举例的地方", "given as an example", 0.1),
    "bracket": ("括号内的数", "inside brackets", 0.05),
    "bracket_meaning": ("括号含义不明", "what the brackets mean is not clear", 0.4),
    "change_checked": ("变化值与两端复算一致", "the change agrees with both ends", 0.0),
    "change_unclear": ("百分数变化与两端复算不符", "the change does not agree with its ends", 0.4),
    "table": ("来自表格", "read from a table", 0.08),
    "milestone": ("不含数字的承诺", "a promise without a number", 0.4),
    "conflicting_words": (
        "标题写目标，正文写已完成",
        "heading says target, sentence says done",
        0.05,
    ),
}


def score(reasons: Iterable[str]) -> float:
    """0.05–0.95: :data:`START` less what the reasons cost. KeyError for an unknown code."""
    return max(0.05, round(START - sum(REASONS[code][2] for code in set(reasons)), 2))


def reason_texts(reasons: Iterable[str], language: str = "zh") -> tuple[str, ...]:
    """The reasons as sentences in ``zh`` or ``en``. KeyError for an unknown code."""
    known = [REASONS[code] for code in reasons]
    return tuple(zh if language == "zh" else en for zh, en, _ in known)
