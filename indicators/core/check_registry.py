"""Rules across the registry: ids, names, units, bounds, confusables, benchmarks, identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indicators.core.checks import (
    Report,
    Sheet,
    check_bounds,
    check_comparator,
    check_upper,
    plain,
    repeated,
    unknown_indicator,
    unknown_region,
)
from indicators.core.lookup import names, normalised
from indicators.core.model import Benchmark, Identity, Indicator, Region, RegistryFile
from indicators.core.problem import Problems
from indicators.core.unit import UNITS
from indicators.core.wording import shown

Place = tuple[Sheet[RegistryFile], int, Indicator]


def check_registry(
    sheets: Sequence[Sheet[RegistryFile]],
    regions: Mapping[str, Region],
    problems: Problems,
    declared: frozenset[str] = frozenset(),
) -> None:
    """Add every problem of the registry; each is told at the later of two places.

    ``declared`` are further ids that stand in files refused for other reasons: a
    reference to them is not the referring file's fault.
    """
    places = list(_places(sheets))
    indicators = {indicator.id: indicator for _, _, indicator in reversed(places)}
    _check_ids(sheets, places, problems)
    _check_names(places, problems)
    for sheet, position, indicator in places:
        report = _report(sheet, position, problems)
        _check_indicator(indicator, report)
        _check_confusables(indicator, indicators, declared, report)
        for number, benchmark in enumerate(indicator.benchmarks):
            _check_benchmark(benchmark, indicator, regions, report.at("benchmarks", number))
    for sheet in sheets:
        for position, identity in enumerate(sheet.record.identities):
            place = ("identities", sheet.number("identities", position))
            report = Report(problems, sheet.file, sheet.line, place)
            _check_identity(identity, indicators, declared, report)


def _places(sheets: Sequence[Sheet[RegistryFile]]) -> Iterator[Place]:
    for sheet in sheets:
        for position, indicator in enumerate(sheet.record.indicators):
            yield sheet, sheet.number("indicators", position), indicator


def _report(sheet: Sheet[RegistryFile], position: int, problems: Problems) -> Report:
    return Report(problems, sheet.file, sheet.line, ("indicators", position))


def _check_ids(
    sheets: Sequence[Sheet[RegistryFile]], places: Sequence[Place], problems: Problems
) -> None:
    themes = [(sheet, ("theme",), sheet.record.theme.id) for sheet in sheets]
    records = [(sheet, ("indicators", n), indicator.id) for sheet, n, indicator in places]
    marks = [
        (sheet, ("indicators", n, "benchmarks", b), benchmark.id)
        for sheet, n, indicator in places
        for b, benchmark in enumerate(indicator.benchmarks)
    ]
    identities = [
        (sheet, ("identities", sheet.number("identities", n)), identity.id)
        for sheet in sheets
        for n, identity in enumerate(sheet.record.identities)
    ]
    for family in (themes, records, marks, identities):
        for later, first in repeated([name for _, _, name in family]).items():
            sheet, path, name = family[later]
            where = family[first][0].file
            report = Report(problems, sheet.file, sheet.line, path)
            report(f"duplicate id {shown(name)}; first used in {where}", "id")


def _check_names(places: Sequence[Place], problems: Problems) -> None:
    """A name or alias leads to one indicator only."""
    taken: dict[str, str] = {}
    for sheet, position, indicator in places:
        report = _report(sheet, position, problems)
        own: set[str] = set()
        for name in names(indicator):
            word = normalised(name)
            owner = taken.setdefault(word, indicator.id)
            if owner != indicator.id:
                report(f"the name {shown(name)} already means {owner}")
            elif word in own:
                report(f"the name {shown(name)} is given twice")
            own.add(word)


def _check_indicator(indicator: Indicator, report: Report) -> None:
    if indicator.unit not in UNITS:
        report(f"expected a known unit ({' '.join(UNITS)}), found {shown(indicator.unit)}", "unit")
    low, high = indicator.bounds
    if low is not None and high is not None and low > high:
        report(f"expected the lower bound first, found {plain(low)}, {plain(high)}", "bounds")
    if not indicator.levels:
        report("expected at least one level, found none", "levels")
    for later in repeated(indicator.levels):
        report(f"the level {indicator.levels[later]} is given twice", "levels", later)


def _check_confusables(
    indicator: Indicator,
    indicators: Mapping[str, Indicator],
    declared: frozenset[str],
    report: Report,
) -> None:
    for number, confusable in enumerate(indicator.confusable_with):
        place = ("confusable_with", number, "id")
        other = indicators.get(confusable.id)
        if confusable.id == indicator.id:
            report("an indicator cannot be confused with itself", *place)
        elif other is None and confusable.id not in declared:
            report(unknown_indicator(confusable.id, indicators), *place)
        elif other is not None and indicator.id not in {c.id for c in other.confusable_with}:
            report(
                f"expected {other.id} to name {indicator.id} in its confusable_with too, "
                "found a one-sided entry",
                *place,
                severity="warning",
            )


def _check_benchmark(
    benchmark: Benchmark, indicator: Indicator, regions: Mapping[str, Region], report: Report
) -> None:
    if regions and benchmark.applies_to not in regions:  # without regions nothing is known
        report(unknown_region(benchmark.applies_to), "applies_to")
    check_upper(benchmark.comparator, benchmark.value, benchmark.upper, report)
    check_comparator(benchmark.comparator, indicator, report)
    if indicator.unit in UNITS:
        check_bounds(benchmark.value, indicator.unit, indicator, report.at("value"))


def _check_identity(
    identity: Identity,
    indicators: Mapping[str, Indicator],
    declared: frozenset[str],
    report: Report,
) -> None:
    named = [("total", identity.total), ("share", identity.share)]
    places = [((name,), i) for name, i in named if i is not None]
    places += [(("parts", n), part) for n, part in enumerate(identity.parts)]  # type: ignore[misc]
    for place, name in places:
        if name not in indicators and name not in declared:
            report(unknown_indicator(name, indicators), *place)
    if identity.kind == "sum" and (identity.total is None or len(identity.parts) < 2):
        report("expected a total and at least two parts for a sum")
    if identity.kind == "ratio" and (identity.share is None or len(identity.parts) != 1):
        report("expected one part and its share for a ratio")
    _check_identity_units(identity, indicators, report)


def _check_identity_units(
    identity: Identity, indicators: Mapping[str, Indicator], report: Report
) -> None:
    if identity.kind == "ratio":  # records may be divided by persons: no common kind is needed
        _check_share(identity, indicators, report)
        return
    counts = [*identity.parts, *([identity.total] if identity.total else [])]
    units = [indicators[name].unit for name in counts if name in indicators]
    kinds = {UNITS[symbol].dimension for symbol in units if symbol in UNITS}
    if len(kinds) > 1:
        report(f"expected parts and total of one kind, found the units {' '.join(units)}")


def _check_share(identity: Identity, indicators: Mapping[str, Indicator], report: Report) -> None:
    share = indicators.get(identity.share or "")
    if share is not None and share.unit in UNITS and UNITS[share.unit].dimension != "share":
        report(
            f"expected an indicator in % as the share, found {share.id} in {share.unit}", "share"
        )
