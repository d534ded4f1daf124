"""No pattern and no whole run takes long on text made to keep it busy."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.mining.guess import guess
from indicators.mining.miner import mine
from tests.mining import hostile
from tests.mining.scoring import DATED, HOME, fixture_snapshot

SNAPSHOT = fixture_snapshot()
_PIECES = st.sampled_from(
    [*hostile.SEEDS, "县域内就诊率", "孕产妇死亡率", "分别为", "由2019年的", "14.1/10万", "90.5%"]
)


def test_every_pattern_is_tried() -> None:
    names = [name for name, _ in hostile.patterns()]
    assert len(names) == len(set(names)) >= 85
    assert {"lexicon.gap", "quantities.digits", "periods.absolute", "terms.LOOKALIKE"} <= set(names)


@pytest.mark.parametrize(("name", "pattern"), hostile.patterns(), ids=lambda value: str(value)[:30])
def test_patterns_are_linear(name: str, pattern: object) -> None:
    """A dozen of the two hundred texts here; all of them in the benchmark."""
    worst = max(hostile.seconds(pattern, text) for text in SAMPLE)  # type: ignore[arg-type]
    assert worst <= 0.5, name


SAMPLE = list(hostile.texts(200))[::17]


@pytest.mark.parametrize("text", SAMPLE[::3], ids=lambda text: repr(text[:6]))
def test_a_whole_run_stays_bounded(text: str) -> None:
    start = time.process_time()
    mine(text, snapshot=SNAPSHOT, region=HOME, dated=DATED)
    guess(text, SNAPSHOT)
    assert time.process_time() - start < 15


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_nothing_breaks_it_and_quotes_are_exact(text: str) -> None:
    for candidate in mine(text, snapshot=SNAPSHOT, region=HOME, dated=DATED):
        end = candidate.offset + len(candidate.quote)
        assert candidate.quote
        assert text[candidate.offset : end] == candidate.quote
        assert 0.05 <= candidate.confidence <= 0.95


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for candidate in mine(text, snapshot=SNAPSHOT, region=None, dated=None):
        assert text[candidate.offset :].startswith(candidate.quote)
    guess(text, SNAPSHOT)
