"""Editions to export: the shipped data, nothing at all, and a snapshot of hostile text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indicators.core.model import Document, Indicator, Region, Snapshot, Text, Theme
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.export.edition import Edition
from indicators.files.load import load_settings, load_snapshot

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings(ROOT / "config.yaml", Problems())


@pytest.fixture(scope="session")
def snapshot(settings: Settings) -> Snapshot:
    found, problems = load_snapshot(ROOT, settings)
    assert not problems.errors()
    return found


@pytest.fixture(scope="session")
def shipped(snapshot: Snapshot, settings: Settings) -> Edition:
    """Everything that ships, in Chinese."""
    return Edition(snapshot, settings, AS_OF)


@pytest.fixture(scope="session")
def english(shipped: Edition) -> Edition:
    """The same in English."""
    return shipped.in_language("en")


@pytest.fixture(scope="session")
def empty(snapshot: Snapshot, settings: Settings) -> Edition:
    """A day before any document."""
    return Edition(snapshot, settings, date(1990, 1, 1))


def _indicator(name: str, title: str) -> Indicator:
    return Indicator.model_validate(
        {
            "id": name,
            "name": {"zh": title, "en": title},
            "aliases": (title,),
            "numerator": title,
            "definition": {"status": "unverified", "note": title},
            "unit": "%",
            "direction": "up",
            "bounds": (None, None),
            "levels": ("city",),
            "theme": "theme",
        }
    )


def _claim(number: int, text: str) -> dict[str, Any]:
    shared = {"indicator": f"rate_{number % 7}", "unit": "%", "quote": text, "section": text}
    shared |= {"note": text, "value": f"{number}.50"}
    if number % 3 == 0:
        kind = {"kind": "commitment", "comparator": ">=", "due": f"{2020 + number % 9}"}
        return shared | kind | {"scope": text if number % 2 else None}
    period = f"{2015 + number % 9}-{1 + number % 12:02d}"
    return shared | {"kind": "reported", "period": period, "scope": text if number % 2 else None}


def build(texts: Sequence[str]) -> Snapshot:
    """A snapshot in which every text field holds one of ``texts`` (at least 40)."""
    theme = Theme(id="theme", name=Text(zh=texts[0], en=texts[1]))
    regions = {
        "430000": Region(code="430000", name=texts[2], level="province", parent=None),
        "430600": Region(code="430600", name=texts[3], level="city", parent="430000"),
        "430900": Region(code="430900", name=texts[4], level="city", parent="430000"),
    }
    documents = [
        Document.model_validate(
            {
                "id": f"d-{part}",
                "title": texts[5 + part],
                "kind": "npc_reply",
                "issuer": texts[15 + part],
                "number": texts[25 + part],
                "proposal": f"第{part}号{texts[30 + part]}",
                "region": ("430600", "430900")[part % 2],
                "dated": "2024",
                "source": {"file": "x.txt", "sha256": "0" * 64, "url": "javascript:alert(1)"},
                "note": texts[35],
                "claims": [_claim(n, text) for n, text in enumerate(texts) if n % 5 == part],
            }
        )
        for part in range(5)
    ]
    indicators = {f"rate_{n}": _indicator(f"rate_{n}", texts[20 + n]) for n in range(7)}
    return Snapshot((theme,), indicators, (), regions, tuple(documents), "a" * 64, (texts[6],))


@pytest.fixture(scope="session")
def edition_of(settings: Settings) -> Callable[[Sequence[str]], Edition]:
    """Makes the edition of a snapshot of given texts."""

    def make(texts: Sequence[str]) -> Edition:
        return Edition(build(texts), settings, AS_OF)

    return make
