"""Saving documents: what is written, what is refused, and that nothing is half done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

from indicators.core.errors import KnownProblem
from indicators.files import write
from indicators.files.operations import AddClaim, ChangeClaim, Edit, OpenDocument, WithdrawClaim
from indicators.files.write import RefusedByCheck, StaleEdit, Store
from indicators.files.yaml_edit import add_claims, change_claim, new_document, remove_claim, scalar
from tests.support.installation import CLAIM, DOCUMENT, store

NAME = "data/documents/yunjiang-2022.yaml"
META = {
    "id": "dongling-2023",
    "title": "关于“医改”的报告: 2023",
    "kind": "work_report",
    "issuer": "东陵市卫生健康委员会",
    "number": None,
    "region": "990200",
    "dated": "2023-01-15",
    "source": {"file": "a.txt", "sha256": "a" * 64},
}


@pytest.fixture
def box(tmp_path: Path) -> Store:
    return store(tmp_path)


def _files(root: Path) -> dict[str, bytes]:
    names = (p for p in root.rglob("*") if p.is_file() and p.name != ".lock")
    return {str(p.relative_to(root)): p.read_bytes() for p in names}


def test_an_added_claim_leaves_every_other_byte(box: Store) -> None:
    base = box.open("yunjiang-2022")
    saved = box.save(Edit(base, [AddClaim(CLAIM)]), by="chen@example.cn")
    assert saved.document.text == base.text + (
        "  - indicator: infant_mortality_rate\n"
        "    kind: reported\n"
        "    period: 2021\n"
        "    value: 3.60\n"
        '    unit: "‰"\n'
        "    quote: 婴儿死亡率为3.60‰\n"
    ).replace('"‰"', "‰")
    assert (box.root / NAME).read_text("utf-8") == saved.document.text
    assert saved.notes == ()
    assert saved.entry["changes"] == [
        {
            "type": "add",
            "claim": "yunjiang-2022#3",
            "before": None,
            "after": CLAIM,
            "reason": "",
        }
    ]


def test_a_correction_keeps_comment_and_order(box: Store) -> None:
    base = box.open("yunjiang-2022")
    fields = {"value": "93.50", "quote": "建档率达到93.50%"}
    saved = box.save(Edit(base, [ChangeClaim(1, fields, "录入时看错")]), by="chen")
    assert "    value: 93.50   # 原文如此\n" in saved.document.text
    assert saved.document.text.replace("93.50", "93.05") == base.text
    change = saved.entry["changes"][0]
    assert (change["type"], change["claim"], change["reason"]) == (
        "correction",
        "yunjiang-2022#1",
        "录入时看错",
    )
    assert (change["before"]["value"], change["after"]["value"]) == ("93.05", "93.50")


def test_several_operations_are_one_save(box: Store) -> None:
    base = box.open("yunjiang-2022")
    edit = Edit(
        base,
        [
            WithdrawClaim(1, "与另一文重复"),
            AddClaim(CLAIM),
            ChangeClaim(2, {"note": "口径未写"}, "补注", "revision"),
        ],
    )
    saved = box.save(edit, by="chen")
    assert [c["indicator"] for c in saved.document.claims] == [
        "county_visit_share",
        "infant_mortality_rate",
    ]
    assert [(c["type"], c["claim"]) for c in saved.entry["changes"]] == [
        ("withdraw", "yunjiang-2022#1"),
        ("add", "yunjiang-2022#2"),
        ("revision", "yunjiang-2022#2"),
    ]
    assert "  # 一、健康档案\n" in saved.document.text


def test_a_new_document(box: Store) -> None:
    claim = {**CLAIM, "period": "2022"}
    saved = box.save(Edit(box.new("dongling-2023"), [AddClaim(claim)], META), by="chen")
    assert saved.document.text.startswith(
        'id: dongling-2023\ntitle: "关于“医改”的报告: 2023"\nkind: work_report\n'
    )
    assert 'region: "990200"\ndated: 2023-01-15\nsource:\n  file: a.txt\n' in saved.document.text
    assert box.open("dongling-2023").claims == [claim]
    with pytest.raises(KnownProblem, match="there is already a document of this id"):
        box.new("dongling-2023")


def test_a_stale_edit_is_refused_with_both_versions(box: Store) -> None:
    base = box.open("yunjiang-2022")
    first = box.save(Edit(base, [AddClaim(CLAIM)]), by="chen")
    before = _files(box.root)
    with pytest.raises(StaleEdit) as caught:
        box.save(Edit(base, [ChangeClaim(1, {"note": "另一处"}, "补注")]), by="li")
    assert str(caught.value) == (
        f"{NAME}: someone saved this document after you opened it; nothing was saved. "
        "Compare both versions and enter your change again"
    )
    assert caught.value.current_text == first.document.text
    assert "note: 另一处" in caught.value.your_text
    assert caught.value.base_digest == base.digest
    assert "+    note: 另一处" in caught.value.difference()
    assert _files(box.root) == before


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"indicator": "visits"}, 'claims[2].indicator: unknown indicator "visits"'),
        ({"value": "1001"}, "expected a value from 0 to 1000 ‰, found 1001 ‰"),
        ({"value": "九成"}, 'claims[2].value: expected a number, found "九成"'),
        ({"region": "123456"}, 'claims[2].region: unknown region "123456"'),
        ({"quote": "婴儿死亡率3.60‰，电话13800138000"}, "expected no personal data"),
        ({"colour": "red"}, 'unknown field "colour"'),
        ({"due": "2025"}, "claims[2]"),
    ],
)
def test_what_check_refuses_is_not_written(
    box: Store, fields: dict[str, str], message: str
) -> None:
    before = _files(box.root)
    edit = Edit(box.open("yunjiang-2022"), [AddClaim({**CLAIM, **fields})])
    assert box.preview(edit).refused
    with pytest.raises(RefusedByCheck) as caught:
        box.save(edit, by="chen")
    assert message in str(caught.value)
    assert NAME in str(caught.value)
    assert _files(box.root) == before


def test_a_second_document_of_the_same_original_is_refused(box: Store) -> None:
    meta = {**META, "source": {"file": "b.txt", "sha256": f"{1:064x}"}}
    with pytest.raises(RefusedByCheck, match="the same original as in"):
        box.save(Edit(box.new("dongling-2023"), [], meta), by="chen")


def test_reasons_are_required_and_hold_no_personal_data(box: Store) -> None:
    base = box.open("yunjiang-2022")
    with pytest.raises(KnownProblem, match="a correction, revision or withdrawal needs a reason"):
        box.save(Edit(base, [WithdrawClaim(1, " ")]), by="chen")
    with pytest.raises(KnownProblem, match="in the reason, found a mobile number"):
        box.save(Edit(base, [WithdrawClaim(1, "问了13800138000")]), by="chen")
    with pytest.raises(KnownProblem, match="only once in one save"):
        box.save(Edit(base, [WithdrawClaim(1, "a"), WithdrawClaim(1, "b")]), by="chen")
    with pytest.raises(KnownProblem, match="the document has no claim 3"):
        box.save(Edit(base, [WithdrawClaim(3, "a")]), by="chen")
    with pytest.raises(KnownProblem, match="a save needs the name"):
        box.save(Edit(base, [AddClaim(CLAIM)]), by=" ")
    with pytest.raises(KnownProblem, match="the edit changes nothing"):
        box.save(Edit(base, [ChangeClaim(1, {"value": "93.05"}, "a")]), by="chen")


@pytest.mark.parametrize("document_id", ["../evil", ".hidden", "a/b", "甲"])
def test_a_document_id_is_never_a_path(box: Store, document_id: str) -> None:
    with pytest.raises(KnownProblem, match="is not a document id"):
        box.open(document_id)


def test_a_person_without_permission_writes_nothing(box: Store) -> None:
    def refuse(by: str) -> None:
        raise KnownProblem(f"{by} may not write")

    box.permit = refuse
    before = _files(box.root)
    with pytest.raises(KnownProblem, match=r"^li may not write$"):
        box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="li")
    assert _files(box.root) == before


def test_a_lock_that_is_held_is_reported(box: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "LOCK_SECONDS", 0.05)
    with (
        FileLock(box.root / "data" / ".lock"),
        pytest.raises(KnownProblem, match="another save is under way"),
    ):
        box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen")


def test_preview_writes_nothing_and_shows_the_difference(box: Store) -> None:
    before = _files(box.root)
    preview = box.preview(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]))
    assert not preview.refused
    assert "+    value: 3.60" in preview.difference()
    assert _files(box.root) == before


def test_permissions_of_the_file_are_kept(box: Store) -> None:
    (box.root / NAME).chmod(0o664)
    box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen")
    assert (box.root / NAME).stat().st_mode & 0o777 == 0o664


def test_a_git_commit_per_save(tmp_path: Path) -> None:
    box = store(tmp_path)
    box.settings = box.settings.model_copy(update={"git_commit": True})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    saved = box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen@example.cn")
    assert saved.notes == ()
    log = subprocess.run(
        ["git", "-C", str(tmp_path), "log", "--format=%ae %s", "--name-only"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert log.stdout.split("\n") == [
        "chen@example.cn data: add yunjiang-2022#3",
        "",
        "data/audit.jsonl",
        NAME,
        "",
    ]


def test_a_save_stands_where_git_fails(tmp_path: Path) -> None:
    box = store(tmp_path)
    box.settings = box.settings.model_copy(update={"git_commit": True})
    saved = box.save(Edit(box.open("yunjiang-2022"), [AddClaim(CLAIM)]), by="chen")
    assert saved.notes[0].startswith("saved, but not committed to git: ")
    assert len(box.open("yunjiang-2022").claims) == 3


# --- the YAML text ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("990100", '"990100"'),
        ("010", '"010"'),
        ("no", '"no"'),
        ("1:30", '"1:30"'),
        ("null", '"null"'),
        ("甲: 乙", '"甲: 乙"'),
        ("甲 # 乙", '"甲 # 乙"'),
        ("- 甲", '"- 甲"'),
        ("%", '"%"'),
        ("建档率达到93.05%", "建档率达到93.05%"),
        ("一（二）", "一（二）"),
        ('说"甲"', '说"甲"'),
        ("甲\n乙", '"甲\\n乙"'),
        ("", '""'),
        (" 甲", '" 甲"'),
        (None, "null"),
    ],
)
def test_text_is_quoted_only_where_a_reader_could_err(value: str | None, written: str) -> None:
    assert scalar("note", value) == written


def test_numbers_and_dates_stay_bare() -> None:
    assert [scalar("value", v) for v in ("93.05", "-1", "九成")] == ["93.05", "-1", "九成"]
    assert [scalar("period", v) for v in ("2021", "2021-H1", "2021-12-31")] == [
        "2021",
        "2021-H1",
        "2021-12-31",
    ]


def test_lists_that_are_empty_missing_or_in_brackets() -> None:
    claim = {"indicator": "a", "kind": "milestone", "quote": "甲"}
    block = "claims:\n  - indicator: a\n    kind: milestone\n    quote: 甲\n"
    assert add_claims("id: x\nclaims: []\n", [claim]) == "id: x\n" + block
    assert add_claims("id: x\nclaims:\n", [claim]) == "id: x\n" + block
    assert add_claims("id: x", [claim]) == "id: x\n" + block
    assert add_claims("id: x\nclaims: []  # 待录\nnote: n\n", [claim]) == (
        "id: x\nclaims:  # 待录\n" + block.removeprefix("claims:\n") + "note: n\n"
    )
    assert remove_claim("id: x\n" + block, 1) == "id: x\nclaims:\n  []\n"


def test_windows_line_ends_and_byte_order_mark_are_kept() -> None:
    text = "\ufeff" + DOCUMENT.format(id="x", sha="0" * 64).replace("\n", "\r\n")
    changed = change_claim(text, 2, {"note": "注", "region": None})
    assert changed.startswith("\ufeff# 云江市")
    assert changed.count("\n") == changed.count("\r\n") == text.count("\n") + 1
    assert "    region: null\r\n" in changed


def test_flow_style_claims_can_be_changed() -> None:
    text = "id: x\nclaims:\n- {indicator: a, note: 甲}  # 一\n- {indicator: b}\n"
    assert change_claim(text, 1, {"note": "乙, 丙", "section": "三"}) == (
        'id: x\nclaims:\n- {indicator: a, note: "乙, 丙", section: "三"}  # 一\n- {indicator: b}\n'
    )
    assert remove_claim(text, 2) == "id: x\nclaims:\n- {indicator: a, note: 甲}  # 一\n"


def test_a_list_in_brackets_is_refused_in_words() -> None:
    with pytest.raises(KnownProblem, match="this way of writing the claims cannot be edited"):
        remove_claim("id: x\nclaims: [{indicator: a}, {indicator: b}]\n", 1)


def test_block_scalars_are_replaced_whole() -> None:
    text = "id: x\nclaims:\n  - indicator: a\n    note: |\n      一\n      二\n    section: 三\n"
    assert change_claim(text, 1, {"note": "四"}) == (
        "id: x\nclaims:\n  - indicator: a\n    note: 四\n    section: 三\n"
    )


def test_a_base_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(KnownProblem, match="document"):
        add_claims("id: [", [CLAIM])
    with pytest.raises(KnownProblem, match=r"^document: expected a mapping of fields$"):
        add_claims("- a\n", [CLAIM])


def test_an_unknown_field_of_a_new_document_reaches_the_check(box: Store) -> None:
    meta = {**META, "colour": "red"}
    assert "colour: red" in new_document(meta, [])
    with pytest.raises(RefusedByCheck, match='unknown field "colour"'):
        box.save(Edit(box.new("dongling-2023"), [], meta), by="chen")


def test_a_file_that_is_not_utf8_is_named(box: Store) -> None:
    (box.root / NAME).write_bytes(b"id: x\n\xff\n")
    with pytest.raises(KnownProblem, match=r"yunjiang-2022\.yaml:2: not UTF-8"):
        box.open("yunjiang-2022")
    assert isinstance(box.new("other"), OpenDocument)
    assert [path.name for path in box.folder.iterdir()] == ["yunjiang-2022.yaml"]
