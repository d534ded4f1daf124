"""Data entry as a curator's session runs it; who the person is stands in ``AppTest.user``."""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from indicators.files.audit import AuditLog
from tests.support.curator_site import ANNA, EVE, REPLY, install

ROWS = (
    ("2025年各县情况",),
    ("地区", "县域内就诊率（%）", "居民健康档案建档率（%）"),
    ("甲山县", 90.1, 93.5),
    ("乙水县", 88.4, "…"),
    ("合计", 89.2, 93.1),
)


def _page() -> None:
    """The page as the shell shows it, without the server around it."""
    from indicators.ui import app, cache, layout, state
    from indicators.ui.view import current

    state.begin()
    view = current(cache.load())
    layout.sidebar(view)
    if any(p.key == "curation" and view.role in p.roles for p in app.PAGES):
        next(p for p in app.PAGES if p.key == "curation").render(view)
    state.finish()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A curator's installation on a copy of the data."""
    config = install(tmp_path, "curator")
    monkeypatch.setenv("INDICATORS_CONFIG", str(config))
    # A save keeps its upload among the originals: not among those that the tests read.
    monkeypatch.delenv("INDICATORS_SOURCES", raising=False)
    return tmp_path


def _session(email: str | None, age_hours: float = 0, **claims: object) -> AppTest:
    session = AppTest.from_function(_page, default_timeout=60)
    issued = int(time.time() - age_hours * 3600)
    signed_in = {"is_logged_in": True, "email": email, "iat": issued, "email_verified": True}
    session.user = {**signed_in, **claims} if email else {"is_logged_in": False}
    session.query_params["as_of"] = "2026-11-21"
    session.run()
    assert not session.exception
    return session


def _said(session: AppTest) -> str:
    kinds = ("markdown", "caption", "text", "info", "success", "warning", "error", "subheader")
    return "\n".join(str(e.value) for kind in kinds for e in session.get(kind)).replace("\\", "")


def _button(session: AppTest, label: str) -> None:
    next(button for button in session.button if button.label == label).click().run()
    assert not session.exception


def _upload(session: AppTest, name: str, data: bytes) -> AppTest:
    session.file_uploader[0].upload(name, data).run()
    assert not session.exception
    return session


def _save_first(session: AppTest) -> None:
    """From an upload to the save: what was recognised, and the first claim as proposed."""
    for label in ("确认文件信息", "采纳", "预览变更", "保存到数据"):
        _button(session, label)


@pytest.mark.parametrize(
    ("email", "age", "claims", "said"),
    [
        (None, 0, {}, "尚未配置登录服务，见部署说明。"),
        (EVE, 0, {}, "此账户不在录入人员名单中，只能查阅。"),
        (ANNA, 13, {}, "登录已超过时限，请重新登录。"),
        (ANNA, 0, {"email_verified": False}, "登录服务称此邮箱未经验证，不能录入数据。"),
        (ANNA, 0, {"email_verified": "false"}, "登录服务称此邮箱未经验证，不能录入数据。"),
        (ANNA, 0, {"iat": None}, "登录已超过时限，请重新登录。"),
    ],
)
def test_the_page_is_absent_for_everybody_else(
    root: Path, email: str | None, age: float, claims: dict[str, object], said: str
) -> None:
    session = _session(email, age, **claims)
    assert said in _said(session)
    assert len(session.file_uploader) == 0
    assert not session.subheader


def test_a_public_process_offers_no_sign_in(root: Path) -> None:
    config = root / "config.yaml"
    text = config.read_text("utf-8").replace("role: curator", "role: public")
    config.write_text(text, encoding="utf-8")
    session = _session(ANNA)
    assert "已登录" not in _said(session)
    assert [button.label for button in session.button] == []
    assert len(session.file_uploader) == 0


def test_a_text_is_reviewed_and_saved_with_the_person_in_the_log(root: Path) -> None:
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    assert "共 8 条：○ 待审 8" in _said(session)
    assert "请先在第二步确认文件信息。" in _said(session)
    _button(session, "确认文件信息")
    _button(session, "采纳")
    assert "共 8 条：○ 待审 7　✓ 已采纳 1" in _said(session)
    assert "还有 7 条待审" in _said(session)
    _button(session, "预览变更")
    assert "+  - indicator: county_visit_share" in session.get("code")[0].value
    _button(session, "保存到数据")
    assert "已保存到 990100-2026-npc-27.yaml：采纳 1 条" in _said(session)
    entries = list(AuditLog(root / "data" / "audit.jsonl").entries())
    assert [entry["who"] for entry in entries if entry["state"] == "intent"] == [ANNA]
    assert entries[0]["changes"][0]["claim"] == "990100-2026-npc-27#1"


def test_a_save_keeps_the_original_where_the_installation_keeps_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = root / "originals"
    originals.mkdir()
    (originals / "reply.txt").write_text("another city's reply", encoding="utf-8")
    monkeypatch.setenv("INDICATORS_SOURCES", str(originals))
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    _save_first(session)
    name = f"reply-{hashlib.sha256(REPLY.encode()).hexdigest()[:8]}.txt"
    assert f"原件已存入原件文件夹：{name}。" in _said(session)
    assert (originals / name).read_text("utf-8") == REPLY
    assert (originals / "reply.txt").read_text("utf-8") == "another city's reply"
    saved = (root / "data/documents/990100-2026-npc-27.yaml").read_text("utf-8")
    assert f"file: {name}" in saved


def test_an_original_that_cannot_be_kept_is_said_and_the_claims_are_saved(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDICATORS_SOURCES", str(root / "nowhere"))
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    _save_first(session)
    said = _said(session)
    assert "已保存到 990100-2026-npc-27.yaml：采纳 1 条" in said
    assert "原件未能存入原件文件夹：" in said
    assert "No such file or directory" in said


def test_a_known_document_is_recognised_by_its_number_and_corrected(root: Path) -> None:
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    _save_first(session)
    again = _session(ANNA)
    copy = REPLY.replace("〔2026〕", "[2026]").replace("尊敬的代表：\n", "")
    _upload(again, "copy.html", f"<html><body><pre>{copy}</pre></body></html>".encode())
    assert "这份文件已在库中（990100-2026-npc-27），已录 1 条。" in _said(again)
    assert "共 8 条：○ 待审 7　＝ 已在库 1" in _said(again)
    _button(again, "上一条")
    next(i for i in again.text_input if i.label == "期间").set_value("2025-12")
    _button(again, "更正")
    assert "请写明更正或撤下的理由。" in _said(again)
    next(i for i in again.text_input if i.label == "更正或撤下的理由").set_value("文中写明为年底数")
    _button(again, "更正")
    assert "✎ 已更正 1" in _said(again)
    _button(again, "预览变更")
    _button(again, "保存到数据")
    assert "更正 1 条" in _said(again)
    text = (root / "data" / "documents" / "990100-2026-npc-27.yaml").read_text("utf-8")
    assert "period: 2025-12" in text
    last = [e for e in AuditLog(root / "data" / "audit.jsonl").entries() if e["state"] == "intent"][
        -1
    ]
    assert [(c["type"], c["reason"]) for c in last["changes"]] == [
        ("correction", "文中写明为年底数")
    ]


def test_a_spreadsheet_accounts_for_every_cell(root: Path) -> None:
    session = _upload(_session(ANNA), "各县情况.xlsx", _workbook())
    assert "单元格 13 个 = 无疑点 9 + 待核 3 + 不作数值 1" in _said(session)
    assert "请先在第二步确认文件信息。" in _said(session)
    for label, value in (
        ("发文机关", "云江市卫生健康委员会"),
        ("成文日期（只知年份就只写年份）", "2026"),
    ):
        next(i for i in session.text_input if i.label == label).set_value(value)
    next(s for s in session.selectbox if s.label == "文件类型").set_value("bulletin")
    next(s for s in session.selectbox if s.label == "所属地区").set_value("990100")
    _button(session, "确认文件信息")
    _button(session, "采纳全部无疑点的 3 条")
    assert "共 5 条：○ 待审 2　✓ 已采纳 3" in _said(session)
    _button(session, "预览变更")
    _button(session, "保存到数据")
    assert "已保存到 990100-2026-bulletin.yaml：采纳 3 条" in _said(session)
    text = (root / "data" / "documents" / "990100-2026-bulletin.yaml").read_text("utf-8")
    assert "quote: 甲山县；县域内就诊率（%）：90.1" in text
    assert "section: 各县!B3" in text


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "各县"
    for row in ROWS:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_hostile_file_is_refused_kindly_and_in_place(root: Path) -> None:
    session = _upload(_session(ANNA), "../../bad.pdf", b"%PDF-1.7 nothing more")
    assert "这个文件没有被接受，库中内容未变。" in _said(session)
    assert "bad.pdf: 整个文件: 无法解析，文件可能已损坏" in _said(session)
    assert "第二步" not in _said(session)


def test_a_rejection_without_words_is_not_taken(root: Path) -> None:
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    reason = next(s for s in session.selectbox if s.label == "退回的理由")
    reason.set_value("其他（请在下面写明）")
    _button(session, "退回")
    assert "请写明退回的理由。" in _said(session)
    assert "共 8 条：○ 待审 8" in _said(session)


def test_a_figure_that_the_quote_lacks_is_refused(root: Path) -> None:
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    next(i for i in session.text_input if i.label == "数值").set_value("91.3")
    for _ in range(2):  # pressing again does not help
        _button(session, "采纳")
        assert "引文中没有这个数字，请核对数值与引文。" in _said(session)
        assert "核对无误的，请再按一次同一按钮。" not in _said(session)
        assert "共 8 条：○ 待审 8" in _said(session)


def test_a_quote_that_names_the_neighbour_needs_a_second_press(root: Path) -> None:
    session = _upload(_session(ANNA), "reply.txt", REPLY.encode())
    next(s for s in session.selectbox if s.label == "指标").set_value("county_inpatient_share")
    _button(session, "采纳")
    assert "引文写的是另一项容易混淆的指标，请核对指标。" in _said(session)
    assert "核对无误的，请再按一次同一按钮。" in _said(session)
    assert "共 8 条：○ 待审 8" in _said(session)
    _button(session, "采纳")
    assert "共 8 条：○ 待审 7　✎ 改后采纳 1" in _said(session)


def test_the_page_speaks_english_throughout(root: Path) -> None:
    session = AppTest.from_function(_page, default_timeout=60)
    session.user = {"is_logged_in": True, "email": ANNA, "iat": int(time.time())}
    session.query_params["lang"] = "en"
    session.run()
    _upload(session, "reply.txt", REPLY.encode())
    assert "8 in all: ○ To review 8" in _said(session)
    labels = [b.label for b in session.button] + [i.label for i in session.text_input]
    assert not [label for label in labels if any("\u4e00" <= c <= "\u9fff" for c in label)]
