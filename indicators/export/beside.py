"""Figures that stand beside the one shown: what other documents state, where the way began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.charts.words import amount, period, stated_amount
from indicators.export import sentences
from indicators.export.edition import Edition
from indicators.export.tabular import missing
from indicators.tables.rivals import rests_on_base, stated
from indicators.text import mark

Row = Mapping[Any, Any]

_RIVAL = mark("另有文件写为 {figure}")
_BASE = mark("起点：{period} {figure}")
_BASE_RIVAL = mark("起点另有文件写为 {figure}")


@dataclass(frozen=True, slots=True)
class Beside:
    """One such figure in words, its source, and a key that names the claim behind it."""

    text: str
    source: str
    key: str

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.text} — {self.source}"


def beside(edition: Edition, row: Row) -> list[Beside]:
    """Of a row of ``assess``: other documents' figures for the period shown; the figure that
    an on-track or behind verdict is measured from, and what other documents state for it."""
    found = list(_stated(edition, _RIVAL, row["disagreeing_claims"], row["period"]))
    if rests_on_base(row):
        found.append(_base(edition, row))
        found += _stated(edition, _BASE_RIVAL, row["base_disagreeing_claims"], row["base_period"])
    return found


def _stated(edition: Edition, text: str, codes: tuple[str, ...], held: str) -> Iterator[Beside]:
    """What those claims state; the period is named where it is not ``held``."""
    for claim in stated(edition.known, codes):
        said = edition.t(text, figure=stated_amount(claim, held, edition.language))
        source = sentences.source_of_claim(edition, claim)
        yield Beside(said, source, sentences.note_key(claim))


def _base(edition: Edition, row: Row) -> Beside:
    lang = edition.language
    figure = amount(row["base_value"], row["unit"], lang, row["base_precision"])
    when = "—" if missing(row["base_period"]) else period(row["base_period"], lang)
    return Beside(
        edition.t(_BASE, period=when, figure=figure),
        sentences.source_of_figure(edition, dict(row), "base_"),
        sentences.note_key(row, "base_"),
    )
