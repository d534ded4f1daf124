"""The shell and pages 1-4 as a reader's session runs them, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.core.unit import UNITS
from indicators.text import translator
from indicators.ui import app, cache
from indicators.ui.fetch import narrowed, pages
from tests.support.shipped import assessed, shipped

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"
KEYS = ("overview", "progress", "commitments", "comparison")
HAN = re.compile(r"[\u4e00-\u9fff]")


def _script(key: str) -> None:
    """One page inside its surroundings, as the shell shows it."""
    from indicators.ui import app, cache, state
    from indicators.ui.view import current

    state.begin()
    view = current(cache.load())
    app._show(next(page for page in app.PAGES if page.key == key), view)
    state.finish()


def _open(key: str, **choices: str) -> AppTest:
    session = AppTest.from_function(_script, args=(key,), default_timeout=90)
    for name, text in {"as_of": DAY, **choices}.items():
        session.query_params[name] = text
    return _sound(session.run())


def _sound(session: AppTest) -> AppTest:
    assert not session.exception
    assert [e.value for e in session.error] == []
    return session


def _texts(session: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "text", "info", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in session.get(kind)).replace("\\", "")


def _asked(session: AppTest, name: str) -> str:
    """What the address says of one choice."""
    found = session.query_params.get(name, "")
    return found if isinstance(found, str) else ",".join(found)


def _figures(session: AppTest) -> list[str]:
    """The titles of the charts, in order."""
    specs = [json.loads(chart.proto.spec) for chart in session.get("plotly_chart")]
    return [spec["layout"]["meta"]["title"] for spec in specs]


def _frame(session: AppTest, number: int) -> dict[str, list[str]]:
    frame = session.dataframe[number].value
    return {str(name): [str(cell) for cell in frame[name]] for name in frame}


# The shell


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_a_page_says_what_it_is_and_where_its_figures_are_from(key: str, lang: str) -> None:
    session = _open(key, lang=lang)
    t = translator("en" if lang == "en" else "zh")
    page = next(page for page in app.PAGES if page.key == key)
    assert session.title[0].value == t(page.title)
    said = _texts(session)
    assert t(page.lead) in said
    assert t("卫生健康改革指标看板") in said
    assert shipped()[0].digest[:8] in said
    assert DAY in said


def test_the_whole_application_starts_on_the_overview() -> None:
    session = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
    session.query_params["as_of"] = DAY
    _sound(session.run())
    assert session.title[0].value == "总览"


def test_a_public_reader_is_offered_no_curator_page() -> None:
    public = [page.key for page in app.PAGES if "public" in page.roles]
    assert public[:4] == list(KEYS)
    assert not {page.key for page in app.PAGES if page.roles == app.CURATORS} & set(public)
    assert len({page.key for page in app.PAGES}) == len(app.PAGES)


def test_every_page_has_an_english_name_and_lead() -> None:
    t = translator("en")
    for page in app.PAGES:
        assert not HAN.search(t(page.title)), page.title
        assert not HAN.search(t(page.lead)), page.lead


def test_the_language_switch_is_in_the_link_and_changes_the_page() -> None:
    session = _open("overview")
    switch = session.sidebar.get("button_group")[0]
    switch.set_value("en").run()
    assert _asked(session, "lang") == "en"
    assert _sound(session).title[0].value == "Overview"


def test_the_day_is_in_the_link_and_decides_which_documents_count() -> None:
    early = _open("overview", as_of="2019-12-31")
    assert _frame(early, -2)["地区"] == ["三门峡市"]
    assert _figures(early)[0].startswith("承诺 15 项：")
    assert _asked(early, "as_of") == "2019-12-31"


def test_before_the_first_document_the_page_says_so() -> None:
    session = _open("overview", as_of="2010-01-01")
    assert "截至 2010-01-01 没有文件作出承诺。可在侧栏改选较晚的截至日期。" in _texts(session)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("lang", "fr", "语言"),
        ("as_of", "2026-02-30", "截至日期"),
        ("as_of", "<b>", "截至日期"),
        ("indicator", "no_such", "指标"),
    ],
)
def test_a_link_that_asks_for_the_impossible_falls_back_with_a_notice(
    name: str, text: str, what: str
) -> None:
    session = _open("progress", **{name: text})
    notice = next(e.value for e in session.warning).replace("\\", "")
    assert notice == f"链接中的“{what}”取值“{text}”在此不可用，已改用默认值。"
    assert _asked(session, name) != text


def test_a_page_that_fails_stays_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_view: object) -> None:
        raise RuntimeError("secret path /srv/x")

    first = app.PAGES[0]._replace(render=broken)
    monkeypatch.setattr(app, "PAGES", (first, *app.PAGES[1:]))
    session = AppTest.from_function(_script, args=("overview",), default_timeout=60).run()
    assert not session.exception
    assert [e.value for e in session.error] == ["此页暂时无法显示。其他页面不受影响。"]
    assert "secret" not in _texts(session)
    assert "Traceback" not in _texts(session)
    assert re.search(r"已记入服务器日志，编号 [0-9a-f]{8}。", _texts(session))


# Page 1


def test_the_overview_counts_agree_with_the_verdicts() -> None:
    session = _open("overview")
    rows = assessed()
    counts = rows[rows["target_kind"] != "benchmark"]["verdict"].value_counts()
    tiles = {tile.label: tile.value for tile in session.metric}
    assert tiles["◆ 到期未报告"] == str(counts["due_unreported"])
    assert tiles["○ 未报告"] == str(counts["unreported"])
    assert tiles["文件（份）"] == str(len(shipped()[0].documents))
    assert tiles["引文（条）"] == str(sum(len(d.claims) for d in shipped()[0].documents))
    assert len(_figures(session)) == 3


# Page 2


def test_a_visit_share_is_never_an_inpatient_share() -> None:
    session = _open("progress", indicator="county_visit_share")
    assert _figures(session) == [
        "县域内就诊率：0 个地区有报告值；承诺 2 项：到期未报告 1 项、未报告 1 项"
    ]
    assert "55.5%" not in json.dumps([_frame(session, 0)], ensure_ascii=False)
    assert "县域内住院率：就诊率看就诊人次，住院率只看住院" in _texts(session)


def test_the_alias_is_part_of_what_the_list_is_searched_by() -> None:
    session = _open("progress")
    box = session.selectbox[0]
    assert any(
        "县域就诊率" in option and option.startswith("县域内就诊率") for option in box.options
    )
    assert not any("县域就诊率" in o for o in box.options if o.startswith("县域内住院率"))


def test_a_trend_of_a_county_is_in_points_and_not_of_its_city() -> None:
    session = _open("progress", indicator="county_inpatient_share")
    assert _figures(session)[1] == (
        "南澳县县域内住院率：55.5%（2019年）→ 60.5%（2023年），+5.0 个百分点"
    )
    assert _frame(session, 0)["地区"] == ["南澳县", "南澳县"]


def test_a_value_below_its_benchmark_keeps_its_digits_and_its_verdict() -> None:
    session = _open("progress", indicator="maternal_mortality_ratio")
    table = _frame(session, 1)
    at = next(
        i
        for i, (name, value) in enumerate(zip(table["地区"], table["参考值"], strict=True))
        if (name, value) == ("益阳市", "≤14.5/10万")
    )
    assert table["数值（期间）"][at].startswith("14.12/10万")
    assert table["与参考值之差"][at] == "−0.38/10万"


def test_an_indicator_without_data_names_its_neighbours() -> None:
    session = _open("progress", indicator="primary_care_volume_share")
    assert "没有“基层医疗卫生机构诊疗量占总诊疗量比例”的报告值或承诺。" in _texts(session)
    assert "名称相近但不是同一指标、且有数据的：" in _texts(session)
    assert session.get("plotly_chart") == []


# Page 3


def test_every_promise_is_listed_with_verdict_quote_and_number() -> None:
    session = _open("commitments")
    rows = assessed()
    total = int((rows["target_kind"] != "benchmark").sum())
    said = _texts(session)
    assert f"共 {total} 项，列出 {total} 项" in said
    assert ":violet-badge[◆ 到期未报告] **三门峡市 · 县域内就诊率**" in said
    assert "期限 2022年 已过，截至 2026-11-21 所引文件中没有覆盖这一期限的报告值。" in said
    assert "三政办〔2019〕9号" in said
    assert "“基层医疗卫生机构就诊率达到65%以上" in said


@pytest.mark.parametrize(
    ("choices", "regions"),
    [
        ({"where": "141182"}, {"汾阳市"}),
        ({"where": "141182,411200", "kind": "commitment"}, {"汾阳市", "三门峡市"}),
        ({"proposal": "10"}, {"汾阳市"}),
        ({"proposal": "三政办"}, {"三门峡市", "卢氏县"}),
    ],
)
def test_the_filters_in_the_link_narrow_the_list(
    choices: dict[str, str], regions: set[str]
) -> None:
    session = _open("commitments", show="table", **choices)
    assert set(_frame(session, 0)["地区"]) == regions
    for name, text in choices.items():
        assert _asked(session, name) == text


def test_a_filter_that_fits_nothing_says_what_to_widen() -> None:
    session = _open("commitments", proposal="9999")
    assert "没有符合条件的承诺：请放宽地区、结论、类别或建议提案号。" in _texts(session)


def test_the_print_view_is_one_whole_table_of_text() -> None:
    session = _open("commitments", show="print")
    table = session.table[0].value
    rows = assessed()
    assert len(table) == int((rows["target_kind"] != "benchmark").sum())
    assert "结论" in table.columns
    assert len(session.dataframe) == 0


def test_a_number_means_that_proposal_and_no_longer_one() -> None:
    rows = assessed()
    promised = rows[rows["target_kind"] != "benchmark"].reset_index(drop=True)
    found = narrowed(promised, [], [], [], "1")
    assert "第10号" not in " ".join(str(p) for p in found["proposal"])
    assert len(narrowed(promised, [], ["met"], [], "")) == 0


def test_pages_hold_every_row_once() -> None:
    rows = assessed()
    cut = pages(rows, 50)
    assert [len(part) for part in cut][:-1] == [50] * (len(cut) - 1)
    assert sum(len(part) for part in cut) == len(rows)
    assert len(pages(rows.iloc[:0], 50)) == 1


# Page 4


def test_figures_of_another_definition_are_hatched_with_their_reason() -> None:
    session = _open(
        "comparison",
        regions="430600,430900",
        indicators="village_doctors_trained_locally,county_consortia",
    )
    table = session.table[0].value
    cells = [str(cell).replace("\\", "") for cell in table.to_numpy().ravel()]
    assert any(cell.startswith("▨ ") and "不可比：口径不同" in cell for cell in cells)
    assert "未报告" in cells
    footnotes = [cell for cell in cells if re.search(r"\[[0-9]+\]$", cell)]
    assert f"脚注：每个数值的原文与出处（{len(footnotes)} 条）" in [
        e.label for e in session.expander
    ]


def test_a_city_without_figures_keeps_its_column() -> None:
    session = _open("comparison")
    table = session.table[0].value
    assert "三门峡市" in [str(name).replace("\\", "") for name in table.columns]


def test_no_choice_asks_for_one() -> None:
    session = _open("comparison", regions="")
    assert "请至少选一个地区和一个指标。" in _texts(session)


# What data may do to a page


def test_the_loaded_data_is_shared_and_read_again_only_when_a_file_changes() -> None:
    assert cache.load() is cache.load()


def test_every_unit_has_english_words() -> None:
    assert [u.symbol for u in UNITS.values() if HAN.search(u.en)] == []


def test_a_chart_that_may_scroll_says_so_and_one_that_fits_does_not() -> None:
    hint = "图比页面宽，可在图上左右滚动。"
    assert _texts(_open("overview")).count(hint) == 3
    assert hint not in _texts(_open("region", region="430900"))
