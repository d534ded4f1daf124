"""Folders to a snapshot: what is left out, what stays, and the data version."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.files.load import digest, load, load_settings, load_snapshot
from tests.conftest import EXAMPLES

ROOT = Path(__file__).parents[2]
Project = Callable[..., Path]


def invalid(name: str) -> Path:
    return EXAMPLES / "invalid" / name


def test_the_shipped_data_has_no_problem_and_loads_quickly() -> None:
    problems = Problems()
    settings = load_settings(ROOT / "config.yaml", problems)
    start = time.process_time()
    snapshot, found = load_snapshot(ROOT, settings)
    assert time.process_time() - start < 1
    assert [str(p) for p in [*problems, *found]] == []
    assert snapshot.left_out == ()
    assert len(snapshot.documents) == 5
    assert len(snapshot.indicators) >= 40


def test_settings_of_a_missing_file_are_the_defaults(tmp_path: Path) -> None:
    problems = Problems()
    assert load_settings(tmp_path / "config.yaml", problems) == Settings()
    assert [str(p) for p in problems] == ["config.yaml: cannot be read: No such file or directory"]


def test_a_refused_setting_falls_back_and_the_others_hold(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "role: admin\nlanguage: en\nas_of: 2026-02-30\nmax_period_gap: null\n", encoding="utf-8"
    )
    problems = Problems()
    settings = load_settings(path, problems)
    assert (settings.role, settings.language, settings.as_of) == ("public", "en", "today")
    assert settings.max_period_gap == 2
    assert [str(p) for p in problems] == [
        'config.yaml:1: role: expected one of public, curator, found "admin"',
        'config.yaml:3: as_of: expected today or a date such as 2026-11-21, found "2026-02-30"',
    ]


def test_settings_that_are_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("- role: curator\n", encoding="utf-8")
    problems = Problems()
    assert load_settings(path, problems).role == "public"
    assert [str(p) for p in problems] == ["config.yaml: expected a mapping of fields, found a list"]


def test_themes_reach_their_indicators(project: Project) -> None:
    snapshot, _ = load_snapshot(project(), Settings())
    assert snapshot.indicators["county_visit_share"].theme == "orderly_care"
    assert [theme.id for theme in snapshot.themes] == ["orderly_care", "health"]


def test_a_bad_document_is_left_out_and_the_good_one_stays(project: Project) -> None:
    snapshot, problems = load_snapshot(project(invalid("wrong_types")), Settings())
    assert [d.id for d in snapshot.documents] == ["example-2022-npc-1"]
    assert snapshot.left_out == ("data/documents/bad.yaml",)
    assert {p.file for p in problems} == {"data/documents/bad.yaml"}


def test_a_refused_file_is_checked_to_its_end(project: Project) -> None:
    """A mistyped claim does not keep quiet what is wrong with the next one."""
    _, problems = load_snapshot(project(invalid("wrong_types")), Settings())
    messages = [str(p) for p in problems]
    assert messages[0] == (
        "data/documents/bad.yaml:14: claims[0].unit: "
        'expected a unit of county_visit_share (% ‰ /万 /10万), found "家"'
    )
    assert messages[1] == (
        'data/documents/bad.yaml:19: claims[1].value: expected a number, found "九成"'
    )


def test_a_refused_registry_file_takes_only_its_own_claims_away(project: Project) -> None:
    snapshot, problems = load_snapshot(project(invalid("registry_file_left_out")), Settings())
    assert [len(document.claims) for document in snapshot.documents] == [1]
    assert "county_visit_share" in snapshot.indicators
    assert "infant_mortality_rate" not in snapshot.indicators
    assert snapshot.left_out == (
        "indicators/registry/health.yaml",
        "data/documents/example-2022-npc-1.yaml (1 of 2 claims)",
    )
    assert [p.severity for p in problems] == ["warning", "error"]


def test_identities_and_walls_to_left_out_indicators_are_dropped(project: Project) -> None:
    root = project()
    care = root / "indicators/registry/care.yaml"
    care.write_text(
        care.read_text(encoding="utf-8").replace("county_inpatient_share", "infant_mortality_rate")
        + "identities:\n  - {id: one, kind: ratio, parts: [consortia_per_county], "
        "share: health_record_coverage, note: {zh: 一, en: One}}\n",
        encoding="utf-8",
    )
    text = care.read_text(encoding="utf-8")
    start = text.index("  - id: infant_mortality_rate")
    end = text.index("  - id: consortia_per_county")
    care.write_text(text[:start] + text[end:], encoding="utf-8")
    (root / "indicators/registry/health.yaml").write_text(
        (invalid("registry_file_left_out") / "indicators/registry/health.yaml").read_text("utf-8"),
        encoding="utf-8",
    )
    snapshot, problems = load_snapshot(root, Settings())
    assert snapshot.identities == ()
    assert snapshot.indicators["county_visit_share"].confusable_with == ()
    assert [p.file for p in problems.errors()] == ["indicators/registry/health.yaml"]


def test_a_missing_folder_is_said_and_the_rest_is_read(project: Project) -> None:
    settings = Settings.model_validate({"paths": {"documents": "data/nowhere"}})
    snapshot, problems = load_snapshot(project(), settings)
    assert [str(p) for p in problems] == ["data/nowhere: cannot be read: No such file or directory"]
    assert snapshot.documents == ()
    assert snapshot.left_out == ("data/nowhere",)
    assert len(snapshot.indicators) == 7


def test_odd_entries_of_a_folder_are_told_or_passed_over(project: Project) -> None:
    root = project()
    documents = root / "data/documents"
    (documents / ".hidden.yaml").write_text("[", encoding="utf-8")
    (documents / "notes.txt").write_text("[", encoding="utf-8")
    (documents / "folder.yaml").mkdir()
    (documents / "gone.yaml").symlink_to(documents / "nowhere")
    os.mkfifo(documents / "pipe.yaml")
    snapshot, problems = load_snapshot(root, Settings())
    assert [str(p) for p in problems] == [
        "data/documents/folder.yaml: expected a file, found a folder or device",
        "data/documents/gone.yaml: cannot be read: No such file or directory",
        "data/documents/pipe.yaml: expected a file, found a folder or device",
    ]
    assert len(snapshot.documents) == 1


def test_a_file_name_that_is_not_utf8_can_be_printed(project: Project) -> None:
    root = project()
    name = os.fsencode(root / "data/documents") + b"/\xb9\xfa.yaml"
    with open(name, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"")
    snapshot, problems = load_snapshot(root, Settings())
    assert [str(p) for p in problems] == ["data/documents/\\xb9\\xfa.yaml: the file is empty"]
    assert snapshot.left_out == ("data/documents/\\xb9\\xfa.yaml",)


def test_many_defects_are_counted_not_listed_for_ever(project: Project) -> None:
    root = project()
    (root / "data/documents/bad.yaml").write_text("claims:\n" + "- x\n" * 20_000, encoding="utf-8")
    start = time.process_time()
    _, problems = load_snapshot(root, Settings())
    assert time.process_time() - start < 3
    assert len(problems) == 101
    assert "data/documents/bad.yaml: … and 19907 further problems" in [str(p) for p in problems]


class TestDigest:
    def test_it_tells_content_names_and_borders_apart(self) -> None:
        versions = {
            digest(files)
            for files in (
                {},
                {"a": b""},
                {"a": b"x"},
                {"b": b"x"},
                {"a": b"x", "b": b""},
                {"a": b"", "b": b"x"},
                {"ab": b"x"},
            )
        }
        assert len(versions) == 7

    def test_order_does_not_matter(self) -> None:
        assert digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"})

    def test_place_does_not_matter_content_does(self, project: Project, tmp_path: Path) -> None:
        root = project()
        before = load_snapshot(root, Settings())[0].digest
        moved = root.rename(tmp_path / "elsewhere")
        assert load_snapshot(moved, Settings())[0].digest == before
        document = moved / "data/documents/example-2022-npc-1.yaml"
        document.write_text(document.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert load_snapshot(moved, Settings())[0].digest != before


class TestQuotesWhileLoading:
    """A false quote does not reach the reader, whether or not verify has run."""

    def test_a_new_quote_is_looked_up_where_the_original_is_at_hand(self, project: Project) -> None:
        root = project(invalid("quote_not_in_original"))
        settings = load_settings(root / "config.yaml", Problems())
        assert load(root, settings, "quick").snapshot.left_out == ("data/documents/bad.yaml",)
        assert load(root, settings, "none").snapshot.left_out == ()

    def test_without_the_original_the_record_decides(self, project: Project) -> None:
        root = project(invalid("quote_recorded_as_missing"))
        settings = load_settings(root / "config.yaml", Problems())
        assert load(root, settings).snapshot.left_out == ("data/documents/bad.yaml",)
        assert load(root, settings, "none").snapshot.left_out == ()

    def test_without_either_the_document_is_shown(self, project: Project) -> None:
        root = project(invalid("quote_not_in_original"))
        snapshot, problems = load_snapshot(root, Settings())
        assert snapshot.left_out == ()
        assert problems.errors() == []


def test_regions_with_bad_rows_keep_the_good_ones(project: Project) -> None:
    snapshot, problems = load_snapshot(project(invalid("regions_rows")), Settings())
    assert snapshot.regions["990121"].name == "山前县"
    assert "990124" not in snapshot.regions
    assert [line for line in snapshot.left_out if line.startswith("data/regions.csv:")] == [
        f"data/regions.csv:{line}" for line in (8, 9, 10, 13, 14)
    ]
    assert len(problems) == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "data/regions.csv: the file is empty"),
        (
            'code,name,level,parent\n000000,"全国,country,\n',
            "data/regions.csv: not valid CSV: unexpected end of data",
        ),
        (
            "code;name;level;parent\n",
            (
                "data/regions.csv:1: expected the columns code,name,level,parent,valid_from,"
                'valid_to, found "code;name;level;parent"'
            ),
        ),
    ],
)
def test_regions_that_cannot_be_read(project: Project, text: str, message: str) -> None:
    root = project()
    (root / "data/regions.csv").write_text(text, encoding="utf-8")
    snapshot, problems = load_snapshot(root, Settings())
    assert message in [str(p) for p in problems]
    assert snapshot.regions == {}
    assert snapshot.left_out[0] == "data/regions.csv"
    assert len(snapshot.indicators) == 7


def test_regions_with_a_byte_order_mark_and_without_optional_columns(project: Project) -> None:
    root = project()
    text = (root / "data/regions.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()]
    short = "\r\n".join(",".join(row[:4]) for row in rows)
    (root / "data/regions.csv").write_bytes(short.encode("utf-8-sig"))
    snapshot, problems = load_snapshot(root, Settings())
    assert [str(p) for p in problems] == []
    assert len(snapshot.regions) == 6
