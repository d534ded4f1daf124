from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.core.unit import UNITS, convert, convertible, unit


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("93.05", "%", "‰", "930.5"),
        ("14.12", "/10万", "/万", "1.412"),
        ("80.11", "/万", "‰", "8.011"),
        ("537.01", "万份", "份", "5370100"),
        ("8.9", "万例", "例", "89000"),
        ("48.57", "万人", "人", "485700"),
        ("6450", "万元", "亿元", "0.645"),
        ("900", "名", "人", "900"),
    ],
)
def test_exact_conversion(value: str, source: str, target: str, expected: str) -> None:
    assert convert(Decimal(value), source, target) == Decimal(expected)
    assert convert(Decimal(expected), target, source) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "source", "target", "shown"),
    [
        ("102.44", "万人", "人", "1024400"),
        ("6.23456", "万人", "人", "62345.6"),
        ("65.50", "%", "%", "65.50"),
        ("1.500", "‰", "%", "0.1500"),
    ],
)
def test_a_conversion_adds_no_decimals(value: str, source: str, target: str, shown: str) -> None:
    assert str(convert(Decimal(value), source, target)) == shown


@pytest.mark.parametrize(
    ("source", "target"),
    [("%", "个百分点"), ("人", "人次"), ("份", "人"), ("例", "人"), ("%", "元"), ("%", "比值")],
)
def test_different_things_never_convert(source: str, target: str) -> None:
    assert not convertible(source, target)
    with pytest.raises(ValueError, match="measure different things"):
        convert(Decimal(1), source, target)


def test_unknown_unit_is_named() -> None:
    with pytest.raises(ValueError, match='found "百分点"'):
        unit("百分点")


def test_a_gap_of_percentages_is_in_percentage_points() -> None:
    assert UNITS["%"].gap_zh == "个百分点"
    assert UNITS["%"].gap_en == "percentage points"
    assert UNITS["/10万"].gap_zh == "/10万"
