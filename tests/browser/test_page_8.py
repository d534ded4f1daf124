"""Page 8 in a real browser: previews, real downloads that open, citations that lead back."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pypdf
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab
from tests.support.browser import overflow, settled

pytestmark = pytest.mark.browser

DAY = "as_of=2026-11-21"
KINDS = ("circular", "workbook", "checklist", "data", "appraisal", "site")


def _download(page: Page, label: str) -> tuple[str, bytes]:
    settled(page)  # a button that is about to be drawn anew loses a click
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [400, 1440])
def test_each_kind_fits_the_screen_and_asks_nobody(
    kind: str, width: int, dashboard: str, tab: Callable[..., Tab]
) -> None:
    reader = tab(width=width, dark=kind in ("workbook", "site"))
    page = reader.open(f"{dashboard}/publish?file={kind}&about=430600&{DAY}")
    expect(page.locator("h1")).to_have_text("通报与导出")
    assert overflow(page) <= 1
    assert reader.errors == []
    assert reader.hosts == {"127.0.0.1"}


def test_the_circular_is_drawn_on_request_and_opens(
    dashboard: str, tab: Callable[..., Tab], tmp_path: Path
) -> None:
    reader = tab()
    page = reader.open(f"{dashboard}/publish?about=430900&{DAY}")
    preview = page.locator(".st-key-paper")
    expect(preview.get_by_text("一、总体情况")).to_be_visible()
    shown = preview.inner_text()
    page.get_by_role("button", name="生成 Word 文件（含图）").click()
    expect(page.get_by_role("button", name="下载 Word 文件（含图）")).to_be_visible()
    name, data = _download(page, "下载 Word 文件（含图）")
    assert re.fullmatch(r"益阳市卫生健康改革指标进展情况通报_2026-11-21_[0-9a-f]{8}\.docx", name)
    document = Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 2
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Circular small":
            continue  # captions, which the preview writes beneath its own figures
        assert "".join(paragraph.text.split())[:20] in "".join(shown.split())
    (tmp_path / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True)
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) >= 5
    assert reader.errors == []


def test_workbook_list_and_package_open(dashboard: str, tab: Callable[..., Tab]) -> None:
    page = tab().open(f"{dashboard}/publish?file=workbook&about=430600&{DAY}")
    name, data = _download(page, "下载 Excel 工作簿")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert name.startswith("改革进展指标：岳阳市_2026-11-21_")
    expect(page.get_by_role("tab")).to_have_text(book.sheetnames)
    page = tab().open(f"{dashboard}/publish?file=checklist&about=411200&{DAY}")
    expect(page.get_by_text("三门峡市 县域内就诊率")).to_be_visible()
    name, data = _download(page, "下载 PDF")
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "县域内就诊率" in text
    page = tab().open(f"{dashboard}/publish?file=data&dataset=package&{DAY}")
    name, data = _download(page, "下载数据包（zip）")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        paths = [resource["path"] for resource in described["resources"]]
    shown = page.get_by_test_id("stTable").inner_text()
    assert [path for path in paths if path not in shown] == []


def test_the_site_opens_from_the_unpacked_archive_without_a_network(
    dashboard: str, tab: Callable[..., Tab], tmp_path: Path
) -> None:
    page = tab().open(f"{dashboard}/publish?file=site&about=430600&{DAY}")
    page.get_by_role("button", name="生成静态网站（zip）").click()
    expect(page.get_by_role("button", name="下载静态网站（zip）")).to_be_visible()
    _, data = _download(page, "下载静态网站（zip）")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "site")
    offline = tab()
    offline.context.set_offline(True)
    offline.page.goto(f"file://{quote(str(tmp_path / 'site' / 'index.html'))}")
    expect(offline.page.locator("h1")).to_have_text("总览")
    assert offline.errors == []
    assert offline.hosts == {""}


def test_a_citation_is_at_hand_and_leads_back(dashboard: str, tab: Callable[..., Tab]) -> None:
    reader = tab()
    page = reader.open(f"{dashboard}/progress?indicator=health_record_coverage&{DAY}")
    page.get_by_role("button", name="引用本图").first.click()
    cited = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    expect(cited).to_contain_text("链接：")
    text = cited.inner_text()
    assert "（卫生健康改革指标看板）。截至 2026-11-21；数据版本" in text
    assert "岳卫字〔2022〕13号" in text
    link = re.sub(r"\s", "", text.rsplit("链接：", 1)[1])
    assert link.startswith(f"{dashboard}/progress?")
    other = tab().open(link)
    title = text.partition("（卫生健康改革指标看板）")[0]
    expect(other.get_by_test_id("stPlotlyChart").first).to_contain_text(title[:20])
    expect(other.get_by_text("93.05%").first).to_be_attached()


def test_controls_are_not_printed(dashboard: str, tab: Callable[..., Tab]) -> None:
    page = tab().open(f"{dashboard}/commitments?show=print&{DAY}")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="引用本表")).to_be_hidden()
    expect(page.get_by_test_id("stTable")).to_be_visible()
