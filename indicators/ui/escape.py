"""Data as text on Markdown surfaces.

A Markdown surface fetches images and forges headings from whatever stands in a name or
a note. Everything that comes from data goes through :func:`md` before it reaches one;
quotes do not go there at all (see ``components/quote.py``).
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@/\"'])")
_BREAKS = re.compile(r"[\r\n\t\v\f\x00-\x08\x0e-\x1f\u2028\u2029]+")

#: Where a backslash is too early: links, arrows, dashes and icons are made of plain text
#: after the escapes are gone. A word joiner, which has no width, keeps the pieces apart.
_JOINTS = re.compile(r"(?<=:)(?=[A-Za-z/])|(?<=www)(?=\.)|(?<=\w)(?=@)|(?<=-)(?=[->])|(?<=<)(?=-)")
_JOINER = "\u2060"


def md(text: object) -> str:
    """``text`` on one line, every trigger of Markdown, LaTeX, HTML, links and icons literal."""
    plain = _BREAKS.sub(" ", str(text))
    return _SPECIAL.sub(r"\\\1", _JOINTS.sub(_JOINER, plain))
