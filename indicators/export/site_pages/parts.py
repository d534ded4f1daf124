"""What the pages of the site share: the tables of an edition and the blocks made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.charts.base import Frame
from indicators.charts.info_timeline import stated, when
from indicators.core.model import Region
from indicators.export import sentences
from indicators.export.edition import Edition
from indicators.export.pictures import frame
from indicators.export.site_blocks import (
    Block,
    Cell,
    Grid,
    Heading,
    Page,
    Tiles,
    name_of,
    plain,
    promised,
    quoted,
    shown,
    verdict,
)
from indicators.export.tabular import missing
from indicators.tables.citation import sources
from indicators.tables.coverage import coverage
from indicators.tables.grid import VERDICT_ORDER, verdict_counts
from indicators.text.codes import label

Row = dict[Any, Any]


class Site:
    """What every page of one language rests on, and the blocks that several of them show."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.t, self.lang = edition, edition.t, edition.language
        self.promises = edition.commitments.to_dict("records")
        self.claims = edition.claims.to_dict("records")
        self.covered = coverage(edition.known)
        cited = {row["indicator_id"] for row in [*self.claims, *self.promises]}
        self.indicators = [i for i in edition.registry["indicator_id"] if i in cited]

    def frame(self, rests_on: pd.DataFrame | None) -> Frame:
        """The dress of a chart that rests on these rows; ``None``: on everything."""
        return frame(self.edition, rests_on)

    def page(self, path: str, title: str, blocks: Sequence[Block], nav: str, frame: Any) -> Page:
        """The page at ``path``; ``frame`` is what it cites: claims, or rows of sources."""
        listed = sources(frame, self.lang) if isinstance(frame, pd.DataFrame) else list(frame)
        return Page(path, title, blocks, nav, listed)

    def tiles(self) -> Tiles:
        """How many promises have each verdict."""
        counts = verdict_counts(self.edition.commitments, ("commitment", "milestone"))
        rows = counts.to_dict("records")
        items = [(verdict(self.edition, r["verdict"]), int(r["count"])) for r in rows]
        return Tiles([item for item in items if item[1]])

    def document_list(self) -> Grid:
        """Every document with its number, date and state of verification."""
        t = self.t
        rows = [
            [
                plain(r["region_name"]),
                plain(t(r["document_title"]), href=f"documents.html#{r['document_id']}"),
                plain(r["document_number"]),
                plain(r["document_dated"]),
                plain(r["claims"], css="num"),
                plain(label("verification", r["verification"], self.lang), r["verified_on"]),
            ]
            for r in self.edition.documents.to_dict("records")
        ]
        words = ("地区", "文件", "文号", "文件日期", "引文条数", "引句核对")
        heads = [t(w) for w in words]
        return Grid(heads, rows, t("文献"), "documents", t("没有载入任何文件。"))

    def theme_name(self, theme_id: str) -> str:
        """The theme's name in the language of the site."""
        for theme in self.edition.snapshot.themes:
            if theme.id == theme_id:
                return theme.name.zh if self.lang == "zh" else theme.name.en
        return theme_id

    def targets(self, rows: Sequence[Row], empty: str, caption: str, tools: bool = False) -> Grid:
        """Targets with verdict, evidence and words; ``tools`` adds search and a choice."""
        heads = [self.t(w) for w in ("结论", "地区与指标", "目标与期限", "所示数值", "原句与文件")]
        found = {row["verdict"] for row in rows}
        options = [(c, label("verdict", c, self.lang)) for c in VERDICT_ORDER if c in found]
        body = [self._target_row(row) for row in rows]
        return Grid(heads, body, caption, "targets", empty, options if tools else ())

    def _target_row(self, row: Row) -> list[Cell]:
        edition = self.edition
        name = name_of(edition, row)
        return [
            verdict(edition, row["verdict"], sentences.limits(edition, row)),
            plain(row["region_name"], name),
            promised(edition, row),
            shown(edition, row),
            quoted(edition, row),
        ]

    def claim_grid(self, rows: Sequence[Row], *, named: bool = False, tools: bool = False) -> Grid:
        """Claims one by one; ``named`` shows the indicator, else the region alone."""
        t = self.t
        heads = [t(w) for w in ("地区", "类别", "期间或期限", "数值", "原句与文件")]
        body = [self._claim_row(row, named) for row in rows]
        return Grid(heads, body, t("引文"), "claims", t("所选范围内没有数据。"))

    def _claim_row(self, row: Row, named: bool) -> list[Cell]:
        scope = "" if missing(row["scope"]) else self.t(row["scope"])
        more = name_of(self.edition, row) if named else ""
        small = self.t("、").join(part for part in (more, scope) if part)
        checked = row.get("quote_verified")
        cell = quoted(self.edition, row)
        if not missing(checked):
            text = self.t("{source} · 引文已核对 {day}", source=cell.small, day=checked)
            cell = Cell(cell.text, text)
        return [
            plain(row["region_name"], small),
            plain(label("claim_kind", row["kind"], self.lang)),
            plain(when(row, self.lang)),
            plain(stated(row, self.lang), self.t(row["note"] or "")),
            cell,
        ]

    def findings(self, subject: Region | None) -> list[Block]:
        """What the checks of consistency found, of one region or of all."""
        column = "text_zh" if self.lang == "zh" else "text_en"
        rows = [
            r
            for r in self.edition.findings.to_dict("records")
            if subject is None or r["region_code"] == subject.code
        ]
        if not rows:
            return []
        cells = [
            [
                plain(label("finding_status", r["status"], self.lang)),
                plain(r["region_name"], name_of(self.edition, r)),
                plain(r[column], self.t("；").join(f"“{q}”" for q in r["quotes"])),
                plain(self.t(r["document_title"]), r["document_number"]),
            ]
            for r in rows
        ]
        heads = [self.t(w) for w in ("复核", "地区与指标", "发现", "文件")]
        return [Heading(self.t("复核发现")), Grid(heads, cells)]
