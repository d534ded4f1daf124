"""Page 8: the circular, the workbook, the list, the data, the snapshot, each with a preview."""

from __future__ import annotations

import streamlit as st

from indicators.core.errors import KnownProblem
from indicators.export.edition import Edition
from indicators.text import Language, mark
from indicators.ui import fetch, state
from indicators.ui import fetch_reference as reference
from indicators.ui.cache import table
from indicators.ui.components import pick
from indicators.ui.escape import md
from indicators.ui.publish.kinds import KINDS
from indicators.ui.view import View

SCOPES = {"regions": mark("按地区"), "proposal": mark("按建议提案")}
LANGUAGES: dict[str, str] = {"zh": "中文", "en": "English"}


def render(view: View) -> None:
    """Pick what the file is about and which file it is; preview; download."""
    documents = reference.documents(view)
    if documents.empty:
        st.info(view.t("截至 {day} 没有任何文件。可在侧栏改选较晚的截至日期。", day=view.as_of))
        return
    with st.container(key="filters"):
        edition = _edition(view)
        kinds = tuple(KINDS)
        chosen = pick.way(view, "file", mark("要哪种文件"), kinds, lambda k: view.t(KINDS[k].title))
    st.caption(md(view.t(KINDS[chosen].lead)))
    if edition.claims.empty:
        st.info(view.t("所选范围内没有数据：文件会如实写明这一点，不会是空白。"))
    try:
        KINDS[chosen].show(view, edition)
    except KnownProblem as problem:
        st.warning(view.t("这个文件现在做不出来，原因如下；其他种类不受影响。"))
        st.text(str(problem))


# what the file is about ----------------------------------------------------------------


def _edition(view: View) -> Edition:
    one, two, three = st.columns([3, 5, 2], vertical_alignment="top")
    replies = _replies(view)
    with one:
        scopes = tuple(SCOPES) if replies else ("regions",)
        scope = pick.way(view, "scope", mark("范围"), scopes, lambda s: view.t(SCOPES[s]))
    with two:
        regions, reply = _scope(view, scope, replies)
    with three:
        language = _language(view)
    return _cached(view, language, regions, reply)


def _scope(
    view: View, scope: str, replies: dict[str, str]
) -> tuple[tuple[str, ...] | None, str | None]:
    if scope == "proposal":
        first = next(iter(replies))
        title = mark("建议或提案")
        return None, pick.one(view, "reply", title, list(replies), first, lambda r: replies[r])
    known = fetch.cited_regions(view)
    chosen = pick.many(
        view, "about", mark("地区（含其下各县；不选为全部）"), known, view.region_name
    )
    return tuple(chosen) or None, None


def _replies(view: View) -> dict[str, str]:
    """Document id -> the proposal it answers, in words."""
    rows = reference.documents(view)
    answering = rows[rows["proposal"].notna()].to_dict("records")
    return {
        row["document_id"]: view.t(
            "{region} · {proposal}", region=row["region_name"], proposal=view.t(row["proposal"])
        )
        for row in answering
    }


def _language(view: View) -> Language:
    chosen = state.one("file_lang", tuple(LANGUAGES), view.lang)
    st.segmented_control(
        view.t("文件语言"),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        required=True,
        **state.widget("file_lang", chosen, view.lang),
    )
    return "en" if chosen == "en" else "zh"


def _cached(
    view: View, language: Language, regions: tuple[str, ...] | None, reply: str | None
) -> Edition:
    """The edition, shared by all readers who ask for the same one."""
    judged, verified = fetch.assessed(view), reference.verified(view)
    return table(
        view.key("edition", language, regions, reply),
        lambda: Edition(
            view.snapshot,
            view.settings,
            view.as_of,
            language,
            regions=regions,
            proposal=reply,
            verified=verified,
            judged=judged,
        ),
    )
