"""Opens the engine named in the settings: embedded DuckDB, or Spark for a cluster."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import ibis
import pyarrow as pa

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


def load(connection: Any, rows: list[dict[str, Any]], schema: ibis.Schema) -> Any:
    """``rows`` as an Ibis table of exactly ``schema`` on that engine, empty or not.

    Missing keys become nulls. Spark takes its rows through a temporary view, because its
    in-memory tables accept no null decimals.
    """
    if connection.name != "pyspark":
        table = pa.Table.from_pylist(rows, schema=schema.to_pyarrow())
        return ibis.memtable(table, schema=schema)
    from ibis.backends.pyspark.datatypes import PySparkSchema

    name = f"rows_{uuid4().hex}"
    tuples = [tuple(row.get(column) for column in schema.names) for row in rows]
    frame = connection._session.createDataFrame(tuples, PySparkSchema.from_ibis(schema))
    frame.createOrReplaceTempView(name)
    return connection.table(name)
