"""Which writer a file's suffix asks for."""

from __future__ import annotations

from collections.abc import Callable

from indicators.core.errors import KnownProblem
from indicators.export.edition import Edition
from indicators.export.tabular import csv_of, json_of, parquet_of
from indicators.export.xlsx import table_workbook, workbook

Writer = Callable[[Edition, str], bytes]


def xlsx_of(edition: Edition, name: str) -> bytes:
    """The comparison as the whole workbook, any other table as a workbook of its own."""
    return workbook(edition) if name == "comparison" else table_workbook(edition, name)


WRITERS: dict[str, Writer] = {
    ".csv": csv_of,
    ".json": json_of,
    ".parquet": parquet_of,
    ".xlsx": xlsx_of,
}


def writer(suffix: str) -> Writer:
    """The writer for a file suffix. Raises :class:`KnownProblem` naming those it knows."""
    try:
        return WRITERS[suffix.lower()]
    except KeyError:
        message = f'expected a file ending in {" ".join(WRITERS)}, found "{suffix}"'
        raise KnownProblem(message) from None
