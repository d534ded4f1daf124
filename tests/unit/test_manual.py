"""The manual explains everything the program says, and says nothing it does not do."""

from __future__ import annotations

import argparse
import hashlib
import re
import shlex
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from indicators.charts.theme import VERDICTS
from indicators.cli.import_table import EPILOG
from indicators.cli.main import build_parser, main
from indicators.core.settings import Settings
from indicators.export.edition import APPRAISAL, TITLES
from indicators.files.candidates import read
from indicators.text.codes import codes, label
from indicators.ui import app
from indicators.ui.publish.appraisal import EXAMPLE
from indicators.ui.publish.kinds import KINDS
from tests.support.curator_site import install

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MANUAL = (DOCS / "用户手册.md").read_text("utf-8")
IMAGES = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", MANUAL)
BLOCKS = re.findall(r"^```(\S+)(?: file=(\S+))?\n(.*?)^```$", MANUAL, re.M | re.S)


def _commands() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    found = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


def _shown() -> list[str]:
    """Every command line of the manual: in code blocks and in the table of commands."""
    lines = [line for kind, _, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    lines += re.findall(r"`((?:\S+=\S+ )?python -m indicators [^`]+)`", MANUAL)
    return [line for line in lines if "python -m indicators" in line]


@pytest.mark.parametrize("command", list(_commands()))
def test_every_command_is_explained_with_an_example(command: str) -> None:
    assert f"| `{command}` |" in MANUAL
    assert any(re.search(rf"python -m indicators {command}( |$)", line) for line in _shown())


@pytest.mark.parametrize("line", _shown())
def test_every_command_line_of_the_manual_is_understood(line: str) -> None:
    words = shlex.split(line)
    arguments = words[words.index("indicators") + 1 :]
    if arguments[-1] != "--help":
        build_parser().parse_args(arguments)


def _options() -> list[str]:
    def of(parser: argparse.ArgumentParser) -> set[str]:
        found = set()
        for action in parser._actions:
            found |= {name for name in action.option_strings if name.startswith("--")}
            if isinstance(action, argparse._SubParsersAction):
                for child in action.choices.values():
                    found |= of(child)
        return found

    return sorted(of(build_parser()) - {"--help"})


@pytest.mark.parametrize("option", _options())
def test_every_option_is_named(option: str) -> None:
    assert re.search(rf"{option}(?![a-z-])", MANUAL)


@pytest.mark.parametrize("code", codes("verdict"))
def test_every_verdict_is_explained_beside_its_shape(code: str) -> None:
    assert f"| {VERDICTS[code].glyph} {label('verdict', code, 'zh')} | " in MANUAL


@pytest.mark.parametrize("code", codes("caveat"))
def test_every_caveat_is_explained(code: str) -> None:
    assert f"| {label('caveat', code, 'zh')} | " in MANUAL


@pytest.mark.parametrize(
    ("family", "code"),
    [
        (family, code)
        for family in ("reason", "claim_kind", "definition_status", "source_status",
                       "finding_status", "score_missing", "target_kind")
        for code in codes(family)
    ],
)  # fmt: skip
def test_every_other_word_of_the_screen_is_used(family: str, code: str) -> None:
    assert label(family, code, "zh").split("，")[0] in MANUAL


@pytest.mark.parametrize("page", app.PAGES, ids=lambda page: page.key)
def test_every_page_is_explained(page: app.Page) -> None:
    assert f"| {page.title} | " in MANUAL


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_of_file_is_explained(kind: object) -> None:
    assert f"| {kind.title} | " in MANUAL  # type: ignore[attr-defined]


def test_every_table_that_can_be_exported_is_named() -> None:
    for name, title in {**TITLES, **APPRAISAL}.items():
        assert f"{title}（`{name}`" in MANUAL


@pytest.mark.parametrize("key", list(Settings.model_fields))
def test_every_setting_is_explained(key: str) -> None:
    assert f"| `{key}` | " in MANUAL


def test_the_example_of_the_appraisal_is_the_one_of_the_page() -> None:
    assert EXAMPLE in [text for kind, _, text in BLOCKS if kind == "yaml"]


def test_the_pictures_are_there_and_small() -> None:
    there = {f"images/{path.name}" for path in (DOCS / "images").iterdir()}
    assert set(IMAGES) == there
    assert len(IMAGES) == len(set(IMAGES))
    for name in IMAGES:
        data = (DOCS / name).read_bytes()
        assert data.startswith(b"\x89PNG\r\n")
        assert len(data) < 300_000


def test_every_link_inside_the_manual_leads_somewhere() -> None:
    heads = re.findall(r"^#+ (.+)$", MANUAL, re.M)
    anchors = {re.sub(r"[^\w-]", "", head.replace(" ", "-")).lower() for head in heads}
    targets = re.findall(r"\]\(#([^)]+)\)", MANUAL)
    assert targets
    assert [target for target in targets if target not in anchors] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert re.findall(r"https?://[^\s`)]+", MANUAL) == ["http://127.0.0.1:8501"]


def _project(folder: Path) -> None:
    """The shipped project without its code, to run commands in as the manual prints them."""
    shutil.copy(ROOT / "config.yaml", folder)
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "indicators/registry", folder / "indicators/registry")


def _table(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("地区", "县域内就诊率（%）", "建档率（%）"),
        ("平江县", 88.5, 92.1),
        ("华容县", 86, 90),
    ):
        sheet.append(row)
    book.save(path)


@pytest.mark.parametrize(
    "line",
    [
        *(line for line in _shown() if "indicators import " in line),
        *re.findall("python -m indicators import .+ -o candidates.yaml$", EPILOG, re.M),
    ],
)
def test_the_import_of_the_manual_and_of_the_help_runs_as_printed(
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _project(tmp_path)
    _table(tmp_path / "各县情况.xlsx")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)[3:]
    assert main(words) == 0
    printed = capsys.readouterr()
    name = words[words.index("-o") + 1]
    assert printed.out.endswith(f"{name}: 4 candidates\n")
    assert printed.err.endswith("no document is named yet: accept asks for it (--document META)\n")
    rows = read(Path(name)).rows
    assert [(row["region_code"], row["indicator_id"], row["value"]) for row in rows] == [
        ("430626", "county_visit_share", "88.5"),
        ("430626", "health_record_coverage", "92.1"),
        ("430623", "county_visit_share", "86"),
        ("430623", "health_record_coverage", "90"),
    ]
    assert {row["period"] for row in rows} == {"2023" if "--period" in words else None}


def test_the_way_from_a_document_to_a_verdict_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, "public")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INDICATORS_SOURCES", str(tmp_path))
    files = {name: text for _, name, text in BLOCKS if name}
    Path("答复.txt").write_text(files["答复.txt"], "utf-8")
    digest = hashlib.sha256(Path("答复.txt").read_bytes()).hexdigest()
    Path("文件.yaml").write_text(files["文件.yaml"].replace("此处填64位摘要", digest), "utf-8")

    chapter = MANUAL[MANUAL.index("### 用命令录入") :]
    chapter = chapter[: chapter.index("### 操作日志")]
    lines = [line for line in _shown() if line in chapter]
    mine, preview, accept, assess = (shlex.split(line)[3:] for line in lines[:4])

    assert main(mine) == 0
    candidates = Path("候选.yaml").read_text("utf-8")
    assert candidates.count("decision: null") == 3
    Path("候选.yaml").write_text(candidates.replace("decision: null", "decision: accept"), "utf-8")
    assert main(preview) == 0
    assert not Path("data/documents/yunjiang-2026-npc-27.yaml").exists()
    assert main(accept) == 0
    assert Path("data/documents/yunjiang-2026-npc-27.yaml").is_file()
    capsys.readouterr()
    assert main([*assess, "--as-of", "2026-11-21", "--format", "csv"]) == 0
    shown = capsys.readouterr().out
    assert ",under_way," in next(
        line for line in shown.splitlines() if "county_visit_share" in line and ",2027," in line
    )
    assert main(["audit", "verify"]) == 0
    assert main(["check"]) == 0
