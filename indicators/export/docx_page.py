"""The page of a circular after GB/T 9704-2012, as far as a report may borrow it.

A4; margins 37 mm above, 35 mm below, 28 mm left, 26 mm right, which leaves a text block
of 156 x 225 mm with 22 lines of 28 characters; title 2号, body 3号仿宋; page number 4号
between dashes, odd pages right, even pages left. No red head, number or seal: an
analysis is not an official document.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from indicators.export.safe import clean
from indicators.text import Language

TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT, NUMBER_FONT = (
    "方正小标宋简体",
    "仿宋",
    "黑体",
    "楷体",
    "宋体",
)
LATIN_FONT = "Times New Roman"
TITLE_PT, BODY_PT, NUMBER_PT, TABLE_PT = 22, 16, 14, 10.5

#: Twentieths of a point: 225 mm over 22 lines is 579.8; 580 would leave room for 21 only.
LINE_TWIPS = 579
#: 156 mm over 28 characters is 15.79 pt, 3号 is 16 pt: each character gives up a quarter point
#: (in twips). A character grid would say the same to Word, but other programs snap to it.
CHAR_TWIPS = -5
#: 7 mm below the text block to the dash, which stands at the middle of its line.
FOOTER_MM = 25.5


def new_document(language: Language, title: str, as_of: date) -> Document:
    """An empty document with the page, grid, styles and page numbers of the standard."""
    document = docx.Document()
    _page(document)
    _styles(document, language)
    _page_numbers(document)
    _properties(document, title, language, as_of)
    return document


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(FOOTER_MM)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))
    properties.append(grid)


def _styles(document: Document, language: Language) -> None:
    normal = document.styles["Normal"]
    set_font(normal, BODY_FONT, BODY_PT)
    _close(normal, CHAR_TWIPS)
    _language(document)
    _spacing(normal, exact=True)
    _heading(document, "Title", TITLE_FONT, TITLE_PT, centred=True)
    _heading(document, "Heading 1", HEAD_FONT, BODY_PT)
    _heading(document, "Heading 2", SUBHEAD_FONT, BODY_PT)
    _heading(document, "Heading 3", BODY_FONT, BODY_PT, bold=True)
    for name, size in (("Circular table", TABLE_PT), ("Circular small", TABLE_PT + 1.5)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        set_font(style, BODY_FONT, size)
        _close(style, 0)
        _spacing(style, exact=False)
        _off_grid(style)


def set_font(style: Any, font: str, points: float, bold: bool = False) -> None:
    """Font and size; the template's theme fonts and colours would win, so they go."""
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:color", "w:b", "w:bCs", "w:i", "w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    style.font.name = LATIN_FONT
    style.font.size = Pt(points)
    style.font.bold = bold
    fonts = properties.find(qn("w:rFonts"))
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), LATIN_FONT)


def _close(style: Any, twips: int) -> None:
    """Space added to (or taken from) every character."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twips))
    style.element.get_or_add_rPr().find(qn("w:sz")).addprevious(spacing)


def _language(document: Document) -> None:
    """Proofing language of the defaults: without it Word checks Chinese as English."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = properties.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("eastAsia", BODY_FONT)):
        fonts.set(qn(f"w:{name}"), font)
    for tag in ("w:sz", "w:szCs"):  # the grid measures characters of the default size
        properties.find(qn(tag)).set(qn("w:val"), str(BODY_PT * 2))
    spoken = properties.find(qn("w:lang"))
    spoken.set(qn("w:val"), "en-US")  # Latin text read as Chinese lets LibreOffice split 6|5%
    spoken.set(qn("w:eastAsia"), "zh-CN")


def _spacing(style: Any, *, exact: bool) -> None:
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(LINE_TWIPS / 20) if exact else 1.0
    form.widow_control = False


def _off_grid(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(snap)


def _heading(
    document: Document,
    name: str,
    font: str,
    points: float,
    *,
    centred: bool = False,
    bold: bool = False,
) -> None:
    style = document.styles[name]
    set_font(style, font, points, bold)
    _close(style, 0 if centred else CHAR_TWIPS)
    _spacing(style, exact=True)
    properties = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    style.paragraph_format.keep_with_next = True
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.line_spacing = Pt(35)
    else:
        indent(style.element)


def indent(element: Any, characters: int = 2) -> None:
    """First line in by that many characters, as the grid measures them."""
    properties = element.get_or_add_pPr()
    wanted = properties.get_or_add_ind()
    wanted.set(qn("w:firstLineChars"), str(characters * 100))
    wanted.set(qn("w:firstLine"), str(characters * BODY_PT * 20))


def _page_numbers(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    _number(section.footer.paragraphs[0], right)
    _number(section.even_page_footer.paragraphs[0], left)


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """``— 1 —``, one character in from the edge of the text block."""
    paragraph.alignment = side
    form = paragraph.paragraph_format
    form.line_spacing = 1.0
    form.left_indent = Pt(NUMBER_PT) if side == WD_ALIGN_PARAGRAPH.LEFT else None
    form.right_indent = Pt(NUMBER_PT) if side == WD_ALIGN_PARAGRAPH.RIGHT else None
    _run(paragraph, "— ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = _run(paragraph, text if kind == "shown" else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    _run(paragraph, " —")


def _run(paragraph: Paragraph, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.name = NUMBER_FONT
    run.font.size = Pt(NUMBER_PT)
    properties: Any = run._r.rPr
    properties.rFonts.set(qn("w:eastAsia"), NUMBER_FONT)
    return run


def _properties(document: Document, title: str, language: Language, as_of: date) -> None:
    core = document.core_properties
    core.title = clean(title)[:250]
    core.language = "zh-CN" if language == "zh" else "en"
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = datetime.combine(as_of, datetime.min.time())  # noqa: DTZ - a day, not a moment
