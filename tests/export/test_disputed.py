"""Every export cites the figure that decides, and what other documents state beside it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
from lxml import etree, html

from indicators.core.settings import Settings
from indicators.export.beside import beside
from indicators.export.docx import circular
from indicators.export.edition import Edition
from indicators.export.pdf import commitments_pdf, content
from indicators.export.rules import verdict_rules
from indicators.export.site import publish
from indicators.export.tabular import csv_bytes
from indicators.export.xlsx import workbook
from tests.support.disputed import AS_OF, snapshot

WHO = "云江市卫健委"
SHOWN = f"{WHO}：《c-2026的答复》（云卫〔2026〕1号），2026-03-10，二（一）：“2025年县域内就诊率74%”"
RIVAL = f"{WHO}：《d-2026的答复》（云卫〔2026〕9号），2026-04-10，二（二）：“2025年县域内就诊率76%”"
BASE = f"{WHO}：《a-2021的答复》（云卫〔2021〕3号），2021-03-01，一（一）：“2020年县域内就诊率50%”"
OLD = f"{WHO}：《b-2021的答复》，2021-04-01，一（二）：“2020年县域内就诊率40%”"
BESIDE = [
    f"另有文件写为 76% — {RIVAL}",
    f"起点：2020年 50% — {BASE}",
    f"起点另有文件写为 40% — {OLD}",
]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(snapshot(), Settings(), AS_OF)


def test_what_stands_beside_the_figure(edition: Edition) -> None:
    [row] = edition.commitments.to_dict("records")
    assert [other.line for other in beside(edition, row)] == BESIDE
    assert [other.text for other in beside(edition.in_language("en"), row)] == [
        "another document states 76%",
        "starting point: 50% (2020)",
        "another document states 40% for the starting point",
    ]
    assert [o.text for o in beside(edition, row | {"verdict": "met"})] == ["另有文件写为 76%"]


def test_the_table_for_machines(edition: Edition) -> None:
    text = csv_bytes(edition.table("commitments")).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["verdict"], row["value"], row["disagrees_with"]) == (
        "behind",
        "74",
        "76% (d-2026)",
    )
    assert (row["value_document_number"], row["value_document_issuer"]) == (
        "云卫〔2026〕1号",
        "云江市卫健委",
    )
    assert (row["value_document_dated"], row["value_section"]) == ("2026-03-10", "二（一）")
    assert (row["base_document_id"], row["base_quote"], row["base_disagrees_with"]) == (
        "a-2021",
        "2020年县域内就诊率50%",
        "40% (b-2021)",
    )
    assert (row["disagreeing_claims"], row["base_disagreeing_claims"]) == ("d-2026#1", "b-2021#1")


def test_the_workbook(edition: Edition) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(edition)))["承诺与结论"]
    heads, cells = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    row = dict(zip(heads, cells, strict=True))
    assert row["数值所在文件文号"] == "云卫〔2026〕1号"
    assert (row["数值所在文件机关"], row["数值所在章节"]) == ("云江市卫健委", "二（一）")
    assert row["同期其他文件的数值"] == "76% (d-2026)"
    assert (row["基期值所在文件"], row["基期值原文引句"]) == (
        "a-2021的答复",
        "2020年县域内就诊率50%",
    )
    assert row["基期其他文件的数值"] == "40% (b-2021)"


def test_the_printed_list(edition: Edition) -> None:
    [row] = content(edition)["rows"]
    assert (row["figure"], row["figure_source"]) == ("74% (2025年)", SHOWN)
    assert row["beside"] == BESIDE
    pages = pypdf.PdfReader(io.BytesIO(commitments_pdf(edition))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    for line in (SHOWN, *BESIDE):
        assert line.replace(" ", "") in text


def test_the_circular(edition: Edition) -> None:
    with zipfile.ZipFile(io.BytesIO(circular(edition, []))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/endnotes.xml"))
    said = "".join(body.itertext())
    assert "所示数值：2025年 74%" in said
    assert "；另有文件写为 76%" in said
    assert "；起点：2020年 50%" in said
    assert "；起点另有文件写为 40%" in said
    noted = ["".join(note.itertext()).strip() for note in notes]
    for source in (SHOWN, RIVAL, BASE, OLD):
        assert noted.count(source) == 1


def test_the_site(edition: Edition, tmp_path: Path) -> None:
    publish(edition, tmp_path / "site")
    page = html.fromstring((tmp_path / "site" / "commitments.html").read_text(encoding="utf-8"))
    [cell] = page.xpath("//table[contains(@class, 't-targets')]/tbody/tr/td[4]")
    assert [line.text for line in cell.xpath("small")] == [SHOWN, *BESIDE]


def test_what_met_late_means() -> None:
    [zh], [en] = (
        [meaning for word, meaning in verdict_rules(language) if word == name]
        for language, name in (("zh", "逾期达标"), ("en", "Met late"))
    )
    assert zh == (
        "没有见到期限当期的达标报告值，期限之后的最新报告值达到目标；"
        "当期没有报告的，不说明当时没有达到。"
    )
    assert en == (
        "No figure reported for the due period meets the target; the latest figure after it does. "
        "Where nothing was reported for the due period, this does not say that the target was "
        "not met then."
    )
