"""Crashes, rivals and failing disks: no torn file, no lost edit, no figure without its entry."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicators.core.errors import KnownProblem
from indicators.files import audit
from indicators.files.audit import AuditLog, digest, verify
from indicators.files.operations import AddClaim, ChangeClaim, Edit
from indicators.files.write import StaleEdit, Store
from tests.support.installation import CLAIM, store

NAME = "yunjiang-2022"
STEPS = ("observed", "temp written", "intent logged", "renamed", "committed")


def in_child(work: Callable[[], None]) -> int:
    """Run ``work`` in a forked process; its id. A failure there ends it with status 1."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """Wait for a child: 0, its exit status, or the negative signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def edited(box: Store, value: int) -> Edit:
    """An edit of claim 1 to a value that no other edit has."""
    base = box.open(NAME)
    text = f"{value // 100}.{value % 100:02d}"
    fields = {"value": text, "quote": f"建档率达到{text}%"}
    return Edit(base, [ChangeClaim(1, fields, "更正")])


def assert_whole(box: Store) -> None:
    """Every document reads, and stands in the log as it is."""
    log = AuditLog(box.log.path)
    entries = list(log.entries())
    known = {entry["new"] for entry in entries if entry["state"] in ("observed", "intent")}
    for path in box.folder.glob("*.yaml"):
        assert not box.vetting.problems(path.name, path.read_text("utf-8")).errors()
        assert not entries or digest(path.read_bytes()) in known
    assert verify(log, box.folder).problems == ()


@pytest.mark.parametrize("step", STEPS)
def test_kill_at_each_step(tmp_path: Path, step: str) -> None:
    box = store(tmp_path)

    def kill(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        box.step = kill
        box.save(edited(box, 5000), by="chen")

    assert ended(in_child(work)) == -signal.SIGKILL
    done = "50.00" in (box.folder / f"{NAME}.yaml").read_text("utf-8")
    assert done == (step in ("renamed", "committed"))
    assert_whole(box)
    box.recover()
    assert ("50.00" in box.open(NAME).text) == (step in ("intent logged", "renamed", "committed"))
    assert verify(box.log, box.folder).notices == ()
    assert sorted(path.name for path in box.folder.iterdir()) == [f"{NAME}.yaml"]
    box.save(edited(box, 5100), by="chen")
    assert_whole(box)


def test_kill_at_random_moments(tmp_path: Path) -> None:
    box, source = store(tmp_path), random.Random(3)
    for run in range(40):

        def work(run: int = run) -> None:
            for number in range(1000):
                box.save(edited(box, run * 200 + number), by="chen")

        child = in_child(work)
        time.sleep(source.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL
        assert_whole(box)
    box.save(edited(box, 1), by="chen")
    assert_whole(box)


def test_a_torn_last_line_is_cut_off(tmp_path: Path) -> None:
    box = store(tmp_path)
    box.save(edited(box, 5000), by="chen")
    with box.log.path.open("ab") as file:
        file.write(b'{"changes":[{"aft')
    assert verify(box.log, box.folder).notices == (
        "the last line is unfinished; the next save removes it",
    )
    box.save(edited(box, 5100), by="chen")
    assert verify(box.log, box.folder).notices == ()
    assert_whole(box)


def test_a_document_changed_after_a_crash_is_not_overwritten(tmp_path: Path) -> None:
    box = store(tmp_path)

    def work() -> None:
        box.step = lambda name: os._exit(9) if name == "intent logged" else None
        box.save(edited(box, 5000), by="chen")

    assert ended(in_child(work)) == 9
    path = box.folder / f"{NAME}.yaml"
    by_hand = path.read_text("utf-8") + "# 手工\n"
    path.write_text(by_hand, "utf-8")
    box.recover()
    assert path.read_text("utf-8") == by_hand
    assert [entry["state"] for entry in box.log.entries()][-1] == "abort"


def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    """Each retries a stale edit on the fresh document, as a person would."""
    box, each = store(tmp_path), 6

    def write(writer: int) -> None:
        for number in range(each):
            period = str(1950 + writer * each + number)
            claim = {**CLAIM, "period": period, "value": "1.5", "quote": f"{period}年1.5‰"}
            while True:
                try:
                    box.save(Edit(box.open(NAME), [AddClaim(claim)]), by=f"w{writer}")
                    break
                except StaleEdit:
                    continue

    children = [in_child(lambda w=writer: write(w)) for writer in range(8)]
    assert [ended(child) for child in children] == [0] * 8
    periods = {claim["period"] for claim in box.open(NAME).claims}
    assert periods >= {str(1950 + number) for number in range(8 * each)}
    assert_whole(box)


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """A file-size limit makes every write fail as a full disk does, half-way."""
    box = store(tmp_path)
    box.save(edited(box, 5000), by="chen")
    before = (box.folder / f"{NAME}.yaml").read_bytes()
    log = box.log.path.read_bytes()

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(log) + 100, len(log) + 100))
        try:
            box.save(edited(box, 5100), by="chen")
        except KnownProblem as problem:
            expected = (
                "data: nothing was saved, the folder cannot be written: File too large; "
                "free some space and save again"
            )
            os._exit(7 if str(problem) == expected else 8)

    assert ended(in_child(work)) == 7
    assert (box.folder / f"{NAME}.yaml").read_bytes() == before
    assert box.log.path.read_bytes() == log
    assert [path.name for path in box.folder.iterdir()] == [f"{NAME}.yaml"]
    box.save(edited(box, 5200), by="chen")
    assert_whole(box)


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_no_space_at_any_log_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Entries 1 to 3 of a first save are observed, intent and commit."""
    box, calls, real = store(tmp_path), [0], os.fsync

    def full(handle: int) -> None:
        calls[0] += str(Path(f"/proc/self/fd/{handle}").readlink()).endswith("audit.jsonl")
        if calls[0] == failing:
            calls[0] += 100
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(audit.os, "fsync", full)
    if failing < 3:
        with pytest.raises(KnownProblem, match="No space left on device; free some space"):
            box.save(edited(box, 5000), by="chen")
        assert "93.05" in box.open(NAME).text
    else:
        saved = box.save(edited(box, 5000), by="chen")
        assert saved.notes[0].startswith("saved; the log's closing entry follows")
    assert [path.name for path in box.folder.iterdir()] == [f"{NAME}.yaml"]
    assert_whole(box)
    box.save(edited(box, 5100), by="chen")
    assert_whole(box)


def test_a_failing_rename_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = store(tmp_path)

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    edit = edited(box, 5000)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(KnownProblem, match="Input/output error"):
            box.save(edit, by="chen")
    assert [entry["state"] for entry in box.log.entries()] == ["observed", "intent", "abort"]
    box.recover()
    assert "93.05" in box.open(NAME).text
    assert_whole(box)


def _as_nobody(work: Callable[[], None]) -> int:
    """In a child without the superuser's rights, if this is the superuser."""

    def lowered() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        work()

    return ended(in_child(lowered))


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own is closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_folder_is_said_plainly(public_folder: Path) -> None:
    box = store(public_folder)
    for folder in (box.root / "data", box.folder):
        folder.chmod(0o555)

    def work() -> None:
        try:
            box.save(edited(box, 5000), by="chen")
        except KnownProblem as problem:
            expected = (
                "data: nothing was saved, the folder cannot be written: Permission denied; "
                "ask for write permission"
            )
            os._exit(7 if str(problem) == expected else 8)

    assert _as_nobody(work) == 7
    for folder in (box.root / "data", box.folder):
        folder.chmod(0o755)
    assert "93.05" in box.open(NAME).text
    assert not box.log.path.exists()
