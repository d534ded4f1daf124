"""The document's text with every candidate marked in place, safe on a Markdown surface.

Everything that comes from the document is escaped; the marks are Streamlit's own colour
directives around escaped text. A mark is told by a sign and the candidate's number as
well as by its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.ui.curation.draft import Item
from indicators.ui.escape import md

#: Sign and colour of each status; the sign is repeated in the table.
SIGNS: dict[str, str] = {
    "pending": "○",
    "accepted": "✓",
    "edited": "✎",
    "rejected": "✕",
    "known": "＝",
    "corrected": "✎",
    "withdrawn": "✕",
}
_COLOURS = {
    "pending": "orange",
    "accepted": "green",
    "edited": "green",
    "rejected": "gray",
    "known": "violet",
    "corrected": "green",
    "withdrawn": "gray",
}
_AROUND = 2  # paragraphs shown on either side of the one under review
_LONGEST = 60_000  # characters of a text that is shown whole


@dataclass(frozen=True)
class Paragraph:
    """One line of the text and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the paragraph ends."""
        return self.start + len(self.text)


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of the text that are not blank."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(at, line))
        at += len(line) + 1
    return found


def whole(text: str, items: Sequence[Item], focus: int) -> str:
    """The whole text as Markdown; of a very long one only what surrounds a candidate."""
    parts = paragraphs(text)
    if len(text) > _LONGEST:
        parts = [part for part in parts if any(_touches(part, item) for item in items)]
    return "\n\n".join(marked(part, items, focus) for part in parts)


def around(text: str, items: Sequence[Item], focus: int) -> str:
    """The paragraphs around the candidate under review."""
    parts = paragraphs(text)
    here = next((item for item in items if item.number == focus), None)
    at = [n for n, part in enumerate(parts) if here is not None and _touches(part, here)]
    first, last = (at[0], at[-1]) if at else (0, 0)
    shown = parts[max(0, first - _AROUND) : last + _AROUND + 1]
    return "\n\n".join(marked(part, items, focus) for part in shown)


def marked(part: Paragraph, items: Sequence[Item], focus: int) -> str:
    """One paragraph as Markdown with its candidates marked; overlapping ones share a mark."""
    inside = [item for item in items if _touches(part, item)]
    pieces, at = [], part.start
    for start, end, covered in _spans(part, inside):
        pieces.append(md(part.text[at - part.start : start - part.start]))
        pieces.append(_mark(part.text[start - part.start : end - part.start], covered, focus))
        at = end
    return "".join([*pieces, md(part.text[at - part.start :])])


def _touches(part: Paragraph, item: Item) -> bool:
    if item.offset is None or item.end is None:
        return False
    return item.offset < part.end and item.end > part.start


def _spans(part: Paragraph, items: Sequence[Item]) -> list[tuple[int, int, list[Item]]]:
    """Stretches of the paragraph that one or more quotes cover, left to right."""
    spans: list[tuple[int, int, list[Item]]] = []
    for item in sorted(items, key=lambda i: (i.offset or 0, i.number)):
        start, end = max(item.offset or 0, part.start), min(item.end or 0, part.end)
        if spans and start < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(before[1], end), [*before[2], item]))
        else:
            spans.append((start, end, [item]))
    return spans


def _mark(text: str, items: Sequence[Item], focus: int) -> str:
    """A stretch of text under the numbers of its candidates; the one under review stands out."""
    labels = " ".join(f"{SIGNS[item.status]}{item.number}" for item in items)
    lead = next((item for item in items if item.status == "pending"), items[0])
    colour = _COLOURS[lead.status]
    if any(item.number == focus for item in items):
        return f":blue-background[**【{labels}】{md(text)}**]"
    return f":{colour}-background[【{labels}】{md(text)}]"
