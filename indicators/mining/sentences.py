"""A document's text cut into headings, sentences and tables, each with its place.

Page layout breaks sentences with line ends and blank lines; a line that stops without
a closing mark and is followed by running text is read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from indicators.mining.fold import fold
from indicators.mining.quantities import find_quantities

LONGEST = 600

_CLOSED = tuple("。！？!?；;：:")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十]{1,3}[章节部])"
)
_SENTENCE_END = re.compile(r"[。！？!?]")
_DATE_LINE = re.compile(
    r"[（(]?\s{0,3}(?:[12][0-9]{3}|[０-９]{4}|二[〇○零OＯ][〇○零OＯ一二三四五六七八九]{2})\s{0,2}年"
    r"\s{0,2}[0-9０-９一二三四五六七八九十]{1,2}\s{0,2}月"
    r"(?:\s{0,2}[0-9０-９一二三四五六七八九十]{1,3}\s{0,2}日)?\s{0,3}[）)]?"
)
_TITLE_END = re.compile(
    r"^[^，。；：,;:]{4,80}(?:通知|意见|方案|规划|计划|要点|办法|答复|复函|的函|报告|公报|通报|总结|汇报)》?$"
    r"|^[^，。；：,;:]{2,40}[〔\[(（][12][0-9]{3}[〕\])）]\s?第?[0-9]{1,5}号$"
)
_GAP_CELL = re.compile(r"\t|[ \u3000]{2,}")
_RULE_ROW = re.compile(r"[\s|:+=-]{3,200}")
_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"[0-9]{1,2}[.．、](?![0-9])|[（(][0-9]{1,2}[）)]")),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]`` as one heading or sentence; ``paragraph`` numbers its paragraph.

    ``level`` is the rank of a heading (0 for a title, 1–3 for numbered ones), -1 else.
    """

    kind: Literal["heading", "sentence"]
    start: int
    end: int
    paragraph: int
    level: int = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell's span; empty cells keep their column."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of cells found in the text; the header, if any, is the first row."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int


def cut(text: str) -> Iterator[Stretch | TextTable]:
    """The document in order of reading."""
    rows = [_Row(m.start(), m.end()) for m in re.finditer(r"[^\r\n\f\v\x85\u2028\u2029]+", text)]
    rows = [row for row in rows if text[row.start : row.end].strip()]
    index = paragraph = 0
    while index < len(rows):
        table = _table(text, rows, index)
        if table:
            yield TextTable(tuple(table[1]))
            index = table[0]
            continue
        stop = _read_on(text, rows, index)
        yield from _paragraph(text, rows[index].start, rows[stop - 1].end, paragraph)
        index, paragraph = stop, paragraph + 1


def _table(text: str, rows: list[_Row], index: int) -> tuple[int, list[tuple[Cell, ...]]] | None:
    """The rows from ``index`` that are cells, if there are any: next row, and the table."""
    stop, found = index, []
    while stop < len(rows):
        cells = _cells(text, rows[stop])
        if cells is None:
            break
        if cells:
            found.append(cells)
        stop += 1
    tabbed = any("\t" in text[row.start : row.end] for row in rows[index:stop])
    return (stop, found) if len(found) >= 2 or (found and tabbed) else None


def _cells(text: str, row: _Row) -> tuple[Cell, ...] | None:
    """Cells of one line, empty for a rule line, ``None`` for running text."""
    line = text[row.start : row.end]
    if "|" in line:
        if _RULE_ROW.fullmatch(line.strip()):
            return ()
        spans = _between(line, [m.span() for m in re.finditer(r"\|", line)])
        outer = line.strip().startswith("|"), line.strip().endswith("|")
        spans = spans[outer[0] : len(spans) - outer[1]]
    else:
        lead = len(line) - len(line.lstrip())
        spans = [
            (a + lead, b + lead)
            for a, b in _between(line.strip(), [m.span() for m in _GAP_CELL.finditer(line.strip())])
        ]
    if len(spans) < 2 or any(len(line[a:b]) > 80 or "。" in line[a:b] for a, b in spans):
        return None
    return tuple(_stripped(text, row.start + a, row.start + b) for a, b in spans)


def _between(line: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [(0, 0), *marks, (len(line), len(line))]
    return [(left[1], right[0]) for left, right in pairwise(edges)]


def _stripped(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(start, end)


def _read_on(text: str, rows: list[_Row], index: int) -> int:
    """Index of the row after the paragraph that begins at ``index``."""
    stop = index + 1
    while stop < len(rows) and _continues(text, rows[stop - 1], rows[stop]):
        stop += 1
    return stop


def _continues(text: str, row: _Row, following: _Row) -> bool:
    line, after = text[row.start : row.end].strip(), text[following.start : following.end].strip()
    if line.endswith(_CLOSED) or _NUMBERED.match(after) or len(line) < 12:
        return False
    if _cells(text, following) is not None or _heading_level(line) is not None:
        return False
    if _TITLE_END.search(line) or _DATE_LINE.fullmatch(line):
        return False  # the salutation is no part of the title
    return "\u4e00" <= line[-1] <= "\u9fff" or line[-1] in "，,、（(《“—0123456789%"


def _heading_level(line: str) -> int | None:
    """Rank of a heading line, ``None`` for running text."""
    if len(line) > 40 or re.search(r"[。；;！!，]", line):
        return None
    level = next((level for level, mark in _LEVELS if mark.match(line)), None)
    return None if level is None or find_quantities(fold(line).text) else level


def _paragraph(text: str, start: int, end: int, paragraph: int) -> Iterator[Stretch]:
    line = text[start:end].strip()
    if _DATE_LINE.fullmatch(line):
        return  # the document's date: no heading, and no figure
    level = _heading_level(line)
    if level is None and len(line) <= 40 and _is_title(line):
        level = 0
    if level is not None:
        yield Stretch("heading", start, end, paragraph, level)
        return
    marks = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    opening = _heading_level(text[start : marks[0] - 1].strip()) if marks else None
    if opening is not None:  # 四、下一步工作。到2025年 …: a heading on the line of its text
        yield Stretch("heading", start, marks[0] - 1, paragraph, opening)
    for left, right in pairwise([start, *marks, *([end] if not marks or marks[-1] < end else [])]):
        for first, last in _pieces(text, left, right):
            if text[first:last].strip():
                yield Stretch("sentence", first, last, paragraph)


def _is_title(line: str) -> bool:
    """Whether a short line only names something: no clauses, no figures."""
    return re.search(r"[。；;，,：:]", line) is None and not find_quantities(fold(line).text)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence itself, or pieces of at most :data:`LONGEST` characters cut at a comma."""
    while end - start > LONGEST:
        comma = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in "，；,;、")
        stop = comma + 1 if comma > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end
