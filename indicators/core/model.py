"""The records of the registry and of the cited documents, as frozen pydantic models.

Scalars arrive as text (the YAML reader types nothing) and are typed here, so that a
refused value can be reported in the words it was written in. Rules that need more
than one field or record are in :mod:`indicators.core.checks`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from indicators.core.period import Period

Level = Literal["country", "province", "city", "county", "institution"]
Direction = Literal["up", "down", "monitor"]
ClaimKind = Literal["reported", "commitment", "milestone", "change"]
Comparator = Literal[">=", "<=", "=", "~", "between"]
Precision = Literal["exact", "at_least", "at_most", "about"]
PeriodBasis = Literal["stated", "document"]
DocumentKind = Literal["npc_reply", "cppcc_reply", "work_report", "plan", "bulletin"]
SourceStatus = Literal["verified", "relayed"]
DefinitionStatus = Literal["verified", "partial", "unverified", "local"]

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,8})?")


def parse_number(value: Any) -> Decimal:
    """ASCII decimal text (at most 15 integer and 8 fraction digits) to :class:`Decimal`.

    Exponents, thousands marks, full-width digits, NaN and infinities are refused:
    a figure is stored as digits or not at all. Raises :class:`ValueError`.
    """
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if not isinstance(value, str) or _NUMBER.fullmatch(value) is None:
        raise ValueError(f'expected a number, found "{value}"')
    return Decimal(value)


def _parse_period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise ValueError(f'expected a period, found "{value}"')
    return Period.parse(value)


def _pattern(pattern: str, expected: str) -> BeforeValidator:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            raise ValueError(f'expected {expected}, found "{value}"')
        return value

    return BeforeValidator(check)


Number = Annotated[Decimal, BeforeValidator(parse_number)]
PeriodField = Annotated[Period, BeforeValidator(_parse_period)]
RegionCode = Annotated[str, _pattern(r"[0-9]{6}", "a six-digit region code (GB/T 2260)")]
IndicatorId = Annotated[str, _pattern(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", "a lower_snake_case id")]
DocumentId = Annotated[str, _pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "a lower-case id with hyphens")]
Sha256 = Annotated[str, _pattern(r"[0-9a-f]{64}", "64 hexadecimal digits")]
NonEmpty = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """Base of all records: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Text(Record):
    """A name or sentence in both languages of the interface."""

    zh: NonEmpty
    en: NonEmpty


class Definition(Record):
    """How far an indicator's formula is known.

    ``verified``: numerator and denominator read in a source; ``partial``: one of them
    or by inference from the name; ``unverified``: not read anywhere; ``local``: the
    wording of one document, which states no formula.
    """

    status: DefinitionStatus
    note: str | None = None


class Confusable(Record):
    """Another indicator this one must never be mistaken for or ranked against."""

    id: IndicatorId
    why: NonEmpty


class BenchmarkSource(Record):
    """The document that sets a benchmark; ``number``/``date`` only where they were read."""

    title: NonEmpty
    issuer: NonEmpty
    number: str | None = None
    date: PeriodField | None = None
    status: SourceStatus
    read_in: str | None = None
    url: str | None = None


class Benchmark(Record):
    """A standard set above the city; never the city's own promise.

    ``value`` and ``upper`` (only with ``between``) are in the indicator's unit.
    ``applies_to`` is the region whose whole territory it addresses.
    """

    id: DocumentId
    applies_to: RegionCode
    value: Number
    upper: Number | None = None
    comparator: Comparator
    due: PeriodField | None = None
    scope: str | None = None
    definition: str | None = None
    note: str | None = None
    source: BenchmarkSource


class Indicator(Record):
    """One statistical indicator of the registry. ``bounds`` are in ``unit``, null = open."""

    id: IndicatorId
    name: Text
    aliases: tuple[NonEmpty, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    definition: Definition
    unit: NonEmpty
    direction: Direction
    bounds: tuple[Number | None, Number | None] = (None, None)
    bounds_note: str | None = None
    levels: tuple[Level, ...]
    confusable_with: tuple[Confusable, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    theme: str = ""


class Theme(Record):
    """A chapter of the registry."""

    id: IndicatorId
    name: Text


class Identity(Record):
    """An arithmetic relation the registry knows between indicators of one region and period.

    ``sum``: ``parts`` add up to ``total``. ``ratio``: ``part`` / ``total`` is ``share``, so
    a stated count and a stated share imply a denominator.
    """

    id: IndicatorId
    kind: Literal["sum", "ratio"]
    total: IndicatorId | None = None
    parts: tuple[IndicatorId, ...] = ()
    share: IndicatorId | None = None
    note: Text


class RegistryFile(Record):
    """One file of ``indicators/registry``."""

    theme: Theme
    indicators: tuple[Indicator, ...] = ()
    identities: tuple[Identity, ...] = ()


class Region(Record):
    """A GB/T 2260 region; ``parent`` is null for the country alone."""

    code: RegionCode
    name: NonEmpty
    level: Level
    parent: RegionCode | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class DocumentSource(Record):
    """Where the original lies: its file name in the sources folder and its digest."""

    file: NonEmpty
    sha256: Sha256
    url: str | None = None
    retrieved: PeriodField | None = None


class Claim(Record):
    """One figure (or promise without a figure) that a document states, with its words.

    ``value``, ``upper`` are in ``unit`` as written in the document. ``region`` is null
    where the figure is the document's own region's. ``period_basis: document`` marks a
    figure whose sentence names no period ("目前"): the document's own date stands in.
    A ``change`` is a movement (降低5.51个百分点), never a level; ``baseline_period``
    says from when.
    """

    indicator: IndicatorId
    kind: ClaimKind
    region: RegionCode | None = None
    scope: NonEmpty | None = None
    definition: NonEmpty | None = None
    period: PeriodField | None = None
    period_basis: PeriodBasis = "stated"
    baseline_period: PeriodField | None = None
    due: PeriodField | None = None
    comparator: Comparator | None = None
    value: Number | None = None
    upper: Number | None = None
    unit: NonEmpty | None = None
    precision: Precision = "exact"
    quote: NonEmpty
    section: str | None = None
    note: str | None = None


class Document(Record):
    """One cited document: its metadata and its claims."""

    id: DocumentId
    title: NonEmpty
    kind: DocumentKind
    issuer: NonEmpty
    number: str | None = None
    proposal: str | None = None
    region: RegionCode
    dated: PeriodField
    source: DocumentSource
    note: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """Everything loaded at one moment; the only input of tables, charts and exports.

    ``digest`` is a content digest of the files read (the data version).
    ``left_out`` names the files that were refused.
    """

    themes: tuple[Theme, ...]
    indicators: Mapping[str, Indicator]
    identities: tuple[Identity, ...]
    regions: Mapping[str, Region]
    documents: tuple[Document, ...]
    digest: str
    left_out: tuple[str, ...] = field(default=())

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        return {code: self._climb(code) for code in self.regions}

    def _climb(self, code: str) -> tuple[str, ...]:
        chain: list[str] = []
        step: str | None = code
        while step is not None and step in self.regions and step not in chain:
            chain.append(step)
            step = self.regions[step].parent
        return tuple(chain)

    def lineage(self, code: str) -> tuple[str, ...]:
        """The region and everything above it, nearest first; empty for an unknown code."""
        return self._ancestors.get(code, ())

    def region_of(self, document: Document, claim: Claim) -> str:
        """The region a claim speaks about: its own, or else its document's."""
        return claim.region or document.region
