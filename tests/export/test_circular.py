"""The circular: page layout after GB/T 9704-2012 read from the XML, words, notes, rendering."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from indicators.core.settings import Appraisal
from indicators.export.docx import broken, circular, numeral, title
from indicators.export.docx_page import new_document
from indicators.export.edition import Edition
from indicators.export.pictures import Picture
from indicators.export.sentences import distance
from indicators.tables.decimals import digits

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
#: The smallest PNG there is: one white pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101005a4d6ff10000000049454e44ae426082"
)
MM = 56.6929  # twentieths of a point


@pytest.fixture(scope="module")
def yiyang(shipped: Edition) -> Edition:
    return replace(shipped, regions=("430900",))


@pytest.fixture(scope="module")
def parts(yiyang: Edition) -> dict[str, etree._Element]:
    data = circular(yiyang, [])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml") and n.startswith("word/")]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def _one(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.xpath(path, namespaces=W)
    return found


def _twips(element: etree._Element, name: str) -> int:
    return int(element.get(qn(f"w:{name}")))


def _style(parts: dict[str, etree._Element], name: str) -> etree._Element:
    return _one(parts["word/styles.xml"], f"//w:style[w:name/@w:val='{name}']")


def _font(style: etree._Element) -> tuple[str, float]:
    fonts = _one(style, "w:rPr/w:rFonts")
    return fonts.get(qn("w:eastAsia")), _twips(_one(style, "w:rPr/w:sz"), "val") / 2


def test_01_a4(parts: dict[str, etree._Element]) -> None:
    size = _one(parts["word/document.xml"], "//w:sectPr/w:pgSz")
    assert (_twips(size, "w"), _twips(size, "h")) == (11906, 16838)


@pytest.mark.parametrize(
    ("side", "millimetres"), [("top", 37), ("left", 28), ("right", 26), ("bottom", 35)]
)
def test_02_margins(parts: dict[str, etree._Element], side: str, millimetres: int) -> None:
    margins = _one(parts["word/document.xml"], "//w:sectPr/w:pgMar")
    assert abs(_twips(margins, side) - millimetres * MM) < 1


def test_03_text_block_156_by_225(parts: dict[str, etree._Element]) -> None:
    root = parts["word/document.xml"]
    size, margins = _one(root, "//w:sectPr/w:pgSz"), _one(root, "//w:sectPr/w:pgMar")
    width = _twips(size, "w") - _twips(margins, "left") - _twips(margins, "right")
    height = _twips(size, "h") - _twips(margins, "top") - _twips(margins, "bottom")
    assert (round(width / MM), round(height / MM)) == (156, 225)


def test_04_twenty_two_lines(parts: dict[str, etree._Element]) -> None:
    grid = _one(parts["word/document.xml"], "//w:sectPr/w:docGrid")
    spacing = _one(_style(parts, "Normal"), "w:pPr/w:spacing")
    assert grid.get(qn("w:type")) == "lines"
    assert _twips(grid, "linePitch") == _twips(spacing, "line") == 579
    assert spacing.get(qn("w:lineRule")) == "exact"
    assert 12756 // 579 == 22


def test_05_twenty_eight_characters(parts: dict[str, etree._Element]) -> None:
    normal = _style(parts, "Normal")
    pitch = 16 * 20 + _twips(_one(normal, "w:rPr/w:spacing"), "val")
    assert 8845 // pitch == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋", 16),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体", 16),
    ],
)
def test_06_fonts(parts: dict[str, etree._Element], style: str, font: str, points: float) -> None:
    assert _font(_style(parts, style)) == (font, points)


def test_07_no_theme_font_or_colour_wins(parts: dict[str, etree._Element]) -> None:
    for name in ("Normal", "Title", "heading 1", "heading 2", "heading 3"):
        style = _style(parts, name)
        for fonts in style.xpath(".//w:rFonts", namespaces=W):
            assert [a for a in fonts.attrib if a.endswith("Theme") or "heme" in a] == []
        assert style.xpath(".//w:color", namespaces=W) == []
    assert parts["word/styles.xml"].xpath("//w:docDefaults//@w:eastAsiaTheme", namespaces=W) == []


def test_08_language(parts: dict[str, etree._Element]) -> None:
    spoken = _one(parts["word/styles.xml"], "//w:docDefaults//w:lang")
    assert spoken.get(qn("w:eastAsia")) == "zh-CN"
    assert spoken.get(qn("w:val")) == "en-US"  # digits are never split across lines


def test_09_first_line_indent_two_characters(parts: dict[str, etree._Element]) -> None:
    body = parts["word/document.xml"].xpath("//w:p/w:pPr/w:ind/@w:firstLineChars", namespaces=W)
    assert set(body) == {"200"}


def test_10_page_number_between_dashes_odd_right_even_left(
    parts: dict[str, etree._Element],
) -> None:
    root = parts["word/document.xml"]
    assert parts["word/settings.xml"].xpath("//w:evenAndOddHeaders", namespaces=W)
    kinds = root.xpath("//w:sectPr/w:footerReference/@w:type", namespaces=W)
    assert sorted(kinds) == ["default", "even"]
    sides = []
    for name in sorted(n for n in parts if n.startswith("word/footer")):
        footer = parts[name]
        assert "".join(footer.xpath("//w:t/text()", namespaces=W)) == "— 1 —"
        assert footer.xpath("//w:instrText/text()", namespaces=W) == ["PAGE"]
        assert set(footer.xpath("//w:rFonts/@w:eastAsia", namespaces=W)) == {"宋体"}
        assert set(footer.xpath("//w:sz/@w:val", namespaces=W)) == {"28"}
        sides += footer.xpath("//w:jc/@w:val", namespaces=W)
    assert sides == ["right", "left"]


def test_11_page_number_seven_millimetres_below_the_text(
    parts: dict[str, etree._Element],
) -> None:
    margins = _one(parts["word/document.xml"], "//w:sectPr/w:pgMar")
    line = 14 * 20 / MM
    dash = (_twips(margins, "bottom") - _twips(margins, "footer")) / MM - line / 2
    assert abs(dash - 7) < 0.3


def test_12_no_red_head_no_number_no_seal(parts: dict[str, etree._Element]) -> None:
    root = parts["word/document.xml"]
    colours = set(root.xpath("//w:color/@w:val", namespaces=W))
    assert not colours & {"FF0000", "C00000", "ED1C24"}
    first = root.xpath("//w:body/w:p[1]//w:t/text()", namespaces=W)
    assert "".join(first) == "益阳市卫生健康改革指标进展情况通报"
    assert not root.xpath("//w:pict | //w:drawing", namespaces=W)


def _text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_every_figure_of_the_region_is_in_the_text(yiyang: Edition) -> None:
    text = _text(circular(yiyang, []))
    for row in yiyang.observations.to_dict("records"):
        name = row["indicator_name"]
        assert name in text
        if row["unit"] != "是/否":
            assert re.search(rf"(?<![\d.]){re.escape(digits(row['value']))}(?![\d.])", text)


def test_every_figure_has_a_note_with_its_quote(
    yiyang: Edition, parts: dict[str, etree._Element]
) -> None:
    notes = "".join(parts["word/endnotes.xml"].xpath("//w:t/text()", namespaces=W))
    for frame in (yiyang.observations, yiyang.commitments):
        for quote in frame["quote"]:
            assert f"“{quote}”" in notes
    numbers = parts["word/document.xml"].xpath("//w:endnoteReference/@w:id", namespaces=W)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    kept = parts["word/endnotes.xml"].xpath("//w:endnote[not(@w:type)]/@w:id", namespaces=W)
    assert kept == numbers
    formats = parts["word/settings.xml"].xpath("//w:endnotePr/w:numFmt/@w:val", namespaces=W)
    assert formats == ["decimal"]


def test_nothing_but_patterns_and_cited_words(shipped: Edition) -> None:
    """No praise, blame or cause: those words occur only where a document says them."""
    text = _text(circular(shipped, []))
    said = "".join(shipped.claims["quote"]) + "".join(n or "" for n in shipped.claims["note"])
    said += "".join(shipped.documents["document_title"])
    for word in ("显著", "明显", "成效", "由于", "因为", "得益于", "不力", "优秀", "较差"):
        assert word not in text or word in said


def test_the_due_list_is_complete(shipped: Edition) -> None:
    text = _text(circular(shipped, []))
    late = shipped.commitments[shipped.commitments["verdict"] == "due_unreported"]
    assert len(late) == 10
    assert f"的，有{len(late)}项：" in text
    for row in late.itertuples():
        assert f"{row.region_name}　{row.indicator_name}　目标：" in text


def test_without_a_browser_the_circular_says_so(yiyang: Edition) -> None:
    text = _text(circular(yiyang, None))
    assert "编写本通报的计算机上没有可用的浏览器，图从略；数值见下表。" in text
    assert "没有可用的浏览器" not in _text(circular(yiyang, []))


def test_a_picture_carries_its_words(yiyang: Edition) -> None:
    data = circular(yiyang, [Picture(PIXEL, "承诺 3 项")])
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    (described,) = root.xpath("//*[local-name()='docPr']/@descr")
    assert described == "承诺 3 项"
    assert "图 1　承诺 3 项" in _text(data)


def test_an_empty_selection_says_so(empty: Edition) -> None:
    assert "所选范围内没有数据。" in _text(circular(empty, []))


def test_the_periods_of_the_figures_are_named(yiyang: Edition) -> None:
    text = _text(circular(yiyang, []))
    assert "报告值所属期间，最早为2021年，最晚为2022年。" in text
    assert "截至2026年11月21日，所选范围共有文件1份" in text


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("卫生健康改革指标进展情况通报", "卫生健康改革指标进展情况通报"),
        ("益阳市卫生健康改革指标进展情况通报", "益阳市卫生健康改革指标进展情况通报"),
        (
            "岳阳市、益阳市卫生健康改革指标进展情况通报",
            "岳阳市、益阳市\n卫生健康改革指标进展情况通报",
        ),
        (
            "关于“九届人大一次会议第162号建议”的承诺核查情况",
            "关于“九届人大一次会议第162号建议”的\n承诺核查情况",
        ),
    ],
)
def test_a_long_title_is_broken_before_its_subject(heading: str, lines: str) -> None:
    assert broken(heading) == lines


def test_titles(shipped: Edition) -> None:
    assert title(shipped) == "卫生健康改革指标进展情况通报"
    assert title(replace(shipped, regions=("430600", "430900"))) == (
        "岳阳市、益阳市卫生健康改革指标进展情况通报"
    )
    assert title(replace(shipped, proposal="162")) == (
        "关于“九届人大一次会议第162号建议”的承诺核查情况"
    )


def test_english_uses_no_chinese_of_its_own(english: Edition) -> None:
    text = _text(circular(replace(english, proposal="162"), None))
    assert "Verdicts on commitments" in text
    assert "Not reported: 1." in text
    assert "No browser was available" in text


def test_the_appraisal_shows_what_is_missing(yiyang: Edition) -> None:
    rules = Appraisal(
        weights=(("maternal_mortality_ratio", Decimal(3)), ("county_visit_share", Decimal(1))),
        against="benchmark",
    )
    settings = yiyang.settings.model_copy(update={"appraisal": rules})
    text = _text(circular(replace(yiyang, settings=settings), []))
    assert "考核得分" in text
    assert "孕产妇死亡率（3）、县域内就诊率（1）" in text
    assert "没有数值的指标不计分，其余指标的权重按比例放大。" in text
    assert "75.0%" in text
    assert "考核得分" not in _text(circular(yiyang, []))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (23, "二十三"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_numerals(number: int, words: str) -> None:
    assert numeral(number) == words


needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="needs LibreOffice Writer and poppler-utils",
)


def _run(command: Sequence[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, timeout=120, check=True, text=True
    )
    return done.stdout


def _pages(data: bytes, folder: Path) -> list[str]:
    """The text of each page as LibreOffice sets it."""
    (folder / "x.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    _run(["soffice", profile, "--headless", "--convert-to", "pdf", "x.docx"], folder)
    return _run(["pdftotext", "-layout", "x.pdf", "-"], folder).split("\f")


@needs_soffice
def test_libreoffice_sets_22_lines_of_28_characters(tmp_path: Path) -> None:
    document = new_document("zh", "x", date(2026, 11, 21))
    document.add_paragraph("字" * 28 * 50)
    out = io.BytesIO()
    document.save(out)
    first, second, *_ = _pages(out.getvalue(), tmp_path)
    for page in (first, second):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert [len(line) for line in lines[:-1]] == [28] * 22
    assert first.split()[-1] in ("—1—", "—")


@needs_soffice
def test_libreoffice_opens_the_circular(yiyang: Edition, tmp_path: Path) -> None:
    pages = _pages(circular(yiyang, []), tmp_path)
    text = "".join(pages)
    assert "益阳市卫生健康改革指标进展情况通报" in pages[0]
    for heading in ("一、总体情况", "二、承诺核查结论", "三、分地区情况", "四、到期未报告清单"):
        assert heading in text
    assert "— 1 —" in pages[0].replace("—1—", "— 1 —")
    assert text.count("�") == 0


def _paragraphs(data: bytes) -> list[tuple[str, list[str]]]:
    """Each paragraph's words, and the words of the notes it carries."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        root = etree.fromstring(archive.read("word/endnotes.xml"))
    notes = {
        note.get(qn("w:id")): "".join(note.xpath(".//w:t/text()", namespaces=W)).strip()
        for note in root.xpath("//w:endnote", namespaces=W)
    }
    found = []
    for paragraph in body.xpath("//w:body/w:p", namespaces=W):
        text = "".join(paragraph.xpath("./w:r/w:t/text()", namespaces=W))
        first = paragraph.xpath(".//w:endnoteReference/@w:id", namespaces=W)
        again = paragraph.xpath(".//w:hyperlink//w:t/text()", namespaces=W)
        found.append((text, [notes[number] for number in (*first, *again)]))
    return found


def test_a_recomputed_figure_says_whose_it_is_and_carries_its_notes(yiyang: Edition) -> None:
    lines = {text: notes for text, notes in _paragraphs(circular(yiyang, [])) if "复核" in text}
    assert len(lines) == len(yiyang.findings) == 7
    text = (
        "复核：益阳市，公立医院资产负债率，2021年：推算（非文件所载）：2020年水平 = 51.5 + 5.51 "
        "= 57.01%。"
    )
    (note,) = lines[text]
    assert note.endswith("：“全市公立医院资产负债率为51.5%，2021年较2020年降低5.51个百分点”")
    assert all(notes for notes in lines.values())
    assert all(re.match("复核：益阳市，.+，20..年.*：", text) for text in lines)
    # several notes stand apart: four of them have three marks between
    (alliances,) = [text for text in lines if "9 + 13 + 5 = 27" in text]
    assert alliances.endswith("医联体总数。、、、")
    assert len(lines[alliances]) == 4


def test_last_years_figure_is_not_given_the_documents_date(yiyang: Edition) -> None:
    text = _text(circular(yiyang, []))
    assert "按文件日期2021年" not in text
    assert "活产出生缺陷发生率（2021年）81.24/万" in text


@pytest.mark.parametrize(
    ("verdict", "gap", "said"),
    [
        ("missed", Decimal("-10"), "；数值与目标之差：−10 个百分点"),
        (
            "due_unreported",
            Decimal("-10"),
            "；数值与目标之差：−10 个百分点，数值早于期限，不据此判定",
        ),
        ("due_unreported", None, "；数值早于期限，不据此判定"),
    ],
)
def test_a_figure_from_before_the_deadline_decides_nothing(
    shipped: Edition, verdict: str, gap: Decimal | None, said: str
) -> None:
    row = {"value": Decimal(80), "distance": gap, "verdict": verdict, "unit": "%"}
    assert distance(shipped, row | {"target_kind": "commitment"}) == said
    assert distance(shipped, row | {"target_kind": "milestone"}) == ""
    assert distance(shipped, row | {"target_kind": "commitment", "value": None}) == ""
