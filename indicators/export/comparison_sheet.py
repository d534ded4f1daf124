"""The sheet 对比: indicators down, regions across, every figure with its footnote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from indicators.charts.words import amount, period, unit_name
from indicators.export.book import Book
from indicators.export.edition import Edition
from indicators.export.safe import clean
from indicators.export.sentences import source_line
from indicators.export.tabular import missing
from indicators.tables.grid import status_grid
from indicators.text.codes import label

HEAD = 3


@dataclass(frozen=True)
class Layout:
    """Which columns a region has; those that would be empty everywhere are left out."""

    names: tuple[str, ...]

    @property
    def span(self) -> int:
        """How many columns a region takes."""
        return len(self.names)

    def at(self, region: int, name: str) -> int:
        """The column of ``name`` for the region at that place."""
        return 1 + region * self.span + self.names.index(name)


_WIDTHS = {"value": 12, "period": 12, "rank": 6, "verdict": 15, "note": 5}


def layout(edition: Edition) -> Layout:
    """Value, period and footnote always; rank and verdict where any row has one."""
    ranked = edition.comparison["rank"].notna().any()
    judged = set(_verdicts(edition)) & {
        (code, name) for code in edition.columns for name in edition.compared_indicators
    }
    kept = {"rank": bool(ranked), "verdict": bool(judged)}
    return Layout(tuple(name for name in _WIDTHS if kept.get(name, True)))


def write_comparison(book: Book, edition: Edition, note: str) -> None:
    """Rows: indicators with their unit; a hatched figure does not compare and is never ranked."""
    t = edition.t
    sheet = book.sheet(t("对比"), note=note)
    title = t("地区对比：{selection}", selection=edition.selection)
    book.text(sheet, 0, 0, title, border=0, bold=True, font_size=14, text_wrap=False)
    book.text(sheet, 1, 0, note, border=0, font_color="#54626F", text_wrap=False)
    chosen = layout(edition)
    _headings(book, sheet, edition, chosen)
    rows = edition.comparison.to_dict("records")
    if not rows:
        book.text(sheet, HEAD + 1, 0, t("所选范围内没有数据。"), border=0)
        return
    end = _body(book, sheet, edition, chosen, rows)
    _footnotes(book, sheet, edition, rows, end)


def _headings(book: Book, sheet: Worksheet, edition: Edition, chosen: Layout) -> None:
    t = edition.t
    words = {
        "value": t("数值"),
        "period": t("期间"),
        "rank": t("名次"),
        "verdict": t("承诺核查"),
        "note": t("注"),
    }
    book.width(sheet, 0, 34)
    book.heading(sheet, HEAD - 1, 0, "")
    book.heading(sheet, HEAD, 0, t("指标（单位）"))
    look = book.format(bold=True, bg_color="#E9EDF1", align="center")
    for number, code in enumerate(edition.columns):
        first = chosen.at(number, chosen.names[0])
        name = clean(edition.snapshot.regions[code].name)
        sheet.merge_range(HEAD - 1, first, HEAD - 1, first + chosen.span - 1, name, look)
        for column in chosen.names:
            place = chosen.at(number, column)
            book.width(sheet, place, _WIDTHS[column])
            book.heading(sheet, HEAD, place, words[column])
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD - 1, HEAD)


def _verdicts(edition: Edition) -> dict[tuple[str, str], tuple[str, int]]:
    if edition.commitments.empty:
        return {}
    grid = status_grid(edition.commitments)
    return {
        (r["region_code"], r["indicator_id"]): (r["verdict"], r["targets"])
        for r in grid.to_dict("records")
    }


def _body(
    book: Book, sheet: Worksheet, edition: Edition, chosen: Layout, rows: list[dict[Any, Any]]
) -> int:
    verdicts = _verdicts(edition)
    lines = {name: HEAD + 1 + place for place, name in enumerate(edition.compared_indicators)}
    numbers = footnote_numbers(rows)
    for record in rows:
        line, region = lines[record["indicator_id"]], edition.columns.index(record["region_code"])
        if region == 0:
            book.text(sheet, line, 0, _indicator(edition, record), bold=True)
        at = {name: chosen.at(region, name) for name in chosen.names}
        _cells(book, sheet, line, at, record, numbers)
        if "verdict" in at:
            key = (record["region_code"], record["indicator_id"])
            _judged(book, sheet, line, at["verdict"], verdicts.get(key))
    return HEAD + 1 + len(lines)


def _judged(
    book: Book, sheet: Worksheet, line: int, place: int, found: tuple[str, int] | None
) -> None:
    if found is None:
        book.text(sheet, line, place, "")
        return
    verdict, count = found
    more = book.t("（共{count}项）", count=count) if count > 1 else ""
    book.verdict(sheet, line, place, verdict, more)


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
    line: int,
    at: dict[str, int],
    record: dict[Any, Any],
    numbers: dict[str, int],
) -> None:
    for name in ("period", "rank", "note"):
        if name in at:
            book.text(sheet, line, at[name], "")
    if missing(record["value"]):
        book.text(sheet, line, at["value"], "—", align="center", font_color="#55616C")
        return
    look = {} if record["comparable"] else book.hatched()
    value, unit = record["value"], record["unit"]
    book.figure(sheet, line, at["value"], value, unit, record["precision"], **look)
    book.day(sheet, line, at["period"], record["period"])
    if not missing(record["rank"]):
        book.number(sheet, line, at["rank"], record["rank"], f'0"/{record["ranked_of"]}"')
    book.number(sheet, line, at["note"], numbers[record["claim_id"]])


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
