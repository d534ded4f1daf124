"""In English no page and no export shows a note, scope, reason or title in Chinese.

What stays as the sources have it: quotes, names of regions, aliases and official names,
document numbers, places in a document, file names; and titles where the English stands
beside them.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from indicators.export.docx import circular
from indicators.export.edition import Edition
from indicators.export.pdf import content
from indicators.export.site_pages import Pages
from indicators.export.xlsx import workbook
from indicators.ui.fetch import narrowed
from tests.support.shipped import AS_OF, assessed, shipped

_HAN = re.compile(r"[\u3400-\u9fff]")
#: Quotes inside a figure are cut into lines, so they are cut off with their marks.
_BROKEN_QUOTE = re.compile(r"“.*”", re.DOTALL)

VIEWS: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("progress", {}),
    ("progress", {"indicator": "primary_standard_recommended_count"}),
    ("progress", {"indicator": "maternal_mortality_ratio"}),
    ("commitments", {}),
    ("commitments", {"show": "table"}),
    ("commitments", {"show": "print"}),
    ("comparison", {}),
    ("region", {"region": "430900"}),
    ("region", {"region": "440523"}),
    ("sources", {"document": "shantou-2024-cppcc-20240313"}),
    ("sources", {"document": "yueyang-2022-npc-162", "quotes": "table"}),
    ("sources", {"part": "silence"}),
    ("registry", {"indicator": "family_doctor_coverage"}),
    ("registry", {"indicator": "public_hospital_debt_ratio"}),
]


def _kept() -> list[str]:
    """Words of the sources that English leaves as they are, the longest first."""
    snapshot, _ = shipped()
    found: set[str | None] = {region.name for region in snapshot.regions.values()}
    for document in snapshot.documents:
        found |= {document.number, document.source.file}
        found |= {text for claim in document.claims for text in (claim.quote, claim.section)}
    for indicator in snapshot.indicators.values():
        found |= {indicator.name.zh, *indicator.aliases}
        found |= {benchmark.source.number for benchmark in indicator.benchmarks}
    return sorted((text for text in found if text and _HAN.search(text)), key=len, reverse=True)


def _beside_english() -> list[str]:
    """Titles and names of bodies, as they stand behind their English: `` (…`` ."""
    snapshot, _ = shipped()
    found = {text for d in snapshot.documents for text in (d.title, d.issuer, d.proposal) if text}
    for indicator in snapshot.indicators.values():
        found |= {benchmark.source.title for benchmark in indicator.benchmarks}
    return sorted(found, key=len, reverse=True)


KEPT, BESIDE = _kept(), _beside_english()


def _left(text: str) -> str:
    """``text`` without what may stay Chinese."""
    text = text.replace("\\", "")
    for title in BESIDE:
        text = text.replace(f" ({title}", " (")
    for words in KEPT:
        text = text.replace(words, "")
    return text


def _chinese(texts: Iterator[str]) -> list[str]:
    return sorted({text for text in texts if _HAN.search(_left(text))})


def _strings(value: Any) -> Iterator[str]:
    """Every text inside a message, a list or a mapping."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "ListFields"):  # a message of the browser's protocol
        for _, inner in value.ListFields():
            yield from _strings(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif not isinstance(value, bytes) and hasattr(value, "__iter__"):
        for inner in value:
            yield from _strings(inner)


def _drawn(spec: str) -> Iterator[str]:
    """The texts of a figure without the quotes, which are cut into lines there."""
    return (_BROKEN_QUOTE.sub("", text) for text in _strings(json.loads(spec)))


def _shown(node: Any) -> Iterator[str]:
    """Every text that a session holds: labels, options, help, cells, figures."""
    if hasattr(node, "children"):
        for child in node.children.values():
            yield from _shown(child)
    elif node.type in ("dataframe", "table"):
        yield from (str(name) for name in node.value)
        yield from (str(cell) for name in node.value for cell in node.value[name])
    elif node.type == "plotly_chart":
        yield from _drawn(node.proto.spec)
    else:
        yield from _strings(node.proto)


def _script(key: str) -> None:
    """One page inside its surroundings, as the shell shows it."""
    from indicators.ui import app, cache, state
    from indicators.ui.view import current

    state.begin()
    view = current(cache.load())
    app._show(next(page for page in app.PAGES if page.key == key), view)
    state.finish()


@pytest.mark.parametrize(("key", "choices"), VIEWS)
def test_a_page_in_english_keeps_only_the_words_of_the_sources(
    key: str, choices: dict[str, str]
) -> None:
    session = AppTest.from_function(_script, args=(key,), default_timeout=90)
    for name, text in {"as_of": AS_OF.isoformat(), "lang": "en", **choices}.items():
        session.query_params[name] = text
    session.run()
    assert not session.exception
    texts = list(_shown(session._tree))
    assert len(texts) > 50
    assert _chinese(iter(texts)) == []


def test_a_document_is_shown_with_its_own_title_beside_the_english() -> None:
    session = AppTest.from_function(_script, args=("sources",), default_timeout=90)
    chosen = {"lang": "en", "as_of": AS_OF.isoformat(), "document": "yueyang-2022-npc-162"}
    for name, text in chosen.items():
        session.query_params[name] = text
    session.run()
    said = "\n".join(_shown(session._tree)).replace("\\", "")
    assert (
        "Reply to Proposal No. 162 of the First Session of the Ninth Yueyang Municipal "
        "People's Congress (对岳阳市九届人大一次会议第162号建议的答复)"
    ) in said
    assert "Yueyang Municipal Health Commission (岳阳市卫生健康委员会)" in said


@pytest.fixture(scope="module")
def english() -> Edition:
    snapshot, settings = shipped()
    return Edition(snapshot, settings, AS_OF, "en")


def test_the_english_workbook_keeps_only_the_words_of_the_sources(english: Edition) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(english)))
    cells = (c.value for sheet in book for row in sheet.iter_rows() for c in row)
    assert _chinese(text for text in cells if isinstance(text, str)) == []
    heads = [cell.value for cell in book["Observations"][1]]
    rows = book["Observations"].iter_rows(min_row=2, values_only=True)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert {row["Unit"] for row in found} >= {"vehicles", "10,000 yuan", "percentage points"}
    assert "Ambulances purchased" in {row["Indicator"] for row in found}


@pytest.mark.parametrize("proposal", [None, "162", "20240313"])
def test_the_english_circular_keeps_only_the_words_of_the_sources(
    english: Edition, proposal: str | None
) -> None:
    edition = replace(english, proposal=proposal)
    document = docx.Document(io.BytesIO(circular(edition, None)))
    parts = [document.element, *(part.blob.decode() for part in _notes(document))]
    texts = [_paragraph(p) for part in parts for p in _paragraphs(part)]
    assert len(texts) > 20
    assert _chinese(iter(texts)) == []


def _notes(document: Any) -> list[Any]:
    related = document.part.rels.values()
    return [r.target_part for r in related if r.reltype.endswith("/endnotes")]


def _paragraphs(part: Any) -> list[str]:
    xml = part if isinstance(part, str) else part.xml
    return re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)


def _paragraph(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)).replace("&amp;", "&")


def test_the_english_list_of_commitments_keeps_only_the_words_of_the_sources(
    english: Edition,
) -> None:
    assert _chinese(_strings(content(english))) == []


def _blocks(value: Any) -> Iterator[str]:
    """The texts of a page of the site; a figure without its broken quotes."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            yield from _drawn(inner) if field.name == "json" else _blocks(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _blocks(inner)


def test_the_english_site_keeps_only_the_words_of_the_sources(english: Edition) -> None:
    assert [found for page in Pages(english) for found in _chinese(_blocks(page))] == []


@pytest.mark.parametrize("typed", ["Yueyang Municipal", "yueyang", "对岳阳市", "162"])
def test_promises_are_found_by_either_title(typed: str) -> None:
    rows = assessed()
    promised = rows[rows["target_kind"] != "benchmark"]
    found = narrowed(promised, [], [], [], typed)
    assert set(found["document_id"]) == {"yueyang-2022-npc-162"}
