"""Debian's chromium, and when a page of the dashboard may be judged.

The dashboard draws a page piece by piece while its script runs, and keeps the old pieces on
the screen until new ones come. So a test looks with ``expect``, which waits for what it
names, and calls :func:`settled` before it counts, measures, clicks or says "not there".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 60_000  # ms; a slow machine is no defect of the page
expect.set_options(timeout=PATIENCE)
_OVERFLOW = "e => e.scrollWidth - e.clientWidth"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that calls nobody by itself, closed at the end."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        try:
            yield found
        finally:
            found.close()


def settled(page: Page) -> None:
    """Wait until the script has run to its end and nothing of an earlier run is left."""
    page.wait_for_timeout(200)  # a click reaches the server first
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_timeout(200)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than what the reader sees of it."""
    wide: int = page.get_by_test_id("stMain").evaluate(_OVERFLOW)
    return wide


def serious(page: Page) -> list[str]:
    """What axe-core finds on the settled page, serious or critical; faded old pieces do not count.

    Raises
    ------
    AssertionError
        axe-core looked at nothing, so that an empty list would mean nothing.
    """
    settled(page)
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{v['id']} ({v['impact']}): {v['help']} × {len(v['nodes'])}: "
        + "; ".join(str(n["target"]) for n in v["nodes"][:3])
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
