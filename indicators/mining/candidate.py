"""What mining proposes: one figure (or promise) with its words, for a person to judge."""

from __future__ import annotations

from indicators.core.candidate import Candidate

__all__ = ["COLUMNS", "Candidate"]

COLUMNS: tuple[str, ...] = tuple(Candidate.__dataclass_fields__)
