"""The exporting commands: files, exit codes, messages."""

from __future__ import annotations

import io
import os
from pathlib import Path

import openpyxl
import pypdf
import pytest

from indicators.cli.main import build_parser, main
from indicators.core.verification import Verification

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ["--config", str(ROOT / "config.yaml")]
DAY = ["--as-of", "2026-11-21"]


@pytest.mark.parametrize(
    ("table", "name", "rows"),
    [
        ("claims", "数据.csv", None),
        ("claims", "claims.parquet", None),
        ("observations", "o.json", 121),
        ("commitments", "c.csv", 27),
        ("comparison", "cmp.xlsx", None),
        ("registry", "r.xlsx", None),
        ("documents", "d.csv", 5),
    ],
)
def test_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, name: str, rows: int | None
) -> None:
    path = tmp_path / name
    assert main(["export", table, "-o", str(path), *DAY, *CONFIG]) == 0
    assert path.stat().st_size > 500
    said = capsys.readouterr().err
    assert said.endswith(f" rows written to {path}\n")
    if rows is not None:
        assert said == f"{rows} rows written to {path}\n"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.csv"
    assert main(["export", "claims", "-o", str(path), *DAY, *CONFIG, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_one_region_takes_in_its_counties(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    assert main(["export", "claims", "-o", str(path), "--region", "益阳市", *DAY, *CONFIG]) == 0
    text = path.read_text(encoding="utf-8-sig")
    assert "桃江县" in text
    assert "岳阳市" not in text


_PROBLEMS = [
    (
        ["export", "claims", "-o", "x.txt"],
        'expected a file ending in .csv .json .parquet .xlsx, found ".txt"',
    ),
    (
        ["export", "claims", "-o", "x.csv", "--region", "亚特兰蒂斯"],
        'unknown region "亚特兰蒂斯"; expected a code or name of the regions table',
    ),
    (
        ["export", "claims", "-o", "no/such/folder/x.csv"],
        "no/such/folder/x.csv: cannot be written: No such file or directory",
    ),
    (
        ["export", "appraisal", "-o", "x.csv"],
        "the appraisal is off: name weights under appraisal in config.yaml to turn it on",
    ),
    (
        ["export", "claims", "-o", "x.csv", "--indicator", "county_visit_shar"],
        (
            'unknown indicator "county_visit_shar"; expected an id of the registry; '
            'did you mean "county_visit_share"?'
        ),
    ),
    (["report", "-o", "x.doc"], 'expected a file ending in .docx, found "x.doc"'),
    (["print", "-o", "x.docx"], 'expected a file ending in .pdf, found "x.docx"'),
    (
        ["print", "-o", "x.pdf", "--proposal", "999"],
        'no document known on 2026-11-21 answers "999"',
    ),
]


@pytest.mark.parametrize(("arguments", "message"), _PROBLEMS)
def test_known_problems(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*arguments, *DAY, *CONFIG]) == 1
    assert capsys.readouterr().err == f"error: {message}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "c.csv"
    assert main(["export", "claims", "-o", str(path), *DAY, *CONFIG]) == 1
    assert capsys.readouterr().err == f"error: {path}: cannot be written: No space left on device\n"
    assert list(tmp_path.iterdir()) == []


def test_report(tmp_path: Path) -> None:
    path = tmp_path / "益阳.docx"
    arguments = ["report", "--region", "430900", "-o", str(path), "--no-charts", *DAY, *CONFIG]
    assert main(arguments) == 0
    assert path.read_bytes()[:2] == b"PK"


@pytest.mark.browser
def test_report_with_charts(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    assert main(["report", "--region", "411200", "-o", str(path), *DAY, *CONFIG]) == 0
    assert path.stat().st_size > 100_000


def test_print_one_proposal(tmp_path: Path) -> None:
    path = tmp_path / "第162号.pdf"
    assert main(["print", "--proposal", "162", "-o", str(path), *DAY, *CONFIG]) == 0
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "承诺核查清单：九届人大一次会议第162号建议" in text.replace("\n", "")
    assert round(float(reader.pages[0].mediabox.width)) == 842


def test_print_finds_every_promise(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    assert main(["print", "-o", str(path), *DAY, *CONFIG]) == 0
    text = "".join(p.extract_text() for p in pypdf.PdfReader(path).pages)
    assert text.count("到期未报告") == 10 + 1  # each row, and the tally
    assert "努力实现基层就诊率 65%" in text


def test_publish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "站点"
    arguments = ["publish", str(folder), "--region", "430600", *DAY, *CONFIG]
    assert main(arguments) == 0
    assert (folder / "index.html").is_file()
    assert (folder / "datapackage.json").is_file()
    assert capsys.readouterr().err.endswith(f" pages written to {folder}\n")


@pytest.mark.parametrize("command", ["export", "report", "print", "publish"])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        build_parser().parse_args([command, "--help"])
    assert done.value.code == 0
    text = capsys.readouterr().out
    assert "examples:" in text
    assert f"python -m indicators {command} " in text


def test_quotes_carry_the_day_they_were_checked(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    assert main(["export", "claims", "-o", str(path), *DAY, *CONFIG]) == 0
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    column = head.index("引句核对日期")
    assert all(row[column] for row in rows) or not Verification().documents
