"""Region profile, documents and registry in a real browser, at two widths."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
DAY = "as_of=2026-11-21"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = {
    "region": f"region?region=430600&{DAY}",
    "sources": f"sources?document=yueyang-2022-npc-162&{DAY}",
    "registry": f"registry?indicator=county_visit_share&{DAY}",
}
#: The one noise that Streamlit itself makes on a deep link.
KNOWN_NOISE = "the server responded with a status of 404"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard of its own on a free port."""
    port = _free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, env=dict(os.environ)) as server,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 60
            while not _answers(url):
                assert time.monotonic() < deadline, log.read_text("utf-8")
                time.sleep(0.2)
            yield url
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield found
        found.close()


class Visit:
    """One reader's tab, with what went wrong in it."""

    def __init__(self, browser: Browser, *, width: int = 1440, dark: bool = False) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 1000}, color_scheme="dark" if dark else "light"
        )
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda m: m.type == "error" and self.errors.append(m.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda r: self.hosts.add(urlsplit(r.url).hostname or ""))

    def open(self, url: str) -> Page:
        """The page once its footer is there: the footer is drawn last."""
        self.page.goto(url)
        self.page.locator("hr").last.wait_for(timeout=60_000)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def unexpected(self) -> list[str]:
        """Console errors but the one that Streamlit makes itself."""
        return [error for error in self.errors if KNOWN_NOISE not in error]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A wide, light tab."""
    tab = Visit(browser)
    yield tab
    tab.context.close()


@pytest.mark.parametrize("key", list(PAGES))
@pytest.mark.parametrize(
    ("width", "dark", "lang"), [(1440, False, "zh"), (400, True, "en"), (400, False, "zh")]
)
def test_a_page_is_whole_at_every_width(
    browser: Browser, address: str, key: str, width: int, dark: bool, lang: str
) -> None:
    tab = Visit(browser, width=width, dark=dark)
    page = tab.open(f"{address}/{PAGES[key]}&lang={lang}")
    titles = {"region": ("地区档案", "Region profile")}
    titles |= {"sources": ("文献与引文", "Documents and quotes")}
    titles |= {"registry": ("指标字典", "Indicator registry")}
    assert page.locator("h1").first.inner_text() == titles[key][lang == "en"]
    assert page.get_by_text("此页暂时无法显示").count() == 0
    wide, seen = page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]');"
        " return [m.scrollWidth, m.clientWidth] }"
    )
    assert wide <= seen
    assert tab.unexpected() == []
    assert tab.hosts <= {"127.0.0.1", ""}
    tab.context.close()


def test_a_step_down_to_a_county_is_in_the_address(visit: Visit, address: str) -> None:
    page = visit.open(f"{address}/region?region=440500&{DAY}")
    page.get_by_role("button", name="查看南澳县").click()
    page.wait_for_url("**region=440523**")
    page.get_by_text("南澳县的数值只代表它自己").wait_for()
    visit.open(page.url)
    assert page.get_by_text("南澳县的数值只代表它自己").count() == 1


def test_searching_by_an_alias_leads_to_the_card(visit: Visit, address: str) -> None:
    page = visit.open(f"{address}/registry?{DAY}")
    box = page.get_by_label("按名称查找")
    box.fill("县域就诊率")
    box.press("Enter")
    page.get_by_text("“县域就诊率”在登记册中是“县域内就诊率”。").wait_for()
    assert page.locator("h3").first.inner_text() == "县域内就诊率"


def test_the_quotes_of_a_document_download_with_their_source(visit: Visit, address: str) -> None:
    page = visit.open(f"{address}/sources?document=yueyang-2022-npc-162&quotes=table&{DAY}")
    buttons = page.get_by_role("button", name="下载此表")
    with page.expect_download() as caught:
        buttons.nth(1).click()
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, first = data.decode("utf-8-sig").split("\r\n")[:2]
    columns = head.split(",")
    assert {"quote", "document_title", "document_number", "source_file", "section"} <= set(columns)
    assert first.startswith("yueyang-2022-npc-162,")


def test_the_timeline_draws_chinese_and_every_mark(visit: Visit, address: str) -> None:
    page = visit.open(f"{address}/region?region=440523&{DAY}")
    page.locator(".js-plotly-plot .textpoint").first.wait_for()
    drawn = " ".join(page.locator(".js-plotly-plot .textpoint").all_text_contents())
    assert "55.5%" in drawn
    assert "60.5%" in drawn
