"""Edits of a document's YAML text that touch nothing but what they change.

The text is spliced at the places the YAML parser names, so that every other byte –
comments, order, quoting, blank lines – stays as its author wrote it. Each edit is
proven before it is returned: the strict reader must read exactly the intended values
from the new text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml

from indicators.core.errors import KnownProblem
from indicators.core.model import Claim, Document
from indicators.core.problem import Problems
from indicators.files.located_yaml import parse_located

#: Texts by field name; ``None`` is written as ``null``.
Fields = Mapping[str, str | None]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CLAIM_ORDER = tuple(Claim.model_fields)
_DOCUMENT_ORDER = tuple(name for name in Document.model_fields if name != "claims")
#: Fields whose text is a number or a date: never quoted.
_BARE = frozenset({"value", "upper", "period", "due", "baseline_period", "dated", "retrieved"})
_NUMBER_OR_DATE = re.compile(r"[+-]?[0-9][0-9A-Z.-]*")
_DEFAULTS = {"precision": "exact", "period_basis": "stated"}
_RESOLVER: Any = yaml.resolver.Resolver()


@dataclass(frozen=True)
class _Edit:
    """Replace the text from ``start`` up to ``end`` by ``text``."""

    start: int
    end: int
    text: str


def add_claims(text: str, claims: Sequence[Fields]) -> str:
    """``text`` with the claims appended to its list. Raises :class:`KnownProblem`."""
    if not claims:
        return text
    page = _Page(text)
    data = deepcopy(page.data)
    data["claims"] = [*(data.get("claims") or []), *(_kept(claim) for claim in claims)]
    return page.proven([page.appended(claims)], data)


def change_claim(text: str, number: int, changes: Fields) -> str:
    """``text`` with fields of the ``number``-th claim (from 1) set; ``None`` writes ``null``.

    Raises :class:`KnownProblem` for a claim that is not there.
    """
    page = _Page(text)
    item = page.item(number)
    data = deepcopy(page.data)
    claim = data["claims"][number - 1]
    told = {name: value for name, value in changes.items() if value is not None or name in claim}
    claim.update(told)
    return page.proven(page.changed(item, told), data)


def remove_claim(text: str, number: int) -> str:
    """``text`` without its ``number``-th claim (from 1); later claims move up by one."""
    page = _Page(text)
    page.item(number)
    data = deepcopy(page.data)
    del data["claims"][number - 1]
    return page.proven([page.removed(number)], data)


def new_document(meta: Mapping[str, Any], claims: Sequence[Fields]) -> str:
    """The text of a new document file; ``meta`` holds the fields of a Document but its claims."""
    known = [name for name in _DOCUMENT_ORDER if meta.get(name) is not None]
    wanted = {
        name: meta[name] for name in (*known, *(n for n in meta if n not in Document.model_fields))
    }
    lines = [line for name, value in wanted.items() for line in _meta_lines(name, value)]
    body = "".join(_claim_lines(claim, 2) for claim in claims)
    text = "".join(lines) + ("claims:\n" + body if claims else "claims: []\n")
    return _prove(text, {**wanted, "claims": [_kept(claim) for claim in claims]})


def _meta_lines(name: str, value: Any) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{name}: {scalar(name, value)}\n"]
    return [f"{name}:\n"] + [f"  {key}: {scalar(key, text)}\n" for key, text in value.items()]


def claims_of(text: str) -> list[dict[str, str | None]]:
    """The claims as the strict reader reads them (all texts). Raises :class:`KnownProblem`."""
    return list(_Page(text).data.get("claims") or [])


def scalar(name: str, value: str | None) -> str:
    """A value as YAML: plain where every reader agrees that it is this text, else quoted."""
    if value is None:
        return "null"
    if name in _BARE and _NUMBER_OR_DATE.fullmatch(value):
        return value
    return value if _plain(value) else json.dumps(value, ensure_ascii=False)


def _plain(value: str) -> bool:
    if not value or _RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) != _STR:
        return False
    if any(mark in value for mark in (": ", " #", "\n", "\t", "{", "}", "[", "]", ", ", "<<")):
        return False
    try:
        node: Any = yaml.compose(f"k: {value}\n", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    return bool(node.value[0][1].value == value)


_STR = "tag:yaml.org,2002:str"


def _kept(claim: Fields) -> dict[str, str | None]:
    """The fields of a new claim that are written: no nulls, no defaults."""
    return {
        name: claim[name]
        for name in (*_CLAIM_ORDER, *(n for n in claim if n not in _CLAIM_ORDER))
        if name in claim and claim[name] is not None and _DEFAULTS.get(name) != claim[name]
    }


def _claim_lines(claim: Fields, dash: int, newline: str = "\n") -> str:
    lines = [f"{name}: {scalar(name, value)}" for name, value in _kept(claim).items()]
    first, rest = " " * dash + "- ", " " * (dash + 2)
    return "".join((rest if at else first) + line + newline for at, line in enumerate(lines))


class _Page:
    """A document's text, its values, and where they stand."""

    def __init__(self, text: str) -> None:
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.data = _strict(self.text)
        root: Any = yaml.compose(self.text, Loader=_LOADER)
        self.claims: Any = next((v for k, v in root.value if k.value == "claims"), None)
        #: Offsets of the lines' beginnings, and of the text's end.
        self.starts: list[int] = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def at(self, mark: Any) -> int:
        """Offset of a parser's mark."""
        line, column = int(mark.line), int(mark.column)
        return self.starts[min(line, len(self.starts) - 1)] + column

    def item(self, number: int) -> Any:
        """The node of a claim. Raises :class:`KnownProblem`."""
        items = self.claims.value if self.claims is not None else []
        if not isinstance(items, list) or not 1 <= number <= len(items):
            raise KnownProblem(f"the document has no claim {number}")
        return items[number - 1]

    def end_of(self, node: Any) -> int:
        """Offset just behind the last character a node says something with."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            end = self.at(node.end_mark)
            return end if node.end_mark.column else end - len(self.newline)
        if not node.value:
            return self.at(node.end_mark)
        last = node.value[-1]
        return self.end_of(last[1] if isinstance(last, tuple) else last)

    def line_after(self, offset: int) -> int:
        """Offset of the next line's beginning."""
        return next((start for start in self.starts if start > offset), len(self.text))

    def dash_of(self, item: Any) -> int:
        """Offset of the dash that opens a claim. Raises :class:`KnownProblem`."""
        start = self.at(item.start_mark)
        line = self.starts[int(item.start_mark.line)]
        if self.text[line:start].strip() != "-":
            raise KnownProblem(
                'this way of writing the claims cannot be edited here; begin each with "- " '
                "on a line of its own"
            )
        return line + self.text[line:start].index("-")

    def appended(self, claims: Sequence[Fields]) -> _Edit:
        node = self.claims
        if node is not None and isinstance(node.value, list) and node.value:
            last = node.value[-1]
            dash = self.dash_of(last)
            indent = dash - self.starts[last.start_mark.line]
            where = self.line_after(self.end_of(last))
            return _Edit(where, where, self._lead(where) + self._lines(claims, indent))
        if node is None:
            where = len(self.text)
            head = f"claims:{self.newline}"
            return _Edit(where, where, self._lead(where) + head + self._lines(claims, 2))
        start, end = self.at(node.start_mark), self.line_after(self.at(node.end_mark))
        rest = self.text[self.at(node.end_mark) : end].strip()
        start -= len(self.text[:start]) - len(self.text[:start].rstrip(" "))
        tail = f"  {rest}" if rest else ""
        return _Edit(start, end, tail + self.newline + self._lines(claims, 2))

    def _lead(self, where: int) -> str:
        return "" if not where or self.text[where - 1] == "\n" else self.newline

    def _lines(self, claims: Sequence[Fields], indent: int) -> str:
        return "".join(_claim_lines(claim, indent, self.newline) for claim in claims)

    def changed(self, item: Any, changes: Fields) -> list[_Edit]:
        nodes = {key.value: (key, value) for key, value in item.value}
        edits = [
            _Edit(*self._span(*nodes[name]), " " + self._written(item, name, value))
            for name, value in changes.items()
            if name in nodes
        ]
        added = {name: value for name, value in changes.items() if name not in nodes}
        return edits + ([self._inserted(item, added)] if added else [])

    def _span(self, key: Any, value: Any) -> tuple[int, int]:
        """From behind the colon to the end of the value (an absent value has no width)."""
        start = self.text.index(":", self.at(key.end_mark)) + 1
        return start, max(start, self.end_of(value))

    def _written(self, item: Any, name: str, value: str | None) -> str:
        plain = scalar(name, value)
        flow_safe = value is None or plain.startswith('"') or name in _BARE
        return json.dumps(value, ensure_ascii=False) if item.flow_style and not flow_safe else plain

    def _inserted(self, item: Any, added: Fields) -> _Edit:
        texts = [f"{name}: {self._written(item, name, value)}" for name, value in added.items()]
        if item.flow_style:
            where = self.at(item.end_mark) - 1
            return _Edit(where, where, "".join(f", {text}" for text in texts))
        indent = " " * item.start_mark.column
        where = self.line_after(self.end_of(item))
        lines = "".join(f"{indent}{text}{self.newline}" for text in texts)
        return _Edit(where, where, self._lead(where) + lines)

    def removed(self, number: int) -> _Edit:
        item = self.item(number)
        dash = self.dash_of(item)
        end = self.line_after(self.end_of(item))
        if len(self.claims.value) > 1:
            return _Edit(self.starts[item.start_mark.line], end, "")
        indent = " " * (dash - self.starts[item.start_mark.line])
        return _Edit(self.starts[item.start_mark.line], end, f"{indent or ' '}[]{self.newline}")

    def proven(self, edits: Sequence[_Edit], wanted: Any) -> str:
        """The edited text, once the strict reader reads ``wanted`` from it."""
        text = self.text
        for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return self.mark + _prove(text, wanted)


def _prove(text: str, wanted: Any) -> str:
    if _strict(text) != wanted:
        raise KnownProblem("the edit cannot be written as YAML without changing other values")
    return text


def _strict(text: str) -> Any:
    problems = Problems()
    located = parse_located(text.encode("utf-8", "surrogatepass"), "document", problems)
    if located is None or not isinstance(located.value, dict):
        first = next(iter(problems), None)
        raise KnownProblem(str(first) if first else "document: expected a mapping of fields")
    return located.value
