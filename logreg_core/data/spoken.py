"""Values of a table as a sentence says them."""

from __future__ import annotations

import math

import numpy as np

_LONG = 10_000
_LONGEST = 1e15


def spoken(value: object) -> str:
    """Return a value as it is read aloud: whole numbers in full, others to four digits, missing as "missing".

    Thousands are marked from 10,000 on, so that a year stays a year.
    """
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return _whole(int(value))
    if not isinstance(value, float | np.floating):
        return str(value)
    number = float(value)
    if math.isnan(number):
        return "missing"
    if abs(number) < _LONGEST and (number == round(number) or abs(number) >= _LONG):
        return _whole(round(number))
    return f"{number:.4g}"


def _whole(number: int) -> str:
    return f"{number:,}" if abs(number) >= _LONG else str(number)


def cut_to(text: str, longest: int) -> str:
    """``text`` of at most so many characters, the last of them an ellipsis where something was cut off."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
