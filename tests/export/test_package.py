"""The data package is accepted by the public validator."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pytest

from indicators.export.datapackage import write_package
from indicators.export.edition import TITLES, Edition


@pytest.fixture(scope="module")
def package(shipped: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(shipped, tmp_path_factory.mktemp("package"))


@pytest.mark.filterwarnings("ignore")
def test_frictionless_accepts_it(package: Path) -> None:
    report = frictionless.Package(str(package)).validate()
    assert report.valid, report.to_summary()
    assert [task.name for task in report.tasks] == list(TITLES)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_would_see_a_changed_file(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    (folder / "data").mkdir(parents=True)
    for name in TITLES:
        source = package.parent / "data" / f"{name}.csv"
        (folder / "data" / f"{name}.csv").write_bytes(source.read_bytes())
    (folder / "datapackage.json").write_bytes(package.read_bytes())
    claims = folder / "data" / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"93.05", b"93.O5", 1))
    assert not frictionless.Package(str(folder / "datapackage.json")).validate().valid


@pytest.mark.filterwarnings("ignore")
def test_an_empty_package_is_valid_too(empty: Edition, tmp_path: Path) -> None:
    assert frictionless.Package(str(write_package(empty, tmp_path))).validate().valid


def test_it_names_version_sources_and_licence(package: Path, shipped: Edition) -> None:
    described = json.loads(package.read_text(encoding="utf-8"))
    assert described["version"] == shipped.snapshot.digest
    assert described["as_of"] == "2026-11-21"
    assert len(described["sources"]) == len(shipped.documents) == 5
    assert described["licenses"][0]["title"].startswith("引句为公开文件的简短摘引")
    for resource in described["resources"]:
        assert all(f["title"] and f["description"] for f in resource["schema"]["fields"])
