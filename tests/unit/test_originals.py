"""The folder of the originals: free names, nothing replaced, nothing outside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indicators.core.errors import KnownProblem
from indicators.files.originals import free_name, keep

A, B = b"one reply", b"another reply"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_kept_once(tmp_path: Path) -> None:
    assert keep(tmp_path, "答复.txt", A) is True
    assert keep(tmp_path, "答复.txt", A) is False
    assert (tmp_path / "答复.txt").read_bytes() == A


def test_a_different_file_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    keep(tmp_path, "答复.txt", A)
    with pytest.raises(KnownProblem) as refused:
        keep(tmp_path, "答复.txt", B)
    assert str(refused.value) == "答复.txt: a different original of that name is already kept"
    assert (tmp_path / "答复.txt").read_bytes() == A


@pytest.mark.parametrize("name", ["../答复.txt", "a/b.txt", "/etc/x.txt"])
def test_nothing_is_written_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownProblem, match="expected a file name without a folder"):
        keep(tmp_path, name, A)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownProblem, match="cannot be written: No such file or directory"):
        keep(tmp_path / "nowhere", "a.txt", A)


def test_a_name_that_is_taken_gets_the_digest(tmp_path: Path) -> None:
    assert free_name("答复.docx", _sha(A), [], None) == "答复.docx"
    assert free_name("答复.docx", _sha(A), [], tmp_path) == "答复.docx"
    keep(tmp_path, "答复.docx", A)
    assert free_name("答复.docx", _sha(A), [], tmp_path) == "答复.docx"
    assert free_name("答复.docx", _sha(B), [], tmp_path) == f"答复-{_sha(B)[:8]}.docx"
