"""What the reader remembers from one sentence to the next: headings, places and dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from indicators.core.period import Period
from indicators.mining.lexicon import PATTERNS
from indicators.mining.periods import Mention, resolve
from indicators.mining.regions import Place
from indicators.mining.sentences import Stretch


@dataclass(slots=True)
class Reading:
    """State of one document's reading; reset by headings and paragraphs.

    ``headings`` holds for each rank of open heading its period and whether it announces
    targets. ``place`` and ``period`` are what the paragraph speaks of.
    """

    dated: Period | None
    plan: bool = False
    headings: dict[int, tuple[Period | None, bool]] = field(default_factory=dict)
    paragraph: int = -1
    place: Place | None = None
    period: Period | None = None

    def enter(self, paragraph: int) -> None:
        """Forget what a finished paragraph was about."""
        if paragraph != self.paragraph:
            self.paragraph, self.place, self.period = paragraph, None, None

    def head(self, stretch: Stretch, mentions: list[Mention], text: str) -> None:
        """Take in a heading: it closes the headings of its rank and below."""
        stated = [m for m in mentions if m.year is not None and m.span is None]
        period = resolve(stated[0], self.dated) if len(stated) == 1 else None
        if stretch.level == 0 and PATTERNS["letter"].search(text):
            period = None  # 2021年第12号建议: the year of the session, not of the figures
        if stretch.level == 0 and period is None and 0 in self.headings:
            self.headings = {0: self.headings[0]}  # the issuer's line below a title
            return
        kept = {rank: value for rank, value in self.headings.items() if rank < stretch.level}
        pledged = PATTERNS["outlook"].search(text) is not None and stretch.level > 0
        self.headings = kept | {stretch.level: (period, pledged)}

    @property
    def heading_period(self) -> Period | None:
        """Period of the innermost heading that states one."""
        stated = [period for _, (period, _) in sorted(self.headings.items()) if period]
        return stated[-1] if stated else None

    @property
    def standing(self) -> Period | None:
        """What the text above dates: the paragraph, else the innermost heading."""
        return self.period or self.heading_period

    def lies_ahead(self, period: Period | None) -> bool:
        """Whether a period begins after the document's date; not where either is unknown."""
        return period is not None and self.dated is not None and period.first > self.dated.last

    @property
    def heading_pledged(self) -> bool:
        """Whether an open heading announces targets or next steps."""
        return any(pledged for _, pledged in self.headings.values())
