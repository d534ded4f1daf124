"""Personal data that must not enter the public data: telephone and identity numbers."""

from __future__ import annotations

import re

from indicators.core.lookup import half_width

_PATTERNS = (
    ("a mobile number", re.compile(r"(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")),
    (
        "a telephone number",
        re.compile(r"(?<![0-9.])\(?0[0-9]{2,3}(?:\)|[- –—]|\)[- ])?[0-9]{7,8}(?![0-9])"),
    ),
    ("a contact person", re.compile("联系人|联系电话|联系手机")),
)
_IDENTITY = re.compile(r"(?<![0-9])([1-9][0-9]{16})([0-9Xx])(?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def personal_data(text: str) -> list[str]:
    """What kinds of personal data ``text`` holds (``a mobile number`` …), never the data."""
    plain = half_width(text)
    found = [name for name, pattern in _PATTERNS if pattern.search(plain)]
    if any(_is_identity(body, last) for body, last in _IDENTITY.findall(plain)):
        found.append("an identity number")
    return found


def _is_identity(body: str, last: str) -> bool:
    """Check digit of GB 11643 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == last.upper()
