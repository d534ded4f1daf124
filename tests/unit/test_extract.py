"""Text of txt, html, docx and pdf files, with block structure and honest notes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import parse_xml

from indicators.files.extract import NOTES, ExtractedText, extract_text
from indicators.files.radicals import fold_radicals
from indicators.files.refusals import FileRefused
from tests.unit.hostile import office, pdf_with_stream, write

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>t</title>
<style>p{{}}</style><script>alert("x")</script></head><body><h1>答复</h1>
<p>建档率<b>达到</b>93.05%<br>次行 &lt;1&gt;&nbsp;完</p><ul><li>甲</li><li>乙</li></ul>
<table><tr><th>地区</th><th>值</th></tr><tr><td>甲县</td><td><p>60.5%</p></td></tr></table>
<p style="display: none">隐</p><img src="http://127.0.0.1:9/x.png"></body></html>"""
_TYPST = """#set page(paper: "a4")
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")
= 关于第12号建议的答复
全市居民健康档案建档率达到93.05%，云江市卫生健康委员会高度重视分级诊疗工作，基层就诊率由2019年的55.5%逐步提升到2023年的60.5%，力争更高。

下一步继续推进。
#table(columns: 2, [地区], [建档率（%）], [甲县], [93.1], [乙县], […])
#pagebreak()
第二页写明县域内就诊率。
"""


def _html(tmp_path: Path, charset: str) -> ExtractedText:
    return extract_text(write(tmp_path, "a.html", _PAGE.format(charset=charset).encode(charset)))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_html_keeps_blocks_and_cells_and_drops_scripts(tmp_path: Path, charset: str) -> None:
    found = _html(tmp_path, charset)
    assert found.text == "答复\n建档率达到93.05%\n次行 <1> 完\n甲\n乙\n地区\t值\n甲县\t60.5%"
    assert found.kind == "html"
    assert found.encoding == charset
    assert "hidden" in found.notes


def test_gb18030_is_said_and_a_sample_shown(tmp_path: Path) -> None:
    found = extract_text(write(tmp_path, "a.txt", "document: 岳州市建档率".encode("gb18030")))
    assert found == ExtractedText(
        "document: 岳州市建档率", "txt", "gb18030", ("gb18030",), "document: 岳州市建档率"
    )
    assert found.note_texts("zh") == ("按GB18030编码读取，请核对样例文字是否正常",)
    assert found.note_texts("en") == ("read as GB18030; check that the sample is legible",)


def test_notes_are_bilingual() -> None:
    assert all(zh and en and zh != en for zh, en in NOTES.values())


def _docx(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("关于答复", 0)
    document.add_paragraph("建档率达到93.05%")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("地区", "值", "甲县", "60.5%\n（初步）")):
        table.cell(at // 2, at % 2).text = text
    paragraph = document.add_paragraph("后文")
    paragraph._p.append(parse_xml(f"<w:ins {_W}><w:r><w:t>插入</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {_W}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    body = document.element.body
    control = (
        f"<w:sdt {_W}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    body.insert(0, parse_xml(control))
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_docx_in_document_order_with_tables_and_tracked_changes(tmp_path: Path) -> None:
    found = extract_text(_docx(tmp_path))
    assert (
        found.text == "控件\n关于答复\n建档率达到93.05%\n地区\t值\n甲县\t60.5% （初步）\n后文插入"
    )
    assert found.notes == ("tracked",)
    assert found.encoding is None


def test_an_empty_docx_says_so(tmp_path: Path) -> None:
    document = docx.Document()
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(FileRefused, match=r"^a\.docx: word/document\.xml: it holds no text"):
        extract_text(tmp_path / "a.docx")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    typst.compile(_TYPST.encode(), output=str(path))
    return path


def test_pdf_joins_broken_lines_and_keeps_pages_and_tables(pdf: Path) -> None:
    found = extract_text(pdf)
    lines = found.text.split("\n")
    assert lines[0] == "[第1页]"
    assert "逐步提升到2023年的60.5%" in lines[2].replace(" ", "")
    assert lines[3] == "下一步继续推进。"
    assert lines[4:7] == ["地区\t建档率（%）", "甲县\t93.1", "乙县\t…"]
    assert lines[7:] == ["[第2页]", "第二页写明县域内就诊率。"]
    assert "joined_lines" in found.notes


def test_a_sentence_across_pages_stays_whole_and_page_numbers_go(tmp_path: Path) -> None:
    sentence = "云江市卫生健康委员会高度重视分级诊疗工作，" * 60 + "建档率达到93.05%。"
    head = '#set page(paper: "a5", numbering: "— 1 —")\n#set text(font: "Noto Serif CJK SC")\n'
    style = "#set par(first-line-indent: (amount: 2em, all: true))\n"
    path = tmp_path / "a.pdf"
    typst.compile((head + style + sentence + "\n\n下一段。\n").encode(), output=str(path))
    lines = extract_text(path).text.split("\n")
    assert lines[0] == "[第1页]"
    assert lines[1].replace(" ", "") == sentence
    assert lines[2:] == ["[第2页]", "下一段。"]


def test_a_scanned_pdf_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_with_stream(b"0 0 m 10 10 l S", "[]"))
    with pytest.raises(FileRefused) as caught:
        extract_text(path)
    assert str(caught.value) == (
        "a.pdf: whole file: it holds no text, it may be a scan; run text recognition first"
    )


def test_radicals_become_characters() -> None:
    assert fold_radicals("⽬标⼗四五 ⻓期 ⺠⽣ ⻅效") == "目标十四五 长期 民生 见效"
    assert fold_radicals("普通文字①％") == "普通文字①％"


def test_a_spreadsheet_is_not_read_as_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsx", office("xlsx", "<workbook/>"))
    with pytest.raises(FileRefused, match="this is a spreadsheet: import it as a table"):
        extract_text(path)


def _mutated(data: bytes, random_source: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(random_source.randint(1, 8)):
        at = random_source.randrange(len(damaged) or 1)
        choice = random_source.random()
        if choice < 0.6:
            damaged[at : at + 1] = bytes([random_source.randrange(256)])
        elif choice < 0.8:
            del damaged[at : at + random_source.randint(1, 40)]
        else:
            damaged[at:at] = bytes(random_source.randrange(256) for _ in range(5))
    return bytes(damaged)


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_damaged_files_are_read_or_refused_by_name(tmp_path: Path, pdf: Path, kind: str) -> None:
    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: _PAGE.format(charset="utf-8").encode(),
        "docx": lambda: _docx(tmp_path).read_bytes(),
        "pdf": pdf.read_bytes,
    }
    original, source = makers[kind](), random.Random(kind)
    for number in range(20):
        path = write(tmp_path, f"m{number}.{kind}", _mutated(original, source))
        try:
            assert extract_text(path).text
        except FileRefused as refused:
            message, place = str(refused), refused.place
        else:
            continue
        assert message.startswith(f"m{number}.{kind}: ")
        assert place
