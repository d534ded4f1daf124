"""Rules of cited documents and their claims, against the registry and the regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicators.core.check_quotes import YES_NO, check_quote
from indicators.core.checks import (
    Known,
    Report,
    Sheet,
    check_bounds,
    check_comparator,
    check_unit,
    check_upper,
    plain,
    repeated,
    unknown_indicator,
    unknown_region,
)
from indicators.core.model import Claim, Document, Indicator, Region
from indicators.core.period import Period
from indicators.core.personal import personal_data
from indicators.core.problem import Problems
from indicators.core.unit import UNITS, convert
from indicators.core.wording import shown

#: Kinds of change: a difference of shares, a relative change, a yearly rate.
_CHANGES = ("个百分点", "%（相对）", "%/年")


def check_documents(sheets: Sequence[Sheet[Document]], known: Known, problems: Problems) -> None:
    """Add every problem of the documents: across them, then one by one."""
    _check_across(sheets, problems)
    for sheet in sheets:
        check_document(sheet, known, problems)


def check_document(sheet: Sheet[Document], known: Known, problems: Problems) -> None:
    """Add every problem of one document (one that is being saved has no line yet)."""
    report = Report(problems, sheet.file, sheet.line)
    document = sheet.record
    if document.region not in known.regions:
        report(unknown_region(document.region), "region")
    parts = document.source.file.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or "\\" in document.source.file:
        report(
            f"expected a file name inside the sources folder, found {shown(document.source.file)}",
            "source",
            "file",
        )
    _check_personal(document, ("title", "issuer", "number", "proposal", "note"), report)
    for position, claim in enumerate(document.claims):
        place = report.at("claims", sheet.number("claims", position))
        _check_claim(claim, document, known, place)
    _check_repeats(sheet, known, report)


def _check_across(sheets: Sequence[Sheet[Document]], problems: Problems) -> None:
    ids = [sheet.record.id for sheet in sheets]
    digests = [_own_digest(sheet) for sheet in sheets]
    for later, first in repeated(ids).items():
        report = Report(problems, sheets[later].file, sheets[later].line)
        report(f"duplicate id {shown(ids[later])}; first used in {sheets[first].file}", "id")
    for later, first in repeated(digests).items():
        report = Report(problems, sheets[later].file, sheets[later].line)
        report(f"the same original as in {sheets[first].file}", "source", "sha256")


def _own_digest(sheet: Sheet[Document]) -> str:
    """The digest, or something unlike any other where it was not given."""
    digest = sheet.record.source.sha256
    return digest if digest.strip("0") else sheet.file


def _check_personal(record: Document | Claim, fields: Sequence[str], report: Report) -> None:
    for name in fields:
        for kind in personal_data(getattr(record, name) or ""):
            report(f"expected no personal data, found {kind}", name)


@dataclass(frozen=True)
class _Case:
    """A claim with what it refers to; ``indicator`` and ``region`` are known here."""

    claim: Claim
    document: Document
    indicator: Indicator
    region: Region
    report: Report


def _check_claim(claim: Claim, document: Document, known: Known, report: Report) -> None:
    _check_personal(claim, ("quote", "section", "scope", "definition", "note"), report)
    indicator = _indicator(claim, known, report)
    region = known.regions.get(claim.region or document.region)
    if claim.region is not None and region is None:
        report(unknown_region(claim.region), "region")
    _check_shape(claim, report)
    _check_dates(claim, document, report)
    if indicator is not None and region is not None:
        case = _Case(claim, document, indicator, region, report)
        for rule in _RULES:
            rule(case)
        check_quote(claim, indicator, known, report)


def _indicator(claim: Claim, known: Known, report: Report) -> Indicator | None:
    found = known.indicators.get(claim.indicator)
    if known.may_be_left_out(claim.indicator):
        report(
            f"{claim.indicator} stands in no registry file that could be read; "
            "the claim is left out",
            "indicator",
            severity="warning",
        )
    elif found is None:
        report(unknown_indicator(claim.indicator, known.indicators), "indicator")
    return found


#: Fields a kind of claim must have, and must not have.
_NEEDS = {
    "reported": ("value", "unit", "period"),
    "commitment": ("value", "unit", "comparator"),
    "milestone": (),
    "change": ("value", "unit"),
}
_REFUSES = {
    "reported": ("due", "comparator", "baseline_period"),
    "commitment": ("period", "baseline_period"),
    "milestone": ("value", "upper", "comparator", "period", "baseline_period"),
    "change": ("comparator", "upper"),
}
_REASONS = {
    ("commitment", "value"): "; a promise without a figure is a milestone",
    ("milestone", "value"): "; a promise with a figure is a commitment",
    ("reported", "comparator"): "; say 以上 or 左右 with precision",
    ("reported", "due"): "; a figure with a deadline is a commitment",
}


def _check_shape(claim: Claim, report: Report) -> None:
    article = {"reported": "a reported figure"}.get(claim.kind, f"a {claim.kind}")
    if claim.comparator is not None and claim.value is None:
        report(f"expected a value beside the comparator {claim.comparator}, found none", "value")
    for name in _NEEDS[claim.kind]:
        if getattr(claim, name) is None and (name != "value" or claim.comparator is None):
            why = _REASONS.get((claim.kind, name), "")
            report(f"expected a {name} in {article}, found none{why}")
    for name in _REFUSES[claim.kind]:
        found = getattr(claim, name)
        if found is not None:
            why = _REASONS.get((claim.kind, name), "")
            report(f"expected no {name} in {article}, found {shown(str(found))}{why}", name)
    if claim.kind == "commitment":
        check_upper(claim.comparator, claim.value, claim.upper, report)
    elif claim.upper is not None and claim.value is not None and claim.upper <= claim.value:
        report(
            f"expected an upper value above {plain(claim.value)}, found {plain(claim.upper)}",
            "upper",
        )


def _check_dates(claim: Claim, document: Document, report: Report) -> None:
    dated = document.dated
    if claim.due is not None and claim.due.last < dated.first:
        report(f'expected a due date after the document ({dated}), found "{claim.due}"', "due")
    if claim.period is not None and claim.period.first > dated.last:
        report(
            f"expected a period that has begun by the document's date ({dated}), "
            f'found "{claim.period}"',
            "period",
        )
    _check_basis(claim, dated, report)
    base = claim.baseline_period
    if base is not None and claim.period is not None and base.first >= claim.period.first:
        report(
            f'expected a baseline before the period {claim.period}, found "{base}"',
            "baseline_period",
        )


def _check_basis(claim: Claim, dated: Period, report: Report) -> None:
    """``document`` says that the document's date stands in: the period must hold that date."""
    period = claim.period
    if claim.period_basis != "document" or period is None:
        return
    if not period.first <= dated.first <= dated.last <= period.last:
        report(
            f"expected the document's date ({dated}) as the period of a figure whose sentence "
            f'names none (period_basis: document), found "{period}"; '
            "a period that the sentence names (去年同期) is stated",
            "period",
        )


def _check_milestone(case: _Case) -> None:
    if case.claim.kind == "milestone" and case.indicator.unit != YES_NO:
        case.report(
            f"expected an indicator in {YES_NO} for a milestone, "
            f"found {case.indicator.id} in {case.indicator.unit}",
            "indicator",
        )


def _check_measure(case: _Case) -> None:
    claim, report = case.claim, case.report
    if claim.unit is None or case.indicator.unit not in UNITS:
        return
    if claim.kind == "change":
        _check_change_unit(case, claim.unit)
    elif check_unit(claim.unit, case.indicator, report.at("unit")):
        for name, value in (("value", claim.value), ("upper", claim.upper)):
            if value is not None:
                check_bounds(value, claim.unit, case.indicator, report.at(name))


def _check_change_unit(case: _Case, symbol: str) -> None:
    own = UNITS[case.indicator.unit]
    # A share has a unit of its own for differences (个百分点); a count changes in its unit.
    allowed = [*_CHANGES] if own.gap_zh != own.zh else [*_CHANGES[1:], *_same_kind(own.dimension)]
    if symbol not in allowed:
        case.report(
            f"expected a unit of change ({' '.join(allowed)}), found {shown(symbol)}", "unit"
        )


def _same_kind(dimension: str) -> list[str]:
    return [symbol for symbol, unit in UNITS.items() if unit.dimension == dimension]


def _check_direction(case: _Case) -> None:
    check_comparator(case.claim.comparator, case.indicator, case.report)


def _check_level(case: _Case) -> None:
    levels = case.indicator.levels
    if levels and case.region.level not in levels:
        case.report(
            f"expected a region of level {' or '.join(levels)} for {case.indicator.id}, "
            f"found {case.region.name} ({case.region.level})",
            *(("region",) if case.claim.region else ()),
        )


def _check_validity(case: _Case) -> None:
    region = case.region
    when = case.claim.period or case.document.dated
    start, end = region.valid_from, region.valid_to
    early = start is not None and when.last < Period.parse(start).first
    late = end is not None and when.first > Period.parse(end).last
    if early or late:
        valid = f"{start or '…'} to {end or '…'}"
        case.report(f"expected a region valid in {when}, found {region.name} (valid {valid})")


_RULES: tuple[Callable[[_Case], None], ...] = (
    _check_milestone,
    _check_measure,
    _check_direction,
    _check_level,
    _check_validity,
)


def _check_repeats(sheet: Sheet[Document], known: Known, report: Report) -> None:
    document = sheet.record
    first: dict[tuple[str, ...], int] = {}
    for position, claim in enumerate(document.claims):
        earlier = first.setdefault(_key(claim, document), position)
        if earlier != position:
            place = report.at("claims", sheet.number("claims", position))
            name = f"claims[{sheet.number('claims', earlier)}]"
            _report_repeat(claim, document.claims[earlier], name, known, place)


def _report_repeat(claim: Claim, before: Claim, name: str, known: Known, report: Report) -> None:
    if claim.kind != "milestone" and None in (claim.value, before.value):
        return  # a missing value has its own message
    same = "same indicator, region, kind, date, scope"
    if _figure(claim, known) == _figure(before, known):
        report(f"repeats {name} ({same}, definition and value)")
        return
    report(
        f"expected {plain(before.value)} {before.unit} as in {name} ({same} and definition), "
        f"found {plain(claim.value)} {claim.unit}; "
        "say in scope or definition what sets them apart",
        "value",
    )


def _key(claim: Claim, document: Document) -> tuple[str, ...]:
    """What makes two claims of one document the same statement."""
    parts = (
        claim.indicator,
        claim.kind,
        claim.region or document.region,
        claim.period,
        claim.due,
        claim.baseline_period,
        claim.scope,
        claim.definition,
        claim.quote if claim.kind == "milestone" else None,
        _dimension(claim) if claim.kind == "change" else None,
    )
    return tuple("" if part is None else str(part) for part in parts)


def _dimension(claim: Claim) -> str:
    return UNITS[claim.unit].dimension if claim.unit in UNITS else str(claim.unit)


def _figure(claim: Claim, known: Known) -> tuple[object, ...]:
    """The claim's value and upper value in one unit, where it has one."""
    indicator = known.indicators.get(claim.indicator)
    figures: list[object] = []
    for value in (claim.value, claim.upper):
        try:
            goal = claim.unit if indicator is None or claim.kind == "change" else indicator.unit
            figures.append(value and convert(value, claim.unit or "", goal or ""))
        except ValueError:
            figures.append((value, claim.unit))
    return tuple(figures)
