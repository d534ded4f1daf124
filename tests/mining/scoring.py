"""Reads the labelled corpus and scores the miner against it, field by field."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from indicators.core.model import Definition, Indicator, Region, Snapshot, Text
from indicators.mining.candidate import Candidate
from indicators.mining.confidence import THRESHOLD
from indicators.mining.miner import mine

HERE = Path(__file__).parent
HOME, DATED = "910100", "2023-06-12"
FIELDS = ("indicator", "region", "period", "value", "unit", "kind")
#: Values that no share in the fixture can take, so that bounds are tested too.
_BOUNDS = {"%": (Decimal(0), Decimal(150)), "‰": (Decimal(0), Decimal(1000))}


@dataclass(frozen=True)
class Label:
    """One expected claim: the fields of the full binding, and the extras that were labelled."""

    indicator: str
    region: str
    period: str | None
    value: Decimal | None
    unit: str | None
    kind: str
    extras: tuple[tuple[str, str], ...] = ()

    def binding(self) -> tuple[object, ...]:
        return (self.indicator, self.region, self.period, self.value, self.unit, self.kind)


@dataclass(frozen=True)
class Case:
    """One labelled text."""

    pattern: str
    text: str
    region: str
    dated: str
    plan: bool
    labels: tuple[Label, ...]


@dataclass
class Score:
    """Counts of right, wrong and missed, per field and for the full binding."""

    right: Counter[str] = field(default_factory=Counter)
    found: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def precision(self, name: str = "full") -> float:
        return self.right[name] / self.found if self.found else 1.0

    def recall(self, name: str = "full") -> float:
        return self.right[name] / self.wanted if self.wanted else 1.0


def fixture_snapshot() -> Snapshot:
    """A small registry and invented regions, independent of the shipped data."""
    rows = yaml.safe_load((HERE / "fixture" / "registry.yaml").read_text(encoding="utf-8"))
    indicators = {row[0]: _indicator(row) for row in rows}
    with (HERE / "fixture" / "regions.csv").open(encoding="utf-8", newline="") as handle:
        regions = {row["code"]: _region(row) for row in csv.DictReader(handle)}
    return Snapshot((), indicators, (), regions, (), digest="fixture")


def _indicator(row: list[str]) -> Indicator:
    identity, name, unit, levels, *aliases = row
    return Indicator(
        id=identity,
        name=Text(zh=name, en=identity),
        aliases=tuple(aliases),
        definition=Definition(status="unverified"),
        unit=unit,
        direction="up",
        bounds=_BOUNDS.get(unit, (None, None)),
        levels=tuple(levels.split()),
    )


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"], name=row["name"], level=row["level"], parent=row["parent"] or None
    )


def load(split: str) -> list[Case]:
    """The cases of ``build`` or ``held_out``."""
    rows = yaml.safe_load((HERE / "corpus" / f"{split}.yaml").read_text(encoding="utf-8"))
    return [_case(row) for row in rows]


def _case(row: dict[str, object]) -> Case:
    region, dated = str(row.get("r", HOME)), str(row.get("d", DATED))
    labels = tuple(_label(str(text), region, dated) for text in row["c"])  # type: ignore[attr-defined]
    return Case(str(row["p"]), str(row["t"]), region, dated, row.get("k") == "plan", labels)


def _label(text: str, home: str, dated: str) -> Label:
    indicator, region, period, value, unit, kind, *extras = text.split()
    return Label(
        indicator="" if indicator == "?" else indicator,
        region=home if region == "." else region,
        period=dated if period == "@" else (None if period == "-" else period),
        value=None if value == "-" else Decimal(value),
        unit=None if unit == "-" else unit,
        kind=kind,
        extras=tuple((extra.split("=", 1)[0], extra.split("=", 1)[1]) for extra in extras),
    )


def as_label(candidate: Candidate) -> Label:
    """What a candidate claims, in the form of a label."""
    return Label(
        indicator=candidate.indicator_id,
        region=candidate.region_code,
        period=candidate.due or candidate.period,
        value=candidate.value,
        unit=candidate.unit,
        kind=candidate.kind,
    )


def extra(candidate: Candidate, name: str) -> str:
    """A labelled extra of a candidate: cmp, prec, base, basis, scope or upper."""
    fields = {
        "cmp": candidate.comparator,
        "prec": candidate.precision,
        "base": candidate.baseline_period,
        "basis": candidate.period_basis,
        "scope": candidate.scope,
        "upper": candidate.upper,
    }
    return str(fields[name] or "")


def run(case: Case, snapshot: Snapshot) -> list[Candidate]:
    """The miner's candidates for one case."""
    return mine(case.text, snapshot=snapshot, region=case.region, dated=case.dated, plan=case.plan)


def score(cases: list[Case], snapshot: Snapshot, threshold: float = THRESHOLD) -> Score:
    """Score the candidates at or above ``threshold`` that name an indicator."""
    total = Score()
    for case in cases:
        found = [
            as_label(c) for c in run(case, snapshot) if c.confidence >= threshold and c.indicator_id
        ]
        wanted = [label for label in case.labels if label.kind != "milestone"]
        _compare(case, found, wanted, total)
    return total


def _compare(case: Case, found: list[Label], wanted: list[Label], total: Score) -> None:
    total.found += len(found)
    total.wanted += len(wanted)
    rest = list(wanted)
    for label in sorted(found, key=lambda f: -max((_alike(f, w) for w in rest), default=0)):
        best = max(rest, key=lambda w: _alike(label, w), default=None)
        if best is None or label.value != best.value:
            total.wrong.append(f"{case.pattern} {case.text}\n      extra {label.binding()}")
            continue
        rest.remove(best)
        same = [a == b for a, b in zip(label.binding(), best.binding(), strict=True)]
        total.right.update(name for name, equal in zip(FIELDS, same, strict=True) if equal)
        if all(same):
            total.right["full"] += 1
        else:
            pair = f"      found {label.binding()}\n      want  {best.binding()}"
            total.wrong.append(f"{case.pattern} {case.text}\n{pair}")
    total.missed += [f"{case.pattern} {case.text}\n      missed {w.binding()}" for w in rest]


def _alike(one: Label, other: Label) -> int:
    same = sum(a == b for a, b in zip(one.binding(), other.binding(), strict=True))
    return same + 10 * (one.value == other.value)
