"""Plain values into records; every refusal of pydantic said in words, with its line."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from indicators.core.problem import Problems
from indicators.core.wording import KeyPath, key_path, shown, suggestion
from indicators.files.located_yaml import Located

#: After this many defects in one file the rest is counted, not listed.
MAX_PROBLEMS = 100

Model = TypeVar("Model", bound=BaseModel)


def build(model: type[Model], located: Located, problems: Problems) -> Model | None:
    """The record of a file, or ``None`` and a problem for everything wrong with it."""
    try:
        return model.model_validate(located.value)
    except ValidationError as error:
        _report(model, located, error, problems)
        return None


def _report(
    model: type[BaseModel], located: Located, error: ValidationError, problems: Problems
) -> None:
    details = error.errors(include_url=False)
    for detail in details[:MAX_PROBLEMS]:
        path, message = explain(model, detail)
        problems.add(located.file, message, line=located.line(path), path=key_path(path))
    if len(details) > MAX_PROBLEMS:
        problems.add(located.file, f"… and {len(details) - MAX_PROBLEMS} further problems")


def explain(model: type[BaseModel], detail: Any) -> tuple[KeyPath, str]:
    """One pydantic error as (place, words). A missing or unknown field is told at its parent."""
    path: KeyPath = tuple(detail["loc"])
    kind, found = str(detail["type"]), shown(detail["input"])
    if kind == "missing":
        return path[:-1], _missing(path[-1])
    if kind == "extra_forbidden":
        return path, _unknown_field(model, path)
    if kind == "literal_error":
        return path, _one_of(detail)
    if kind == "value_error":
        return path, _own_words(str(detail["ctx"]["error"]), found)
    if kind == "json_invalid":
        return path, f"not valid JSON: {detail['ctx']['error']}"
    return path, _EXPECTED.get(kind, str(detail["msg"])) + f", found {found}"


_EXPECTED = {
    "string_type": "expected text",
    "string_too_short": "expected text",
    "tuple_type": "expected a list",
    "model_type": "expected a mapping of fields",
    "model_attributes_type": "expected a mapping of fields",
    "dict_type": "expected a mapping of fields",
    "too_long": "expected fewer entries",
}


def _missing(last: str | int) -> str:
    if isinstance(last, int):
        return f"expected at least {last + 1} entries"
    return f'missing field "{last}"'


def _own_words(message: str, found: str) -> str:
    # Our validators end in `found "…"`; say None, lists and long texts as everywhere else.
    expected, mark, _ = message.partition(', found "')
    return f"{expected}, found {found}" if mark else message


def _one_of(detail: Any) -> str:
    known = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    hint = suggestion(str(detail["input"]), known)
    return f"expected one of {', '.join(known)}, found {shown(detail['input'])}{hint}"


def _unknown_field(model: type[BaseModel], path: KeyPath) -> str:
    known = sorted(_fields_at(model, path[:-1]))
    word = str(path[-1])
    return f"unknown field {shown(word)}{suggestion(word, known)}; known fields: {', '.join(known)}"


def _fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Names of the fields of the record that stands at ``path`` below ``model``."""
    current: type[BaseModel] = model
    for step in path:
        if isinstance(step, str) and step in current.model_fields:
            current = next(_models(current.model_fields[step].annotation), current)
    return list(current.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, types.UnionType, tuple):
        for part in get_args(annotation):
            yield from _models(part)
