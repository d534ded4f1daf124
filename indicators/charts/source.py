"""The line inside a picture that says where its numbers are from: the documents it rests on."""

from __future__ import annotations

from datetime import date

import pandas as pd

from indicators.charts import words
from indicators.charts.base import SOURCE_WIDTH
from indicators.tables.citation import documents
from indicators.text import Language, translator

_VERSION = 8  # digits of the data version that a picture carries
_NAMED = 2  # more documents than this are counted


def source_line(
    rests_on: pd.DataFrame | None,
    total: int,
    as_of: date,
    digest: str,
    language: Language,
    *,
    width: int = SOURCE_WIDTH,
) -> str:
    """``来源：岳卫字〔2022〕13号；截至 2026-11-21；数据版本 0123abcd``.

    ``rests_on`` holds the rows drawn, with ``document_…`` columns as in any frame of the
    tables. One or two documents are named where the line stays within ``width``
    full-width characters, else they are counted. Without rows the whole of the data
    speaks: ``total`` says how many documents that are.
    """
    t = translator(language)
    names = _names(rests_on, language)
    counted = t("所引文件 {n} 份", n=len(names) or total)
    if 0 < len(names) <= _NAMED:
        line = _line(t("、").join(names), as_of, digest, language)
        if words.span(line) <= width:
            return line
    return _line(counted, as_of, digest, language)


def _line(sources: str, as_of: date, digest: str, language: Language) -> str:
    return translator(language)(
        "来源：{sources}；截至 {day}；数据版本 {digest}",
        sources=sources,
        day=as_of.isoformat(),
        digest=digest[:_VERSION],
    )


def _names(rests_on: pd.DataFrame | None, language: Language) -> list[str]:
    """Each document once: its number, or else its title."""
    t, found = translator(language), dict[tuple[str, str | None], str]()
    for title, number, *_ in () if rests_on is None else documents(rests_on):
        said = f"《{t(title)}》" if language == "zh" else f"“{t(title)}”"
        found.setdefault((title, number), number or said)
    return list(found.values())
