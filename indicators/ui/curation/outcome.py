"""Preview and save: the change of the file, what it does to the verdicts, and the write."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from indicators.charts import words
from indicators.core.errors import KnownProblem
from indicators.core.model import Document
from indicators.core.problem import Problems
from indicators.files import originals
from indicators.files.audit import digest
from indicators.files.quotes import sources_folder
from indicators.files.write import (
    Preview,
    RefusedByCheck,
    Saved,
    StaleEdit,
    Store,
    difference,
)
from indicators.tables.assess import assess
from indicators.text import mark
from indicators.ui import auth, cache, fetch, state
from indicators.ui.components import table, verdict
from indicators.ui.curation import desk, effect, intake
from indicators.ui.curation.draft import Draft
from indicators.ui.curation.review import say
from indicators.ui.curation.vet import parsed, said
from indicators.ui.escape import md
from indicators.ui.view import View


@dataclass(frozen=True)
class Done:
    """What a finished save tells the curator."""

    document_id: str
    file: str
    counts: dict[str, int]
    entry: str
    by: str
    notes: tuple[str, ...]


def show(view: View, draft: Draft, store: Store) -> None:
    """Preview of everything decided so far, then the button that saves exactly that."""
    if not draft.confirmed:
        st.info(view.t("请先在第二步确认文件信息。"))
        return
    if not draft.ready:
        st.info(view.t("尚无可保存的决定：请在第三步采纳、更正或退回至少一条。"))
        return
    try:
        preview = store.preview(draft.edit())
    except KnownProblem as problem:
        st.error(view.t("现在还不能保存："))
        st.text(str(problem))
        return
    _problems(view, preview)
    _remaining(view, draft)
    seen = digest(preview.new_text)
    if draft.previewed != seen:
        st.button(
            view.t("预览变更"),
            key="curation.preview",
            type="primary",
            disabled=preview.refused,
            on_click=lambda: setattr(draft, "previewed", seen),
        )
        return
    _change(view, preview)
    _effects(view, preview)
    if st.button(view.t("保存到数据"), type="primary", key="curation.save", icon=":material/save:"):
        _save(view, draft, store)


def _change(view: View, preview: Preview) -> None:
    """The YAML before and after, as lines; plain letters, so that every sign is legible."""
    change = difference(preview.old_text, preview.new_text, view.t("现有"), view.t("保存后"))
    st.markdown(md(view.t("文件将这样改变（行首“+”为新增，“-”为删去）：")))
    _lines(change or view.t("文件内容不变。"))


def _lines(text: str) -> None:
    """Text as lines, wrapped and whole: a box that scrolls is out of reach of the keyboard."""
    st.code(text, language=None, wrap_lines=True)


def _problems(view: View, preview: Preview) -> None:
    for problem in preview.problems:
        say(said(view.t, problem))


def _remaining(view: View, draft: Draft) -> None:
    waiting = draft.counts()["pending"]
    if waiting:
        st.warning(
            view.t("还有 {n} 条待审，此次不会录入；保存后再次上传同一文件，可接着审阅。", n=waiting)
        )


def _effects(view: View, preview: Preview) -> None:
    """What the verdicts would become, on the day the reader looks from."""
    document = parsed(preview.new_text, Problems())
    if document is None:
        return
    changed = _changed(view, preview, document)
    st.markdown(
        md(
            view.t("对结论的影响（截至 {day}）：", day=view.as_of.isoformat())
            if not changed.empty
            else view.t("对结论没有影响（截至 {day}）。", day=view.as_of.isoformat())
        )
    )
    if document.dated.last > view.as_of:
        st.caption(view.t("此文件成文晚于截至日期，须把截至日期调后才计入。"))
    if not changed.empty:
        table.plain(view, changed, _columns(view), title=view.t("结论变化一览"))


def _changed(view: View, preview: Preview, document: Document) -> pd.DataFrame:
    after = effect.with_document(view.snapshot, document)
    with st.spinner(view.t("正在判定……")):
        return cache.table(
            view.key("effect", digest(preview.new_text)),
            lambda: effect.changed_verdicts(
                fetch.assessed(view), assess(after, view.settings, view.as_of)
            ),
        )


def _columns(view: View) -> list[table.Column]:
    def outcome(row: table.Row, side: str) -> str:
        return "—" if row[side] is None else verdict.words(view, row[side])

    def value(row: table.Row, side: str) -> str:
        number = words.amount(row[f"{side}_value"], row["unit"], view.lang)
        period = row[f"{side}_period"]
        return f"{number}（{period}）" if period else number

    return [
        table.Column(mark("地区"), lambda row: row["region_name"]),
        table.Column(mark("指标"), lambda row: view.indicator_name(row["indicator_id"])),
        table.Column(mark("目标类型"), lambda row: view.word("target_kind", row["target_kind"])),
        table.Column(mark("期限"), lambda row: row["due"] or view.t("未写期限")),
        table.Column(mark("原结论"), lambda row: outcome(row, "before")),
        table.Column(mark("新结论"), lambda row: outcome(row, "after")),
        table.Column(mark("原依据"), lambda row: value(row, "before")),
        table.Column(mark("新依据"), lambda row: value(row, "after")),
    ]


# --- saving ----------------------------------------------------------------------


def _save(view: View, draft: Draft, store: Store) -> None:
    try:
        saved = store.save(draft.edit(), auth.curator())
    except auth.NotPermittedError as refused:
        st.error(view.t("未保存：{reason}", reason=view.t(auth.REASONS[refused.code])))
    except StaleEdit as stale:
        _stale(view, draft, stale)
    except RefusedByCheck as refused:
        st.error(view.t("未保存，校验未通过："))
        for problem in refused.problems:
            say(said(view.t, problem))
    except KnownProblem as problem:
        st.error(view.t("未保存："))
        st.text(str(problem))
    else:
        _finish(draft, saved, _original(view, draft, store))


def _original(view: View, draft: Draft, store: Store) -> tuple[str, ...]:
    """Keep the upload where the installation keeps its originals, so that ``verify`` finds it."""
    folder = sources_folder(store.root, store.settings)
    if folder is None or (draft.document and draft.document.source.sha256 != draft.sha256):
        return ()
    name = draft.document.source.file if draft.document else draft.name
    try:
        if not originals.keep(folder, name, draft.data):
            return ()
    except KnownProblem as problem:
        return (view.t("原件未能存入原件文件夹：{problem}", problem=str(problem)),)
    return (view.t("原件已存入原件文件夹：{name}。", name=name),)


def _finish(draft: Draft, saved: Saved, kept: tuple[str, ...]) -> None:
    done = Done(
        document_id=saved.document.id,
        file=saved.document.name,
        counts={code: n for code, n in draft.counts().items() if n},
        entry=saved.entry["hash"],
        by=saved.entry["who"],
        notes=(*saved.notes, *kept),
    )
    desk.close()
    state.hold("curation.done", done)
    st.rerun()


def _stale(view: View, draft: Draft, stale: StaleEdit) -> None:
    """Someone else was faster: nothing is saved, both versions stand side by side."""
    st.error(
        view.t("未保存：您打开之后，已有人保存了这份文件。请对照两个版本，再重新录入您的改动。")
    )
    theirs, yours = st.columns(2)
    with theirs:
        st.markdown(view.t("**库中现有版本**"))
        _lines(stale.current_text)
    with yours:
        st.markdown(view.t("**您的版本（未保存）**"))
        _lines(stale.your_text)
    st.markdown(view.t("**两者的差别**（“-”为库中现有，“+”为您的版本）"))
    change = difference(stale.current_text, stale.your_text, view.t("库中现有"), view.t("您的版本"))
    _lines(change)
    st.button(
        view.t("在现有版本上重新审阅"),
        key="curation.rebase",
        type="primary",
        on_click=lambda: _rebase(view, draft),
    )


def _rebase(view: View, draft: Draft) -> None:
    """Start again from the version on disk; the decisions of this review are let go."""
    fresh = cache.load().snapshot
    wanted = draft.base.id or draft.meta.get("id")
    document = next((d for d in fresh.documents if d.id == wanted), None)
    if document is not None:
        intake.onto(draft, document, desk.store(view.settings), fresh)


def finished(view: View) -> None:
    """The message after a save, until it is closed."""
    done = state.held("curation.done", Done)
    if done is None:
        return
    kept = sum(done.counts.get(code, 0) for code in ("accepted", "edited"))
    st.success(
        md(
            view.t(
                "已保存到 {file}：采纳 {kept} 条，更正 {changed} 条，"
                "撤下 {out} 条，退回 {left} 条。",
                file=done.file,
                kept=kept,
                changed=done.counts.get("corrected", 0),
                out=done.counts.get("withdrawn", 0),
                left=done.counts.get("rejected", 0),
            )
        )
    )
    st.text(
        view.t(
            "已记入审计日志：{by}，记录 {entry}…。各页数字已更新，可到“承诺核查”查看结论。",
            by=done.by,
            entry=done.entry[:12],
        )
    )
    for note in done.notes:
        st.caption(md(note))
