"""Does the quote of an imported figure stand in its spreadsheet?

Such a quote is ``row header；column header：cell text``. It stands in the original where
some cell has exactly that text and the rest is put together from the texts of the cell's
own row and column.
"""

from __future__ import annotations

from pathlib import Path

from indicators.core.lookup import half_width
from indicators.files.sandbox import parse

SUFFIXES = (".csv", ".xlsx", ".parquet")
_JOINTS = ";/:"


def _plain(text: str) -> str:
    return half_width("".join(text.split()))


class TableOriginal:
    """The cells of one spreadsheet. Raises FileRefused where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._sheets = [
            [[_plain(text) for text in row] for row in sheet["rows"]]
            for sheet in parse("table", path)["sheets"]
        ]

    def states(self, quote: str) -> bool:
        """Whether the quote's cell stands in the table below and beside its headers."""
        head, _, tail = _plain(quote).rpartition(":")
        return bool(tail) and any(self._stands(rows, head, tail) for rows in self._sheets)

    def _stands(self, rows: list[list[str]], head: str, tail: str) -> bool:
        return any(
            text == tail and _made_of(head, {*row, *(other[column] for other in rows)})
            for row in rows
            for column, text in enumerate(row)
        )


def _made_of(head: str, texts: set[str]) -> bool:
    """Whether ``head`` is nothing but ``texts`` with joints between them."""
    known = sorted(texts - {""}, key=len, reverse=True)
    while head:
        piece = next((text for text in known if head.startswith(text)), head[0])
        if piece not in texts and piece not in _JOINTS:
            return False
        head = head[len(piece) :]
    return True
