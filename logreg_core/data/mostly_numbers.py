"""Numbers in a column of text of which some cells are none: how they are written, and reading them cell by cell.

What a number is and how marks are told apart is ``numbers``' business. The reader asks that all cells of a column be
numbers; here the cells that are none are set aside first, and it is asked about the others. A limit among numbers, such
as the "<0.01" of a laboratory, is read as the limit itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from logreg_core.data.numbers import DECORATED, WAYS, Marks, decorated_numbers, plain_numbers, unified, values_of

if TYPE_CHECKING:
    import numpy.typing as npt

PERCENT = "%"
_FIRST_LOOK = 2_000
_LIMIT = r"^\s*[<>≤≥]=?\s*"
_MOST_LIMITS = 0.5


@dataclass(frozen=True)
class Writing:
    """How the numbers of a column are written.

    Attributes
    ----------
    marks : Marks
    unit : str
        The sign beside them: a currency, "%", or "" for none.
    other : Marks or None
        Where the cells leave a choice, the other marks that fit as well.
    limits : bool
        Whether some of them are limits.
    """

    marks: Marks
    unit: str = ""
    other: Marks | None = None
    limits: bool = False


@dataclass(frozen=True, eq=False)
class _Cells:
    """Cells (n,) without what stands around the numbers; ``bodies`` is null where a cell is no number in any way."""

    bodies: Any
    units: npt.NDArray[Any]
    negative: npt.NDArray[np.bool_]

    def fitting(self, marks: Marks) -> npt.NDArray[np.bool_]:
        import pyarrow.compute as pc

        return _flags(pc.match_substring_regex(self.bodies, WAYS[marks]))

    def of_unit(self, unit: str) -> npt.NDArray[np.bool_]:
        """Cells with this unit. The sign of a currency may be left out, that of percent may not."""
        allowed = (unit,) if unit == PERCENT else (unit, "")
        return np.isin(self.units.astype(np.str_), allowed)


def writing_of(
    cells: Any, counts: npt.NDArray[np.int64], share: float, chosen: tuple[str | None, str | None] = (None, None)
) -> Writing | None:
    """How the numbers among distinct cells are written; None where too few are numbers, or it cannot be told.

    Parameters
    ----------
    cells : Arrow array of text (n,)
    counts : int array (n,)
        Rows of each cell.
    share : float
        The least share of the rows that has to be numbers, written in one way.
    chosen : (decimal mark, thousands mark)
        What is known beforehand; None for what is not, "" for no thousands mark.

    Numbers that begin with a zero as codes do, or are longer than a float, are refused as the reader refuses them.
    """
    import pyarrow as pa

    if len(cells) > 2 * _FIRST_LOOK and not _any_share(_without_signs(cells.slice(0, _FIRST_LOOK)), share / 2):
        return None  # spares looking at a million names
    with_limits = 0 < int(counts[is_limit(cells)].sum()) <= _MOST_LIMITS * int(counts.sum())
    cells = _without_signs(cells) if with_limits else cells
    taken = _taken_off(cells)
    unit = _unit(taken, counts)
    usable = taken.of_unit(unit)
    ways = [marks for marks in WAYS if _is_allowed(marks, chosen)]
    rows = {marks: int(counts[usable & taken.fitting(marks)].sum()) for marks in ways}
    most = max(rows.values(), default=0)
    if not most or most < share * counts.sum():
        return None
    best = [marks for marks in ways if rows[marks] == most]
    kept = cells.filter(pa.array(usable & taken.fitting(best[0])))
    plain = plain_numbers(kept) if best[0] == Marks(".") and unit == "" else None
    numbers = decorated_numbers(kept, "", chosen, comma_file=False) or plain
    if numbers is None or numbers.refused or (plain is not None and plain.refused):
        return None
    doubtful = numbers.marks.doubtful
    marks = Marks(numbers.marks.decimal, numbers.marks.thousands, numbers.marks.indian)
    return Writing(marks, unit, _other(marks, best) if doubtful else None, with_limits)


def is_limit(cells: Any) -> npt.NDArray[np.bool_]:
    """Whether each of the cells (Arrow array of text) begins as a limit does: "<0.01", ">= 500"."""
    import pyarrow.compute as pc

    return _flags(pc.match_substring_regex(cells, _LIMIT))


def _without_signs(cells: Any) -> Any:
    import pyarrow.compute as pc

    return pc.replace_substring_regex(cells, _LIMIT, "")


def read(cells: Any, writing: Writing) -> npt.NDArray[np.float64]:
    """Numbers (n,) of cells (Arrow array of text), nan where one is not written so.

    Each cell is read by itself. Where the marks name none for thousands, the mark that is not the decimal one may
    stand there, properly placed: it can mean nothing else.
    """
    import pyarrow as pa

    taken = _taken_off(_without_signs(cells) if writing.limits else cells)
    marks = writing.marks
    grouped = marks if marks.thousands else Marks(marks.decimal, "." if marks.decimal == "," else ",")
    found = np.full(len(cells), np.nan)
    for way in (grouped, Marks(marks.decimal)):
        fits = taken.of_unit(writing.unit) & taken.fitting(way)
        values = values_of(taken.bodies.filter(pa.array(fits)), way)
        if values is not None:
            found[fits] = values
    return np.where(taken.negative, -found, found)


def _taken_off(cells: Any) -> _Cells:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.extract_regex(pc.utf8_trim_whitespace(unified(cells)), DECORATED)

    def part(name: str) -> npt.NDArray[Any]:
        return np.asarray(pc.fill_null(pc.struct_field(found, name), "").to_numpy(zero_copy_only=False), dtype=object)

    before, after = part("before"), part("after")
    opened = part("open") == "("
    signs = [part("sign") == "-", part("sign_after") == "-", part("minus") == "-", opened]
    count = np.sum(signs, axis=0)
    sound = (count <= 1) & (opened == (part("close") == ")")) & ((before == "") | (after == ""))
    bodies = pc.if_else(pa.array(sound), pc.struct_field(found, "body"), pa.scalar(None, pa.string()))
    return _Cells(bodies, np.where(before == "", after, before), count == 1)


def _unit(taken: _Cells, counts: npt.NDArray[np.int64]) -> str:
    """The sign beside most of the rows: none where those with a sign of any kind are fewer than one in two."""
    import pyarrow.compute as pc

    known = _flags(pc.is_valid(taken.bodies))
    rows = {unit: int(counts[known & (taken.units == unit)].sum()) for unit in dict.fromkeys(taken.units[known])}
    signs = {unit: count for unit, count in rows.items() if unit}
    if not signs:
        return ""
    most = max(signs, key=lambda unit: signs[unit])
    return most if most != PERCENT or signs[most] >= rows.get("", 0) else ""


def _is_allowed(marks: Marks, chosen: tuple[str | None, str | None]) -> bool:
    decimal, thousands = chosen
    return decimal in {None, marks.decimal} and (thousands is None or marks.thousands in {"", thousands})


def _other(marks: Marks, fitting: list[Marks]) -> Marks | None:
    """Of marks that fit as well, the first that reads the cells as other numbers."""
    return next(
        (each for each in fitting if each.decimal != marks.decimal and bool(each.thousands) != bool(marks.thousands)),
        None,
    )


def _any_share(cells: Any, share: float) -> bool:
    import pyarrow.compute as pc

    return bool(pc.mean(pc.is_valid(_taken_off(cells).bodies)).as_py() >= share)


def _flags(flags: Any) -> npt.NDArray[np.bool_]:
    import pyarrow.compute as pc

    return np.asarray(pc.fill_null(flags, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
