"""The appraisal: off by default, missing figures in sight, ranks with their range."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.errors import KnownProblem
from indicators.core.settings import Appraisal, Settings
from indicators.tables.assess import ASSESS_COLUMNS
from indicators.tables.scorecard import normalised, ranking, required, scores

D = date(2026, 6, 30)
REGISTRY = pd.DataFrame(
    [
        {"indicator_id": name, "indicator_name": name, "indicator_name_en": name}
        for name in ("a", "b", "c")
    ],
    dtype=object,
)


def _target(region: str, indicator: str, value: str | None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(ASSESS_COLUMNS)
    row |= {
        "target_id": f"{region}-{indicator}-{more.get('due_last')}",
        "region_code": region,
        "region_name": region,
        "region_level": "city",
        "indicator_id": indicator,
        "target_kind": "commitment",
        "direction": "up",
        "target": Decimal(100),
        "value": None if value is None else Decimal(value),
        "precision": "exact",
        "verdict": "unreported" if value is None else "missed",
        "last_value_satisfies": False,
    }
    return row | more


def _rules(missing: str = "exclude", least: int = 0, **weights: int) -> Appraisal:
    return Appraisal.model_validate(
        {
            "weights": {name: str(weight) for name, weight in weights.items()},
            "missing": missing,
            "least_coverage": least,
        }
    )


def _ranked(rows: list[dict[str, Any]], rules: Appraisal) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(ASSESS_COLUMNS), dtype=object)
    return ranking(scores(frame, REGISTRY, rules, D), rules).set_index("region_code")


def test_it_is_off_unless_configured() -> None:
    message = "the appraisal is off: name weights under appraisal in config.yaml to turn it on"
    with pytest.raises(KnownProblem, match=message):
        required(Settings())


@pytest.mark.parametrize(
    ("value", "goal", "direction", "score"),
    [
        ("45", "90", "up", "50.0"),
        ("89.99", "90", "up", "99.9"),
        ("90", "90", "up", "100.0"),
        ("120", "90", "up", "100.0"),
        ("-5", "90", "up", "0.0"),
        ("24", "12", "down", "50.0"),
        ("12", "12", "down", "100.0"),
        ("0", "12", "down", "100"),
        ("3", "0", "up", "100"),
        ("-3", "0", "up", "0"),
    ],
)
def test_distance_to_target(value: str, goal: str, direction: str, score: str) -> None:
    assert normalised(Decimal(value), Decimal(goal), direction) == Decimal(score)


@given(
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from(["up", "down"]),
)
def test_a_part_is_always_0_to_100(value: Decimal, goal: Decimal, direction: str) -> None:
    assert 0 <= normalised(value, goal, direction) <= 100


def test_the_score_is_the_weighted_mean_of_the_parts() -> None:
    rows = [_target("x", "a", "80"), _target("x", "b", "40")]
    assert _ranked(rows, _rules(a=3, b=1)).at["x", "score"] == Decimal("70.0")


def test_a_mean_that_is_not_whole_does_not_read_100() -> None:
    rows = [_target("x", "a", "100"), _target("x", "b", "99.9")]
    assert _ranked(rows, _rules(a=9, b=1)).at["x", "score"] == Decimal("99.9")


def test_missing_figures_are_left_out_or_zero_and_always_named() -> None:
    rows = [_target("x", "a", "80"), _target("x", "b", None)]
    left_out, zero = _ranked(rows, _rules(a=3, b=1)), _ranked(rows, _rules("zero", a=3, b=1))
    assert left_out.at["x", "score"] == Decimal("80.0")
    assert zero.at["x", "score"] == Decimal("60.0")
    for table in (left_out, zero):
        assert table.at["x", "missing_indicators"] == ("b",)
        assert table.at["x", "weight_covered"] == Decimal("75.0")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"direction": "monitor"}, "monitor"),
        ({"verdict": "due_unreported"}, "no_figure"),
        ({"verdict": "not_comparable"}, "no_figure"),
        ({"precision": "at_least"}, "imprecise"),
    ],
)
def test_why_a_part_is_not_scored(more: dict[str, Any], reason: str) -> None:
    frame = pd.DataFrame([_target("x", "a", "80", **more)], dtype=object)
    row = scores(frame, REGISTRY, _rules(a=1), D).iloc[0]
    assert (row["score"], row["missing"]) == (None, reason)


def test_a_bound_that_satisfies_scores_in_full() -> None:
    more = {"precision": "at_least", "last_value_satisfies": True}
    frame = pd.DataFrame([_target("x", "a", "100", **more)], dtype=object)
    assert scores(frame, REGISTRY, _rules(a=1), D).iloc[0]["score"] == 100


def test_the_target_due_next_is_in_force() -> None:
    rows = [
        _target("x", "a", "50", target=Decimal(50), due_last=date(2025, 12, 31)),
        _target("x", "a", "50", target=Decimal(100), due_last=date(2030, 12, 31)),
        _target("x", "a", "50", target=Decimal(80), due_last=date(2027, 12, 31)),
        _target("x", "a", "50", target=Decimal(60), due_last=None),
    ]
    frame = pd.DataFrame(rows, dtype=object)
    assert scores(frame, REGISTRY, _rules(a=1), D).iloc[0]["target"] == 80
    past = frame[frame["due_last"].isna() | (frame["target"] == 50)]
    assert scores(past, REGISTRY, _rules(a=1), D).iloc[0]["target"] == 50


def test_ranks_and_how_they_move_with_the_weights() -> None:
    rows = [
        _target("x", "a", "90"),
        _target("x", "b", "50"),
        _target("y", "a", "60"),
        _target("y", "b", "82"),
        _target("z", "a", "10"),
        _target("z", "b", "10"),
    ]
    table = _ranked(rows, _rules(a=1, b=1))
    assert list(table["score"]) == [Decimal("71.0"), Decimal("70.0"), Decimal("10.0")]
    assert list(table.index) == ["y", "x", "z"]
    assert table.at["y", "rank"] == 1
    assert (table.at["y", "rank_best"], table.at["y", "rank_worst"]) == (1, 2)
    assert (table.at["z", "rank_best"], table.at["z", "rank_worst"]) == (3, 3)
    assert set(table["ranked_of"]) == {3}


def test_levels_are_never_ranked_together() -> None:
    rows = [
        _target("x", "a", "90"),
        _target("y", "a", "60"),
        _target("z", "a", "95", region_level="county"),
    ]
    table = _ranked(rows, _rules(a=1))
    assert table.at["z", "rank"] is None
    assert (table.at["x", "rank"], table.at["y", "rank"]) == (1, 2)


def test_too_little_weight_covered_is_scored_but_not_ranked() -> None:
    rows = [
        _target("x", "a", "90"),
        _target("x", "b", "90"),
        _target("y", "a", "60"),
        _target("y", "b", "60"),
        _target("z", "a", "99"),
        _target("z", "b", None),
    ]
    table = _ranked(rows, _rules("exclude", 60, a=1, b=1))
    assert table.at["z", "score"] == Decimal("99.0")
    assert table.at["z", "rank"] is None


def test_an_unknown_indicator_is_named() -> None:
    frame = pd.DataFrame([_target("x", "a", "80")], dtype=object)
    with pytest.raises(KnownProblem, match=r"appraisal\.weights: the registry has no nope"):
        scores(frame, REGISTRY, _rules(nope=1), D)


@pytest.mark.parametrize("weight", ["0", "-1", "many", "nan"])
def test_a_weight_must_be_a_number_above_zero(weight: str) -> None:
    with pytest.raises(ValueError, match='expected a number above 0 as the weight of "a"'):
        Appraisal.model_validate({"weights": {"a": weight}})


def test_no_weights_no_appraisal() -> None:
    with pytest.raises(ValueError, match="expected a mapping of indicator id to weight"):
        Appraisal.model_validate({"weights": {}})
