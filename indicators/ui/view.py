"""What every page is handed: the data, the language, the day and the reader's surroundings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

import pandas as pd
import streamlit as st

from indicators.core.civil_time import CHINA
from indicators.core.model import Indicator, Snapshot
from indicators.core.settings import Settings
from indicators.text import Language, Translate, translator
from indicators.text.codes import label
from indicators.ui import auth, state
from indicators.ui.cache import Data


@dataclass(frozen=True)
class View:
    """One reader's look at the data: ``as_of`` is the day D of the verdicts.

    ``later`` holds what is written once the page is complete and all its choices are
    known (a citation needs the whole view's address).
    """

    data: Data
    lang: Language
    as_of: date
    dark: bool = False
    role: str = "public"
    later: list[Callable[[], None]] = field(default_factory=list, compare=False, repr=False)

    @property
    def snapshot(self) -> Snapshot:
        """Everything loaded."""
        return self.data.snapshot

    @property
    def settings(self) -> Settings:
        """The settings of this installation."""
        return self.data.settings

    @cached_property
    def t(self) -> Translate:
        """Text of the interface in the reader's language: ``view.t("总览")``."""
        return translator(self.lang)

    def word(self, family: str, code: str) -> str:
        """The reader's word for a code: ``view.word("verdict", "met")``."""
        return label(family, code, self.lang)

    def indicator_name(self, indicator_id: str) -> str:
        """An indicator's name in the reader's language."""
        return self._name(self.snapshot.indicators[indicator_id])

    def _name(self, indicator: Indicator) -> str:
        return indicator.name.zh if self.lang == "zh" else indicator.name.en

    def theme_name(self, theme_id: str) -> str:
        """A theme's name in the reader's language; the id itself where it is unknown."""
        for theme in self.snapshot.themes:
            if theme.id == theme_id:
                return theme.name.zh if self.lang == "zh" else theme.name.en
        return theme_id

    def region_name(self, code: str) -> str:
        """A region's name as GB/T 2260 writes it (names are not translated)."""
        return self.snapshot.regions[code].name

    def key(self, *parts: Hashable) -> Hashable:
        """The cache key of a table of this data on this day."""
        return (self.data.stamp, self.snapshot.digest, self.as_of, *parts)

    def named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """``frame`` with a column ``indicator``: the name in the reader's language."""
        column = "indicator_name" if self.lang == "zh" else "indicator_name_en"
        return frame.assign(indicator=frame[column])


def today() -> date:
    """Today in China, wherever the server stands."""
    return datetime.now(tz=CHINA).date()


def current(data: Data) -> View:
    """The view that the URL and the reader's surroundings ask for."""
    return View(
        data=data,
        lang=language(data.settings),
        as_of=state.day("as_of", data.settings.as_of_date(today())),
        dark=st.context.theme.type == "dark",
        role=auth.role(data.settings),
    )


def language(settings: Settings) -> Language:
    """The chosen language, or else the configured one."""
    chosen = state.one("lang", ("zh", "en"), settings.language)
    return "en" if chosen == "en" else "zh"
