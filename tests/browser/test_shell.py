"""The shell in a real browser: language, fonts, headers, links, downloads, no stray request."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from indicators.ui.web import SECURITY_HEADERS
from tests.browser.conftest import Tab
from tests.support.browser import overflow, settled

pytestmark = pytest.mark.browser

DAY = "as_of=2026-11-21"
TITLES = {
    "": ("总览", "Overview"),
    "progress": ("指标进度", "Indicator progress"),
    "commitments": ("承诺核查", "Commitments"),
    "comparison": ("城市对比", "Comparison"),
}


@pytest.mark.parametrize("key", list(TITLES))
@pytest.mark.parametrize(
    ("width", "dark", "lang"), [(1440, False, "zh"), (1440, True, "en"), (400, False, "zh")]
)
def test_a_page_is_whole_at_every_width_and_in_both_themes(
    tab: Callable[..., Tab], dashboard: str, key: str, width: int, dark: bool, lang: str
) -> None:
    reader = tab(width=width, dark=dark)
    page = reader.open(f"{dashboard}/{key}?{DAY}&lang={lang}")
    expect(page.locator("h1").first).to_have_text(TITLES[key][lang == "en"])
    expect(page.get_by_text("此页暂时无法显示")).to_have_count(0)
    expect(page.get_by_text("cannot be shown")).to_have_count(0)
    assert overflow(page) <= 0
    assert reader.errors == []
    assert reader.hosts <= {"127.0.0.1", ""}


def test_the_document_speaks_the_language_of_the_view(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/?{DAY}")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_title("总览 · 卫生健康改革指标看板")
    page.get_by_role("radio", name="English").or_(
        page.get_by_role("button", name="English")
    ).first.click()
    page.get_by_role("heading", name="Overview").wait_for()
    page.wait_for_url("**lang=en**")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Overview · Health reform indicator dashboard")


def test_chinese_is_drawn_in_simplified_forms(tab: Callable[..., Tab], dashboard: str) -> None:
    page = tab().open(f"{dashboard}/?{DAY}")
    assert {font for font in _fonts(page, "h1") if "CJK" in font} == {"Noto Sans CJK SC"}


def _fonts(page: Page, selector: str) -> set[str]:
    """The families that the browser really used for an element."""
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"] for font in used}


def test_a_choice_is_in_the_address_and_a_reload_keeps_it(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    reader = tab()
    page = reader.open(f"{dashboard}/commitments?{DAY}&show=table&where=141182")
    expect(page.get_by_text("列出 3 项")).to_have_count(1)
    page.get_by_role("link", name="城市对比").click()
    page.get_by_role("heading", name="城市对比").wait_for()
    page.wait_for_url(f"**/comparison?{DAY}")
    page.get_by_role("link", name="承诺核查").click()
    page.wait_for_url("**where=141182**")
    page.get_by_text("列出 3 项").wait_for()
    page.reload()
    page.get_by_text("列出 3 项").wait_for()


def test_an_impossible_choice_falls_back_with_a_notice(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/progress?{DAY}&indicator=no_such")
    page.get_by_text("链接中的“指标”取值“no_such”在此不可用，已改用默认值。").wait_for()
    expect(page).not_to_have_url(re.compile("no_such"))


def test_a_chart_hands_out_a_picture_named_after_its_finding(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/progress?{DAY}&indicator=county_inpatient_share")
    page.locator(".js-plotly-plot").nth(1).scroll_into_view_if_needed()
    button = page.locator(".js-plotly-plot").nth(1).locator(".modebar-btn")
    expect(button).to_have_attribute("data-title", "下载图片（PNG）")
    with page.expect_download() as caught:
        button.click()
    assert caught.value.suggested_filename.startswith("南澳县县域内住院率")
    assert caught.value.suggested_filename.endswith(".png")
    assert Path(caught.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_table_hands_out_its_rows_with_their_sources(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/commitments?{DAY}&show=table")
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载此表（CSV，含出处）").click()
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = data.decode("utf-8-sig").strip().split("\r\n")
    assert {"quote", "document_number", "document_dated", "verdict", "target", "unit"} <= set(
        head.split(",")
    )
    assert len(rows) == 27
    assert caught.value.suggested_filename.startswith("承诺与结论_2026-11-21_")


def test_every_answer_carries_the_security_headers(dashboard: str) -> None:
    for path in ("/", "/commitments", "/_stcore/health", "/shell.js"):
        with urllib.request.urlopen(f"{dashboard}{path}", timeout=10) as answer:
            assert {n: answer.headers[n] for n in SECURITY_HEADERS} == SECURITY_HEADERS


def test_the_page_carries_no_script_of_its_own_and_no_foreign_title(dashboard: str) -> None:
    with urllib.request.urlopen(f"{dashboard}/?lang=en", timeout=10) as answer:
        page = answer.read().decode()
    assert '<html lang="en">' in page
    assert "<title>Health reform indicator dashboard</title>" in page
    assert "<script>" not in page
    assert "Streamlit</title>" not in page


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/_stcore/metrics"])
def test_the_public_dashboard_keeps_the_write_and_metrics_routes_closed(
    dashboard: str, path: str
) -> None:
    request = urllib.request.Request(f"{dashboard}{path}", method="PUT", data=b"x")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
    refused.value.close()


def test_an_address_without_a_page_leads_to_the_start(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    for path in ("nothing", "curation"):
        page = tab().open(f"{dashboard}/{path}?lang=en")
        expect(page).to_have_url(re.compile(rf"^{re.escape(dashboard)}/?\?lang=en$"))
        expect(page.locator("h1").first).to_have_text("Overview")
        settled(page)
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_fixed_words_of_the_controls_follow_the_language(
    tab: Callable[..., Tab], dashboard: str
) -> None:
    page = tab().open(f"{dashboard}/commitments?{DAY}")
    box = page.get_by_label("建议、提案号或文号")
    box.fill("162")
    page.get_by_text("按回车键生效").wait_for()
    expect(page.get_by_text("Press Enter to apply")).to_have_count(0)
    expect(page.locator("[aria-label='收起侧栏']").first).to_be_attached()
    english = tab().open(f"{dashboard}/commitments?{DAY}&lang=en")
    expect(english.locator("[aria-label='Collapse sidebar']").first).to_be_attached()
