"""A curator's way from a document to a verdict, in a real browser with a real sign-in."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from indicators.files.audit import AuditLog, verify
from tests.support.browser import PATIENCE, serious, settled
from tests.support.curator_site import (
    ANNA,
    BERT,
    EVE,
    PASSWORD,
    REPLY,
    UNPROVEN,
    Site,
    curator_site,
    dashboard,
    install,
)
from tests.support.documents import as_docx, as_html, as_pdf

pytestmark = pytest.mark.browser

#: A folder for pictures to look at; none are taken without it.
SHOTS = os.environ.get("INDICATORS_SHOTS")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A curator's dashboard on a copy of the data."""
    with curator_site(tmp_path_factory.mktemp("curator")) as running:
        yield running


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``tab()``: a new person's browser window."""
    contexts = []

    def make(**options: object) -> Page:
        size = {"width": 1440, "height": 1000}
        context = chromium.new_context(**{"viewport": size, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts:
        context.close()


def sign_in(page: Page, site: Site, email: str) -> None:
    """From the dashboard to the sign-in service and back."""
    page.goto(site.url)
    page.get_by_role("button", name="登录以录入数据").click()
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text(f"已登录：{email}")).to_be_visible()


def open_entry(page: Page) -> None:
    """The page of data entry."""
    page.get_by_role("link", name="数据录入").click()
    expect(page.get_by_text("第一步")).to_be_visible()


def upload(page: Page, path: Path) -> None:
    """Hand over a file and wait until it was read."""
    page.set_input_files("input[type=file]", str(path))
    # The line of step 2 says which file was read.
    read = page.get_by_text(re.compile(rf"^{re.escape(path.name)}\s*·"))
    expect(read).to_be_visible()
    settled(page)


def picture(page: Page, name: str) -> None:
    """A picture of the whole page, where somebody wants to look."""
    if SHOTS:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = page.viewport_size or {"width": 1440, "height": 1000}
        page.set_viewport_size({"width": size["width"], "height": height + 60})
        page.wait_for_timeout(600)
        page.screenshot(path=f"{SHOTS}/{name}.png")
        page.set_viewport_size(size)


def confirm(page: Page) -> None:
    """Take over what was recognised of the document."""
    page.get_by_role("button", name="确认文件信息").click()
    settled(page)


def upload_status(page: Page) -> int:
    """What the upload route answers this browser, cookies and all."""
    status: int = page.evaluate(
        """() => fetch('/_stcore/upload_file/0/1', {method: 'PUT', body: new FormData()})
                 .then(answer => answer.status)"""
    )
    return status


def preview(page: Page) -> None:
    """Look at what would be saved."""
    page.get_by_role("button", name="预览变更").click()
    expect(page.get_by_role("button", name="保存到数据")).to_be_visible()
    settled(page)


def title(page: Page) -> Locator:
    """``第 3 条：…`` of the claim under review."""
    return page.get_by_text(re.compile(r"^第 \d+ 条：")).first


def accept(page: Page) -> None:
    """Take the claim under review; the next one comes up."""
    settled(page)  # a click on a form that is about to go is lost
    before = title(page).inner_text()
    page.get_by_role("button", name="采纳", exact=True).click()
    expect(page.get_by_text(before)).to_have_count(0)
    settled(page)


def test_a_signed_out_visitor_sees_neither_page_nor_upload(
    site: Site, tab: Callable[..., Page]
) -> None:
    page = tab()
    page.goto(f"{site.url}/curation")
    expect(page.get_by_role("button", name="登录以录入数据")).to_be_visible()
    settled(page)
    expect(page.get_by_role("link", name="数据录入")).to_have_count(0)
    expect(page.locator("input[type=file]")).to_have_count(0)
    assert upload_status(page) == 403


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (EVE, "此账户不在录入人员名单中，只能查阅。"),
        (UNPROVEN, "登录服务称此邮箱未经验证，不能录入数据。"),
    ],
)
def test_a_signed_in_person_who_may_not_sees_neither(
    site: Site, tab: Callable[..., Page], email: str, said: str
) -> None:
    page = tab()
    sign_in(page, site, email)
    expect(page.get_by_text(said)).to_be_visible()
    settled(page)
    expect(page.get_by_role("link", name="数据录入")).to_have_count(0)
    assert upload_status(page) == 403
    page.goto(f"{site.url}/curation")
    expect(page.get_by_text(said)).to_be_visible()
    settled(page)
    expect(page.locator("input[type=file]")).to_have_count(0)
    page.keyboard.press("Escape")  # Streamlit's note that there is no such page
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="登录以录入数据")).to_be_visible()


def test_from_a_document_to_a_verdict(site: Site, tab: Callable[..., Page], tmp_path: Path) -> None:
    page = tab()
    sign_in(page, site, ANNA)
    open_entry(page)
    (tmp_path / "reply.txt").write_text(REPLY, encoding="utf-8")
    upload(page, tmp_path / "reply.txt")
    picture(page, "1-uploaded")
    expect(page.get_by_label("标题")).to_have_value("对云江市九届人大五次会议第27号建议的答复")
    expect(page.get_by_label("成文日期")).to_have_value("2026-03-18")
    confirm(page)
    expect(page.get_by_text("共 8 条：○ 待审 8")).to_be_visible()
    expect(title(page)).to_have_text("第 1 条：县域内就诊率")
    accept(page)
    accept(page)
    # The third has a name the registry lacks: the curator says which indicator it is.
    expect(title(page)).to_have_text("第 3 条：？家庭医生签约覆盖率")
    expect(page.get_by_text("把握不大，请仔细核对：指标不在字典中")).to_be_visible()
    choose(page, "指标", "家庭医生签约服务覆盖率")
    accept(page)
    go_to(page, 6)
    page.get_by_role("button", name="退回", exact=True).click()
    settled(page)
    go_to(page, 7)
    accept(page)
    expect(page.get_by_text("共 8 条：○ 待审 3 ✓ 已采纳 3 ✎ 改后采纳 1 ✕ 已退回 1")).to_be_visible()
    preview(page)
    expect(page.get_by_text("推进中").first).to_be_visible()
    picture(page, "2-preview")
    page.get_by_text("全文", exact=True).click()
    assert serious(page) == []
    page.get_by_role("button", name="保存到数据").click()
    expect(page.get_by_text("已保存到 990100-2026-npc-27.yaml：采纳 4 条")).to_be_visible()
    picture(page, "3-saved")
    _check_written(site)
    page.get_by_role("link", name="承诺核查").click()
    expect(page.get_by_text("云江市 · 县域内就诊率")).to_be_visible()
    expect(page.get_by_text("推进中").first).to_be_attached()
    picture(page, "4-verdict")


def _check_written(site: Site) -> None:
    """The file holds the four claims; the log names the person, the rejection and its reason."""
    text = (site.root / "data/documents/990100-2026-npc-27.yaml").read_text("utf-8")
    assert text.count("  - indicator: ") == 4
    assert "indicator: family_doctor_coverage" in text
    log = AuditLog(site.root / "data/audit.jsonl")
    saves = [entry for entry in log.entries() if entry["state"] == "intent"]
    assert [(save["who"], save["file"]) for save in saves] == [(ANNA, "990100-2026-npc-27.yaml")]
    kinds = [(change["type"], change["reason"]) for change in saves[0]["changes"]]
    assert kinds == [("add", "")] * 3 + [("reject", "不是本字典的指标"), ("add", "")]
    assert verify(log, site.root / "data/documents").problems == ()


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a drop-down list by typing it, as a keyboard user does."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


def go_to(page: Page, number: int) -> None:
    """Bring a candidate under review with the buttons beneath the table."""
    while not title(page).inner_text().startswith(f"第 {number} 条"):
        before = title(page).inner_text()
        page.get_by_role("button", name="下一条", exact=True).click()
        expect(page.get_by_text(before)).to_have_count(0)
    settled(page)


def test_what_is_wrong_is_said_before_anything_is_saved(
    site: Site, tab: Callable[..., Page], tmp_path: Path
) -> None:
    page = tab()
    sign_in(page, site, ANNA)
    open_entry(page)
    (tmp_path / "bomb.docx").write_bytes(b"PK\x03\x04 this is no document")
    page.set_input_files("input[type=file]", str(tmp_path / "bomb.docx"))
    expect(page.get_by_text("这个文件没有被接受，库中内容未变。")).to_be_visible()
    expect(page.get_by_text("bomb.docx: 整个文件: 压缩包结构已损坏")).to_be_visible()
    path = tmp_path / "wrong.txt"
    path.write_text(REPLY.replace("第27号", "第28号").replace("18号", "19号"), encoding="utf-8")
    upload(page, path)
    confirm(page)
    go_to(page, 5)
    quote = page.get_by_label("引文（原文中说明此数值的最短原句）")
    quote.fill("如有疑问，请致电13812345678，婴儿死亡率为2.13‰")
    page.get_by_role("button", name="采纳", exact=True).click()
    expect(page.get_by_text("含有个人信息")).to_be_visible()
    quote.fill("婴儿死亡率为3.13‰")
    page.get_by_role("button", name="采纳", exact=True).click()
    expect(page.get_by_text("此句在原文中找不到")).to_be_visible()
    quote.fill("婴儿死亡率为2.13‰")
    page.get_by_label("数值", exact=True).fill("2.31")
    page.get_by_role("button", name="采纳", exact=True).click()
    expect(page.get_by_text("引文中没有这个数字")).to_be_visible()
    picture(page, "5-wrong")
    expect(page.get_by_text("共 8 条：○ 待审 8")).to_be_visible()
    assert not (site.root / "data/documents/990100-2026-npc-28.yaml").exists()


def test_word_pdf_and_html_read_like_the_text(
    site: Site, tab: Callable[..., Page], tmp_path: Path
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    page = tab()
    sign_in(page, site, ANNA)
    open_entry(page)
    text = REPLY.replace("第27号", "第29号").replace("18号", "20号")
    for path in (
        as_docx(text, tmp_path / "a.docx"),
        as_html(text, tmp_path / "b.html"),
        as_pdf(text, tmp_path / "c.pdf"),
    ):
        upload(page, path)
        expect(page.get_by_text("共 8 条：○ 待审 8")).to_be_visible()
        expect(page.get_by_label("标题")).to_have_value("对云江市九届人大五次会议第29号建议的答复")


def test_a_second_curator_s_stale_save_is_refused(
    site: Site, tab: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "both.txt"
    path.write_text(REPLY.replace("第27号", "第30号").replace("18号", "30号"), encoding="utf-8")
    pages = {}
    for email in (ANNA, BERT):
        page = pages[email] = tab()
        sign_in(page, site, email)
        open_entry(page)
        upload(page, path)
        confirm(page)
        accept(page)
    accept(pages[BERT])
    preview(pages[BERT])
    preview(pages[ANNA])
    pages[ANNA].get_by_role("button", name="保存到数据").click()
    expect(pages[ANNA].get_by_text("已保存到 990100-2026-npc-30.yaml：采纳 1 条")).to_be_visible()
    saved = (site.root / "data/documents/990100-2026-npc-30.yaml").read_bytes()
    late = pages[BERT]
    late.get_by_role("button", name="保存到数据").click()
    expect(late.get_by_text("已有人保存了这份文件")).to_be_visible()
    expect(late.get_by_text("库中现有版本", exact=True)).to_be_visible()
    expect(late.get_by_text("您的版本（未保存）")).to_be_visible()
    assert (site.root / "data/documents/990100-2026-npc-30.yaml").read_bytes() == saved
    picture(late, "6-stale")
    late.get_by_role("button", name="在现有版本上重新审阅").click()
    expect(late.get_by_text("这份文件已在库中（990100-2026-npc-30），已录 1 条")).to_be_visible()
    expect(late.get_by_text("共 8 条：○ 待审 7 ＝ 已在库 1")).to_be_visible()
    accept(late)
    preview(late)
    late.get_by_role("button", name="保存到数据").click()
    expect(late.get_by_text("已保存到 990100-2026-npc-30.yaml：采纳 1 条")).to_be_visible()
    assert (
        verify(AuditLog(site.root / "data/audit.jsonl"), site.root / "data/documents").problems
        == ()
    )


def test_a_review_with_tab_and_enter_alone(
    site: Site, tab: Callable[..., Page], tmp_path: Path
) -> None:
    page = tab(color_scheme="dark")
    sign_in(page, site, ANNA)
    open_entry(page)
    path = tmp_path / "keys.txt"
    path.write_text(REPLY.replace("第27号", "第31号").replace("18号", "31号"), encoding="utf-8")
    upload(page, path)
    confirm(page)
    page.get_by_label("引文（原文中说明此数值的最短原句）").focus()
    _tab_to(page, "采纳")
    page.keyboard.press("Enter")
    expect(page.get_by_text("第 2 条：居民健康档案建档率")).to_be_visible()
    settled(page)
    page.get_by_label("引文（原文中说明此数值的最短原句）").focus()
    _tab_to(page, "退回")
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 8 条：○ 待审 6 ✓ 已采纳 1 ✕ 已退回 1")).to_be_visible()
    assert serious(page) == []


def _tab_to(page: Page, label: str) -> None:
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == label:
            return
    raise AssertionError(f"{label} is not reached with Tab")


def test_who_is_taken_off_the_list_saves_nothing_more(
    site: Site, tab: Callable[..., Page], tmp_path: Path
) -> None:
    page = tab()
    sign_in(page, site, BERT)
    open_entry(page)
    path = tmp_path / "late.txt"
    path.write_text(REPLY.replace("第27号", "第32号").replace("18号", "32号"), encoding="utf-8")
    upload(page, path)
    confirm(page)
    accept(page)
    preview(page)
    listed = site.config.read_text("utf-8")
    try:
        site.config.write_text(listed.replace(f", {BERT}", ""), encoding="utf-8")
        page.get_by_role("button", name="保存到数据").click()
        expect(page.get_by_text("此账户不在录入人员名单中，只能查阅。").first).to_be_visible()
    finally:
        site.config.write_text(listed, encoding="utf-8")
    assert not (site.root / "data/documents/990100-2026-npc-32.yaml").exists()


def test_the_public_dashboard_has_no_entry_no_sign_in_and_no_upload(
    tab: Callable[..., Page], tmp_path: Path
) -> None:
    install(tmp_path, "public")
    with dashboard(tmp_path) as public:
        page = tab()
        page.goto(public.url)
        expect(page.get_by_role("link", name="承诺核查")).to_be_visible()
        settled(page)
        expect(page.get_by_role("link", name="数据录入")).to_have_count(0)
        expect(page.get_by_role("button", name="登录以录入数据")).to_have_count(0)
        assert upload_status(page) == 403
