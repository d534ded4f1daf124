"""The tables a page shows, made once per data version and day and shared by all readers."""

from __future__ import annotations

import re

import pandas as pd

from indicators.tables.assess import assess
from indicators.tables.comparison import comparison
from indicators.tables.coverage import CITED, coverage
from indicators.tables.documents_table import documents_table
from indicators.tables.grid import due_in_a_year, status_grid, verdict_counts
from indicators.tables.observations import known_on, observations
from indicators.tables.registry_table import confusables_table
from indicators.text import mark, translator
from indicators.ui.cache import table
from indicators.ui.view import View

PROMISES = ("commitment", "milestone")


def assessed(view: View) -> pd.DataFrame:
    """Every target known on the day with its verdict (commitments, milestones, benchmarks)."""
    return table(view.key("assess"), lambda: assess(view.snapshot, view.settings, view.as_of))


def promises(view: View) -> pd.DataFrame:
    """The promises the regions made themselves: commitments and milestones."""
    return table(
        view.key("promises"),
        lambda: (
            assessed(view).loc[lambda f: f["target_kind"].isin(PROMISES)].reset_index(drop=True)
        ),
    )


def observed(view: View) -> pd.DataFrame:
    """The reported levels known on the day, in the indicators' own units."""
    return table(view.key("observations"), lambda: observations(view.snapshot, view.as_of))


def counts(view: View) -> pd.DataFrame:
    """How many promises have which verdict; every verdict present."""
    return table(view.key("counts"), lambda: verdict_counts(assessed(view), PROMISES))


def grid(view: View) -> pd.DataFrame:
    """Region by indicator: the verdict that speaks for each cell with a promise."""
    return table(view.key("grid"), lambda: status_grid(assessed(view)))


def coming(view: View) -> pd.DataFrame:
    """Promises and benchmarks whose due period ends in the next 12 months."""
    return table(view.key("coming"), lambda: due_in_a_year(assessed(view), view.as_of))


def overdue(view: View) -> pd.DataFrame:
    """Promises past their due period without a reported value, oldest first."""
    return table(view.key("overdue"), lambda: _overdue(promises(view)))


def _overdue(made: pd.DataFrame) -> pd.DataFrame:
    late = made[made["verdict"] == "due_unreported"]
    return late.sort_values(["due_last", "target_id"]).reset_index(drop=True)


def covered(view: View) -> pd.DataFrame:
    """Every indicator against every cited region, of the documents known on the day."""
    return table(view.key("coverage"), lambda: coverage(known_on(view.snapshot, view.as_of)))


def compared(view: View, regions: list[str], indicators: list[str]) -> pd.DataFrame:
    """Regions side by side on the chosen indicators, with the reason where they may not be."""
    return table(
        view.key("comparison", tuple(regions), tuple(indicators)),
        lambda: comparison(view.snapshot, view.settings, view.as_of, regions, indicators),
    )


def of_indicator(frame: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """The rows of one indicator."""
    return frame[frame["indicator_id"] == indicator_id].reset_index(drop=True)


def due_table(view: View) -> pd.DataFrame:
    """What fell due unreported, then what falls due in the next 12 months."""
    return table(
        view.key("due"), lambda: pd.concat([overdue(view), coming(view)], ignore_index=True)
    )


def documents(view: View) -> pd.DataFrame:
    """The documents known on the day, the newest first, with how far they were checked."""
    known = known_on(view.snapshot, view.as_of)
    return table(
        view.key("documents"), lambda: documents_table(known, view.data.verification.dates(known))
    )


def holdings(view: View) -> list[tuple[str, int]]:
    """What the documents known on the day hold: (message id, count)."""
    papers = documents(view)
    return [
        (mark("文件（份）"), len(papers)),
        (mark("涉及地区（个）"), len(cited_regions(view))),
        (mark("引文（条）"), int(papers["claims"].sum())),
        (mark("其中报告值（条）"), int(papers["reported"].sum())),
    ]


def never_cited(view: View) -> pd.DataFrame:
    """Indicators of the registry that no document known on the day cites for any region."""
    return table(view.key("never"), lambda: _never(covered(view)))


def _never(cells: pd.DataFrame) -> pd.DataFrame:
    cited = set(cells.loc[cells["state"].isin(CITED), "indicator_id"])
    rest = cells[~cells["indicator_id"].isin(cited)].drop_duplicates("indicator_id")
    names = ["theme_id", "indicator_id", "indicator_name", "indicator_name_en"]
    return rest[names].reset_index(drop=True)


def indicators_by_use(view: View) -> list[str]:
    """All indicator ids: cited ones first, among them those with numbers and most to show."""
    return table(view.key("by_use"), lambda: _by_use(view))


def _by_use(view: View) -> list[str]:
    judged, seen = assessed(view), observed(view)
    own = judged[judged["target_kind"] != "benchmark"]
    benched = set(judged.loc[judged["target_kind"] == "benchmark", "indicator_id"])
    promised = own.groupby("indicator_id")["region_code"].nunique()
    reported = seen.groupby("indicator_id")["region_code"].nunique()
    order = list(view.snapshot.indicators)

    def rank(code: str) -> tuple[bool, bool, int, int, int]:
        said = (promised.get(code, 0), reported.get(code, 0))
        kinds = sum(n > 0 for n in said) + (code in benched and any(said))
        no_number = view.snapshot.indicators[code].unit == "是/否"
        return not any(said), no_number, -kinds, -sum(said), order.index(code)

    return sorted(order, key=rank)


def cited_neighbours(view: View, indicator_id: str) -> list[str]:
    """Indicators that must not be mistaken for this one and that documents do cite."""
    walls = confusables_table(view.snapshot, indicator_id)
    cells = covered(view)
    cited = set(cells.loc[cells["state"].isin(CITED), "indicator_id"])
    return [code for code in walls["other_id"] if code in cited]


def narrowed(
    promised: pd.DataFrame,
    regions: list[str],
    verdicts: list[str],
    kinds: list[str],
    proposal: str,
) -> pd.DataFrame:
    """The promises of those regions, verdicts and kinds (empty = all) and that proposal.

    A number means that proposal (10 is 第10号, never 第110号); other words are looked
    for in the proposal, the document's number and its title, in either language.
    """
    keep = promised["target_id"].notna()
    for column, allowed in (
        ("region_code", regions),
        ("verdict", verdicts),
        ("target_kind", kinds),
    ):
        if allowed:
            keep &= promised[column].isin(allowed)
    if proposal:
        names = ("proposal", "document_number", "document_title")
        rows = promised[list(names)].itertuples(index=False)
        keep &= pd.Series([any(_named(proposal, text) for text in row) for row in rows], dtype=bool)
    return promised[keep].reset_index(drop=True)


def _named(wanted: str, text: str | None) -> bool:
    if not text:
        return False
    if re.fullmatch(r"[0-9]+", wanted):
        return re.search(rf"(?<![0-9]){wanted}(?![0-9])", text) is not None
    return wanted in text or wanted.casefold() in translator("en")(text).casefold()


def figures_first(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets with a figure before those without one, else in their order."""
    return targets.sort_values(
        "value", key=lambda values: values.isna(), kind="stable"
    ).reset_index(drop=True)


def pages(frame: pd.DataFrame, size: int) -> list[pd.DataFrame]:
    """``frame`` cut into pages of ``size`` rows; at least one."""
    starts = range(0, max(len(frame), 1), size)
    return [frame.iloc[start : start + size] for start in starts]


def cited_regions(view: View) -> list[str]:
    """Codes of the regions that documents speak of, in code order."""
    return list(dict.fromkeys(covered(view)["region_code"]))


def issuing_regions(view: View) -> list[str]:
    """The regions whose own documents are cited; silence of one of them is a finding."""
    cells = covered(view)
    return list(dict.fromkeys(cells.loc[cells["issues_documents"].astype(bool), "region_code"]))


def reported_indicators(view: View, regions: list[str]) -> list[str]:
    """All indicators with a reported level; those that most of ``regions`` report first."""
    seen = observed(view)
    mine = seen[seen["region_code"].isin(regions)]
    spread = mine.groupby("indicator_id")["region_code"].nunique()
    reported = set(seen["indicator_id"])
    known = [code for code in view.snapshot.indicators if code in reported]
    return sorted(known, key=lambda code: -spread.get(code, 0))


def leading(view: View, regions: list[str], most: int = 12) -> list[str]:
    """The indicators to compare these regions on at first: those they report most widely."""
    seen = observed(view)
    own = set(seen.loc[seen["region_code"].isin(regions), "indicator_id"])
    return [code for code in reported_indicators(view, regions) if code in own][:most]


def covered_in(view: View, regions: list[str]) -> pd.DataFrame:
    """The coverage cells of those regions."""
    cells = covered(view)
    return cells[cells["region_code"].isin(regions)].reset_index(drop=True)
