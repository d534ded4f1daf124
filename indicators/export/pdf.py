"""The list of commitments as a PDF, set by typst from a fixed template.

Data goes in as JSON: joined into typst's source it would run, passed as an input it is
text.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from indicators.charts.theme import VERDICTS
from indicators.charts.words import amount, period, target
from indicators.core.errors import KnownProblem
from indicators.export import sentences
from indicators.export.beside import beside
from indicators.export.docx import proposal_name
from indicators.export.edition import Edition
from indicators.export.rules import general_rules
from indicators.export.safe import clean
from indicators.export.sentences import Row
from indicators.export.tabular import missing
from indicators.tables.grid import VERDICT_ORDER
from indicators.text.codes import label

TEMPLATE = Path(__file__).parent / "templates" / "commitments.typ"

#: Tried in this order; the first that is installed sets the Chinese text.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimSun",
)


def commitments_pdf(edition: Edition) -> bytes:
    """A4 landscape, headings on every page, one row per commitment with quote and source.

    Raises :class:`KnownProblem` where no Chinese font is installed: the words would be
    boxes.
    """
    fonts = [name for name in CHINESE_FONTS if name in _families()]
    if not fonts:
        wanted = ", ".join(CHINESE_FONTS)
        raise KnownProblem(f"no Chinese font is installed; install one of: {wanted}")
    data = {**content(edition), "fonts": fonts}
    pdf = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime.combine(edition.as_of, datetime.min.time(), tzinfo=UTC),
    )
    return bytes(pdf)


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def content(edition: Edition) -> dict[str, Any]:
    """Everything that the template shows, as plain text and numbers."""
    t, promises = edition.t, edition.commitments.to_dict("records")
    promises.sort(key=lambda row: (row["region_code"], VERDICT_ORDER.index(row["verdict"])))
    return {
        "lang": edition.language,
        "title": clean(title(edition)),
        "subtitle": clean(
            t(
                "截至 {day} · 数据版本 {version} · {selection}",
                day=edition.as_of.isoformat(),
                version=edition.version,
                selection=edition.selection,
            )
        ),
        "tally": sentences.tally(edition, promises),
        "heads": [t(w) for w in ("结论", "地区与指标", "目标与期限", "所示数值", "原句与文件")],
        "rows": [row(edition, record) for record in promises],
        "empty": t("所选范围内的文件没有写承诺。"),
        "notes": general_rules(edition.language),
        "footer": t("数据版本 {version}", version=edition.snapshot.digest),
    }


def title(edition: Edition) -> str:
    """The heading: the proposal as its reply names it, or the regions."""
    name = proposal_name(edition) if edition.proposal else edition.selection
    return edition.t("承诺核查清单：{name}", name=name)


def row(edition: Edition, record: Row) -> dict[str, Any]:
    """One commitment in words; its verdict with the shape and colours of the charts."""
    t, lang = edition.t, edition.language
    style = VERDICTS[record["verdict"]]
    promised = target(
        record["comparator"], record["target"], record["target_upper"], record["unit"], lang
    )
    due = period(record["due"], lang) if record["due"] else t("未写期限")
    texts = {
        "verdict": label("verdict", record["verdict"], lang),
        "glyph": style.glyph,
        "ink": style.light.ink,
        "tint": style.light.tint,
        "limits": sentences.limits(edition, record),
        "region": record["region_name"],
        "indicator": record["indicator_name" if lang == "zh" else "indicator_name_en"],
        "target": promised,
        "due": t("期限：{due}", due=due),
        **_figure(edition, record),
        "quote": t("“{quote}”", quote=record["quote"]),
        "source": sentences.source_line(edition, record),
    }
    others = [clean(other.line) for other in beside(edition, record)]
    return {**{name: clean(str(text)) for name, text in texts.items()}, "beside": others}


def _figure(edition: Edition, record: Row) -> dict[str, str]:
    if missing(record["value"]):
        return {"figure": "—", "figure_source": ""}
    lang = edition.language
    value = amount(record["value"], record["unit"], lang, record["precision"])
    figure = f"{value} ({period(record['period'], lang)})"
    if record["value_region_code"] != record["region_code"]:
        figure = f"{record['value_region_name']} {figure}"
    return {"figure": figure, "figure_source": sentences.source_of_figure(edition, record)}
