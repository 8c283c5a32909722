"""How pages write: user text made harmless in Markdown, numbers in words, errors as one calm message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from logreg_core.errors import LogregError

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")
_LONGEST = 60


def plain(text: object, *, longest: int | None = _LONGEST) -> str:
    """Text from the user's file for use inside Markdown: every character shows as itself, long text is shortened."""
    flat = " ".join(str(text).split())
    if longest is not None and len(flat) > longest:
        flat = flat[: longest - 1] + "…"
    return _MARKDOWN.sub(r"\\\1", flat)


def named(target: object, name: object, *, longest: int = 28) -> str:
    """A class as it is always called, target and name: "churned = yes", harmless in Markdown."""
    return f"{plain(target, longest=longest)} \\= {plain(name, longest=longest)}"


def percent(share: float, digits: int = 1) -> str:
    """0.9 as "90.0 %"; a share that is not defined as a dash."""
    return "–" if share != share else f"{100 * share:.{digits}f} %"  # noqa: PLR0124 - only nan differs from itself


def number(value: float, digits: int = 3) -> str:
    """A measure to ``digits`` significant digits when large and that many decimals when small; nan as a dash."""
    if value != value:  # noqa: PLR0124 - only nan differs from itself
        return "–"
    if 0.001 <= abs(value) < 10 or value == 0:
        return f"{value:.{digits}f}"
    return f"{value:,.{digits}g}" if abs(value) < 1e6 else f"{value:.{digits}g}"


def count(number: int, thing: str) -> str:
    """1 as "1 row", 1200 as "1,200 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def show_error(error: LogregError) -> None:
    """What is wrong as the title; where and what to do under it."""
    st.error(
        plain(" ".join(part for part in (error.where, error.remedy) if part), longest=600),
        title=plain(error.what, longest=300),
    )
