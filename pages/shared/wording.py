"""How pages write: user text made harmless in Markdown, numbers in words, errors as one calm message."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.charts.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from logreg_core.errors import LogregError

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")
# Of these, those that do something within a line. An underscore between letters does nothing, nor does a colon before a
# space; what makes a heading or a list does so at the beginning only.
_IN_LABEL = re.compile(r"[\\`*\[\]<>~$|]|(?<![^\W_])_|_(?![^\W_])|:(?=\S)|&(?=[\w#])|^[#+\-=!]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_LONGEST = 60
# What Markdown makes a link of even when every character is escaped; an invisible word joiner after it ends that.
_LINK = re.compile(r"://|www(?=\.)|@", re.IGNORECASE)


def plain(text: object, *, longest: int | None = _LONGEST) -> str:
    """Text from the user's file for use inside Markdown: every character shows as itself, long text is shortened."""
    return _MARKDOWN.sub(r"\\\1", _LINK.sub("\\g<0>\u2060", shortened(text, longest=longest)))


def label(text: object, *, longest: int | None = _LONGEST) -> str:
    """The same as ``plain`` for the label of a control, with no backslash more than it needs.

    The browser reads a label out as it is written here: a backslash in front of every "_" and "-" would be heard.
    """
    said = _LINK.sub("\\g<0>\u2060", shortened(text, longest=longest))
    return _NUMBERED.sub(r"\1\\\2", _IN_LABEL.sub(r"\\\g<0>", said))


def shortened(text: object, *, longest: int | None = _LONGEST) -> str:
    """The same for where Markdown is not read, as in the options of a control: on one line, and not too long."""
    flat = one_line(text)
    if longest is not None and len(flat) > longest:
        flat = flat[: longest - 1] + "…"
    return flat


def told_apart(names: Sequence[str], *, longest: int) -> dict[str, str]:
    """A label for each of several names, shortened, and no two the same.

    The browser sends the label of an option back, so that two options with one label would be one. Where the beginning
    does not tell names apart their end is shown, too, and where this does not their number among them.
    """
    labels = {name: shortened(name, longest=longest) for name in names}
    for label in _shared(labels):
        for name in [name for name in names if labels[name] == label]:
            half = longest // 2
            flat = shortened(name, longest=None)
            labels[name] = f"{flat[: half - 1]}…{flat[-half:]}" if len(flat) > longest else flat
    for label in _shared(labels):
        for place, name in enumerate([name for name in names if labels[name] == label], 1):
            labels[name] = f"{label} ({place})"
    return labels


def _shared(labels: Mapping[str, str]) -> list[str]:
    return [label for label, times in Counter(labels.values()).items() if times > 1]


def named(target: object, name: object, *, longest: int = 28) -> str:
    """A class as it is always called, target and name: "churned = yes", harmless in Markdown."""
    return f"{plain(target, longest=longest)} \\= {plain(name, longest=longest)}"


def percent(share: float, digits: int = 1) -> str:
    """0.9 as "90.0 %"; a share that is not defined as a dash."""
    return "–" if share != share else f"{100 * share:.{digits}f} %"  # noqa: PLR0124 - only nan differs from itself


def number(value: float, digits: int = 3) -> str:
    """A measure to ``digits`` significant digits when large and that many decimals when small; nan as a dash.

    What has no digit among those decimals is written out, "0.00000018", with two that count; below a billionth it is
    "almost 0".
    """
    if value != value:  # noqa: PLR0124 - only nan differs from itself
        return "–"
    if 0.001 <= abs(value) < 10 or value == 0:
        return f"{value:.{digits}f}"
    if abs(value) < 0.001:
        places = 1 - math.floor(math.log10(abs(value)))
        return f"{value:.{places}f}" if abs(value) >= 1e-9 else "almost 0"
    return f"{float(f'{value:.{digits}g}'):,.15g}" if 10 <= abs(value) < 1e9 else f"{value:.{digits}g}"


def loss(value: float) -> str:
    """A log loss or cost to four decimals; what would read 0.0000 as smaller than that."""
    if 0 < value < 5e-5:
        return "< 0.0001"
    return f"{value:.4f}" if abs(value) < 10 else number(value, 4)


def duration(seconds: float) -> str:
    """A time of computing: "3.2 seconds"; the very short ones only as that."""
    return "less than 0.01 seconds" if seconds < 0.01 else f"{number(seconds, 2)} seconds"


def rounded_down(value: float) -> str:
    """A bound that must not be passed, to four significant digits, never above ``value``."""
    step = 10.0 ** (math.floor(math.log10(value)) - 3)
    return f"{math.floor(value / step) * step:.4g}"


def count(number: int, thing: str) -> str:
    """1 as "1 row", 1200 as "1,200 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def show_error(error: LogregError) -> None:
    """What is wrong as the title; where and what to do under it."""
    st.error(
        plain(" ".join(part for part in (error.where, error.remedy) if part), longest=1_200),
        title=plain(error.what, longest=300),
    )
