"""What the shipped data must say as of 2026-11-21."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from indicators.tables.assess import ASSESS_COLUMNS, assess
from indicators.tables.claims import CLAIM_COLUMNS, claims_table
from indicators.tables.comparison import comparison
from indicators.tables.findings import findings
from indicators.tables.observations import observations
from tests.support.shipped import AS_OF, assessed, shipped


def _rows(**wanted: object) -> pd.DataFrame:
    table = assessed()
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table


@pytest.mark.parametrize(
    ("region", "indicator", "comparator", "target", "due", "verdict"),
    [
        ("411200", "primary_care_visit_share", ">=", "65", "2022", "due_unreported"),
        ("411200", "county_visit_share", ">=", "90", "2022", "due_unreported"),
        ("141182", "primary_care_visit_share", "=", "65", None, "unreported"),
        ("141182", "county_visit_share", "=", "90", None, "unreported"),
    ],
)
def test_the_four_headline_commitments(
    region: str, indicator: str, comparator: str, target: str, due: str | None, verdict: str
) -> None:
    [row] = _rows(region_code=region, indicator_id=indicator, target_kind="commitment").to_dict(
        "records"
    )
    assert (row["comparator"], row["target"], row["due"], row["verdict"]) == (
        comparator,
        Decimal(target),
        due,
        verdict,
    )
    assert row["quote"]
    assert row["document_dated"]
    assert row["value"] is None


def test_yiyang_maternal_mortality_is_below_the_2025_benchmark() -> None:
    [row] = _rows(
        region_code="430900", indicator_id="maternal_mortality_ratio", target=Decimal("14.5")
    ).to_dict("records")
    assert (row["target_kind"], row["due"], row["source_status"]) == (
        "benchmark",
        "2025",
        "verified",
    )
    assert (row["value"], row["distance"], row["distance_unit"]) == (
        Decimal("14.12"),
        Decimal("-0.38"),
        "/10万",
    )
    assert row["last_value_satisfies"] is True
    assert row["verdict"] == "due_unreported"
    assert "period_inferred" in row["caveats"]


def test_nanao_is_a_trend_of_a_county_and_shantou_has_no_figure() -> None:
    table = observations(shipped()[0], AS_OF)
    share = table[table["indicator_id"] == "county_inpatient_share"]
    assert list(zip(share["region_code"], share["period"], share["value"], strict=True)) == [
        ("440523", "2019", Decimal("55.5")),
        ("440523", "2023", Decimal("60.5")),
    ]


def test_a_county_never_answers_for_its_city() -> None:
    snapshot, settings = shipped()
    table = comparison(snapshot, settings, AS_OF, ["440500", "440523"], ["county_inpatient_share"])
    city, county = table.to_dict("records")
    assert city["value"] is None
    assert (county["value"], county["period"]) == (Decimal("60.5"), "2023")


def test_every_row_names_its_source() -> None:
    table = assessed()
    assert list(table.columns) == list(ASSESS_COLUMNS)
    assert table["document_title"].notna().all()
    promised = table[table["target_kind"] != "benchmark"]
    assert promised["quote"].notna().all()
    shown = table[table["value"].notna()]
    assert shown["value_quote"].notna().all()
    assert shown["value_document_id"].notna().all()


def test_claims_export_begins_with_the_published_columns() -> None:
    table = claims_table(shipped()[0])
    assert tuple(table.columns[: len(CLAIM_COLUMNS)]) == CLAIM_COLUMNS
    assert len(table) == sum(len(d.claims) for d in shipped()[0].documents)
    assert table["quote"].map(bool).all()


def test_only_documents_dated_by_then_count() -> None:
    snapshot, settings = shipped()
    early = assess(snapshot, settings, AS_OF.replace(year=2020))
    promises = early[early["target_kind"] != "benchmark"]
    assert set(promises["document_id"]) == {"sanmenxia-2019-plan-9"}
    assert early["value"].isna().all()
    benchmarks = early[early["target_kind"] == "benchmark"]
    assert "国卫基层发〔2022〕10号" not in set(benchmarks["document_number"])
    assert "国办发〔2015〕70号" in set(benchmarks["document_number"])


def test_one_region_alone_gives_the_same_rows() -> None:
    snapshot, settings = shipped()
    alone = assess(snapshot, settings, AS_OF, regions=["411200"])
    whole = _rows(region_code="411200")
    assert list(alone["target_id"]) == list(whole["target_id"])
    assert list(alone["verdict"]) == list(whole["verdict"])


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (
            "holds",
            (
                "龙湖区，双向转诊例数（分项：上转例数、下转例数），2023年："
                "分项之和与总数相符：494 + 53 = 547（例）。"
            ),
        ),
        (
            "holds",
            (
                "益阳市，医联体数（分项：市级医联体数、县域医共体数、远程医疗协作网数），"
                "2022年（按文件日期）：分项之和与总数相符：9 + 13 + 5 = 27（个）。"
            ),
        ),
        (
            "derived",
            (
                "岳阳市，居民健康档案份数、居民健康档案建档率，2021年12月："
                "推算（非文件所载）：537.01万份 ÷ 93.05% ≈ 577.12万"
            ),
        ),
        (
            "derived",
            (
                "益阳市，公立医院资产负债率，2021年："
                "推算（非文件所载）：2020年水平 = 51.5 + 5.51 = 57.01%。"
            ),
        ),
        (
            "holds",
            (
                "益阳市，活产出生缺陷发生率，2022年（按文件日期）："
                "变化值与水平值相符：2021年 81.24/万 → 2022年 80.11/万，"
                "文中变化 -1.39%（相对），复算 -1.39%（相对）。"
            ),
        ),
        (
            "explained",
            "益阳市，孕产妇免费产前筛查完成率，2022年10月20日：100.02% 高于 100%，照录原文。",
        ),
    ],
)
def test_consistency_findings(status: str, text: str) -> None:
    table = findings(shipped()[0])
    [row] = [r for r in table.to_dict("records") if text in r["text_zh"]]
    assert row["status"] == status
    assert row["text_en"]
    assert all(row["quotes"])


def test_nothing_in_the_shipped_data_contradicts_itself() -> None:
    assert "differs" not in set(findings(shipped()[0])["status"])
