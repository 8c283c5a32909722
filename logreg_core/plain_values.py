"""A dataclass from plain JSON values, each of exactly the type that its field declares.

Whoever reads a saved file or a link cannot trust it, and Python is lenient: "abc" is a sequence of texts, True is a
whole number, 10**400 is an int that no float can hold. What is read here is what the dataclass says, or a
``WrongValue``.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, get_args, get_origin, get_type_hints

LARGEST_WHOLE = 2**53
"""Whole numbers beyond it are not the same everywhere where JSON is read."""
_SHOWN = 60
_WANTED = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    tuple: "a list in square brackets",
}


class WrongValue(ValueError):  # noqa: N818 - it is no error of the program
    """A value is missing, unknown or of another type; its text says which, for use inside a sentence."""


def read_fields(cls: type[Any], values: object, *, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields of the dataclass ``cls`` from a JSON object, lists as tuples; ``known`` are read already.

    Raises WrongValue.
    """
    given = _object(values)
    read = dict(known or {})
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls) if field.name not in read]
    unknown = [name for name in given if name not in names]
    if unknown:
        raise WrongValue(f"“{str(unknown[0])[:_SHOWN]}” is not known here")
    for field in fields(cls):
        if field.name in given:
            read[field.name] = _read(given[field.name], hints[field.name], field.name)
        elif field.name not in read and field.default is MISSING:
            raise WrongValue(f"“{field.name}” is missing")
    return read


def _object(values: object) -> dict[str, Any]:
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        raise WrongValue("it is no list of named values")
    return dict(values)


def _read(value: object, wanted: Any, name: str) -> Any:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_read(each, arguments[0], name) for each in value)
    if origin is types.UnionType and type(None) in arguments:
        return None if value is None else _read(value, next(each for each in arguments if each is not type(None)), name)
    if wanted is float and type(value) is int and abs(value) <= LARGEST_WHOLE:
        return float(value)
    if type(value) is wanted and _is_sound(value):
        return value
    raise WrongValue(
        f"“{name}” has a value that is not known here: {_WANTED.get(origin or wanted, 'another kind')} is wanted"
    )


def _is_sound(value: object) -> bool:
    """False for numbers that JSON does not have, and for texts of half characters, which no browser can be sent."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) <= LARGEST_WHOLE
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return True
