"""The decisive facts of the five cited documents, read from the files as plain text.

Nothing here goes through the loader: a slip in the data must not hide behind a slip in
the code. The originals are compared only where ``INDICATORS_SOURCES`` names their folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "documents"
Claim = dict[str, str]
Document = dict[str, Any]

YUEYANG = "yueyang-2022-npc-162"
YIYANG = "yiyang-2022-reform-report"
SHANTOU = "shantou-2024-cppcc-20240313"
SANMENXIA = "sanmenxia-2019-plan-9"
FENYANG = "fenyang-2023-npc-10"
FIVE = (YUEYANG, YIYANG, SHANTOU, SANMENXIA, FENYANG)

_NUMERALS = {"2": "两", "3": "三"}
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _load(document_id: str) -> Document:
    text = (FOLDER / f"{document_id}.yaml").read_text(encoding="utf-8")
    document: Document = yaml.load(text, Loader=yaml.BaseLoader)
    return document


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document_id: _load(document_id) for document_id in FIVE}


@pytest.fixture(scope="module")
def indicators() -> dict[str, dict[str, Any]]:
    """Every indicator of the registry by id."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((ROOT / "indicators" / "registry").glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        found |= {indicator["id"]: indicator for indicator in content["indicators"]}
    return found


def _select(document: Document, **wanted: str | None) -> list[Claim]:
    """Claims whose fields equal ``wanted``; None asks for an absent field."""
    return [
        claim
        for claim in document["claims"]
        if all(claim.get(name) == value for name, value in wanted.items())
    ]


def _figures(document: Document, **wanted: str | None) -> set[tuple[str, str, str | None]]:
    """(value, unit, period) of the selected claims."""
    chosen = _select(document, **wanted)
    return {(claim["value"], claim["unit"], claim.get("period")) for claim in chosen}


def _fold(text: str) -> str:
    return "".join(text.translate(_HALF).split())


@pytest.mark.parametrize(
    ("document_id", "kinds"),
    [
        (YUEYANG, {"reported": 34, "milestone": 1}),
        (YIYANG, {"reported": 53, "change": 2, "milestone": 2, "commitment": 1}),
        (SHANTOU, {"reported": 31, "milestone": 5}),
        (SANMENXIA, {"milestone": 10, "commitment": 5}),
        (FENYANG, {"commitment": 2, "reported": 3, "milestone": 1}),
    ],
)
def test_number_of_claims(
    documents: dict[str, Document], document_id: str, kinds: dict[str, int]
) -> None:
    assert Counter(c["kind"] for c in documents[document_id]["claims"]) == kinds


@pytest.mark.parametrize(
    ("document_id", "region", "dated", "number", "kind"),
    [
        (YUEYANG, "430600", "2022-05-30", "岳卫字〔2022〕13号", "npc_reply"),
        (YIYANG, "430900", "2022", "null", "work_report"),
        (SHANTOU, "440500", "2024-08-02", "null", "cppcc_reply"),
        (SANMENXIA, "411200", "2019-05-31", "三政办〔2019〕9号", "plan"),
        (FENYANG, "141182", "2023", "汾卫体便函〔2023〕125号", "npc_reply"),
    ],
)
def test_metadata(
    documents: dict[str, Document],
    document_id: str,
    region: str,
    dated: str,
    number: str,
    kind: str,
) -> None:
    document = documents[document_id]
    assert document["id"] == document_id
    found = tuple(document[name] for name in ("region", "dated", "number", "kind"))
    assert found == (region, dated, number, kind)
    assert (document["source"]["url"], document["source"]["retrieved"]) == ("null", "null")


def test_nan_ao_inpatient_share_belongs_to_the_county(documents: dict[str, Document]) -> None:
    shantou = documents[SHANTOU]
    nan_ao = _figures(shantou, indicator="county_inpatient_share", region="440523")
    assert nan_ao == {("55.5", "%", "2019"), ("60.5", "%", "2023")}
    assert len(_select(shantou, indicator="county_inpatient_share")) == 2
    assert _select(shantou, indicator="county_inpatient_share", region=None) == []
    assert _select(shantou, indicator="county_visit_share") == []


@pytest.mark.parametrize(
    ("document_id", "indicator", "value", "comparator", "due"),
    [
        (SANMENXIA, "primary_care_visit_share", "65", ">=", "2022"),
        (SANMENXIA, "county_visit_share", "90", ">=", "2022"),
        (SANMENXIA, "county_level_first_visit_diseases", "100", ">=", "null"),
        (SANMENXIA, "township_level_first_visit_diseases", "50", ">=", "null"),
        (FENYANG, "primary_care_visit_share", "65", "=", "null"),
        (FENYANG, "county_visit_share", "90", "=", "null"),
    ],
)
def test_targets_are_commitments_and_never_results(
    documents: dict[str, Document],
    document_id: str,
    indicator: str,
    value: str,
    comparator: str,
    due: str,
) -> None:
    (claim,) = _select(documents[document_id], indicator=indicator)
    assert claim["kind"] == "commitment"
    assert (claim["value"], claim["comparator"], claim["due"]) == (value, comparator, due)
    assert "period" not in claim


def test_the_plan_reports_nothing(documents: dict[str, Document]) -> None:
    assert {c["kind"] for c in documents[SANMENXIA]["claims"]} == {"commitment", "milestone"}
    (rollout,) = _select(documents[SANMENXIA], indicator="consortium_full_rollout")
    assert (rollout["due"], rollout["quote"]) == ("2020", "到2020年，医共体建设全面推开")


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "period"),
    [
        ("maternal_mortality_ratio", "14.12", "/10万", "2022"),
        ("under5_mortality_rate", "3.60", "‰", "2022"),
        ("prenatal_screening_completion", "100.02", "%", "2022-10-20"),
        ("prenatal_screening_count", "18804", "人", "2022-10-20"),
        ("newborn_chd_screening_completion", "91.02", "%", "2022-10-20"),
        ("newborn_chd_screening_count", "17111", "人", "2022-10-20"),
        ("service_standard_basic_share", "90.91", "%", "2022"),
        ("service_standard_recommended_share", "17.27", "%", "2022"),
        ("alliances_total", "27", "个", "2022"),
        ("alliances_city", "9", "个", "2022"),
        ("county_consortia", "13", "个", "2022"),
        ("telemedicine_networks", "5", "个", "2022"),
        ("tcm_hospitals_public", "7", "家", "2022"),
        ("tcm_hospitals_tertiary", "2", "家", "2022"),
        ("tcm_hospitals_secondary", "5", "家", "2022"),
        ("tcm_clinic_coverage", "100", "%", "2022"),
    ],
)
def test_yiyang_figures(
    documents: dict[str, Document], indicator: str, value: str, unit: str, period: str
) -> None:
    assert _figures(documents[YIYANG], indicator=indicator) == {(value, unit, period)}


def test_changes_are_not_levels(documents: dict[str, Document]) -> None:
    yiyang = documents[YIYANG]
    assert {
        (c["indicator"], c["value"], c["unit"], c["period"], c["baseline_period"])
        for c in _select(yiyang, kind="change")
    } == {
        ("public_hospital_debt_ratio", "-5.51", "个百分点", "2021", "2020"),
        ("birth_defect_rate", "-1.39", "%（相对）", "2022", "2021"),
    }
    debt = _figures(yiyang, indicator="public_hospital_debt_ratio", kind="reported")
    assert debt == {("51.5", "%", "2021")}
    defects = _figures(yiyang, indicator="birth_defect_rate", kind="reported")
    assert defects == {("80.11", "/万", "2022"), ("81.24", "/万", "2021")}
    (before,) = _select(yiyang, indicator="birth_defect_rate", period="2021")
    assert before.get("period_basis", "stated") == "stated"  # the sentence says 去年同期


def test_yiyang_mortality_is_marked_as_undated(documents: dict[str, Document]) -> None:
    for indicator in ("maternal_mortality_ratio", "under5_mortality_rate"):
        (claim,) = _select(documents[YIYANG], indicator=indicator)
        assert claim["period_basis"] == "document"
        assert claim["note"].startswith("统计时段未写，报告写于年底之前，不能当作2022年全年数")


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "period"),
    [
        ("health_record_coverage", "93.05", "%", "2021-12"),
        ("health_records_count", "537.01", "万份", "2021-12"),
        ("elderly_managed_count", "48.57", "万人", "2021-12"),
        ("elderly_health_management_rate", "72.01", "%", "2021-12"),
        ("elderly_insured_count", "102.44", "万人", "2021"),
        ("consortium_member_fiscal_guarantee_rate", "100", "%", "2022-05-30"),
        ("medical_elderly_care_institutions", "26", "家", "2022-05-30"),
        ("medical_elderly_care_dual_licensed", "15", "家", "2022-05-30"),
        ("hospitals_in_data_sharing_project", "42", "家", "2022"),
    ],
)
def test_yueyang_figures(
    documents: dict[str, Document], indicator: str, value: str, unit: str, period: str
) -> None:
    assert _figures(documents[YUEYANG], indicator=indicator) == {(value, unit, period)}


@pytest.mark.parametrize(
    ("indicator", "city", "counties"),
    [
        (
            "primary_standard_recommended_count",
            "21",
            {"430626": "4", "430623": "2", "430624": "4", "430681": "2"},
        ),
        (
            "primary_standard_basic_count",
            "122",
            {"430626": "16", "430623": "18", "430624": "14", "430681": "16"},
        ),
    ],
)
def test_yueyang_counties_count_consortium_members_only(
    documents: dict[str, Document], indicator: str, city: str, counties: dict[str, str]
) -> None:
    yueyang = documents[YUEYANG]
    members = _select(yueyang, indicator=indicator, scope="医共体成员单位")
    assert {c["region"]: c["value"] for c in members} == counties
    (whole,) = _select(yueyang, indicator=indicator, scope=None)
    assert whole["value"] == city
    assert "region" not in whole


def test_longhu_referrals_are_the_consortium_groups(documents: dict[str, Document]) -> None:
    chosen = _select(documents[SHANTOU], region="440507", scope="医共体集团")
    assert {c["indicator"]: (c["value"], c["unit"], c["period"]) for c in chosen} == {
        "referral_total": ("547", "例", "2023"),
        "referral_down": ("53", "例", "2023"),
        "referral_up": ("494", "例", "2023"),
    }


def test_fenyang_payment(documents: dict[str, Document]) -> None:
    chosen = _figures(documents[FENYANG], indicator="consortium_bundled_payment_total")
    assert chosen == {("6450", "万元", "2023")}


def test_imprecise_figures_keep_their_precision(documents: dict[str, Document]) -> None:
    found = {
        (c["indicator"], c["value"], c["precision"])
        for document in documents.values()
        for c in document["claims"]
        if c.get("precision", "exact") != "exact"
    }
    assert found == {
        ("cdc_performance_pay_coefficient", "1.8", "at_least"),
        ("livelihood_health_screening_count", "62300", "at_least"),
        ("mobile_outreach_post_share", "3", "about"),
        ("mobile_training_post_share", "5", "about"),
    }


@pytest.mark.parametrize("document_id", FIVE)
def test_every_claim_is_complete(
    documents: dict[str, Document], indicators: dict[str, dict[str, Any]], document_id: str
) -> None:
    required = {
        "reported": {"period", "value"},
        "change": {"period", "value", "baseline_period"},
        "commitment": {"due", "value", "comparator"},
        "milestone": {"due"},
    }
    for claim in documents[document_id]["claims"]:
        fields = required[claim["kind"]] | {"indicator", "unit", "quote", "section"}
        assert fields <= set(claim), claim
        assert claim["indicator"] in indicators
        assert claim["kind"] != "milestone" or "value" not in claim
        assert len(claim["quote"]) < 120


@pytest.mark.parametrize("document_id", FIVE)
def test_every_figure_stands_in_its_quote(documents: dict[str, Document], document_id: str) -> None:
    """Yes/no facts have no digits; 三 may stand for 3; a fall is stored with a minus."""
    for claim in documents[document_id]["claims"]:
        if "value" not in claim or claim["unit"] == "是/否":
            continue
        quote = _fold(claim["quote"])
        for figure in filter(None, (claim["value"], claim.get("upper"))):
            digits = format(abs(Decimal(figure)), "f")
            shown = re.search(rf"(?<![0-9.]){re.escape(digits)}(?![0-9]|\.[0-9])", quote)
            assert shown or _NUMERALS.get(digits, "\0") in quote, claim


@pytest.mark.parametrize("document_id", FIVE)
def test_no_claim_stands_twice(documents: dict[str, Document], document_id: str) -> None:
    names = ("indicator", "kind", "region", "scope", "definition", "period", "due")
    keys = Counter(tuple(c.get(n) for n in names) for c in documents[document_id]["claims"])
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("document_id", FIVE)
def test_no_personal_data(document_id: str) -> None:
    text = (FOLDER / f"{document_id}.yaml").read_text(encoding="utf-8")
    text = re.sub(r"sha256: \S+|file: \S+", "", text)
    assert re.findall(r"1[3-9][0-9]{9}|0[0-9]{2,3}[-— ]?[0-9]{7,8}", text) == []
    assert re.findall(r"联系电话|联系人|承办负责人|承办人|代表:|委员:", text) == []


@pytest.mark.parametrize("document_id", FIVE)
def test_quotes_stand_in_the_originals(documents: dict[str, Document], document_id: str) -> None:
    folder = os.environ.get("INDICATORS_SOURCES")
    if not folder:
        pytest.skip("INDICATORS_SOURCES is not set: the originals are not at hand")
    document = documents[document_id]
    content = (Path(folder) / document["source"]["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == document["source"]["sha256"]
    original = _fold(content.decode("utf-8"))
    missing = [c["quote"] for c in document["claims"] if _fold(c["quote"]) not in original]
    assert missing == []
