"""The source line of a picture names the documents that the picture rests on, and no others."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators.charts.base import Frame, empty_figure
from indicators.charts.source import source_line
from indicators.tables.citation import sources
from indicators.tables.claims import claims_table
from indicators.tables.region_table import timeline
from indicators.text import Language
from tests.support.shipped import shipped

AS_OF, DIGEST = date(2026, 11, 21), "0123456789abcdef"
END = "；截至 2026-11-21；数据版本 01234567"
YUEYANG = {"document_title": "对某建议的答复", "document_number": "岳卫字〔2022〕13号"}
YIYANG = {"document_title": "2022年深化医药卫生体制改革真抓实干工作", "document_number": None}
FENYANG = {"document_title": "答复", "document_number": "汾卫体便函〔2023〕125号"}


def said(*rows: dict[str, str | None], lang: Language = "zh") -> str:
    return source_line(pd.DataFrame(list(rows)), 5, AS_OF, DIGEST, lang)


def test_one_document_is_named_by_its_number_or_its_title() -> None:
    assert said(YUEYANG, YUEYANG) == f"来源：岳卫字〔2022〕13号{END}"
    assert said(YIYANG) == f"来源：《2022年深化医药卫生体制改革真抓实干工作》{END}"


def test_two_documents_are_named_and_three_are_counted() -> None:
    assert said(YUEYANG, FENYANG) == f"来源：岳卫字〔2022〕13号、汾卫体便函〔2023〕125号{END}"
    assert said(YUEYANG, FENYANG, YIYANG) == f"来源：所引文件 3 份{END}"


def test_names_that_do_not_fit_are_counted() -> None:
    assert said(YIYANG, YUEYANG) == f"来源：所引文件 2 份{END}"
    assert said(YIYANG | {"document_title": "长" * 40}) == f"来源：所引文件 1 份{END}"


def test_the_document_behind_a_figure_counts_too() -> None:
    row = YUEYANG | {f"value_{name}": value for name, value in FENYANG.items()}
    assert said(row) == f"来源：岳卫字〔2022〕13号、汾卫体便函〔2023〕125号{END}"


def test_without_rows_the_whole_of_the_data_speaks() -> None:
    assert source_line(None, 5, AS_OF, DIGEST, "zh") == f"来源：所引文件 5 份{END}"
    assert source_line(None, 5, AS_OF, DIGEST, "en") == (
        "Source: documents cited: 5; as of 2026-11-21; data version 01234567"
    )


@pytest.mark.parametrize("region", ["430600", "430900", "411200", "440500"])
def test_a_region_of_one_document_never_counts_all(region: str) -> None:
    placed = timeline(shipped()[0], region)
    assert len(sources(placed, "zh")) == 1
    line = source_line(placed, 5, AS_OF, DIGEST, "zh")
    assert "5 份" not in line
    title, number = placed["document_title"].iloc[0], placed["document_number"].iloc[0]
    assert line.startswith((f"来源：{number}；", f"来源：《{title}》；"))


def test_the_line_names_as_many_documents_as_the_citation() -> None:
    claims = claims_table(shipped()[0])
    assert len(sources(claims, "zh")) == 5
    assert source_line(claims, 9, AS_OF, DIGEST, "zh").startswith("来源：所引文件 5 份；")


def test_a_narrow_picture_breaks_the_line() -> None:
    line = said(YIYANG)
    wide = empty_figure("题", "无", Frame(False, line)).layout.annotations
    narrow = empty_figure("题", "无", Frame(False, line, 30)).layout.annotations
    assert [a.text.count("<br>") for a in (*wide, *narrow) if a.name == "source"] == [0, 1]
