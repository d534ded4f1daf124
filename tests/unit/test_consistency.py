"""Arithmetic over stated figures: sums, shares, changes, conflicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from indicators.core.consistency import findings, half_step, implied
from indicators.core.model import (
    Claim,
    Definition,
    Document,
    DocumentSource,
    Identity,
    Indicator,
    Region,
    Snapshot,
    Text,
)

REGION = Region(code="110100", name="甲市", level="city", parent=None)


def _indicator(name: str, unit: str) -> Indicator:
    return Indicator(
        id=name,
        name=Text(zh=name, en=name),
        unit=unit,
        direction="monitor",
        definition=Definition(status="local"),
        levels=("city",),
    )


INDICATORS = {
    i.id: i
    for i in (
        _indicator("total", "例"),
        _indicator("up", "例"),
        _indicator("down", "例"),
        _indicator("records", "份"),
        _indicator("coverage", "%"),
        _indicator("ratio", "%"),
    )
}
NOTE = Text(zh="说明", en="note")
IDENTITIES = (
    Identity(id="referrals", kind="sum", total="total", parts=("up", "down"), note=NOTE),
    Identity(id="population", kind="ratio", parts=("records",), share="coverage", note=NOTE),
)


def claim(indicator: str, value: str, unit: str, **more: Any) -> Claim:
    return Claim.model_validate(
        {
            "indicator": indicator,
            "kind": "reported",
            "period": "2023",
            "value": value,
            "unit": unit,
            "quote": value,
        }
        | more
    )


def found(*groups: list[Claim]) -> list[tuple[str, dict[str, str]]]:
    documents = tuple(
        Document(
            id=f"d{n}",
            title="文件",
            kind="bulletin",
            issuer="某委",
            region="110100",
            dated="2024-01-01",  # type: ignore[arg-type]
            source=DocumentSource(file="x.txt", sha256="0" * 64),
            claims=tuple(claims),
        )
        for n, claims in enumerate(groups)
    )
    snapshot = Snapshot((), INDICATORS, IDENTITIES, {"110100": REGION}, documents, "d")
    return [(f.code, f.values) for f in findings(snapshot)]


def test_parts_that_add_up() -> None:
    [(code, values)] = found(
        [claim("total", "547", "例"), claim("down", "53", "例"), claim("up", "494", "例")]
    )
    assert code == "sum_holds"
    assert values == {"parts": "494 + 53", "sum": "547", "total": "547", "unit": "例"}


def test_parts_that_do_not() -> None:
    [(code, values)] = found(
        [claim("total", "548", "例"), claim("down", "53", "例"), claim("up", "494", "例")]
    )
    assert (code, values["sum"], values["total"]) == ("sum_differs", "547", "548")


def test_parts_of_another_period_scope_or_document_are_not_added() -> None:
    total = claim("total", "547", "例")
    assert found([total, claim("down", "53", "例"), claim("up", "494", "例", period="2022")]) == []
    assert found([total, claim("down", "53", "例"), claim("up", "494", "例", scope="甲")]) == []
    assert found([total, claim("down", "53", "例")], [claim("up", "494", "例")]) == []


def test_implied_denominator_carries_the_rounding_of_both_figures() -> None:
    [(code, values)] = found([claim("records", "537.01", "万份"), claim("coverage", "93.05", "%")])
    assert code == "implied_denominator"
    assert (values["implied"], values["low"], values["high"], values["scale"]) == (
        "577.12",
        "577.08",
        "577.16",
        "万",
    )


def test_half_a_step_of_the_last_digit() -> None:
    assert half_step(Decimal("93.05")) == Decimal("0.005")
    assert half_step(Decimal("18804")) == Decimal("0.5")


def test_a_share_of_zero_implies_nothing() -> None:
    assert found([claim("records", "0", "份"), claim("coverage", "0", "%")]) == []
    with pytest.raises(ValueError, match="implies no denominator"):
        implied(Decimal(1), Decimal("0.00"))


def test_change_in_percentage_points_implies_the_earlier_level() -> None:
    [(code, values)] = found(
        [
            claim("ratio", "51.5", "%"),
            claim("ratio", "-5.51", "个百分点", kind="change", baseline_period="2022"),
        ]
    )
    assert code == "change_implies"
    assert (values["derived"], values["sign"], values["size"]) == ("57.01", "+", "5.51")


def test_change_against_both_levels() -> None:
    levels = [claim("ratio", "51.5", "%"), claim("ratio", "57.01", "%", period="2022")]
    change = {"kind": "change", "baseline_period": "2022"}
    [(code, _)] = found([*levels, claim("ratio", "-5.51", "个百分点", **change)])
    assert code == "change_holds"
    [(code, values)] = found([*levels, claim("ratio", "-4.00", "个百分点", **change)])
    assert (code, values["computed"]) == ("change_differs", "-5.51")


def test_relative_change_is_recomputed_as_such() -> None:
    [(code, values)] = found(
        [
            claim("ratio", "80.11", "%"),
            claim("ratio", "81.24", "%", period="2022"),
            claim("ratio", "-1.39", "%（相对）", kind="change", baseline_period="2022"),
        ]
    )
    assert (code, values["computed"]) == ("change_holds", "-1.39")


def test_above_a_hundred_is_pointed_out() -> None:
    [(code, values)] = found([claim("coverage", "100.02", "%")])
    assert (code, values["value"]) == ("beyond_hundred", "100.02")


def test_two_documents_that_disagree() -> None:
    assert found([claim("ratio", "60", "%")], [claim("ratio", "61", "%")]) == [
        ("conflict", {"figures": "60% / 61%"})
    ]
    assert found([claim("ratio", "60", "%")], [claim("ratio", "60.0", "%")]) == []
    assert found([claim("ratio", "60", "%")], [claim("ratio", "61", "%", scope="甲")]) == []
