"""Problems found in the data, and the collector that keeps them all.

A check never stops at the first defect: it adds a :class:`Problem` and goes on,
so that one run reports everything and one bad file never hides the good ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One defect and where it stands.

    ``file`` is relative to the project (``data/documents/x.yaml``), ``line`` counts
    from 1 (``None`` where the file has no lines), ``path`` is the key path inside the
    file (``claims[3].value``; empty for the file as a whole).
    """

    file: str
    line: int | None
    path: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


@dataclass(slots=True)
class Problems:
    """Collects problems in the order found and hands them out sorted by place."""

    items: list[Problem] = field(default_factory=list)
    _seen: set[Problem] = field(default_factory=set, repr=False, compare=False)

    def add(
        self,
        file: str,
        message: str,
        *,
        line: int | None = None,
        path: str = "",
        severity: Severity = "error",
    ) -> None:
        """Keep one problem; duplicates (same place, same message) are kept once."""
        problem = Problem(file, line, path, message, severity)
        if problem not in self._seen:
            self._seen.add(problem)
            self.items.append(problem)

    def errors(self) -> list[Problem]:
        """The problems that make ``check`` fail."""
        return [p for p in self if p.severity == "error"]

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self.items, key=lambda p: (p.file, p.line or 0, p.path, p.message)))

    def __len__(self) -> int:
        return len(self.items)
