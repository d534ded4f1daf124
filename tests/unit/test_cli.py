"""The command line: what it prints, what it returns, and that no traceback gets out."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indicators.cli import check, context
from indicators.cli.main import COMMANDS, build_parser, main
from indicators.core.errors import KnownProblem
from tests.conftest import EXAMPLES

ROOT = Path(__file__).parents[2]
Project = Callable[..., Path]
Capture = pytest.CaptureFixture[str]

CLAIM_COLUMNS = [
    "document_id",
    "source_file",
    "region_code",
    "region_name",
    "indicator_id",
    "indicator_name",
    "kind",
    "period",
    "due",
    "comparator",
    "value",
    "unit",
    "precision",
    "scope",
    "quote",
    "section",
    "note",
]


def run(root: Path, *words: str) -> int:
    return main(["--config", str(root / "config.yaml"), *words])


def invalid(name: str) -> Path:
    return EXAMPLES / "invalid" / name


class TestExitCodes:
    def test_2_for_wrong_usage(self, capsys: Capture) -> None:
        for words in ([], ["unknown"], ["check", "--format", "xml"], ["assess", "--as-of", "soon"]):
            with pytest.raises(SystemExit) as stop:
                main(words)
            assert stop.value.code == 2
        assert 'expected a date such as 2026-11-21, found "soon"' in capsys.readouterr().err

    @pytest.mark.parametrize("day", ["２０２６-11-21", "2026-1-2", "2026-13-01", "20261121"])
    def test_a_date_is_ten_plain_characters(self, capsys: Capture, day: str) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["assess", "--as-of", day])
        assert stop.value.code == 2
        assert f'expected a date such as 2026-11-21, found "{day}"' in capsys.readouterr().err

    def test_1_for_a_known_problem(self, tmp_path: Path, capsys: Capture) -> None:
        assert run(tmp_path, "check") == 1
        path = tmp_path / "config.yaml"
        assert capsys.readouterr().err == (
            f"error: {path}: no such settings file; name one with --config PATH\n"
        )

    @pytest.mark.parametrize(
        ("error", "code", "message"),
        [
            (KnownProblem("put it right"), 1, "error: put it right\n"),
            (KeyboardInterrupt(), 130, "interrupted\n"),
            (PermissionError(13, "Permission denied", "x"), 1, "error: x: Permission denied\n"),
            (KeyError("secret"), 3, "a bug: KeyError; run with --debug for the trace\n"),
            (RecursionError(), 3, "a bug: RecursionError; run with --debug for the trace\n"),
        ],
    )
    def test_the_boundary(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: Capture,
        error: BaseException,
        code: int,
        message: str,
    ) -> None:
        def fail(_: Namespace) -> int:
            raise error

        monkeypatch.setattr(check, "run", fail)
        assert main(["check"]) == code
        assert capsys.readouterr().err == message

    def test_the_trace_of_a_bug_on_demand(
        self, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        monkeypatch.setattr(check, "run", lambda _: 1 // 0)
        assert main(["check", "--debug"]) == 3
        assert "ZeroDivisionError" in capsys.readouterr().err.splitlines()[-2]

    def test_141_when_the_reader_goes_away(self, project: Project) -> None:
        """A pipe whose reader has gone ends the run without a word."""
        root = project()
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            done = subprocess.run(
                [sys.executable, "-m", "indicators", "--config", root / "config.yaml", "check"],
                cwd=ROOT,
                stdout=gone,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
            )
        assert (done.returncode, done.stderr) == (141, b"")


def test_every_command_has_help_with_examples(capsys: Capture) -> None:
    actions = build_parser()._actions
    commands = next(a.choices for a in actions if a.dest == "command")
    assert commands is not None
    assert len(list(commands)) >= len(COMMANDS)
    for name in commands:
        with pytest.raises(SystemExit) as stop:
            main([name, "--help"])
        assert stop.value.code == 0
        printed = capsys.readouterr().out
        assert f"python -m indicators {name}" in printed
        assert "examples:" in printed


@pytest.mark.parametrize("words", [["--quiet", "check"], ["check", "--quiet"]])
def test_common_options_stand_before_or_after_the_command(words: list[str]) -> None:
    args = build_parser().parse_args(words)
    assert args.quiet is True
    assert args.config == Path("config.yaml")
    assert build_parser().parse_args(["check"]).quiet is False


class TestCheck:
    def test_quiet_prints_problems_only(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "check", "--quiet") == 0
        assert capsys.readouterr().out == ""
        assert run(project(invalid("empty_file")), "check", "--quiet") == 1
        assert capsys.readouterr().out == "data/documents/bad.yaml: the file is empty\n"

    def test_json(self, project: Project, capsys: Capture) -> None:
        assert run(project(invalid("due_before_document")), "check", "--format", "json") == 1
        report = json.loads(capsys.readouterr().out)
        version = report.pop("data_version")
        assert len(version) == 64
        assert report == {
            "problems": [
                {
                    "file": "data/documents/bad.yaml",
                    "line": 15,
                    "path": "claims[0].due",
                    "message": 'expected a due date after the document (2022-05-30), found "2021"',
                    "severity": "error",
                }
            ],
            "left_out": ["data/documents/bad.yaml"],
            "files": 5,
            "indicators": 7,
            "claims": 1,
            "documents": 1,
        }

    def test_the_shipped_data(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("INDICATORS_SOURCES", raising=False)
        assert run(ROOT, "check") == 0
        assert capsys.readouterr().out.startswith("0 problems in ")


class TestVerify:
    def test_without_a_folder(self, project: Project, capsys: Capture) -> None:
        assert run(project(invalid("verification_damaged")), "verify") == 1
        assert capsys.readouterr().err == (
            "error: the folder of the originals is not named; set INDICATORS_SOURCES or sources "
            "in config.yaml\n"
        )

    def test_a_folder_that_is_not_there(
        self, project: Project, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = project()
        monkeypatch.setenv("INDICATORS_SOURCES", "nowhere")
        assert run(root, "verify") == 1
        assert capsys.readouterr().err == "error: nowhere: no such folder of originals\n"

    def test_all_found(self, project: Project, capsys: Capture) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        assert run(root, "verify") == 0
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err == (
            "7 of 7 quotes found in 1 original; 0 problems; recorded in data/verification.json\n"
        )

    def test_a_missing_quote_fails_and_the_next_load_leaves_the_document_out(
        self, project: Project, capsys: Capture
    ) -> None:
        root = project(invalid("quote_not_in_original"))
        for _ in range(2):  # the record of the first run hides nothing from the second
            assert run(root, "verify") == 1
            printed = capsys.readouterr()
            assert 'expected words that stand in bad.txt, found "8.5%"' in printed.out
            assert printed.err.startswith("1 of 3 quotes found in 2 originals; 2 problems; ")
        (root / "originals/bad.txt").unlink()
        assert run(root, "search", "县域就诊率") == 0
        assert capsys.readouterr().err == (
            "left out: data/documents/bad.yaml (python -m indicators check says why)\n"
        )

    def test_a_wrong_digest_fails(self, project: Project, capsys: Capture) -> None:
        assert run(project(invalid("wrong_digest")), "verify") == 1
        assert "source.sha256: expected the digest of bad.txt" in capsys.readouterr().out


class TestSearch:
    def test_an_alias_gives_one_indicator(self, capsys: Capture) -> None:
        assert run(ROOT, "search", "县域就诊率", "--format", "json") == 0
        found = json.loads(capsys.readouterr().out)
        assert [entry["indicator_id"] for entry in found] == ["county_visit_share"]
        assert found[0]["name_zh"] == "县域内就诊率"

    def test_text(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "search", "县域就诊率") == 0
        assert capsys.readouterr().out == (
            "county_visit_share  县域内就诊率  Visits kept within the county  [%]\n"
            "    又称 also called: 县域就诊率\n"
            "    不同于 not: county_inpatient_share（就诊率看门急诊与住院，住院率只看住院）\n"
        )

    def test_nothing_found(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "search", "床位") == 1
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", 'no indicator is called "床位"\n')


class TestExport:
    def rows(self, path: Path) -> list[dict[str, str]]:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def test_claims(self, project: Project, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "引文.csv"
        assert run(project(), "export", "claims", "-o", str(path)) == 0
        rows = self.rows(path)
        assert list(rows[0])[: len(CLAIM_COLUMNS)] == CLAIM_COLUMNS
        assert {name: rows[0][name] for name in CLAIM_COLUMNS} == {
            "document_id": "example-2022-npc-1",
            "source_file": "reply.txt",
            "region_code": "990100",
            "region_name": "示例市",
            "indicator_id": "county_visit_share",
            "indicator_name": "县域内就诊率",
            "kind": "reported",
            "period": "2021",
            "due": "",
            "comparator": "",
            "value": "88.5",
            "unit": "%",
            "precision": "exact",
            "scope": "",
            "quote": "全市县域内就诊率达到88.5%",
            "section": "一",
            "note": "",
        }
        assert capsys.readouterr().err == f"1 row written to {path}\n"

    def test_the_shipped_claims_keep_every_digit(self, tmp_path: Path) -> None:
        from indicators.core.problem import Problems
        from indicators.files.load import load_settings, load_snapshot

        path = tmp_path / "claims.csv"
        assert run(ROOT, "--quiet", "export", "claims", "-o", str(path)) == 0
        settings = load_settings(ROOT / "config.yaml", Problems())
        snapshot, _ = load_snapshot(ROOT, settings)
        written = [row["value"] for row in self.rows(path)]
        stated = [c.value for d in snapshot.documents for c in d.claims]
        assert written == ["" if value is None else f"{value:f}" for value in stated]

    @pytest.mark.parametrize("table", ["claims", "observations", "commitments", "registry"])
    def test_json(self, project: Project, tmp_path: Path, table: str) -> None:
        root, path = project(EXAMPLES / "valid/every_kind"), tmp_path / "x.json"
        assert run(root, "export", table, "-o", str(path)) == 0
        counts = {"claims": 7, "observations": 3, "commitments": 4, "registry": 7}
        assert len(json.loads(path.read_text(encoding="utf-8"))["rows"]) == counts[table]

    def test_a_read_only_place_is_a_known_problem(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "export", "claims", "-o", "/proc/x.csv") == 1
        assert capsys.readouterr().err.startswith("error: ")

    def test_an_unknown_format(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "export", "claims", "-o", "x.doc") == 1
        assert '".doc"' in capsys.readouterr().err


class TestAssess:
    def rows(self, capsys: Capture) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)["rows"]
        return rows

    def test_json_has_a_row_per_target(self, project: Project, capsys: Capture) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        assert run(root, "assess", "--format", "json", "--region", "示例市") == 0
        rows = self.rows(capsys)
        assert [(r["indicator_id"], r["target_kind"], r["due"]) for r in rows] == [
            ("county_visit_share", "commitment", "2025"),
            ("infant_mortality_rate", "commitment", "2025"),
            ("consortia_per_county", "commitment", None),
            ("consortium_rollout", "milestone", "2023"),
            ("maternal_mortality_ratio", "benchmark", "2025"),
        ]

    def test_csv_and_table_name_the_same_targets(self, project: Project, capsys: Capture) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        assert run(root, "assess", "--format", "csv") == 0
        table = capsys.readouterr().out.removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(table, newline="")))
        assert run(root, "assess") == 0
        printed = capsys.readouterr()
        assert len(rows) == 5
        assert all(row["indicator_name"] in printed.out for row in rows)
        assert printed.err == "5 targets as of 2026-11-21\n"

    def test_the_shipped_verdicts(self, capsys: Capture) -> None:
        words = ("assess", "--as-of", "2026-11-21", "--format", "json", "--region")
        for code, verdict in (("411200", "due_unreported"), ("141182", "unreported")):
            assert run(ROOT, *words, code) == 0
            verdicts = {
                row["indicator_id"]: row["verdict"]
                for row in self.rows(capsys)
                if row["target_kind"] == "commitment"
            }
            for name in ("primary_care_visit_share", "county_visit_share"):
                assert verdicts[name] == verdict

    def test_regions_below(self, project: Project, capsys: Capture) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        assert run(root, "assess", "--format", "json", "--region", "990000") == 0
        alone = self.rows(capsys)
        assert run(root, "assess", "--format", "json", "--region", "990000", "--below") == 0
        assert len(self.rows(capsys)) > len(alone)

    def test_an_unknown_region(self, project: Project, capsys: Capture) -> None:
        assert run(project(), "assess", "--region", "999999") == 1
        assert capsys.readouterr().err == (
            'error: unknown region "999999"; expected a code or name of the regions table\n'
        )

    def test_a_name_of_several_regions(self, capsys: Capture) -> None:
        assert run(ROOT, "assess", "--region", "鼓楼区") == 1
        message = capsys.readouterr().err
        assert message.startswith('error: "鼓楼区" names 4 regions: ')
        assert message.endswith("; give the code\n")


#: Every way in which less than everything is loaded: one document, the registry, the regions.
DEGRADED = (
    *("wrong_types", "quote_recorded_as_missing", "registry_file_left_out", "settings"),
    *("registry_file_unreadable", "registry_identities", "registry_name_collision"),
    *("regions_rows", "verification_damaged"),
)


@pytest.mark.parametrize("example", [invalid(name) for name in DEGRADED], ids=DEGRADED)
def test_bad_input_never_breaks_what_reads_the_rest(
    example: Path, project: Project, tmp_path: Path, capsys: Capture
) -> None:
    root = project(example)
    assert run(root, "assess", "--format", "csv") == 0
    for table in ("claims", "registry"):
        assert run(root, "export", table, "-o", str(tmp_path / f"{table}.csv")) == 0
    assert "(python -m indicators check says why)" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["assess"], ["export", "claims", "-o", "x.csv"]])
def test_nothing_readable_is_not_an_empty_result(
    words: list[str], project: Project, capsys: Capture
) -> None:
    assert run(project(invalid("regions_header")), *words) == 1
    assert capsys.readouterr().err == (
        "error: no document could be read (python -m indicators check says why)\n"
    )


def test_as_of_comes_from_the_option_then_the_settings() -> None:
    from indicators.core.settings import Settings

    settings = Settings(as_of="2024-02-29")
    assert context.as_of(Namespace(as_of=None), settings) == date(2024, 2, 29)
    assert context.as_of(Namespace(as_of=date(2020, 1, 1)), settings) == date(2020, 1, 1)
