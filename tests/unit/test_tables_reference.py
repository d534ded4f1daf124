"""Coverage, registry, documents and region tables, on a small snapshot with every case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from indicators.core.model import Document, Indicator, Region, Snapshot, Theme
from indicators.tables.coverage import (
    COVERAGE_COLUMNS,
    DOCUMENT_SILENCE_COLUMNS,
    SILENCE_COLUMNS,
    coverage,
    document_silence,
    shared,
    silence,
)
from indicators.tables.documents_table import DOCUMENT_COLUMNS, documents_table
from indicators.tables.region_table import (
    SUB_REGION_COLUMNS,
    RegionFacts,
    documents_about,
    region_facts,
    sub_regions,
    timeline,
)
from indicators.tables.registry_table import (
    BENCHMARK_COLUMNS,
    CONFUSABLE_COLUMNS,
    REGISTRY_COLUMNS,
    benchmarks_table,
    confusables_table,
    registry_table,
)


def _indicator(code: str, **more: Any) -> Indicator:
    return Indicator.model_validate(
        {
            "id": code,
            "name": {"zh": f"指标{code}", "en": f"Indicator {code}"},
            "definition": {"status": "unverified"},
            "unit": "%",
            "direction": "up",
            "bounds": ["0", "100"],
            "levels": ["city", "county"],
            "theme": "care",
            **more,
        }
    )


def _claim(indicator: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "kind": kind, "quote": f"{indicator} {kind}", **more}


def _reported(indicator: str, period: str, value: str, **more: Any) -> dict[str, Any]:
    return _claim(indicator, "reported", period=period, value=value, unit="%", **more)


def _document(code: str, region: str, dated: str, *claims: dict[str, Any]) -> Document:
    return Document.model_validate(
        {
            "id": code,
            "title": f"对{code}的答复",
            "kind": "npc_reply",
            "issuer": "卫生健康委员会",
            "number": None,
            "region": region,
            "dated": dated,
            "source": {"file": f"{code}.txt", "sha256": "0" * 64},
            "claims": list(claims),
        }
    )


REGIONS = [
    Region(code="000000", name="全国", level="country"),
    Region(code="430000", name="湖南省", level="province", parent="000000"),
    Region(code="430600", name="岳阳市", level="city", parent="430000"),
    Region(code="430626", name="平江县", level="county", parent="430600"),
    Region(code="430900", name="益阳市", level="city", parent="430000"),
]

BENCHMARK = {
    "id": "plan-2025",
    "applies_to": "000000",
    "value": "90",
    "comparator": "~",
    "due": "2025",
    "source": {"title": "某规划", "issuer": "国务院", "date": "2021", "status": "relayed"},
}

INDICATORS = [
    _indicator("visit", aliases=["县域就诊率"], benchmarks=[BENCHMARK]),
    _indicator("stay", confusable_with=[{"id": "visit", "why": "住院率只看住院"}]),
    _indicator("record", bounds=["0", None]),
    _indicator("debt", levels=["institution"]),
    _indicator("cut", definition={"status": "local"}, direction="monitor"),
]

OLD = _document(
    "old-plan",
    "430600",
    "2019",
    _claim("visit", "commitment", comparator=">=", value="65", unit="%", due="2022"),
    _claim("stay", "milestone"),
)
NEW = _document(
    "new-reply",
    "430600",
    "2022-05-30",
    _reported("record", "2021-12", "93.05"),
    _reported("record", "2020", "90.1"),
    _reported("stay", "2021", "60.5", region="430626"),
    _claim("cut", "change", period="2021", value="-5.51", unit="个百分点"),
    _reported("visit", "2022-05-30", "51.5", period_basis="document", region="430626"),
)
OTHER = _document("other-reply", "430900", "2022", _reported("visit", "2021", "88"))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot(
        themes=(Theme.model_validate({"id": "care", "name": {"zh": "有序就医", "en": "Care"}}),),
        indicators={indicator.id: indicator for indicator in INDICATORS},
        identities=(),
        regions={region.code: region for region in REGIONS},
        documents=(OLD, NEW, OTHER),
        digest="d",
    )


@pytest.fixture(scope="module")
def empty() -> Snapshot:
    regions = {region.code: region for region in REGIONS}
    return Snapshot((), {}, (), regions, (), "empty")


def _states(table: pd.DataFrame, region: str) -> dict[str, str]:
    rows = table[table["region_code"] == region]
    return dict(zip(rows["indicator_id"], rows["state"], strict=True))


def test_coverage_names_the_strongest_statement_of_every_cell(snapshot: Snapshot) -> None:
    table = coverage(snapshot)
    assert tuple(table.columns) == COVERAGE_COLUMNS
    assert len(table) == 5 * 3
    assert _states(table, "430600") == {
        "visit": "promised",
        "stay": "promised",
        "record": "reported",
        "debt": "other_level",
        "cut": "changed",
    }
    assert _states(table, "430626") == {
        "visit": "reported",
        "stay": "reported",
        "record": "never",
        "debt": "other_level",
        "cut": "never",
    }


def test_a_countys_figure_never_covers_its_city(snapshot: Snapshot) -> None:
    only_county = Snapshot(
        snapshot.themes,
        snapshot.indicators,
        (),
        snapshot.regions,
        (NEW,),
        "d",
    )
    table = coverage(only_county)
    city = table[(table["region_code"] == "430600") & (table["indicator_id"] == "stay")].iloc[0]
    assert (city["state"], city["reported"], city["below"]) == ("below", 0, ("平江县",))


def test_coverage_keeps_the_latest_period_as_written(snapshot: Snapshot) -> None:
    table = coverage(snapshot).set_index(["indicator_id", "region_code"])
    record = table.loc[("record", "430600")]
    assert (record["reported"], record["last_period"]) == (2, "2021-12")
    assert record["document_ids"] == ("new-reply",)
    assert table.loc[("visit", "430600"), "last_period"] is None


def test_silence_counts_only_regions_that_issue_documents(snapshot: Snapshot) -> None:
    table = silence(coverage(snapshot))
    assert tuple(table.columns) == SILENCE_COLUMNS
    assert list(table["indicator_id"]) == ["debt", "stay", "record", "cut", "visit"]
    rows = table.set_index("indicator_id")
    assert rows.loc["visit", "citing_regions"] == ("岳阳市", "益阳市")
    assert rows.loc["record", "silent_regions"] == ("益阳市",)
    assert (rows.loc["debt", "citing"], rows.loc["debt", "silent"]) == (0, 0)


def test_one_documents_own_wording_is_not_missed_elsewhere(snapshot: Snapshot) -> None:
    assert shared(snapshot) == {"visit", "stay", "record", "debt"}
    flags = silence(coverage(snapshot)).set_index("indicator_id")
    assert not flags.loc["cut", "shared"]
    assert flags.loc["visit", "shared"]
    assert flags.loc["visit", "document_ids"] == ("old-plan", "other-reply")


def test_document_silence_lists_what_others_cite_first(snapshot: Snapshot) -> None:
    table = document_silence(snapshot, "other-reply")
    assert tuple(table.columns) == DOCUMENT_SILENCE_COLUMNS
    assert list(table["indicator_id"]) == ["stay", "record", "cut"]
    assert list(table["cited_by"]) == [2, 1, 1]
    assert table.loc[0, "other_documents"] == ("old-plan", "new-reply")


def test_document_silence_of_an_unknown_document_is_empty(snapshot: Snapshot) -> None:
    assert document_silence(snapshot, "nowhere").empty


def test_registry_table_carries_bounds_aliases_and_counts(snapshot: Snapshot) -> None:
    table = registry_table(snapshot)
    assert tuple(table.columns) == REGISTRY_COLUMNS
    rows = table.set_index("indicator_id")
    visit = rows.loc["visit"]
    assert visit["aliases"] == ("县域就诊率",)
    assert (visit["lower_bound"], visit["upper_bound"]) == (Decimal(0), Decimal(100))
    assert (visit["theme_name"], visit["theme_name_en"]) == ("有序就医", "Care")
    assert (visit["benchmarks"], visit["claims"], visit["documents"]) == (1, 3, 3)
    assert rows.loc["record", "upper_bound"] is None
    assert (rows.loc["debt", "claims"], rows.loc["debt", "documents"]) == (0, 0)


def test_a_wall_stands_on_both_sides(snapshot: Snapshot) -> None:
    rows = registry_table(snapshot).set_index("indicator_id")
    assert rows.loc["visit", "confusables"] == ("stay",)
    assert rows.loc["stay", "confusables"] == ("visit",)
    table = confusables_table(snapshot, "visit")
    assert tuple(table.columns) == CONFUSABLE_COLUMNS
    assert table.loc[0, ["other_id", "why", "stated_by"]].tolist() == [
        "stay",
        "住院率只看住院",
        "stay",
    ]
    assert len(confusables_table(snapshot)) == 2


def test_a_wall_named_by_both_keeps_each_sides_words(snapshot: Snapshot) -> None:
    both = {
        "visit": _indicator("visit", confusable_with=[{"id": "stay", "why": "甲"}]),
        "stay": _indicator("stay", confusable_with=[{"id": "visit", "why": "乙"}]),
    }
    table = confusables_table(Snapshot((), both, (), snapshot.regions, (), "d"))
    assert list(table["why"]) == ["甲", "乙"]


def test_benchmarks_carry_source_and_status(snapshot: Snapshot) -> None:
    table = benchmarks_table(snapshot)
    assert tuple(table.columns) == BENCHMARK_COLUMNS
    row = table.iloc[0]
    assert (row["value"], row["unit"], row["comparator"], row["due"]) == (
        Decimal(90),
        "%",
        "~",
        "2025",
    )
    assert (row["source_status"], row["source_issuer"], row["source_date"]) == (
        "relayed",
        "国务院",
        "2021",
    )
    assert benchmarks_table(snapshot, "stay").empty


def test_documents_are_newest_first_with_counts_by_kind(snapshot: Snapshot) -> None:
    table = documents_table(snapshot)
    assert tuple(table.columns) == DOCUMENT_COLUMNS
    assert list(table["document_id"]) == ["other-reply", "new-reply", "old-plan"]
    new = table.set_index("document_id").loc["new-reply"]
    counts = ["claims", "reported", "commitment", "milestone", "change", "indicators"]
    assert new[counts].tolist() == [5, 4, 0, 0, 1, 4]
    assert new["other_regions"] == ("平江县",)
    assert not new["original_here"]


@pytest.mark.parametrize(
    ("verified", "state", "count", "on"),
    [
        ({}, "unverified", 0, None),
        ({"old-plan#1": "2026-11-21"}, "partly", 1, "2026-11-21"),
        ({"old-plan#1": "2026-11-21", "old-plan#2": "2026-10-01"}, "verified", 2, "2026-10-01"),
    ],
)
def test_verification_is_all_some_or_none(
    snapshot: Snapshot, verified: dict[str, str], state: str, count: int, on: str | None
) -> None:
    rows = documents_table(snapshot, verified, {"old-plan.txt"}).set_index("document_id")
    old = rows.loc["old-plan"]
    assert (old["verification"], old["quotes_verified"], old["verified_on"]) == (state, count, on)
    assert old["original_here"]


def test_timeline_places_each_claim_and_says_by_what(snapshot: Snapshot) -> None:
    table = timeline(snapshot, "430600")
    placed = [tuple(row) for row in table[["claim_id", "last", "basis"]].to_numpy()]
    assert placed == [
        ("old-plan#2", date(2019, 12, 31), "document"),
        ("new-reply#2", date(2020, 12, 31), "period"),
        ("new-reply#1", date(2021, 12, 31), "period"),
        ("new-reply#4", date(2021, 12, 31), "period"),
        ("old-plan#1", date(2022, 12, 31), "due"),
    ]


def test_timeline_of_a_county_holds_its_own_claims_only(snapshot: Snapshot) -> None:
    table = timeline(snapshot, "430626")
    assert list(table["claim_id"]) == ["new-reply#3", "new-reply#5"]
    assert list(table["basis"]) == ["period", "document"]
    assert timeline(snapshot, "430900")["claim_id"].tolist() == ["other-reply#1"]


def test_sub_regions_are_counted_apart(snapshot: Snapshot) -> None:
    table = sub_regions(snapshot, "430600")
    assert tuple(table.columns) == SUB_REGION_COLUMNS
    assert table.iloc[0, :3].tolist() == ["430626", "平江县", "county"]
    assert table.iloc[0, 3:].tolist() == [2, 2, 0, 0, 2, 1, ("new-reply",)]
    assert sub_regions(snapshot, "430626").empty
    assert list(sub_regions(snapshot, "430000")["region_code"]) == ["430600", "430626", "430900"]


def test_facts_count_the_region_itself_and_its_sub_regions_apart(snapshot: Snapshot) -> None:
    assert region_facts(snapshot, "430600") == RegionFacts(2, 2, 1, 4, 2, 1)
    assert region_facts(snapshot, "430626") == RegionFacts(2, 0, 0, 2, 1, 0)


def test_documents_about_a_region_are_its_own_and_those_that_name_it(snapshot: Snapshot) -> None:
    assert documents_about(snapshot, "430600") == ("old-plan", "new-reply")
    assert documents_about(snapshot, "430626") == ("new-reply",)
    assert documents_about(snapshot, "430000") == ()


def test_an_empty_snapshot_gives_empty_tables_with_their_columns(empty: Snapshot) -> None:
    assert tuple(coverage(empty).columns) == COVERAGE_COLUMNS
    assert tuple(silence(coverage(empty)).columns) == SILENCE_COLUMNS
    for table in (registry_table(empty), documents_table(empty), benchmarks_table(empty)):
        assert table.empty
        assert len(table.columns) > 10
    assert timeline(empty, "430600").empty
    assert sub_regions(empty, "430600").empty
