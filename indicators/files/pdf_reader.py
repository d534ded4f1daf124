"""PDF to text, page by page. Runs in the parser process.

Lines that fill the column are joined with the next one, so that a sentence is whole;
ruled tables become lines with tabs; page numbers are kept as ``[第n页]`` lines.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from indicators.files.radicals import fold_radicals
from indicators.files.refusals import Refusal
from indicators.files.untrusted import MAX_PAGES, MAX_TEXT

#: Where a column's right edge lies at least, as a share of the page's width.
_FULL_LINE = 0.75


def read_pdf(data: bytes) -> dict[str, Any]:
    """Text of all pages. Raises :class:`Refusal` for encrypted files and scans."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = _pages(pdf)
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise Refusal("encrypted") from None
        raise Refusal("unreadable", detail=type(cause).__name__) from None
    if not any(pages):
        raise Refusal("no_text")
    notes = ["joined_lines"] + (["empty_pages"] if not all(pages) else [])
    text = "\n".join(f"[第{number}页]\n{page}" for number, page in enumerate(pages, 1) if page)
    folded = fold_radicals(text)
    if folded != text:
        notes.append("radicals")
    return {"text": folded, "encoding": None, "notes": notes}


def _pages(pdf: Any) -> list[str]:
    texts: list[str] = []
    size = 0
    for number, page in enumerate(pdf.pages, 1):
        if number > MAX_PAGES:
            raise Refusal("pages", limit=MAX_PAGES)
        try:
            texts.append("\n".join(_page_lines(page)))
        except (Refusal, MemoryError):
            raise
        except Exception as error:  # a parser fault, named with its page
            raise Refusal("unreadable", f"page:{number}", detail=type(error).__name__) from None
        page.close()
        size += len(texts[-1])
        if size > MAX_TEXT:
            raise Refusal("text_size", f"page:{number}", limit=MAX_TEXT)
    return texts


def _page_lines(page: Any) -> Iterator[str]:
    """Paragraphs and table rows of one page from top to bottom."""
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda item: not _inside(item, boxes)) if boxes else page
    blocks: list[tuple[float, list[str]]] = [
        (table.bbox[1], [_row(row) for row in table.extract()]) for table in tables
    ]
    blocks += _paragraphs(rest.extract_text_lines(return_chars=False), float(page.width))
    for _top, lines in sorted(blocks, key=lambda block: block[0]):
        yield from (line for line in lines if line.strip())


def _inside(item: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _row(cells: list[str | None]) -> str:
    return "\t".join((cell or "").replace("\n", "").replace("\t", " ") for cell in cells)


def _paragraphs(lines: list[dict[str, Any]], width: float) -> list[tuple[float, list[str]]]:
    """Join a line to the next where it reaches the right edge and the next is not indented."""
    left = min((line["x0"] for line in lines), default=0.0)
    right = max((line["x1"] for line in lines), default=0.0)
    right = max(right, _FULL_LINE * width)  # a page of short lines has no edge to reach
    found: list[tuple[float, list[str]]] = []
    open_line: dict[str, Any] | None = None
    for line in lines:
        if open_line is not None and _continues(open_line, line, left, right):
            found[-1][1][-1] = _joined(found[-1][1][-1], line["text"])
        else:
            found.append((line["top"], [line["text"]]))
        open_line = line
    return found


def _continues(above: dict[str, Any], line: dict[str, Any], left: float, right: float) -> bool:
    size = above["bottom"] - above["top"]
    full = above["x1"] > right - 2.5 * size
    same_size = abs(line["bottom"] - line["top"] - size) < 0.15 * size
    indented = line["x0"] > left + 1.2 * size
    near = 0 <= line["top"] - above["bottom"] < 2.5 * size
    return bool(full and near and same_size and not indented)


def _joined(first: str, second: str) -> str:
    """No blank between Chinese characters, one between two Latin words."""
    latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii()
    return f"{first} {second}" if latin and second[:1].isalpha() else first + second
