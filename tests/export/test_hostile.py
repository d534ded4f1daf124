"""500 hostile strings through every export: 0 live formulas, 0 scripts, 0 failed exports."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pypdf
import pytest
from lxml import etree, html

from indicators.core.errors import KnownProblem
from indicators.export.datapackage import write_package
from indicators.export.docx import circular
from indicators.export.edition import TITLES, Edition
from indicators.export.pdf import commitments_pdf
from indicators.export.safe import clean, plain
from indicators.export.site import publish
from indicators.export.tabular import csv_of, json_of, parquet_of
from indicators.export.xlsx import table_workbook, workbook
from tests.export.hostile import STRINGS
from tests.support.browser import chromium

_LIVE = tuple("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")


@pytest.fixture(scope="module")
def edition(edition_of: Callable[[Sequence[str]], Edition]) -> Edition:
    assert len(STRINGS) == 500
    made = edition_of(STRINGS)
    assert len(made.claims) == 500
    return made


@pytest.mark.parametrize("name", TITLES)
def test_csv_has_no_live_formula(edition: Edition, name: str) -> None:
    text = csv_of(edition, name).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    live = [c for c in cells if c.startswith(_LIVE) and not _NUMBER.fullmatch(c)]
    assert live == []
    blanked = [c for c in cells if c.lstrip(" \u3000\t\r\n").startswith(_LIVE[:8])]
    assert [c for c in blanked if not _NUMBER.fullmatch(c)] == []


def test_every_quote_comes_back(edition: Edition) -> None:
    text = csv_of(edition, "claims").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    quotes = [plain(row["quote"]) for row in rows]
    assert quotes == [clean(quote) for quote in edition.claims["quote"]]
    assert [r["quote"] for r in json.loads(json_of(edition, "claims"))["rows"]] == quotes
    table = pq.read_table(io.BytesIO(parquet_of(edition, "claims")))
    assert table.column("quote").to_pylist() == quotes


def test_the_workbook_has_no_formula_and_no_link(edition: Edition) -> None:
    for data in (workbook(edition), table_workbook(edition, "claims")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith("xml")]
            rels = [archive.read(n).decode() for n in archive.namelist() if n.endswith("rels")]
        assert sum(len(re.findall(r"<f[ >]", part)) for part in parts) == 0
        assert sum("External" in rel for rel in rels) == 0
        openpyxl.load_workbook(io.BytesIO(data))


def test_the_workbook_tells_what_was_removed(edition: Edition) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(edition)))
    rows = dict(book["说明"].iter_rows(values_only=True, max_col=2))
    assert re.fullmatch(r"去除了 [0-9]+ 个不能写入文件的控制字符。", rows["去除的字符"])


def test_the_circular_is_well_formed_and_links_nowhere(edition: Edition) -> None:
    data = circular(edition, None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(name))
                assert not root.xpath("//*[@TargetMode='External']")
                assert "altChunk" not in etree.tostring(root, encoding="unicode")
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/endnotes.xml").decode()
    assert "instrText" not in body + notes


def test_the_pdf_shows_hostile_text_as_text(
    edition_of: Callable[[Sequence[str]], Edition],
) -> None:
    texts = [f'#read("/etc/passwd") #panic("{n}") $x$ @y *b* _i_ {n}' for n in range(40)]
    data = commitments_pdf(edition_of(texts))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "#read" in text
    assert "root:" not in text


def test_without_a_chinese_font_there_is_no_page_of_boxes(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indicators.export.pdf._families", lambda: frozenset({"DejaVu Sans"}))
    with pytest.raises(KnownProblem, match="no Chinese font is installed; install one of: Noto"):
        commitments_pdf(edition)


def test_the_pdf_takes_every_string(edition: Edition) -> None:
    reader = pypdf.PdfReader(io.BytesIO(commitments_pdf(edition)))
    assert len(reader.pages) > 10
    assert not [a for page in reader.pages for a in page.get("/Annots") or ()]


def test_the_data_package_keeps_unsafe_addresses_out(edition: Edition, tmp_path: Path) -> None:
    described = json.loads(write_package(edition, tmp_path).read_text(encoding="utf-8"))
    assert len(described["sources"]) == 5
    assert [s for s in described["sources"] if "path" in s] == []


def test_the_site_runs_only_its_own_scripts(edition: Edition, tmp_path: Path) -> None:
    pages = publish(edition, tmp_path / "site")
    files = sorted((tmp_path / "site").rglob("*.html"))
    assert len(files) == pages > 20
    for path in files:
        document = html.fromstring(path.read_text(encoding="utf-8"))
        assert document.xpath("//@*[starts-with(name(), 'on')]") == []
        sources = document.xpath("//script[not(@type='application/json')]/@src")
        assert {s.replace("../", "") for s in sources} <= {
            "assets/plotly.min.js",
            "assets/site.js",
        }
        assert document.xpath("//script[not(@src) and not(@type='application/json')]") == []
        assert (
            document.xpath("//img | //iframe | //object | //embed | //link[@rel='preload']") == []
        )
        targets = document.xpath("//@href | //@src | //@action")
        assert [t for t in targets if ":" in t and t != "data:,"] == []
        for figure in document.xpath("//script[@type='application/json']/text()"):
            json.loads(figure)


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore")
def test_the_site_stays_silent_in_a_browser(edition: Edition, tmp_path: Path) -> None:
    publish(edition, tmp_path / "site")
    seen: list[str] = []
    with chromium() as browser:
        page = browser.new_context().new_page()
        page.on("request", lambda r: None if r.url[:5] in _LOCAL else seen.append(r.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: seen.append(dialog.message))
        for path in sorted((tmp_path / "site").rglob("*.html")):
            page.goto(path.as_uri())
    assert seen == []


_LOCAL = ("file:", "data:", "blob:")


def test_forty_thousand_characters(edition_of: Callable[[Sequence[str]], Edition]) -> None:
    texts = ["长" * 40_000 if n == 37 else f"text {n}" for n in range(40)]
    made = edition_of(texts)
    book = openpyxl.load_workbook(io.BytesIO(workbook(made)))
    longest = max(
        len(str(cell))
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    assert longest <= 32_767
    cut = [b for a, b in book["说明"].iter_rows(values_only=True, max_col=2) if a == "截短的单元格"]
    assert cut
    assert all("原文 40000 字" in text or "原文 4" in text for text in cut)
    assert "长" * 40_000 in csv_of(made, "claims").decode("utf-8-sig")
    assert circular(made, None)
    assert commitments_pdf(made)
