"""The numbers of the one-indicator charts: target against reported, and the trend.

Everything here is computed from the tables; nothing is drawn. Titles are put together
from these numbers by fixed patterns, so that they never say more than the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.charts import words
from indicators.core.model import Indicator
from indicators.tables.grid import VERDICT_ORDER
from indicators.text import Language, translator
from indicators.text.codes import codes, label


@dataclass(frozen=True)
class Point:
    """One cited figure: its value in the indicator's unit, and where it stands."""

    value: Decimal
    words: str
    period: str
    last: date
    exact: bool
    document: str
    quote: str


@dataclass(frozen=True)
class Promise:
    """One target of a row: a commitment or a milestone, with its verdict."""

    value: Decimal | None
    upper: Decimal | None
    words: str
    due: str
    verdict: str
    document: str
    quote: str


@dataclass(frozen=True)
class Row:
    """A region on one scope: only figures of one row stand on one line."""

    region_code: str
    name: str
    level: str
    scope: str
    points: tuple[Point, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Line:
    """A benchmark and the rows (indices into ``DotInfo.rows``) that it addresses."""

    value: Decimal
    upper: Decimal | None
    words: str
    rows: tuple[int, ...]
    relayed: bool


@dataclass(frozen=True)
class DotInfo:
    """Target against reported for one indicator; rows grouped by level."""

    title: str
    unit: str
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    summary: str
    empty: str = ""

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that have rows, widest first."""
        return tuple(dict.fromkeys(row.level for row in self.rows))


def dot_info(
    indicator: Indicator, assessed: pd.DataFrame, observed: pd.DataFrame, lang: Language
) -> DotInfo:
    """Numbers of the dot plot of one indicator.

    ``assessed`` are its rows of :func:`indicators.tables.assess.assess`, ``observed`` those
    of :func:`indicators.tables.observations.observations`. A region has a row for each
    scope it reports or promises on; benchmarks alone make no row.
    """
    own = assessed[assessed["target_kind"] != "benchmark"]
    rows = _rows(own, observed, indicator, lang)
    lines = _lines(assessed[assessed["target_kind"] == "benchmark"], rows, lang)
    title = _dot_title(_name(indicator, lang), rows, lang)
    drawn = any(row.points or _numbers(row.promises) for row in rows)
    empty = "" if drawn and indicator.unit != "是/否" else _nothing(indicator, rows, lang)
    return DotInfo(title, indicator.unit, rows, lines, _dot_summary(title, rows, lang), empty)


def _name(indicator: Indicator, lang: Language) -> str:
    return indicator.name.zh if lang == "zh" else indicator.name.en


def _rows(
    own: pd.DataFrame, observed: pd.DataFrame, indicator: Indicator, lang: Language
) -> tuple[Row, ...]:
    t = translator(lang)
    points: dict[tuple[str, str, str, str], list[Point]] = {}
    for record in observed.to_dict("records"):
        if record["canonical_value"] is not None:
            points.setdefault(_row_key(record), []).append(_point(record, indicator.unit, lang))
    promises: dict[tuple[str, str, str, str], list[Promise]] = {}
    for record in own.to_dict("records"):
        promises.setdefault(_row_key(record), []).append(_promise(record, lang))
    order = codes("level")
    keys = sorted(points.keys() | promises.keys(), key=lambda k: (order.index(k[0]), k))
    return tuple(
        Row(code, name, level, t(scope), tuple(points.get(key, ())), tuple(promises.get(key, ())))
        for key in keys
        for level, code, name, scope in [key]
    )


def _row_key(record: dict[Any, Any]) -> tuple[str, str, str, str]:
    level, code, name = record["region_level"], record["region_code"], record["region_name"]
    return level, code, name, record["scope"] or ""


def _point(record: dict[Any, Any], unit: str, lang: Language) -> Point:
    value = record["canonical_value"]
    return Point(
        value=value,
        words=words.amount(value, unit, lang, record["precision"]),
        period=words.period_said(record["period"], record["period_basis"], lang),
        last=record["period_last"],
        exact=record["precision"] == "exact",
        document=record["document_number"] or translator(lang)(record["document_title"]),
        quote=record["quote"],
    )


def _promise(record: dict[Any, Any], lang: Language) -> Promise:
    numeric = record["target_kind"] == "commitment"
    value = record["target"] if numeric else None
    return Promise(
        value=value,
        upper=record["target_upper"] if numeric else None,
        words=words.target(
            record["comparator"], value, record["target_upper"], record["unit"], lang
        ),
        due=words.period(record["due"], lang) if record["due"] else "",
        verdict=record["verdict"],
        document=record["document_number"] or translator(lang)(record["document_title"]),
        quote=record["quote"] or "",
    )


def _lines(benchmarks: pd.DataFrame, rows: tuple[Row, ...], lang: Language) -> tuple[Line, ...]:
    found = []
    for _, group in benchmarks.groupby("document_id", sort=False):
        first = group.iloc[0]
        at = [i for i, row in enumerate(rows) if row.region_code in set(group["region_code"])]
        if at and first["unit"] != "是/否":
            found.append(_line(first, tuple(at), lang))
    return tuple(found)


def _line(record: Any, at: tuple[int, ...], lang: Language) -> Line:
    t = translator(lang)
    target = words.target(
        record["comparator"], record["target"], record["target_upper"], record["unit"], lang
    )
    due = words.period(record["due"], lang) if record["due"] else t("未写期限")
    source = record["document_number"] or t(record["document_title"])
    relayed = record["source_status"] == "relayed"
    text = t("参考线 {target}（{due}，{source}）", target=target, due=due, source=source)
    text += t("，转引待核") if relayed else ""
    return Line(record["target"], record["target_upper"], text, at, relayed)


def _numbers(promises: Iterable[Promise]) -> list[Promise]:
    return [promise for promise in promises if promise.value is not None]


def _dot_title(name: str, rows: tuple[Row, ...], lang: Language) -> str:
    t = translator(lang)
    reporting = len({row.region_code for row in rows if row.points})
    promises = [promise for row in rows for promise in row.promises]
    head = t("{name}：{n} 个地区有报告值", name=name, n=reporting)
    if not promises:
        return head + t("，所引文件中没有承诺")
    tally = verdict_tally((p.verdict for p in promises), lang)
    return head + t("；承诺 {n} 项：{tally}", n=len(promises), tally=tally)


def verdict_tally(verdicts: Iterable[str], lang: Language) -> str:
    """``已达标 2 项、到期未报告 3 项``: the verdicts that occur, in their fixed order."""
    t = translator(lang)
    counts = Counter(verdicts)
    parts = [
        t("{verdict} {n} 项", verdict=label("verdict", code, lang), n=counts[code])
        for code in VERDICT_ORDER
        if counts[code]
    ]
    return t("、").join(parts)


def _dot_summary(title: str, rows: tuple[Row, ...], lang: Language) -> str:
    t = translator(lang)
    said = [
        t("{region} {value}（{period}）", region=_label(row, lang), value=p.words, period=p.period)
        for row in rows
        for p in row.points[-1:]
    ]
    return title + (t("。最近报告值：") + t("；").join(said) if said else "") + t("。")


def _label(row: Row, lang: Language) -> str:
    return (
        translator(lang)("{name}（{scope}）", name=row.name, scope=row.scope)
        if row.scope
        else row.name
    )


def _nothing(indicator: Indicator, rows: tuple[Row, ...], lang: Language) -> str:
    t = translator(lang)
    if indicator.unit == "是/否" and rows:
        return t("此指标是里程碑，文件未给出数值，没有可绘的点；结论见下表。")
    if rows:
        return t("所引文件只有不带数值的表述，没有可绘的点。")
    return t("截至所选日期，所引文件没有这一指标的报告值或承诺。")


@dataclass(frozen=True)
class Series:
    """One region on one scope with at least two periods; never county and city together."""

    name: str
    level: str
    points: tuple[Point, ...]
    change: Decimal | None


@dataclass(frozen=True)
class TrendInfo:
    """Trends of one indicator; ``empty`` says why there is none."""

    title: str
    unit: str
    series: tuple[Series, ...]
    summary: str
    empty: str = ""


def trend_info(indicator: Indicator, observed: pd.DataFrame, lang: Language) -> TrendInfo:
    """Numbers of the trend: only where one region reports two or more periods.

    Where two documents disagree on a period there is no line: the points stay on the
    dot plot. ``change`` is last minus first, only between exact figures.
    """
    rows = _rows(observed.iloc[:0].assign(target_kind=[]), observed, indicator, lang)
    series = tuple(_series(row, lang) for row in rows if _periods(row) >= 2 and not _torn(row))
    t, name = translator(lang), _name(indicator, lang)
    if not series:
        return TrendInfo(
            t("{name}：没有趋势可看", name=name), indicator.unit, (), "", _no_trend(rows, lang)
        )
    title = t("；").join(_trend_title(name, one, indicator.unit, lang) for one in series)
    return TrendInfo(title, indicator.unit, series, title + t("。"))


def _periods(row: Row) -> int:
    return len({point.last for point in row.points})


def _torn(row: Row) -> bool:
    return len({(point.last, point.value) for point in row.points}) > _periods(row)


def _series(row: Row, lang: Language) -> Series:
    points = tuple(sorted({p.last: p for p in row.points}.values(), key=lambda p: p.last))
    both = points[0].exact and points[-1].exact
    change = points[-1].value - points[0].value if both else None
    return Series(_label(row, lang), row.level, points, change)


def _trend_title(name: str, series: Series, unit: str, lang: Language) -> str:
    first, last = series.points[0], series.points[-1]
    t = translator(lang)
    head = t(
        "{region}{name}：{start}（{from_}）→ {end}（{to}）",
        region=series.name,
        name=name,
        start=first.words,
        from_=first.period,
        end=last.words,
        to=last.period,
    )
    return (
        head
        if series.change is None
        else head + t("，{gap}", gap=words.gap(series.change, unit, lang))
    )


def _no_trend(rows: tuple[Row, ...], lang: Language) -> str:
    t = translator(lang)
    if any(_torn(row) for row in rows):
        return t("同一期间各文件数值不一致，不连线。")
    if any(row.points for row in rows):
        return t("每个地区只有一个期间的数值，两点才成线，故不画趋势。")
    return t("截至所选日期，没有报告值。")
