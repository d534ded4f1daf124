"""The sheet 说明: day, data version, rules, what is missing, what the file could not hold."""

from __future__ import annotations

from indicators.export.book import Book
from indicators.export.edition import Edition
from indicators.export.rules import general_rules, verdict_rules
from indicators.export.tabular import LICENCE
from indicators.tables.citation import citation, sources
from indicators.text import mark


def write_notes(book: Book, edition: Edition, counts: dict[str, int]) -> None:
    """Two columns: what, and what about it. Written last, because it tells the losses."""
    sheet = book.sheet(edition.t("说明"), note="")
    book.width(sheet, 0, 24)
    book.width(sheet, 1, 110)
    rows = [*_about(edition), *_counts(edition, counts), *_rules(edition), *_gaps(edition)]
    for row, (what, text) in enumerate(rows):
        book.text(sheet, row, 0, what, bold=True)
        book.text(sheet, row, 1, text)
    for row, (what, text) in enumerate(losses(book, edition), start=len(rows)):
        book.text(sheet, row, 0, what, bold=True)
        book.text(sheet, row, 1, text)
    sheet.freeze_panes(0, 1)


def _about(edition: Edition) -> list[tuple[str, str]]:
    t = edition.t
    title = t("改革进展指标：{selection}", selection=edition.selection)
    listed = sources(edition.claims, edition.language)
    return [
        (t("标题"), title),
        (t("截至日期"), edition.as_of.isoformat()),
        (t("数据版本"), edition.snapshot.digest),
        (t("所选范围"), edition.selection),
        (t("引用本表"), citation(title, edition.as_of, edition.snapshot.digest, listed,
                             edition.language)),
        (t("许可说明"), t(LICENCE)),
    ]  # fmt: skip


def _counts(edition: Edition, counts: dict[str, int]) -> list[tuple[str, str]]:
    t = edition.t
    return [(name, t("{count} 行", count=count) if count else t("所选范围内没有数据。"))
            for name, count in counts.items()]  # fmt: skip


def _rules(edition: Edition) -> list[tuple[str, str]]:
    t = edition.t
    listed = [(t("规则"), rule) for rule in general_rules(edition.language)]
    return [*listed, *((t("结论：{word}", word=w), m) for w, m in verdict_rules(edition.language))]


def _gaps(edition: Edition) -> list[tuple[str, str]]:
    """What a reader might look for and will not find."""
    t = edition.t
    rows = [(t("缺失"), line) for line in missing_lines(edition)]
    rows += [(t("未读入的文件"), name) for name in edition.snapshot.left_out]
    return rows or [(t("缺失"), t("无"))]


def missing_lines(edition: Edition) -> list[str]:
    """Promises that are due and unreported, or never reported, in words."""
    t = edition.t
    lines = []
    for row in edition.commitments.itertuples():
        if row.verdict in ("due_unreported", "unreported"):
            text = mark("{region}：“{indicator}”到期未报告。")
            if row.verdict == "unreported":
                text = mark("{region}：“{indicator}”没有报告值。")
            lines.append(t(text, region=row.region_name, indicator=edition.name(row)))
    return lines


def losses(book: Book, edition: Edition) -> list[tuple[str, str]]:
    """What a cell could not hold; never silent."""
    t = edition.t
    rows = []
    if book.losses.removed:
        text = t("去除了 {count} 个不能写入文件的控制字符。", count=book.losses.removed)
        rows.append((t("去除的字符"), text))
    for place, total, kept in book.losses.cut:
        text = t(_CUT, place=place, total=total, kept=kept)
        rows.append((t("截短的单元格"), text))
    return rows


_CUT = mark(
    "{place}：原文 {total} 字，单元格最多容纳 32767 字，此处保留前 {kept} 字；"
    "全文见 CSV、JSON 或 Parquet。"
)
