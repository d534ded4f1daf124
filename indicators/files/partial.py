"""What can still be checked of a file that was refused.

A record with one mistyped field is left out, but its other claims are checked all the
same, so that one run tells everything there is to put right in the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from indicators.core.model import Document, Record, RegistryFile

Model = TypeVar("Model", bound=Record)
#: List positions in the file of the entries that were kept, by field.
Numbers = dict[str, tuple[int, ...]]

_LISTS: dict[type[Record], tuple[str, ...]] = {
    Document: ("claims",),
    RegistryFile: ("indicators", "identities"),
}
#: Stand-ins for refused fields that no rule across records looks at.
_STAND_INS: dict[str, Any] = {
    "title": "?",
    "kind": "plan",
    "issuer": "?",
    "source": {"file": "?", "sha256": "0" * 64},
}


def sound_part(model: type[Model], value: Any, file: str) -> tuple[Model, Numbers] | None:
    """The record without its refused parts, and where the kept list entries stood.

    ``None`` where too little is left to check (a document without region or date).
    ``file`` keeps the stand-ins of two files apart.
    """
    if not isinstance(value, dict):
        return None
    kept = dict(value)
    for _ in range(2):  # what is refused outside the lists shows once the lists are clean
        try:
            part = model.model_validate(kept)
        except ValidationError as error:
            _drop_refused(model, kept, error.errors(include_url=False), file)
        else:
            return part, _numbers(model, value, kept)
    return None


def _drop_refused(
    model: type[Record], kept: dict[str, Any], details: Iterable[Any], file: str
) -> None:
    refused: set[tuple[Any, ...]] = {tuple(detail["loc"][:2]) for detail in details}
    for name in _LISTS[model]:
        if isinstance(kept.get(name), list):
            kept[name] = [e for i, e in enumerate(kept[name]) if (name, i) not in refused]
    for place in refused:
        if place and not (place[0] in _LISTS[model] and isinstance(kept.get(place[0]), list)):
            kept.pop(place[0], None)
            kept.update(_stand_in(place[0], file))


def _stand_in(name: str, file: str) -> dict[str, Any]:
    unlike = "x" + hashlib.sha256(os.fsencode(file)).hexdigest()[:16]
    if name == "id":
        return {name: unlike}
    if name == "theme":
        return {name: {"id": unlike, "name": {"zh": "?", "en": "?"}}}
    return {name: _STAND_INS[name]} if name in _STAND_INS else {}


def _numbers(model: type[Record], value: dict[str, Any], kept: dict[str, Any]) -> Numbers:
    numbers: Numbers = {}
    for name in _LISTS[model]:
        entries, left = value.get(name), kept.get(name)
        if isinstance(entries, list) and isinstance(left, list):
            identities = {id(entry) for entry in left}
            numbers[name] = tuple(i for i, e in enumerate(entries) if id(e) in identities)
    return numbers
