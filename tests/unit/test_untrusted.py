"""Files from outside: every bomb, entity file and disguise is refused, quickly and by name."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from indicators.core.errors import KnownProblem
from indicators.files import sandbox
from indicators.files.extract import extract_text
from indicators.files.refusals import REASONS, FileRefused, place_text
from indicators.files.sandbox import parse
from indicators.files.untrusted import decode
from tests.unit import hostile

_BOMBS = hostile.bombs()
_ENTITIES = hostile.entity_files()
_SUFFIXES = ".csv .docx .htm .html .parquet .pdf .text .txt .xlsx .yaml .yml"
_MAGIC = (
    "whole file: the content is not a {0} file (it looks like {1}); save it as {0} and try again"
)
_CONTROL = "it holds the control character U+0000: this is not text"


def _refuse(path: Path) -> FileRefused:
    task: sandbox.Task = "table" if path.suffix in (".csv", ".xlsx") else "text"
    with pytest.raises(FileRefused) as caught:
        parse(task, path)
    assert str(caught.value).startswith(f"{path.name}: ")
    return caught.value


def test_there_are_twenty_bombs_and_twelve_entity_files() -> None:
    assert (len(_BOMBS), len(_ENTITIES)) == (20, 12)


@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_is_refused_within_a_second_and_outside_this_process(
    tmp_path: Path, name: str
) -> None:
    path = hostile.write(tmp_path, name, _BOMBS[name]())
    before = _resident()
    seconds = []
    for _ in range(3):  # the machine may be busy; the quickest run counts
        start = time.monotonic()
        refused = _refuse(path)
        seconds.append(time.monotonic() - start)
        assert refused.code != "crashed"
        if seconds[-1] < 1.0:
            break
    assert min(seconds) < 1.0
    assert _resident() - before <= 20_000_000


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@pytest.mark.parametrize("name", _ENTITIES)
def test_an_entity_file_is_refused(tmp_path: Path, name: str) -> None:
    refused = _refuse(hostile.write(tmp_path, name, _ENTITIES[name]))
    assert refused.code in ("doctype", "xml_encoding")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "whole file: the file is empty"),
        ("a.exe", b"MZ", f'whole file: the suffix ".exe" is not supported; supported: {_SUFFIXES}'),
        ("a.pdf", b"PK\x03\x04rest", _MAGIC.format("pdf", "zip")),
        ("a.docx", b"\xd0\xcf\x11\xe0old", _MAGIC.format("docx", "doc/xls")),
        ("a.txt", b"%PDF-1.4", _MAGIC.format("txt", "pdf")),
        ("a.html", b"no tags", _MAGIC.format("html", "text")),
        ("a.xlsx", hostile.office("docx", "<a/>"), _MAGIC.format("xlsx", "zip")),
        ("a.docx", b"PK\x03\x04" + b"x" * 50, "whole file: the zip structure is damaged"),
        ("a.txt", b"one\ntwo\x00", f"line 2: {_CONTROL}"),
        (
            "a.txt",
            "一二三四五六七八九".encode() + b"\n\xff",
            "line 2: the UTF-8 text is damaged here",
        ),
        ("a.txt", b"\xef\xbb\xbfok\n\xff", "line 2: the text is neither UTF-8 nor GB18030"),
        ("a.txt", b"ok\n\x81", "line 2: the text is neither UTF-8 nor GB18030"),
    ],
)
def test_the_message_names_file_place_and_reason(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(KnownProblem) as caught:
        extract_text(hostile.write(tmp_path, name, data))
    assert str(caught.value) == f"{name}: {message}"


def test_the_same_in_chinese(tmp_path: Path) -> None:
    refused = _refuse(hostile.write(tmp_path, "甲.txt", b"one\ntwo\x00"))
    assert refused.zh == "甲.txt: 第2行: 含有控制字符U+0000，不是文本"


def test_an_upload_is_called_by_its_own_name(tmp_path: Path) -> None:
    path = hostile.write(tmp_path, "stored.txt", b"\x00")
    with pytest.raises(FileRefused, match=r"^答复\.txt: line 1: "):
        extract_text(path, name="答复.txt")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(FileRefused, match="there is no such file"):
        extract_text(tmp_path / "none.txt")
    with pytest.raises(FileRefused, match="this is not an ordinary file"):
        extract_text(tmp_path / "folder.txt")


def test_a_duplicate_and_an_encrypted_part_are_refused(tmp_path: Path) -> None:
    doubled = hostile.office("docx", "<a/>", {"word/a.xml": "<a/>", "WORD/A.xml": "<a/>"})
    assert _refuse(hostile.write(tmp_path, "a.docx", doubled)).code == "zip_duplicate"
    locked = bytearray(hostile.office("docx", "<a/>"))
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    refused = _refuse(hostile.write(tmp_path, "b.docx", bytes(locked)))
    assert (refused.code, refused.place) == ("zip_encrypted", "[Content_Types].xml")


def test_a_parser_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(sandbox, "_CHILD", child)
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    refused = _refuse(hostile.write(tmp_path, "a.txt", b"x"))
    assert str(refused) == "a.txt: whole file: parsing took more than 0.3 seconds"


@pytest.mark.parametrize(
    ("program", "detail"),
    [
        ("import os\nos.kill(os.getpid(), 11)", "SIGSEGV"),
        ("raise SystemExit(3)", "exit 3"),
        ("print('{')", "unfinished answer"),
    ],
)
def test_a_parser_that_dies_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, detail: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(sandbox, "_CHILD", child)
    refused = _refuse(hostile.write(tmp_path, "a.txt", b"x"))
    assert str(refused) == f"a.txt: whole file: the parser process ended abnormally ({detail})"


def test_an_endless_answer_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import sys\nwhile True: sys.stdout.write('x' * 65536)\n")
    monkeypatch.setattr(sandbox, "_CHILD", child)
    monkeypatch.setattr(sandbox, "MAX_OUTPUT", 1_000_000)
    assert _refuse(hostile.write(tmp_path, "a.txt", b"x")).code == "output"


def test_the_parser_has_no_secrets_and_hard_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_SECRET", "hush")
    child = tmp_path / "child.py"
    child.write_text(
        "import json, os, runpy, resource\n"
        f"child = runpy.run_path({str(sandbox._CHILD)!r})\n"
        "child['_limit']()\n"
        "limit = resource.getrlimit(resource.RLIMIT_AS)[1] >> 20\n"
        "print(json.dumps({'result': {'env': sorted(os.environ), 'memory': limit}}))\n"
    )
    monkeypatch.setattr(sandbox, "_CHILD", child)
    result = parse("text", hostile.write(tmp_path, "a.txt", b"x"))
    assert "SOME_SECRET" not in result["env"]
    assert set(result["env"]) <= {"LC_CTYPE"}
    assert result["memory"] == 1024


def test_encodings_in_order_of_trust() -> None:
    text = "建档率达到93.05%，县域内就诊率"
    assert decode(text.encode()) == (text, "utf-8")
    assert decode(text.encode("utf-8-sig")) == (text, "utf-8-sig")
    assert decode(text.encode("utf-16")) == (text, "utf-16")
    assert decode(text.encode("gb18030")) == (text, "gb18030")
    assert decode("𠀀㐀䶮".encode("gb18030")) == ("𠀀㐀䶮", "gb18030")
    assert decode(b"a\r\nb\rc") == ("a\nb\nc", "utf-8")


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_bilingual_and_takes_the_same_values(code: str) -> None:
    zh, en = REASONS[code]
    fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (zh, en)]
    assert fields[0] == fields[1]
    assert zh != en


def test_places_are_named_in_words() -> None:
    assert place_text("line:3") == "line 3"
    assert place_text("page:2", "zh") == "第2页"
    assert place_text("word/document.xml") == "word/document.xml"
