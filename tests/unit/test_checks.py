"""Rules across records, one by one; whole messages are held by tests/examples/invalid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from indicators.core.check_documents import check_document, check_documents
from indicators.core.check_registry import check_registry
from indicators.core.checks import Known, Sheet
from indicators.core.figures import states
from indicators.core.lookup import find, half_width, normalised
from indicators.core.model import Document, Indicator, Region, RegistryFile
from indicators.core.personal import personal_data
from indicators.core.problem import Problems

REGIONS = {
    code: Region(code=code, name=name, level=level, parent=parent)  # type: ignore[arg-type]
    for code, name, level, parent in (
        ("000000", "全国", "country", None),
        ("990000", "示例省", "province", "000000"),
        ("990100", "示例市", "city", "990000"),
        ("990121", "山前县", "county", "990100"),
    )
}


def indicator(name: str, /, **fields: Any) -> Indicator:
    base: dict[str, Any] = {
        "id": name,
        "name": {"zh": f"{name}（中文）", "en": f"{name} (English)"},
        "definition": {"status": "local"},
        "unit": "%",
        "direction": "up",
        "bounds": ["0", "100"],
        "levels": ["city", "county"],
    }
    return Indicator.model_validate(base | fields)


INDICATORS = {
    i.id: i
    for i in (
        indicator("share"),
        indicator("deaths", unit="/10万", direction="down", bounds=["0", "1000"]),
        indicator("beds", unit="张", direction="monitor", bounds=["0", None]),
        indicator("done", unit="是/否", bounds=["0", "1"]),
    )
}
KNOWN = Known(INDICATORS, REGIONS)


def claim(**fields: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "indicator": "share",
        "kind": "reported",
        "period": "2021",
        "value": "88.5",
        "unit": "%",
        "quote": "比例达到88.5%",
    }
    return {name: value for name, value in (base | fields).items() if value is not None}


def promise(**fields: Any) -> dict[str, Any]:
    base = {"kind": "commitment", "period": None, "comparator": ">=", "due": "2025"}
    return claim(**(base | fields))


def document(claims: Iterable[dict[str, Any]], **fields: Any) -> Document:
    base: dict[str, Any] = {
        "id": "d",
        "title": "答复",
        "kind": "npc_reply",
        "issuer": "示例市",
        "region": "990100",
        "dated": "2022-05-30",
        "source": {"file": "d.txt", "sha256": "a" * 64},
        "claims": list(claims),
    }
    return Document.model_validate(base | fields)


def found(*claims: dict[str, Any], known: Known = KNOWN, **fields: Any) -> list[str]:
    problems = Problems()
    check_document(Sheet("d.yaml", document(claims, **fields)), known, problems)
    return [str(problem).removeprefix("d.yaml: ") for problem in problems]


def test_sound_claims_have_no_problem() -> None:
    assert (
        found(
            claim(),
            claim(region="990121"),
            claim(period="2020", precision="at_least"),
            promise(),
            promise(due=None, comparator="between", value="60", upper="70", quote="60%-70%"),
            claim(indicator="deaths", value="14.12", unit="/10万", quote="14.12/10万"),
            claim(indicator="deaths", value="0.1412", unit="‰", quote="0.1412‰", period="2020"),
            claim(indicator="done", value="1", unit="是/否", quote="已经全面推开"),
            claim(
                kind="milestone", indicator="done", period=None, value=None, unit=None, quote="全面"
            ),
            claim(kind="change", value="-5.51", unit="个百分点", quote="降低5.51个百分点"),
            claim(kind="change", indicator="beds", value="500", unit="张", quote="新增500张"),
        )
        == []
    )


class TestDates:
    def test_a_due_date_in_the_document_s_own_year_is_sound(self) -> None:
        assert found(promise(due="2022"), dated="2022-12-31") == []
        assert found(promise(due="2022-05-30")) == []

    def test_a_due_date_before_it_is_not(self) -> None:
        assert found(promise(due="2022-05-29")) == [
            'claims[0].due: expected a due date after the document (2022-05-30), found "2022-05-29"'
        ]
        assert found(promise(due="2021"), dated="2022")[0].startswith("claims[0].due: expected")

    def test_a_period_may_run_past_the_document_but_not_begin_after_it(self) -> None:
        assert found(claim(period="2022")) == []
        assert found(claim(period="2022-06")) == [
            (
                "claims[0].period: expected a period that has begun by the document's date "
                '(2022-05-30), found "2022-06"'
            )
        ]

    def test_a_baseline_lies_before_its_period(self) -> None:
        change = {"kind": "change", "value": "1", "unit": "个百分点", "quote": "1个百分点"}
        assert found(claim(**change, baseline_period="2020")) == []
        assert found(claim(**change, baseline_period="2021")) == [
            'claims[0].baseline_period: expected a baseline before the period 2021, found "2021"'
        ]


class TestUnits:
    def test_bounds_hold_in_the_indicator_s_unit(self) -> None:
        assert found(claim(indicator="deaths", value="9.9", unit="‰", quote="9.9‰")) == []
        assert found(claim(indicator="deaths", value="10.1", unit="‰", quote="10.1‰")) == [
            "claims[0].value: expected a value from 0 to 1000 /10万, found 10.1 ‰"
        ]

    def test_one_sided_bounds(self) -> None:
        assert found(claim(indicator="beds", value="-1", unit="张", quote="1张")) == [
            "claims[0].value: expected a value of at least 0 张, found -1 张"
        ]

    def test_a_boundary_value_is_sound(self) -> None:
        assert (
            found(claim(value="100", quote="百分之百"), claim(value="0", period="2020", quote="0%"))
            == []
        )

    def test_a_percentage_point_is_no_share(self) -> None:
        assert found(claim(unit="个百分点")) == [
            (
                "claims[0].unit: expected a unit of share (% ‰ /万 /10万), found "
                '"个百分点" (a change belongs under kind: change)'
            )
        ]


class TestRepeats:
    def test_a_scope_sets_two_figures_apart(self) -> None:
        assert found(claim(), claim(scope="户籍人口", value="90", quote="90%")) == []

    def test_the_same_value_in_another_unit_is_a_repeat(self) -> None:
        again = claim(value="885", unit="‰", quote="885‰")
        assert found(claim(), again) == [
            (
                "claims[1]: repeats claims[0] (same indicator, region, kind, date, scope, "
                "definition and value)"
            )
        ]

    def test_the_document_s_region_is_the_same_as_naming_it(self) -> None:
        assert len(found(claim(), claim(region="990100"))) == 1

    def test_two_promises_for_two_years(self) -> None:
        assert found(promise(), promise(due="2030")) == []

    def test_milestones_with_other_words_are_two(self) -> None:
        mile = {
            "kind": "milestone",
            "indicator": "done",
            "period": None,
            "value": None,
            "unit": "是/否",
        }
        assert found(claim(**mile, quote="甲"), claim(**mile, quote="乙")) == []
        assert len(found(claim(**mile, quote="甲"), claim(**mile, quote="甲"))) == 1


class TestLeftOutRegistry:
    def test_a_claim_on_a_refused_indicator_is_a_warning(self) -> None:
        problems = Problems()
        known = Known(INDICATORS, REGIONS, refused=frozenset({"lost"}))
        sheet = Sheet("d.yaml", document([claim(indicator="lost"), claim(indicator="never")]))
        check_document(sheet, known, problems)
        assert [(p.path, p.severity) for p in problems] == [
            ("claims[0].indicator", "warning"),
            ("claims[1].indicator", "error"),
        ]

    def test_an_unread_file_may_hold_any_unknown_indicator(self) -> None:
        problems = Problems()
        known = Known(INDICATORS, REGIONS, unread=True)
        check_document(Sheet("d.yaml", document([claim(indicator="never")])), known, problems)
        assert problems.errors() == []


def test_positions_in_the_file_are_told_where_entries_were_refused() -> None:
    problems = Problems()
    sheet = Sheet(
        "d.yaml", document([claim(), claim()]), line=lambda path: 9, numbers={"claims": (2, 5)}
    )
    check_document(sheet, KNOWN, problems)
    assert [str(p) for p in problems] == [
        (
            "d.yaml:9: claims[5]: repeats claims[2] (same indicator, region, kind, date, scope, "
            "definition and value)"
        )
    ]


def test_documents_are_compared_with_each_other() -> None:
    problems = Problems()
    sheets = [
        Sheet("a.yaml", document([])),
        Sheet("b.yaml", document([], source={"file": "e.txt", "sha256": "b" * 64})),
        Sheet("c.yaml", document([], id="e")),
    ]
    check_documents(sheets, KNOWN, problems)
    assert [str(p) for p in problems] == [
        'b.yaml: id: duplicate id "d"; first used in a.yaml',
        "c.yaml: source.sha256: the same original as in a.yaml",
    ]


@pytest.mark.parametrize("file", ["../d.txt", "/etc/passwd", "a/../../d.txt", "a\\d.txt"])
def test_an_original_lies_in_the_sources_folder(file: str) -> None:
    assert found(source={"file": file, "sha256": "a" * 64}) == [
        f'source.file: expected a file name inside the sources folder, found "{file}"'
    ]


def test_walls_hold_on_both_sides() -> None:
    wall = [{"id": "b", "why": "不同"}]
    both = [{"id": "a", "why": "不同"}]
    for other, count in ((both, 0), ([], 1)):
        problems = Problems()
        theme = {"id": "t", "name": {"zh": "主题", "en": "Theme"}}
        file = RegistryFile.model_validate(
            {
                "theme": theme,
                "indicators": [
                    indicator("a", confusable_with=wall).model_dump(),
                    indicator("b", confusable_with=other).model_dump(),
                ],
            }
        )
        check_registry([Sheet("r.yaml", file)], REGIONS, problems)
        assert [p.severity for p in problems] == ["warning"] * count


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("65", "就诊率达到65%以上"),
        ("93.05", "建档率达到93.05%"),
        ("93.05", "建档率达到 93.\n05 %"),
        ("5", "5.0个百分点"),
        ("5.0", "5个百分点"),
        ("12.5", "１２．５％"),
        ("62300", "62300余人"),
        ("1234567", "1,234,567人"),
        ("-1.39", "下降1.39%"),
        ("65", "百分之六十五"),
        ("4.01", "千分之四点零一"),
        ("8.31", "十万分之八点三一"),
        ("65", "约六成五"),
        ("90", "超过九成"),
        ("50", "一半以上"),
        ("3", "组建三个医共体"),
        ("2", "两家医院"),
        ("12", "十二个县"),
        ("203", "二百零三个团队"),
        ("12000", "一万二千人"),
        ("10203", "一万零二百零三人"),
        ("100", "百分之百"),
        ("0", "零死亡"),
        ("17.27", "占比分别为90.91%、17.27%"),
    ],
)
def test_a_figure_stands_in_its_quote(value: str, quote: str) -> None:
    assert states(quote, Decimal(value))


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("65", "165%"),
        ("65", "65.5%"),
        ("65", "0.65"),
        ("5", "降低5.51个百分点"),
        ("3", "十三个县"),
        ("20", "二十三个县"),
        ("90", "就诊率明显提高"),
        ("1000000000", "十亿"),
        ("6", "六成五"),
    ],
)
def test_a_part_of_a_figure_is_not_the_figure(value: str, quote: str) -> None:
    assert not states(quote, Decimal(value))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("联系电话：示例", ["a contact person"]),
        ("电话0000-1234567", ["a telephone number"]),
        ("（0000）12345678", ["a telephone number"]),
        ("手机13000000000", ["a mobile number"]),
        ("手机１３０ ００００ ００００", ["a mobile number"]),
        ("证号11010519491231002X", ["an identity number"]),
        ("证号11010519491231002x。", ["an identity number"]),
        ("证号110105194912310021", []),
        ("537.01万份，62300余人，2021年12月31日", []),
        ("157414a5597e9a27", []),
        ("0.1234567890123", []),
        ("比例为100.02%", []),
    ],
)
def test_personal_data(text: str, kinds: list[str]) -> None:
    assert personal_data(text) == kinds


def test_personal_data_is_never_repeated_in_the_message() -> None:
    messages = found(claim(note="手机13000000000"))
    assert messages == ["claims[0].note: expected no personal data, found a mobile number"]


@pytest.mark.parametrize(
    ("dated", "period"),
    [
        ("2022", "2022"),
        ("2022-05-30", "2022-05-30"),
        ("2022-05-30", "2022-05"),
        ("2022-05-30", "2022-H1"),
        ("2022-05-30", "2022"),
    ],
)
def test_the_documents_date_stands_in(dated: str, period: str) -> None:
    assert found(claim(period=period, period_basis="document"), dated=dated) == []


@pytest.mark.parametrize(
    ("dated", "period"), [("2022", "2021"), ("2022", "2022-06"), ("2022-05-30", "2022-Q1")]
)
def test_another_period_is_not_the_documents_date(dated: str, period: str) -> None:
    assert found(claim(period=period, period_basis="document"), dated=dated) == [
        (
            f"claims[0].period: expected the document's date ({dated}) as the period of a figure "
            f'whose sentence names none (period_basis: document), found "{period}"; '
            "a period that the sentence names (去年同期) is stated"
        )
    ]
    assert found(claim(period=period), dated=dated) == []


def test_a_figure_must_stand_in_its_quote() -> None:
    assert found(claim(value="80")) == [
        'claims[0].value: expected the figure 80 in the quote, found "比例达到88.5%"'
    ]
    assert found(claim(value="65", quote="比例达到六成五")) == []
    assert found(claim(indicator="beds", value="2", unit="张", quote="增加两张")) == []


class TestLookup:
    visits = indicator(
        "county_visit_share",
        name={"zh": "县域内就诊率", "en": "Visits kept within the county"},
        aliases=["县域就诊率"],
    )
    stays = indicator(
        "county_inpatient_share",
        name={"zh": "县域内住院率", "en": "Inpatient stays within the county"},
        aliases=["县域住院率"],
    )

    def ids(self, text: str) -> list[str]:
        return [i.id for i in find(text, (self.stays, self.visits))]

    def test_an_alias_gives_its_indicator_alone(self) -> None:
        assert self.ids("县域就诊率") == ["county_visit_share"]
        assert self.ids("县域住院率") == ["county_inpatient_share"]

    @pytest.mark.parametrize("text", ["“县域就诊率”", " 县 域 就诊率 ", "COUNTY_VISIT_SHARE"])
    def test_spelling_does_not_matter(self, text: str) -> None:
        assert self.ids(text) == ["county_visit_share"]

    def test_a_part_gives_all_that_contain_it_nearest_first(self) -> None:
        assert self.ids("县域") == ["county_inpatient_share", "county_visit_share"]
        assert self.ids("within the county") == ["county_visit_share", "county_inpatient_share"]

    @pytest.mark.parametrize("text", ["", "  ", "县域就医率", "就诊率县域"])
    def test_nothing_is_guessed(self, text: str) -> None:
        assert self.ids(text) == []


def test_only_full_width_forms_are_folded() -> None:
    assert half_width("（１２．５％）：，　Ａ") == "(12.5%):, A"
    assert half_width("①㎡〔2022〕“”。、…—·‰ﬁ") == "①㎡〔2022〕“”。、…—·‰ﬁ"
    assert normalised("“优质服务 基层行”（Ａ）") == "优质服务基层行(a)"
