"""Page 6: the cited documents, their quotes, how far these were checked, and silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charts import words
from indicators.text import mark, with_original
from indicators.text.codes import codes
from indicators.ui import fetch_reference as fetch
from indicators.ui.components import citation, cited, columns, pick, table
from indicators.ui.components.table import Column
from indicators.ui.escape import md
from indicators.ui.view import View

Row = Mapping[str, Any]
_ALL = "all"
PARTS = {"documents": mark("文件与引文"), "silence": mark("谁从未引用")}
WAYS = {"cards": mark("逐条"), "table": mark("表格")}


def render(view: View) -> None:
    """The documents with their quotes, or who never cites what."""
    rows = fetch.documents(view)
    if rows.empty:
        st.info(view.t("截至 {day} 没有任何文件。可在侧栏改选较晚的截至日期。", day=view.as_of))
        return
    if (
        pick.way(view, "part", mark("看什么"), tuple(PARTS), lambda c: view.t(PARTS[c]))
        == "silence"
    ):
        _silence(view)
    else:
        _documents(view, rows)


def _documents(view: View, rows: pd.DataFrame) -> None:
    """All documents, conflicts between them, then one of them with every quote."""
    st.subheader(view.t("全部文件"), anchor=False)
    table.show(
        view,
        rows,
        cited.document_columns(view),
        name="documents",
        title=view.t("文献清单"),
        empty="",
    )
    _conflicts(view)
    _document(view, rows)


def _document(view: View, rows: pd.DataFrame) -> None:
    st.subheader(view.t("一份文件"), anchor=False)
    known = {row["document_id"]: row for row in table.records(rows)}
    chosen = pick.one(
        view,
        "document",
        mark("文件"),
        list(known),
        next(iter(known)),
        lambda code: _title(view, known[code]),
    )
    _metadata(view, known[chosen])
    _claims(view, chosen)
    _findings(view, chosen)
    _unsaid(view, chosen)


def _title(view: View, row: Row) -> str:
    dated = words.period(row["document_dated"], view.lang)
    return view.t(
        "{region} · {dated} · {title}",
        region=row["region_name"],
        dated=dated,
        title=view.t(row["document_title"]),
    )


def _metadata(view: View, row: Row) -> None:
    """What the document is, where its original lies, and how far it was checked."""
    said = (
        (mark("标题"), with_original(row["document_title"], view.lang)),
        (mark("类型"), view.word("document_kind", row["document_kind"])),
        (mark("发文机关"), with_original(row["document_issuer"], view.lang)),
        (mark("文号"), row["document_number"] or view.t("文件没有文号")),
        (mark("建议或提案"), with_original(row["proposal"] or "", view.lang)),
        (mark("文件日期"), words.period(row["document_dated"], view.lang)),
        (mark("地区"), row["region_name"]),
        (mark("文中另述的地区"), view.t("、").join(row["other_regions"])),
        (mark("引文核对"), cited.verification(view, row)),
        (mark("原件"), _original(view, row)),
        (mark("网址"), row["url"]),
        (mark("备注"), view.t(row["note"] or "")),
    )
    frame = pd.DataFrame([(view.t(k), v) for k, v in said if v], columns=["field", "text"])
    table.plain(
        view,
        frame,
        [Column(mark("项目"), lambda r: r["field"]), Column(mark("内容"), lambda r: r["text"])],
        title=view.t("文件信息"),
    )
    st.caption(md(view.t("原件 SHA-256：{digest}", digest=row["sha256"])))
    citation.show(
        view,
        citation.TABLE,
        name="table.metadata",
        title=view.t("文件信息"),
        rests_on=pd.DataFrame([row]),
    )


def _original(view: View, row: Row) -> str:
    here = cited.original(view, row)
    return view.t("{here}（{file}）", here=here, file=row["source_file"])


def _claims(view: View, document_id: str) -> None:
    """Every quote of the document: as cards to read, or as one table."""
    st.subheader(view.t("引文"), anchor=False)
    kinds = (_ALL, *codes("claim_kind"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = pick.way(view, "claim_kind", mark("类别"), kinds, lambda code: _kind(view, code))
        shown = pick.way(
            view,
            "quotes",
            mark("显示方式"),
            tuple(WAYS),
            lambda code: view.t(WAYS[code]),
        )
    rows = fetch.claims_of(view, document_id, "" if kind == _ALL else kind)
    title = view.t("引文（{kind}）", kind=_kind(view, kind))
    empty = view.t("这份文件没有“{kind}”类的引文。", kind=_kind(view, kind))
    if shown == "table" or rows.empty:
        table.show(view, rows, cited.claim_columns(view), name="claims", title=title, empty=empty)
        return
    for row in table.records(rows):
        cited.card(view, row)
    table.download(view, rows, name="claims", title=title)


def _kind(view: View, code: str) -> str:
    return view.t("全部") if code == _ALL else view.word("claim_kind", code)


def _findings(view: View, document_id: str) -> None:
    st.subheader(view.t("据此文件验算"), anchor=False)
    rows = fetch.findings_of_document(view, document_id)
    if rows.empty:
        st.caption(
            view.t("这份文件中没有可以相互验算的数值（分项与总数、人数与比例、变化与水平）。")
        )
        return
    cited.finding_cards(view, rows, fetch.claims(view), "findings")
    table.download(view, rows, name="findings", title=view.t("验算"))


def _conflicts(view: View) -> None:
    """Two documents that give different figures for one region and period."""
    st.subheader(view.t("文件之间的不一致"), anchor=False)
    rows = fetch.conflicts(view)
    if rows.empty:
        st.caption(view.t("所引文件中，没有两份文件对同一地区、同一期间、同一口径给出不同数值。"))
        return
    cited.finding_cards(view, rows, fetch.claims(view), "conflicts")
    table.download(view, rows, name="conflicts", title=view.t("文件之间的不一致"))


def _unsaid(view: View, document_id: str) -> None:
    rows = fetch.document_silent(view, document_id)
    with st.expander(view.t("这份文件从未引用的指标（{n} 项）", n=len(rows))):
        table.show(
            view,
            rows,
            [
                Column(mark("主题"), lambda r: view.theme_name(r["theme_id"]), 180),
                columns.indicator(view),
                Column(mark("引用它的其他文件数"), lambda r: r["cited_by"], 150, "right"),
            ],
            name="unsaid",
            title=view.t("这份文件从未引用的指标"),
            empty=view.t("这份文件引用了登记册中所有适用的指标。"),
        )


def _silence(view: View) -> None:
    st.subheader(view.t("谁从未引用哪个指标"), anchor=False)
    st.caption(
        view.t(
            "只计有自己文件的地区；下级地区的数值不算上级地区引用。只在一份文件中出现的用语不列。"
        )
    )
    rows = fetch.silent(view)
    table.show(
        view,
        rows,
        [
            Column(mark("主题"), lambda r: view.theme_name(r["theme_id"]), 150),
            columns.indicator(view),
            Column(mark("引用地区"), lambda r: view.t("、").join(r["citing_regions"]) or "—", 150),
            Column(
                mark("从未引用的地区"), lambda r: view.t("、").join(r["silent_regions"]) or "—", 260
            ),
            Column(
                mark("其中只有下级地区引用"),
                lambda r: view.t("、").join(r["below_regions"]) or "—",
                170,
            ),
        ],
        name="silence",
        title=view.t("谁从未引用哪个指标"),
        empty=view.t("登记册为空，或没有任何文件。"),
    )
