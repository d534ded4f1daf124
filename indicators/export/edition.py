"""What one export is about: a snapshot seen on a day, narrowed to a selection.

Every writer in this package takes an :class:`Edition`, so that a workbook, a circular and
a site made from the same selection hold the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from indicators.core.errors import KnownProblem
from indicators.core.model import Region, Snapshot
from indicators.core.settings import Settings
from indicators.export.fields import Field, fields
from indicators.tables.assess import assess
from indicators.tables.claims import claims_table
from indicators.tables.comparison import comparison
from indicators.tables.documents_table import documents_table
from indicators.tables.findings import findings
from indicators.tables.observations import known_on, observations
from indicators.tables.registry_table import benchmarks_table, registry_table
from indicators.tables.scorecard import ranking, required, scores
from indicators.text import Language, Translate, mark, translator

PROMISES = ("commitment", "milestone")

#: The tables that can be exported by name, and their titles.
TITLES: dict[str, str] = {
    "claims": mark("引文"),
    "observations": mark("观测值"),
    "commitments": mark("承诺与结论"),
    "comparison": mark("地区对比"),
    "registry": mark("指标定义"),
    "benchmarks": mark("参考线对照"),
    "documents": mark("文献"),
}

#: Tables that exist only where the settings turn the appraisal on.
APPRAISAL: dict[str, str] = {
    "appraisal": mark("考核得分"),
    "appraisal_parts": mark("考核得分明细"),
}


@dataclass(frozen=True, slots=True)
class Published:
    """One table as it leaves: its name, its columns described, its rows."""

    name: str
    title: str
    fields: tuple[Field, ...]
    frame: pd.DataFrame


@dataclass(frozen=True)
class Edition:
    """A snapshot on ``as_of``, in one language, narrowed to a selection.

    ``regions`` (codes; None = all) takes in what lies below them, except in the
    comparison, where they are exactly the columns. ``proposal`` is a number (162), part
    of a proposal's name, a document number or id. ``verified`` maps a claim id to the
    day its quote was found in the original. ``judged`` is what ``assess`` gives for this
    data and day, where the caller has it already.
    """

    snapshot: Snapshot
    settings: Settings
    as_of: date
    language: Language = "zh"
    regions: tuple[str, ...] | None = None
    indicators: tuple[str, ...] | None = None
    proposal: str | None = None
    verified: Mapping[str, str] = field(default_factory=dict)
    judged: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what the snapshot does not know. Raises :class:`KnownProblem`."""
        for code in self.regions or ():
            if code not in self.snapshot.regions:
                raise KnownProblem(self.t("没有代码为“{code}”的地区。", code=code))
        for name in self.indicators or ():
            if name not in self.snapshot.indicators:
                raise KnownProblem(self.t("登记册中没有指标“{name}”。", name=name))

    @property
    def t(self) -> Translate:
        """Texts in the edition's language."""
        return translator(self.language)

    @property
    def version(self) -> str:
        """The data version: the first 12 digits of the content digest."""
        return self.snapshot.digest[:12]

    @cached_property
    def known(self) -> Snapshot:
        """The snapshot with only the documents dated by ``as_of``."""
        return known_on(self.snapshot, self.as_of)

    def in_language(self, language: Language) -> Edition:
        """The same edition in that language; tables already made are shared, they hold both."""
        other = replace(self, language=language)
        made = [name for name in self.__dict__ if name not in self.__dataclass_fields__]
        other.__dict__.update({name: self.__dict__[name] for name in made})
        return other

    def table(self, name: str) -> Published:
        """The table of that name (a key of :data:`TITLES` or :data:`APPRAISAL`)."""
        frame: pd.DataFrame = getattr(self, name)
        title = self.t({**TITLES, **APPRAISAL}[name])
        return Published(name, title, fields(list(frame.columns)), frame)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Everything the documents state, in document order."""
        return self._narrowed(self._all_claims)

    @cached_property
    def _all_claims(self) -> pd.DataFrame:
        return claims_table(self.known, self.verified)

    @cached_property
    def cited(self) -> dict[str, dict[str, Any]]:
        """Every claim of the known documents by its id: a finding may rest on any of them."""
        rows: list[dict[str, Any]] = [
            {str(name): value for name, value in row.items()}
            for row in self._all_claims.to_dict("records")
        ]
        return {row["claim_id"]: row for row in rows}

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The reported levels."""
        table = observations(self.snapshot, self.as_of)
        table["quote_verified"] = [self.verified.get(code) for code in table["claim_id"]]
        return self._narrowed(table)

    @cached_property
    def _assessed(self) -> pd.DataFrame:
        if self.judged is not None:
            return self._narrowed(self.judged)
        return self._narrowed(assess(self.snapshot, self.settings, self.as_of))

    @cached_property
    def commitments(self) -> pd.DataFrame:
        """Promises (commitments and milestones) with their verdicts."""
        return self._of_kind(PROMISES)

    @cached_property
    def benchmarks(self) -> pd.DataFrame:
        """Standards set above the city, held against its figures; never its promises."""
        return self._of_kind(("benchmark",))

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Regions side by side: a row per indicator and region."""
        return comparison(
            self.snapshot, self.settings, self.as_of, self.columns, self.compared_indicators
        )

    @cached_property
    def registry(self) -> pd.DataFrame:
        """The indicators' definitions."""
        table = registry_table(self.known)
        if self.indicators is None:
            return table
        return table[table["indicator_id"].isin(self.indicators)].reset_index(drop=True)

    @cached_property
    def benchmark_list(self) -> pd.DataFrame:
        """The registry's benchmarks as they are defined, whichever region they address."""
        table = benchmarks_table(self.known)
        if self.indicators is None:
            return table
        return table[table["indicator_id"].isin(self.indicators)].reset_index(drop=True)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents that the selection draws on."""
        table = documents_table(self.known, self.verified)
        if self.regions is None and self.proposal is None and self.indicators is None:
            return table
        used = set(self.claims["document_id"])
        return table[table["document_id"].isin(used)].reset_index(drop=True)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What recomputing the texts showed."""
        table = findings(self.known)
        keep = [
            self._inside(region) and self._chosen(indicator) and self._asked(document)
            for region, indicator, document in zip(
                table["region_code"], table["indicator_id"], table["document_id"], strict=True
            )
        ]
        return table[pd.Series(keep, index=table.index, dtype=bool)].reset_index(drop=True)

    @cached_property
    def appraisal_parts(self) -> pd.DataFrame:
        """Score of every region and weighted indicator.

        Raises :class:`KnownProblem` where the settings name no weights.
        """
        registry = registry_table(self.known)
        return scores(self._assessed, registry, required(self.settings), self.as_of)

    @cached_property
    def appraisal(self) -> pd.DataFrame:
        """The weighted score of every region, its rank and how firm that rank is."""
        return ranking(self.appraisal_parts, required(self.settings))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Regions of the comparison: those chosen, else all that issue documents."""
        if self.regions is not None:
            return self.regions
        issuing = {d.region for d in self.known.documents if self._asked(d.id)}
        return tuple(sorted(issuing))

    @cached_property
    def compared_indicators(self) -> tuple[str, ...]:
        """Indicators of the comparison: those chosen, else all its regions report."""
        if self.indicators is not None:
            return self.indicators
        reported = observations(self.snapshot, self.as_of)
        found = set(reported.loc[reported["region_code"].isin(self.columns), "indicator_id"])
        return tuple(name for name in self.snapshot.indicators if name in found)

    @cached_property
    def subjects(self) -> tuple[Region, ...]:
        """The regions that the selection's rows speak about, in code order."""
        codes = set(self.claims["region_code"])
        return tuple(self.snapshot.regions[code] for code in sorted(codes))

    @property
    def selection(self) -> str:
        """The selection in words, for titles and notes."""
        parts = [self.snapshot.regions[code].name for code in self.regions or ()]
        if self.proposal:
            parts.append(self.t("建议、提案或文件：{name}", name=self.proposal))
        if self.indicators is not None:
            parts.append(self.t("所选 {count} 项指标", count=len(self.indicators)))
        mark = "、" if self.language == "zh" else ", "
        return mark.join(parts) or self.t("全部地区")

    def name(self, row: object) -> str:
        """The indicator's name of a row, in the edition's language."""
        return str(getattr(row, "indicator_name" if self.language == "zh" else "indicator_name_en"))

    def _of_kind(self, kinds: tuple[str, ...]) -> pd.DataFrame:
        table = self._assessed
        return table[table["target_kind"].isin(kinds)].reset_index(drop=True)

    def _narrowed(self, table: pd.DataFrame) -> pd.DataFrame:
        keep = [
            self._inside(code) and self._asked(document) and self._chosen(indicator)
            for code, document, indicator in zip(
                table["region_code"], table["document_id"], table["indicator_id"], strict=True
            )
        ]
        return table[pd.Series(keep, index=table.index, dtype=bool)].reset_index(drop=True)

    def _inside(self, code: str) -> bool:
        return self.regions is None or any(
            above in self.regions for above in self.snapshot.lineage(code)
        )

    def _chosen(self, indicator: str) -> bool:
        return self.indicators is None or indicator in self.indicators

    def _asked(self, document_id: str) -> bool:
        return self._proposal_documents is None or document_id in self._proposal_documents

    @cached_property
    def _proposal_documents(self) -> frozenset[str] | None:
        if self.proposal is None:
            return None
        wanted = self.proposal.strip()
        return frozenset(
            d.id
            for d in self.known.documents
            if _names(wanted, d.proposal) or wanted in (d.id, d.number)
        )


def _names(wanted: str, proposal: str | None) -> bool:
    """Whether ``wanted`` means that proposal: 10 is 第10号, never 第110号."""
    if not proposal or not wanted:
        return False
    if re.fullmatch(r"[0-9]+", wanted):
        return re.search(rf"(?<![0-9]){wanted}(?![0-9])", proposal) is not None
    return wanted in proposal
