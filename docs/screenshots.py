"""Renew the pictures of the manual: ``make screenshots``.

Starts the real dashboard on a copy of the shipped data, as of one fixed day, and a
curator's one with an invented document; takes the pictures named below into docs/images.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.browser import chromium, settled
from tests.support.curator_site import (
    ANNA,
    PASSWORD,
    REPLY,
    Site,
    curator_site,
    dashboard,
    install,
)

IMAGES = Path(__file__).with_name("images")
DAY = "2026-11-21"
MOST = 300_000  # bytes of one picture


class Shot(NamedTuple):
    """One picture: its name, the address behind the host, its size, what to do before."""

    name: str
    path: str
    size: tuple[int, int] = (1440, 1000)
    before: Callable[[Page], None] | None = None


def _click(words: str) -> Callable[[Page], None]:
    def click(page: Page) -> None:
        page.get_by_text(words, exact=True).first.click()
        page.wait_for_timeout(800)

    return click


def _scroll(words: str) -> Callable[[Page], None]:
    def scroll(page: Page) -> None:
        page.get_by_text(words, exact=True).first.evaluate("e => e.scrollIntoView()")
        page.wait_for_timeout(800)

    return scroll


SHOTS = (
    Shot("overview", "?"),
    Shot("overview-due", "?", (1440, 760), _scroll("到期情况")),
    Shot("progress", "progress?indicator=maternal_mortality_ratio", (1440, 1150)),
    Shot("commitments", "commitments?where=411200", (1440, 1050)),
    Shot("commitments-proposal", "commitments?proposal=10", (1440, 900)),
    Shot("comparison", "comparison", (1440, 1000)),
    Shot("region", "region?region=430600", (1440, 1150)),
    Shot("sources", "sources?document=yueyang-2022-npc-162", (1440, 1000)),
    Shot("registry", "registry?indicator=county_visit_share", (1440, 1000)),
    Shot("publish", "publish?about=430900", (1440, 1000)),
    Shot("publish-workbook", "publish?file=workbook&about=430600,430900", (1440, 1000)),
    Shot("appraisal", "publish?file=appraisal", (1440, 800)),
    Shot(
        "citation",
        "progress?indicator=county_visit_share",
        (1440, 1600),
        _click("引用本图"),
    ),
    Shot("phone", "commitments?where=411200", (400, 860)),
    Shot("english", "?lang=en"),
)


def main() -> int:
    """Take all pictures; 1 if one of them is too large."""
    IMAGES.mkdir(exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        large = _public(browser, Path(folder) / "public")
        large += _curator(browser, Path(folder) / "curator")
    for name in large:
        sys.stderr.write(f"docs/images/{name}.png: more than {MOST} bytes\n")
    return 1 if large else 0


def _public(browser: Browser, root: Path) -> list[str]:
    """The reader's pages; names of the pictures that are too large."""
    root.mkdir()
    install(root, "public")
    with dashboard(root) as site:
        return [shot.name for shot in SHOTS if not _take(browser, site, shot)]


def _take(browser: Browser, site: Site, shot: Shot) -> bool:
    page = _tab(browser, shot.size)
    mark = "&" if "?" in shot.path else "?"
    page.goto(f"{site.url}/{shot.path}{mark}as_of={DAY}")
    _settled(page)
    if shot.before is not None:
        shot.before(page)
    fits = _save(page, shot.name)
    page.context.close()
    return fits


def _tab(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def _settled(page: Page) -> None:
    """Wait until the script has run and the charts are drawn."""
    page.locator("h1").wait_for()
    settled(page)
    while page.locator("[data-testid=stSkeleton]").count():
        page.wait_for_timeout(300)
    page.wait_for_timeout(1800)


def _curator(browser: Browser, root: Path) -> list[str]:
    """A document from upload to preview in an installation of its own."""
    root.mkdir()
    reply = root / "答复.txt"
    reply.write_text(REPLY.replace("如有疑问，请致电13812345678，", ""), encoding="utf-8")
    with curator_site(root) as site:
        page = _tab(browser, (1440, 1000))
        _sign_in(page, site)
        page.get_by_role("link", name="数据录入").click()
        page.get_by_text("第一步").wait_for()
        page.set_input_files("input[type=file]", str(reply))
        page.get_by_text("第三步").wait_for()
        _settled(page)
        large = [] if _save(page, "entry-document") else ["entry-document"]
        page.get_by_role("button", name="确认文件信息").click()
        _settled(page)
        large += _step(page, "第三步", "entry-review")
        page.get_by_role("button", name="采纳", exact=True).first.click()
        _settled(page)
        page.get_by_role("button", name="预览变更").click()
        _settled(page)
        large += _step(page, "第四步", "entry-save")
        page.context.close()
    return large


def _sign_in(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.get_by_role("button", name="登录以录入数据").click()
    page.get_by_label("邮箱").fill(ANNA)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_text(f"已登录：{ANNA}").wait_for()


def _step(page: Page, words: str, name: str) -> list[str]:
    page.get_by_text(words).first.evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(800)
    return [] if _save(page, name) else [name]


def _save(page: Page, name: str) -> bool:
    """The picture with at most 256 colours, which is all that a flat page has."""
    image = Image.open(io.BytesIO(page.screenshot()))
    path = IMAGES / f"{name}.png"
    image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size <= MOST


if __name__ == "__main__":
    sys.exit(main())
