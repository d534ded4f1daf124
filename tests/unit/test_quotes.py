"""Quotes against originals: what is folded, what is found, what is recorded."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.errors import KnownProblem
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.verification import Verification, quote_digest
from indicators.files.atomic import write_atomic
from indicators.files.load import Loaded, load, load_settings
from indicators.files.quotes import (
    Original,
    compare,
    folded,
    has_original,
    load_verification,
    save_verification,
)
from tests.conftest import EXAMPLES

ROOT = Path(__file__).parents[2]
Project = Callable[..., Path]


@pytest.mark.parametrize(
    ("quote", "original"),
    [
        ("建档率达到93.05%", "全市建档率\n达到 93.05 ％，"),
        ("建档率达到９３.０５％", "建档率达到93.05%"),
        ("(一)甲,乙", "（一）甲，乙"),
        ("甲 乙", "甲\u3000\u00a0\u200b乙"),
        ("占比90.91%、17.27%", "占比90.91%、17.27%"),
        ("1—3个", "组建1—3个"),
        ("65%", "表1 65%"),
    ],
)
def test_white_space_and_full_width_forms_are_folded(quote: str, original: str) -> None:
    assert Original(original).states(quote)


@pytest.mark.parametrize(
    ("quote", "original"),
    [
        ("建档率达到93.05%", "建档率达到93.5%"),
        ("加强考核", "**加强**考核"),
        ("1", "①"),
        ("平方米", "㎡"),
        ("[2022]1号", "〔2022〕1号"),
        ("1-3个", "1—3个"),
        ("“甲”", '"甲"'),
        ("fi", "ﬁ"),
        ("", "甲"),
        (" \u3000", "甲 乙"),
    ],
)
def test_nothing_else_is_folded(quote: str, original: str) -> None:
    assert not Original(original).states(quote)


@pytest.mark.parametrize(
    ("quote", "original", "stands"),
    [
        ("5%", "65%", False),
        ("3.05%", "93.05%", False),
        ("05%", "93.05%", False),
        ("5%", "6.5%", False),
        ("达到6", "达到65%", False),
        ("达到93", "达到93.05%", False),
        ("达到93", "达到９３．０５％", False),
        ("达到93", "达到93。05年", True),
        ("达到93", "达到93。", True),
        ("达到93", "达到93.", True),
        ("5%", "65%，其中5%", True),
        ("5%", "2021年 5%", True),
        ("5%", "见附件1 5%", True),
    ],
)
def test_a_figure_is_never_cut(quote: str, original: str, stands: bool) -> None:
    assert Original(original).states(quote) is stands


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_every_part_that_cuts_no_figure_is_found(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if folded(part)[0] and not any(char.isdecimal() for char in text):
        assert Original(text).states(part)


def opened(root: Path) -> Loaded:
    return load(root, load_settings(root / "config.yaml", Problems()), "none")


def compared(
    root: Path, previous: Verification | None = None
) -> tuple[list[str], Loaded, dict[str, object]]:
    loaded, problems = opened(root), Problems()
    outcome = compare(
        loaded.documents, root / "originals", "2026-11-21", previous or Verification(), problems
    )
    path = root / "data/verification.json"
    save_verification(path, loaded.documents, outcome.records)
    return [str(p) for p in problems], loaded, json.loads(path.read_text(encoding="utf-8"))


class TestRecord:
    def test_what_is_recorded(self, project: Project) -> None:
        root = project()
        problems, loaded, record = compared(root)
        original = (root / "originals/reply.txt").read_bytes()
        assert problems == []
        assert record == {
            "documents": {
                "example-2022-npc-1": {
                    "claims": [
                        {
                            "claim": 1,
                            "found": True,
                            "quote_sha256": quote_digest("全市县域内就诊率达到88.5%"),
                        }
                    ],
                    "date": "2026-11-21",
                    "file": "reply.txt",
                    "sha256": hashlib.sha256(original).hexdigest(),
                    "sha256_ok": True,
                }
            }
        }
        verification = load_verification(root / "data/verification.json")
        assert verification.dates(loaded.snapshot) == {"example-2022-npc-1#1": "2026-11-21"}

    def test_the_same_result_is_the_same_file(self, project: Project) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        compared(root)
        before = (root / "data/verification.json").read_bytes()
        compared(root)
        assert (root / "data/verification.json").read_bytes() == before

    def test_a_changed_quote_is_no_longer_verified_a_moved_one_is(self, project: Project) -> None:
        root = project(EXAMPLES / "valid/every_kind")
        compared(root)
        path = root / "data/documents/example-2022-npc-1.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("quote: 山后县为86.0%", "quote: 为86.0%"), encoding="utf-8")
        verification = load_verification(root / "data/verification.json")
        document = opened(root).snapshot.documents[0]
        states = [verification.state(document, claim) for claim in document.claims]
        assert states == ["found", "unchecked", *["found"] * 5]
        moved = document.model_copy(update={"claims": document.claims[::-1]})
        assert verification.state(moved, moved.claims[0]) == "found"
        assert verification.verified_on(document, document.claims[1]) is None

    def test_another_original_makes_all_of_it_unverified(self, project: Project) -> None:
        root = project()
        _, loaded, _ = compared(root)
        verification = load_verification(root / "data/verification.json")
        document = loaded.snapshot.documents[0]
        source = document.source.model_copy(update={"sha256": "0" * 64})
        other = document.model_copy(update={"source": source})
        assert verification.state(other, other.claims[0]) == "unchecked"

    def test_a_missing_quote_is_recorded_as_missing(self, project: Project) -> None:
        root = project(EXAMPLES / "invalid/quote_not_in_original")
        problems, loaded, record = compared(root)
        assert problems == [
            (
                "data/documents/bad.yaml:15: claims[0].quote: expected words that stand in "
                'bad.txt, found "全市县域内就诊率达到98.5%"'
            ),
            (
                "data/documents/bad.yaml:21: claims[1].quote: expected words that stand in "
                'bad.txt, found "8.5%"'
            ),
        ]
        entry = record["documents"]["bad"]  # type: ignore[index]
        assert [claim["found"] for claim in entry["claims"]] == [False, False]
        verification = load_verification(root / "data/verification.json")
        bad = next(d for d in loaded.snapshot.documents if d.id == "bad")
        assert verification.state(bad, bad.claims[0]) == "missing"
        assert "bad#1" not in verification.dates(loaded.snapshot)

    def test_a_wrong_digest_is_told_and_verifies_nothing(self, project: Project) -> None:
        root = project(EXAMPLES / "invalid/wrong_digest")
        problems, loaded, record = compared(root)
        assert len(problems) == 1
        assert problems[0].startswith(
            "data/documents/bad.yaml:8: source.sha256: expected the digest of bad.txt ("
        )
        assert record["documents"]["bad"]["sha256_ok"] is False  # type: ignore[index]
        verification = load_verification(root / "data/verification.json")
        assert list(verification.dates(loaded.snapshot)) == ["example-2022-npc-1#1"]

    def test_an_absent_original_keeps_its_earlier_result(self, project: Project) -> None:
        root = project()
        _, _, before = compared(root)
        previous = load_verification(root / "data/verification.json")
        (root / "originals/reply.txt").unlink()
        problems, _, after = compared(root, previous)
        assert after == before
        assert problems == [
            (
                'data/documents/example-2022-npc-1.yaml:8: source.file: the original "reply.txt" '
                "is not in the sources folder; the result of 2026-11-21 stands"
            )
        ]

    def test_an_absent_original_never_compared_is_an_error(self, project: Project) -> None:
        root = project()
        (root / "originals/reply.txt").unlink()
        problems, _, record = compared(root)
        assert record == {"documents": {}}
        assert problems == [
            (
                'data/documents/example-2022-npc-1.yaml:8: source.file: the original "reply.txt" '
                "is not in the sources folder and was never compared"
            )
        ]

    def test_an_original_without_text_is_told(self, project: Project) -> None:
        root = project()
        data = b"\xff\xff"
        (root / "originals/reply.txt").write_bytes(data)
        path = root / "data/documents/example-2022-npc-1.yaml"
        text = path.read_text(encoding="utf-8")
        start = text.index("sha256: ") + 8
        digest = hashlib.sha256(data).hexdigest()
        path.write_text(text[:start] + digest + text[start + 64 :], encoding="utf-8")
        assert compared(root)[0] == [
            (
                'data/documents/example-2022-npc-1.yaml:8: source.file: the original "reply.txt" '
                "cannot be read: neither UTF-8 nor GB18030"
            )
        ]


class TestDamagedRecord:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "record.json: not valid JSON: EOF while parsing a value at line 1 column 0"),
            ("[]", "record.json: expected a mapping of fields, found a list"),
            ('{"documents": 3}', 'record.json: documents: expected a mapping of fields, found "3"'),
        ],
    )
    def test_it_counts_as_none_and_is_told(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "record.json"
        path.write_text(text, encoding="utf-8")
        problems = Problems()
        assert load_verification(path, None, problems) == Verification()
        assert [str(p) for p in problems] == [f"{message}; run verify again"]

    def test_no_record_is_no_problem(self, tmp_path: Path) -> None:
        problems = Problems()
        assert load_verification(tmp_path / "none.json", None, problems) == Verification()
        assert len(problems) == 0


def test_an_original_outside_the_folder_is_never_opened(project: Project, tmp_path: Path) -> None:
    root = project()
    document = opened(root).snapshot.documents[0]
    (root / "secret.txt").write_text("x", encoding="utf-8")
    for name in ("../secret.txt", str(root / "secret.txt")):
        source = document.source.model_copy(update={"file": name})
        outside = document.model_copy(update={"source": source})
        assert not has_original(outside, root / "originals")


class TestAtomicWriting:
    def test_it_replaces_whole_and_leaves_nothing_else(self, tmp_path: Path) -> None:
        path = tmp_path / "记录.json"
        write_atomic(path, b"one")
        path.chmod(0o600)
        write_atomic(path, b"two")
        assert path.read_bytes() == b"two"
        assert path.stat().st_mode & 0o777 == 0o600
        assert [entry.name for entry in tmp_path.iterdir()] == ["记录.json"]

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_bytes(b"one")
        (tmp_path / "link").symlink_to("real")
        write_atomic(tmp_path / "link", b"two")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_bytes() == b"two"

    def test_a_folder_in_the_way_is_a_known_problem(self, tmp_path: Path) -> None:
        (tmp_path / "x").mkdir()
        with pytest.raises(KnownProblem, match="x: cannot be written: Is a directory"):
            write_atomic(tmp_path / "x", b"")
        assert [entry.name for entry in tmp_path.iterdir()] == ["x"]

    def test_a_missing_folder_is_a_known_problem(self, tmp_path: Path) -> None:
        with pytest.raises(KnownProblem, match="cannot be written: No such file or directory"):
            write_atomic(tmp_path / "no" / "x", b"")


def test_every_shipped_quote_stands_in_its_original() -> None:
    folder = os.environ.get("INDICATORS_SOURCES")
    if not folder:
        pytest.skip("INDICATORS_SOURCES does not name the folder of the originals")
    loaded, problems = load(ROOT, Settings(), "none"), Problems()
    outcome = compare(loaded.documents, Path(folder), "2026-11-21", Verification(), problems)
    assert [str(p) for p in problems] == []
    assert outcome.missing == outcome.absent == 0
    assert outcome.found == sum(len(d.claims) for d in loaded.snapshot.documents)


def test_the_shipped_record_knows_every_shipped_quote() -> None:
    snapshot = load(ROOT, Settings(), "none").snapshot
    verification = load_verification(ROOT / "data/verification.json")
    count = sum(len(document.claims) for document in snapshot.documents)
    assert len(verification.dates(snapshot)) == count
