"""What an indicator is, how far that is known, and what it must not be mistaken for."""

from __future__ import annotations

import streamlit as st

from indicators.charts import words
from indicators.core.model import Indicator
from indicators.tables.registry_table import confusables_table
from indicators.text import mark
from indicators.ui.escape import md
from indicators.ui.view import View


def title(view: View, indicator_id: str) -> str:
    """The name in a list of choices, with the words documents use for it (to search by)."""
    indicator = view.snapshot.indicators[indicator_id]
    name = view.indicator_name(indicator_id)
    if not indicator.aliases:
        return name
    aliases = view.t("、").join(indicator.aliases)
    return view.t("{name}（文件用语：{aliases}）", name=name, aliases=aliases)


def show(view: View, indicator: Indicator) -> None:
    """Definition on the left, walls on the right; both stack on a narrow screen."""
    with st.container(border=True, key="definition"):
        left, right = st.columns(2, gap="medium")
        left.markdown(_list(_facts(view, indicator)))
        right.markdown(f"**{view.t('不可与下列指标混用')}**  \n{_walls(view, indicator.id)}")


def _list(facts: list[tuple[str, str]]) -> str:
    return "  \n".join(f"**{name}**　{md(text)}" for name, text in facts if text)


def _facts(view: View, indicator: Indicator) -> list[tuple[str, str]]:
    t = view.t
    status = view.word("definition_status", indicator.definition.status)
    note = indicator.definition.note
    levels = t("、").join(view.word("level", level) for level in indicator.levels)
    return [
        (t("主题"), view.theme_name(indicator.theme)),
        (t("分子"), t(indicator.numerator or mark("未见原文"))),
        (t("分母"), t(indicator.denominator or mark("未见原文"))),
        (t("口径核实"), t("{status}（{note}）", status=status, note=t(note)) if note else status),
        (t("单位"), words.unit_name(indicator.unit, view.lang)),
        (t("方向"), view.word("direction", indicator.direction)),
        (t("适用层级"), levels),
    ]


def _walls(view: View, indicator_id: str) -> str:
    walls = confusables_table(view.snapshot, indicator_id).to_dict("records")
    if not walls:
        return view.t("登记册未列出易混指标。")
    name = "other_name" if view.lang == "zh" else "other_name_en"
    return "  \n".join(
        md(view.t("{name}：{why}", name=wall[name], why=view.t(wall["why"]))) for wall in walls
    )
