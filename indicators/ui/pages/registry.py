"""Page 7: the registry. What each indicator is, what it is not, and how far that is known."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.charts import words
from indicators.core.model import Indicator
from indicators.tables.decimals import digits
from indicators.text import mark, with_original
from indicators.text.codes import codes
from indicators.ui import fetch_reference as fetch
from indicators.ui import state
from indicators.ui.components import citation, cited, columns, pick, table
from indicators.ui.components.table import Column
from indicators.ui.escape import md
from indicators.ui.view import View

_ALL = "all"


def render(view: View) -> None:
    """Search, filter, then one indicator's card."""
    if not view.snapshot.indicators:
        st.info(view.t("登记册为空：没有读到任何指标文件。"))
        return
    typed, rows = _search(view)
    if rows.empty:
        _nothing(view, typed)
        return
    _say_what_was_found(view, typed, rows)
    table.show(view, rows, _columns(view), name="registry", title=view.t("指标字典"), empty="")
    _card(view, view.snapshot.indicators[_chosen(view, rows)])


def _search(view: View) -> tuple[str, pd.DataFrame]:
    """What the reader asks for, and the entries that answer it."""
    themes = {theme.id: view.theme_name(theme.id) for theme in view.snapshot.themes}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        typed = pick.text(view, "q", mark("按名称查找"), mark("如：县域就诊率"))
        theme = pick.one(
            view,
            "theme",
            mark("主题"),
            [_ALL, *themes],
            _ALL,
            lambda code: themes.get(code, view.t("全部主题")),
        )
        level = pick.one(
            view,
            "level",
            mark("层级"),
            [_ALL, *codes("level")],
            _ALL,
            lambda code: _level(view, code),
        )
    return typed, fetch.searched(view, typed, _given(theme), _given(level))


def _given(code: str) -> str:
    return "" if code == _ALL else code


def _level(view: View, code: str) -> str:
    return view.t("全部层级") if code == _ALL else view.word("level", code)


def _nothing(view: View, typed: str) -> None:
    st.info(
        md(
            view.t(
                "登记册中没有叫“{typed}”的指标。名称相近的指标往往不是同一个，因此不作猜测；"
                "请改用文件中的用语，或放宽主题和层级。",
                typed=typed,
            )
            if typed
            else view.t("没有同时属于所选主题和层级的指标。")
        )
    )


def _say_what_was_found(view: View, typed: str, rows: pd.DataFrame) -> None:
    """An alias is answered by the name it stands for, so that nobody takes another."""
    named = rows[rows["aliases"].map(lambda aliases: typed in aliases)]
    for code in named["indicator_id"]:
        name = view.indicator_name(code)
        st.success(md(view.t("“{typed}”在登记册中是“{name}”。", typed=typed, name=name)))


def _columns(view: View) -> list[Column]:
    return [
        columns.indicator(view),
        Column(
            mark("口径核实"), lambda r: view.word("definition_status", r["definition_status"]), 150
        ),
        Column(mark("单位"), lambda r: words.unit_name(r["unit"], view.lang), 80),
        Column(mark("方向"), lambda r: view.word("direction", r["direction"]), 100),
        Column(mark("引文"), lambda r: r["claims"], 60, "right"),
        Column(mark("参考线"), lambda r: r["benchmarks"], 70, "right"),
        Column(mark("主题"), lambda r: view.theme_name(r["theme_id"]), 170),
        Column(mark("层级"), lambda r: _levels(view, r["levels"]), 170),
        Column(mark("文件用语"), lambda r: view.t("、").join(r["aliases"]) or "—", 220),
    ]


def _levels(view: View, levels: tuple[str, ...]) -> str:
    return view.t("、").join(view.word("level", level) for level in levels)


def _chosen(view: View, rows: pd.DataFrame) -> str:
    """The indicator whose card is shown; one outside the search gives way silently."""
    options, likely = list(rows["indicator_id"]), fetch.most_used(rows)
    if state.one("indicator", view.snapshot.indicators, likely) not in options:
        state.choose("indicator", None)
    return pick.one(view, "indicator", mark("指标"), options, likely, view.indicator_name)


def _card(view: View, indicator: Indicator) -> None:
    st.subheader(md(view.indicator_name(indicator.id)), anchor=False)
    _definition(view, indicator)
    _walls(view, indicator)
    _benchmarks(view, indicator)
    _used(view, indicator)


def _definition(view: View, indicator: Indicator) -> None:
    """Names, formula, unit and limits, and how far each was read."""
    said = (
        (mark("中文名称"), indicator.name.zh),
        (mark("英文名称"), indicator.name.en),
        (mark("文件用语"), view.t("、").join(indicator.aliases)),
        (mark("标识"), indicator.id),
        (mark("主题"), view.theme_name(indicator.theme)),
        (mark("分子"), view.t(indicator.numerator or mark("未见"))),
        (mark("分母"), view.t(indicator.denominator or mark("未见"))),
        (mark("口径核实"), view.word("definition_status", indicator.definition.status)),
        (mark("口径说明"), view.t(indicator.definition.note or "")),
        (mark("单位"), words.unit_name(indicator.unit, view.lang)),
        (mark("方向"), view.word("direction", indicator.direction)),
        (mark("取值范围"), _bounds(view, indicator)),
        (mark("适用层级"), _levels(view, indicator.levels)),
    )
    frame = pd.DataFrame([(view.t(k), v) for k, v in said if v], columns=["field", "text"])
    table.plain(
        view,
        frame,
        [Column(mark("项目"), lambda r: r["field"]), Column(mark("内容"), lambda r: r["text"])],
        title=view.t("指标卡片"),
    )
    name = view.indicator_name(indicator.id)
    title = view.t("{name} 指标卡片", name=name)
    citation.show(view, citation.TABLE, name="table.card", title=title, rests_on=None)


def _bounds(view: View, indicator: Indicator) -> str:
    low, high = indicator.bounds
    unit = words.unit_name(indicator.unit, view.lang)
    said = view.t(
        "{low} 至 {high}（{unit}）",
        low=view.t("不限") if low is None else digits(low),
        high=view.t("不限") if high is None else digits(high),
        unit=unit,
    )
    note = indicator.bounds_note
    return f"{said}{view.t('；')}{view.t(note)}" if note else said


def _walls(view: View, indicator: Indicator) -> None:
    """What it must not be mistaken for, one wall each."""
    rows = fetch.walls(view, indicator.id)
    st.subheader(view.t("不可混用"), anchor=False)
    if rows.empty:
        st.caption(view.t("登记册没有记下与它易混的指标。"))
        return
    for row in rows.to_dict("records"):
        _wall(view, indicator, row["other_id"], view.t(row["why"]))
    table.download(view, rows, name="walls", title=view.t("不可混用"))


def _wall(view: View, indicator: Indicator, other: str, why: str) -> None:
    one, two = view.indicator_name(indicator.id), view.indicator_name(other)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{md(one)} ≠ {md(two)}**  \n{md(why)}", width="stretch")
        st.button(
            md(view.t("查看“{name}”", name=two)),
            key=f"wall.{other}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=_open,
            args=(other,),
        )


def _open(code: str) -> None:
    """Show that entry's card; the search would hide it."""
    for name in ("q", "theme", "level"):
        state.choose(name, None)
    state.choose("indicator", code)


def _benchmarks(view: View, indicator: Indicator) -> None:
    st.subheader(view.t("参考线"), anchor=False)
    table.show(
        view,
        fetch.benchmarks(view, indicator.id),
        [
            Column(mark("适用地区"), lambda r: r["region_name"], 100),
            Column(
                mark("目标"),
                lambda r: words.target(
                    r["comparator"], r["value"], r["upper"], r["unit"], view.lang
                ),
                110,
                "right",
            ),
            Column(mark("期限"), lambda r: _due(view, r["due"]), 100),
            Column(mark("核实程度"), lambda r: view.word("source_status", r["source_status"]), 190),
            Column(mark("来源"), lambda r: with_original(r["source_title"], view.lang), 320),
            Column(mark("发文机关"), lambda r: view.t(r["source_issuer"]), 160),
            Column(mark("文号"), lambda r: r["source_number"] or "—", 170),
            Column(mark("日期"), lambda r: words.period(r["source_date"], view.lang), 110),
            Column(mark("读自"), lambda r: view.t(r["read_in"] or "—"), 220),
            Column(mark("备注"), lambda r: view.t(r["note"] or ""), 280, optional=True),
        ],
        name="benchmarks",
        title=view.t("{name}的参考线", name=view.indicator_name(indicator.id)),
        empty=view.t("没有读到上级文件为它规定的目标值；没有出处的数值不收。"),
    )


def _due(view: View, due: str | None) -> str:
    return words.period(due, view.lang) if due else view.t("未写期限")


def _used(view: View, indicator: Indicator) -> None:
    st.subheader(view.t("哪些文件用到"), anchor=False)
    table.show(
        view,
        fetch.claims_where(view, "indicator_id", indicator.id),
        cited.claim_columns(view, indicator=False),
        name="used",
        title=view.t("{name}的引文", name=view.indicator_name(indicator.id)),
        empty=view.t(
            "截至 {day}，所引文件从未就任何地区给出这个指标。", day=view.as_of.isoformat()
        ),
    )
