"""The shell: which pages there are, who sees them, and what surrounds each of them.

A new page is one line of :data:`PAGES`.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from indicators.core.errors import KnownProblem
from indicators.text import mark, translator
from indicators.ui import cache, layout, state
from indicators.ui.pages import (
    commitments,
    comparison,
    curation,
    overview,
    progress,
    publish,
    region_profile,
    registry,
    sources,
)
from indicators.ui.view import View, current
from indicators.ui.web import PRODUCT

log = logging.getLogger("indicators")

_ICON = Path(__file__).with_name("icon.png")
EVERYONE = ("public", "curator")
CURATORS = ("curator",)


class Page(NamedTuple):
    """``key`` is the address, ``title`` and ``lead`` are message ids, ``roles`` who sees it."""

    key: str
    title: str
    lead: str
    icon: str
    render: Callable[[View], None]
    roles: tuple[str, ...] = EVERYONE


PAGES = (
    Page(
        "overview",
        mark("总览"),
        mark("各地在公开文件中作了哪些承诺、报告了哪些数值，哪些到期而未见报告。"),
        ":material/space_dashboard:",
        overview.render,
    ),
    Page(
        "progress",
        mark("指标进度"),
        mark("一个指标：各地报告值与承诺、参考线并列，附定义与口径。"),
        ":material/trending_up:",
        progress.render,
    ),
    Page(
        "commitments",
        mark("承诺核查"),
        mark("逐条核查：结论、依据、原文、文号、日期。"),
        ":material/fact_check:",
        commitments.render,
    ),
    Page(
        "comparison",
        mark("城市对比"),
        mark("只有指标、层级、范围、口径相同的数值才并列；其余写明原因，不排名。"),
        ":material/table_chart:",
        comparison.render,
    ),
    Page(
        "region",
        mark("地区档案"),
        mark("一个地区：全部引文的时间线、下级地区、结论、一致性核对、文件。"),
        ":material/location_city:",
        region_profile.render,
    ),
    Page(
        "sources",
        mark("文献与引文"),
        mark("每份文件说了什么、引文是否与原件核对、文件之间有无不一致、谁从未引用哪个指标。"),
        ":material/library_books:",
        sources.render,
    ),
    Page(
        "registry",
        mark("指标字典"),
        mark("每个指标的名称、口径、单位、易混指标、参考线，以及这些各核实到什么程度。"),
        ":material/menu_book:",
        registry.render,
    ),
    Page(
        "publish",
        mark("通报与导出"),
        mark("把看板上的数字连同出处带走：通报、工作簿、清单、数据和静态网站，先预览，再下载。"),
        ":material/ios_share:",
        publish.render,
    ),
    Page(
        "curation",
        mark("数据录入"),
        mark("从公开文件中识别数值，逐条审定后写入数据；每次保存都留有记录。"),
        ":material/edit_note:",
        curation.render,
        CURATORS,
    ),
)


def run() -> None:
    """One run of the script for one reader."""
    state.begin()
    try:
        view = current(cache.load())
    except KnownProblem as problem:
        st.set_page_config(page_title=PRODUCT, layout="wide")
        layout.fault(translator("zh"), str(problem))
        return
    # The icon first and from a file: a page's own icon would be fetched from a font server.
    st.set_page_config(page_title=view.t(PRODUCT), page_icon=str(_ICON), layout="wide")
    pages = [page for page in PAGES if view.role in page.roles]
    chosen = st.navigation([_entry(page, view, first=page is pages[0]) for page in pages])
    st.set_page_config(page_title=f"{chosen.title} · {view.t(PRODUCT)}")
    chosen.run()
    state.finish()


def _entry(page: Page, view: View, *, first: bool) -> st.Page:
    def show() -> None:
        _show(page, view)

    return st.Page(show, title=view.t(page.title), icon=page.icon, url_path=page.key, default=first)


def _show(page: Page, view: View) -> None:
    """A page inside its surroundings and behind the one error boundary."""
    layout.sidebar(view)
    layout.heading(view, page.title, page.lead)
    notices = st.container()
    try:
        page.render(view)
    except KnownProblem as problem:
        layout.fault(view.t, str(problem))
    except Exception:
        layout.fault(view.t, reference=_logged(page.key))
    for write in view.later:
        write()
    with notices:
        layout.notices(view, state.refused())
    layout.footer(view)


def _logged(where: str) -> str:
    """Log the exception being handled; a short reference that the reader can quote."""
    reference = uuid.uuid4().hex[:8]
    log.exception("page %s failed, reference %s", where, reference)
    return reference


def on_script_error(error: Exception) -> bool:
    """What the server does with a bug outside every page: log it, say so calmly."""
    reference = uuid.uuid4().hex[:8]
    log.error("script failed, reference %s", reference, exc_info=error)
    layout.fault(translator("zh"), reference=reference)
    return True
