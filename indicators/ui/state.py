"""The state of a view, bound to the URL. The only module that owns session state and query.

Every choice of the reader is kept as text under a short name (``regions=430600,430900``):
codes, never labels, so that a link means the same in both languages. A page asks for a
choice with the values it allows; a value from a link that it does not allow is dropped
with a notice, never with an error. Only the choices a page asked for stand in its URL.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st

_CHOICES = "view.choices"  # name -> text: the whole state
_WRITTEN = "view.written"  # what we last wrote to the URL
_ASKED = "view.asked"  # names the running page asked for
_REFUSED = "view.refused"  # (name, text) refused in this run
_SHOWN = "view.shown"  # name -> text: what this run shows, defaults included
_MAX_TEXT = 80
_LONGEST = 4000  # of one choice in a link; longer ones are cut and then refused

#: The days that a reader may choose as the as-of day.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)

T = TypeVar("T")


def begin() -> None:
    """Take over what the URL says, unless it only repeats what we wrote there."""
    choices = _choices()
    written: dict[str, str] = st.session_state.get(_WRITTEN, {})
    for name, text in st.query_params.to_dict().items():
        if written.get(name) != text:
            choices[name] = text[:_LONGEST]
    st.session_state[_ASKED] = []
    st.session_state[_REFUSED] = []
    st.session_state[_SHOWN] = {}


def finish() -> None:
    """Write the choices that the page asked for to the URL, so that it can be sent."""
    choices = _choices()
    wanted = {name: choices[name] for name in st.session_state[_ASKED] if name in choices}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted


def restoring() -> dict[str, str]:
    """The query that brings this view back, defaults written out because they may change."""
    shown: dict[str, str] = st.session_state.get(_SHOWN, {})
    return {name: text for name, text in shown.items() if text}


def refused() -> list[tuple[str, str]]:
    """Choices from the link that were not allowed in this run, as (name, text)."""
    return list(st.session_state.get(_REFUSED, []))


def one(name: str, options: Collection[str], default: str) -> str:
    """The chosen option, ``default`` where none or an unknown one was chosen."""
    return _ask(name, lambda text: _member(text, options), default)


def many(name: str, options: Collection[str], default: Sequence[str] = ()) -> list[str]:
    """The chosen options, in the order of ``options``; unknown ones are dropped."""
    _asked(name)
    text = _choices().get(name)
    if text is None:
        return _shown(name, list(default))
    chosen = [part for part in text.split(",") if part]
    unknown = [part for part in chosen if part not in options]
    if unknown:
        _refuse(name, ",".join(unknown))
        _store(name, ",".join(part for part in chosen if part in options))
    return _shown(name, [option for option in options if option in chosen])


def day(name: str, default: date) -> date:
    """The chosen day (ISO), between :data:`FIRST_DAY` and :data:`LAST_DAY`."""
    return _ask(name, _day, default)


def number(name: str, most: int) -> int:
    """The chosen whole number from 1 to ``most``; 1 where none or another was chosen."""
    return int(_ask(name, lambda value: _member(value, [str(n + 1) for n in range(most)]), "1"))


def text(name: str) -> str:
    """The text typed by the reader, at most 80 characters; it filters, nothing more."""
    _asked(name)
    return _shown(name, _choices().get(name, "")[:_MAX_TEXT])


def choose(name: str, value: str | None) -> None:
    """Set a choice from the program (``None`` forgets it)."""
    _store(name, value)


def widget(name: str, value: Any, default: Any) -> dict[str, Any]:
    """Arguments that tie a Streamlit widget to the choice ``name``.

    ``value`` is what the widget shows now; a choice equal to ``default`` leaves the URL.
    """
    key = f"widget.{name}"
    if st.session_state.get(key) != value or key not in st.session_state:
        st.session_state[key] = value
    return {"key": key, "on_change": _keep, "args": (name, key, default)}


def hold(name: str, thing: object) -> None:
    """Keep an object for this session alone (a draft under review), never in the URL."""
    st.session_state[f"held.{name}"] = thing


def held(name: str, kind: type[T]) -> T | None:
    """What :func:`hold` kept under this name, if it is of that kind."""
    found = st.session_state.get(f"held.{name}")
    return found if isinstance(found, kind) else None


def _keep(name: str, key: str, default: Any) -> None:
    value = st.session_state[key]
    _store(name, None if value == default else _as_text(value))


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ",".join(value)
    return str(value).strip()[:_MAX_TEXT]


def _ask(name: str, read: Callable[[str], T], default: T) -> T:
    _asked(name)
    given = _choices().get(name)
    if given is None:
        return _shown(name, default)
    try:
        return _shown(name, read(given))
    except ValueError:
        _refuse(name, given)
        _store(name, None)
        return _shown(name, default)


def _member(given: str, options: Collection[str]) -> str:
    if given not in options:
        raise ValueError(given)
    return given


def _day(given: str) -> date:
    found = date.fromisoformat(given)
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(given)
    return found


def _choices() -> dict[str, str]:
    choices: dict[str, str] = st.session_state.setdefault(_CHOICES, {})
    return choices


def _store(name: str, value: str | None) -> None:
    if value is None:
        _choices().pop(name, None)
    else:
        _choices()[name] = value


def _shown(name: str, value: T) -> T:
    """``value`` itself, remembered as what this run shows for ``name``."""
    st.session_state.setdefault(_SHOWN, {})[name] = _as_text(value) or ""
    return value


def _asked(name: str) -> None:
    asked = st.session_state.setdefault(_ASKED, [])
    if name not in asked:
        asked.append(name)


def _refuse(name: str, given: str) -> None:
    st.session_state.setdefault(_REFUSED, []).append((name, given[:_MAX_TEXT]))
