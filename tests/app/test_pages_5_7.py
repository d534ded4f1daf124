"""Region profile, documents and registry as a reader's session runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indicators.export.fields import FIELDS
from indicators.tables.claims import claims_table
from indicators.tables.coverage import coverage, document_silence, silence
from indicators.tables.documents_table import documents_table
from indicators.tables.findings import findings
from indicators.tables.region_table import sub_regions, timeline
from indicators.tables.registry_table import benchmarks_table, confusables_table, registry_table
from tests.support.installation import install
from tests.support.shipped import shipped

DAY = "2026-11-21"


def _script(key: str) -> None:
    """One page as the shell shows it, without the server around it."""
    from indicators.ui import app, cache, state
    from indicators.ui.view import current

    state.begin()
    view = current(cache.load())
    next(page for page in app.PAGES if page.key == key).render(view)
    for name, text in state.refused():
        import streamlit as st

        st.warning(f"{name}={text}")
    state.finish()


def _open(key: str, **choices: str) -> AppTest:
    session = AppTest.from_function(_script, args=(key,), default_timeout=60)
    for name, text in {"as_of": DAY, **choices}.items():
        session.query_params[name] = text
    session.run()
    assert not session.exception
    return session


def _texts(session: AppTest) -> str:
    """Everything that Markdown surfaces and text elements say."""
    kinds = ("markdown", "caption", "text", "info", "success", "subheader")
    return "\n".join(str(e.value) for kind in kinds for e in session.get(kind))


def _figure(session: AppTest) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(session.get("plotly_chart")[0].proto.spec)
    return spec


def _labels(figure: dict[str, Any]) -> dict[str, list[str]]:
    """The words beside the marks of a timeline, by the legend's name for them."""
    return {
        trace["name"]: [text.strip() for text in trace["text"]]
        for trace in figure["data"]
        if "name" in trace
    }


def _lines(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def _metrics(session: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in session.metric}


def test_a_countys_figures_stand_on_its_own_timeline() -> None:
    session = _open("region", region="440523")
    figure = _figure(session)
    assert "县域内住院率" in _lines(figure)
    assert {"55.5%", "60.5%"} <= set(_labels(figure)["报告值"])
    assert "南澳县的数值只代表它自己，不代表上级地区。" in _texts(session)
    assert [button.label for button in session.button] == ["查看汕头市"]


def test_the_city_does_not_borrow_its_countys_figure() -> None:
    session = _open("region", region="440500")
    assert "县域内住院率" not in _lines(_figure(session))
    below = next(d.value for d in session.dataframe if "承诺与里程碑" in d.value)
    assert {"龙湖区", "南澳县"} == set(below["地区"])
    assert "下列数值各归各的地区，不计入汕头市，也不代表汕头市。" in _texts(session)


def test_tiles_count_the_region_alone() -> None:
    snapshot, _ = shipped()
    own = claims_table(snapshot).query("region_code == '430600'")
    tiles = _metrics(_open("region", region="430600"))
    assert tiles["报告值"] == str((own["kind"] == "reported").sum())
    assert tiles["下级地区"] == "4"


def test_the_way_down_and_up_is_one_click() -> None:
    session = _open("region", region="440500")
    next(b for b in session.button if b.label == "查看南澳县").click().run()
    assert session.query_params["region"] == "440523"
    assert session.selectbox[0].value == "440523"


def test_a_region_without_promises_says_so() -> None:
    text = _texts(_open("region", region="440523"))
    assert "所引文件中，南澳县没有作出承诺。" in text


def test_findings_carry_the_words_they_rest_on() -> None:
    text = _texts(_open("region", region="440507"))
    assert "494 \\+ 53 \\= 547" in text
    assert "“2023年,医共体集团共完成547例病例转诊”" in text


def test_the_timeline_can_be_narrowed_by_theme() -> None:
    session = _open("region", region="430900", themes="tcm")
    lines = _lines(_figure(session))
    assert "公立中医医院数" in lines
    assert "孕产妇死亡率" not in lines


def test_before_any_document_the_page_says_what_is_missing() -> None:
    session = _open("region", as_of="2010-01-01")
    assert [info.value for info in session.info] == [
        "截至 2010-01-01 没有任何文件。可在侧栏改选较晚的截至日期。"
    ]


def test_a_region_of_no_document_is_refused_without_an_error() -> None:
    session = _open("region", region="110000")
    assert [warning.value for warning in session.warning] == ["region=110000"]
    assert session.selectbox[0].value == "141182"


def test_documents_are_listed_with_their_verification() -> None:
    session = _open("sources")
    listed = session.dataframe[0].value
    assert list(listed["地区"]) == ["汕头市", "汾阳市", "益阳市", "岳阳市", "三门峡市"]
    assert all(
        text.startswith(("● 引文已核对", "◐ 部分引文已核对", "○ 引文未核对"))
        for text in listed["引文核对"]
    )


def test_one_document_shows_every_quote() -> None:
    snapshot, _ = shipped()
    document = next(d for d in snapshot.documents if d.id == "fenyang-2023-npc-10")
    session = _open("sources", document=document.id)
    shown = [text.value for text in session.text]
    assert [f"“{claim.quote}”" for claim in document.claims] == shown[: len(document.claims)]
    said = session.table[0].value
    assert "汾卫体便函〔2023〕125号" in list(said.iloc[:, 1])


def test_an_original_that_is_not_here_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("INDICATORS_SOURCES", raising=False)
    assert set(_open("sources").dataframe[0].value["原件"]) == {"原文不在本机"}
    monkeypatch.setenv("INDICATORS_SOURCES", str(tmp_path))
    snapshot, _ = shipped()
    (tmp_path / snapshot.documents[0].source.file).write_text("x", "utf-8")
    assert set(_open("sources").dataframe[0].value["原件"]) == {"原文不在本机", "本机存有原件"}


def test_a_kind_without_quotes_says_so() -> None:
    session = _open("sources", document="sanmenxia-2019-plan-9", claim_kind="reported")
    assert "这份文件没有“报告值”类的引文。" in _texts(session).replace("\\", "")


def test_no_conflict_is_stated_not_left_blank() -> None:
    assert "所引文件中，没有两份文件对同一地区、同一期间、同一口径给出不同数值。" in _texts(
        _open("sources")
    )


def test_silence_names_who_never_cites() -> None:
    rows = _open("sources", part="silence").dataframe[0].value.set_index("指标")
    assert rows.loc["县域内就诊率", "引用地区"] == "汾阳市、三门峡市"
    assert rows.loc["县域内就诊率", "从未引用的地区"] == "岳阳市、益阳市、汕头市"


def test_an_alias_finds_its_indicator_and_never_its_neighbour() -> None:
    session = _open("registry", q="县域就诊率")
    assert [s.value for s in session.success] == ["“县域就诊率”在登记册中是“县域内就诊率”。"]
    assert list(session.dataframe[0].value["指标"]) == ["县域内就诊率"]
    assert session.subheader[0].value == "县域内就诊率"
    assert "**县域内就诊率 ≠ 县域内住院率**" in _texts(session)


def test_a_wall_leads_to_the_other_card() -> None:
    session = _open("registry", q="县域就诊率")
    next(b for b in session.button if b.label == "查看“县域内住院率”").click().run()
    assert session.query_params["indicator"] == "county_inpatient_share"
    assert session.subheader[0].value == "县域内住院率"
    assert "q" not in session.query_params


def test_an_unknown_name_is_not_guessed() -> None:
    session = _open("registry", q="县城就诊绿")
    said = "".join(str(info.value) for info in session.info)
    assert said == (
        "登记册中没有叫“县城就诊绿”的指标。名称相近的指标往往不是同一个，因此不作猜测；"
        "请改用文件中的用语，或放宽主题和层级。"
    )


def test_benchmarks_show_how_far_they_were_verified() -> None:
    session = _open("registry", indicator="maternal_mortality_ratio")
    rows = session.dataframe[1].value
    assert "≤14.5/10万" in set(rows["目标"])
    assert set(rows["核实程度"]) <= {"已读到点名原文的文本", "仅见于下级转引，待核原文"}


def test_search_narrows_by_theme_and_level() -> None:
    snapshot, _ = shipped()
    rows = _open("registry", theme="tcm", level="county").dataframe[0].value
    wanted = [
        indicator.name.zh
        for indicator in snapshot.indicators.values()
        if indicator.theme == "tcm" and "county" in indicator.levels
    ]
    assert list(rows["指标"]) == wanted


@pytest.mark.parametrize("key", ["region", "sources", "registry"])
def test_english_is_complete_on_the_page(key: str) -> None:
    session = _open(key, lang="en")
    labels = [w.label for kind in ("selectbox", "metric", "text_input") for w in session.get(kind)]
    headings = [str(s.value) for s in session.subheader]
    interface = [text for text in (*labels, *headings) if any("一" <= c <= "鿿" for c in text)]
    assert interface == []


HOSTILE = "![x](http://example.invalid/a.png) # <b>"


def _hostile(root: Path) -> Path:
    """An installation whose texts try to be Markdown."""
    install(root)
    (root / "config.yaml").write_text("paths: {registry: registry}\nlanguage: zh\n", "utf-8")
    file = root / "data" / "documents" / "yunjiang-2022.yaml"
    text = file.read_text("utf-8")
    text = text.replace("title: 对云江市第12号建议的答复", f'title: "{HOSTILE}"')
    text = text.replace("section: 一", f'section: "{HOSTILE}"\n    note: "{HOSTILE}"')
    file.write_text(text, "utf-8")
    return root / "config.yaml"


@pytest.mark.parametrize("key", ["region", "sources", "registry"])
def test_text_from_data_is_never_markdown(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDICATORS_CONFIG", str(_hostile(tmp_path)))
    session = _open(key)
    kinds = ("markdown", "caption", "info", "success", "subheader", "metric", "button", "table")
    said = "\n".join(f"{e.proto}{getattr(e, 'value', '')}" for k in kinds for e in session.get(k))
    assert "![x](" not in said
    assert key != "sources" or "!\\[x\\]" in said.replace("\\\\", "\\")


def test_every_column_of_these_tables_is_described_for_the_csv() -> None:
    snapshot, _ = shipped()
    covered = coverage(snapshot)
    frames = (
        covered,
        silence(covered),
        document_silence(snapshot, snapshot.documents[0].id),
        documents_table(snapshot),
        registry_table(snapshot),
        confusables_table(snapshot),
        benchmarks_table(snapshot),
        timeline(snapshot, "430600"),
        sub_regions(snapshot, "430600"),
        findings(snapshot),
    )
    unknown = {name for frame in frames for name in frame.columns if name not in FIELDS}
    assert unknown == set()


def test_a_chart_names_the_one_document_it_rests_on() -> None:
    notes = _figure(_open("region", region="430600"))["layout"]["annotations"]
    (source,) = [note["text"] for note in notes if note.get("name") == "source"]
    assert source.replace("<br>", "").startswith("来源：岳卫字〔2022〕13号；截至 ")


def test_a_recomputed_figure_names_indicator_region_and_period() -> None:
    text = _texts(_open("sources", document="yiyang-2022-reform-report")).replace("\\", "")
    assert "益阳市，公立医院资产负债率，2021年：推算（非文件所载）：2020年水平 =" in text
