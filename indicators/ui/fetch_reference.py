"""The tables of the reference pages: one region, the documents, the registry."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.core.lookup import find
from indicators.core.model import Snapshot
from indicators.files.quotes import has_original, sources_folder
from indicators.tables.claims import claims_table
from indicators.tables.coverage import document_silence, silence
from indicators.tables.documents_table import documents_table
from indicators.tables.findings import findings
from indicators.tables.observations import known_on
from indicators.tables.region_table import (
    RegionFacts,
    region_facts,
    sub_regions,
    timeline,
)
from indicators.tables.region_table import documents_about as ids_about
from indicators.tables.registry_table import (
    benchmarks_table,
    confusables_table,
    registry_table,
)
from indicators.ui import fetch
from indicators.ui.cache import config_path, table
from indicators.ui.view import View


def known(view: View) -> Snapshot:
    """The snapshot with the documents dated by the reader's day."""
    return table(view.key("known"), lambda: known_on(view.snapshot, view.as_of))


def verified(view: View) -> Mapping[str, str]:
    """Claim id to the date on which its quote was found in the original."""
    return view.data.verification.dates(known(view))


def _originals(view: View) -> frozenset[str]:
    """Names of the originals that lie in the sources folder of this machine."""
    folder = sources_folder(config_path().parent, view.settings)
    if folder is None:
        return frozenset()
    kept = (d for d in view.snapshot.documents if has_original(d, folder))
    return frozenset(document.source.file for document in kept)


def documents(view: View) -> pd.DataFrame:
    """The documents known on the day, with their verification state."""
    here = _originals(view)
    return table(
        view.key("documents", here), lambda: documents_table(known(view), verified(view), here)
    )


def documents_about(view: View, code: str) -> pd.DataFrame:
    """The documents that a region issues or that make a claim about it."""
    rows, wanted = documents(view), ids_about(known(view), code)
    return rows[rows["document_id"].isin(wanted)].reset_index(drop=True)


def claims(view: View) -> pd.DataFrame:
    """All claims of the documents known on the day."""
    return table(view.key("claims"), lambda: claims_table(known(view), verified(view)))


def claims_where(view: View, column: str, value: str) -> pd.DataFrame:
    """The claims whose ``column`` is ``value``."""
    found = claims(view)
    return found[found[column] == value].reset_index(drop=True)


def claims_of(view: View, document_id: str, kind: str) -> pd.DataFrame:
    """The claims of one document, of one kind; an empty ``kind`` means all."""
    rows = claims_where(view, "document_id", document_id)
    return rows[rows["kind"] == kind].reset_index(drop=True) if kind else rows


def found(view: View) -> pd.DataFrame:
    """The consistency findings of the documents known on the day."""
    return table(view.key("findings"), lambda: findings(known(view)))


def findings_of_document(view: View, document_id: str) -> pd.DataFrame:
    """Findings that rest on at least one claim of the document."""
    rows = found(view)
    mine = [any(c.rpartition("#")[0] == document_id for c in ids) for ids in rows["claim_ids"]]
    return rows[mine].reset_index(drop=True)


def conflicts(view: View) -> pd.DataFrame:
    """Findings that two figures for one region and period disagree."""
    rows = found(view)
    return rows[rows["code"] == "conflict"].reset_index(drop=True)


def findings_of_region(view: View, code: str) -> pd.DataFrame:
    """Findings about the region itself."""
    rows = found(view)
    return rows[rows["region_code"] == code].reset_index(drop=True)


def placed(view: View, code: str, themes: tuple[str, ...] = ()) -> pd.DataFrame:
    """The claims about one region itself, in time; of ``themes`` alone where any is given."""
    rows = table(view.key("timeline", code), lambda: timeline(known(view), code))
    return rows[rows["theme_id"].isin(themes)].reset_index(drop=True) if themes else rows


def themes_of(view: View, code: str) -> list[str]:
    """Ids of the themes that the claims about a region belong to, in registry order."""
    used = set(placed(view, code)["theme_id"])
    return [theme.id for theme in view.snapshot.themes if theme.id in used]


def facts(view: View, code: str) -> RegionFacts:
    """How much is cited about one region."""
    return table(view.key("facts", code), lambda: region_facts(known(view), code))


def below(view: View, code: str) -> pd.DataFrame:
    """Regions below it of which claims speak."""
    return table(view.key("below", code), lambda: sub_regions(known(view), code))


def judged(view: View, code: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One region's own promises with their verdicts, then the benchmarks held against it."""
    rows = fetch.assessed(view)
    rows = rows[rows["region_code"] == code]
    above = rows["target_kind"] == "benchmark"
    return rows[~above].reset_index(drop=True), rows[above].reset_index(drop=True)


def unsaid(view: View, code: str) -> pd.DataFrame:
    """Shared indicators that a region never cites though they can be stated at its level."""
    rows = fetch.covered(view)
    silent = rows["state"].isin(("never", "below")) & rows["shared"].astype(bool)
    return rows[silent & (rows["region_code"] == code)].reset_index(drop=True)


def silent(view: View) -> pd.DataFrame:
    """Who never cites which shared indicator, the most cited first."""
    return table(view.key("silence"), lambda: _silent(silence(fetch.covered(view))))


def _silent(rows: pd.DataFrame) -> pd.DataFrame:
    common = rows[rows["shared"].astype(bool)]
    return common.sort_values("citing", ascending=False, kind="stable").reset_index(drop=True)


def document_silent(view: View, document_id: str) -> pd.DataFrame:
    """Shared indicators that one document never cites."""
    rows = table(
        view.key("document_silence", document_id),
        lambda: document_silence(known(view), document_id),
    )
    return rows[rows["shared"].astype(bool)].reset_index(drop=True)


def registered(view: View) -> pd.DataFrame:
    """The registry, with counts of the claims known on the day."""
    return table(view.key("registry"), lambda: registry_table(known(view)))


def searched(view: View, typed: str, theme: str, level: str) -> pd.DataFrame:
    """Entries of the registry called ``typed``, of one theme and level; empty texts match all."""
    rows = registered(view)
    if typed:
        called = [hit.id for hit in find(typed, view.snapshot.indicators.values())]
        rows = rows.set_index("indicator_id", drop=False).loc[called]
    if theme:
        rows = rows[rows["theme_id"] == theme]
    if level:
        rows = rows[[level in levels for levels in rows["levels"]]]
    return rows.reset_index(drop=True)


def most_used(rows: pd.DataFrame) -> str:
    """Id of the entry that most claims cite; the first of those that tie."""
    return str(rows["indicator_id"].iloc[int(rows["claims"].to_numpy(int).argmax())])


def walls(view: View, indicator_id: str) -> pd.DataFrame:
    """What an indicator must not be mistaken for."""
    return table(
        view.key("walls", indicator_id), lambda: confusables_table(view.snapshot, indicator_id)
    )


def benchmarks(view: View, indicator_id: str) -> pd.DataFrame:
    """The standards above the city that are held against an indicator."""
    return table(
        view.key("benchmarks", indicator_id),
        lambda: benchmarks_table(view.snapshot, indicator_id),
    )
