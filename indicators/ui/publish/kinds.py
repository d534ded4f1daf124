"""The kinds of file that page 8 hands out, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from indicators.export import docx, pdf
from indicators.export.edition import TITLES, Edition
from indicators.text import Translate, mark
from indicators.ui.components import pick
from indicators.ui.publish import appraisal, making, preview
from indicators.ui.publish.hand_out import at_once, download, on_request, previewed
from indicators.ui.view import View


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is called, what is in it, and how it is shown and made."""

    title: str
    lead: str
    show: Callable[[View, Edition], None]


def _circular(view: View, edition: Edition) -> None:
    title = docx.title(edition)
    plain = at_once(edition, "circular", making.words_only)
    on_request(
        view,
        edition,
        "circular-pictures",
        making.named(edition, title, ".docx"),
        (
            mark("生成 Word 文件（含图）"),
            mark("正在画图、排版，约需 5 秒……"),
            mark("下载 Word 文件（含图）"),
        ),
        lambda _progress: making.with_pictures(edition),
    )
    name = making.named(edition, title + edition.t("（无图）"), ".docx")
    download(view, plain, name, mark("下载不含图的版本"), quiet=True)
    previewed(view, edition, title, lambda: preview.circular(edition, plain.data))


def _workbook(view: View, edition: Edition) -> None:
    file = at_once(edition, "workbook", making.book)
    title = edition.t("改革进展指标：{selection}", selection=edition.selection)
    download(view, file, making.named(edition, title, ".xlsx"), mark("下载 Excel 工作簿"))
    dressed = replace(view, lang=edition.language)
    previewed(view, edition, title, lambda: preview.workbook(dressed, edition, file.data))


def _checklist(view: View, edition: Edition) -> None:
    file = at_once(edition, "checklist", making.checklist)
    title = pdf.title(edition)
    download(view, file, making.named(edition, title, ".pdf"), mark("下载 PDF"))
    previewed(view, edition, title, lambda: preview.checklist(view, edition))


def _data(view: View, edition: Edition) -> None:
    one, two = st.columns([3, 5])
    with one:
        name = pick.one(
            view, "dataset", mark("哪张表"), (*TITLES, "package"), "claims", _table_name(view.t)
        )
    if name == "package":
        _package(view, edition)
        return
    with two:
        suffix = pick.way(view, "format", mark("格式"), making.FORMATS, _format_name)
    _table(view, edition, name, suffix)


def _table(view: View, edition: Edition, name: str, suffix: str) -> None:
    title = edition.t(TITLES[name])
    file = at_once(edition, f"{name}{suffix}", partial(making.table, name=name, suffix=suffix))
    named = making.named(edition, f"{title}_{edition.selection}", suffix)
    download(view, file, named, mark("下载数据"))
    rows = at_once(edition, f"{name}.csv", partial(making.table, name=name, suffix=".csv"))
    previewed(view, edition, title, lambda: preview.table(view, edition, name, rows.data))


def _package(view: View, edition: Edition) -> None:
    file = at_once(edition, "package", making.package)
    title = edition.t("数据包")
    named = making.named(edition, f"{title}_{edition.selection}", ".zip")
    download(view, file, named, mark("下载数据包（zip）"))
    previewed(view, edition, title, lambda: preview.tables(view, edition))


def _snapshot(view: View, edition: Edition) -> None:
    title = edition.t("静态网站")
    on_request(
        view,
        edition,
        "site",
        making.named(edition, f"{title}_{edition.selection}", ".zip"),
        (
            mark("生成静态网站（zip）"),
            mark("正在写网页和数据，约需 10 秒……"),
            mark("下载静态网站（zip）"),
        ),
        lambda progress: making.snapshot(edition, progress),
    )
    if edition.proposal is None:
        st.caption(view.t("在服务器上也可用命令直接写到一个文件夹："))
        st.code(_command(edition), language=None, wrap_lines=True)
    previewed(view, edition, title, lambda: preview.site(view, edition))


def _command(edition: Edition) -> str:
    """The same site from the command line."""
    chosen = "".join(f" --region {code}" for code in edition.regions or ())
    return f"python -m indicators publish site --as-of {edition.as_of.isoformat()}{chosen}"


def _table_name(t: Translate) -> Callable[[str], str]:
    return lambda name: t("全部表格（数据包 zip）") if name == "package" else t(TITLES[name])


def _format_name(suffix: str) -> str:
    names = {".csv": "CSV", ".xlsx": "Excel", ".json": "JSON", ".parquet": "Parquet"}
    return names[suffix]


KINDS: dict[str, Kind] = {
    "circular": Kind(
        mark("季度通报（Word）"),
        mark(
            "总体情况、承诺核查结论表、分地区情况、到期未报告清单；每个数值带尾注，写明原句和文件。"
        ),
        _circular,
    ),
    "workbook": Kind(
        mark("对比工作簿（Excel）"),
        mark("地区对比、观测值、承诺与结论、参考线对照、指标定义和说明，各占一张工作表。"),
        _workbook,
    ),
    "checklist": Kind(
        mark("承诺清单（PDF）"),
        mark("逐条列出承诺、结论、数值、原句和文件，A4 横排，可直接打印。"),
        _checklist,
    ),
    "data": Kind(
        mark("数据文件"),
        mark("供统计软件使用：列名为固定的英文标识，数值与原文位数一致，每行带原句和文件。"),
        _data,
    ),
    "appraisal": Kind(
        mark("半年考核"),
        mark("按本单位设定的指标和权重给各地计分，缺的数值逐一列出，名次附稳健程度。"),
        appraisal.show,
    ),
    "site": Kind(
        mark("静态网站"),
        mark("一个压缩包：解压后不联网、不装软件也能用浏览器打开，中英文各一套，图可交互。"),
        _snapshot,
    ),
}
