"""Real endnotes: python-docx has none. One note per cited claim, numbered by the reader's word
processor; a claim cited again repeats its number as a link to the first place."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from indicators.export.docx_page import BODY_FONT, LATIN_FONT, TABLE_PT
from indicators.export.safe import clean

_HALF_POINTS = round(TABLE_PT * 2)
_EMPTY = (
    f"<w:endnotes {nsdecls('w')}>"
    '<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>'
    '<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:endnote>"
    "</w:endnotes>"
)


class Endnotes:
    """The notes of one document, added as its text is written."""

    def __init__(self, document: Document) -> None:
        self._numbers: dict[str, int] = {}
        self._root = parse_xml(_EMPTY)
        part = XmlPart(
            PackURI("/word/endnotes.xml"),
            CONTENT_TYPE.WML_ENDNOTES,
            self._root,
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
        _announce(document)

    def cite(self, paragraph: Paragraph, key: str, text: str) -> None:
        """A raised number after the last word; ``key`` names the claim, ``text`` its source."""
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._numbers) + 1
            self._root.append(_note(known, text))
            _mark(paragraph, known)
        else:
            _again(paragraph, known)

    def __len__(self) -> int:
        return len(self._numbers)


def _announce(document: Document) -> None:
    """Tell the settings which notes are separators, and that numbers are Arabic."""
    settings = document.settings.element
    properties = OxmlElement("w:endnotePr")
    style = OxmlElement("w:numFmt")
    style.set(qn("w:val"), "decimal")
    properties.append(style)
    for number in ("-1", "0"):
        entry = OxmlElement("w:endnote")
        entry.set(qn("w:id"), number)
        properties.append(entry)
    settings.find(qn("w:compat")).addprevious(properties)
    section = OxmlElement("w:endnotePr")  # LibreOffice reads the section's
    style = OxmlElement("w:numFmt")
    style.set(qn("w:val"), "decimal")
    section.append(style)
    page: Any = document.sections[0]._sectPr.find(qn("w:pgSz"))
    page.addprevious(section)


def _raised(run: Any) -> Any:
    properties = OxmlElement("w:rPr")
    raised = OxmlElement("w:vertAlign")
    raised.set(qn("w:val"), "superscript")
    properties.append(raised)
    run.append(properties)
    return run


def _mark(paragraph: Paragraph, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"_note{number}")
    run = _raised(OxmlElement("w:r"))
    reference = OxmlElement("w:endnoteReference")
    reference.set(qn("w:id"), str(number))
    run.append(reference)
    for element in (start, run, end):
        paragraph._p.append(element)


def _again(paragraph: Paragraph, number: int) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"_note{number}")
    run = _raised(OxmlElement("w:r"))
    run.append(_text(str(number)))
    link.append(run)
    paragraph._p.append(link)


def _text(text: str) -> Any:
    element = OxmlElement("w:t")
    element.text = clean(text)
    element.set(qn("xml:space"), "preserve")
    return element


def _note(number: int, text: str) -> Any:
    """``1 issuer: title, section: “quote”`` in the small size, off the line grid."""
    note = parse_xml(
        f'<w:endnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:line="300" w:lineRule="exact"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{_HALF_POINTS}"/><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:endnoteRef/></w:r>"
        f'<w:r><w:rPr><w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" '
        f'w:eastAsia="{BODY_FONT}"/><w:sz w:val="{_HALF_POINTS}"/></w:rPr></w:r></w:p></w:endnote>'
    )
    note.findall(f".//{qn('w:r')}")[-1].append(_text(" " + text))
    return note
