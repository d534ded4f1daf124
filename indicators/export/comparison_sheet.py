"""The sheet 对比: indicators down, regions across, every figure with its footnote."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from indicators.charts.words import amount, period, unit_name
from indicators.export.book import Book
from indicators.export.edition import Edition
from indicators.export.sentences import source_line
from indicators.export.tabular import missing
from indicators.tables.grid import status_grid
from indicators.text.codes import label

#: Columns of one region: value, period, rank, verdict of its promise, footnote.
SPAN = 5
HEAD = 3


def write_comparison(book: Book, edition: Edition, note: str) -> None:
    """Rows: indicators with their unit; a hatched figure does not compare and is never ranked."""
    t = edition.t
    sheet = book.sheet(t("对比"), note=note)
    title = t("地区对比：{selection}", selection=edition.selection)
    book.text(sheet, 0, 0, title, border=0, bold=True, font_size=14, text_wrap=False)
    book.text(sheet, 1, 0, note, border=0, font_color="#54626F", text_wrap=False)
    _headings(book, sheet, edition)
    rows = edition.comparison.to_dict("records")
    if not rows:
        book.text(sheet, HEAD + 1, 0, t("所选范围内没有数据。"), border=0)
        return
    end = _body(book, sheet, edition, rows)
    _footnotes(book, sheet, edition, rows, end)


def _headings(book: Book, sheet: Worksheet, edition: Edition) -> None:
    t = edition.t
    book.heading(sheet, HEAD - 1, 0, "")
    book.heading(sheet, HEAD, 0, t("指标（单位）"))
    sheet.set_column(0, 0, 34)
    look = book.format(bold=True, bg_color="#E9EDF1", align="center")
    for number, code in enumerate(edition.columns):
        first = 1 + number * SPAN
        name = edition.snapshot.regions[code].name
        sheet.merge_range(HEAD - 1, first, HEAD - 1, first + SPAN - 1, name, look)
        names = (t("数值"), t("期间"), t("名次"), t("承诺核查"), t("注"))
        for place, (word, width) in enumerate(zip(names, (12, 12, 6, 15, 5), strict=True)):
            book.heading(sheet, HEAD, first + place, word)
            sheet.set_column(first + place, first + place, width)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD - 1, HEAD)
    sheet.repeat_columns(0)


def _verdicts(edition: Edition) -> dict[tuple[str, str], tuple[str, int]]:
    if edition.commitments.empty:
        return {}
    grid = status_grid(edition.commitments)
    return {
        (r["region_code"], r["indicator_id"]): (r["verdict"], r["targets"])
        for r in grid.to_dict("records")
    }


def _body(book: Book, sheet: Worksheet, edition: Edition, rows: list[dict[Any, Any]]) -> int:
    verdicts = _verdicts(edition)
    lines = {name: HEAD + 1 + place for place, name in enumerate(edition.compared_indicators)}
    numbers = footnote_numbers(rows)
    for record in rows:
        line = lines[record["indicator_id"]]
        first = 1 + edition.columns.index(record["region_code"]) * SPAN
        if first == 1:
            book.text(sheet, line, 0, _indicator(edition, record), bold=True)
        _cells(book, sheet, (line, first), record, numbers)
        verdict = verdicts.get((record["region_code"], record["indicator_id"]))
        if verdict is None:
            book.text(sheet, line, first + 3, "")
        else:
            more = book.t("（共{count}项）", count=verdict[1]) if verdict[1] > 1 else ""
            book.verdict(sheet, line, first + 3, verdict[0], more)
    return HEAD + 1 + len(lines)


def footnote_numbers(rows: list[dict[Any, Any]]) -> dict[str, int]:
    """Claim id -> footnote number, in reading order."""
    cited = [r["claim_id"] for r in rows if not missing(r["claim_id"])]
    return {name: number for number, name in enumerate(cited, start=1)}


def _indicator(edition: Edition, record: dict[Any, Any]) -> str:
    name = record["indicator_name" if edition.language == "zh" else "indicator_name_en"]
    unit = unit_name(record["unit"], edition.language)
    return f"{name}（{unit}）" if edition.language == "zh" else f"{name} ({unit})"


def _cells(
    book: Book,
    sheet: Worksheet,
    at: tuple[int, int],
    record: dict[Any, Any],
    numbers: dict[str, int],
) -> None:
    line, first = at
    if missing(record["value"]):
        book.text(sheet, line, first, "—", align="center", font_color="#55616C")
        for place in (1, 2, 4):
            book.text(sheet, line, first + place, "")
        return
    look = {} if record["comparable"] else book.hatched()
    book.figure(sheet, line, first, record["value"], record["unit"], record["precision"], **look)
    book.day(sheet, line, first + 1, record["period"])
    if missing(record["rank"]):
        book.text(sheet, line, first + 2, "")
    else:
        book.number(sheet, line, first + 2, record["rank"], f'0"/{record["ranked_of"]}"')
    book.number(sheet, line, first + 4, numbers[record["claim_id"]])


def _footnotes(
    book: Book, sheet: Worksheet, edition: Edition, rows: list[dict[Any, Any]], end: int
) -> None:
    t = edition.t
    notes = [
        t("注：斜线底纹的数值与同行其他地区不可比，不参与排序；“—”表示所收文件没有写。"),
        t(
            "“名次”1为最优，只在可比的准确数值之间排列；“承诺核查”取该地区该指标各项承诺中最不利的结论。"
        ),
    ]
    numbers = footnote_numbers(rows)
    cited = [r for r in rows if r["claim_id"] in numbers]
    notes += [f"[{numbers[r['claim_id']]}] {footnote(edition, r)}" for r in cited]
    for place, text in enumerate(notes):
        book.text(sheet, end + 1 + place, 0, text, border=0, text_wrap=False, font_size=9)


def footnote(edition: Edition, record: dict[Any, Any]) -> str:
    """Region, figure, period, what limits it, its quote and its document."""
    lang = edition.language
    value = amount(record["value"], record["unit"], lang, record["precision"])
    parts = [f"{record['region_name']} {value} ({period(record['period'], lang)})"]
    parts += [edition.t(record[n]) for n in ("scope", "definition") if not missing(record[n])]
    if record["period_basis"] == "document":
        parts.append(label("caveat", "period_inferred", lang))
    if not record["comparable"]:
        parts.append(f"{label('verdict', 'not_comparable', lang)}: {_reason(record, edition)}")
    parts += [
        edition.t("另有文件写为 {figure}", figure=other) for other in record["disagrees_with"]
    ]
    if not missing(record["note"]):
        parts.append(edition.t(record["note"]))
    parts += [f"“{record['quote']}”", source_line(edition, record)]
    return ("；" if lang == "zh" else "; ").join(parts)


def _reason(record: dict[Any, Any], edition: Edition) -> str:
    return label("reason", record["reason"], edition.language) if record["reason"] else "—"
