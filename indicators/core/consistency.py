"""Arithmetic the registry knows: parts and totals, implied denominators, stated changes.

Nothing here changes a figure. Each finding names the claims it was computed from, so
that a reader can redo the sum. Derived figures are marked as derived, never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from indicators.core.model import Claim, Document, Identity, Indicator, Snapshot
from indicators.core.unit import UNITS, convert

Code = Literal[
    "sum_holds",
    "sum_differs",
    "implied_denominator",
    "beyond_hundred",
    "conflict",
    "change_holds",
    "change_differs",
    "change_implies",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``values`` are the digits a sentence is filled with; ``claim_ids`` its source.

    ``note_zh``/``note_en`` come from the registry where it has something to add.
    """

    code: Code
    region_code: str
    period: str
    indicator_ids: tuple[str, ...]
    values: dict[str, str]
    claim_ids: tuple[str, ...]
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A reported level or a change, with its identity and its figure in its own unit."""

    claim_id: str
    document: Document
    claim: Claim
    region_code: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (
            self.region_code,
            str(self.claim.period),
            self.claim.scope or "",
            self.claim.definition or "",
        )


def findings(snapshot: Snapshot) -> list[Finding]:
    """All findings, ordered by kind of check and then by the data."""
    facts = list(_facts(snapshot))
    levels = [f for f in facts if f.claim.kind == "reported" and f.claim.value is not None]
    found: list[Finding] = []
    for identity in snapshot.identities:
        found += _sums(identity, levels, snapshot) if identity.kind == "sum" else []
        found += _ratios(identity, levels, snapshot) if identity.kind == "ratio" else []
    found += _changes(facts, levels, snapshot)
    found += _beyond(levels, snapshot)
    found += _conflicts(levels, snapshot)
    return found


def _facts(snapshot: Snapshot) -> Iterator[Fact]:
    for document in snapshot.documents:
        for number, claim in enumerate(document.claims, start=1):
            if claim.period is not None:
                code = snapshot.region_of(document, claim)
                yield Fact(f"{document.id}#{number}", document, claim, code)


def _by_key(levels: Iterable[Fact], indicator_id: str) -> dict[tuple[str, str, str, str], Fact]:
    """Exact levels of one indicator by region, period, scope and definition, within one text."""
    return {
        f.key: f
        for f in levels
        if f.claim.indicator == indicator_id and f.claim.precision == "exact"
    }


def _figure(fact: Fact, indicator: Indicator) -> Decimal:
    value, symbol = fact.claim.value, fact.claim.unit
    if value is None or symbol is None:
        raise ValueError(f"{fact.claim_id} has no figure")
    return convert(value, symbol, indicator.unit)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sums(identity: Identity, levels: list[Fact], snapshot: Snapshot) -> Iterator[Finding]:
    """53 + 494 = 547: the stated parts against the stated total of the same document."""
    if identity.total is None:
        return
    parts = [_by_key(levels, part) for part in identity.parts]
    for key, total in _by_key(levels, identity.total).items():
        members = [part.get(key) for part in parts]
        if any(m is None or m.document.id != total.document.id for m in members):
            continue
        yield _sum_finding(identity, total, [m for m in members if m], snapshot)


def _sum_finding(
    identity: Identity, total: Fact, members: list[Fact], snapshot: Snapshot
) -> Finding:
    goal = snapshot.indicators[identity.total or ""]
    stated = _figure(total, goal)
    figures = [convert(_own(m), m.claim.unit or "", goal.unit) for m in members]
    added = sum(figures, Decimal(0))
    return Finding(
        code="sum_holds" if added == stated else "sum_differs",
        region_code=total.region_code,
        period=str(total.claim.period),
        indicator_ids=(goal.id, *identity.parts),
        values={
            "parts": " + ".join(_plain(f) for f in figures),
            "sum": _plain(added),
            "total": _plain(stated),
            "unit": goal.unit,
        },
        claim_ids=(total.claim_id, *(m.claim_id for m in members)),
        note_zh=identity.note.zh,
        note_en=identity.note.en,
    )


def _own(fact: Fact) -> Decimal:
    if fact.claim.value is None:
        raise ValueError(f"{fact.claim_id} has no figure")
    return fact.claim.value


def half_step(value: Decimal) -> Decimal:
    """Half a unit of the last stated digit: the rounding a stated figure may carry."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def implied(part: Decimal, share: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """``part`` / ``share`` with the least and greatest value that rounding allows.

    ``share`` in per cent. Raises :class:`ValueError` for a share of zero or one that
    rounding may have made zero.
    """
    low, high = share - half_step(share), share + half_step(share)
    if low <= 0:
        raise ValueError("a share that may be zero implies no denominator")
    hundred = Decimal(100)
    return (
        part * hundred / share,
        (part - half_step(part)) * hundred / high,
        (part + half_step(part)) * hundred / low,
    )


def _ratios(identity: Identity, levels: list[Fact], snapshot: Snapshot) -> Iterator[Finding]:
    """537.01万份 / 93.05% -> about 577.1万: a stated count and share imply a denominator."""
    if identity.share is None or len(identity.parts) != 1:
        return
    shares = _by_key(levels, identity.share)
    for key, part in _by_key(levels, identity.parts[0]).items():
        share = shares.get(key)
        if share is None or share.claim.unit != "%" or share.document.id != part.document.id:
            continue
        if (share.claim.value or 0) > 0:
            yield _ratio_finding(identity, part, share)


def _ratio_finding(identity: Identity, part: Fact, share: Fact) -> Finding:
    middle, low, high = implied(_own(part), _own(share))
    step = Decimal(1).scaleb(min(0, _exponent(_own(part))))
    shown = [_plain(v.quantize(step, ROUND_HALF_EVEN)) for v in (middle, low, high)]
    return Finding(
        code="implied_denominator",
        region_code=part.region_code,
        period=str(part.claim.period),
        indicator_ids=(identity.parts[0], identity.share or ""),
        values={
            "part": _plain(_own(part)),
            "unit": part.claim.unit or "",
            "scale": next((s for s in ("亿", "万") if (part.claim.unit or "").startswith(s)), ""),
            "share": _plain(_own(share)),
            "implied": shown[0],
            "low": shown[1],
            "high": shown[2],
        },
        claim_ids=(part.claim_id, share.claim_id),
        note_zh=identity.note.zh,
        note_en=identity.note.en,
    )


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _changes(facts: list[Fact], levels: list[Fact], snapshot: Snapshot) -> Iterator[Finding]:
    """A stated change against the levels around it; one level alone implies the other."""
    for fact in facts:
        if fact.claim.kind != "change" or fact.claim.value is None:
            continue
        same = [
            f
            for f in levels
            if f.claim.indicator == fact.claim.indicator
            and f.region_code == fact.region_code
            and (f.claim.scope or "") == (fact.claim.scope or "")
            and f.document.id == fact.document.id
        ]
        now = _at(same, str(fact.claim.period))
        before = _at(same, str(fact.claim.baseline_period))
        if now is not None:
            yield from _change_finding(fact, now, before, snapshot)


def _at(levels: list[Fact], period: str) -> Fact | None:
    return next((f for f in levels if str(f.claim.period) == period), None)


def _change_finding(
    change: Fact, now: Fact, before: Fact | None, snapshot: Snapshot
) -> Iterator[Finding]:
    relative = UNITS[change.claim.unit or ""].dimension == "relative_change"
    level, moved = _own(now), _own(change)
    values = {
        "change": _plain(moved),
        "size": _plain(abs(moved)),
        "unit": change.claim.unit or "",
        "level": _plain(level),
        "level_unit": now.claim.unit or "",
        "baseline_period": str(change.claim.baseline_period or ""),
    }
    if before is None:
        if not relative and change.claim.baseline_period is not None:
            values |= {"derived": _plain(level - moved), "sign": "-" if moved > 0 else "+"}
            yield _changed("change_implies", change, now, values, (now,))
        return
    base = _own(before)
    shift = 100 * (level - base) / base if relative and base else level - base
    step = Decimal(1).scaleb(_exponent(moved))
    agrees = abs(shift - moved) <= step
    values |= {"baseline": _plain(base), "computed": _plain(shift.quantize(step))}
    code: Code = "change_holds" if agrees else "change_differs"
    yield _changed(code, change, now, values, (now, before))


def _changed(
    code: Code, change: Fact, now: Fact, values: dict[str, str], sources: tuple[Fact, ...]
) -> Finding:
    return Finding(
        code=code,
        region_code=change.region_code,
        period=str(now.claim.period),
        indicator_ids=(change.claim.indicator,),
        values=values,
        claim_ids=(change.claim_id, *(f.claim_id for f in sources)),
    )


def _beyond(levels: list[Fact], snapshot: Snapshot) -> Iterator[Finding]:
    """Shares over 100 that the registry allows, with its reason (a task may be exceeded)."""
    for fact in levels:
        indicator = snapshot.indicators[fact.claim.indicator]
        if indicator.unit == "%" and _figure(fact, indicator) > 100:
            yield Finding(
                code="beyond_hundred",
                region_code=fact.region_code,
                period=str(fact.claim.period),
                indicator_ids=(indicator.id,),
                values={"value": _plain(_own(fact)), "unit": fact.claim.unit or ""},
                claim_ids=(fact.claim_id,),
                note_zh=indicator.bounds_note or "",
            )


def _conflicts(levels: list[Fact], snapshot: Snapshot) -> Iterator[Finding]:
    """Documents that give different exact figures for one region, period and definition."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in levels:
        if fact.claim.precision == "exact":
            groups[(fact.claim.indicator, *fact.key)].append(fact)
    for (indicator_id, code, period, *_), members in groups.items():
        indicator = snapshot.indicators[indicator_id]
        if len({_figure(f, indicator) for f in members}) > 1:
            yield Finding(
                code="conflict",
                region_code=code,
                period=period,
                indicator_ids=(indicator_id,),
                values={"figures": " / ".join(f"{_plain(_own(f))}{f.claim.unit}" for f in members)},
                claim_ids=tuple(f.claim_id for f in members),
            )
