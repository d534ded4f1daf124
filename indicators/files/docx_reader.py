"""Word documents (.docx) to text in document order. Runs in the parser process.

python-docx opens the package; the text is gathered from the body's own XML, because
``Paragraph.text`` leaves out tracked insertions, content controls and text boxes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from indicators.files.refusals import Refusal
from indicators.files.text_readers import tidy
from indicators.files.untrusted import MAX_DEPTH

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _CR = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_NUMBERED = qn("w:numPr")
_INSERTED = (qn("w:ins"), qn("w:moveTo"))
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_PROPERTIES = (qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:tcPr"), qn("w:trPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((*_DELETED, *_PROPERTIES, _FALLBACK, qn("w:instrText"), qn("w:delText")))
_NOTES_SUFFIXES = ("/footnotes", "/endnotes")


def read_docx(data: bytes) -> dict[str, Any]:
    """Paragraphs as lines, table rows as lines with tabs, foot- and endnotes at the end.

    Raises :class:`Refusal` where there is no text.
    """
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    lines = list(_blocks(body, 0))
    notes = _notes(body)
    for extra in _note_parts(document):
        lines.extend(_blocks(extra, 0))
        notes.append("footnotes")
    text = tidy("\n".join(lines))
    if not text:
        raise Refusal("no_text", "word/document.xml")
    return {"text": text, "encoding": None, "notes": sorted(set(notes))}


def _blocks(parent: Any, depth: int) -> Iterator[str]:
    """Lines of the paragraphs and tables under ``parent``, through any wrapper element."""
    if depth > MAX_DEPTH:
        raise Refusal("depth", "word/document.xml", limit=MAX_DEPTH)
    for child in parent.iterchildren(tag="*"):
        if child.tag == _P:
            yield _paragraph(child)
        elif child.tag == _TBL:
            yield from _rows(child, depth + 1)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, depth + 1)


def _rows(table: Any, depth: int) -> Iterator[str]:
    for row in table.iterchildren(_TR):
        cells = [" ".join(_blocks(cell, depth + 1)) for cell in _cells(row)]
        yield "\t".join(cell.replace("\t", " ").replace("\n", " ").strip() for cell in cells)


def _cells(row: Any) -> Iterator[Any]:
    """The row's own cells, also those inside content controls; not those of nested tables."""
    for child in row.iterchildren(tag="*"):
        if child.tag == _TC:
            yield child
        elif child.tag not in _SKIPPED and child.tag != _TBL:
            yield from _cells(child)


def _paragraph(node: Any) -> str:
    parts: list[str] = []
    _collect(node, parts, 0)
    return "".join(parts)


def _collect(node: Any, parts: list[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Refusal("depth", "word/document.xml", limit=MAX_DEPTH)
    for child in node.iterchildren(tag="*"):
        if child.tag in _SKIPPED:
            continue
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _TAB:
            parts.append("\t")
        elif child.tag in (_BREAK, _CR, _P):
            parts.append("\n")  # a paragraph here stands in a text box
        _collect(child, parts, depth + 1)


def _notes(body: Any) -> list[str]:
    found = []
    if any(next(body.iter(tag), None) is not None for tag in (*_INSERTED, *_DELETED)):
        found.append("tracked")
    if next(body.iter(_NUMBERED), None) is not None:
        found.append("numbering")
    return found


def _note_parts(document: Any) -> Iterator[Any]:
    """Roots of the foot- and endnote parts that hold text."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_NOTES_SUFFIXES):
            root = parse_xml(relation.target_part.blob)
            if any((node.text or "").strip() for node in root.iter(_TEXT)):
                yield root
