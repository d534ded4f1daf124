"""Settings of one installation: how to read, compare and show. No indicator facts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator

from indicators.core.model import Number, Record, parse_number


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise ValueError(f'expected a whole number, found "{value}"')
    return int(value)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError(f'expected true or false, found "{value}"')
    return value == "true"


_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")


def email_key(text: str) -> str | None:
    """The form in which two addresses are compared (lower case); ``None`` for no address.

    ASCII alone, so that no look-alike letter passes for a listed one.
    """
    key = text.lower() if text.isascii() else ""
    return key if _EMAIL.fullmatch(key) else None


def _email(value: object) -> str:
    key = email_key(value) if isinstance(value, str) else None
    if key is None:
        raise ValueError(f'expected an e-mail address, found "{value}"')
    return key


WholeNumber = Annotated[int, BeforeValidator(_number)]
Email = Annotated[str, BeforeValidator(_email)]
Flag = Annotated[bool, BeforeValidator(_flag)]


class Paths(Record):
    """Folders and files, relative to the configuration file unless absolute."""

    registry: str = "indicators/registry"
    documents: str = "data/documents"
    regions: str = "data/regions.csv"
    verification: str = "data/verification.json"
    audit: str = "data/audit.jsonl"


class Engine(Record):
    """Which engine runs the rules: embedded DuckDB, or a Spark cluster."""

    kind: Literal["duckdb", "spark"] = "duckdb"
    master: str | None = None


class Tolerances(Record):
    """How near is near: ``about`` in percentage points for shares in %, else ``relative``.

    ``relative`` is a fraction of the target (0.01 = one per cent of it).
    """

    about: Number = Decimal("1")
    relative: Number = Decimal("0.01")


class Progress(Record):
    """``linear`` is the house rule; ``cagr`` adds the Eurostat/Open SDG ratio as a column."""

    method: Literal["linear", "cagr"] = "linear"


class Auth(Record):
    """Who may enter data in a curator process; nobody by default.

    ``session_hours``: so long a sign-in counts; then the person signs in again.
    """

    curators: tuple[Email, ...] = ()
    session_hours: WholeNumber = 12


def _weights(value: object) -> object:
    """``{indicator: weight}`` as pairs: settings are frozen, a mapping would not be."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict) or not value:
        raise ValueError("expected a mapping of indicator id to weight")
    return tuple((str(name), _weight(str(name), weight)) for name, weight in value.items())


def _weight(name: str, value: object) -> Decimal:
    try:
        weight = parse_number(value)
    except ValueError:
        weight = Decimal(0)
    if weight <= 0:
        raise ValueError(f'expected a number above 0 as the weight of "{name}"')
    return weight


Weights = Annotated[tuple[tuple[str, Decimal], ...], BeforeValidator(_weights)]


class Appraisal(Record):
    """The half-year score (半年考核), off unless it is configured.

    ``weights``: indicator id to weight, any scale. ``against``: each region's own
    promises, or the benchmarks that hold for all. ``missing``: leave a missing figure
    out and rescale the other weights, or count it as 0. ``least_coverage``: per cent of
    the weight that must have figures before a region is ranked.
    """

    weights: Weights
    against: Literal["promise", "benchmark"] = "promise"
    missing: Literal["exclude", "zero"] = "exclude"
    least_coverage: WholeNumber = 50


class Settings(Record):
    """``as_of`` is ``today`` or an ISO date; ``max_period_gap`` is in years.

    ``git_commit``: after each save the document and the audit log are committed.
    """

    paths: Paths = Paths()
    sources: str | None = None
    engine: Engine = Engine()
    as_of: str = "today"
    language: Literal["zh", "en"] = "zh"
    role: Literal["public", "curator"] = "public"
    auth: Auth = Auth()
    tolerances: Tolerances = Tolerances()
    max_period_gap: WholeNumber = 2
    progress: Progress = Progress()
    git_commit: Flag = False
    appraisal: Appraisal | None = None

    def as_of_date(self, today: date) -> date:
        """The configured date; ``today`` is handed in, because core reads no clock.

        Raises :class:`ValueError` for a text that is neither ``today`` nor an ISO date.
        """
        return today if self.as_of == "today" else date.fromisoformat(self.as_of)
