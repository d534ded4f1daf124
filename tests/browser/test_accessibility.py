"""No serious or critical finding of axe-core on any page, in both themes and languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from tests.browser.conftest import Tab

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
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe-core looked at nothing"
    serious = [
        f"{v['id']} ({v['impact']}): {v['help']} × {len(v['nodes'])}: "
        + "; ".join(str(n["target"]) for n in v["nodes"][:3])
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
