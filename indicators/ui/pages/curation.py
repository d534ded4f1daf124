"""Page 9, for curators: upload a document, review its figures, preview, save."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from indicators.core.errors import KnownProblem
from indicators.files.refusals import FileRefused
from indicators.text import mark
from indicators.ui import auth, state
from indicators.ui.curation import about, desk, intake, outcome, review
from indicators.ui.escape import md
from indicators.ui.view import View

TYPES = ("txt", "html", "htm", "docx", "pdf", "csv", "xlsx")
STEPS = (
    mark("第一步　上传文件"),
    mark("第二步　核对文件信息"),
    mark("第三步　逐条审阅"),
    mark("第四步　预览并保存"),
)


def render(view: View) -> None:
    """The four steps; each appears when the one before it has something to hand on."""
    try:
        auth.curator()
    except auth.NotPermittedError as refused:
        st.error(view.t(auth.REASONS[refused.code]))
        return
    outcome.finished(view)
    _step(view, 0)
    _upload(view)
    draft = desk.draft()
    if draft is None:
        return
    _step(view, 1)
    about.show(view, draft)
    _step(view, 2)
    review.show(view, draft)
    _step(view, 3)
    outcome.show(view, draft, desk.store(view.settings))


def _step(view: View, number: int) -> None:
    st.subheader(view.t(STEPS[number]), anchor=False)


def _upload(view: View) -> None:
    """Take a file; the same file is not read twice, another one begins a new review."""
    given: Any = st.file_uploader(
        view.t("文件（txt、html、docx、pdf；表格用 csv、xlsx；至多 20 MB）"),
        type=list(TYPES),
        max_upload_size=20,
        key=f"curation.file.{desk.round_number()}",
    )
    if given is None:
        st.caption(
            view.t("上传政府答复、工作报告、方案等公开文件，程序找出其中的数值，由您逐条审定。")
        )
        return
    data = given.getvalue()
    seen = f"{given.file_id}.{hashlib.sha256(data).hexdigest()}"
    if state.held("curation.seen", str) != seen:
        state.hold("curation.seen", seen)
        state.hold("curation.done", None)
        _begin(view, data, given.name)


def _begin(view: View, data: bytes, name: str) -> None:
    desk.keep(None)
    try:
        auth.curator()
        with st.spinner(view.t("正在读取并识别……")):
            desk.keep(intake.begin(data, name, view.snapshot, desk.store(view.settings)))
    except FileRefused as refused:
        state.hold("curation.seen", None)
        st.error(view.t("这个文件没有被接受，库中内容未变。"))
        st.text(refused.zh if view.lang == "zh" else str(refused))
    except KnownProblem as problem:
        state.hold("curation.seen", None)
        st.error(view.t("这个文件没有被接受，库中内容未变。"))
        st.text(md(str(problem)))
