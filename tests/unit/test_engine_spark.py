"""The same expressions on Spark: every row of the verdict table, both engines."""

from __future__ import annotations

import pytest

from indicators.core.settings import Engine
from tests.support.judging import caveats, judge
from tests.unit.test_verdict import TABLE, D


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_verdicts() -> None:
    pytest.importorskip("pyspark", reason="pyspark is optional (requirements-spark.txt)")
    cases = [entry[1] for entry in TABLE if entry[2] == D]
    here = judge(cases, D)
    there = judge(cases, D, Engine(kind="spark", master="local[1]"))
    keys = ("verdict", "reason", "distance", "shown")
    assert [tuple(r[k] for k in keys) + caveats(r) for r in there] == [
        tuple(r[k] for k in keys) + caveats(r) for r in here
    ]
