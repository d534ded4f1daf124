"""Opens the engine named in the settings: embedded DuckDB, or Spark for a cluster."""

from __future__ import annotations

from typing import Any

import ibis

from indicators.core.errors import KnownProblem
from indicators.core.settings import Engine


def connect(engine: Engine) -> Any:
    """An Ibis backend that runs the rules. Spark needs ``requirements-spark.txt``.

    Raises :class:`KnownProblem` where the Spark packages are not installed.
    """
    if engine.kind == "duckdb":
        return ibis.duckdb.connect()
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise KnownProblem(
            "engine.kind is spark, but pyspark is not installed: "
            "pip install -r requirements-spark.txt"
        ) from error
    builder = SparkSession.builder.appName("reform-indicators")
    session = builder.master(engine.master or "local[*]").getOrCreate()
    return ibis.pyspark.connect(session)
