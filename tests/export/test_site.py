"""The static site: whole, equal to the tables, and silent on the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import expect

from indicators.charts.words import amount
from indicators.core.errors import KnownProblem
from indicators.export.edition import TITLES, Edition
from indicators.export.site import publish
from indicators.export.tabular import csv_bytes, json_of
from tests.support.browser import chromium


@pytest.fixture(scope="module")
def site(shipped: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("web") / "站点"
    seen: list[tuple[int, int]] = []
    pages = publish(shipped, target, lambda name, done, total: seen.append((done, total)))
    assert len(list(target.rglob("*.html"))) == pages
    assert seen[-1][0] == seen[-1][1] == len(seen)
    return target


def _pages(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, html.fromstring(path.read_text(encoding="utf-8"))


def test_both_languages_have_the_same_pages(site: Path) -> None:
    chinese = {p.relative_to(site) for p in site.rglob("*.html") if "en" not in p.parts}
    assert {p.relative_to(site / "en") for p in (site / "en").rglob("*.html")} == chinese
    assert {"index.html", "commitments.html", "regions/430900.html"} <= {str(p) for p in chinese}


def test_language_and_title_of_every_page(site: Path) -> None:
    for path, page in _pages(site):
        assert page.get("lang") == ("en" if "en" in path.relative_to(site).parts else "zh-CN")
        assert page.findtext(".//title")
        assert len(page.xpath("//h1")) == 1


def test_every_link_leads_somewhere(site: Path) -> None:
    for path, page in _pages(site):
        for target in page.xpath("//a/@href | //script/@src | //link[@rel='stylesheet']/@href"):
            file, _, anchor = target.partition("#")
            found = (path.parent / file).resolve() if file else path
            assert found.is_file(), f"{path}: {target}"
            if anchor and found.suffix == ".html":
                assert f'id="{anchor}"' in found.read_text(encoding="utf-8"), target


def test_the_plotting_script_is_written_once(site: Path) -> None:
    assert [p.name for p in site.rglob("*.js") if "plotly" in p.name] == ["plotly.min.js"]
    assert max(p.stat().st_size for p in site.rglob("*.html")) < 1_000_000


def test_the_commitments_page_equals_the_table(site: Path, shipped: Edition) -> None:
    page = html.fromstring((site / "commitments.html").read_text(encoding="utf-8"))
    rows = page.xpath("//table[contains(@class, 't-targets')]/tbody/tr")
    promises = shipped.commitments.to_dict("records")
    assert len(rows) == len(promises) == 27
    for row, record in zip(rows, promises, strict=True):
        assert row.xpath("td/@data-verdict") == [record["verdict"]]
        text = row.text_content()
        for value in (record["region_name"], record["indicator_name"], record["quote"]):
            assert value in text
        assert f"《{record['document_title']}》" in text


def test_the_comparison_page_equals_the_table(site: Path, shipped: Edition) -> None:
    page = html.fromstring((site / "comparison.html").read_text(encoding="utf-8"))
    cells = page.xpath("//table[contains(@class, 't-comparison')]/tbody/tr/td[position()>1]")
    records = shipped.comparison.to_dict("records")
    assert len(cells) == len(records)
    for cell, record in zip(cells, records, strict=True):
        expected = amount(record["value"], record["unit"], "zh", record["precision"])
        assert cell.text == expected
        hatched = record["value"] is not None and not record["comparable"]
        assert ("hatched" in cell.get("class")) is hatched


def test_every_claim_stands_on_the_documents_page(site: Path, shipped: Edition) -> None:
    text = html.fromstring((site / "documents.html").read_text(encoding="utf-8")).text_content()
    assert [q for q in shipped.claims["quote"] if q not in text] == []


def test_the_data_beside_the_pages_is_the_same(site: Path, shipped: Edition) -> None:
    for name in TITLES:
        assert (site / "data" / f"{name}.csv").read_bytes() == csv_bytes(shipped.table(name))
        assert (site / "data" / f"{name}.json").read_bytes() == json_of(shipped, name)


def test_nothing_points_outside(site: Path) -> None:
    for path, page in _pages(site):
        targets = page.xpath("//@href | //@src | //@action | //@srcset")
        assert [t for t in targets if ":" in t and t != "data:,"] == [], path
    css = (site / "assets" / "site.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(", css)


def test_every_page_can_be_cited(site: Path, shipped: Edition) -> None:
    for _, page in _pages(site):
        (text,) = page.xpath("//details[@class='cite']/pre/text()")
        assert shipped.version in text
        assert "2026-11-21" in text


def test_an_empty_site_says_so(empty: Edition, tmp_path: Path) -> None:
    publish(empty, tmp_path / "site")
    text = (tmp_path / "site" / "commitments.html").read_text(encoding="utf-8")
    assert "所选范围内的文件没有写承诺。" in text


def test_a_folder_of_somebody_else_is_left_alone(shipped: Edition, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(KnownProblem, match="choose an empty one"):
        publish(shipped, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(site: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found: list[str] = []
    with chromium() as browser:
        # The page refuses foreign scripts; the checker is one.
        context = browser.new_context(offline=True, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        for name in ("index", "commitments", "comparison", "documents", "en/registry", "about"):
            page.goto((site / f"{name}.html").as_uri())
            result = Axe().run(page)
            assert result.response["passes"], "axe-core looked at nothing"
            found += [
                f"{name}: {v['id']} ({v['impact']}) {v['nodes'][0]['html'][:120]}"
                for v in result.response["violations"]
                if v["impact"] in ("serious", "critical")
            ]
    assert found == []


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 400)])
def test_it_opens_from_a_usb_stick_with_the_network_off(
    site: Path, scheme: str, width: int
) -> None:
    requests: list[str] = []
    errors: list[str] = []
    with chromium() as browser:
        context = browser.new_context(
            offline=True,
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": width, "height": 900},
        )
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
        names = [*sorted(site.glob("*.html")), *sorted((site / "en").glob("*.html"))]
        names += [site / "indicators" / "county_visit_share.html", site / "regions" / "430900.html"]
        for path in names:
            page.goto(path.as_uri())
            charts = page.locator(".chart")
            assert page.locator(".chart svg.main-svg").count() >= charts.count()
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path.name}: {wider} px too wide at {width} px"
        page.goto((site / "commitments.html").as_uri())
        page.get_by_label("结论").select_option("due_unreported")
        expect(page.locator("output")).to_have_text("10 / 27")
        page.get_by_label("查找").fill("三门峡")
        expect(page.locator("output")).to_have_text("8 / 27")
    assert [r for r in requests if not r.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
