"""A verdict as shape and word, coloured where the surface allows it."""

from __future__ import annotations

from indicators.charts.theme import VERDICTS
from indicators.ui.view import View

#: Streamlit's named text colours nearest to each verdict's ink.
COLOURS = {
    "met": "blue",
    "met_late": "blue",
    "on_track": "green",
    "under_way": "gray",
    "behind": "orange",
    "missed": "red",
    "due_unreported": "violet",
    "unreported": "gray",
    "not_comparable": "gray",
}


def words(view: View, code: str) -> str:
    """``◆ 到期未报告``: shape and word, for text surfaces."""
    return f"{VERDICTS[code].glyph} {view.word('verdict', code)}"


def badge(view: View, code: str) -> str:
    """The same as a coloured badge, for Markdown surfaces."""
    return f":{COLOURS[code]}-badge[{words(view, code)}]"


def caveats(view: View, codes: tuple[str, ...]) -> str:
    """The caveats in words, joined; empty where there is none."""
    return view.t("；").join(view.word("caveat", code) for code in codes)
