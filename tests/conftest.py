"""Fixtures shared by all tests: a small project of its own, and the examples."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure; where the result decides about a change it must be repeatable.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")

EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "valid" / "minimal"


@pytest.fixture(autouse=True)
def _no_sources_of_this_machine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test of examples must not depend on where the originals of this machine lie."""
    if "project" in request.fixturenames:
        monkeypatch.delenv("INDICATORS_SOURCES", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """``project(example)``: a copy of the smallest sound project with an example laid over it."""

    def make(*examples: Path) -> Path:
        root = tmp_path / "project"
        for folder in (BASE, *examples):
            shutil.copytree(folder, root, dirs_exist_ok=True)
        return root

    return make
