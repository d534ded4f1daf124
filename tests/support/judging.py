"""Judge many invented cases in one query: each case is a region of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.core.period import Period
from indicators.core.progress import numbers
from indicators.core.schema import LINEAGE, OBSERVATIONS, TARGETS
from indicators.core.settings import Engine
from indicators.core.verdict import verdicts
from indicators.engine import connect, load
from indicators.tables.assess import CAVEATS

STALE_AFTER_DAYS = 730


@dataclass(frozen=True)
class Obs:
    """A reported figure: ``Obs("2022", "64.9")``."""

    period: str
    value: str | Decimal
    precision: str = "exact"
    dated: str = "2019-01-01"
    scope: str = ""
    definition: str = ""
    below: bool = False
    inferred: bool = False


@dataclass(frozen=True)
class Case:
    """One target with the figures that speak of it."""

    comparator: str
    target: str | Decimal
    due: str | None
    observations: tuple[Obs, ...] = ()
    direction: str = "up"
    upper: str | Decimal | None = None
    tolerance: str = "1"
    scope: str = ""
    definition: str = ""
    promised: str = "2019-05-31"
    extra: dict[str, Any] = field(default_factory=dict, compare=False)


def _dec(value: str | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _target(number: int, case: Case) -> dict[str, Any]:
    due = Period.parse(case.due) if case.due else None
    return {
        "target_id": f"t{number}",
        "region_code": f"r{number}",
        "indicator_id": "i",
        "scope": case.scope,
        "definition": case.definition,
        "direction": case.direction,
        "comparator": case.comparator,
        "value": _dec(case.target),
        "upper": _dec(case.upper),
        "tolerance": _dec(case.tolerance),
        "due_last": due.last if due else None,
        "due_from": due.covers_from if due else None,
        "promised_on": date.fromisoformat(case.promised),
    }


def _observation(number: int, place: int, obs: Obs) -> dict[str, Any]:
    period = Period.parse(obs.period)
    return {
        "obs_id": f"o{number}-{place}",
        "region_code": f"c{number}" if obs.below else f"r{number}",
        "indicator_id": "i",
        "scope": obs.scope,
        "definition": obs.definition,
        "first": period.first,
        "last": period.last,
        "value": _dec(obs.value),
        "precision": obs.precision,
        "dated": date.fromisoformat(obs.dated),
        "inferred": obs.inferred,
    }


def judge(cases: list[Case], as_of: str, engine: Engine | None = None) -> list[dict[str, Any]]:
    """The verdict rows of ``cases``, in their order, as of one date."""
    observations = [
        _observation(n, place, obs)
        for n, case in enumerate(cases)
        for place, obs in enumerate(case.observations)
    ]
    lineage = [{"region_code": f"c{n}", "ancestor_code": f"r{n}"} for n in range(len(cases))]
    connection = connect(engine or Engine())
    expression = verdicts(
        load(connection, [_target(n, c) for n, c in enumerate(cases)], TARGETS),
        load(connection, observations, OBSERVATIONS),
        load(connection, lineage, LINEAGE),
        date.fromisoformat(as_of),
        stale_after_days=STALE_AFTER_DAYS,
    )
    rows = {r["target_id"]: r for r in connection.to_pyarrow(expression).to_pylist()}
    judged = [rows[f"t{n}"] for n in range(len(cases))]
    return [row | numbers(row) for row in judged]


def mirrored(case: Case) -> Case:
    """The same case with direction, values and target negated."""
    comparator = {">=": "<=", "<=": ">="}.get(case.comparator, case.comparator)
    low, high = _dec(case.target), _dec(case.upper)
    flipped = {"at_least": "at_most", "at_most": "at_least"}
    return replace(
        case,
        comparator=comparator,
        direction={"up": "down", "down": "up"}.get(case.direction, case.direction),
        target=-high if high is not None else -low,  # type: ignore[operator]
        upper=-low if high is not None else None,  # type: ignore[operator]
        observations=tuple(
            replace(o, value=-Decimal(o.value), precision=flipped.get(o.precision, o.precision))
            for o in case.observations
        ),
    )


def scaled(case: Case, factor: Decimal) -> Case:
    """The same case with every figure in a unit ``factor`` times smaller."""
    high = _dec(case.upper)
    return replace(
        case,
        target=Decimal(case.target) * factor,
        upper=None if high is None else high * factor,
        tolerance=str(Decimal(case.tolerance) * factor),
        observations=tuple(replace(o, value=Decimal(o.value) * factor) for o in case.observations),
    )


def caveats(row: dict[str, Any]) -> tuple[str, ...]:
    """The caveats that hold for a verdict row."""
    return tuple(name for name in CAVEATS if row[name])
