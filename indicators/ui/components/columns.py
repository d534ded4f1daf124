"""The columns that several pages share, so that one thing is called one name."""

from __future__ import annotations

from indicators.charts import words
from indicators.text import mark
from indicators.ui.components import evidence, verdict
from indicators.ui.components.table import Column
from indicators.ui.view import View


def indicator(view: View) -> Column:
    """The indicator's name in the reader's language."""
    name = "indicator_name" if view.lang == "zh" else "indicator_name_en"
    return Column(mark("指标"), lambda r: r[name], 240)


def region() -> Column:
    """The region's name."""
    return Column(mark("地区"), lambda r: r["region_name"], 96, pinned=True)


def document(view: View) -> Column:
    """The document's number, or its title where it has none."""
    return Column(mark("文件"), lambda r: r["document_number"] or view.t(r["document_title"]), 220)


def dated(view: View) -> Column:
    """The document's date, as precise as it is known."""
    return Column(mark("文件日期"), lambda r: words.period(r["document_dated"], view.lang), 130)


def quote() -> Column:
    """The words of the document."""
    return Column(mark("原文"), lambda r: r["quote"], 320)


def figure_source(view: View) -> Column:
    """Of a target: the document and section behind the figure that speaks for it."""
    return Column(mark("数值出处"), lambda r: evidence.source(view, r), 320, optional=True)


def _due_and_value(view: View) -> list[Column]:
    """Of a target: when it falls due, and the figure that speaks for it."""
    return [
        Column(mark("期限"), lambda r: evidence.due(view, r), 100),
        Column(
            mark("数值（期间）"),
            lambda r: evidence.value_with_period(view, r),
            170,
            "right",
            optional=True,
        ),
    ]


def _period_and_scope(view: View) -> list[Column]:
    """Of a figure: when it held, and for whom."""
    return [
        Column(
            mark("期间"),
            lambda r: words.period_said(r["period"], r["period_basis"], view.lang),
            190,
        ),
        Column(mark("统计范围"), lambda r: view.t(r["scope"] or "—"), 120, optional=True),
    ]


def promises(view: View, *, with_indicator: bool = True) -> list[Column]:
    """Targets with their verdicts: rows of ``assess``."""
    found = [
        region(),
        indicator(view),
        Column(mark("结论"), lambda r: verdict.words(view, r["verdict"]), 120),
        Column(mark("目标"), lambda r: evidence.target(view, r), 130, "right"),
        *_due_and_value(view),
        Column(
            mark("与目标之差"), lambda r: evidence.distance(view, r), 120, "right", optional=True
        ),
        Column(mark("提示"), lambda r: verdict.caveats(view, r["caveats"]), 150, optional=True),
        Column(mark("类别"), lambda r: view.word("target_kind", r["target_kind"]), 80),
        document(view),
        dated(view),
        quote(),
        figure_source(view),
    ]
    return found if with_indicator else [c for c in found if c.title != "指标"]


def reported(view: View) -> list[Column]:
    """Reported levels: rows of ``observations``."""
    return [
        region(),
        Column(mark("层级"), lambda r: view.word("level", r["region_level"]), 70),
        Column(
            mark("报告值"),
            lambda r: words.amount(
                r["canonical_value"], r["canonical_unit"], view.lang, r["precision"]
            ),
            120,
            "right",
        ),
        *_period_and_scope(view),
        Column(mark("口径"), lambda r: view.t(r["definition"] or "—"), 120, optional=True),
        quote(),
        document(view),
        dated(view),
    ]


def benchmarks(view: View) -> list[Column]:
    """Standards from above held against a region: benchmark rows of ``assess``."""
    return [
        region(),
        Column(mark("对照结果"), lambda r: verdict.words(view, r["verdict"]), 120),
        Column(mark("参考值"), lambda r: evidence.target(view, r), 120, "right"),
        *_due_and_value(view),
        Column(
            mark("与参考值之差"), lambda r: evidence.distance(view, r), 120, "right", optional=True
        ),
        Column(mark("说明"), lambda r: evidence.sentence(view, r), 320),
        Column(mark("设定文件"), lambda r: view.t(r["document_title"]), 280),
        Column(mark("文号"), lambda r: r["document_number"] or "—", 150),
        Column(mark("设定机关"), lambda r: view.t(r["document_issuer"]), 140),
        Column(mark("来源核实"), lambda r: view.word("source_status", r["source_status"]), 180),
        figure_source(view),
    ]


def printed(view: View) -> list[Column]:
    """Promises on paper: few columns, everything in them."""
    return [
        Column(mark("结论"), lambda r: verdict.words(view, r["verdict"])),
        region(),
        indicator(view),
        Column(mark("目标"), lambda r: evidence.target(view, r)),
        Column(mark("期限"), lambda r: evidence.due(view, r)),
        Column(mark("依据"), lambda r: evidence.sentence(view, r)),
        quote(),
        Column(mark("文件"), lambda r: view.t(r["document_title"])),
        Column(mark("文号"), lambda r: r["document_number"] or "—"),
        dated(view),
        figure_source(view),
    ]


def compared(view: View) -> list[Column]:
    """Figures side by side: rows of ``comparison`` that have a value."""
    return [
        indicator(view),
        region(),
        Column(
            mark("报告值"),
            lambda r: words.amount(r["value"], r["unit"], view.lang, r["precision"]),
            120,
            "right",
        ),
        *_period_and_scope(view),
        Column(
            mark("可比"),
            lambda r: view.t("可比") if r["comparable"] else view.word("reason", r["reason"]),
            150,
        ),
        document(view),
        dated(view),
        quote(),
    ]
