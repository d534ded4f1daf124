"""What a page of the site is made of: plain values, which the template sets with escaping on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import plotly.graph_objects as go

from indicators.charts.theme import VERDICTS
from indicators.charts.words import amount, period, target
from indicators.export import sentences
from indicators.export.beside import beside
from indicators.export.edition import Edition
from indicators.export.safe import clean
from indicators.export.tabular import missing
from indicators.text.codes import label

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Cell:
    """One table cell: text, maybe smaller lines, a link, a verdict, a style class."""

    text: str
    small: str = ""
    href: str = ""
    verdict: str = ""
    glyph: str = ""
    css: str = ""
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Grid:
    """A table; ``tools`` gives it a search field and a choice of verdicts."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    name: str = ""
    empty: str = ""
    tools: Sequence[tuple[str, str]] = ()
    kind: str = field(default="grid", init=False)


@dataclass(frozen=True)
class Heading:
    """A heading inside the page; ``anchor`` makes it a link target."""

    text: str
    anchor: str = ""
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Text:
    """A paragraph, muted or not."""

    text: str
    muted: bool = False
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Tiles:
    """Verdicts with how many promises have them."""

    items: Sequence[tuple[Cell, int]]
    kind: str = field(default="tiles", init=False)


@dataclass(frozen=True)
class Facts:
    """Terms and what is known about them."""

    items: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Links:
    """A list of links."""

    items: Sequence[tuple[str, str]]
    kind: str = field(default="links", init=False)


@dataclass(frozen=True)
class Chart:
    """A figure as JSON, its height and least width, its words for those who cannot see it."""

    json: str
    height: int
    summary: str
    width: int
    kind: str = field(default="chart", init=False)


Block = Grid | Heading | Text | Tiles | Facts | Links | Chart


@dataclass(frozen=True)
class Page:
    """One page: ``path`` is relative to its language's folder."""

    path: str
    title: str
    blocks: Sequence[Block]
    nav: str
    sources: Sequence[str] = ()


def chart(figure: go.Figure, summary: str, width: int = 640) -> Chart:
    """A figure ready to stand inside a script element: no character can end that element.

    On a screen narrower than ``width`` pixels it scrolls inside itself.
    """
    text = figure.to_json(validate=False).replace("<", "\\u003c").replace(">", "\\u003e")
    height = int(figure.layout.height or 450)
    return Chart(text.replace("&", "\\u0026"), height, clean(summary), width)


def plain(value: Any, small: Any = "", href: str = "", css: str = "") -> Cell:
    """A text cell; an em dash for a missing value."""
    text = "—" if missing(value) or value == "" else clean(str(value))
    return Cell(text, "" if missing(small) else clean(str(small)), href, css=css)


def verdict(edition: Edition, code: str, small: str = "", href: str = "") -> Cell:
    """Shape, word and colour."""
    word = label("verdict", code, edition.language)
    return Cell(word, clean(small), href, code, VERDICTS[code].glyph)


def quoted(edition: Edition, row: Row) -> Cell:
    """The words of the document, and which document it is."""
    line = sentences.source_line(edition, dict(row))
    if missing(row["quote"]):
        return plain(line)
    return plain(edition.t("“{quote}”", quote=row["quote"]), line)


def name_of(edition: Edition, row: Row) -> str:
    """The indicator's name in the edition's language."""
    return str(row["indicator_name" if edition.language == "zh" else "indicator_name_en"])


def promised(edition: Edition, row: Row) -> Cell:
    """The target, and when it is due."""
    lang = edition.language
    due = period(row["due"], lang) if row["due"] else edition.t("未写期限")
    text = target(row["comparator"], row["target"], row["target_upper"], row["unit"], lang)
    return plain(text, edition.t("期限：{due}", due=due))


def shown(edition: Edition, row: Row) -> Cell:
    """The figure beside a verdict with its period and source, and what stands beside it."""
    if missing(row["value"]):
        return Cell("—")
    lang = edition.language
    value = amount(row["value"], row["unit"], lang, row["precision"])
    text = f"{value} ({period(row['period'], lang)})"
    if row["value_region_code"] != row["region_code"]:
        text = f"{row['value_region_name']} {text}"
    cell = plain(text, sentences.source_of_figure(edition, dict(row)))
    return replace(cell, more=[clean(other.line) for other in beside(edition, row)])
