"""Fixed sentences for consistency findings: (Chinese, English), filled with stated digits.

What a finding is about – region, indicators, period – goes before its sentence (:data:`SUBJECT`).

In English ``{unit}`` names the unit and ``{in_unit}`` follows a figure (`` × 10,000 records``).
"""

from __future__ import annotations

SUBJECT = ("{region}，{indicators}，{period}：", "{region}, {indicators}, {period}: ")
#: The parts of a sum, behind the name of its total.
PARTS = ("{total}（分项：{parts}）", "{total} (parts: {parts})")

SENTENCES: dict[str, tuple[str, str]] = {
    "sum_holds": (
        "分项之和与总数相符：{parts} = {total}（{unit}）。",
        "The parts add up to the total: {parts} = {total} ({unit}).",
    ),
    "sum_differs": (
        "分项之和与总数不符：{parts} = {sum}，文中总数为 {total}（{unit}）。",
        "The parts do not add up: {parts} = {sum}, the text states {total} ({unit}).",
    ),
    "implied_denominator": (
        (
            "推算（非文件所载）：{part}{unit} ÷ {share}% ≈ {implied}{scale}"
            "（计入四舍五入为 {low}–{high}{scale}），文中未写出分母。"
        ),
        (
            "Derived, not stated: {part}{in_unit} ÷ {share}% ≈ {implied}{scale} "
            "({low}–{high}{scale} given rounding); the text does not state the denominator."
        ),
    ),
    "beyond_hundred": (
        "{value}{unit} 高于 100%，照录原文。",
        "{value}{in_unit} is above 100%, as stated.",
    ),
    "conflict": (
        "同一地区同一期间的数值不一致：{figures}。",
        "Different figures for one region and period: {figures}.",
    ),
    "change_holds": (
        (
            "变化值与水平值相符：{before} {baseline}{level_unit} → {now} {level}{level_unit}，"
            "文中变化 {change}{unit}，复算 {computed}{unit}。"
        ),
        (
            "The stated change agrees: {baseline}{in_level_unit} ({before}) → "
            "{level}{in_level_unit} ({now}); "
            "stated change {change}{in_unit}, recomputed {computed}{in_unit}."
        ),
    ),
    "change_differs": (
        (
            "变化值与水平值不符：{before} {baseline}{level_unit} → {now} {level}{level_unit}，"
            "文中变化 {change}{unit}，复算 {computed}{unit}。"
        ),
        (
            "The stated change disagrees: {baseline}{in_level_unit} ({before}) → "
            "{level}{in_level_unit} ({now}); "
            "stated change {change}{in_unit}, recomputed {computed}{in_unit}."
        ),
    ),
    "change_implies": (
        ("推算（非文件所载）：{before}水平 = {level} {sign} {size} = {derived}{level_unit}。"),
        (
            "Derived, not stated: level of {before} = {level} {sign} {size} = "
            "{derived}{in_level_unit}."
        ),
    ),
}
