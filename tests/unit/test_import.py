"""The commands import, accept and audit, from a spreadsheet to a rebuilt past."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from indicators.cli.main import main
from indicators.core.errors import KnownProblem
from indicators.files.candidates import CandidateFile, claim_fields, dump, read
from indicators.files.table_quotes import TableOriginal
from indicators.files.yaml_edit import claims_of
from tests.support.installation import install

_TABLE = "地区,县域就诊率（%）,建档率（%）\n甲山县,61.2,93.05\n乙水县,…,88\n丁县,70,\n"
_META = [
    "--id=yunjiang-2021-table",
    "--title=云江市2021年卫生统计表",
    "--issuer=云江市卫生健康委员会",
    "--kind=bulletin",
    "--dated=2022-03",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    install(tmp_path)
    (tmp_path / "config.yaml").write_text("paths: {registry: registry}\n")
    (tmp_path / "table.csv").write_text(_TABLE, "utf-8")
    return tmp_path


def _run(root: Path, *words: str) -> int:
    return main(["--config", str(root / "config.yaml"), *words])


def _import(root: Path, suffix: str = ".yaml", *words: str) -> int:
    output = str(root / f"c{suffix}")
    table = str(root / "table.csv")
    options = ("--parent", "云江市", "--period", "2021", "-o", output, *_META, *words)
    return _run(root, "import", table, *options)


def test_import_accounts_for_every_cell(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(root) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "table.csv: 12 cells read = 8 accepted + 2 rejected + 2 pending",
        "  accepted      3  a figure 数值",
        "  accepted      5  a header, region, period or other label 表头、地区、时期等说明文字",
        "  pending       2  the region is not recognised 地区未能识别",
        "  rejected      1  blank, which is not 0 空白，不等于0",
        "  rejected      1  a symbol for missing (… —), which is not 0 缺失符号（如 … —），不等于0",
        f"{root}/c.yaml: 4 candidates",
    ]
    assert "  note: symbols for missing 缺失符号: B3\n" in err


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv"])
def test_candidate_files_read_back_alike(root: Path, suffix: str) -> None:
    assert _import(root, suffix) == 0
    file = read(root / f"c{suffix}")
    assert [row["value"] for row in file.rows] == ["61.2", "93.05", "88", "70"]
    assert [row["status"] for row in file.rows] == ["accepted"] * 3 + ["pending"]
    assert {row["decision"] for row in file.rows} == {None}
    assert file.rows[0]["quote"] == "甲山县；县域就诊率（%）：61.2"
    assert file.document == {} if suffix == ".csv" else file.document["dated"] == "2022-03"


def test_from_a_table_to_claims_and_back_in_time(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(root, ".yaml", "--accept-clear") == 0
    capsys.readouterr()
    assert _run(root, "accept", str(root / "c.yaml"), "--by", "chen") == 0
    assert capsys.readouterr().out.splitlines() == [
        "data/documents/yunjiang-2021-table.yaml: 3 claims added, audit entry 1",
        "4 candidates = 3 accepted + 0 rejected + 1 not decided",
    ]
    text = (root / "data/documents/yunjiang-2021-table.yaml").read_text("utf-8")
    assert claims_of(text)[0] == {
        "indicator": "county_visit_share",
        "kind": "reported",
        "region": "990121",
        "period": "2021",
        "value": "61.2",
        "unit": "%",
        "quote": "甲山县；县域就诊率（%）：61.2",
        "section": "B2",
    }
    assert _run(root, "check") == 0
    capsys.readouterr()
    assert _run(root, "audit", "verify") == 0
    assert capsys.readouterr().out.startswith("1 save in 2 entries; head ")
    assert _run(root, "audit", "as-of", "2023-01-01", "-o", str(root / "past")) == 0
    assert [path.name for path in (root / "past").iterdir()] == ["yunjiang-2022.yaml"]
    assert _run(root, "audit", "as-of", "2099-01-01") == 0
    assert "yunjiang-2021-table.yaml: 3 claims\n" in (out := capsys.readouterr().out)
    assert out.endswith("\n2 documents known on 2099-01-01\n")
    assert _run(root, "audit", "as-of", "2023-01-01", "-o", str(root / "past")) == 1


def test_the_past_holds_no_document_of_a_later_day(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dated = claims_date(root / "data/documents/yunjiang-2022.yaml")
    assert _run(root, "audit", "as-of", "2020-01-01", "-o", str(root / "past")) == 0
    printed = capsys.readouterr()
    assert printed.out == "0 documents known on 2020-01-01\n"
    assert printed.err == f"left out, dated after 2020-01-01: yunjiang-2022.yaml ({dated})\n"
    assert list((root / "past").iterdir()) == []
    assert _run(root, "audit", "as-of", "2023-01-01") == 0
    printed = capsys.readouterr()
    assert printed.out.endswith("1 document known on 2023-01-01\n")
    assert printed.err == (
        "no save up to 2023-01-01 shows it, taken as it was first met: yunjiang-2022.yaml\n"
    )


def test_audit_show_tells_before_and_after(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(root, ".yaml", "--accept-clear") == 0
    assert _run(root, "accept", str(root / "c.yaml"), "--by", "chen") == 0
    capsys.readouterr()
    assert _run(root, "audit", "show", "yunjiang-2021-table") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[2:] == ["chen", "yunjiang-2021-table"]
    assert lines[1] == "    add yunjiang-2021-table#1"
    assert "        value: None -> 61.2" in lines
    assert _run(root, "audit", "show", "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [change["type"] for change in shown[0]["changes"]] == ["add"] * 3


def claims_date(path: Path) -> str:
    """The date a document gives itself."""
    lines = path.read_text("utf-8").splitlines()
    return next(line.removeprefix("dated: ") for line in lines if line.startswith("dated: "))


def _candidates(root: Path, *rows: dict[str, str | None], document: str = "yunjiang-2022") -> Path:
    path = root / "c.yaml"
    path.write_bytes(dump(list(rows), {"id": document}, ".yaml"))
    return path


_ROW: dict[str, str | None] = {
    "decision": "accept",
    "indicator_id": "infant_mortality_rate",
    "region_code": "990100",
    "kind": "reported",
    "period": "2021",
    "value": "3.6",
    "unit": "‰",
    "quote": "婴儿死亡率为3.6‰",
}


def test_accepted_candidates_join_an_existing_document(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _candidates(
        root,
        _ROW,
        {**_ROW, "period": "2020", "decision": "reject", "reason": "另有来源"},
        {**_ROW, "period": "2019", "decision": None},
    )
    before = (root / "data/documents/yunjiang-2022.yaml").read_text("utf-8")
    assert _run(root, "accept", str(path), "--dry-run") == 0
    assert "+    value: 3.6" in capsys.readouterr().out
    assert (root / "data/documents/yunjiang-2022.yaml").read_text("utf-8") == before
    assert _run(root, "accept", str(path), "--by", "chen") == 0
    assert "3 candidates = 1 accepted + 1 rejected + 1 not decided" in capsys.readouterr().out
    after = (root / "data/documents/yunjiang-2022.yaml").read_text("utf-8")
    assert after.startswith(before)
    assert "region" not in claims_of(after)[-1]


def test_everything_wrong_is_told_in_one_run_and_nothing_saved(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _candidates(
        root,
        {**_ROW, "decision": None},
        {**_ROW, "period": "2018", "value": "1001", "quote": "婴儿死亡率为1001‰"},
        _ROW,
        {**_ROW, "period": "2020", "quote": "为3.6‰，联系电话13800138000"},
        {**_ROW, "period": "2019", "indicator_id": "visits"},
    )
    before = (root / "data/documents/yunjiang-2022.yaml").read_bytes()
    assert _run(root, "accept", str(path), "--by", "chen") == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "error: nothing was saved"
    assert "c.yaml: candidates[1].value: expected a value from 0 to 1000 ‰, found 1001 ‰" in lines
    assert "c.yaml: candidates[3].quote: expected no personal data, found a mobile number" in lines
    assert any(line.startswith("c.yaml: candidates[4].indicator: unknown indic") for line in lines)
    assert not any("candidates[2]" in line for line in lines)
    assert (root / "data/documents/yunjiang-2022.yaml").read_bytes() == before
    assert not (root / "data/audit.jsonl").exists()


@pytest.mark.parametrize(
    ("wording", "named"), [("两病患者用药人数", ' ("两病患者用药人数")'), (None, "")]
)
def test_a_figure_without_an_indicator_is_refused_in_words(
    root: Path, capsys: pytest.CaptureFixture[str], wording: str | None, named: str
) -> None:
    nameless = {**_ROW, "indicator_id": None, "indicator_text": wording}
    assert _run(root, "accept", str(_candidates(root, _ROW, nameless)), "--by", "chen") == 1
    assert capsys.readouterr().err.splitlines() == [
        "error: nothing was saved",
        (
            f"c.yaml: candidates[1]: the figure has no indicator in the registry{named}; "
            "give it one in indicator_id "
            "此数值在登记册中没有对应的指标，请在 indicator_id 中指定一个"
        ),
    ]
    assert not (root / "data/audit.jsonl").exists()


def test_the_document_is_found_by_the_source_file(root: Path) -> None:
    row = {**_ROW, "file": "somewhere/yunjiang-2022.txt"}
    (root / "c.json").write_text(json.dumps([row]), "utf-8")
    assert _run(root, "accept", str(root / "c.json"), "--by", "chen") == 0
    text = (root / "data/documents/yunjiang-2022.yaml").read_text("utf-8")
    assert len(claims_of(text)) == 3


_ONE = "candidates:\n  - {{{}}}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_ONE.format("decision: yes"), '[0].decision: expected accept or reject, found "yes"'),
        (_ONE.format("decision: reject"), "[0].reason: a rejected candidate needs a reason"),
        (_ONE.format("decision: accept"), "[0]: no document is named; use --document"),
        (
            _ONE.format("decision: accept, document: x"),
            "there is no document x; give its fields with --document",
        ),
        ("a: b\n", 'c.yaml: expected a list of candidates under "candidates"'),
        ("candidates:\n  - text\n", "c.yaml: candidates[0]: expected a mapping of fields"),
        ("candidates: [\n", "c.yaml:2: "),
        ("document: [a]\ncandidates: []\n", "c.yaml: document: expected an id or the fields"),
    ],
)
def test_candidate_files_that_are_wrong(
    root: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    (root / "c.yaml").write_text(content, "utf-8")
    assert _run(root, "accept", str(root / "c.yaml"), "--by", "chen") == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("c.json", b"{", "c.json:1: not valid JSON"),
        ("c.json", b"[" * 100_000, "c.json: not valid JSON: RecursionError"),
        ("c.json", b"\xff", "c.json: not valid JSON: UnicodeDecodeError"),
        ("c.csv", b"decision,value\naccept\n", "c.csv:2: expected as many cells as columns"),
        ("c.csv", b"decision\n\x00\n", "c.csv: line 2: it holds the control character U+0000"),
        ("c.csv", b'decision\n"a', "c.csv:1: not valid CSV"),
    ],
)
def test_candidate_files_that_are_damaged(root: Path, name: str, data: bytes, message: str) -> None:
    (root / name).write_bytes(data)
    with pytest.raises(KnownProblem) as caught:
        read(root / name)
    assert message in str(caught.value)


def test_a_document_already_in_the_data_is_recognised(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meta = root / "meta.yaml"
    meta.write_text(
        "id: again\ntitle: 表\nkind: bulletin\nissuer: 委\nregion: '990100'\ndated: 2022\n"
        f"source: {{file: a.txt, sha256: {1:064x}}}\n",
        "utf-8",
    )
    path = root / "c.json"
    path.write_text(json.dumps({"candidates": [_ROW]}), "utf-8")
    assert _run(root, "accept", str(path), "--document", str(meta), "--by", "chen") == 1
    assert "this document is already in the data as yunjiang-2022" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--period", "2021年"), "--period: expected a period such as 2021"),
        (("--unit", "公里"), '--unit: expected a known unit, found "公里"'),
        (("--parent", "火星"), 'unknown region "火星"'),
        (
            ("-o", "c.yaml", "--id", "new"),
            "a figure needs its document; missing: title, issuer, dated, kind, region (see --help)",
        ),
        (("-o", "c.txt", *_META, "--parent", "990100"), "are written as .yaml, .json or .csv"),
    ],
)
def test_import_options_that_are_wrong(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert _run(root, "import", str(root / "table.csv"), *words) == 1
    assert message in capsys.readouterr().err


def test_import_without_a_document_leaves_it_to_accept(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, output = str(root / "table.csv"), str(root / "c.yaml")
    words = ("--parent", "云江市", "--period", "2021", "--accept-clear", "-o", output)
    assert _run(root, "import", table, *words) == 0
    printed = capsys.readouterr()
    assert printed.out.endswith(f"{output}: 4 candidates\n")
    assert printed.err.endswith("no document is named yet: accept asks for it (--document META)\n")
    digest = hashlib.sha256(_TABLE.encode()).hexdigest()
    assert read(root / "c.yaml").document == {
        "region": "990100",
        "source": {"file": "table.csv", "sha256": digest},
    }
    assert _run(root, "accept", output) == 1
    assert "c.yaml: candidates[0]: no document is named; use --document" in capsys.readouterr().err
    meta = root / "meta.yaml"
    fields = (option.removeprefix("--").replace("=", ": ", 1) for option in _META)
    meta.write_text("\n".join(fields) + "\n", "utf-8")
    assert _run(root, "accept", output, "--document", str(meta), "--by", "chen") == 0
    assert capsys.readouterr().out.startswith(
        "data/documents/yunjiang-2021-table.yaml: 3 claims added, audit entry 1\n"
    )
    assert f"sha256: {digest}" in (root / "data/documents/yunjiang-2021-table.yaml").read_text(
        "utf-8"
    )


def test_import_without_figures_says_so_with_its_code(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "table.csv").write_text("甲,乙\n1,2\n", "utf-8")
    assert _run(root, "import", str(root / "table.csv")) == 1
    assert "4 cells read = 0 accepted + 0 rejected + 4 pending" in capsys.readouterr().out


def test_audit_verify_fails_after_a_change_by_hand(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(root, "accept", str(_candidates(root, _ROW)), "--by", "chen") == 0
    path = root / "data/documents/yunjiang-2022.yaml"
    path.write_text(path.read_text("utf-8").replace("3.6", "3.7"), "utf-8")
    assert _run(root, "audit", "verify") == 1
    out = capsys.readouterr().out
    assert "problem: yunjiang-2022.yaml: changed outside the program since the last entry" in out


def test_formulas_in_candidate_csv_are_disarmed_and_read_back() -> None:
    row: dict[str, str | None] = {"quote": "=1+1", "value": "-3.5", "note": "-甲", "unit": "@x"}
    data = dump([row], {}, ".csv").decode("utf-8-sig")
    assert data.splitlines()[1] == "'=1+1,-3.5,'-甲,'@x"


def test_claim_fields_drop_what_the_document_says_already() -> None:
    row = {**_ROW, "period_basis": "stated", "scope": "", "confidence": "0.9"}
    assert claim_fields(row, "990100") == {
        "indicator": "infant_mortality_rate",
        "kind": "reported",
        "period": "2021",
        "value": "3.6",
        "unit": "‰",
        "quote": "婴儿死亡率为3.6‰",
    }
    assert CandidateFile("c", (), {}).rows == ()


def test_quotes_of_imported_figures_are_verified_in_the_spreadsheet(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDICATORS_SOURCES", str(root))
    assert _import(root, ".yaml", "--accept-clear") == 0
    assert _run(root, "accept", str(root / "c.yaml"), "--by", "chen") == 0
    path = root / "data/documents/yunjiang-2021-table.yaml"
    assert _run(root, "check") == 0
    assert TableOriginal(root / "table.csv").states("甲山县；县域就诊率（%）：61.2")
    assert not TableOriginal(root / "table.csv").states("乙水县；县域就诊率（%）：61.2")
    assert not TableOriginal(root / "table.csv").states("甲山县；县域住院率（%）：61.2")
    assert not TableOriginal(root / "table.csv").states("甲山县；县域就诊率（%）：61.20")
    path.write_text(path.read_text("utf-8").replace("61.2", "61.3"), "utf-8")
    capsys.readouterr()
    assert _run(root, "check") == 1
    assert "expected words that stand in table.csv" in capsys.readouterr().out


def test_a_quote_that_is_not_in_the_original_is_not_accepted(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = "云江市答复：婴儿死亡率为3.6‰。".encode()
    path = root / "data/documents/yunjiang-2022.yaml"
    text = "claims:".join(path.read_text("utf-8").split("claims:")[:1]) + "claims: []\n"
    digest = hashlib.sha256(data).hexdigest()
    path.write_text(text.replace(f"{1:064x}", digest), "utf-8")
    (root / "yunjiang-2022.txt").write_bytes(data)
    monkeypatch.setenv("INDICATORS_SOURCES", str(root))
    wrong = {**_ROW, "period": "2020", "quote": "婴儿死亡率降为3.6‰"}
    assert _run(root, "accept", str(_candidates(root, _ROW, wrong)), "--by", "chen") == 1
    assert capsys.readouterr().err.splitlines()[1:] == [
        (
            "c.yaml: candidates[1].quote: expected words that stand in yunjiang-2022.txt, "
            'found "婴儿死亡率降为3.6‰"'
        )
    ]
    assert _run(root, "accept", str(_candidates(root, _ROW)), "--by", "chen") == 0
