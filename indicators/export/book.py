"""The workbook as paper: formats, cells, headings, print settings. Knows no table."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.charts.theme import VERDICTS
from indicators.charts.words import gap_name, unit_name
from indicators.export.fields import TEXTS_OF_DATA, TITLES_OF_DOCUMENTS, Field
from indicators.export.safe import Losses, cell, clean, is_trigger
from indicators.export.tabular import SEPARATOR, missing
from indicators.tables.decimals import digits
from indicators.text import Language, translator, with_original
from indicators.text.codes import label

FONT = "微软雅黑"
_A4 = 9
_HATCHED = 14
_LINE, _TALLEST = 14, 409
_UNITS = ("unit", "canonical_unit")
_SUFFIX = {"at_least": "以上", "at_most": "以内", "about": "左右"}
_BASE: dict[str, Any] = {
    "font_name": FONT,
    "font_size": 10,
    "valign": "top",
    "border": 1,
    "border_color": "#C5CED6",
}


class Book:
    """A workbook being written: every text passes :func:`cell`, no text becomes a formula."""

    def __init__(self, language: Language, title: str) -> None:
        self.language: Language = language
        self.t = translator(language)
        self.losses = Losses()
        self.file = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.file, options)
        self.book.set_properties({"title": clean(title)[:250]})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._widths: dict[tuple[str, int], int] = {}
        self._lines: dict[tuple[str, int], int] = {}

    def format(self, **wanted: Any) -> Format:
        """The format of those properties, made once (a workbook may hold only so many)."""
        properties = {**_BASE, **wanted}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def sheet(self, name: str, *, note: str) -> Worksheet:
        """A sheet that prints on A4 landscape, one page wide, its name and page numbered."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        head = clean(note).replace("\n", " ").replace("&", "&&")
        sheet.set_header(f"&L&10{name}&R&8{head}"[:250])
        sheet.set_footer("&C&9&P / &N")
        return sheet

    def bytes(self) -> bytes:
        """Close the workbook and hand it over; rows are as tall as their wrapped text."""
        for (name, row), lines in self._lines.items():
            if lines > 1:
                height = min(_TALLEST, _LINE * lines + 3)
                self.book.get_worksheet_by_name(name).set_row(row, height)
        self.book.close()
        return self.file.getvalue()

    def width(self, sheet: Worksheet, column: int, characters: int, *, grows: bool = True) -> None:
        """Width of a column in digits (a Chinese character takes two); ``grows`` makes its
        wrapped text decide how tall a row is."""
        sheet.set_column(column, column, characters)
        if grows:
            self._widths[sheet.get_name(), column] = characters

    def _grow(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        width = self._widths.get((sheet.get_name(), column), 0)
        if width:
            lines = sum(max(1, -(-_span(part) // width)) for part in text.split("\n"))
            key = (sheet.get_name(), row)
            self._lines[key] = max(self._lines.get(key, 1), lines)

    def heading(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """A column heading."""
        look = self.format(bold=True, bg_color="#E9EDF1", text_wrap=True, valign="vcenter")
        sheet.write_string(row, column, clean(text), look)
        self._grow(sheet, row, column, text)

    def text(self, sheet: Worksheet, row: int, column: int, value: Any, **look: Any) -> None:
        """A text cell; what would act as a formula when edited is quote-prefixed."""
        place = f"{sheet.get_name()}!{_name(row, column)}"
        kept = cell(str(value), place, self.losses)
        wanted = {"text_wrap": True, **look}
        if is_trigger(kept):
            wanted["quote_prefix"] = True
        if wanted["text_wrap"]:
            self._grow(sheet, row, column, kept)
        if kept:
            sheet.write_string(row, column, kept, self.format(**wanted))
        else:
            sheet.write_blank(row, column, None, self.format(**wanted))

    def number(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Decimal | int,
        shape: str = "General",
        **look: Any,
    ) -> None:
        """A real number, shown with the source's digits.

        A figure with more digits than a spreadsheet keeps stays text, so that none is lost.
        """
        if Decimal(repr(float(value))) != value:
            self.text(sheet, row, column, digits(Decimal(value)), **look)
        else:
            shown = _with_places(value, shape)
            sheet.write_number(row, column, float(value), self.format(num_format=shown, **look))

    def figure(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Decimal,
        unit: str | None,
        precision: str | None,
        **look: Any,
    ) -> None:
        """A figure as its document gives it: 是/否 in words, 以上 · 以内 · 左右 kept."""
        if unit == "是/否":
            words = f'"{self.t("是")}";"{self.t("是")}";"{self.t("否")}"'
            self.number(sheet, row, column, value, words, **look)
            return
        suffix = _SUFFIX.get(precision or "")
        if suffix is None:
            self.number(sheet, row, column, value, **look)
        else:
            word = label("precision", precision or "", self.language)
            self.number(sheet, row, column, value, f'General" {word}"', **look)

    def verdict(self, sheet: Worksheet, row: int, column: int, code: str, more: str = "") -> None:
        """Shape, word and colour: none of them alone."""
        style = VERDICTS[code]
        word = f"{style.glyph} {label('verdict', code, self.language)}{more}"
        look = {"font_color": style.light.ink, "bg_color": style.light.tint, "bold": True}
        self.text(sheet, row, column, word, **look)

    def gap(self, unit: str) -> str:
        """What a difference of two values in that unit is called."""
        return gap_name(unit, self.language)

    def hatched(self, row_look: dict[str, Any] | None = None) -> dict[str, Any]:
        """The look of a figure that does not compare: hatched, never coloured."""
        return {**(row_look or {}), "pattern": _HATCHED, "fg_color": "#9AA5AF", "italic": True}

    def cell(self, sheet: Worksheet, row: int, column: int, field: Field, value: Any) -> None:
        """One cell of a table, by the kind of its column."""
        if field.kind == "list":
            self.text(sheet, row, column, SEPARATOR.join(self.words(field, v) for v in value or ()))
        elif missing(value):
            self.text(sheet, row, column, "")
        elif field.name == "verdict":
            self.verdict(sheet, row, column, value)
        elif field.kind in ("number", "integer"):
            self.number(sheet, row, column, value)
        elif field.kind == "boolean":
            self.text(sheet, row, column, self.t("是" if value else "否"))
        elif field.kind in ("date", "period"):
            self.day(sheet, row, column, value)
        else:
            self.text(sheet, row, column, self.words(field, value))

    def words(self, field: Field, value: Any) -> str:
        """A code or a text of the data in the reader's words; any other text as it is."""
        if field.name in TITLES_OF_DOCUMENTS:
            return with_original(str(value), self.language)
        if field.name in TEXTS_OF_DATA:
            return self.t(str(value))
        if field.name in _UNITS:
            return unit_name(str(value), self.language)
        if field.family is None:
            return str(value)
        try:
            return label(field.family, value, self.language)
        except KeyError:
            return str(value)

    def day(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        """A real date where the day is known; 2021 or 2021-H1 stay the text they are."""
        known = value if isinstance(value, date) else _iso_day(str(value))
        if known is None:
            self.text(sheet, row, column, value)
        else:
            look = self.format(num_format="yyyy-mm-dd", align="left")
            sheet.write_datetime(row, column, known, look)


def _span(text: str) -> int:
    """Width of a line in digits."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”—…" else 1 for char in text)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _with_places(value: Decimal | int, shape: str) -> str:
    """``General`` would show 65.50 as 65.5: print the decimals that the source prints."""
    places = -Decimal(value).as_tuple().exponent if isinstance(value, Decimal) else 0  # type: ignore[operator]
    return shape.replace("General", "0." + "0" * places if places > 0 else "0")


def _name(row: int, column: int) -> str:
    letters = ""
    place = column + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
