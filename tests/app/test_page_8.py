"""Page 8 and the citations as a reader's session runs them; previews equal the files."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pypdf
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from indicators.charts.theme import VERDICTS
from indicators.charts.words import period, target
from indicators.core.problem import Problems
from indicators.export.comparison_sheet import HEAD, layout
from indicators.export.edition import TITLES, Edition
from indicators.export.fields import FIELDS
from indicators.export.site_pages import NAV
from indicators.files.load import load_settings
from indicators.tables.decimals import digits
from indicators.text import Language
from indicators.text.codes import label
from indicators.ui import app, cache
from indicators.ui.publish import making, read_back, store
from indicators.ui.publish.appraisal import EXAMPLE
from indicators.ui.publish.kinds import KINDS
from tests.support.shipped import AS_OF, ROOT, assessed, shipped

PUBLIC = [page.key for page in app.PAGES if "public" in page.roles]


def _script(key: str) -> None:
    """One page as the shell shows it, without the server around it."""
    import streamlit as st

    from indicators.ui import app, cache, state
    from indicators.ui.view import current

    state.begin()
    view = current(cache.load())
    next(page for page in app.PAGES if page.key == key).render(view)
    for write in view.later:
        write()
    for name, text in state.refused():
        st.warning(f"{name}={text}")
    state.finish()


def _open(key: str = "publish", **choices: str) -> AppTest:
    session = AppTest.from_function(_script, args=(key,), default_timeout=120)
    for name, text in {"as_of": AS_OF.isoformat(), **choices}.items():
        session.query_params[name] = text
    session.run()
    assert not session.exception
    return session


def _edition(language: Language = "zh", **selection: Any) -> Edition:
    snapshot, settings = shipped()
    verified = cache.load().verification.dates(snapshot)
    return Edition(
        snapshot, settings, AS_OF, language, verified=verified, judged=assessed(), **selection
    )


def _unescaped(text: str) -> str:
    """What a Markdown surface shows of an escaped text."""
    return "".join(part for part in text.replace("\\\\", "\0").split("\\")).replace("\0", "\\")


def _texts(session: AppTest, *kinds: str) -> list[str]:
    return [_unescaped(str(e.value)) for kind in kinds for e in session.get(kind)]


def _tables(session: AppTest) -> list[list[list[str]]]:
    """Each table as rows of shown words, its heading first."""
    found = []
    for element in session.table:
        frame: pd.DataFrame = element.value
        rows = [list(frame.columns), *frame.to_numpy().tolist()]
        found.append([[_unescaped(str(cell)) for cell in row] for row in rows])
    return found


# the circular ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "selection"),
    [
        ({}, {}),
        ({"about": "430600,411200"}, {"regions": ("411200", "430600")}),
        ({"scope": "proposal", "reply": "yueyang-2022-npc-162"},
         {"proposal": "yueyang-2022-npc-162"}),
    ],
)  # fmt: skip
def test_the_preview_of_a_circular_is_the_document(
    choices: dict[str, str], selection: dict[str, Any]
) -> None:
    session, edition = _open(**choices), _edition(**selection)
    document = Document(io.BytesIO(making.words_only(edition).data))
    shown = "\n".join(_texts(session, "markdown"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            assert run.text.strip().replace("\n", "") in shown  # a broken title is one line
    in_file = [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    without_notes = [
        [[_without_numbers(cell) for cell in row] for row in table] for table in _tables(session)
    ]
    assert without_notes == [
        [[_without_numbers(cell) for cell in row] for row in table] for table in in_file
    ]


def _without_numbers(cell: str) -> str:
    """Without the raised numbers of notes, which python-docx leaves out or runs together."""
    return cell.split("[")[0].rstrip("0123456789 ")


def test_the_verdict_table_of_the_preview_states_the_tables_rows() -> None:
    rows = _tables(_open())[0]
    assert rows[0] == ["结论", "地区", "指标", "目标", "期限", "所示数值"]
    expected = [
        [
            f"{VERDICTS[r['verdict']].glyph} {label('verdict', r['verdict'], 'zh')}",
            r["region_name"],
            r["indicator_name"],
            target(r["comparator"], r["target"], r["target_upper"], r["unit"], "zh"),
            period(r["due"], "zh") if r["due"] else "未写期限",
        ]
        for r in _edition().commitments.to_dict("records")
    ]
    found = [[*row[:3], row[3].split("[")[0], row[4]] for row in rows[1:]]
    assert sorted(found) == sorted(expected)


def test_every_note_number_of_the_preview_has_its_note() -> None:
    blocks = read_back.docx_blocks(making.words_only(_edition()).data)
    notes = [block.text for block in blocks if block.kind == "note"]
    assert notes[0].startswith("[1] ")
    cited = {
        number
        for block in blocks
        for text in (block.text, *(cell for row in block.rows for cell in row))
        if block.kind != "note"
        for number in _numbers(text)
    }
    assert cited == {str(n) for n in range(1, len(notes) + 1)}


def _numbers(text: str) -> list[str]:
    return [part.split("]")[0] for part in text.split("[")[1:]]


def test_the_file_can_be_in_the_other_language() -> None:
    session = _open(about="430600", file_lang="en")
    texts = _texts(session, "markdown")
    assert any(text.startswith("### Circular") for text in texts)
    assert [b.label for b in session.button] == ["生成 Word 文件（含图）"]


def test_pictures_are_drawn_only_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    store._files.clear()
    drawn: list[int] = []

    def draw(wanted: list[object]) -> None:
        drawn.append(len(wanted))

    monkeypatch.setattr(making, "draw", draw)
    session = _open()
    assert drawn == []
    session.button[0].click().run()
    assert drawn == [2]
    assert not session.exception
    assert "服务器上没有可用的浏览器，图从略；文件中写明了这一点。" in _texts(session, "caption")
    store._files.clear()


# the workbook ---------------------------------------------------------------------------


def test_the_workbook_holds_the_comparison_that_is_shown() -> None:
    session, edition = _open(file="workbook"), _edition()
    shown = {row[0]: row[1:] for row in _tables(session)[0][1:]}
    sheet = openpyxl.load_workbook(io.BytesIO(making.book(edition).data)).worksheets[0]
    compared = edition.comparison.to_dict("records")
    lines = {name: HEAD + 2 + i for i, name in enumerate(edition.compared_indicators)}
    assert len(shown) == len(lines) > 0
    for row in compared:
        at = edition.columns.index(row["region_code"])
        cell = sheet.cell(lines[row["indicator_id"]], layout(edition).at(at, "value") + 1)
        name = f"{row['indicator_name']}（"
        words = next(cells for key, cells in shown.items() if key.startswith(name))[at]
        if row["value"] is None:
            assert (cell.value, words) == ("—", "未报告")
        elif row["unit"] == "是/否":
            assert words.removeprefix("▨ ").startswith("是" if cell.value else "否")
        else:
            assert Decimal(str(cell.value)) == row["value"]
            assert digits(row["value"]) in words


def test_the_other_sheets_are_shown_as_the_file_holds_them() -> None:
    session = _open(file="workbook", about="430600")
    tabs = [tab.label for tab in session.tabs]
    assert tabs == ["对比", "观测值", "承诺与结论", "参考线对照", "指标定义", "说明"]
    observed = session.dataframe[0].value
    values = _edition(regions=("430600",)).claims.query("kind in ('reported', 'change')")
    assert len(observed) == len(values)
    for shown, row in zip(observed.to_dict("records"), values.to_dict("records"), strict=True):
        assert shown["原文引句"] == row["quote"]
        said = shown["数值（按“单位”列）"]
        assert said.startswith("是" if row["unit"] == "是/否" else digits(row["value"]))


@pytest.mark.parametrize(
    ("value", "shape", "words"),
    [
        (93.05, "0.00", "93.05"),
        (65.5, "0.00", "65.50"),
        (62300, '0" 以上"', "62300 以上"),
        (1, '"是";"是";"否"', "是"),
        (0, '"是";"是";"否"', "否"),
        (2, '0"/3"', "2/3"),
        (1, '"完成（未设数值）"', "完成（未设数值）"),
    ],
)
def test_a_cell_reads_as_a_spreadsheet_shows_it(value: float, shape: str, words: str) -> None:
    cell = openpyxl.Workbook().active.cell(1, 1, value)  # type: ignore[union-attr]
    cell.number_format = shape
    assert read_back.shown(cell) == words


# the list -------------------------------------------------------------------------------


def test_the_list_holds_the_rows_that_are_shown() -> None:
    session, edition = _open(file="checklist", about="411200"), _edition(regions=("411200",))
    rows = _tables(session)[0][1:]
    assert len(rows) == len(edition.commitments)
    pdf = pypdf.PdfReader(io.BytesIO(making.checklist(edition).data))
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    for row in rows:
        for words in (row[0].split()[1], row[1].split(" ", 1)[1], row[4].split("”")[0]):
            assert "".join(words.split()) in text
    assert "到期未报告" in "".join(_texts(session, "markdown"))


def test_a_file_that_cannot_be_made_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from indicators.export import pdf

    store._files.clear()
    monkeypatch.setattr(pdf, "_families", frozenset)
    session = _open(file="checklist")
    assert [w.value for w in session.warning] == [
        "这个文件现在做不出来，原因如下；其他种类不受影响。"
    ]
    assert session.get("text")[0].value.startswith("no Chinese font is installed; install one of:")


# data -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(TITLES))
def test_the_rows_shown_are_the_rows_of_every_format(name: str) -> None:
    session, edition = _open(file="data", dataset=name), _edition()
    frame: pd.DataFrame = getattr(edition, name)
    shown = session.dataframe[0].value
    csv = read_back.csv_frame(making.table(edition, name, ".csv").data)
    rows = json.loads(making.table(edition, name, ".json").data, parse_float=Decimal)["rows"]
    parquet = pq.read_table(io.BytesIO(making.table(edition, name, ".parquet").data)).to_pylist()
    assert len(csv) == len(rows) == len(parquet) == len(frame)
    assert f"共 {len(frame)} 行，下列前 {min(len(frame), 200)} 行。" in _texts(session, "caption")
    pd.testing.assert_frame_equal(shown, csv.head(200), check_dtype=False)
    for column in (c for c in frame.columns if FIELDS[c].kind == "number"):
        expected = list(frame[column])
        assert [Decimal(text) if text else None for text in csv[column]] == expected
        assert [None if r[column] is None else Decimal(r[column]) for r in rows] == expected
        assert [r[column] for r in parquet] == expected


def test_the_package_lists_and_holds_every_table() -> None:
    session, edition = _open(file="data", dataset="package"), _edition()
    shown = {row[0]: int(row[2]) for row in _tables(session)[0][1:]}
    with zipfile.ZipFile(io.BytesIO(making.package(edition).data)) as archive:
        assert sorted(archive.namelist()) == sorted([*shown, "datapackage.json"])
        for path, rows in shown.items():
            assert len(read_back.csv_frame(archive.read(path))) == rows


# the site -------------------------------------------------------------------------------


def test_the_site_is_made_on_request_and_holds_what_was_announced() -> None:
    store._files.clear()
    session = _open(file="site", about="411200")
    edition = _edition(regions=("411200",))
    assert session.button[0].label == "生成静态网站（zip）"
    assert "python -m indicators publish site --as-of 2026-11-21 --region 411200" in [
        code.value for code in session.get("code")
    ]
    session.button[0].click().run()
    assert not session.exception
    assert [b.label for b in session.button] == []
    kept = next(iter(file for key, file in store._files.items() if "site" in key))  # type: ignore[operator]
    with zipfile.ZipFile(io.BytesIO(kept.data)) as archive:
        names = archive.namelist()
        assert {*NAV, *(f"en/{page}" for page in NAV)} <= set(names)
        for name in TITLES:
            rows = json.loads(archive.read(f"data/{name}.json"))["rows"]
            assert len(rows) == len(getattr(edition, name))
    store._files.clear()


# the appraisal --------------------------------------------------------------------------


def _configured(folder: Path) -> Path:
    """The shipped settings with absolute paths and the example of the page appended."""
    text = (ROOT / "config.yaml").read_text("utf-8")
    for name in ("indicators/registry", "data/"):
        text = text.replace(f": {name}", f": {ROOT}/{name}")
    path = folder / "config.yaml"
    path.write_text(text + EXAMPLE, "utf-8")
    return path


@pytest.fixture
def appraising(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = _configured(tmp_path)
    monkeypatch.setenv("INDICATORS_CONFIG", str(path))
    yield path
    store._files.clear()


def test_the_appraisal_is_off_and_says_how_to_switch_it_on() -> None:
    session = _open(file="appraisal")
    assert session.info[0].value.startswith("半年考核没有启用")
    assert EXAMPLE.strip() in [code.value.strip() for code in session.get("code")]
    assert session.get("download_button") == []


def test_the_example_is_accepted_as_it_stands(appraising: Path) -> None:
    problems = Problems()
    settings = load_settings(appraising, problems)
    assert [str(p) for p in problems] == []
    assert settings.appraisal is not None
    known = shipped()[0].indicators
    assert [name in known for name, _ in settings.appraisal.weights] == [True, True, True]


def test_scores_are_shown_as_the_workbook_holds_them(appraising: Path) -> None:
    session = _open(file="appraisal")
    scores, parts = (element.value for element in session.dataframe)
    yiyang = next(r for r in scores.to_dict("records") if r["地区"] == "益阳市")
    assert yiyang["有数值的权重占比（%）"] == "60.0"
    assert "县域内就诊率" in "".join(_texts(session, "markdown"))
    assert yiyang["未计分的指标"] == "县域内就诊率"
    by_hand = {r["指标标识"]: r["得分（0–100，推算）"] for r in parts.to_dict("records")
               if r["地区"] == "益阳市"}  # fmt: skip
    assert by_hand["county_visit_share"] == ""
    assert by_hand["under5_mortality_rate"] == "100"


# nothing to show ------------------------------------------------------------------------


def test_before_any_document_the_page_says_what_is_missing() -> None:
    session = _open(as_of="2010-01-01")
    assert [i.value for i in session.info] == [
        "截至 2010-01-01 没有任何文件。可在侧栏改选较晚的截至日期。"
    ]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_region_without_data_is_said_in_every_file(kind: str) -> None:
    """411200 has a document of 2019 alone; in 2020 no other region has one."""
    session = _open(file=kind, about="411200", as_of="2020-01-01")
    assert not session.exception
    edition = Edition(*shipped(), AS_OF, regions=("110000",))
    assert "所选范围内没有数据。" in "".join(
        block.text for block in read_back.docx_blocks(making.words_only(edition).data)
    )
    frames = read_back.xlsx_frames(making.book(edition).data)
    assert frames["观测值"].iloc[0, 0] == "所选范围内没有数据。"


def test_what_a_link_may_not_ask_for_is_refused_in_words() -> None:
    session = _open(file="exe", about="110000", format=".exe")
    assert sorted(w.value for w in session.warning) == ["about=110000", "file=exe"]


# the store ------------------------------------------------------------------------------


def test_a_file_is_made_once_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    store._files.clear()
    monkeypatch.setattr(store, "_MOST", 10)
    made: list[str] = []

    def make(name: str, size: int) -> store.Made:
        def work() -> store.Made:
            made.append(name)
            return store.Made(b"x" * size)

        return store.made(name, work)

    make("a", 4), make("a", 4), make("b", 4), make("a", 4), make("c", 4)
    assert made == ["a", "b", "c"]
    assert store.ready("b") is None
    make("large", 99)
    assert [key for key in ("a", "c", "large") if store.ready(key)] == ["large"]
    store._files.clear()


def test_two_long_files_are_never_made_at_the_same_time() -> None:
    store._files.clear()
    running, most = [0], [0]

    def work() -> store.Made:
        running[0] += 1
        most[0] = max(most[0], running[0])
        threading.Event().wait(0.02)
        running[0] -= 1
        return store.Made(b"x")

    threads = [
        threading.Thread(target=store.made, args=(n, work), kwargs={"long": True}) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    store._files.clear()


def test_a_short_file_does_not_wait_for_a_long_one() -> None:
    store._files.clear()
    started, release = threading.Event(), threading.Event()

    def slow() -> store.Made:
        started.set()
        assert release.wait(10)
        return store.Made(b"slow")

    thread = threading.Thread(target=store.made, args=("slow", slow), kwargs={"long": True})
    thread.start()
    assert started.wait(10)
    assert store.made("quick", lambda: store.Made(b"quick")).data == b"quick"
    release.set()
    thread.join()
    store._files.clear()


def test_a_failed_file_is_not_kept() -> None:
    store._files.clear()

    def fail() -> store.Made:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        store.made("x", fail)
    assert store.made("x", lambda: store.Made(b"ok")).data == b"ok"
    store._files.clear()


# citations ------------------------------------------------------------------------------


def _citations(session: AppTest) -> list[str]:
    return [code.value for code in session.get("code") if "数据版本" in str(code.value)]


@pytest.mark.parametrize("key", [k for k in PUBLIC if k != "publish"])
def test_every_chart_and_every_table_can_be_cited(key: str) -> None:
    session = _open(key)
    charts = len(session.get("plotly_chart"))
    tables = len(session.get("download_button"))
    cited = _citations(session)
    assert charts + tables > 0
    assert len(cited) >= charts + tables
    digest = shipped()[0].digest[:12]
    for text in cited:
        assert f"。截至 {AS_OF.isoformat()}；数据版本 {digest}。\n资料来源：\n[1] " in text
        assert "\n链接：" in text
        assert "（卫生健康改革指标看板）" in text


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("progress", {"indicator": "health_record_coverage"}),
        ("commitments", {"where": "411200", "verdict": "due_unreported", "show": "table"}),
        ("comparison", {"regions": "430600,430900"}),
        ("region", {"region": "430900"}),
        ("sources", {"document": "fenyang-2023-npc-10", "quotes": "table"}),
        ("registry", {"indicator": "county_visit_share"}),
    ],
)
def test_the_link_of_a_citation_restores_the_view(key: str, choices: dict[str, str]) -> None:
    session = _open(key, **choices)
    address = _citations(session)[0].rsplit("链接：", 1)[1]
    query = dict(parse_qsl(address.partition("?")[2]))
    assert query["as_of"] == AS_OF.isoformat()
    assert query["lang"] == "zh"
    for name, text in choices.items():
        assert query[name] == text
    again = _open(key, **query)
    assert _citations(again) == _citations(session)
    assert [e.proto.spec for e in again.get("plotly_chart")] == [
        e.proto.spec for e in session.get("plotly_chart")
    ]
    for one, other in zip(session.dataframe, again.dataframe, strict=True):
        pd.testing.assert_frame_equal(one.value, other.value)


def test_a_citation_names_the_documents_of_its_rows_alone() -> None:
    text = _citations(_open("commitments", where="430600"))[0]
    sources = [line for line in text.splitlines() if line.startswith("[")]
    reply = (
        "岳阳市卫生健康委员会：《对岳阳市九届人大一次会议第162号建议的答复》"
        "（岳卫字〔2022〕13号），2022-05-30"
    )
    assert sources == ["[1] " + reply]


def test_a_silence_rests_on_everything_that_was_read() -> None:
    session = _open("sources", part="silence")
    text = _citations(session)[-1]
    assert text.count("\n[") == 1 + len(shipped()[0].documents)
    assert f"[1] 本看板指标字典，收指标 {len(shipped()[0].indicators)} 项" in text


def test_a_citation_speaks_the_readers_language() -> None:
    session = _open("progress", lang="en")
    cited = [code.value for code in session.get("code")]
    assert cited
    for text in cited:
        assert "As of 2026-11-21; data version" in text
        assert "\nSources:\n[1] " in text
        assert "lang=en" in text
