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


def document() -> Column:
    """The document's number, or its title where it has none."""
    return Column(mark("文件"), lambda r: r["document_number"] or r["document_title"], 220)


def dated(view: View) -> Column:
    """The document's date, as precise as it is known."""
    return Column(mark("文件日期"), lambda r: words.period(r["document_dated"], view.lang), 130)


def quote() -> Column:
    """The words of the document."""
    return Column(mark("原文"), lambda r: r["quote"], 320)


def promises(view: View, *, with_indicator: bool = True) -> list[Column]:
    """Targets with their verdicts: rows of ``assess``."""
    found = [
        region(),
        indicator(view),
        Column(mark("结论"), lambda r: verdict.words(view, r["verdict"]), 120),
        Column(mark("目标"), lambda r: evidence.target(view, r), 130, "right"),
        Column(mark("期限"), lambda r: evidence.due(view, r), 100),
        Column(mark("数值（期间）"), lambda r: evidence.value_with_period(view, r), 170, "right"),
        Column(mark("与目标之差"), lambda r: evidence.distance(view, r), 120, "right"),
        Column(mark("提示"), lambda r: verdict.caveats(view, r["caveats"]), 150),
        Column(mark("类别"), lambda r: view.word("target_kind", r["target_kind"]), 80),
        document(),
        dated(view),
        quote(),
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
        Column(mark("期间"), lambda r: words.period(r["period"], view.lang), 120),
        Column(mark("统计范围"), lambda r: r["scope"] or "—", 120),
        Column(mark("口径"), lambda r: r["definition"] or "—", 120),
        document(),
        dated(view),
        quote(),
    ]
