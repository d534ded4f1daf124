"""One dashboard for all browser tests, one browser a file; a tab that notes what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support import browser as support
from tests.support.browser import PATIENCE, settled
from tests.support.curator_site import free_port

ROOT = Path(__file__).resolve().parents[2]
#: Streamlit looks for its server under the page's own path first.
DEEP_LINK_PROBES = ("/_stcore/health", "/_stcore/host-config")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped dashboard, started as a user starts it."""
    port = free_port()
    log = tmp_path_factory.mktemp("dashboard") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, env=dict(os.environ)) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 90
            while not _answers(address):
                assert server.poll() is None, log.read_text("utf-8")
                assert time.monotonic() < deadline, log.read_text("utf-8")
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, closed with the file: Playwright's loop runs until then, and a test
    that has a loop or a browser of its own cannot start beside it."""
    with support.chromium() as found:
        yield found


class Tab:
    """One reader's tab: its errors and every host it asked."""

    def __init__(self, browser: Browser, width: int, dark: bool) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 1000}, color_scheme="dark" if dark else "light"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda m: m.type == "error" and self._note(m.text, m.location))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda r: self.hosts.add(urlsplit(r.url).hostname or ""))

    def _note(self, text: str, place: object) -> None:
        url = str(place.get("url", "")) if isinstance(place, dict) else ""
        if not (url.endswith(DEEP_LINK_PROBES) and "404" in text):
            self.errors.append(f"{text} {url}")

    def open(self, url: str) -> Page:
        """The page once its footer is there, which is drawn last, and its script has ended."""
        self.page.goto(url)
        self.page.locator("hr").last.wait_for()
        self.page.wait_for_load_state("networkidle")
        settled(self.page)
        return self.page


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Callable[..., Tab]]:
    """``tab(width=400, dark=True)``: a fresh tab, closed after the test."""
    opened: list[Tab] = []

    def make(*, width: int = 1440, dark: bool = False) -> Tab:
        opened.append(Tab(chromium, width, dark))
        return opened[-1]

    yield make
    for one in opened:
        one.context.close()
