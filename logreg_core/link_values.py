"""A value as a text that people can read in an address, and back.

A text stands as it is; everything else, and a text that could be taken for something else ("1", "true"), as JSON. So
``read(written(value)) == value`` for everything that JSON holds, and whatever else is read is a text or plain JSON.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn


def written(value: object) -> str:
    """Write a text or a plain JSON value."""
    if isinstance(value, str) and read(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Any:
    """JSON where it is JSON (without the constants that Python adds to it), else the text itself."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()  # half a character, "\\ud800", is none
        return value
    except (ValueError, RecursionError):
        return text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
