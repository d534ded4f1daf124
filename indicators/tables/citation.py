"""How a chart or table is cited: title, day, data version, sources, and the way back to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from indicators.text import Language, translator

#: Prefixes of the ``…document_…`` columns: of the row itself, of the figure beside a target,
#: of the figure that progress is measured from.
_FIGURES = ("", "value_", "base_")


def document_line(
    title: str,
    number: str | None,
    issuer: str | None,
    dated: str | None,
    language: Language,
) -> str:
    """One source: ``岳阳市卫生健康委员会：《…答复》（岳卫字〔2022〕13号），2022-05-30``.

    Only what is known is written; nothing stands in for a missing number or date. In
    English the title's own words stand beside its translation, so that it can be found.
    """
    if language == "en":
        return _document_line_en(title, number, issuer, dated)
    name = f"《{title}》" + (f"（{number}）" if number else "")
    return (f"{issuer}：" if issuer else "") + name + (f"，{dated}" if dated else "")


def _document_line_en(title: str, number: str | None, issuer: str | None, dated: str | None) -> str:
    t = translator("en")
    said = t(title)
    found_by = ", ".join(part for part in (title if said != title else "", number) if part)
    name = f"“{said}”" + (f" ({found_by})" if found_by else "")
    return (f"{t(issuer)}: " if issuer else "") + name + (f", {dated}" if dated else "")


def sources(table: pd.DataFrame, language: Language) -> list[str]:
    """The documents that a table's rows rest on, each once, in order of appearance.

    ``table`` has the ``document_…`` columns of any frame of this package, and maybe
    ``value_document_…`` (the figure beside a target) and ``base_document_…`` (the figure
    that progress is measured from).
    """
    found: dict[tuple[str, str | None], str] = {}
    for title, number, issuer, dated in documents(table):
        line = document_line(title, number, issuer, dated, language)
        if len(line) > len(found.get((title, number), "")):
            found[title, number] = line
    return list(found.values())


def documents(table: pd.DataFrame) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """(title, number, issuer, date) of the documents behind every row, repeats and all.

    Of each row its own document, then those of the figures beside it, as far as
    ``table`` has their columns.
    """
    for row in table.to_dict("records"):
        for prefix in _FIGURES:
            title, number, issuer, dated = (
                _known(row.get(f"{prefix}document_{part}"))
                for part in ("title", "number", "issuer", "dated")
            )
            if title:
                yield title, number, issuer, dated


def source_line(row: Mapping[Any, Any], language: Language, prefix: str = "") -> str:
    """:func:`document_line` of a row, and the section where it is stated.

    ``prefix`` names the columns of another figure of the row (``value_``, ``base_``).
    """
    number, issuer, dated = (
        _known(row[f"{prefix}document_{part}"]) for part in ("number", "issuer", "dated")
    )
    line = document_line(str(row[f"{prefix}document_title"]), number, issuer, dated, language)
    section, t = _known(row[f"{prefix}section"]), translator(language)
    return t("{document}，{section}", document=line, section=t(section)) if section else line


def _known(value: Any) -> str | None:
    return None if value is None or value != value else str(value)


def citation(
    title: str,
    as_of: date,
    digest: str,
    sources: Iterable[str],
    language: Language,
    link: str | None = None,
) -> str:
    """The text behind 引用本图/本表.

    ``digest`` is the content digest of the data (its first 12 digits are cited);
    ``sources`` are lines of :func:`document_line`; ``link`` restores the view.
    """
    listed = list(sources)
    if language == "zh":
        lines = [f"{title}。截至 {as_of.isoformat()}；数据版本 {digest[:12]}。"]
        lines += ["资料来源："] if listed else ["资料来源：所选范围内没有数据。"]
        end = [f"链接：{link}"] if link else []
    else:
        lines = [f"{title}. As of {as_of.isoformat()}; data version {digest[:12]}."]
        lines += ["Sources:"] if listed else ["Sources: no data for this selection."]
        end = [f"Link: {link}"] if link else []
    numbered = [f"[{place}] {line}" for place, line in enumerate(listed, start=1)]
    return "\n".join([*lines, *numbered, *end])
