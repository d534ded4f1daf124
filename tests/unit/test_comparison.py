"""Which figures may stand in one row, and how they are ranked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from indicators.core.model import (
    Claim,
    Definition,
    Direction,
    Document,
    DocumentSource,
    Indicator,
    Region,
    Snapshot,
    Text,
)
from indicators.core.settings import Settings
from indicators.tables.comparison import comparison

REGIONS = {
    code: Region(code=code, name=name, level=level, parent=parent)  # type: ignore[arg-type]
    for code, name, level, parent in [
        ("000000", "全国", "country", None),
        ("110100", "甲市", "city", "000000"),
        ("110200", "乙市", "city", "000000"),
        ("110300", "丙市", "city", "000000"),
        ("110321", "丁县", "county", "110300"),
    ]
}


def figure(region: str, value: str, period: str = "2022", **more: Any) -> Document:
    """A document that states one figure."""
    claim = Claim.model_validate(
        {
            "indicator": "visit_share",
            "kind": "reported",
            "region": region,
            "period": period,
            "value": value,
            "unit": "%",
            "quote": f"就诊率{value}%",
        }
        | more
    )
    return Document(
        id=f"d{region}-{period}-{value.replace('.', '-')}",
        title="文件",
        kind="bulletin",
        issuer="某委",
        region=region,
        dated="2024-01-01",  # type: ignore[arg-type]
        source=DocumentSource(file="x.txt", sha256="0" * 64),
        claims=(claim,),
    )


def compare(*documents: Document, direction: Direction = "up") -> list[dict[str, Any]]:
    """The row of all five regions."""
    indicator = Indicator(
        id="visit_share",
        name=Text(zh="就诊率", en="Visit share"),
        unit="%",
        direction=direction,
        definition=Definition(status="local"),
        levels=("city", "county"),
    )
    snapshot = Snapshot((), {"visit_share": indicator}, (), REGIONS, documents, "digest")
    table = comparison(snapshot, Settings(), date(2026, 1, 1), list(REGIONS)[1:], ["visit_share"])
    return table.to_dict("records")  # type: ignore[return-value]


def column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """One column, a value per region in the order asked for."""
    return [row[name] for row in rows]


def test_a_missing_figure_stays_missing() -> None:
    rows = compare(figure("110100", "60"))
    assert column(rows, "value") == [Decimal(60), None, None, None]
    assert column(rows, "comparable") == [True, None, None, None]
    assert column(rows, "rank") == [None] * 4


def test_ties_share_a_rank_and_the_next_is_skipped() -> None:
    rows = compare(figure("110100", "60"), figure("110200", "70"), figure("110300", "70.0"))
    assert column(rows, "rank") == [3, 1, 1, None]
    assert column(rows, "ranked_of") == [3, 3, 3, None]


def test_lower_is_better_turns_the_ranking() -> None:
    rows = compare(figure("110100", "60"), figure("110200", "70"), direction="down")
    assert column(rows, "rank")[:2] == [1, 2]


def test_a_watched_indicator_is_never_ranked() -> None:
    rows = compare(figure("110100", "60"), figure("110200", "70"), direction="monitor")
    assert column(rows, "rank") == [None] * 4


def test_a_county_is_shown_with_its_reason_and_not_ranked() -> None:
    rows = compare(figure("110100", "60"), figure("110200", "70"), figure("110321", "99"))
    assert column(rows, "reason") == [None, None, None, "level"]
    assert column(rows, "rank") == [2, 1, None, None]


def test_scope_and_definition_are_walls() -> None:
    rows = compare(
        figure("110100", "60"),
        figure("110200", "61"),
        figure("110300", "99", scope="户籍人口"),
    )
    assert column(rows, "reason")[:3] == [None, None, "scope"]
    rows = compare(
        figure("110100", "60"), figure("110200", "61"), figure("110300", "99", definition="2020版")
    )
    assert column(rows, "reason")[:3] == [None, None, "definition"]


def test_a_figure_that_fits_the_row_is_preferred_to_a_newer_one_that_does_not() -> None:
    rows = compare(
        figure("110100", "60"),
        figure("110200", "61"),
        figure("110200", "99", "2023", scope="户籍人口"),
    )
    assert column(rows, "value")[:2] == [Decimal(60), Decimal(61)]


def test_periods_too_far_apart() -> None:
    rows = compare(figure("110100", "60", "2022"), figure("110200", "70", "2020"))
    assert column(rows, "reason")[:2] == [None, None]
    rows = compare(figure("110100", "60", "2022"), figure("110200", "70", "2019"))
    assert column(rows, "reason")[:2] == [None, "period"]
    assert column(rows, "period")[:2] == ["2022", "2019"]


def test_the_latest_period_is_shown_and_a_rival_document_named() -> None:
    rows = compare(figure("110100", "50", "2021"), figure("110100", "60"), figure("110100", "61"))
    assert rows[0]["period"] == "2022"
    assert rows[0]["disagrees_with"] == ("60% (d110100-2022-60)",)


def test_bounds_are_not_ranked() -> None:
    rows = compare(
        figure("110100", "60"), figure("110200", "70"), figure("110300", "65", precision="at_least")
    )
    assert column(rows, "rank") == [2, 1, None, None]
