"""Figures that documents dispute: the less favourable decides, both are shown, all are cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indicators.tables.assess import assess
from indicators.tables.citation import sources
from indicators.tables.observations import known_on
from indicators.tables.rivals import rests_on_base, stated
from indicators.ui import cache
from indicators.ui.components import columns, evidence
from indicators.ui.components.table import in_words
from indicators.ui.view import View
from tests.support.disputed import AS_OF, judged, late, snapshot


def _row() -> dict[str, Any]:
    [row] = judged().to_dict("records")
    return {str(name): value for name, value in row.items()}


def _view(language: str = "zh") -> View:
    data = replace(cache.load(), snapshot=snapshot())
    return View(data, "en" if language == "en" else "zh", AS_OF)


def test_the_less_favourable_of_every_pair_decides() -> None:
    row = _row()
    assert (row["verdict"], row["caveats"]) == ("behind", ("sources_disagree",))
    assert (row["value"], row["base_value"]) == (Decimal(74), Decimal(50))
    assert row["achieved_pct"] == Decimal("48.0")
    assert (row["actual_per_year"], row["required_per_year"]) == (Decimal("4.80"), Decimal("5.20"))


@pytest.mark.parametrize(
    ("prefix", "cited"),
    [
        (
            "value_",
            (
                "c-2026",
                "c-2026的答复",
                "云卫〔2026〕1号",
                "2026-03-10",
                "二（一）",
                "2025年县域内就诊率74%",
            ),
        ),
        (
            "base_",
            (
                "a-2021",
                "a-2021的答复",
                "云卫〔2021〕3号",
                "2021-03-01",
                "一（一）",
                "2020年县域内就诊率50%",
            ),
        ),
    ],
)
def test_both_figures_carry_their_whole_source(prefix: str, cited: tuple[str, ...]) -> None:
    row = _row()
    names = (
        "document_id",
        "document_title",
        "document_number",
        "document_dated",
        "section",
        "quote",
    )
    assert tuple(row[f"{prefix}{name}"] for name in names) == cited
    assert row[f"{prefix}document_issuer"] == "云江市卫健委"


def test_what_the_other_documents_state_stands_beside() -> None:
    row = _row()
    assert (row["disagrees_with"], row["disagreeing_claims"]) == (("76% (d-2026)",), ("d-2026#1",))
    assert row["base_disagrees_with"] == ("40% (b-2021)",)
    assert row["base_disagreeing_claims"] == ("b-2021#1",)
    [claim] = stated(snapshot(), row["disagreeing_claims"])
    assert (claim["quote"], claim["document_number"]) == (
        "2025年县域内就诊率76%",
        "云卫〔2026〕9号",
    )


def test_before_the_second_document_nothing_is_disputed() -> None:
    early = known_on(snapshot(), AS_OF.replace(month=3))
    [row] = assess(early, _view().settings, AS_OF.replace(month=3)).to_dict("records")
    assert (row["value"], row["disagrees_with"]) == (Decimal(74), ())
    assert row["base_disagrees_with"] == ("40% (b-2021)",)
    assert row["caveats"] == ("sources_disagree",)


def test_a_disputed_due_period_is_listed_beside_the_later_figure() -> None:
    later = late()
    [row] = assess(later, _view().settings, date(2032, 1, 1)).to_dict("records")
    assert (row["verdict"], row["value"], row["period"]) == ("met_late", Decimal(100), "2031")
    assert row["caveats"] == ("sources_disagree",)
    assert row["disagrees_with"] == ("99% (2030, e-2031)", "100% (2030, f-2031)")
    assert row["disagreeing_claims"] == ("e-2031#1", "f-2031#1")
    view = replace(_view(), data=replace(cache.load(), snapshot=later))
    assert evidence.source(view, row).split("；") == [  # type: ignore[arg-type]
        "云江市卫健委：《g-2032的答复》，2032-01-01，四",
        "另有文件写为 99%（2030年）（云江市卫健委：《e-2031的答复》，2031-03-01，四）",
        "另有文件写为 100%（2030年）（云江市卫健委：《f-2031的答复》，2031-04-01，四）",
    ]


def test_a_page_cites_the_documents_of_all_figures_shown() -> None:
    assert sources(judged(), "zh") == [
        "云江市卫健委：《b-2021的答复》，2021-04-01",
        "云江市卫健委：《c-2026的答复》（云卫〔2026〕1号），2026-03-10",
        "云江市卫健委：《a-2021的答复》（云卫〔2021〕3号），2021-03-01",
    ]


def test_the_base_is_shown_where_the_verdict_rests_on_it() -> None:
    row = _row()
    assert rests_on_base(row)
    assert not rests_on_base(row | {"verdict": "met"})
    assert rests_on_base(row | {"verdict": "under_way"})
    assert not rests_on_base(row | {"verdict": "under_way", "base_disagreeing_claims": ()})


def test_the_pace_names_what_it_is_measured_from() -> None:
    assert evidence.pace(_view(), _row()) == (
        "（推算）以2020年 50% 为起点；已完成目标变化的 48.0%；"
        "实际年均变化 +4.80 个百分点；所需年均变化 +5.20 个百分点"
    )
    assert evidence.pace(_view("en"), _row()) == (
        "(derived) starting from 50% (2020); 48.0% of the targeted change achieved; "
        "actual change per year +4.80 percentage points; "
        "required change per year +5.20 percentage points"
    )


def test_the_tables_on_screen_cite_the_figure_and_its_rival() -> None:
    view, who = _view(), "云江市卫健委"
    shown = f"{who}：《c-2026的答复》（云卫〔2026〕1号），2026-03-10，二（一）"
    other = f"{who}：《d-2026的答复》（云卫〔2026〕9号），2026-04-10，二（二）"
    for chosen in (columns.promises(view), columns.printed(view), columns.benchmarks(view)):
        frame = judged().assign(source_status="verified")
        assert in_words(frame, chosen, view)["数值出处"].tolist() == [
            f"{shown}；另有文件写为 76%（{other}）"
        ]


def _script() -> None:
    from dataclasses import replace

    from indicators.ui import cache
    from indicators.ui.components import promise
    from indicators.ui.view import View
    from tests.support.disputed import AS_OF, judged, snapshot

    view = View(replace(cache.load(), snapshot=snapshot()), "zh", AS_OF)
    [row] = judged().to_dict("records")
    promise.card(view, row)


def test_the_card_shows_every_figure_with_document_and_quote() -> None:
    session = AppTest.from_function(_script, default_timeout=60).run()
    assert not session.exception
    assert [text.value for text in session.text] == [
        "“到2030年达到100%”",
        "“2025年县域内就诊率74%”",
        "“2025年县域内就诊率76%”",
        "“2020年县域内就诊率50%”",
        "“2020年县域内就诊率40%”",
    ]
    said = [c.value.replace("\\", "").replace("\u2060", "") for c in session.caption]
    assert said[0] == "来源不一致"
    assert said[3:] == [
        "——c-2026的答复，云卫〔2026〕1号，云江市卫健委，2026年3月10日，文中位置 二（一）",
        "另有文件写为 76%",
        "——d-2026的答复，云卫〔2026〕9号，云江市卫健委，2026年4月10日，文中位置 二（二）",
        "起点 50% 的出处",
        "——a-2021的答复，云卫〔2021〕3号，云江市卫健委，2021年3月1日，文中位置 一（一）",
        "起点另有文件写为 40%",
        "——b-2021的答复，云江市卫健委，2021年4月1日，文中位置 一（二）",
    ]
