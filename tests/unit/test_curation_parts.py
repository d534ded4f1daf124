"""The parts of data entry by themselves: recognition, marks, decisions, secrets."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.core.errors import KnownProblem
from indicators.core.problem import Problems
from indicators.files.audit import digest
from indicators.files.load import load_settings, load_snapshot
from indicators.files.operations import OpenDocument
from indicators.files.write import Store
from indicators.tables.assess import assess
from indicators.text import translator
from indicators.ui.auth import from_claims
from indicators.ui.auth_secrets import toml
from indicators.ui.curation import effect, intake, marks, recognise, vet
from indicators.ui.curation.draft import Draft, Item, cleaned, differing
from tests.support.curator_site import REPLY, install
from tests.support.shipped import AS_OF, shipped

ROOT = Path(__file__).resolve().parents[2]


def _draft(*items: Item, text: str = "") -> Draft:
    base = OpenDocument("", "", None)
    return Draft("a.txt", "0" * 64, text, "txt", base, {"id": "a", "region": "430600"}, [*items])


def _claim(value: str = "60.5", **more: str | None) -> dict[str, str | None]:
    claim = {"indicator": "county_visit_share", "kind": "reported", "period": "2021"}
    return {**claim, "value": value, "unit": "%", "quote": f"县域内就诊率{value}%", **more}


# --- what a document says about itself -------------------------------------------


def test_a_reply_is_recognised() -> None:
    assert recognise.metadata(REPLY, "reply.txt", shipped()[0]) == {
        "title": "对云江市九届人大五次会议第27号建议的答复",
        "kind": "npc_reply",
        "issuer": "云江市卫生健康委员会",
        "number": "云卫函〔2026〕18号",
        "proposal": "第27号建议",
        "dated": "2026-03-18",
    }


def test_chinese_dates_titles_over_two_lines_and_layout_blanks() -> None:
    head = "关于市政协第20240313号\n提 案的答 复\n\n正文\n\n"
    text = head + "岳阳市卫生健康委员会\n二〇二四年十一月二日\n"
    found = recognise.metadata(text, "x.docx", shipped()[0])
    assert found["title"] == "关于市政协第20240313号提案的答复"
    assert (found["kind"], found["dated"]) == ("cppcc_reply", "2024-11-02")
    assert (found["region"], found["id"]) == ("430600", "430600-2024-cppcc-20240313")


def test_nothing_is_invented_for_a_bare_text() -> None:
    assert recognise.metadata("没有日期，也没有标题。", "附件.txt", shipped()[0]) == {
        "title": "附件"
    }


def test_a_known_document_is_found_by_bytes_or_by_number_however_written() -> None:
    documents = shipped()[0].documents
    one = next(d for d in documents if d.id == "yueyang-2022-npc-162")
    assert recognise.known_document({}, one.source.sha256, documents) == one
    assert recognise.known_document({"number": "岳卫字 [2022] 13 号"}, "0" * 64, documents) == one
    assert recognise.known_document({"number": "岳卫字〔2022〕14号"}, "0" * 64, documents) is None
    assert recognise.known_document({}, "0" * 64, documents) is None


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (_claim("60.50"), True),
        (_claim(region="430600"), True),
        (_claim(region="430621"), False),
        (_claim("60.6"), False),
        (_claim(period="2022"), False),
        (_claim(kind="commitment"), False),
    ],
)
def test_which_claims_state_the_same(other: dict[str, str | None], same: bool) -> None:
    assert recognise.same_claim(_claim(), other, "430600") is same


# --- the text with its marks -----------------------------------------------------


def test_marks_are_escaped_numbered_and_signed() -> None:
    text = "![](http://x.example/a.png) <b>就诊率65%</b>\n\n建档率[93%](y)"
    one = Item(1, {"quote": "就诊率65%"}, text.index("就"), 6)
    two = Item(2, {"quote": "建档率[93%]"}, text.index("建"), 8, status="accepted")
    shown = marks.whole(text, [one, two], 1)
    assert ":blue-background[**【○1】就诊率65%**]" in shown
    assert ":green-background[【✓2】建档率\\[93%\\]]" in shown
    assert "![" not in shown
    assert "<b>" not in shown


def test_overlapping_quotes_share_one_mark() -> None:
    text = "占比分别为90.91%、17.27%"
    items = [Item(n, {"quote": text}, 0, len(text)) for n in (1, 2)]
    assert marks.whole(text, items, 9) == (
        ":orange-background[【○1 ○2】占比分别为90\\.91%、17\\.27%]"
    )


def test_only_the_surroundings_are_shown_beside_the_form() -> None:
    text = "\n".join(f"第{n}段就诊率{n}%" for n in range(1, 10))
    at = text.index("就诊率5%")
    shown = marks.around(text, [Item(1, {"quote": "就诊率5%"}, at, 5)], 1)
    assert [line[1] for line in shown.split("\n\n")] == ["3", "4", "5", "6", "7"]


# --- decisions -------------------------------------------------------------------


def test_every_item_is_accounted_for_and_the_next_open_one_comes_up() -> None:
    draft = _draft(*(Item(n, _claim(str(n))) for n in (1, 2, 3, 4)))
    draft.go(2)
    draft.accept(2, {**_claim("2"), "region": "430600"})
    assert draft.focus == 3
    draft.accept(3, _claim("3", period="2022"))
    draft.reject(4, "与另一条重复")
    assert draft.focus == 1
    assert draft.counts() == {"accepted": 1, "edited": 1, "rejected": 1, "pending": 1}
    kinds = [type(op).__name__ for op in draft.edit().operations]
    assert kinds == ["AddClaim", "AddClaim", "RejectCandidate"]
    draft.reopen(4)
    assert draft.counts()["pending"] == 2


def test_a_row_of_the_table_is_followed_once() -> None:
    draft = _draft(*(Item(n, _claim(str(n))) for n in (1, 2, 3)))
    draft.pick(2)
    assert draft.focus == 3
    draft.go(1)
    draft.pick(2)
    assert draft.focus == 1
    draft.pick(None)
    draft.pick(2)
    assert draft.focus == 3


def test_a_reason_is_needed_and_an_empty_correction_is_refused() -> None:
    draft = _draft(Item(1, _claim(), existing=1, status="known"))
    for act in (lambda: draft.reject(1, " "), lambda: draft.withdraw(1, "")):
        with pytest.raises(KnownProblem, match="a reason is needed"):
            act()
    with pytest.raises(KnownProblem, match="the correction changes nothing"):
        draft.correct(1, {**_claim(), "region": "430600"}, "x", "correction")


def test_fields_follow_the_kind_and_defaults_are_not_written() -> None:
    fields = _claim(due="2025", comparator=">=", precision="exact", period_basis="stated", note=" ")
    assert cleaned(fields) == _claim()
    assert cleaned({**fields, "kind": "milestone"}) == {
        "indicator": "county_visit_share",
        "kind": "milestone",
        "quote": "县域内就诊率60.5%",
        "due": "2025",
        "unit": "是/否",
    }


def test_a_removed_default_is_said_outright() -> None:
    old, new = cleaned(_claim(precision="about", note="x")), cleaned(_claim())
    assert differing(new, old) == {"precision": "exact", "note": None}


# --- what is wrong ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quote": "县域内就诊率60.5%，电话13812345678"}, "含有个人信息"),
        ({"quote": "县域内就诊率61.5%", "value": "61.5"}, "此句在原文中找不到"),
        ({"value": "160.5"}, "数值超出此指标的合理范围"),
        ({"value": "六成"}, "数值须是阿拉伯数字"),
        ({"unit": "元"}, "单位与此指标不符"),
        ({"indicator": None}, "请选择指标"),
        ({"period": "二〇二一"}, "期间须写成"),
        ({"period": None}, "请填写期间"),
        ({"period": "2030"}, "将来的数是承诺"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(changes: dict[str, str | None], said: str) -> None:
    text = "县域内就诊率60.5%，电话13812345678"
    draft = _draft(text=text)
    draft.meta |= {"dated": "2022-05-30", "kind": "bulletin", "title": "t", "issuer": "i"}
    remarks = vet.claim_remarks(translator("zh"), draft, _claim() | changes, shipped()[0])
    assert any(remark.blocks and said in remark.message for remark in remarks), remarks


def test_a_sound_claim_has_no_remark() -> None:
    draft = _draft(text="县域内就诊率60.5%")
    assert vet.claim_remarks(translator("zh"), draft, _claim(), shipped()[0]) == []


# --- what a save would do --------------------------------------------------------


def test_the_effect_on_verdicts_is_told_before_the_save(tmp_path: Path) -> None:
    settings = load_settings(install(tmp_path, "curator"), Problems())
    snapshot, _ = load_snapshot(tmp_path, settings)
    store = Store(tmp_path, settings)
    draft = intake.begin(REPLY.encode(), "reply.txt", snapshot, store)
    for item in [*draft.items]:
        if item.fields["indicator"] == "county_visit_share":
            draft.accept(item.number, item.fields)
    document = vet.parsed(store.preview(draft.edit()).new_text, Problems())
    assert document is not None
    after = effect.with_document(snapshot, document)
    before = assess(snapshot, settings, AS_OF)
    changed = effect.changed_verdicts(before, assess(after, settings, AS_OF))
    own = changed[changed["target_kind"] == "commitment"].to_dict("records")
    assert [(r["region_name"], r["before"], r["after"], r["after_value"]) for r in own] == [
        ("云江市", None, "under_way", Decimal("91.2"))
    ]
    assert all(changed["after_value"].notna())
    assert effect.changed_verdicts(before, before).empty


def test_a_new_document_is_based_on_nothing_so_that_a_twin_is_a_conflict() -> None:
    draft = _draft(Item(1, _claim()))
    draft.accept(1, _claim())
    assert draft.edit().base == OpenDocument("a.yaml", "", None)
    assert digest("") != draft.edit().base.digest


def test_upload_names_are_made_harmless() -> None:
    assert intake.safe_name("../../etc/答复（终稿）.docx") == "答复（终稿）.docx"
    assert intake.safe_name("C:\\x\\a b\x00;.txt") == "a_b_.txt"
    assert intake.safe_name(".htaccess") == "htaccess"
    assert intake.safe_name("") == "document.txt"


# --- sign-in ---------------------------------------------------------------------

ENVIRONMENT = {
    "INDICATORS_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "INDICATORS_OIDC_CLIENT_ID": "dashboard",
    "INDICATORS_OIDC_CLIENT_SECRET": 's"ecret\\',
    "INDICATORS_OIDC_REDIRECT_URI": "https://entry.example/oauth2callback",
    "INDICATORS_COOKIE_SECRET": "c" * 32,
}


def test_secrets_go_from_the_environment_to_streamlit() -> None:
    text = toml(ENVIRONMENT)
    assert text is not None
    section = tomllib.loads(text)["auth"]
    assert section["client_secret"] == 's"ecret\\'
    assert section["cookie_secret"] == "c" * 32
    assert toml({}) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"INDICATORS_OIDC_CLIENT_SECRET": ""}, "missing in the environment"),
        ({"INDICATORS_COOKIE_SECRET": "short"}, "expected at least 32 characters"),
        ({"INDICATORS_OIDC_REDIRECT_URI": "https://x.example/"}, "an address of /oauth2callback"),
    ],
)
def test_half_a_setup_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(KnownProblem, match=said):
        toml({**ENVIRONMENT, **change})


def test_only_a_signed_in_claim_with_an_address_is_a_person() -> None:
    assert from_claims({}) is None
    assert from_claims({"email": "a@b.example"}) is None
    assert from_claims({"email": "a@b.example", "is_logged_in": "True"}) is None
    assert from_claims({"is_logged_in": True}) is None
    found = from_claims({"email": "a@b.example", "is_logged_in": True, "iat": 10**30})
    assert found is not None
    assert (found.signed_in_at, found.verified) == (None, None)


def test_the_curators_example_says_the_same_as_the_shipped_configuration() -> None:
    problems = Problems()
    public = load_settings(ROOT / "config.yaml", problems)
    curator = load_settings(ROOT / "deploy" / "config.curator.yaml", problems)
    assert list(problems) == []
    assert curator.role == "curator"
    assert curator.model_copy(update={"role": "public"}) == public
