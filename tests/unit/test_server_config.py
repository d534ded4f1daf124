"""The server's settings and the theme: what must hold in every installation."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indicators.charts.theme import DARK, FONT, LIGHT, VERDICTS, contrast
from indicators.ui.components.verdict import COLOURS

CONFIG: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "enableCORS", True),
        ("server", "enableXsrfProtection", True),
        ("server", "enableStaticServing", False),
        ("server", "fileWatcherType", "none"),
        ("server", "allowedHosts", ["127.0.0.1", "localhost"]),
        ("runner", "postScriptGC", False),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "minimal"),
        ("client", "disableDataExport", True),
        ("browser", "gatherUsageStats", False),
    ],
)
def test_a_setting_that_protects_readers_holds(section: str, option: str, value: object) -> None:
    assert CONFIG[section][option] == value


def test_uploads_stay_small_and_no_programmatic_door_is_open() -> None:
    assert CONFIG["server"]["maxUploadSize"] <= 20
    assert CONFIG["server"].get("enableAgentApi", False) is False


def test_simplified_forms_come_first_in_every_font() -> None:
    assert CONFIG["theme"]["font"].startswith("'Noto Sans CJK SC'")
    assert CONFIG["theme"]["headingFont"] == CONFIG["theme"]["font"] == FONT


@pytest.mark.parametrize("code", list(VERDICTS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_badge_has_the_colour_of_its_verdict_family(code: str, theme: str) -> None:
    """Badges use Streamlit's named colours, which the theme sets to the charts' own."""
    named, colours = COLOURS[code], CONFIG["theme"][theme]
    words, ground = colours[f"{named}TextColor"], colours[f"{named}BackgroundColor"]
    inks = {getattr(VERDICTS[c], theme).ink for c, name in COLOURS.items() if name == named}
    assert words in inks
    assert contrast(words, ground) >= 4.5


def test_page_and_figures_stand_on_the_same_ground() -> None:
    for theme, palette in (("light", LIGHT), ("dark", DARK)):
        assert CONFIG["theme"][theme]["backgroundColor"] == palette.background
        assert CONFIG["theme"][theme]["textColor"] == palette.text
        assert contrast(CONFIG["theme"][theme]["primaryColor"], palette.background) >= 3
