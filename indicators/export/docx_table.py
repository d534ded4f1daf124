"""The table of a circular: fixed columns, a heading on every page, rows kept whole."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import Table

from indicators.export.docx_page import HEAD_FONT

#: mm; together the width of the text block.
_COLUMNS = (27, 19, 44, 24, 20, 22)


def grid(document: Document, heads: list[str], rows: int) -> Table:
    """An empty table of ``rows`` lines beneath ``heads``, six columns wide, added to the end."""
    table: Table = document.add_table(rows=rows + 1, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _COLUMNS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, _COLUMNS, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = document.styles["Circular table"]
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        run = cell.paragraphs[0].add_run(head)
        run.font.name = HEAD_FONT
        run._r.rPr.rFonts.set(qn("w:eastAsia"), HEAD_FONT)
    _repeat(table.rows[0])
    return table


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with ``#rrggbb``."""
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:fill"), colour.lstrip("#"))
    cell._tc.get_or_add_tcPr().append(fill)


def rgb(colour: str) -> Any:
    """``#rrggbb`` as the colour of a run."""
    return RGBColor.from_string(colour.lstrip("#"))


def _repeat(row: Any) -> None:
    """The heading row again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
