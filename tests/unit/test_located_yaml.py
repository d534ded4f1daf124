"""Strict YAML: what comes out, what is refused, and on which line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indicators.core.problem import Problems
from indicators.core.wording import key_path
from indicators.files.located_yaml import (
    MAX_BYTES,
    MAX_PROBLEMS,
    Located,
    parse_located,
    read_located,
)


def parsed(text: str | bytes) -> tuple[Located | None, list[str]]:
    problems = Problems()
    data = text if isinstance(text, bytes) else text.encode()
    return parse_located(data, "f.yaml", problems), [str(problem) for problem in problems]


def values(text: str) -> object:
    located, problems = parsed(text)
    assert problems == []
    assert located is not None
    return located.value


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "true",
        "010",
        "0x1f",
        "1_000",
        "1:30",
        "12:30:45",
        "1e3",
        "2022-05-30",
        "2022-5-3",
        ".nan",
        ".inf",
        "-.5",
        "001",
        "110000",
        "９３.０５",
        "Null",
        "NULL",
        "98.5%",
        "=",
        "y",
        "n",
        "九成",
    ],
)
def test_scalars_stay_the_text_they_are_written_as(word: str) -> None:
    assert values(f"a: {word}") == {"a": word}


@pytest.mark.parametrize("nothing", ["", " ~", " null", " # nothing"])
def test_only_bare_null_tilde_and_nothing_mean_nothing(nothing: str) -> None:
    assert values(f"a:{nothing}") == {"a": None}


def test_quoted_null_is_text() -> None:
    assert values('a: "null"\nb: "~"\nc: ""') == {"a": "null", "b": "~", "c": ""}


def test_keys_stay_text_too() -> None:
    assert values("no: 1\n010: 2\nnull: 3") == {"no": "1", "010": "2", "null": "3"}


def test_lines_of_keys_items_and_the_nearest_part_above() -> None:
    located, _ = parsed(
        "id: x\nclaims:\n  - value: 1\n    quote: >\n      甲\n      乙\n  - {value: 2}\n"
    )
    assert located is not None
    assert located.line(("id",)) == 1
    assert located.line(("claims",)) == 2
    assert located.line(("claims", 0)) == 3
    assert located.line(("claims", 0, "quote")) == 4
    assert located.line(("claims", 1, "value")) == 7
    assert located.line(("claims", 1, "unit")) == 7
    assert located.line(("claims", 5, "unit")) == 2
    assert located.line(()) == 1
    assert Located("f.yaml", None).line(("a",)) is None


def test_key_path_words() -> None:
    assert key_path(("claims", 3, "value")) == "claims[3].value"
    assert key_path(()) == ""


def test_byte_order_mark_is_tolerated() -> None:
    assert values("\ufeffa: 1") == {"a": "1"}


def test_duplicate_key_names_both_lines() -> None:
    _, problems = parsed('a: 1\nb: {c: 1, d: 2,\n  "c": 3}\na: 4\n')
    assert problems == [
        'f.yaml:3: b.c: duplicate key "c"; first used on line 2',
        'f.yaml:4: a: duplicate key "a"; first used on line 1',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1", "f.yaml:1: a: an anchor (&x) is not allowed"),
        ("a: 1\nb: *x", "f.yaml:2: b: an alias (*x) is not allowed"),
        ("a: !!int 3", "f.yaml:1: a: a tag (tag:yaml.org,2002:int) is not allowed"),
        ("a: ! 3", "f.yaml:1: a: a tag (!) is not allowed"),
        ("!x a: 3", "f.yaml:1: a tag (!x) is not allowed"),
        ("x: 1\n<<: {a: 1}", "f.yaml:2: a merge key (<<) is not allowed"),
        ("%YAML 1.2\n---\na: 1", "f.yaml:1: a % directive is not allowed"),
        ("a: 1\n---\nb: 2", "f.yaml:2: expected one YAML document, found a second"),
        ("? [a]\n: b", "f.yaml:1: expected a name before the colon"),
        ('"": b', "f.yaml:1: expected a name before the colon"),
        ("", "f.yaml: the file is empty"),
        (" \n\t\n", "f.yaml: the file is empty"),
        ("# only a comment\n", "f.yaml: the file is empty"),
        ("null", "f.yaml: the file is empty"),
        ("a: 1\nb: \x07", "f.yaml:2: control or invisible character U+0007 is not allowed"),
        ('a: 1\nb: "\\0"', "f.yaml:2: b: control or invisible character U+0000 is not allowed"),
        ("a: x\u2028b: y", "f.yaml:1: control or invisible character U+2028 is not allowed"),
        ("a: x\x85b: y", "f.yaml:1: control or invisible character U+0085 is not allowed"),
        (
            "a: 1\nb: c: d",
            (
                "f.yaml:2: not valid YAML: mapping values are not allowed in this context "
                '(put quotes around a text that contains ": ")'
            ),
        ),
        (
            "a: %",
            (
                "f.yaml:1: not valid YAML: while scanning for the next token, found character that "
                'cannot start any token (put quotes around a text that starts with "%")'
            ),
        ),
    ],
)
def test_refusals(text: str, message: str) -> None:
    located, problems = parsed(text)
    assert located is None
    assert problems == [message]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: \xb9\xfa", "f.yaml:1: not UTF-8 (byte 0xb9 at offset 3)"),
        (b"\xef\xbb\xbfa: 1\nb: \xff", "f.yaml:2: not UTF-8 (byte 0xff at offset 11)"),
        (b"a: \xed\xa0\x80", "f.yaml:1: not UTF-8 (byte 0xed at offset 3)"),
        ("a: 1".encode("utf-16"), "f.yaml:1: not UTF-8 (byte 0xff at offset 0)"),
    ],
)
def test_other_encodings(data: bytes, message: str) -> None:
    assert parsed(data) == (None, [message])


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[\n", "{? "])
def test_deep_nesting_ends_in_a_message_not_in_a_crash(opening: str) -> None:
    located, problems = parsed(opening * 100_000)
    assert located is None
    assert len(problems) == 1


def test_twenty_levels_are_read_and_twenty_one_are_not() -> None:
    assert values("[" * 20 + "]" * 20) is not None
    _, problems = parsed("[" * 21 + "]" * 21)
    assert problems == ["f.yaml:1: expected at most 20 levels, found more"]


def test_all_refusals_of_a_file_in_one_run_but_not_endlessly() -> None:
    _, problems = parsed("a: &a 1\n" + "".join(f"k{i}: *a\n" for i in range(5_000)))
    assert len(problems) == MAX_PROBLEMS


def test_the_same_collector_can_be_used_twice() -> None:
    problems = Problems()
    assert parse_located(b"a: &x 1", "f.yaml", problems) is None
    assert parse_located(b"a: &x 1", "f.yaml", problems) is None
    assert len(problems) == 1


def test_long_keys_do_not_flood_the_message() -> None:
    key = "k" * 900
    _, problems = parsed(f"{key}: 1\n{key}: 2\n")
    short = "k" * 60 + "…"
    assert problems == [f'f.yaml:2: {short}: duplicate key "{short}"; first used on line 1']


class TestFiles:
    def read(self, path: Path) -> list[str]:
        problems = Problems()
        located, _ = read_located(path, path.name, problems)
        assert located is None
        return [str(problem) for problem in problems]

    def test_missing(self, tmp_path: Path) -> None:
        assert self.read(tmp_path / "x.yaml") == [
            "x.yaml: cannot be read: No such file or directory"
        ]

    def test_folder(self, tmp_path: Path) -> None:
        assert self.read(tmp_path) == [
            f"{tmp_path.name}: expected a file, found a folder or device"
        ]

    def test_pipe_does_not_block(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "x.yaml")
        assert self.read(tmp_path / "x.yaml") == [
            "x.yaml: expected a file, found a folder or device"
        ]

    def test_dangling_link(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").symlink_to(tmp_path / "nowhere")
        assert self.read(tmp_path / "x.yaml") == [
            "x.yaml: cannot be read: No such file or directory"
        ]

    def test_more_than_a_megabyte(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").write_bytes(b"a: " + b"x" * MAX_BYTES)
        assert self.read(tmp_path / "x.yaml") == [
            "x.yaml: expected at most 1,000,000 bytes, found more"
        ]

    def test_a_link_to_a_sound_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "real.yaml").write_text("a: 1", encoding="utf-8")
        (tmp_path / "x.yaml").symlink_to(tmp_path / "real.yaml")
        problems = Problems()
        located, data = read_located(tmp_path / "x.yaml", "x.yaml", problems)
        assert located is not None
        assert located.value == {"a": "1"}
        assert data == b"a: 1"
        assert len(problems) == 0
