"""The shipped data, loaded once for all tests that state facts about it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from indicators.core.model import Snapshot
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.files.load import load_settings, load_snapshot
from indicators.tables.assess import assess

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 21)


@lru_cache(maxsize=1)
def shipped() -> tuple[Snapshot, Settings]:
    """Snapshot and settings of the project itself; fails on any problem in the data."""
    problems = Problems()
    settings = load_settings(ROOT / "config.yaml", problems)
    snapshot, found = load_snapshot(ROOT, settings)
    assert [str(p) for p in problems] == []
    assert [str(p) for p in found] == []
    return snapshot, settings


@lru_cache(maxsize=1)
def assessed() -> pd.DataFrame:
    """All targets as of 2026-11-21."""
    return assess(*shipped(), AS_OF)
