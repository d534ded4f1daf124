"""No serious or critical finding of axe-core on any page, in both themes and languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Tab
from tests.support.browser import serious

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "progress?indicator=county_inpatient_share",
    "commitments",
    "comparison",
    "region",
    "sources",
    "registry",
    "publish",
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.partition("?")[0] or "overview")
def test_no_serious_finding(dashboard: str, tab: Callable[..., Tab], path: str, dark: bool) -> None:
    page = tab(dark=dark).open(f"{dashboard}/{path}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
