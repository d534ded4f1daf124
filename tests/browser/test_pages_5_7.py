"""Region profile, documents and registry in a real browser, at two widths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.support.browser import overflow

pytestmark = pytest.mark.browser

DAY = "as_of=2026-11-21"
PAGES = {
    "region": f"region?region=430600&{DAY}",
    "sources": f"sources?document=yueyang-2022-npc-162&{DAY}",
    "registry": f"registry?indicator=county_visit_share&{DAY}",
}


@pytest.mark.parametrize("key", list(PAGES))
@pytest.mark.parametrize(
    ("width", "dark", "lang"), [(1440, False, "zh"), (400, True, "en"), (400, False, "zh")]
)
def test_a_page_is_whole_at_every_width(
    tab: Callable[..., Tab], dashboard: str, key: str, width: int, dark: bool, lang: str
) -> None:
    reader = tab(width=width, dark=dark)
    page = reader.open(f"{dashboard}/{PAGES[key]}&lang={lang}")
    titles = {"region": ("地区档案", "Region profile")}
    titles |= {"sources": ("文献与引文", "Documents and quotes")}
    titles |= {"registry": ("指标字典", "Indicator registry")}
    expect(page.locator("h1").first).to_have_text(titles[key][lang == "en"])
    expect(page.get_by_text("此页暂时无法显示")).to_have_count(0)
    assert overflow(page) <= 0
    assert reader.errors == []
    assert reader.hosts <= {"127.0.0.1", ""}


def test_a_step_down_to_a_county_is_in_the_address(tab: Callable[..., Tab], dashboard: str) -> None:
    reader = tab()
    page = reader.open(f"{dashboard}/region?region=440500&{DAY}")
    page.get_by_role("button", name="查看南澳县").click()
    page.wait_for_url("**region=440523**")
    expect(page.get_by_text("南澳县的数值只代表它自己")).to_have_count(1)
    reader.open(page.url)
    expect(page.get_by_text("南澳县的数值只代表它自己")).to_have_count(1)


def test_searching_by_an_alias_leads_to_the_card(tab: Callable[..., Tab], dashboard: str) -> None:
    page = tab().open(f"{dashboard}/registry?{DAY}")
    box = page.get_by_label("按名称查找")
    box.fill("县域就诊率")
    box.press("Enter")
    page.get_by_text("“县域就诊率”在登记册中是“县域内就诊率”。").wait_for()
    expect(page.locator("h3").first).to_have_text("县域内就诊率")


def test_the_quotes_of_a_document_download_with_their_source(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/sources?document=yueyang-2022-npc-162&quotes=table&{DAY}")
    buttons = page.get_by_role("button", name="下载此表")
    with page.expect_download() as caught:
        buttons.nth(1).click()
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, first = data.decode("utf-8-sig").split("\r\n")[:2]
    columns = head.split(",")
    assert {"quote", "document_title", "document_number", "source_file", "section"} <= set(columns)
    assert first.startswith("yueyang-2022-npc-162,")


def test_the_timeline_draws_chinese_and_every_mark(tab: Callable[..., Tab], dashboard: str) -> None:
    page = tab().open(f"{dashboard}/region?region=440523&{DAY}")
    points = page.locator(".js-plotly-plot .textpoint")
    for figure in ("55.5%", "60.5%"):
        expect(points.filter(has_text=figure).first).to_be_attached()
