"""The sentences that mining must bind, one by one and exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.core.model import Snapshot
from indicators.mining.candidate import COLUMNS, Candidate
from indicators.mining.confidence import THRESHOLD, reason_texts
from indicators.mining.miner import mine, mine_counted
from tests.mining.scoring import DATED, HOME, fixture_snapshot


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return fixture_snapshot()


def found(snapshot: Snapshot, text: str, **about: object) -> list[Candidate]:
    settings = {"region": HOME, "dated": DATED} | about
    return mine(text, snapshot=snapshot, **settings)  # type: ignore[arg-type]


def brief(candidates: list[Candidate]) -> list[tuple[object, ...]]:
    return [(c.indicator_id, c.due or c.period, str(c.value), c.unit, c.kind) for c in candidates]


def test_two_values_two_years(snapshot: Snapshot) -> None:
    text = "县域住院率由2019年的55.5%逐步提升到2023年的60.5%"
    first, second = found(snapshot, text, dated="2024-08-02")
    assert brief([first, second]) == [
        ("county_inpatient_share", "2019", "55.5", "%", "reported"),
        ("county_inpatient_share", "2023", "60.5", "%", "reported"),
    ]
    assert (first.quote, second.quote) == ("县域住院率由2019年的55.5%", text)


def test_respectively_binds_in_order(snapshot: Snapshot) -> None:
    text = "全市达到基本标准和推荐标准单位的占比分别为90.91%、17.27%"
    assert [(c.indicator_id, str(c.value)) for c in found(snapshot, text)] == [
        ("service_standard_basic_share", "90.91"),
        ("service_standard_recommended_share", "17.27"),
    ]


def test_level_earlier_level_and_relative_change(snapshot: Snapshot) -> None:
    text = (
        "全市孕产妇死亡率为14.12/10万，5岁以下儿童死亡率3.60‰，"
        "活产出生缺陷发生率80.11/万，较去年同期（81.24/万）下降1.39%。"
    )
    candidates = found(snapshot, text, dated="2022")
    assert brief(candidates) == [
        ("maternal_mortality_ratio", "2022", "14.12", "/10万", "reported"),
        ("under5_mortality_rate", "2022", "3.60", "‰", "reported"),
        ("birth_defect_rate", "2022", "80.11", "/万", "reported"),
        ("birth_defect_rate", "2021", "81.24", "/万", "reported"),
        ("birth_defect_rate", "2022", "-1.39", "%（相对）", "change"),
    ]
    assert candidates[-1].baseline_period == "2021"
    assert "change_checked" in candidates[-1].reasons


def test_a_change_is_no_level(snapshot: Snapshot) -> None:
    text = "全市公立医院资产负债率为51.5%，2021年较2020年降低5.51个百分点。"
    level, change = found(snapshot, text, dated="2022")
    assert brief([level, change]) == [
        ("public_hospital_debt_ratio", "2021", "51.5", "%", "reported"),
        ("public_hospital_debt_ratio", "2021", "-5.51", "个百分点", "change"),
    ]
    assert (change.baseline_period, level.reasons) == ("2020", ("period_after",))


def test_two_commitments_inherit_one_due(snapshot: Snapshot) -> None:
    text = (
        "到2022年，县域医疗卫生服务能力明显增强，群众健康水平明显提高。"
        "基层医疗卫生机构就诊率达到65%以上，县域内就诊率达到90%以上。"
    )
    candidates = found(snapshot, text, dated="2019-05-31", plan=True)
    assert [(c.indicator_id, c.kind, c.due, c.comparator, str(c.value)) for c in candidates] == [
        ("primary_care_visit_share", "commitment", "2022", ">=", "65"),
        ("county_visit_share", "commitment", "2022", ">=", "90"),
    ]
    assert candidates[0].quote == "基层医疗卫生机构就诊率达到65%以上"


@pytest.mark.parametrize(
    ("text", "indicator", "value", "unit", "precision"),
    [
        ("建立居民健康档案537.01万份", "health_records_count", "537.01", "万份", "exact"),
        ("孕产妇免费产前筛查62300余人", "prenatal_screening_count", "62300", "人", "at_least"),
        ("基层就诊率达百分之六十五", "primary_care_visit_share", "65", "%", "exact"),
        ("婴儿死亡率为千分之四点零一", "infant_mortality_rate", "4.01", "‰", "exact"),
        ("孕产妇死亡率为十万分之八点三一", "maternal_mortality_ratio", "8.31", "/10万", "exact"),
        ("基层就诊率达六成五", "primary_care_visit_share", "65", "%", "exact"),
        ("基层就诊率超六成", "primary_care_visit_share", "60", "%", "at_least"),
        ("基层就诊率近65%", "primary_care_visit_share", "65", "%", "about"),
        ("基层就诊率６５．２％左右", "primary_care_visit_share", "65.2", "%", "about"),
        ("孕产妇死亡率14.12 / 10 万", "maternal_mortality_ratio", "14.12", "/10万", "exact"),
        ("婴儿死亡率低于3‰", "infant_mortality_rate", "3", "‰", "at_most"),
    ],
)
def test_forms(
    snapshot: Snapshot, text: str, indicator: str, value: str, unit: str, precision: str
) -> None:
    (one,) = found(snapshot, text)
    assert (one.indicator_id, str(one.value), one.unit) == (indicator, value, unit)
    assert (one.precision, one.quote, one.offset) == (precision, text, 0)
    assert one.confidence >= THRESHOLD


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("不低于65%", ">="),
        ("达到65%以上", ">="),
        ("达到65%", ">="),
        ("不超过65%", "<="),
        ("控制在65%以内", "<="),
        ("降到65%以下", "<="),
        ("提高到65%左右", "~"),
        ("达到60%—65%", "between"),
    ],
)
def test_comparators(snapshot: Snapshot, words: str, comparator: str) -> None:
    (one,) = found(snapshot, f"到2025年，力争基层就诊率{words}。")
    assert (one.kind, one.comparator, one.due, one.precision) == (
        "commitment",
        comparator,
        "2025",
        "exact",
    )


def test_a_promise_without_comparing_words_is_equality(snapshot: Snapshot) -> None:
    text = "努力实现基层就诊率 65%、县域就诊率 90%的一体化改革目标。"
    candidates = found(snapshot, text, dated="2023")
    assert [(c.kind, c.comparator, str(c.value), c.due) for c in candidates] == [
        ("commitment", "=", "65", None),
        ("commitment", "=", "90", None),
    ]


def test_a_bracket_of_another_area_is_not_this_areas(snapshot: Snapshot) -> None:
    own, above = found(snapshot, "5岁以下儿童死亡率为3.9‰（全省5.4‰）。")
    assert (own.region_code, str(own.value)) == (HOME, "3.9")
    assert (above.region_code, above.region_name, str(above.value)) == ("910000", "岭东省", "5.4")


@pytest.mark.parametrize(
    ("text", "dated", "period"),
    [
        ("今年底，建档率要达到95%。", "2023-06-12", "2023-12"),
        ("截至10月20日，建档率93%。", "2022-11-03", "2022-10-20"),
        ("截至10月底，建档率93%。", "2023-03-15", "2022-10"),
        ("去年，建档率93%。", "2023-06-12", "2022"),
        ("目前，建档率93%。", "2023-06-12", "2023-06-12"),
        ("2022年前三季度，建档率93%。", "2023-06-12", "2022-Q3"),
    ],
)
def test_dates_against_the_documents(
    snapshot: Snapshot, text: str, dated: str, period: str
) -> None:
    (one,) = found(snapshot, text, dated=dated)
    assert (one.due or one.period) == period


def test_year_on_year(snapshot: Snapshot) -> None:
    _, change = found(snapshot, "2022年药占比25.2%，同比下降1.2个百分点。")
    assert (change.period, change.baseline_period, str(change.value)) == ("2022", "2021", "-1.2")


def test_a_threshold_held_for_years_is_doubtful(snapshot: Snapshot) -> None:
    (one,) = found(snapshot, "孕产妇死亡率连续9年低于10/10万。")
    assert (one.precision, one.confidence < THRESHOLD) == ("at_most", True)
    assert "lasting" in one.reasons
    assert reason_texts(one.reasons, "zh")[-1] == "多年持续的阈值，不是单期数值"


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("户籍人口家庭医生签约率52.3%", "户籍人口"),
        ("常住人口建档率91.2%", "常住人口"),
        ("医共体内基层就诊率66.4%", "医共体内"),
        ("农村居民健康素养水平21.3%", "农村"),
    ],
)
def test_scopes(snapshot: Snapshot, text: str, scope: str) -> None:
    (one,) = found(snapshot, text)
    assert (one.scope, one.confidence >= THRESHOLD) == (scope, True)


@pytest.mark.parametrize(
    "text",
    [
        "综合排名居全省第2位，A+等次2个。",
        "县域内就诊率权重8分，满分100分。",
        "总投资14.55亿元，人均补助89元。",
        "印发《实施方案》（沅政办发〔2022〕23号）。",
        "联系电话：0731-88456677。",
        "2019年7月—2019年12月，建设周期3年。",
        "对沅州市七届人大二次会议第126号建议的答复",
    ],
)
def test_what_only_looks_like_a_figure(snapshot: Snapshot, text: str) -> None:
    assert [c for c in found(snapshot, text) if c.indicator_id] == []


def test_count_mismatch_is_never_truncated(snapshot: Snapshot) -> None:
    candidates = found(snapshot, "县域内就诊率、基层就诊率分别为88.2%、61.5%、70.1%。")
    assert [str(c.value) for c in candidates] == ["88.2", "61.5", "70.1"]
    assert all(c.indicator_id == "" and "count_mismatch" in c.reasons for c in candidates)
    assert {c.indicator_text for c in candidates} == {"县域内就诊率、基层就诊率"}


def test_a_rate_that_counts_people_is_a_conflict(snapshot: Snapshot) -> None:
    (one,) = found(snapshot, "家庭医生签约率为24694人。")
    assert (one.confidence < THRESHOLD, "unit_conflict" in one.reasons) == (True, True)


def test_per_cent_beside_a_mortality_ratio_is_suspicious(snapshot: Snapshot) -> None:
    (one,) = found(snapshot, "孕产妇死亡率为9.1%。")
    assert (one.reasons[0], one.confidence) == ("unit_scale", 0.5)


def test_completion_may_exceed_one_hundred(snapshot: Snapshot) -> None:
    text = "截止10月20日，完成孕产妇免费产前筛查民生实事18804人，完成率100.02%。"
    assert brief(found(snapshot, text, dated="2022")) == [
        ("prenatal_screening_count", "2022-10-20", "18804", "人", "reported"),
        ("prenatal_screening_completion", "2022-10-20", "100.02", "%", "reported"),
    ]


def test_columns() -> None:
    assert COLUMNS == (
        "file", "indicator_id", "indicator_text", "region_code", "region_name", "kind",
        "period", "period_basis", "baseline_period", "due", "comparator", "value", "upper",
        "unit", "precision", "scope", "quote", "offset", "confidence", "reasons",
    )  # fmt: skip


def test_personal_data_is_refused_and_counted(snapshot: Snapshot) -> None:
    text = "建档率93.1%，请拨打13812345678，已完成签约人数12人。"
    mined = mine_counted(text, snapshot=snapshot, region=HOME, dated=DATED)
    assert all("138" not in c.quote for c in mined.candidates)
    assert str(mined.candidates[0].value) == "93.1"


def test_no_region_and_no_date_is_said(snapshot: Snapshot) -> None:
    (one,) = found(snapshot, "建档率93.1%。", region=None, dated=None)
    assert (one.region_code, one.period) == ("", None)
    assert {"region_missing", "period_missing"} <= set(one.reasons)
    assert one.confidence < THRESHOLD


def test_a_wrong_date_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(ValueError, match="expected a period such as"):
        found(snapshot, "建档率93.1%。", dated="2022年5月")


def test_decimals_are_exact(snapshot: Snapshot) -> None:
    (one,) = found(snapshot, "婴儿死亡率3.60‰。")
    assert one.value == Decimal("3.60")
    assert str(one.value) == "3.60"
