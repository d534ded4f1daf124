"""Parts of the screens that need no browser: escaping, cells, sentences, the page's shell."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators.core.errors import KnownProblem
from indicators.ui import cache, web
from indicators.ui.components import evidence, matrix
from indicators.ui.components.table import Column, in_words
from indicators.ui.escape import md
from indicators.ui.view import View
from tests.support.shipped import AS_OF

JOINER = "\u2060"


def _view(lang: str = "zh") -> View:
    return View(cache.load(), "en" if lang == "en" else "zh", AS_OF)


# Text from data


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("![](http://x.test/a.png)", r"\!\[\]\(http\:⁠\/\/x\.test\/a\.png\)"),
        ("# 标题", r"\# 标题"),
        (":red[甲]", r"\:⁠red\[甲\]"),
        ("$x$ <b>", r"\$x\$ \<b\>"),
        ("www.x.cn", "www⁠\\.x\\.cn"),
        ("甲\n乙\x00丙", "甲 乙 丙"),
        ("岳卫字〔2022〕13号，93.05%", r"岳卫字〔2022〕13号，93\.05%"),
    ],
)
def test_data_on_a_markdown_surface_is_literal(text: str, literal: str) -> None:
    assert md(text) == literal


def test_a_table_shows_texts_and_leaves_out_a_column_that_says_nothing() -> None:
    frame = pd.DataFrame({"a": [Decimal("93.05"), None], "b": [None, None]}, dtype=object)
    columns = [
        Column("数值", lambda r: r["a"]),
        Column("备注", lambda r: r["b"] or "—", optional=True),
        Column("期间", lambda r: r["b"]),
    ]
    shown = in_words(frame, columns, _view())
    assert list(shown.columns) == ["数值", "期间"]
    assert list(shown["数值"]) == ["93.05", ""]


# Cells of the comparison


def _cell(**changes: Any) -> dict[str, Any]:
    return {
        "value": Decimal("93.05"),
        "unit": "%",
        "precision": "exact",
        "period": "2021-12",
        "period_basis": "stated",
        "scope": None,
        "comparable": True,
        "reason": None,
        "rank": None,
        "ranked_of": None,
        "disagrees_with": (),
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "zh"),
    [
        ({}, "93.05%（2021年12月） [1]"),
        ({"rank": 1, "ranked_of": 3}, "93.05%（2021年12月） 第 1/3 [1]"),
        ({"scope": "户籍人口"}, "93.05%（2021年12月）〔户籍人口〕 [1]"),
        ({"period_basis": "document"}, "93.05%（2021年12月*） [1]"),
        (
            {"comparable": False, "reason": "level"},
            "▨ 93.05%（2021年12月） 不可比：只有其他层级地区的数值 [1]",
        ),
        (
            {"disagrees_with": ("92% (a)",)},
            "93.05%（2021年12月） 来源不一致：92% (a) [1]",
        ),
    ],
)
def test_a_cell_of_the_comparison(changes: dict[str, Any], zh: str) -> None:
    assert matrix.cell(_view(), _cell(**changes), 1) == zh


def test_an_empty_cell_says_that_nothing_is_reported() -> None:
    assert matrix.cell(_view(), _cell(value=None), None) == "未报告"
    assert matrix.cell(_view("en"), _cell(value=None), None) == "Not reported"


def test_a_cell_in_english_has_no_chinese() -> None:
    said = matrix.cell(_view("en"), _cell(comparable=False, reason="scope"), 2)
    assert said == "▨ 93.05% (Dec 2021) not comparable: the scope differs [2]"


# What a verdict rests on

PAST = "期限 2022年 已过，截至 2026-11-21 所引文件中没有覆盖这一期限的报告值。"


def _row(**changes: Any) -> dict[str, Any]:
    return {
        "verdict": "met",
        "reason": None,
        "target_kind": "commitment",
        "comparator": ">=",
        "target": Decimal(65),
        "target_upper": None,
        "unit": "%",
        "due": "2022",
        "value": Decimal("66.2"),
        "precision": "exact",
        "period": "2022",
        "region_code": "430600",
        "value_region_code": "430600",
        "value_region_name": "岳阳市",
        "distance": Decimal("1.2"),
        "last_value_satisfies": True,
        "achieved_pct": None,
        "actual_per_year": None,
        "required_per_year": None,
        "base_value": None,
        "base_period": None,
        "base_precision": None,
        "base_disagreeing_claims": (),
        "caveats": (),
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "zh"),
    [
        ({}, "最近报告值 66.2%（2022年），目标 ≥65%，相差 +1.2 个百分点。"),
        (
            {"verdict": "due_unreported", "value": None, "distance": None},
            PAST,
        ),
        (
            {"verdict": "due_unreported", "period": "2020"},
            PAST + "最近已知数值 66.2%（2020年） 本身已达到，但早于期限，不据此判定。",
        ),
        (
            {"verdict": "due_unreported", "period": "2020", "last_value_satisfies": False},
            PAST + "最近已知数值 66.2%（2020年），早于期限，不据此判定。",
        ),
        (
            {"verdict": "unreported", "due": None, "value": None},
            "文件未写期限，所引文件中没有报告值。",
        ),
        (
            {"verdict": "unreported", "due": "2030", "value": None},
            "期限 2030年 未到，所引文件中还没有报告值。",
        ),
        (
            {
                "verdict": "not_comparable",
                "reason": "level",
                "value_region_code": "430626",
                "value_region_name": "平江县",
            },
            "已有数值 平江县 66.2%（2022年），但只有其他层级地区的数值，不据此判定。",
        ),
    ],
)
def test_the_sentence_says_what_the_verdict_rests_on(changes: dict[str, Any], zh: str) -> None:
    assert evidence.sentence(_view(), _row(**changes)) == zh


def test_derived_numbers_are_marked_as_derived() -> None:
    row = _row(
        achieved_pct=Decimal("60.0"),
        actual_per_year=Decimal("2.50"),
        required_per_year=Decimal("1.25"),
        base_value=Decimal(60),
        base_period="2020",
        base_precision="exact",
    )
    assert evidence.pace(_view(), row) == (
        "（推算）以2020年 60% 为起点；已完成目标变化的 60.0%；"
        "实际年均变化 +2.50 个百分点；所需年均变化 +1.25 个百分点"
    )
    assert evidence.pace(_view(), _row()) == ""


# The page around the pages

STREAMLIT = (
    '<html lang="en"><head><title>Streamlit</title><link rel="service-desc" href="./x" />'
    "<script>window.x = 1</script></head><body><noscript>English</noscript></body></html>"
)


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_the_served_page_speaks_the_language_and_has_no_inline_script(
    language: str, code: str
) -> None:
    page = web.rewrite(STREAMLIT, language)
    assert f'<html lang="{code}">' in page
    assert "<script>" not in page
    assert "service-desc" not in page
    assert "<noscript>English" not in page
    assert page.count("<noscript>") == 1
    assert 'href="./shell.css"' in page


def test_a_page_of_another_shape_passes_unharmed() -> None:
    assert "<p>x</p>" in web.rewrite("<p>x</p>", "zh")


# What readers share


def test_a_table_is_made_once_and_no_reader_changes_another_s() -> None:
    made: list[int] = []

    def make() -> pd.DataFrame:
        made.append(1)
        return pd.DataFrame({"a": [1, 2]})

    first = cache.table(("test", 1), make)
    first.loc[0, "a"] = 99
    assert list(cache.table(("test", 1), make)["a"]) == [1, 2]
    assert made == [1]


def test_changed_files_are_read_again(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project()
    monkeypatch.setenv("INDICATORS_CONFIG", str(root / "config.yaml"))
    before = cache.load()
    assert cache.load() is before
    file = next((root / before.settings.paths.documents).glob("*.yaml"))
    os.utime(file, (1, 1))
    assert cache.load() is not before


def test_without_a_configuration_the_message_says_which_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDICATORS_CONFIG", str(tmp_path / "config.yaml"))
    with pytest.raises(KnownProblem, match=r"^config\.yaml: the configuration file is missing$"):
        cache.load()


def test_a_view_names_things_in_the_reader_s_language() -> None:
    assert _view().indicator_name("county_visit_share") == "县域内就诊率"
    assert _view("en").word("verdict", "met") == "Met"
    assert _view().theme_name("no_such") == "no_such"
    assert _view().as_of == date(2026, 11, 21)
