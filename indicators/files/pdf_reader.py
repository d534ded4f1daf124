"""PDF to text, page by page. Runs in the parser process.

Lines that fill the column are joined with the next one, so that a sentence is whole;
ruled tables become lines with tabs; page numbers are kept as ``[第n页]`` lines.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from indicators.files.radicals import fold_radicals
from indicators.files.refusals import Refusal
from indicators.files.untrusted import MAX_PAGES, MAX_TEXT

#: Where a column's right edge lies at least, as a share of the page's width.
_FULL_LINE = 0.75
_ENDS = ("。", "！", "？", "；", "：", "")
#: What no line break may cut, as it begins a line.
_WORD = re.compile("[0-9A-Za-z.,%‰/+-]{1,20}[，。；、）]?")
_PAGE_NUMBER = re.compile(r"[-—–－ ]{0,6}[0-9]{1,4}[-—–－ ]{0,6}|第 ?[0-9]{1,4} ?页.{0,12}")


@dataclass
class _Page:
    """The lines of one page; ``gap``: what its last line leaves free, in characters;
    ``flush``: its first line may follow on from the page before."""

    lines: list[str]
    gap: float = 99.0
    flush: bool = False


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
    empty = [not page.lines for page in pages]
    if all(empty):
        raise Refusal("no_text")
    notes = ["joined_lines"] + (["empty_pages"] if any(empty) else [])
    text = "\n".join(_bound(pages))
    folded = fold_radicals(text)
    if folded != text:
        notes.append("radicals")
    return {"text": folded, "encoding": None, "notes": notes}


def _bound(pages: list[_Page]) -> list[str]:
    """All lines with a mark before each page; a sentence across pages stays on the first."""
    lines: list[str] = []
    above: _Page | None = None
    for number, page in enumerate(pages, 1):
        own = list(page.lines)
        if not own:
            continue
        follows = above is not None and page.flush and _full(above.gap, own[0])
        if follows and lines[-1][-1:] not in _ENDS:
            lines[-1] = _joined(lines[-1], own.pop(0))
        lines += [f"[第{number}页]", *own]
        above = page
    return lines


def _pages(pdf: Any) -> list[_Page]:
    pages: list[_Page] = []
    size = 0
    for number, page in enumerate(pdf.pages, 1):
        if number > MAX_PAGES:
            raise Refusal("pages", limit=MAX_PAGES)
        try:
            pages.append(_read_page(page, number))
        except (Refusal, MemoryError):
            raise
        except Exception as error:  # a parser fault, named with its page
            raise Refusal("unreadable", f"page:{number}", detail=type(error).__name__) from None
        page.close()
        size += sum(map(len, pages[-1].lines))
        if size > MAX_TEXT:
            raise Refusal("text_size", f"page:{number}", limit=MAX_TEXT)
    return pages


def _read_page(page: Any, number: int) -> _Page:
    """Paragraphs and table rows of one page from top to bottom."""
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda item: not _inside(item, boxes)) if boxes else page
    blocks: list[tuple[float, list[str]]] = [
        (table.bbox[1], [_row(row) for row in table.extract()]) for table in tables
    ]
    lines = _without_number(rest.extract_text_lines(return_chars=False), number)
    blocks += _paragraphs(lines, float(page.width))
    blocks.sort(key=lambda block: block[0])
    texts = [line for _, group in blocks for line in group if line.strip()]
    return _Page(texts, *_edges(lines, blocks, float(page.width)))


def _without_number(lines: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """Without the page's own number in its first or last line (— 2 —, 第2页)."""
    for at in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(lines[at]["text"].strip()):
            digits = re.findall("[0-9]+", lines[at]["text"])
            if lines[at]["text"].strip() != digits[0] or int(digits[0]) == number:
                lines = lines[:-1] if at else lines[1:]
    return lines


def _edges(
    lines: list[dict[str, Any]], blocks: list[tuple[float, list[str]]], width: float
) -> tuple[float, bool]:
    """What the page's last line leaves free, and whether the first begins at the left edge."""
    if not lines:
        return 99.0, False
    left, right = _sides(lines, width)
    first, last = lines[0], lines[-1]
    size = last["bottom"] - last["top"]
    no_table_below = max(top for top, _ in blocks) <= last["top"]
    no_table_above = min(top for top, _ in blocks) >= first["top"]
    gap = (right - last["x1"]) / size if no_table_below and size else 99.0
    return gap, bool(first["x0"] < left + 1.2 * size and no_table_above)


def _full(gap: float, following: str) -> bool:
    """Whether a line with so much room left was full: the next word did not fit in."""
    word = _WORD.match(following)
    return gap < 2.5 + 0.6 * (len(word[0]) if word else 0)


def _sides(lines: list[dict[str, Any]], width: float) -> tuple[float, float]:
    """Left and right edge of the text; a page of short lines has no right edge to reach."""
    left = min((line["x0"] for line in lines), default=0.0)
    right = max((line["x1"] for line in lines), default=0.0)
    return left, max(right, _FULL_LINE * width)


def _inside(item: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _row(cells: list[str | None]) -> str:
    return "\t".join((cell or "").replace("\n", "").replace("\t", " ") for cell in cells)


def _paragraphs(lines: list[dict[str, Any]], width: float) -> list[tuple[float, list[str]]]:
    """Join a line to the next where it reaches the right edge and the next is not indented."""
    left, right = _sides(lines, width)
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
    full = _full((right - above["x1"]) / size if size else 99.0, line["text"])
    same_size = abs(line["bottom"] - line["top"] - size) < 0.15 * size
    indented = line["x0"] > left + 1.2 * size
    near = 0 <= line["top"] - above["bottom"] < 2.5 * size
    return bool(full and near and same_size and not indented)


def _joined(first: str, second: str) -> str:
    """No blank between Chinese characters, one between two Latin words."""
    latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii()
    return f"{first} {second}" if latin and second[:1].isalpha() else first + second
