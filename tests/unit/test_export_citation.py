"""Citations: only what is known, each source once."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators.tables.citation import citation, document_line, sources


@pytest.mark.parametrize(
    ("number", "issuer", "dated", "language", "expected"),
    [
        (
            "岳卫字〔2022〕13号",
            "卫健委",
            "2022-05-30",
            "zh",
            "卫健委：《答复》（岳卫字〔2022〕13号），2022-05-30",
        ),
        (None, None, None, "zh", "《答复》"),
        (None, "卫健委", "2022", "zh", "卫健委：《答复》，2022"),
        ("No. 13", "Commission", "2022", "en", "Commission: “答复” (No. 13), 2022"),
        (None, None, None, "en", "“答复”"),
    ],
)
def test_a_line_holds_only_what_is_known(
    number: str | None, issuer: str | None, dated: str | None, language: str, expected: str
) -> None:
    assert document_line("答复", number, issuer, dated, language) == expected  # type: ignore[arg-type]


def _row(title: str, issuer: str | None, shown: str | None = None) -> dict[str, str | None]:
    return {
        "document_title": title,
        "document_number": None,
        "document_issuer": issuer,
        "document_dated": "2022",
        "value_document_title": shown,
        "value_document_number": None,
    }


def test_each_source_once_with_the_fullest_line() -> None:
    table = pd.DataFrame([_row("A", "x", "B"), _row("A", "x"), _row("B", "y")], dtype=object)
    assert sources(table, "zh") == ["x：《A》，2022", "y：《B》，2022"]


def test_the_text_of_a_citation() -> None:
    text = citation("县域内就诊率", date(2026, 11, 21), "ab" * 32, ["x：《A》"], "zh", "?page=2")
    assert text == (
        "县域内就诊率。截至 2026-11-21；数据版本 abababababab。\n"
        "资料来源：\n[1] x：《A》\n链接：?page=2"
    )


def test_a_citation_without_data_says_so() -> None:
    text = citation("Chart", date(2026, 11, 21), "ab" * 32, [], "en")
    assert text == (
        "Chart. As of 2026-11-21; data version abababababab.\nSources: no data for this selection."
    )
