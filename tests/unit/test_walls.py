"""Who may import whom (docs/architecture.md). Read from the syntax tree, nothing is run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Package -> packages of this project it may import besides itself.
ALLOWED = {
    "core": set(),
    "text": set(),
    "engine": {"core"},
    "files": {"core"},
    "mining": {"core"},
    "tables": {"core", "engine", "text"},
    "charts": {"core", "tables", "text"},
    "export": {"core", "tables", "charts", "text", "files"},
    "cli": {"core", "engine", "files", "mining", "tables", "charts", "export", "text"},
    "ui": {"core", "engine", "files", "mining", "tables", "charts", "export", "text"},
}

FORBIDDEN_IN_CORE = {"streamlit", "plotly", "pathlib", "yaml", "ruamel", "openpyxl", "docx"}


def _modules() -> list[Path]:
    return [*sorted((ROOT / "indicators").rglob("*.py")), ROOT / "dashboard.py"]


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "indicators").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_stay_inside_the_walls(path: Path) -> None:
    imported = _imports(path)
    ours = {n.split(".")[1] for n in imported if n.startswith("indicators.") and n.count(".")}
    if path.name == "dashboard.py":
        assert ours <= {"ui"}
        return
    room = _room(path)
    if room in ("__init__", "__main__"):
        assert ours <= {"cli"}
        return
    assert ours - {room} <= ALLOWED[room]
    if room != "ui":
        assert "streamlit" not in {n.split(".")[0] for n in imported}


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "indicators" / "core").glob("*.py")),
    ids=lambda p: p.name,
)
def test_core_does_no_input_or_output(path: Path) -> None:
    assert not FORBIDDEN_IN_CORE & {n.split(".")[0] for n in _imports(path)}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not {"open", "print", "eval", "exec"} & calls


FORBIDDEN_WORDS = ("unsafe_allow_html", "st.html", "yaml.load(", "yaml.unsafe_load", "pickle")


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_dangerous_is_called(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    tree = ast.parse(code)
    doc_free = ast.unparse(_without_docstrings(tree))
    if path.name == "layout.py":  # the one style sheet of the package, a file of ours
        doc_free = doc_free.replace("st.html(_STYLE)", "")
    assert [word for word in FORBIDDEN_WORDS if word in doc_free] == []
    names = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not names & {"eval", "exec"}


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                value.value = ""
    return tree
