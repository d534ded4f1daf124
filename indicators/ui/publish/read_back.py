"""What a finished file says, read from the file itself, so that a preview cannot differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import openpyxl
import pandas as pd
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from indicators.export.safe import plain


@dataclass(frozen=True)
class Block:
    """One piece of a Word document; ``rows`` of a table, the heading row first."""

    kind: Literal["title", "chapter", "section", "text", "table", "note"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


_STYLES: dict[str, Literal["title", "chapter", "section"]] = {
    "Title": "title",
    "Heading 1": "chapter",
    "Heading 2": "section",
}


def docx_blocks(data: bytes) -> list[Block]:
    """Paragraphs and tables in their order, then the endnotes; ``[3]`` stands for note 3."""
    document = Document(io.BytesIO(data))
    blocks = [block for child in document.element.body for block in _block(child, document)]
    return [*blocks, *_notes(document)]


def _block(child: Any, document: Any) -> Iterator[Block]:
    if child.tag == qn("w:tbl"):
        yield Block("table", rows=tuple(_row(row) for row in child.iter(qn("w:tr"))))
    elif child.tag == qn("w:p") and (said := _words(child).strip()):
        name = Paragraph(child, document).style.name  # type: ignore[union-attr]
        yield Block(_STYLES.get(name or "", "text"), said)


def _row(row: Any) -> tuple[str, ...]:
    return tuple(_words(cell) for cell in row.iter(qn("w:tc")))


def _words(element: Any) -> str:
    """The text with note numbers in brackets; a repeated note is a link that holds its number."""
    found = []
    for part in element.iter(qn("w:t"), qn("w:endnoteReference")):
        if part.tag == qn("w:endnoteReference"):
            found.append(f"[{part.get(qn('w:id'))}]")
        else:
            again = part.getparent().getparent().tag == qn("w:hyperlink")
            found.append(f"[{part.text}]" if again else part.text or "")
    return "".join(found)


def _notes(document: Any) -> Iterator[Block]:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.ENDNOTES:
            for note in parse_xml(relation.target_part.blob).iter(qn("w:endnote")):
                if note.get(qn("w:type")) is None:
                    yield Block("note", f"[{note.get(qn('w:id'))}]{_words(note)}")


def csv_frame(data: bytes) -> pd.DataFrame:
    """The rows of a CSV file as texts, without the apostrophes that protect spreadsheets."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    body = [[plain(cell) for cell in row] for row in rows[1:]]
    return pd.DataFrame(body, columns=rows[0], dtype=object)


def xlsx_frames(data: bytes) -> dict[str, pd.DataFrame]:
    """Sheet name -> its cells as a spreadsheet shows them; the first row names the columns."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: _sheet(sheet) for sheet in book.worksheets}


def _sheet(sheet: Any) -> pd.DataFrame:
    rows = [[shown(cell) for cell in row] for row in sheet.iter_rows()]
    return pd.DataFrame(rows[1:], columns=rows[0] if rows else None, dtype=object)


def shown(cell: Any) -> str:
    """A cell in words: the digits and the suffix that its number format asks for."""
    if cell.value is None:
        return ""
    if cell.is_date:
        return str(cell.value.date().isoformat())
    if not isinstance(cell.value, (int, float)):
        return str(cell.value)
    return _number(cell.value, cell.number_format)


def _number(value: float, shape: str) -> str:
    """Formats of this house: ``0.00``, ``0.0" 以上"``, ``0"/3"``, ``"是";"是";"否"``."""
    digits, _, quoted = shape.partition('"')
    words = quoted.split('"')[0]
    if not digits:  # 1 is yes and 0 is no: the first and the last section
        sections = [part.strip('"') for part in shape.split(";")]
        return sections[-1] if value == 0 else sections[0]
    places = len(digits.partition(".")[2])
    return f"{value:.{places}f}{words}"
