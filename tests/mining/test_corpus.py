"""Floors under precision and recall, a little below what was measured."""

from __future__ import annotations

import pytest

from indicators.mining.confidence import THRESHOLD
from tests.mining import scoring

#: split -> texts, claims, floor of precision, floor of recall (full binding)
FLOORS = {
    "build": (210, 303, 0.99, 0.98),
    "held_out": (107, 183, 0.98, 0.97),
    "fresh": (55, 112, 0.98, 0.98),
    "fresh2": (56, 117, 0.98, 0.98),
    "fresh3": (60, 104, 0.97, 0.97),
    "fresh4": (36, 91, 0.95, 0.92),
    "letters": (30, 65, 0.98, 0.98),
}


@pytest.fixture(scope="module")
def results() -> dict[str, scoring.Score]:
    snapshot = scoring.fixture_snapshot()
    return {split: scoring.score(scoring.load(split), snapshot) for split in FLOORS}


@pytest.mark.parametrize("split", FLOORS)
def test_size(split: str) -> None:
    cases = scoring.load(split)
    wanted = [one for case in cases for one in case.labels if one.kind != "milestone"]
    assert (len(cases), len(wanted)) == FLOORS[split][:2]


@pytest.mark.parametrize("split", FLOORS)
def test_full_binding(split: str, results: dict[str, scoring.Score]) -> None:
    _, _, precision, recall = FLOORS[split]
    result = results[split]
    assert result.precision() >= precision, "\n".join(result.wrong)
    assert result.recall() >= recall, "\n".join(result.missed)


@pytest.mark.parametrize("split", FLOORS)
@pytest.mark.parametrize("name", scoring.FIELDS)
def test_fields(split: str, name: str, results: dict[str, scoring.Score]) -> None:
    _, _, precision, recall = FLOORS[split]
    assert results[split].precision(name) >= precision
    assert results[split].recall(name) >= recall


def test_published_threshold() -> None:
    assert THRESHOLD == 0.6


@pytest.mark.parametrize("split", FLOORS)
def test_extras(split: str) -> None:
    """Scope, comparator, precision and baseline where the corpus labels them."""
    snapshot = scoring.fixture_snapshot()
    wrong: list[str] = []
    checked = 0
    for case in scoring.load(split):
        found = {scoring.as_label(c).binding(): c for c in scoring.run(case, snapshot)}
        for label in case.labels:
            candidate = found.get(label.binding())
            for name, value in label.extras if candidate else ():
                checked += 1
                actual = scoring.extra(candidate, name)
                if value not in actual:
                    wrong.append(f"{case.text}: {name} {value!r} in {actual!r}")
    assert len(wrong) <= 0.03 * checked, "\n".join(wrong)


@pytest.mark.parametrize("split", FLOORS)
def test_quotes_stand_in_the_text(split: str) -> None:
    snapshot = scoring.fixture_snapshot()
    for case in scoring.load(split):
        for candidate in scoring.run(case, snapshot):
            end = candidate.offset + len(candidate.quote)
            assert case.text[candidate.offset : end] == candidate.quote


def test_milestones_are_found() -> None:
    snapshot = scoring.fixture_snapshot()
    for case in scoring.load("build"):
        for label in (one for one in case.labels if one.kind == "milestone"):
            found = [c for c in scoring.run(case, snapshot) if c.kind == "milestone"]
            assert [c.due for c in found] == [label.period]


def test_unknown_figures_are_listed() -> None:
    """A figure whose indicator the registry lacks keeps its wording and has no id."""
    case = next(c for c in scoring.load("build") if "床位使用率为81.3%" in c.text)
    found = scoring.run(case, scoring.fixture_snapshot())
    assert [(c.indicator_id, c.indicator_text, str(c.value)) for c in found] == [
        ("", "远程医疗覆盖率", "96"),
        ("", "床位使用率", "81.3"),
    ]
    assert all(c.confidence < THRESHOLD for c in found)
