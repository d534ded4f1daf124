"""The command: files in, candidates out, guesses and refusals reported."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import yaml

from indicators.cli.main import main
from indicators.core.settings import Settings
from indicators.files.load import load_snapshot
from indicators.mining.guess import guess

ROOT = Path(__file__).resolve().parents[2]
REPLY = """宜昌市卫生健康委员会

宜卫函〔2023〕77号

对宜昌市七届人大二次会议第8号建议的答复

截至2022年12月底，全市建档率达到92.31%。秭归县县域内就诊率为90.4%，远程会诊覆盖率为81.5%。

宜昌市卫生健康委员会

2023年6月12日
"""


@pytest.fixture
def reply(tmp_path: Path) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(REPLY, encoding="utf-8")
    return path


def run(*words: object) -> int:
    return main(["mine", "--config", str(ROOT / "config.yaml"), *map(str, words)])


def test_csv(reply: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "candidates.csv"
    assert run(reply, "-o", out) == 0
    with out.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [
        (r["indicator_id"], r["region_code"], r["period"], r["value"], r["unit"], r["quote"])
        for r in rows
    ] == [
        ("health_record_coverage", "420500", "2022-12", "92.31", "%", "建档率达到92.31%"),
        ("county_visit_share", "420527", "2022-12", "90.4", "%", "县域内就诊率为90.4%"),
        ("", "420527", "2022-12", "81.5", "%", "远程会诊覆盖率为81.5%"),
    ]
    assert [r["indicator_text"] for r in rows][2] == "远程会诊覆盖率"
    assert {r["file"] for r in rows} == {"reply.txt"}
    assert REPLY[int(rows[0]["offset"]) :].startswith(rows[0]["quote"])
    assert capsys.readouterr().err.splitlines() == [
        f"{out}: 3 candidates",
        (
            "reply.txt: region 420500 宜昌市 (guessed from the signature); "
            "dated 2023-06-12 (guessed from the signature); "
            "3 candidates, 2 at confidence 0.6 or above"
        ),
    ]


def test_json_and_yaml(reply: Path, tmp_path: Path) -> None:
    for suffix, read in ((".json", json.loads), (".yaml", yaml.safe_load)):
        out = tmp_path / f"candidates{suffix}"
        assert run(reply, "-o", out, "--quiet") == 0
        content = read(out.read_text(encoding="utf-8"))
        assert [row["indicator_id"] for row in content["candidates"]] == [
            "health_record_coverage",
            "county_visit_share",
            None,
        ]


def test_standard_output(reply: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(reply, "--quiet") == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0].startswith("decision,reason,file,indicator_id,")
    assert captured.err == ""


def test_region_and_date_given(
    reply: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "c.csv"
    assert run(reply, "-o", out, "--region", "420000", "--dated", "2023") == 0
    assert "reply.txt: region 420000 湖北省; dated 2023; 3 cand" in capsys.readouterr().err


def test_one_bad_file_never_stops_the_rest(
    reply: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    out = tmp_path / "c.csv"
    assert run(empty, tmp_path / "missing.txt", reply, "-o", out) == 1
    errors = capsys.readouterr().err
    assert "error: empty.txt: " in errors
    assert "error: missing.txt: " in errors
    assert errors.endswith("2 of 3 files could not be read\n")
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 4


def test_wrong_use(reply: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(reply, "-o", tmp_path / "c.xls") == 1
    assert 'expected .csv, .json or .yaml, found ".xls"' in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        run(reply, "--dated", "last week")
    assert stop.value.code == 2
    assert 'found "last week"' in capsys.readouterr().err


def test_personal_data_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.txt"
    path.write_text("宜昌市建档率（联系电话请看附件）为92.31%。", encoding="utf-8")
    assert run(path, "-o", tmp_path / "c.csv") == 0
    assert "1 refused: their words hold personal data" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "region", "dated", "plan"),
    [
        (REPLY, "420500", "2023-06-12", False),
        (
            "秭归县人民政府文件\n秭政发〔2021〕9号\n关于健康秭归的实施方案\n内容。",
            "420527",
            "2021",
            True,
        ),
        ("2022年宜昌市卫生健康工作总结\n全市情况良好。", "420500", "2022", False),
        ("没有地名也没有日期。", None, None, False),
        ("• 2024-09-04 11:16\n宜都市卫生健康局\n正文。", "420581", "2024-09-04", False),
    ],
)
def test_guess(text: str, region: str | None, dated: str | None, plan: bool) -> None:
    snapshot, _ = load_snapshot(ROOT, Settings())
    found = guess(text, snapshot)
    assert (found.region, found.dated, found.plan) == (region, dated, plan)
