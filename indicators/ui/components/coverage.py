"""Which themes the regions cite: one chart for all regions, or for the chosen ones."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from indicators.charts.figures_overview import coverage_figure
from indicators.charts.info_overview import theme_coverage_info
from indicators.ui.components import chart
from indicators.ui.view import View


def show(
    view: View,
    covered: pd.DataFrame,
    *,
    chosen: bool = False,
    numbers: Callable[[], None] | None = None,
) -> None:
    """The chart of ``covered`` (rows of ``coverage``); ``chosen``: the reader named the regions."""
    info = theme_coverage_info(covered, view.snapshot.themes, view.lang, chosen=chosen)
    chart.show(
        view,
        coverage_figure(info, chart.frame(view, None), view.lang),
        name="coverage",
        title=info.title,
        summary=info.summary,
        rests_on=None,
        wide=len(info.columns) > 8,
        numbers=numbers,
    )
