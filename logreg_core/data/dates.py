"""Text to dates: the usual ways of writing them, the order of day and month decided on all rows.

A column is dates only if all its cells are dates that exist, written in one way. pandas guesses the order of day and
month from the first row and dateutil cell by cell; both turn 03/04 and 13/04 of one column into two orders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Order = Literal["day", "month", "year", "either", ""]

ISO_DATE = r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_TIME = (
    r"(?:(?:,?\s+|T|:)(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?:\s*(?P<ap>[AaPp])\.?[Mm]\.?)?(?:\s*Uhr)?(?:\s*(?P<zone>(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|Z|[+-]\d{2}:?\d{2}))?)?"
)
_CLOCK = r"(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?"
_DAY = r"(?:[^\d\s.,:/-]+\.?,?\s+)?"
_NAME = r"(?P<name>[^\d\s.,:/-]+)"
_FORMS: tuple[str, ...] = tuple(
    rf"^{form}{_TIME}$"
    for form in (
        r"(?P<y>\d{4})(?P<sep>[-/.])\s?(?P<m>\d{1,2})[-/.]\s?(?P<d>\d{1,2})\.?",
        r"(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)",
        r"(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})[./-]\s?(?P<y>\d{4}|\d{2})",
        rf"{_DAY}(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?[ /-]?(?:de )?{_NAME}\.?,?[ /-]?(?:de )?(?P<y>\d{{4}}|\d{{2}})",
        rf"{_DAY}{_NAME}\.?[ -] ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |-)(?P<y>\d{{4}})",
        rf"(?P<y>\d{{4}})[ -]{_NAME}[ -](?P<d>\d{{1,2}})",
        r"(?P<y>\d{4})(?P<sep>年)(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    )
)
_FORMS += (
    r"^(?P<y>\d{4})(?P<sep>-)(?P<m>\d{2})-(?P<d>\d{2})-(?P<H>\d{2})\.(?P<M>\d{2})\.(?P<S>\d{2})(?:\.(?P<f>\d{1,9}))?$",
    r"^(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?P<H>[0-2]\d)(?P<M>[0-5]\d)(?P<S>[0-5]\d)?$",
    rf"^{_CLOCK},?\s+(?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})[./-](?P<y>\d{{4}}|\d{{2}})$",
    rf"^{_DAY}{_NAME}\.?\s+(?P<d>\d{{1,2}}),?\s+{_CLOCK}(?:\s+(?P<zone>UTC|GMT))?\s+(?P<y>\d{{4}})$",
)
_PATTERNS = tuple(re.compile(form) for form in _FORMS)
_MONTHS = (
    "jan january januar janvier enero janv ene gennaio gen janeiro januari jän jänner",
    "feb february februar février fevrier febrero févr fév febbraio fevereiro februari fev",
    "mar march märz mars marzo mär mrz maart março marco maerz",
    "apr april avril abril avr abr aprile",
    "may mai mayo maggio maj maio mag mei",
    "jun june juni juin junio giugno junho giu",
    "jul july juli juillet julio juil luglio julho lug",
    "aug august août aout agosto ago augustus augusti",
    "sep sept september septembre septiembre settembre setembro set",
    "oct october oktober octobre octubre okt ottobre outubro ott out",
    "nov november novembre noviembre novembro",
    "dec december dezember décembre decembre diciembre dez dic déc dicembre dezembro",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_GLANCE = 100
_ISO = re.compile(ISO_DATE)
_CENTURY_FROM = 40  # 39 is 2039, 40 is 1940


@dataclass(frozen=True)
class Dates:
    """Moments, one for each distinct cell, and what was assumed to read them.

    ``order`` says which came first, day or month, where the form leaves that open: "either" if every
    cell could be both, "year" if years of two digits stand in front of both.
    """

    found: npt.NDArray[np.datetime64]
    order: Order = ""
    short_years: bool = False
    zone: bool = False
    digits: bool = False


def iso_dates(cells: Any) -> Dates | None:
    """Return the moments of cells that are all ISO 8601 dates or times that exist; those with a zone in UTC."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # Arrow's own reading of ISO 8601 is strict and ten times as fast as a pattern, which only looks at some cells.
    if not all(_ISO.fullmatch(cell) for cell in cells.slice(0, _GLANCE).to_pylist() if cell is not None):
        return None
    for zone in (None, "UTC"):
        try:
            moments = pc.cast(cells, pa.timestamp("us", zone))
        except pa.ArrowInvalid:
            continue
        plain = pc.cast(moments, pa.timestamp("us")).to_pandas().to_numpy()
        return Dates(plain.astype("datetime64[us]"), zone=zone is not None)
    return None


def find_dates(cells: Any, day_first: bool | None, hint: bool | None) -> Dates | None:
    """Return the moments of cells that are all written in one of the usual ways, or None.

    Parameters
    ----------
    cells : Arrow array of text, null where missing
    day_first : bool or None
        The order the user chose for dates such as 03/04/2024.
    hint : bool or None
        The order that other columns of the file decided; used where the cells leave both.
    """
    import pyarrow.compute as pc

    found = iso_dates(cells)
    if found is not None:
        return found
    first = next((cell for cell in cells.slice(0, _GLANCE).to_pylist() if cell is not None), None)
    for form, pattern in zip(_FORMS, _PATTERNS, strict=True):
        if first is not None and not pattern.match(first):  # a compiled pattern spares thousands of compilations
            continue
        parts = pc.extract_regex(cells, form)
        if parts.null_count > cells.null_count:
            continue
        names = {field.name for field in parts.type}
        frame = {name: pc.struct_field(parts, name).to_numpy(zero_copy_only=False) for name in names}
        dates = _moments(frame, np.asarray(cells.is_valid()), day_first, hint)
        if dates is not None:
            return dates
    return None


def _whole(texts: npt.NDArray[Any], present: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the digits of each cell as a number, 0 where there are none."""
    digits = np.where(present, texts, "0")
    digits[digits == ""] = "0"
    return digits.astype(np.int64)


class _Days(NamedTuple):
    """Years, months and days of each cell, and what was decided to tell them apart."""

    years: npt.NDArray[np.int64]
    months: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    order: Order = ""


def _days(
    parts: dict[str, npt.NDArray[Any]], present: npt.NDArray[np.bool_], day_first: bool | None, hint: bool | None
) -> _Days | None:
    """Return years (of two digits as they stand), months and days; None for too little evidence."""
    years = _whole(parts["y"], present)
    if "name" in parts:
        names = np.where(present, parts["name"], "jan")
        months = np.array([_MONTH_OF.get(str(name).lower(), 0) for name in names], dtype=np.int64)
        return _Days(years, months, _whole(parts["d"], present))
    if "a" not in parts:
        if "sep" not in parts and present.sum() < 3:
            return None  # two numbers of eight digits are no evidence
        return _Days(years, _whole(parts["m"], present), _whole(parts["d"], present))
    first, second = _whole(parts["a"], present), _whole(parts["b"], present)
    dots = bool((parts["sep"][present] == ".").all())
    if day_first is None and not dots and _has_year_first(first[present], second[present], years[present]):
        return _Days(first, second, years, "year")
    order, is_day_first = _order(first[present], second[present], dots, day_first, hint)
    days, months = (first, second) if is_day_first else (second, first)
    return _Days(years, months, days, order)


def _has_year_first(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> bool:
    """Whether in dates such as 24-01-15 the first number, which takes few values, is the year and the last the day."""
    is_possible = bool(((last >= 1) & (last <= 31) & (second >= 1) & (second <= 12)).all())
    return is_possible and len(first) > 1 and int(np.ptp(first)) < int(np.ptp(last))


def _moments(
    parts: dict[str, npt.NDArray[Any]], present: npt.NDArray[np.bool_], day_first: bool | None, hint: bool | None
) -> Dates | None:
    """Put the parts of each date together; None if any does not exist."""
    found = _days(parts, present, day_first, hint)
    if found is None:
        return None
    years, months, days, order = found
    short = present & (years < 100)
    years = np.where(short, years + np.where(years < _CENTURY_FROM, 2000, 1900), years)
    seconds = _seconds(parts, present)
    ok = ~present | ((months >= 1) & (months <= 12) & (days >= 1) & (days <= 31) & (years > 0) & (seconds >= 0))
    if not ok.all():
        return None
    months_since = (years - 1970) * 12 + months - 1
    whole_days = np.where(present, months_since, 0).astype("datetime64[M]").astype("datetime64[D]") + np.where(
        present, days - 1, 0
    ).astype("timedelta64[D]")
    if (whole_days.astype("datetime64[M]").astype(np.int64)[present] != months_since[present]).any():
        return None  # such as the 30th of February
    moments = whole_days.astype("datetime64[us]") + seconds.astype("timedelta64[us]")
    zone, ahead = _ahead_of_utc(parts, present)
    if zone is None:
        return None
    moments = moments - ahead.astype("timedelta64[m]")
    moments[~present] = np.datetime64("NaT")
    digits = "sep" not in parts and "name" not in parts
    return Dates(moments, order, bool(short.any()), zone, digits)


def _ahead_of_utc(
    parts: dict[str, npt.NDArray[Any]], present: npt.NDArray[np.bool_]
) -> tuple[bool | None, npt.NDArray[np.int64]]:
    """Return (whether all times have a zone, None if only some have; how many minutes each is ahead of UTC)."""
    if "zone" not in parts:
        return False, np.zeros(len(present), dtype=np.int64)
    zones = np.where(present, parts["zone"], "")
    has = zones != ""
    if not has.any() or not has[present].all():
        return (None if has.any() else False), np.zeros(len(present), dtype=np.int64)

    def minutes(zone: str) -> int:
        sign, digits = zone.lstrip("UTCGMZ")[:1], zone.lstrip("UTCGMZ")[1:].replace(":", "")
        hours, rest = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
        return (-1 if sign == "-" else 1) * (int(hours) * 60 + int(rest)) if digits else 0

    return True, np.array([minutes(str(zone)) if zone else 0 for zone in zones], dtype=np.int64)


def _order(
    first: npt.NDArray[np.int64],
    second: npt.NDArray[np.int64],
    dots: bool,
    day_first: bool | None,
    hint: bool | None,
) -> tuple[Order, bool]:
    """Return (what all rows say, whether the day is first)."""
    if day_first is not None:
        return "day" if day_first else "month", day_first
    if (first > 12).any() or dots:  # dates with dots have the day first wherever they are used
        return "day", True
    if (second > 12).any():
        return "month", False
    if hint is not None:
        return "either", hint
    return "either", False


def _seconds(parts: dict[str, npt.NDArray[Any]], present: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return the time of day in microseconds; -1 where there is no such time."""
    hours, minutes, seconds = (_whole(parts[name], present) for name in ("H", "M", "S"))
    nothing = np.full(len(present), "", dtype=object)
    halves = np.array([str(half).lower() for half in np.where(present, parts.get("ap", nothing), "")], dtype=object)
    fraction = [str(digits).ljust(6, "0")[:6] for digits in np.where(present, parts.get("f", nothing), "")]
    micro = _whole(np.array(fraction, dtype=object), present)
    twelve = halves != ""
    bad = (minutes > 59) | (seconds > 59) | (hours > 23) | (twelve & ((hours < 1) | (hours > 12)))
    hours = np.where(twelve, hours % 12 + np.where(halves == "p", 12, 0), hours)
    return np.where(bad, -1, ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micro)
