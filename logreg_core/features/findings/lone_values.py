"""One value, at either end of a column, that comes again and again with no other anywhere near it: a filled gap.

Nothing but its place tells 0 from any other number, so three things are asked of the others before 0 is called odd.

- They keep away from it: it is 3.5 interquartile ranges or more from their quartile, and the next of them is at least
  one such range off. That is beyond Tukey's far-out fences, and 5.4 standard deviations from the mean of a normal
  column: hours worked, of 38 and 8 more or less, may well be none; no pressure of 132 and 18 more or less is. Amounts,
  counts and claims of which many are none run down to near zero, or are so skewed that their lower fence is below zero:
  there 0 is the end of the scale.
- They are a measure: 20 rows or more, of a dozen different values. Of a few values each may be a group of its own.
- They are the greater part by far. Where more than one in five rows is 0, that is rather a group that has none of it.

How often 0 comes does not matter besides: of the pressures of 1,000 hearts one 0 is as wrong as 80. Of any other value
that says less, as a tail may end anywhere: it has to come three times or more, more often than each of the others (the
limit of a gauge, a price), and as far off as they are wide.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from logreg_core.data.spread import fences, quantile

_FEWEST, _DIFFERENT = 20, 12
_MOST = 0.2
_FENCE = 3.5
_AGAIN = 3


def lone_values(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp]) -> tuple[tuple[float, int], ...]:
    """Those of the different ``values`` (k,), sorted, of ``counts`` rows each, that stand so; with their rows."""
    found = [(float(values[end]), int(counts[end])) for end in (0, -1) if len(values) and _is_lone(values, counts, end)]
    return tuple(found)


def _is_lone(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp], end: int) -> bool:
    """Whether the lowest (``end`` 0) or the highest value (-1) stands so."""
    rest = slice(1, None) if end == 0 else slice(None, -1)
    others, often = values[rest], counts[rest]
    value, rows, total = float(values[end]), int(counts[end]), int(often.sum())
    if len(others) < _DIFFERENT or total < _FEWEST or rows > _MOST * (total + rows):
        return False
    ordered = np.repeat(others, often)
    low, high = fences(ordered, _FENCE)
    with np.errstate(over="ignore"):
        gap, reach = float(np.abs(others - value).min()), float(others[-1] - others[0])
        middle_half = quantile(ordered, 0.75) - quantile(ordered, 0.25)
    if low <= value <= high or gap < middle_half:
        return False
    return value == 0 or (rows >= _AGAIN and rows > often.max() and gap >= reach)
