"""``regions.csv``: the GB/T 2260 regions, a row each, every defect with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indicators.core.model import Region
from indicators.core.period import EXPECTED, Period
from indicators.core.problem import Problems
from indicators.core.wording import shown
from indicators.files.located_yaml import Located, decode, read_bytes
from indicators.files.translate import build

COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to")
_NEEDED = COLUMNS[:4]
_MAX_BYTES = 20_000_000
#: Levels from the top; a region's parent stands on a level above its own.
_RANK = {"country": 0, "province": 1, "city": 2, "county": 3, "institution": 4}


@dataclass
class RegionFile:
    """The regions read, the line of each, and what was left out (``file`` or ``file:line``)."""

    file: str
    regions: dict[str, Region] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    data: bytes = b""


def read_regions(path: Path, file: str, problems: Problems) -> RegionFile:
    """Read the table; a bad row is left out with its problem, the others stand."""
    table = RegionFile(file)
    data = read_bytes(path, file, problems, limit=_MAX_BYTES)
    text = None if data is None else decode(data, file, problems)
    table.data = data or b""
    if text is not None:
        try:
            for line, row in _rows(text, file, problems):
                _keep(table, line, row, problems)
        except csv.Error as error:
            problems.add(file, f"not valid CSV: {error}")
            table.regions.clear()
    _check_parents(table, problems)
    if not table.regions:
        table.left_out = [file]
    return table


def _rows(
    text: str, file: str, problems: Problems
) -> Iterator[tuple[int, list[str | None] | None]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if any(name not in header for name in _NEEDED):
        expected, found = ",".join(COLUMNS), ",".join(header)
        problems.add(file, f"expected the columns {expected}, found {shown(found)}", line=1)
        return
    order = [header.index(name) if name in header else len(header) for name in COLUMNS]
    line = reader.line_num + 1
    for row in reader:
        if len(row) > len(header):
            problems.add(file, f"expected {len(header)} cells, found {len(row)}", line=line)
            yield line, None
        elif any(row):
            yield line, [row[i] or None if i < len(row) else None for i in order]
        line = reader.line_num + 1


def _keep(table: RegionFile, line: int, row: list[str | None] | None, problems: Problems) -> None:
    region = None
    if row is not None:
        place = Located(table.file, dict(zip(COLUMNS, row, strict=True)), {(): line})
        region = build(Region, place, problems)
    if region is not None and _sound(region, table, line, problems):
        table.regions[region.code] = region
        table.lines[region.code] = line
    else:
        table.left_out.append(f"{table.file}:{line}")


def _sound(region: Region, table: RegionFile, line: int, problems: Problems) -> bool:
    found = []
    if region.code in table.regions:
        first = table.lines[region.code]
        found.append(("code", f'duplicate code "{region.code}"; first used on line {first}'))
    for name in ("valid_from", "valid_to"):
        value = getattr(region, name)
        if value is not None and not _is_period(value):
            found.append((name, f"expected {EXPECTED}, found {shown(value)}"))
    for path, message in found:
        problems.add(table.file, message, line=line, path=path)
    return not found


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def _check_parents(table: RegionFile, problems: Problems) -> None:
    """A region without a sound parent would fall out of every lineage: say so, keep the row."""
    for code, region in table.regions.items():
        message = _parent_message(region, table.regions)
        if message:
            problems.add(table.file, message, line=table.lines[code], path="parent")


def _parent_message(region: Region, regions: dict[str, Region]) -> str:
    if region.parent is None:
        return "" if region.level == "country" else "expected the code of a region, found nothing"
    parent = regions.get(region.parent)
    if parent is None:
        return f'unknown region "{region.parent}"'
    if _RANK[parent.level] >= _RANK[region.level]:
        return f"expected a region above a {region.level}, found {parent.name} ({parent.level})"
    return ""
