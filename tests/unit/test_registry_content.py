"""The shipped registry and region list say what was decided, and nothing more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.core.model import Benchmark, Indicator, Snapshot
from indicators.core.problem import Problems
from indicators.core.settings import Settings
from indicators.core.unit import UNITS
from indicators.files.load import load_snapshot

ROOT = Path(__file__).resolve().parents[2]

FIXED = {
    "primary_care_visit_share": "基层医疗卫生机构就诊率",
    "primary_care_volume_share": "基层医疗卫生机构诊疗量占总诊疗量比例",
    "county_visit_share": "县域内就诊率",
    "county_inpatient_share": "县域内住院率",
    "health_record_coverage": "居民健康档案建档率",
    "standardized_ehr_coverage": "居民规范化电子健康档案覆盖率",
    "elderly_health_management_rate": "老年人健康管理率",
    "service_standard_basic_share": "“优质服务基层行”达到服务能力基本标准的机构占比",
    "service_standard_recommended_share": "“优质服务基层行”达到服务能力推荐标准的机构占比",
    "public_hospital_debt_ratio": "公立医院资产负债率",
    "maternal_mortality_ratio": "孕产妇死亡率",
    "infant_mortality_rate": "婴儿死亡率",
    "under5_mortality_rate": "5岁以下儿童死亡率",
    "birth_defect_rate": "活产出生缺陷发生率",
    "prenatal_screening_completion": "孕产妇免费产前筛查完成率",
    "newborn_chd_screening_completion": "新生儿先天性心脏病免费筛查完成率",
    "tcm_clinic_coverage": "中医馆覆盖率",
    "family_doctor_coverage": "家庭医生签约服务覆盖率",
    "elderly_care_medical_contract_rate": "养老机构和医疗机构签约率",
    "elderly_care_medical_service_rate": "养老机构以不同形式为入住老年人提供医疗服务率",
    "elderly_accident_insurance_coverage": "老年人意外伤害保险参保覆盖率",
    "consortium_member_fiscal_guarantee_rate": "医共体成员单位一类事业财政保障率",
    "consortium_full_rollout": "医共体建设全面推开",
    "consortium_tight_standard_met": "县域医共体达到紧密型标准",
    "tight_consortium_county_share": "紧密型县域医共体建成县占比",
    "county_hospital_grade2a_share": "县级综合医院达到二级甲等以上的比例",
    "county_tcm_hospital_grade2a_coverage": "二甲中医医院县（市、区）覆盖率",
}

COUNTS = {
    "health_records_count": "份",
    "elderly_managed_count": "人",
    "prenatal_screening_count": "人",
    "newborn_chd_screening_count": "人",
    "elderly_insured_count": "人",
    "referral_total": "例",
    "referral_up": "例",
    "referral_down": "例",
    "primary_standard_basic_count": "家",
    "primary_standard_recommended_count": "家",
    "medical_elderly_care_institutions": "家",
    "medical_elderly_care_dual_licensed": "家",
    "tcm_hospitals_public": "家",
    "tcm_hospitals_tertiary": "家",
    "tcm_hospitals_secondary": "家",
    "alliances_total": "个",
    "alliances_city": "个",
    "county_consortia": "个",
    "telemedicine_networks": "个",
}

#: Every benchmark: indicator, region, comparator, value, due, status.
BENCHMARKS = """
county_visit_share 000000 ~ 90 2015 verified
county_visit_share 000000 ~ 90 2017 relayed
county_visit_share 410000 ~ 90 2025 verified
primary_care_volume_share 000000 >= 65 2017 verified
referral_down_growth 000000 >= 10 2017 relayed
hypertension_standardized_care_rate 000000 >= 40 2017 relayed
diabetes_standardized_care_rate 000000 >= 40 2017 relayed
family_doctor_coverage 000000 >= 30 2017 relayed
family_doctor_coverage 000000 >= 30 2017 verified
family_doctor_coverage 000000 >= 75 2035 verified
family_doctor_coverage 440000 >= 50 2025 verified
family_doctor_priority_coverage 000000 >= 60 2017 verified
family_doctor_priority_coverage 000000 >= 85 2035 verified
family_doctor_priority_coverage 440000 >= 80 2025 verified
general_practitioners_per_10k_urban 000000 >= 2 2017 relayed
primary_tcm_visit_share 000000 >= 30 2017 relayed
tight_consortium_county_share 000000 >= 90 2025-12-31 relayed
imaging_center_township_coverage 000000 >= 80 2025-12-31 relayed
maternal_mortality_ratio 000000 <= 20 2020 verified
maternal_mortality_ratio 000000 <= 14.5 2025 verified
maternal_mortality_ratio 430000 <= 12 2030 verified
infant_mortality_rate 000000 <= 5.2 2025 verified
under5_mortality_rate 000000 <= 6.6 2025 verified
under5_mortality_rate 430000 <= 5.8 2030 verified
neonatal_mortality_rate 000000 <= 3.1 2025 verified
maternal_systematic_management_rate 000000 >= 85 2020 verified
hospital_delivery_rate 000000 >= 98 2020 verified
hypertension_standard_management_rate 000000 >= 60 2020 verified
hypertension_standard_management_rate 000000 >= 70 2025 verified
diabetes_standard_management_rate 000000 >= 60 2020 verified
diabetes_standard_management_rate 000000 >= 70 2025 verified
life_expectancy 430000 = 78.6 2025 verified
health_literacy 000000 >= 22 2022 verified
health_literacy 000000 >= 30 2030 verified
"""

#: The only document numbers that were read; every other benchmark has none.
NUMBERS = {
    "国务院办公厅关于推进分级诊疗制度建设的指导意见": "国办发〔2015〕70号",
    "国务院办公厅关于推进分级诊疗制度建设的指导意见（附件《分级诊疗试点工作考核评价标准》）": (
        "国办发〔2015〕70号"
    ),
    "国家卫生健康委办公厅关于做好2025年紧密型县域医共体建设重点工作的通知": (
        "国卫办基层函〔2025〕121号"
    ),
    "关于推进家庭医生签约服务的指导意见": "国医改办发〔2016〕1号",
    "关于推进家庭医生签约服务高质量发展的指导意见": "国卫基层发〔2022〕10号",
}
UNDATED = {
    "国务院关于印发“十二五”期间深化医药卫生体制改革规划暨实施方案的通知",
    "广东省加快推进家庭医生签约服务制度的实施方案",
}
#: Hosts of pages that were read and may be linked.
HOSTS = {
    *("www.jxxfw.com", "aibaoyl.com", "news.cncjw.com.cn", "news.ipathology.cn"),
    *("www.kepuchina.cn", "www.ppdoc.com", "cn.chinadaily.com.cn", "www.baike8.com.cn"),
    *("www.yjxww.com", "m.fx361.cc", "www.cneo.com.cn", "epaper.voc.com.cn", "xueqiu.com"),
}

#: The cities of the cited documents and all their counties, as province, city, counties.
CITIES = {
    ("430000", "430600", "岳阳市"): {
        "430602": "岳阳楼区",
        "430603": "云溪区",
        "430611": "君山区",
        "430621": "岳阳县",
        "430623": "华容县",
        "430624": "湘阴县",
        "430626": "平江县",
        "430681": "汨罗市",
        "430682": "临湘市",
    },
    ("430000", "430900", "益阳市"): {
        "430902": "资阳区",
        "430903": "赫山区",
        "430921": "南县",
        "430922": "桃江县",
        "430923": "安化县",
        "430981": "沅江市",
    },
    ("440000", "440500", "汕头市"): {
        "440507": "龙湖区",
        "440511": "金平区",
        "440512": "濠江区",
        "440513": "潮阳区",
        "440514": "潮南区",
        "440515": "澄海区",
        "440523": "南澳县",
    },
    ("410000", "411200", "三门峡市"): {
        "411202": "湖滨区",
        "411203": "陕州区",
        "411221": "渑池县",
        "411224": "卢氏县",
        "411281": "义马市",
        "411282": "灵宝市",
    },
}


@pytest.fixture(scope="module")
def loaded() -> tuple[Snapshot, Problems]:
    return load_snapshot(ROOT, Settings())


@pytest.fixture(scope="module")
def snapshot(loaded: tuple[Snapshot, Problems]) -> Snapshot:
    return loaded[0]


def benchmarks(snapshot: Snapshot) -> Iterator[tuple[Indicator, Benchmark]]:
    for indicator in snapshot.indicators.values():
        for benchmark in indicator.benchmarks:
            yield indicator, benchmark


def test_registry_and_regions_load_without_a_problem(loaded: tuple[Snapshot, Problems]) -> None:
    ours = ("indicators/registry/", "data/regions.csv")
    assert [str(p) for p in loaded[1] if p.file.startswith(ours)] == []


def test_indicators_by_theme(snapshot: Snapshot) -> None:
    themes = {theme.id: theme.name.zh for theme in snapshot.themes}
    assert len(snapshot.indicators) >= 100
    assert {
        "有序就医",
        "基本公卫",
        "妇幼健康",
        "公立医院",
        "基层能力",
        "家庭医生签约",
        "紧密型医共体（2024版监测指标）",
        "中医药",
        "医养与老年",
        "健康水平",
    } <= set(themes.values())
    assert all(indicator.theme in themes for indicator in snapshot.indicators.values())


@pytest.mark.parametrize(("indicator_id", "zh"), FIXED.items())
def test_fixed_ids_have_their_names(snapshot: Snapshot, indicator_id: str, zh: str) -> None:
    assert snapshot.indicators[indicator_id].name.zh == zh


def test_counts_that_claims_refer_to_have_their_units(snapshot: Snapshot) -> None:
    assert {i: snapshot.indicators[i].unit for i in COUNTS} == COUNTS
    assert {snapshot.indicators[i].direction for i in COUNTS} == {"monitor"}


def test_every_name_and_alias_belongs_to_one_indicator(snapshot: Snapshot) -> None:
    seen = Counter(
        name
        for indicator in snapshot.indicators.values()
        for name in (indicator.name.zh, *indicator.aliases)
    )
    assert [name for name, times in seen.items() if times > 1] == []
    english = Counter(indicator.name.en for indicator in snapshot.indicators.values())
    assert [name for name, times in english.items() if times > 1] == []


def test_the_words_of_the_documents_lead_to_the_right_indicator(snapshot: Snapshot) -> None:
    owner = {
        name: indicator.id
        for indicator in snapshot.indicators.values()
        for name in (indicator.name.zh, *indicator.aliases)
    }
    assert owner["县域就诊率"] == "county_visit_share"
    assert owner["县域住院率"] == "county_inpatient_share"
    assert owner["基层就诊率"] == "primary_care_visit_share"
    assert owner["建档率"] == "health_record_coverage"
    assert owner["资产负债率"] == "public_hospital_debt_ratio"
    assert "县域内基层就诊率" not in owner
    assert "药占比" not in owner


def test_confusables_stand_on_both_sides(snapshot: Snapshot) -> None:
    walls = {
        (indicator.id, other.id)
        for indicator in snapshot.indicators.values()
        for other in indicator.confusable_with
    }
    assert [pair for pair in walls if pair[1] not in snapshot.indicators] == []
    assert sorted(pair for pair in walls if pair[::-1] not in walls) == []
    assert [pair for pair in walls if pair[0] == pair[1]] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("primary_care_visit_share", "primary_care_volume_share"),
        ("primary_care_visit_share", "county_primary_care_visit_share"),
        ("county_visit_share", "county_inpatient_share"),
        ("county_inpatient_share", "insured_county_inpatient_share"),
        ("county_inpatient_share", "chronic_managed_inpatient_rate"),
        ("health_record_coverage", "standardized_ehr_coverage"),
        ("hypertension_standard_management_rate", "hypertension_standardized_care_rate"),
    ],
)
def test_walls_that_must_stand(snapshot: Snapshot, one: str, other: str) -> None:
    assert other in {wall.id for wall in snapshot.indicators[one].confusable_with}


def test_bounds_fit_the_unit(snapshot: Snapshot) -> None:
    for indicator in snapshot.indicators.values():
        assert indicator.unit in UNITS, indicator.id
        assert indicator.levels, indicator.id
        low, high = indicator.bounds
        if indicator.unit == "%" and high is None:
            assert indicator.bounds_note, f"{indicator.id} may exceed 100% and does not say why"
        elif indicator.unit == "%":
            assert (low, high) == (Decimal(0), Decimal(100)), indicator.id


def test_a_completion_may_exceed_the_task(snapshot: Snapshot) -> None:
    for indicator_id in ("prenatal_screening_completion", "newborn_chd_screening_completion"):
        indicator = snapshot.indicators[indicator_id]
        assert indicator.bounds == (Decimal(0), None)
        assert indicator.bounds_note == "完成数与任务数之比，超额完成时可以超过100%"


def test_watched_indicators_are_never_coloured(snapshot: Snapshot) -> None:
    watched = {i.id for i in snapshot.indicators.values() if i.direction == "monitor"}
    assert {
        "public_hospital_debt_ratio",
        "birth_defect_rate",
        "seconded_physicians_per_10k",
        "primary_to_lead_income_ratio",
        "chronic_managed_inpatient_rate",
        "lead_hospital_complex_surgery_share",
        "lead_hospital_new_techniques",
        "remote_diagnosis_per_10k",
        "village_ecg_coverage",
    } <= watched


def test_an_unread_formula_is_not_presented_as_fact(snapshot: Snapshot) -> None:
    for indicator in snapshot.indicators.values():
        if indicator.definition.status == "unverified":
            assert indicator.definition.note, indicator.id
            if indicator.numerator or indicator.denominator:
                assert "由名称推得" in indicator.definition.note, indicator.id


def test_exactly_the_usable_benchmarks_are_present(snapshot: Snapshot) -> None:
    found = sorted(
        f"{i.id} {b.applies_to} {b.comparator} {b.value} {b.due} {b.source.status}"
        for i, b in benchmarks(snapshot)
    )
    assert found == sorted(BENCHMARKS.split("\n")[1:-1])


def test_benchmark_ids_are_unique_and_regions_known(snapshot: Snapshot) -> None:
    ids = Counter(b.id for _, b in benchmarks(snapshot))
    assert [name for name, times in ids.items() if times > 1] == []
    assert {b.applies_to for _, b in benchmarks(snapshot)} <= set(snapshot.regions)


def test_benchmark_sources_claim_only_what_was_read(snapshot: Snapshot) -> None:
    for _, benchmark in benchmarks(snapshot):
        source = benchmark.source
        assert source.number == NUMBERS.get(source.title), benchmark.id
        assert (source.date is None) == (source.title in UNDATED), benchmark.id
        assert source.read_in, benchmark.id
        words = benchmark.model_copy(update={"source": source.model_copy(update={"url": None})})
        assert re.search("记忆|未见|[ST][0-9]{2}", words.model_dump_json()) is None, benchmark.id


def test_relayed_benchmarks_say_so(snapshot: Snapshot) -> None:
    relayed = [b for _, b in benchmarks(snapshot) if b.source.status == "relayed"]
    assert len(relayed) == 9
    for benchmark in relayed:
        assert "转引自" in (benchmark.note or ""), benchmark.id
        assert "没有" in (benchmark.note or ""), benchmark.id


def test_links_lead_only_to_pages_that_were_read(snapshot: Snapshot) -> None:
    links = {b.source.url for _, b in benchmarks(snapshot) if b.source.url}
    assert {re.split("[/?]", link.split("//", 1)[1])[0] for link in links} == HOSTS


def test_pilot_targets_name_their_reach(snapshot: Snapshot) -> None:
    pilots = [b for _, b in benchmarks(snapshot) if b.id.startswith("tiered-care-pilot-2015")]
    assert len(pilots) == 8
    assert all("适用范围：分级诊疗试点地区" in (b.note or "") for b in pilots)


def test_the_65_of_2015_is_no_benchmark_of_the_local_wording(snapshot: Snapshot) -> None:
    assert snapshot.indicators["primary_care_visit_share"].benchmarks == ()
    assert snapshot.indicators["primary_care_visit_share"].definition.status == "local"
    assert snapshot.indicators["primary_care_visit_share"].denominator is None


@pytest.mark.parametrize(
    ("identity_id", "total", "parts", "share"),
    [
        ("referral_parts", "referral_total", {"referral_up", "referral_down"}, None),
        (
            "alliance_parts",
            "alliances_total",
            {"alliances_city", "county_consortia", "telemedicine_networks"},
            None,
        ),
        (
            "tcm_hospital_parts",
            "tcm_hospitals_public",
            {"tcm_hospitals_tertiary", "tcm_hospitals_secondary"},
            None,
        ),
        ("health_record_denominator", None, {"health_records_count"}, "health_record_coverage"),
        (
            "elderly_managed_denominator",
            None,
            {"elderly_managed_count"},
            "elderly_health_management_rate",
        ),
        (
            "prenatal_screening_task",
            None,
            {"prenatal_screening_count"},
            "prenatal_screening_completion",
        ),
        (
            "newborn_chd_screening_task",
            None,
            {"newborn_chd_screening_count"},
            "newborn_chd_screening_completion",
        ),
    ],
)
def test_identities(
    snapshot: Snapshot, identity_id: str, total: str | None, parts: set[str], share: str | None
) -> None:
    identity = next(i for i in snapshot.identities if i.id == identity_id)
    assert identity.kind == ("ratio" if share else "sum")
    assert (identity.total, set(identity.parts), identity.share) == (total, parts, share)


def test_identities_refer_to_known_indicators_of_one_dimension(snapshot: Snapshot) -> None:
    for identity in snapshot.identities:
        named = [i for i in (identity.total, identity.share, *identity.parts) if i]
        assert all(i in snapshot.indicators for i in named), identity.id
        if identity.kind == "sum":
            assert len({UNITS[snapshot.indicators[i].unit].dimension for i in named}) == 1


def test_region_list_is_complete(snapshot: Snapshot) -> None:
    levels = Counter(region.level for region in snapshot.regions.values())
    assert levels == {"country": 1, "province": 34, "city": 334, "county": 2851}
    assert snapshot.regions["000000"].name == "全国"
    assert snapshot.regions["000000"].parent is None


def test_every_parent_exists_and_stands_above(snapshot: Snapshot) -> None:
    above = {"province": {"country"}, "city": {"province"}, "county": {"province", "city"}}
    for region in snapshot.regions.values():
        if region.parent is not None:
            assert snapshot.regions[region.parent].level in above[region.level], region.code
            assert snapshot.lineage(region.code)[-1] == "000000", region.code


def test_no_placeholder_stands_for_a_region(snapshot: Snapshot) -> None:
    names = {region.name for region in snapshot.regions.values()}
    assert names.isdisjoint({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@pytest.mark.parametrize(("city", "counties"), CITIES.items(), ids=lambda x: str(x)[:30])
def test_cities_of_the_documents_with_all_their_counties(
    snapshot: Snapshot, city: tuple[str, str, str], counties: dict[str, str]
) -> None:
    province, code, name = city
    assert (snapshot.regions[code].name, snapshot.regions[code].parent) == (name, province)
    found = {r.code: r.name for r in snapshot.regions.values() if r.parent == code}
    assert found == counties


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("141100", "吕梁市", "city", "140000"),
        ("141181", "孝义市", "county", "141100"),
        ("141182", "汾阳市", "county", "141100"),
        ("440523", "南澳县", "county", "440500"),
        ("429004", "仙桃市", "county", "420000"),
        ("110101", "东城区", "county", "110000"),
        ("632500", "海南藏族自治州", "city", "630000"),
        ("460000", "海南省", "province", "000000"),
    ],
)
def test_single_regions(snapshot: Snapshot, code: str, name: str, level: str, parent: str) -> None:
    region = snapshot.regions[code]
    assert (region.name, region.level, region.parent) == (name, level, parent)
