"""Page."""

from __future__ import annotations

from indicators.ui.view import View


def render(view: View) -> None:
    """Not yet."""
