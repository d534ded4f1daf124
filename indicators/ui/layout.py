"""What surrounds every page: sidebar, heading, notices, footer, and the calm error."""

from __future__ import annotations

import streamlit as st

from indicators.core.problem import Problem
from indicators.text import Language, Translate, mark
from indicators.ui import auth, state
from indicators.ui.escape import md
from indicators.ui.view import View, today
from indicators.ui.web import PRODUCT

_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}

#: What a choice in a link is called when it has to be refused.
CHOICES = {
    "lang": mark("语言"),
    "as_of": mark("截至日期"),
    "indicator": mark("指标"),
    "indicators": mark("指标"),
    "region": mark("地区"),
    "regions": mark("地区"),
    "where": mark("地区"),
    "verdict": mark("结论"),
    "kind": mark("目标类型"),
    "show": mark("显示方式"),
    "page": mark("页码"),
    "document": mark("文件"),
    "claim_kind": mark("类别"),
    "quotes": mark("显示方式"),
    "part": mark("看什么"),
    "theme": mark("主题"),
    "themes": mark("主题"),
    "level": mark("层级"),
    "q": mark("按名称查找"),
    "scope": mark("范围"),
    "about": mark("地区"),
    "reply": mark("建议或提案"),
    "file": mark("要哪种文件"),
    "file_lang": mark("文件语言"),
    "dataset": mark("哪张表"),
    "format": mark("格式"),
}


def sidebar(view: View) -> None:
    """Language, as-of day, data version and verification state."""
    with st.sidebar:
        _language(view)
        _day(view)
        st.caption(_version(view))
        auth.control(view)


def _language(view: View) -> None:
    default = view.settings.language
    st.segmented_control(
        view.t("语言"),
        list(_LANGUAGES),
        format_func=lambda code: _LANGUAGES[code],
        required=True,
        width="stretch",
        **state.widget("lang", view.lang, default),
    )


def _day(view: View) -> None:
    st.date_input(
        view.t("截至日期"),
        format="YYYY-MM-DD",
        min_value=state.FIRST_DAY,
        max_value=state.LAST_DAY,
        help=view.t("结论按这一天判定；只计入这一天（含）以前成文的文件。"),
        **state.widget("as_of", view.as_of, view.settings.as_of_date(today())),
    )


def _version(view: View) -> str:
    snapshot, t = view.snapshot, view.t
    parts = (
        t("数据版本 {digest}", digest=snapshot.digest[:8]),
        t("文件 {n} 份", n=len(snapshot.documents)),
        t("引文 {n} 条", n=sum(len(d.claims) for d in snapshot.documents)),
        verification_line(view),
    )
    return "  \n".join(md(part) for part in parts)


def verification_line(view: View) -> str:
    """How far the quotes were checked against the originals, and when."""
    total = sum(len(document.claims) for document in view.snapshot.documents)
    dates = view.data.verification.dates(view.snapshot)
    if not dates:
        return view.t("引文尚未与原件核对")
    day = min(dates.values())
    if len(dates) == total:
        return view.t("引文已核对 {day}", day=day)
    return view.t("引文已核对 {n}/{total} 条，{day}", n=len(dates), total=total, day=day)


def heading(view: View, title: str, lead: str) -> None:
    """The page's title and one sentence on what it answers."""
    st.caption(f"**{view.t(PRODUCT)}**")
    st.title(view.t(title), anchor=False)
    st.caption(view.t(lead))


def notices(view: View, refused: list[tuple[str, str]]) -> None:
    """What the reader must know before reading on: refused choices, files left out."""
    for name, text in refused:
        what = view.t(CHOICES.get(name, name))
        st.warning(
            view.t(
                "链接中的“{what}”取值“{text}”在此不可用，已改用默认值。",
                what=what,
                text=md(text),
            )
        )
    if view.snapshot.left_out or view.data.problems.errors():
        _left_out(view)


def _left_out(view: View) -> None:
    errors = view.data.problems.errors()
    files = len(view.snapshot.left_out)
    st.warning(
        view.t("有 {n} 个文件未载入，下列数字不含其内容。", n=files)
        if files
        else view.t("数据文件中有 {n} 处问题。", n=len(errors))
    )
    with st.expander(view.t("哪些文件、为什么")):
        for problem in errors:
            _problem(problem)


def _problem(problem: Problem) -> None:
    st.text(str(problem))


def fault(t: Translate, message: str = "", reference: str = "") -> None:
    """A page that cannot be shown: what happened, in words, without a trace."""
    st.error(t("此页暂时无法显示。其他页面不受影响。"))
    if message:
        st.text(message)
    if reference:
        st.caption(t("已记入服务器日志，编号 {reference}。", reference=reference))


def footer(view: View) -> None:
    """Where the figures come from and what they are not, on every page."""
    st.divider()
    st.caption(
        view.t(
            "所列数字均出自所引文件原文，未经推算；派生数字另行注明。"
            "截至 {day}，数据版本 {digest}。本看板不含地图。",
            day=view.as_of.isoformat(),
            digest=view.snapshot.digest[:8],
        )
    )
