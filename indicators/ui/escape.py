"""Data as text on Markdown surfaces.

A Markdown surface fetches images and forges headings from whatever stands in a name or
a quote. Everything that comes from data goes through :func:`md` before it reaches one;
quotes do not go there at all (see ``components/quote.py``).
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@/\"'])")
_BREAKS = re.compile(r"[\r\n\t\v\f\x00-\x08\x0e-\x1f\u2028\u2029]+")


def md(text: object) -> str:
    """``text`` with every Markdown, LaTeX, HTML, emoji and icon trigger made literal."""
    return _SPECIAL.sub(r"\\\1", _BREAKS.sub(" ", str(text)))
