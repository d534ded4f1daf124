"""The half-year appraisal (半年考核): off unless the installation names weights."""

from __future__ import annotations

import streamlit as st

from indicators.core.settings import Appraisal
from indicators.export import sentences
from indicators.export.edition import APPRAISAL, Edition
from indicators.text import mark
from indicators.ui.escape import md
from indicators.ui.publish import making, preview, read_back
from indicators.ui.publish.hand_out import at_once, download, previewed
from indicators.ui.view import View

#: What an installation writes into ``config.yaml``; the manual shows the same lines.
EXAMPLE = """\
appraisal:
  weights:                      # 指标标识: 权重；权重之和不必为 100
    county_visit_share: 40
    maternal_mortality_ratio: 30
    under5_mortality_rate: 30
  against: benchmark            # promise：各地自己的承诺；benchmark：上级设定的参考线
  missing: exclude              # exclude：缺的不计分；zero：缺的按 0 分计
  least_coverage: 50            # 有数值的权重不足 50% 的地区不排名
"""


def show(view: View, edition: Edition) -> None:
    """The scores with their files, or how to switch them on."""
    rules = view.settings.appraisal
    if rules is None:
        _off(view)
    else:
        _on(view, edition, rules)


def _off(view: View) -> None:
    st.info(
        view.t(
            "半年考核没有启用：哪些指标计分、各占多少权重，由使用单位自行决定，本看板不代为设定。"
        )
    )
    st.markdown(
        view.t("启用办法：在 config.yaml 中写入下列各行，改成本单位的指标和权重，保存后刷新本页。")
    )
    st.code(EXAMPLE, language="yaml")
    st.caption(
        view.t(
            "指标标识见“指标字典”。得分由所引数值推算，不是文件所载；缺数值的指标会逐一列出，"
            "并给出权重上下浮动 20% 时名次的变化。"
        )
    )


def _on(view: View, edition: Edition, rules: Appraisal) -> None:
    file = at_once(edition, "workbook", making.book)
    title = edition.t("半年考核：{selection}", selection=edition.selection)
    download(view, file, making.named(edition, title, ".xlsx"), mark("下载 Excel 工作簿"))
    st.caption(view.t("Word 通报和对比工作簿也带有这一章。"))
    previewed(view, edition, title, lambda: _scores(edition, rules, file.data))


def _scores(edition: Edition, rules: Appraisal, data: bytes) -> None:
    """How the scores were made, then the two sheets as the file holds them."""
    st.markdown("\n\n".join(md(line) for line in sentences.appraisal(edition, rules)))
    sheets = read_back.xlsx_frames(data)
    for name in APPRAISAL.values():
        title = edition.t(name)
        st.markdown(f"**{md(title)}**")
        preview.sheet(title, sheets[title])
