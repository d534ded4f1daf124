"""Every text that a screen or a chart shows has its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.text import translator

ROOT = Path(__file__).resolve().parents[2] / "indicators"
HAN = re.compile(r"[\u4e00-\u9fff]")

#: Chinese that is no message: units, the name of a language, numerals of a period.
NOT_SHOWN = {"是/否", "比值", "中文", "一二三四"}
#: Modules whose Chinese is what they look for in documents, not what they show.
READS_CHINESE = {"recognise.py"}

MODULES = sorted(
    path
    for folder in ("charts", "ui")
    for path in (ROOT / folder).rglob("*.py")
    if path.name not in READS_CHINESE
)


def _docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _inside_formatted(tree: ast.AST) -> set[int]:
    """The literal pieces of f-strings: put together in code, hence never messages."""
    return {
        id(value)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for value in node.values
        if isinstance(value, ast.Constant)
    }


def _messages(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    skipped = _docstrings(tree) | _inside_formatted(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            sample = "\n" in text  # an example of a file, in the file's own words
            if id(node) not in skipped and HAN.search(text) and len(text) > 1 and not sample:
                yield text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_message_is_in_both_languages(path: Path) -> None:
    english = translator("en")
    missing = [m for m in _messages(path) if m not in NOT_SHOWN and english(m) == m]
    assert missing == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_english_fills_in_the_same_names(path: Path) -> None:
    english = translator("en")
    fields = re.compile(r"\{(\w+)\}")
    differing = [
        message
        for message in _messages(path)
        if set(fields.findall(message)) != set(fields.findall(english(message)))
    ]
    assert differing == []
