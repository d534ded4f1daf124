"""Page 5: one region. Its claims in time, its counties, verdicts, findings, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from indicators.charts.figures_timeline import timeline_figure
from indicators.charts.info_timeline import timeline_info
from indicators.core.model import Region
from indicators.tables.coverage import cited_regions
from indicators.text import mark
from indicators.ui import fetch_reference as fetch
from indicators.ui import state
from indicators.ui.components import chart, cited, columns, pick, table
from indicators.ui.components.table import Column
from indicators.ui.escape import md
from indicators.ui.view import View


def render(view: View) -> None:
    """Pick a region, then everything that is cited about it."""
    regions = {region.code: region for region in cited_regions(fetch.known(view))}
    if not regions:
        st.info(view.t("截至 {day} 没有任何文件。可在侧栏改选较晚的截至日期。", day=view.as_of))
        return
    code = pick.one(
        view, "region", mark("地区"), list(regions), next(iter(regions)), _words(view, regions)
    )
    _head(view, regions[code])
    _timeline(view, regions[code])
    _counties(view, regions[code])
    _verdicts(view, regions[code])
    _findings(view, regions[code])
    _documents(view, regions[code])
    _silence(view, regions[code])


def _words(view: View, regions: Mapping[str, Region]) -> Callable[[str], str]:
    """``岳阳市（地级）``; a county with its city before it: ``岳阳市 › 平江县（县级）``."""

    def words(code: str) -> str:
        region = regions[code]
        city = regions.get(region.parent or "")
        above = f"{city.name} › " if city else ""
        return f"{above}{region.name}" + view.t(
            "（{level}）", level=view.word("level", region.level)
        )

    return words


def _head(view: View, region: Region) -> None:
    """How much is cited about the region itself, and where it belongs."""
    facts = fetch.facts(view, region.code)
    tiles = (
        (mark("报告值"), facts.reported),
        (mark("承诺与里程碑"), facts.promised),
        (mark("变化值"), facts.changes),
        (mark("涉及指标"), facts.indicators),
        (mark("文件数"), facts.documents),
        (mark("下级地区"), facts.sub_regions),
    )
    with st.container(horizontal=True, key="tiles"):
        for title, count in tiles:
            st.metric(view.t(title), count, border=True, width=150)
    above = [view.snapshot.regions[code].name for code in view.snapshot.lineage(region.code)]
    place = " › ".join(reversed(above))
    st.caption(md(view.t("{place}，行政区划代码 {code}", place=place, code=region.code)))
    _upward(view, region)


def _upward(view: View, region: Region) -> None:
    """A county says whose it is not: its figures never answer for its city."""
    if region.level != "county":
        return
    st.caption(md(view.t("{region}的数值只代表它自己，不代表上级地区。", region=region.name)))
    if region.parent in {r.code for r in cited_regions(fetch.known(view))}:
        _go(
            view,
            region.parent or "",
            view.t("查看{region}", region=view.region_name(region.parent or "")),
        )


def _go(view: View, code: str, label: str) -> None:
    st.button(
        md(label),
        key=f"go.{code}",
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=state.choose,
        args=("region", code),
    )


def _timeline(view: View, region: Region) -> None:
    st.subheader(view.t("时间线"), anchor=False)
    themes = fetch.themes_of(view, region.code)
    kept = pick.many(view, "themes", mark("主题"), themes, view.theme_name) if themes[1:] else []
    placed = fetch.placed(view, region.code, tuple(kept))
    info = timeline_info(region.name, placed, view.lang)
    chart.show(
        view,
        timeline_figure(info, chart.frame(view, placed, fits=True), view.lang, view.as_of),
        name="timeline",
        title=info.title,
        summary=info.summary,
        fits=True,
        rests_on=placed,
        numbers=lambda: table.show(
            view,
            placed,
            cited.claim_columns(view, region=False),
            name="timeline",
            title=info.title,
            empty=info.summary,
        ),
    )
    if not info.empty:
        st.caption(view.t("横向位置只表示时间；各行单位不同，不能上下比较大小。"))


def _counties(view: View, region: Region) -> None:
    """The regions below, kept apart, each a step away."""
    if region.level == "county":
        return
    st.subheader(view.t("下级地区"), anchor=False)
    below = fetch.below(view, region.code)
    if not below.empty:
        st.caption(
            md(
                view.t(
                    "下列数值各归各的地区，不计入{region}，也不代表{region}。", region=region.name
                )
            )
        )
    table.show(
        view,
        below,
        [
            columns.region(),
            Column(mark("层级"), lambda r: view.word("level", r["region_level"]), 80),
            Column(mark("引文"), lambda r: r["claims"], 70, "right"),
            Column(mark("报告值"), lambda r: r["reported"], 80, "right"),
            Column(mark("承诺与里程碑"), lambda r: r["promised"], 110, "right"),
            Column(mark("变化值"), lambda r: r["changes"], 80, "right"),
            Column(mark("涉及指标"), lambda r: r["indicators"], 90, "right"),
            Column(mark("文件"), lambda r: cited.document_names(view, r["document_ids"]), 260),
        ],
        name="below",
        title=view.t("{region}的下级地区", region=region.name),
        empty=view.t("所引文件没有单独说到{region}的任何下级地区。", region=region.name),
    )
    with st.container(horizontal=True):
        for row in below.to_dict("records"):
            _go(view, row["region_code"], view.t("查看{region}", region=row["region_name"]))


def _verdicts(view: View, region: Region) -> None:
    """What the region promised itself, then the standards set above it."""
    own, above = fetch.judged(view, region.code)
    st.subheader(view.t("承诺与结论"), anchor=False)
    table.show(
        view,
        own,
        columns.promises(view)[1:],
        name="verdicts",
        title=view.t("{region}的承诺与结论", region=region.name),
        empty=view.t("所引文件中，{region}没有作出承诺。", region=region.name),
    )
    st.subheader(view.t("与参考线对照（参考线由上级设定，不是本地承诺）"), anchor=False)
    table.show(
        view,
        above,
        [columns.indicator(view), *columns.benchmarks(view)[1:]],
        name="benchmarks",
        title=view.t("{region}与参考线对照", region=region.name),
        empty=view.t("登记册中没有适用于{region}的参考线。", region=region.name),
    )


def _findings(view: View, region: Region) -> None:
    """Sums and ratios that the texts allow to check, each with its words."""
    st.subheader(view.t("一致性核对"), anchor=False)
    rows = fetch.findings_of_region(view, region.code)
    if rows.empty:
        said = view.t(
            "{region}的引文中没有可以相互验算的数值（分项与总数、人数与比例、变化与水平）。",
            region=region.name,
        )
        st.caption(md(said))
        return
    cited.finding_cards(view, rows, fetch.claims(view), "findings")
    table.download(
        view, rows, name="findings", title=view.t("{region}的一致性核对", region=region.name)
    )


def _documents(view: View, region: Region) -> None:
    st.subheader(view.t("相关文件"), anchor=False)
    table.show(
        view,
        fetch.documents_about(view, region.code),
        cited.document_columns(view),
        name="documents",
        title=view.t("说到{region}的文件", region=region.name),
        empty=view.t("没有文件说到{region}。", region=region.name),
    )


def _silence(view: View, region: Region) -> None:
    st.subheader(view.t("从未引用的指标"), anchor=False)
    rows = fetch.unsaid(view, region.code)
    st.caption(
        md(
            view.t(
                "登记册中可在{level}统计、而所引文件从未就{region}给出的指标（只在一份文件中出现的用语不计）。",
                level=view.word("level", region.level),
                region=region.name,
            )
        )
    )
    with st.expander(view.t("列出 {n} 项", n=len(rows))):
        table.show(
            view,
            rows,
            [
                Column(mark("主题"), lambda r: view.theme_name(r["theme_id"]), 170),
                columns.indicator(view),
                Column(mark("引用情况"), lambda r: view.word("coverage", r["state"]), 170),
                Column(
                    mark("有数值的下级地区"), lambda r: view.t("、").join(r["below"]) or "—", 170
                ),
            ],
            name="silence",
            title=view.t("{region}从未引用的指标", region=region.name),
            empty=view.t("{region}引用了登记册中所有适用的指标。", region=region.name),
        )
