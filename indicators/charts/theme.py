"""How a verdict looks: colour, marker, glyph; and the palette of every chart.

Colour is never alone. The hues stay apart for the three common colour-vision defects
(after Okabe and Ito), each ink reaches at least 4.5:1 on its background and on its own
tint (3:1 is the rule for marks, 4.5:1 for words), and the glyph repeats the message.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


@dataclass(frozen=True)
class Look:
    """``ink`` for words and marks, ``tint`` for the cell behind them."""

    ink: str
    tint: str


@dataclass(frozen=True)
class Style:
    """One verdict: ``symbol`` is Plotly's marker, ``glyph`` the same shape as text."""

    glyph: str
    symbol: str
    light: Look
    dark: Look

    def look(self, dark: bool) -> Look:
        """The pair of colours for the reader's theme."""
        return self.dark if dark else self.light


VERDICTS: dict[str, Style] = {
    "met": Style("●", "circle", Look("#00598C", "#DCEBF5"), Look("#7CC4EE", "#14364B")),
    "met_late": Style("◐", "circle-dot", Look("#2F6690", "#E6EFF6"), Look("#9CCBE6", "#1C3546")),
    "on_track": Style("▲", "triangle-up", Look("#00664B", "#DBF0E8"), Look("#6FD3B2", "#12392E")),
    "under_way": Style(
        "▶", "triangle-right", Look("#4A5A68", "#E9EDF1"), Look("#B4C2CE", "#2A3642")
    ),
    "behind": Style("▼", "triangle-down", Look("#8A4B00", "#FBEBD3"), Look("#F2B765", "#42300F")),
    "missed": Style("■", "square", Look("#A83A00", "#FBE3D6"), Look("#FF9A6B", "#4A2413")),
    "due_unreported": Style("◆", "diamond", Look("#7A2E7E", "#F3E3F4"), Look("#DDA3E0", "#3F2342")),
    "unreported": Style("○", "circle-open", Look("#55616C", "#F1F3F5"), Look("#AEB9C3", "#222D37")),
    "not_comparable": Style("×", "x-thin", Look("#3F4A54", "#E3E7EA"), Look("#C5CED6", "#323E49")),
}


@dataclass(frozen=True)
class Palette:
    """Everything in a chart that is not a verdict."""

    background: str
    text: str
    muted: str
    grid: str
    reported: str
    target: str
    benchmark: str


LIGHT = Palette("#FFFFFF", "#1A2530", "#54626F", "#DFE5EA", "#0B5C8A", "#A83A00", "#55616C")
DARK = Palette("#11181F", "#E6ECF1", "#A9B6C2", "#2C3843", "#7CC4EE", "#FF9A6B", "#AEB9C3")


def palette(dark: bool) -> Palette:
    """The palette of the reader's theme."""
    return DARK if dark else LIGHT


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
