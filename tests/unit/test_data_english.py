"""English of the texts that stand in the data: complete, nothing left over, figures unchanged."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po, write_po

from indicators.core.model import Benchmark, Document, Indicator
from indicators.tables.citation import document_line
from indicators.tables.findings import findings
from indicators.text import catalog, translator, with_original
from tests.support.shipped import ROOT, shipped

FILE = ROOT / "indicators" / "text" / "data_en.po"
ENGLISH = catalog("data_en.po")

#: Words of a source inside quotation marks, and document numbers, stay as they are.
_KEPT = re.compile(r'"[^"]*"|[\u4e00-\u9fff]+〔\d{4}〕\d+号')
_HAN = re.compile(r"[\u3400-\u9fff]")
#: Figures a reader may look up: with a unit sign, with decimals, years and long numbers.
_FIGURE = re.compile(r"\d+(?:\.\d+)?[%‰]|\d+\.\d+|\d{4,}")


def _of_indicator(indicator: Indicator) -> Iterator[str | None]:
    yield from (indicator.numerator, indicator.denominator)
    yield from (indicator.definition.note, indicator.bounds_note)
    yield from (wall.why for wall in indicator.confusable_with)
    for benchmark in indicator.benchmarks:
        yield from _of_benchmark(benchmark)


def _of_benchmark(benchmark: Benchmark) -> Iterator[str | None]:
    yield from (benchmark.scope, benchmark.definition, benchmark.note)
    yield from (benchmark.source.title, benchmark.source.issuer, benchmark.source.read_in)


def _of_document(document: Document) -> Iterator[str | None]:
    yield from (document.title, document.issuer, document.proposal, document.note)
    for claim in document.claims:
        yield from (claim.scope, claim.definition, claim.note)


def data_texts() -> set[str]:
    """Every text of the shipped registry and documents that is not a quote, name or number."""
    snapshot, _ = shipped()
    found = {t for i in snapshot.indicators.values() for t in _of_indicator(i)}
    found |= {t for d in snapshot.documents for t in _of_document(d)}
    return {text for text in found if text and _HAN.search(text)}


def test_every_text_of_the_data_has_english() -> None:
    assert sorted(data_texts() - ENGLISH.keys()) == []


def test_no_entry_outlives_its_text() -> None:
    assert sorted(ENGLISH.keys() - data_texts()) == []


def test_there_is_much_to_translate() -> None:
    """Guards the two tests above against an empty snapshot."""
    assert len(ENGLISH) > 500


@pytest.mark.parametrize("zh", sorted(ENGLISH))
def test_english_is_english(zh: str) -> None:
    assert not _HAN.search(_KEPT.sub("", ENGLISH[zh]))


@pytest.mark.parametrize("zh", sorted(zh for zh in ENGLISH if _FIGURE.search(zh)))
def test_figures_are_unchanged(zh: str) -> None:
    assert [f for f in _FIGURE.findall(zh) if f not in ENGLISH[zh]] == []


@pytest.mark.parametrize("zh", sorted(zh for zh in ENGLISH if "号" in zh and "〔" in zh))
def test_document_numbers_are_unchanged(zh: str) -> None:
    for number in re.findall(r"国[^〔，。]*〔\d{4}〕\d+号", zh):
        assert number in ENGLISH[zh]


def test_quotation_marks_are_those_of_english() -> None:
    """The curly ones are drawn as wide as a Chinese character where a Chinese font serves."""
    assert [en for en in ENGLISH.values() if "“" in en or "”" in en or en.count('"') % 2] == []


def test_the_catalogs_do_not_contradict_each_other() -> None:
    words = catalog("en.po")
    assert {zh: en for zh, en in ENGLISH.items() if words.get(zh, en) != en} == {}


def test_the_file_is_in_its_written_form() -> None:
    """Sorted, unwrapped, without dates or names of tools: a change shows as itself."""
    text = FILE.read_text(encoding="utf-8")
    out = io.BytesIO()
    messages = read_po(io.BytesIO(text.encode()), locale="en", abort_invalid=True)
    write_po(out, messages, width=0, sort_output=True, omit_header=True)
    head, body = text.split("\n\n", 1)
    assert body == out.getvalue().decode()
    assert head.splitlines() == [
        'msgid ""',
        'msgstr ""',
        r'"Content-Type: text/plain; charset=utf-8\n"',
        r'"Language: en\n"',
    ]


def test_a_note_is_shown_in_the_language_of_the_reader() -> None:
    note = "期限“到2022年”见同段前文；分母未写"
    assert translator("zh")(note) == note
    assert translator("en")(note) == (
        'The deadline "by 2022" stands earlier in the same paragraph; the denominator is not stated'
    )


def test_a_text_not_yet_translated_is_shown_in_its_own_words() -> None:
    assert translator("en")("新录入文件的备注") == "新录入文件的备注"


def test_a_citation_names_the_document_in_both_languages() -> None:
    title, issuer = "对岳阳市九届人大一次会议第162号建议的答复", "岳阳市卫生健康委员会"
    number = "岳卫字〔2022〕13号"
    assert document_line(title, number, issuer, "2022-05-30", "en") == (
        "Yueyang Municipal Health Commission: “Reply to Proposal No. 162 of the First Session of "
        f"the Ninth Yueyang Municipal People's Congress” ({title}, {number}), 2022-05-30"
    )
    assert document_line(title, number, issuer, "2022-05-30", "zh") == (
        f"{issuer}：《{title}》（{number}），2022-05-30"
    )
    assert document_line("新文件", None, None, None, "en") == "“新文件”"
    assert with_original(issuer, "en") == f"Yueyang Municipal Health Commission ({issuer})"
    assert with_original(issuer, "zh") == issuer


def test_findings_name_their_units_in_english() -> None:
    rows = findings(shipped()[0]).to_dict("records")
    # names of regions have no English; everything else has
    said = [row["text_en"].replace(row["region_name"], "REGION") for row in rows]
    assert [text for text in said if _HAN.search(text)] == []
    assert any("537.01 × 10,000 records ÷ 93.05% ≈ 577.12 × 10,000 " in text for text in said)
    assert any(
        text.startswith(
            "REGION, Debt-to-asset ratio of public hospitals, 2021: "
            "Derived, not stated: level of 2020 = 51.5 + 5.51 = 57.01%."
        )
        for text in said
    )
    assert any(
        "REGION, Birth defect rate among live births, 2022 (document's date): The stated change "
        "agrees: 81.24 per 10,000 (2021) → 80.11 per 10,000 (2022); stated change" in text
        for text in said
    )
