"""Whatever a file holds, loading gives values or located problems, never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.core.model import Document, RegistryFile
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.files.load import load_settings, load_snapshot
from indicators.files.located_yaml import parse_located
from indicators.files.translate import build
from tests.conftest import BASE

SOUND = (BASE / "data/documents/example-2022-npc-1.yaml").read_text(encoding="utf-8")
REGISTRY = (BASE / "indicators/registry/health.yaml").read_text(encoding="utf-8")

yamlish = st.text(
    alphabet=st.sampled_from(list("ab01:- \n\t[]{},&*!|>'\"%@#?~<=.九成％\x00\u200b\u2028\ufeff")),
    max_size=60,
)
plain = st.text(
    alphabet=st.characters(
        exclude_categories=("C", "Z"), exclude_characters="\"'#&*!|>%@`{}[],:?-<=~\\"
    ),
    min_size=1,
    max_size=20,
)


def problems_of(data: bytes) -> tuple[object, list[str], Problems]:
    problems = Problems()
    located = parse_located(data, "f.yaml", problems)
    for model in (Document, RegistryFile):
        if located is not None:
            build(model, located, problems)
    return located, [str(p) for p in problems], problems


@given(st.one_of(yamlish, st.text(max_size=80)))
@settings(max_examples=600, deadline=None)
@example("[" * 30)
@example("a: &a [*a]")
@example("? ? ? a")
def test_any_text_gives_values_or_problems(text: str) -> None:
    located, messages, _ = problems_of(text.encode("utf-8", "surrogatepass"))
    assert located is not None or messages
    assert all(message.startswith("f.yaml:") and "\n" not in message for message in messages)


@given(st.binary(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_values_or_problems(data: bytes) -> None:
    located, messages, _ = problems_of(data)
    assert located is not None or messages


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_every_refusal_of_a_damaged_file_names_a_line(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([SOUND, REGISTRY]))
    at = data.draw(st.integers(0, len(text) - 1))
    damage = data.draw(st.one_of(yamlish, st.text(max_size=3)))
    cut = data.draw(st.integers(0, 20))
    _, _, problems = problems_of((text[:at] + damage + text[at + cut :]).encode("utf-8", "replace"))
    lines = (text[:at] + damage + text[at + cut :]).count("\n") + 2
    for problem in problems:
        assert problem.line is not None or problem.message == "the file is empty"
        assert problem.line is None or 1 <= problem.line <= lines


@given(plain)
@settings(max_examples=300, deadline=None)
def test_no_scalar_changes_silently(text: str) -> None:
    located = parse_located(f"a: {text}\n".encode(), "f.yaml", Problems())
    assert located is not None
    assert located.value == {"a": None if text in ("null", "~") else text}


@given(st.dictionaries(plain, st.one_of(plain, st.lists(plain, max_size=3)), max_size=5))
@settings(max_examples=150, deadline=None)
def test_what_was_written_is_read(content: dict[str, object]) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, default_style='"')
    problems = Problems()
    located = parse_located(text.encode(), "f.yaml", problems)
    if located is None:
        assert [str(p) for p in problems] == ["f.yaml: the file is empty"] or any(
            "invisible" in p.message for p in problems
        )
    else:
        assert located.value == content


@given(st.one_of(st.binary(max_size=60), yamlish.map(lambda t: t.encode("utf-8", "replace"))))
@settings(max_examples=60, deadline=None)
def test_one_bad_file_never_hides_the_good_ones(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("indicators/registry/care.yaml", "indicators/registry/health.yaml"):
            _copy(root, name)
        for name in ("data/regions.csv", "data/documents/example-2022-npc-1.yaml"):
            _copy(root, name)
        (root / "data/documents/bad.yaml").write_bytes(data)
        snapshot, problems = load_snapshot(root, Settings())
        assert [d.id for d in snapshot.documents] == ["example-2022-npc-1"]
        assert snapshot.left_out == ("data/documents/bad.yaml",)
        assert {p.file for p in problems} == {"data/documents/bad.yaml"}


@given(st.one_of(yamlish, st.text(max_size=60)))
@settings(max_examples=150, deadline=None)
def test_broken_settings_are_the_safe_ones(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        problems = Problems()
        assert load_settings(path, problems).role == "public"
        assert all(str(problem).startswith("config.yaml") for problem in problems)


def _copy(root: Path, name: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes((BASE / name).read_bytes())
