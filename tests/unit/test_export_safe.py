"""Cleaning of text and whole-or-nothing folders."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.errors import KnownProblem
from indicators.export.safe import (
    CELL_LIMIT,
    MARK,
    Losses,
    cell,
    clean,
    file_name,
    is_trigger,
    neutral,
    plain,
    swapped_folder,
    units_utf16,
)


@pytest.mark.parametrize("start", list("=+-@＝＋－＠﹢﹣﹦﹫\t\r\n"))
def test_every_trigger_is_escaped_and_comes_back(start: str) -> None:
    text = start + "1+1"
    assert neutral(text) == "'" + text
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", [" =1", "\u3000＝1", "'=1", "''@x", " \t+1"])
def test_blanks_and_apostrophes_do_not_hide_a_trigger(text: str) -> None:
    assert is_trigger(text)
    assert neutral(text) == "'" + text
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", ["县域内就诊率", "65%", "'quoted'", "a=b", "1-2", ""])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text
    assert plain(text) == text


@given(st.text())
def test_neutral_is_reversible_and_never_starts_with_a_trigger(text: str) -> None:
    kept = clean(text)
    assert plain(neutral(kept)) == kept
    assert neutral(kept)[:1] not in tuple("=+-@＝＋－＠\t\r\n")


@given(st.text(st.characters(), max_size=300))
def test_clean_text_can_stand_in_every_file(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in kept)
    assert not any(0xD800 <= ord(c) <= 0xDFFF or 0x202A <= ord(c) <= 0x202E for c in kept)
    assert clean(kept) == kept


def test_what_is_removed_is_counted() -> None:
    losses = Losses()
    assert clean("a\x00b\u202ec\ud800d\r\ne", losses) == "abcd\ne"
    assert losses.removed == 3


def test_a_long_text_is_cut_at_the_limit_and_noted() -> None:
    losses = Losses()
    kept = cell("长" * 40_000, "观测值!O5", losses)
    assert units_utf16(kept) == CELL_LIMIT
    assert kept.endswith("…")
    assert losses.cut == [("观测值!O5", 40_000, 32_766)]


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    losses = Losses()
    kept = cell("𠀀" * 20_000, "x", losses)
    assert units_utf16(kept) <= CELL_LIMIT
    assert losses.cut[0][1] == 40_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("益阳市/2022年: 通报", "益阳市_2022年_通报"),
        ("../../etc/passwd", "etc_passwd"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("", "export"),
        ("...", "export"),
        ("a\x00b\u202e", "ab"),
    ],
)
def test_file_names(text: str, expected: str) -> None:
    assert file_name(text) == expected


def test_a_long_chinese_name_fits_every_file_system() -> None:
    name = file_name("指标" * 200, ".docx")
    assert len(name.encode()) <= 185
    assert name.endswith(".docx")


def test_a_folder_is_swapped_in_whole(tmp_path: Path) -> None:
    target = tmp_path / "站点"
    with swapped_folder(target) as folder:
        (folder / "one").write_text("1", encoding="utf-8")
        assert not target.exists()
    assert sorted(p.name for p in target.iterdir()) == [MARK, "one"]
    with swapped_folder(target) as folder:
        (folder / "two").write_text("2", encoding="utf-8")
    assert sorted(p.name for p in target.iterdir()) == [MARK, "two"]
    assert [p.name for p in tmp_path.iterdir()] == ["站点"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with swapped_folder(target) as folder:
        (folder / "one").write_text("1", encoding="utf-8")

    def fail() -> None:
        with swapped_folder(target) as folder:
            (folder / "half").write_text("?", encoding="utf-8")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert (target / "one").read_text(encoding="utf-8") == "1"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_full_disk_is_a_known_problem(tmp_path: Path) -> None:
    target = tmp_path / "site"
    message = "cannot be written: No space left on device"
    with pytest.raises(KnownProblem, match=message), swapped_folder(target):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    message = "the folder holds files that publish did not write; choose an empty one"
    with pytest.raises(KnownProblem, match=message), swapped_folder(tmp_path):
        pass
    assert (tmp_path / "mine.txt").exists()


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.write_text("x", encoding="utf-8")
    with pytest.raises(KnownProblem, match="exists and is not a folder"), swapped_folder(target):
        pass


def test_a_published_folder_is_readable_by_others(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with swapped_folder(target):
        pass
    assert target.stat().st_mode & stat.S_IRUSR
    assert target.stat().st_mode & stat.S_IXUSR
