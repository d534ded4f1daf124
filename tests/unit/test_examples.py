"""Every folder of tests/examples is a test: `check` prints exactly its expected.txt.

An example holds the files that differ from tests/examples/valid/minimal. Drop in a new
folder with an expected.txt and it is tested.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.cli.main import main
from tests.conftest import EXAMPLES

INVALID = sorted(path for path in (EXAMPLES / "invalid").iterdir() if path.is_dir())
VALID = sorted(path for path in (EXAMPLES / "valid").iterdir() if path.is_dir())
#: What is only doubtful: told, but nothing is left out and check passes.
DOUBTFUL = {"quote_names_neighbour", "registry_one_sided_wall"}


def run_check(root: Path, *options: str) -> int:
    return main(["--config", str(root / "config.yaml"), "check", *options])


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.name)
def test_valid_example(
    example: Path, project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_check(project(example)) == 0
    assert capsys.readouterr().out == (example / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.name)
def test_invalid_example(
    example: Path, project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_check(project(example))
    printed = capsys.readouterr()
    assert printed.out == (example / "expected.txt").read_text(encoding="utf-8")
    assert printed.err == ""
    assert code == (0 if example.name in DOUBTFUL else 1)


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.name)
def test_json_report_tells_the_same(
    example: Path, project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run_check(project(example), "--format", "json")
    report = json.loads(capsys.readouterr().out)
    text = (example / "expected.txt").read_text(encoding="utf-8").splitlines()
    errors = [p for p in report["problems"] if p["severity"] == "error"]
    told = [line for line in text[:-1] if not line.startswith("left out: ")]
    assert len(errors) == len([line for line in told if not line.endswith(" (warning)")])
    assert all(any(p["message"] in line for line in told) for p in report["problems"])
    assert [f"left out: {name}" for name in report["left_out"]] == [
        line for line in text if line.startswith("left out: ")
    ]


def test_there_are_enough_examples() -> None:
    assert len(VALID) >= 3
    assert len(INVALID) >= 50
