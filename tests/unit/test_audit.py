"""The audit log: what it says, that tampering shows, and the documents as known on a date."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indicators.core.errors import KnownProblem
from indicators.files.audit import AuditDamagedError, AuditLog, canonical, digest, verify
from indicators.files.history import apply_patch, documents_as_of, make_patch
from indicators.files.operations import AddClaim, ChangeClaim, Edit, WithdrawClaim
from indicators.files.write import Store
from tests.support.installation import CLAIM, store

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def _claim(number: int) -> dict[str, str]:
    return {
        **CLAIM,
        "period": str(2000 + number),
        "value": f"{number}.5",
        "quote": f"为{number}.5‰",
    }


@pytest.fixture
def box(tmp_path: Path) -> Store:
    """Ten saves, one a day."""
    box = store(tmp_path)
    for day in range(1, 11):
        box.clock = lambda day=day: START + timedelta(days=day)
        box.save(Edit(box.open("yunjiang-2022"), [AddClaim(_claim(day))]), by="chen")
    return box


def test_an_entry_says_who_when_what_before_after_and_why(tmp_path: Path) -> None:
    box = store(tmp_path)
    box.clock = lambda: START
    base = box.open("yunjiang-2022")
    fields = {"value": "93.50", "quote": "建档率达到93.50%"}
    saved = box.save(Edit(base, [ChangeClaim(1, fields, "看错")]), by="chen@example.cn")
    observed, intent, commit = box.log.entries()
    assert (observed["state"], observed["new"]) == ("observed", base.digest)
    assert intent == saved.entry
    assert {key: intent[key] for key in ("state", "who", "when", "file", "document", "base")} == {
        "state": "intent",
        "who": "chen@example.cn",
        "when": "2026-03-01T09:00:00.000000Z",
        "file": "yunjiang-2022.yaml",
        "document": "yunjiang-2022",
        "base": base.digest,
    }
    assert intent["new"] == digest((box.folder / "yunjiang-2022.yaml").read_bytes())
    assert intent["changes"][0]["before"]["value"] == "93.05"
    assert intent["changes"][0]["after"]["value"] == "93.50"
    assert intent["changes"][0]["reason"] == "看错"
    assert (commit["state"], commit["of"], commit["prev_hash"]) == ("commit", 2, intent["hash"])


def test_a_sound_log_verifies(box: Store) -> None:
    report = verify(box.log, box.folder)
    assert (report.entries, report.saves, report.problems, report.notices) == (21, 10, (), ())
    assert verify(box.log, box.folder, head=report.head).problems == ()


def _tampered(data: bytes, source: random.Random) -> bytes:
    """One change of any kind to a log; the last line may be hit too."""
    lines = data.splitlines(keepends=True)
    at = source.randrange(len(lines))
    kind = source.randrange(5)
    if kind == 0:  # one bit
        place = source.randrange(len(data) - 1)
        return data[:place] + bytes([data[place] ^ (1 << source.randrange(7))]) + data[place + 1 :]
    if kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(at, lines[source.randrange(len(lines))])
    elif kind == 3:  # a value changed and the entry's own hash made to fit
        entry = json.loads(lines[at])
        entry["when"] = entry["when"].replace("2026", "2025")
        entry["hash"] = digest(canonical({k: v for k, v in entry.items() if k != "hash"}))
        lines[at] = canonical(entry).encode() + b"\n"
    else:
        other = (at + 1) % len(lines)
        lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


def test_one_hundred_tampered_logs_are_detected(box: Store) -> None:
    head = verify(box.log, box.folder).head
    original, source = box.log.path.read_bytes(), random.Random(7)
    for _ in range(100):
        box.log.path.write_bytes(_tampered(original, source))
        report = verify(AuditLog(box.log.path), box.folder, head=head)
        assert report.problems or report.notices


def test_a_cut_log_is_betrayed_by_the_documents(box: Store) -> None:
    lines = box.log.path.read_bytes().splitlines(keepends=True)
    box.log.path.write_bytes(b"".join(lines[:-2]))
    report = verify(AuditLog(box.log.path), box.folder)
    assert report.problems == (
        "yunjiang-2022.yaml: changed outside the program since the last entry",
    )


def test_a_damaged_log_names_its_line_and_stops_saving(box: Store) -> None:
    data = box.log.path.read_text("utf-8")
    box.log.path.write_text(data.replace("3.5‰", "4.5‰", 1), "utf-8")
    fresh = Store(box.root, box.settings)
    report = verify(fresh.log, fresh.folder)
    assert report.problems == (
        (
            "data/audit.jsonl:6: the entry was changed: its hash does not fit; "
            "the audit log is damaged, nothing is saved"
        ),
    )
    before = (box.folder / "yunjiang-2022.yaml").read_bytes()
    with pytest.raises(AuditDamagedError):
        fresh.save(Edit(fresh.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen")
    assert (box.folder / "yunjiang-2022.yaml").read_bytes() == before


def test_a_change_outside_the_program_is_reported_then_recorded(box: Store) -> None:
    path = box.folder / "yunjiang-2022.yaml"
    path.write_text(path.read_text("utf-8") + "# 手工备注\n", "utf-8")
    assert verify(box.log, box.folder).problems == (
        "yunjiang-2022.yaml: changed outside the program since the last entry",
    )
    box.save(Edit(box.open("yunjiang-2022"), [WithdrawClaim(3, "误录")]), by="chen")
    assert verify(box.log, box.folder).problems == ()
    assert [e["state"] for e in box.log.entries()][-3:] == ["observed", "intent", "commit"]


def test_a_removed_document_is_reported(box: Store) -> None:
    (box.folder / "yunjiang-2022.yaml").unlink()
    assert verify(box.log, box.folder).problems == (
        "yunjiang-2022.yaml: the log knows it, the folder does not",
    )


def test_the_clock_never_runs_backwards_in_the_log(box: Store) -> None:
    box.clock = lambda: START
    box.save(Edit(box.open("yunjiang-2022"), [WithdrawClaim(3, "误录")]), by="chen")
    whens = [entry["when"] for entry in box.log.entries()]
    assert whens == sorted(whens)


def test_documents_as_known_on_each_date(box: Store) -> None:
    """Day n of the fixture ends with 2 + n claims; 16:00 UTC is the next day in China."""
    for day in range(11):
        texts = documents_as_of(box.log, box.folder, date(2026, 3, 1) + timedelta(days=day))
        assert texts["yunjiang-2022.yaml"].count("- indicator:") == 2 + day
    now = documents_as_of(box.log, box.folder, date(2026, 11, 21))
    assert now["yunjiang-2022.yaml"] == (box.folder / "yunjiang-2022.yaml").read_text("utf-8")
    early = documents_as_of(box.log, box.folder, date(2020, 1, 1))
    assert early["yunjiang-2022.yaml"].count("- indicator:") == 2


def test_a_day_ends_at_midnight_in_china(tmp_path: Path) -> None:
    box = store(tmp_path)
    box.clock = lambda: datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 00:30 on 2 March in China
    box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen")
    first = documents_as_of(box.log, box.folder, date(2026, 3, 1))["yunjiang-2022.yaml"]
    second = documents_as_of(box.log, box.folder, date(2026, 3, 2))["yunjiang-2022.yaml"]
    assert (first.count("- indicator:"), second.count("- indicator:")) == (2, 3)


def test_documents_made_later_are_absent_and_unlogged_ones_present(tmp_path: Path) -> None:
    box = store(tmp_path, ("a-1", "b-2"))
    box.clock = lambda: START
    meta = {
        "id": "c-3",
        "title": "报告",
        "kind": "bulletin",
        "issuer": "甲",
        "region": "990200",
        "dated": "2024",
        "source": {"file": "c.txt", "sha256": "c" * 64},
    }
    box.save(Edit(box.new("c-3"), [], meta), by="chen")
    assert sorted(documents_as_of(box.log, box.folder, date(2026, 2, 28))) == [
        "a-1.yaml",
        "b-2.yaml",
    ]
    assert sorted(documents_as_of(box.log, box.folder, date(2026, 3, 1))) == [
        "a-1.yaml",
        "b-2.yaml",
        "c-3.yaml",
    ]


def test_a_text_that_cannot_be_rebuilt_is_refused(box: Store) -> None:
    """A forged log whose hashes fit still cannot show a text with another digest."""
    previous, lines = "0" * 64, []
    for entry in [json.loads(line) for line in box.log.path.read_text("utf-8").splitlines()]:
        if entry["seq"] == 4:
            entry["patch"]["lines"][0] = "forged"
        entry["prev_hash"] = previous
        entry["hash"] = digest(canonical({k: v for k, v in entry.items() if k != "hash"}))
        previous = entry["hash"]
        lines.append(canonical(entry) + "\n")
    box.log.path.write_text("".join(lines), "utf-8")
    log = AuditLog(box.log.path)
    with pytest.raises(KnownProblem, match="the text of entry 4 cannot be rebuilt"):
        documents_as_of(log, box.folder, date(2026, 12, 1))
    head = json.loads(lines[-1])["hash"]
    assert verify(log, box.folder, head="f" * 64).problems == (
        "audit.jsonl: the noted hash ffffffffffff… does not stand in the log",
    )
    assert verify(log, box.folder, head=head).problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "a\nb\n"),
        ("a\nb\n", ""),
        ("a\nb\nc\n", "a\nx\nc\n"),
        ("a\na\na\n", "a\na\n"),
        ("a", "a\n"),
        ("a\nb", "b\na"),
        ("a\r\nb\r\n", "a\r\nc\r\nb\r\n"),
    ],
)
def test_a_patch_turns_the_old_text_into_the_new(old: str, new: str) -> None:
    assert apply_patch(old, make_patch(old, new)) == new
    assert apply_patch(new, make_patch(new, old)) == old


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"no json\n", "audit.jsonl:1: the line is not JSON"),
        (b"[]\n", "audit.jsonl:1: the line is not an entry"),
        (b"{ }\n", "audit.jsonl:1: the line is not written as the program writes it"),
        (b"{}\n", "audit.jsonl:1: the entry was changed"),
    ],
)
def test_lines_that_are_no_entries(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "audit.jsonl"
    path.write_bytes(line)
    with pytest.raises(AuditDamagedError, match=message):
        list(AuditLog(path).entries())


def test_an_empty_installation_verifies(tmp_path: Path) -> None:
    box = store(tmp_path)
    report = verify(box.log, box.folder)
    assert (report.entries, report.head, report.problems) == (0, "0" * 64, ())
