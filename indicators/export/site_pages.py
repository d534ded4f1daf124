"""The pages of the static site: overview, progress, commitments, comparison, regions, documents,
registry. Each reads the tables of the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from indicators.charts.base import Frame
from indicators.charts.figures import dot_figure
from indicators.charts.figures_overview import coverage_figure, due_figure, grid_figure
from indicators.charts.figures_timeline import timeline_figure
from indicators.charts.figures_trend import trend_figure
from indicators.charts.info import dot_info, trend_info
from indicators.charts.info_overview import due_info, grid_info, theme_coverage_info
from indicators.charts.info_timeline import stated, timeline_info, when
from indicators.charts.words import amount, period, target, unit_name
from indicators.core.model import Indicator, Region
from indicators.export import sentences
from indicators.export.comparison_sheet import footnote, footnote_numbers
from indicators.export.edition import Edition
from indicators.export.pictures import in_a_year, source_line
from indicators.export.rules import general_rules, verdict_rules
from indicators.export.site_blocks import (
    Block,
    Cell,
    Chart,
    Facts,
    Grid,
    Heading,
    Links,
    Page,
    Text,
    Tiles,
    chart,
    name_of,
    plain,
    promised,
    quoted,
    shown,
    verdict,
)
from indicators.export.tabular import missing
from indicators.tables.citation import document_line, sources
from indicators.tables.coverage import CITED, coverage
from indicators.tables.grid import due_within, status_grid, verdict_counts
from indicators.tables.region_table import documents_about, sub_regions, timeline
from indicators.tables.registry_table import confusables_table
from indicators.text import Translate, mark, with_original
from indicators.text.codes import label

Row = dict[Any, Any]

#: Pages in their order, and what the navigation calls them.
NAV: dict[str, str] = {
    "index.html": mark("总览"),
    "progress.html": mark("指标进度"),
    "commitments.html": mark("承诺核查"),
    "comparison.html": mark("城市对比"),
    "regions.html": mark("地区档案"),
    "documents.html": mark("文献与引文"),
    "registry.html": mark("指标字典"),
    "about.html": mark("说明与下载"),
}


class Pages:
    """All pages of one language."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.t, self.lang = edition, edition.t, edition.language
        self.frame = Frame(dark=False, source=source_line(edition))
        self.promises = edition.commitments.to_dict("records")
        self.benched = edition.benchmarks.to_dict("records")
        self.claims = edition.claims.to_dict("records")
        self.covered = coverage(edition.known)
        cited = {row["indicator_id"] for row in [*self.claims, *self.promises]}
        self.indicators = [i for i in edition.registry["indicator_id"] if i in cited]

    def __len__(self) -> int:
        return len(NAV) + len(self.indicators) + len(self.edition.subjects)

    def __iter__(self) -> Iterator[Page]:
        yield self.overview()
        yield self.progress()
        yield self.commitments()
        yield self.comparison()
        yield self.regions()
        yield self.documents()
        yield self.registry()
        yield self.about()
        for indicator_id in self.indicators:
            yield self.indicator(self.edition.snapshot.indicators[indicator_id])
        for subject in self.edition.subjects:
            yield self.region(subject)

    def _page(self, path: str, title: str, blocks: Sequence[Block], nav: str, frame: Any) -> Page:
        listed = sources(frame, self.lang) if isinstance(frame, pd.DataFrame) else list(frame)
        return Page(path, title, blocks, nav, listed)

    # 1 ----------------------------------------------------------------------------------

    def overview(self) -> Page:
        """Counts, status grid, due dates, holdings."""
        t, edition = self.t, self.edition
        blocks: list[Block] = [Text(line) for line in sentences.overall(edition)]
        if self.promises:
            blocks += [self._tiles(), Heading(t("各地承诺的核查结论")), *self._grid_chart()]
        blocks += self._due()
        blocks += [Heading(t("数据有什么、缺什么")), self._coverage(), self._document_list()]
        blocks += [Heading(t("哪些指标无一地引用")), self._never()]
        return self._page("index.html", t("总览"), blocks, "index.html", edition.claims)

    def _tiles(self) -> Tiles:
        counts = verdict_counts(self.edition.commitments, ("commitment", "milestone"))
        rows = counts.to_dict("records")
        items = [(verdict(self.edition, r["verdict"]), int(r["count"])) for r in rows]
        return Tiles([item for item in items if item[1]])

    def _grid_chart(self) -> list[Block]:
        assessed = self.edition.commitments
        info = grid_info(status_grid(assessed), assessed, self.lang)
        width = max(640, 230 + 104 * len(info.columns))
        return [chart(grid_figure(info, self.frame, self.lang), info.summary, width)]

    def _due(self) -> list[Block]:
        t, assessed = self.t, self.edition.commitments
        overdue = assessed[assessed["verdict"] == "due_unreported"]
        overdue = overdue.sort_values(["due_last", "target_id"]) if len(overdue) else overdue
        both = pd.concat([assessed, self.edition.benchmarks], ignore_index=True)
        coming = due_within(both, self.edition.as_of, in_a_year(self.edition.as_of))
        info = due_info(overdue, coming, self.edition.as_of, self.lang)
        rows = [*overdue.to_dict("records"), *coming.to_dict("records")]
        grid = self._targets(rows, info.empty or t("没有到期的目标。"), t("到期情况"))
        head: list[Block] = [Heading(t("到期情况"))]
        drawn = chart(due_figure(info, self.frame, self.lang), info.summary)
        return [*head, *([drawn] if rows else []), grid]

    def _coverage(self) -> Chart:
        info = theme_coverage_info(self.covered, self.edition.snapshot.themes, self.lang)
        width = max(640, 230 + 70 * len(info.columns))
        return chart(coverage_figure(info, self.frame, self.lang), info.summary, width)

    def _document_list(self) -> Grid:
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

    def _never(self) -> Grid:
        cited = set(self.covered.loc[self.covered["state"].isin(CITED), "indicator_id"])
        rows = [
            [plain(self._theme(r["theme_id"])), plain(name_of(self.edition, r))]
            for r in self.edition.registry.to_dict("records")
            if r["indicator_id"] not in cited
        ]
        heads = [self.t("主题"), self.t("指标")]
        empty = self.t("登记册中的每个指标都至少被一地引用。")
        return Grid(heads, rows, self.t("无一地引用的指标"), "never", empty)

    def _theme(self, theme_id: str) -> str:
        for theme in self.edition.snapshot.themes:
            if theme.id == theme_id:
                return theme.name.zh if self.lang == "zh" else theme.name.en
        return theme_id

    def _targets(self, rows: Sequence[Row], empty: str, caption: str, tools: bool = False) -> Grid:
        heads = [self.t(w) for w in ("结论", "地区与指标", "目标与期限", "所示数值", "原句与文件")]
        found = {row["verdict"] for row in rows}
        options = [(c, label("verdict", c, self.lang)) for c in _ORDER if c in found]
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

    # 2 ----------------------------------------------------------------------------------

    def progress(self) -> Page:
        """Every indicator that documents speak of, by theme."""
        blocks: list[Block] = [Text(self.t("只列出所引文件提到的指标；全部指标见“指标字典”。"))]
        registry = self.edition.registry.set_index("indicator_id")
        for theme in self.edition.snapshot.themes:
            mine = [i for i in self.indicators if registry.at[i, "theme_id"] == theme.id]
            if mine:
                blocks += [Heading(self._theme(theme.id)), self._indicator_list(mine)]
        title = self.t("指标进度")
        return self._page("progress.html", title, blocks, "progress.html", self.edition.claims)

    def _indicator_list(self, ids: Sequence[str]) -> Grid:
        t = self.t
        rows = [self._indicator_row(self.edition.snapshot.indicators[code]) for code in ids]
        heads = [t("指标"), t("单位"), t("报告值条数"), t("承诺条数"), t("提及的地区")]
        return Grid(heads, rows)

    def _indicator_row(self, indicator: Indicator) -> list[Cell]:
        mine = [r for r in self.claims if r["indicator_id"] == indicator.id]
        regions = dict.fromkeys(r["region_name"] for r in mine)
        reported = sum(r["kind"] == "reported" for r in mine)
        made = sum(r["indicator_id"] == indicator.id for r in self.promises)
        name = indicator.name.zh if self.lang == "zh" else indicator.name.en
        return [
            plain(name, href=f"indicators/{indicator.id}.html"),
            plain(unit_name(indicator.unit, self.lang)),
            plain(reported, css="num"),
            plain(made, css="num"),
            plain(self.t("、").join(regions)),
        ]

    def indicator(self, indicator: Indicator) -> Page:
        """One indicator: figures against targets, trend, definition, every source."""
        t, edition = self.t, self.edition
        both = pd.concat([edition.commitments, edition.benchmarks], ignore_index=True)
        assessed = both[both["indicator_id"] == indicator.id]
        seen = edition.observations
        observed = seen[seen["indicator_id"] == indicator.id]
        claims = edition.claims[edition.claims["indicator_id"] == indicator.id]
        name = indicator.name.zh if self.lang == "zh" else indicator.name.en
        blocks: list[Block] = [*self._indicator_charts(indicator, assessed, observed)]
        own = assessed[assessed["target_kind"] != "benchmark"].to_dict("records")
        lines = assessed[assessed["target_kind"] == "benchmark"].to_dict("records")
        blocks += [Heading(t("承诺")), self._targets(own, t("没有承诺"), t("承诺"))]
        blocks += [Heading(t("参考线")), self._targets(lines, t("没有参考线"), t("参考线"))]
        blocks += [Heading(t("引文")), self._claim_grid(claims.to_dict("records"))]
        blocks += [Heading(t("指标定义")), self._definition(indicator)]
        path = f"indicators/{indicator.id}.html"
        return self._page(path, name, blocks, "progress.html", claims)

    def _indicator_charts(
        self, indicator: Indicator, assessed: pd.DataFrame, observed: pd.DataFrame
    ) -> list[Block]:
        info = dot_info(indicator, assessed, observed, self.lang)
        if info.empty:
            return [Text(info.empty)]
        found: list[Block] = [chart(dot_figure(info, self.frame, self.lang), info.summary)]
        trend = trend_info(indicator, observed, self.lang)
        if trend.empty:
            return [*found, Text(trend.empty, muted=True)]
        return [*found, chart(trend_figure(trend, self.frame, self.lang), trend.summary)]

    def _definition(self, indicator: Indicator) -> Facts:
        t = self.t
        status = label("definition_status", indicator.definition.status, self.lang)
        note = indicator.definition.note
        walls = confusables_table(self.edition.snapshot, indicator.id).to_dict("records")
        name = "other_name" if self.lang == "zh" else "other_name_en"
        items = [
            (t("主题"), self._theme(indicator.theme)),
            (t("文件用语"), t("、").join(indicator.aliases)),
            (t("分子"), t(indicator.numerator or mark("未见原文"))),
            (t("分母"), t(indicator.denominator or mark("未见原文"))),
            (t("口径核实"), _noted(t, status, note)),
            (t("单位"), unit_name(indicator.unit, self.lang)),
            (t("方向"), label("direction", indicator.direction, self.lang)),
            (t("适用层级"), t("、").join(label("level", x, self.lang) for x in indicator.levels)),
            *((t("不可混用"), t("{name}：{why}", name=w[name], why=t(w["why"]))) for w in walls),
        ]
        return Facts([(term, text) for term, text in items if text])

    def _claim_grid(self, rows: Sequence[Row], *, named: bool = False, tools: bool = False) -> Grid:
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

    # 3 ----------------------------------------------------------------------------------

    def commitments(self) -> Page:
        """Every promise with verdict, evidence, quote, document."""
        t = self.t
        empty = t("所选范围内的文件没有写承诺。")
        tools = self._targets(self.promises, empty, t("承诺核查"), tools=True)
        rules = [f"{word}：{meaning}" for word, meaning in verdict_rules(self.lang)]
        blocks: list[Block] = []
        if self.promises:
            blocks.append(self._tiles())
        blocks += [tools, Heading(t("结论的含义")), *(Text(rule) for rule in rules)]
        frame = self.edition.commitments
        return self._page("commitments.html", t("承诺核查"), blocks, "commitments.html", frame)

    # 4 ----------------------------------------------------------------------------------

    def comparison(self) -> Page:
        """Regions side by side, with the reason where figures do not compare."""
        t, edition = self.t, self.edition
        rows = edition.comparison.to_dict("records")
        numbers = footnote_numbers(rows)
        heads = [t("指标（单位）"), *(edition.snapshot.regions[c].name for c in edition.columns)]
        lines: dict[str, list[Cell]] = {}
        for row in rows:
            line = lines.setdefault(row["indicator_id"], [self._compared_name(row)])
            line.append(self._compared(row, numbers))
        notes = [
            plain(f"[{numbers[r['claim_id']]}]", footnote(edition, r))
            for r in rows
            if r["claim_id"] in numbers
        ]
        title, empty = t("城市对比"), t("所选范围内没有数据。")
        blocks: list[Block] = [
            Text(t("注：斜线底纹的数值与同行其他地区不可比，不参与排序；“—”表示所收文件没有写。")),
            Grid(heads, list(lines.values()), title, "comparison", empty),
            Heading(t("脚注")),
            Grid([t("注")], [[note] for note in notes], t("脚注"), "notes"),
        ]
        return self._page("comparison.html", title, blocks, "comparison.html", edition.comparison)

    def _compared_name(self, row: Row) -> Cell:
        unit = unit_name(row["unit"], self.lang)
        return plain(name_of(self.edition, row), unit, f"indicators/{row['indicator_id']}.html")

    def _compared(self, row: Row, numbers: dict[str, int]) -> Cell:
        if missing(row["value"]):
            return Cell("—", css="num")
        value = amount(row["value"], row["unit"], self.lang, row["precision"])
        small = f"{period(row['period'], self.lang)} [{numbers[row['claim_id']]}]"
        if not missing(row["rank"]):
            small += self.t("，第 {rank}/{of} 位", rank=row["rank"], of=row["ranked_of"])
        if not row["comparable"]:
            why = label("reason", row["reason"], self.lang)
            small += self.t("，不可比：{why}", why=why)
        return plain(value, small, css="num" if row["comparable"] else "num hatched")

    # 5 ----------------------------------------------------------------------------------

    def regions(self) -> Page:
        """Every region that documents speak of."""
        t = self.t
        issuing = {d.region for d in self.edition.known.documents}
        rows = []
        for subject in self.edition.subjects:
            mine = [r for r in self.claims if r["region_code"] == subject.code]
            made = [r for r in self.promises if r["region_code"] == subject.code]
            rows.append(
                [
                    plain(subject.name, subject.code, f"regions/{subject.code}.html"),
                    plain(label("level", subject.level, self.lang)),
                    plain(t("是") if subject.code in issuing else t("否")),
                    plain(len(mine), css="num"),
                    plain(len(made), css="num"),
                ]
            )
        heads = [t(w) for w in ("地区", "地区层级", "有自己的文件", "引文条数", "承诺条数")]
        blocks = [Grid(heads, rows, t("地区档案"), "regions", t("所选范围内没有数据。"))]
        frame = self.edition.claims
        return self._page("regions.html", t("地区档案"), blocks, "regions.html", frame)

    def region(self, subject: Region) -> Page:
        """One region: timeline, promises, claims, regions below it, documents, findings."""
        t, edition = self.t, self.edition
        mine = [r for r in self.claims if r["region_code"] == subject.code]
        made = [r for r in self.promises if r["region_code"] == subject.code]
        info = timeline_info(subject.name, timeline(edition.known, subject.code), self.lang)
        blocks: list[Block] = [Text(sentences.region(edition, subject.name, mine, made))]
        if not info.empty:
            figure = timeline_figure(info, self.frame, self.lang, edition.as_of)
            blocks.append(chart(figure, info.summary))
        blocks += [Heading(t("承诺")), self._targets(made, t("没有承诺"), t("承诺"))]
        blocks += [Heading(t("引文")), self._claim_grid(mine, named=True)]
        blocks += self._below(subject)
        blocks += self._findings(subject)
        blocks += [Heading(t("文献")), self._documents_of(subject)]
        claims = edition.claims[edition.claims["region_code"] == subject.code]
        path = f"regions/{subject.code}.html"
        return self._page(path, subject.name, blocks, "regions.html", claims)

    def _below(self, subject: Region) -> list[Block]:
        rows = sub_regions(self.edition.known, subject.code).to_dict("records")
        if not rows:
            return []
        known = {region.code for region in self.edition.subjects}
        cells = [
            [
                plain(
                    r["region_name"],
                    href=f"{r['region_code']}.html" if r["region_code"] in known else "",
                ),
                plain(r["claims"], css="num"),
                plain(r["reported"], css="num"),
                plain(r["promised"], css="num"),
            ]
            for r in rows
        ]
        heads = [self.t(w) for w in ("地区", "引文条数", "报告值条数", "承诺条数")]
        return [Heading(self.t("下级地区")), Grid(heads, cells)]

    def _findings(self, subject: Region | None) -> list[Block]:
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

    def _documents_of(self, subject: Region) -> Links:
        up = "../documents.html#"
        about = set(documents_about(self.edition.known, subject.code))
        return Links(
            [
                (f"{up}{r['document_id']}", self._line(r))
                for r in self.edition.documents.to_dict("records")
                if r["document_id"] in about
            ]
        )

    def _line(self, row: Row) -> str:
        return document_line(
            row["document_title"],
            row["document_number"],
            row["document_issuer"],
            row["document_dated"],
            self.lang,
        )

    # 6 ----------------------------------------------------------------------------------

    def documents(self) -> Page:
        """Every document and everything quoted from it."""
        t = self.t
        blocks: list[Block] = [self._document_list()]
        for row in self.edition.documents.to_dict("records"):
            mine = [r for r in self.claims if r["document_id"] == row["document_id"]]
            checked = label("verification", row["verification"], self.lang)
            facts = [
                (t("发文机关"), with_original(row["document_issuer"], self.lang)),
                (t("文号"), row["document_number"]),
                (t("建议或提案"), with_original(row["proposal"] or "", self.lang)),
                (t("文件日期"), row["document_dated"]),
                (t("引句核对"), checked),
                (t("原件文件名"), row["source_file"]),
                (t("原件SHA-256"), row["sha256"]),
                (t("备注"), t(row["note"] or "")),
            ]
            kept = [(term, str(text)) for term, text in facts if text and not missing(text)]
            name = with_original(row["document_title"], self.lang)
            blocks += [Heading(name, row["document_id"]), Facts(kept)]
            blocks.append(self._claim_grid(mine, named=True))
        blocks += self._findings(None)
        title = t("文献与引文")
        return self._page("documents.html", title, blocks, "documents.html", self.edition.claims)

    # 7 ----------------------------------------------------------------------------------

    def registry(self) -> Page:
        """Definitions, aliases, benchmarks and how far each is verified."""
        t = self.t
        blocks: list[Block] = []
        for theme in self.edition.snapshot.themes:
            rows = [
                self._registry_row(r)
                for r in self.edition.registry.to_dict("records")
                if r["theme_id"] == theme.id
            ]
            heads = [t(w) for w in ("指标", "单位", "分子", "分母", "口径核实", "适用层级")]
            blocks += [Heading(self._theme(theme.id)), Grid(heads, rows)]
        blocks += [Heading(t("参考线")), self._benchmark_list()]
        title = t("指标字典")
        return self._page("registry.html", title, blocks, "registry.html", [])

    def _registry_row(self, row: Row) -> list[Cell]:
        code = row["indicator_id"]
        href = f"indicators/{code}.html" if code in self.indicators else ""
        status = label("definition_status", row["definition_status"], self.lang)
        levels = self.t("、").join(label("level", x, self.lang) for x in row["levels"])
        return [
            plain(name_of(self.edition, row), self.t("、").join(row["aliases"]), href),
            plain(unit_name(row["unit"], self.lang)),
            plain(self.t(row["numerator"] or "")),
            plain(self.t(row["denominator"] or "")),
            plain(status, self.t(row["definition_note"] or "")),
            plain(levels),
        ]

    def _benchmark_list(self) -> Grid:
        t = self.t
        rows = []
        for r in self.edition.benchmark_list.to_dict("records"):
            text = target(r["comparator"], r["value"], r["upper"], r["unit"], self.lang)
            line = document_line(
                r["source_title"],
                r["source_number"],
                r["source_issuer"],
                r["source_date"],
                self.lang,
            )
            due = period(r["due"], self.lang) if r["due"] else t("未写期限")
            rows.append(
                [
                    plain(name_of(self.edition, r), r["region_name"]),
                    plain(text, t("期限：{due}", due=due)),
                    plain(line, t(r["read_in"] or "")),
                    plain(
                        label("source_status", r["source_status"], self.lang), t(r["note"] or "")
                    ),
                ]
            )
        heads = [t(w) for w in ("指标", "目标与期限", "来源", "来源核实")]
        return Grid(heads, rows, t("参考线"), "benchmarks", t("没有参考线"))

    # about ------------------------------------------------------------------------------

    def about(self) -> Page:
        """Rules, what is missing, downloads."""
        t, edition = self.t, self.edition
        up = "" if self.lang == "zh" else "../"
        files = [f"{up}data/{name}.{kind}" for name in _DOWNLOADS for kind in ("csv", "json")]
        links = [(path, path.removeprefix(up)) for path in files]
        blocks: list[Block] = [
            Heading(t("规则")),
            *(Text(rule) for rule in general_rules(self.lang)),
            Heading(t("结论的含义")),
            *(Text(f"{word}：{meaning}") for word, meaning in verdict_rules(self.lang)),
            Heading(t("下载")),
            Text(t("以下文件与本站页面出自同一批表；datapackage.json 说明各列。")),
            Links([(f"{up}datapackage.json", "datapackage.json"), *links]),
        ]
        if edition.snapshot.left_out:
            blocks += [Heading(t("未读入的文件")), *(Text(n) for n in edition.snapshot.left_out)]
        title = t("说明与下载")
        return self._page("about.html", title, blocks, "about.html", edition.claims)


def _noted(t: Translate, status: str, note: str | None) -> str:
    return t("{status}（{note}）", status=status, note=t(note)) if note else status


_ORDER = (
    "met",
    "met_late",
    "on_track",
    "under_way",
    "behind",
    "missed",
    "due_unreported",
    "unreported",
    "not_comparable",
)
_DOWNLOADS = (
    "claims",
    "observations",
    "commitments",
    "benchmarks",
    "comparison",
    "registry",
    "documents",
)
