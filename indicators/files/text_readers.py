"""Plain text and HTML to text with block structure. Runs in the parser process.

Every reader returns ``{"text", "encoding", "notes"}``; notes are codes of
:data:`indicators.files.extract.NOTES`.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from indicators.files.refusals import Refusal
from indicators.files.untrusted import MAX_DEPTH, decode

_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head iframe object embed svg math select textarea",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary "
        "table tbody thead tfoot tr ul caption br",
    )
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,200}\?>")


def read_txt(data: bytes) -> dict[str, Any]:
    """Decode plain text. Raises :class:`Refusal`."""
    text, encoding = decode(data)
    return {"text": text, "encoding": encoding, "notes": _encoding_notes(encoding)}


def _encoding_notes(encoding: str) -> list[str]:
    return ["gb18030"] if encoding == "gb18030" else []


def read_html(data: bytes) -> dict[str, Any]:
    """Visible text of a page: a line per block, table cells joined by tabs.

    Scripts, styles and hidden elements are dropped; nothing is fetched.
    Raises :class:`Refusal`.
    """
    source, encoding = decode(data)
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    root = html.document_fromstring(_DECLARATION.sub("", source), parser=parser)
    _refuse_cut(parser)
    walker = _Walker()
    walker.walk(root)
    text = tidy("".join(walker.parts))
    if not text:
        raise Refusal("no_text")
    notes = _encoding_notes(encoding) + (["hidden"] if walker.hidden else [])
    return {"text": text, "encoding": encoding, "notes": notes}


def _refuse_cut(parser: Any) -> None:
    """libxml2 recovers from too deep a nesting by dropping the rest: that is no reading."""
    for entry in parser.error_log:
        if "depth" in entry.message.lower() or entry.type_name == "ERR_NAME_TOO_LONG":
            raise Refusal("depth", f"line:{entry.line}", limit=MAX_DEPTH)


class _Walker:
    """Collects text in document order; an explicit event loop, no recursion."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.hidden = False
        self._dropped = 0
        self._depth = 0
        self._cells = 0  # inside a cell a block is a blank, so that a row stays one line

    def walk(self, root: Any) -> None:
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(node.tag, str):
                continue
            if event == "start":
                self._enter(node)
            else:
                self._leave(node)

    def _enter(self, node: Any) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refusal("depth", f"line:{node.sourceline}", limit=MAX_DEPTH)
        if self._dropped or self._is_dropped(node):
            self._dropped += 1
            return
        if node.tag in _BLOCKS:
            self.parts.append(" " if self._cells else "\n")
        self._cells += node.tag in _CELLS
        self.parts.append(_flat(node.text))

    def _leave(self, node: Any) -> None:
        self._depth -= 1
        if self._dropped:
            self._dropped -= 1
        elif node.tag in _CELLS:
            self._cells -= 1
            self.parts.append("\t")
        elif node.tag in _BLOCKS and node.tag != "br":
            self.parts.append(" " if self._cells else "\n")
        if not self._dropped:
            self.parts.append(_flat(node.tail))

    def _is_dropped(self, node: Any) -> bool:
        if node.tag in _SKIPPED:
            return True
        hidden = node.get("hidden") is not None or _HIDDEN.search(node.get("style", "").lower())
        if hidden:
            self.hidden = True
        return bool(hidden)


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f\xa0\u3000]+", " ", text) if text else ""


def tidy(text: str) -> str:
    """Trim lines, drop empty ones and the blanks around tabs."""
    lines = (re.sub(r" *\t *", "\t", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
