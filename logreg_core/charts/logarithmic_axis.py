"""An axis on which each step is so many times as much: few numbers on it, round and without powers of ten."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_FEW_POWERS, _NUMBERS = 2.5, 4
_WRITTEN_OUT = 1e7
"""End of the numbers that are written on an axis without powers of ten."""
_SMALLEST_WRITTEN = -5
"""The power of ten below which there are no more numbers on an axis: there is no room for their many zeros."""


def logarithmic_axis(values: Floats) -> dict[str, Any]:
    """An axis for these with about four numbers on it; what is not above 0 has no place on it."""
    finite = values[np.isfinite(values) & (values > 0)]
    powers = float(np.log10(finite.max()) - np.log10(finite.min())) if len(finite) else 0.0
    if len(finite) and powers < _FEW_POWERS:  # too few powers of ten for numbers on them alone
        return {"type": "log", "tickvals": _round_places(finite.min(), finite.max()), "tickformat": "~g"}
    if len(finite) and 10.0 ** (_SMALLEST_WRITTEN + 1) <= finite.max() < _WRITTEN_OUT:
        first, last = (int(end(np.log10(value))) for end, value in ((np.floor, finite.min()), (np.ceil, finite.max())))
        first = max(first, _SMALLEST_WRITTEN)
        tens = range(first, last + 1, max(1, round(powers / 4)))
        texts = [f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}" for power in tens]
        return {"type": "log", "tickvals": [10.0**power for power in tens], "ticktext": texts}
    return {"type": "log", "dtick": max(1, round(powers / 4)), "exponentformat": "power"}


def _round_places(low: float, high: float) -> list[float]:
    """Two to four round numbers between these, such as 0.05, 0.1, 0.2; where there are none, such as there are."""
    for digits in ((1,), (1, 3), (1, 2, 5), range(1, 10), range(10, 100)):
        powers = range(int(np.floor(np.log10(low))) - 1, int(np.ceil(np.log10(high))) + 1)
        round_ones = [float(f"{digit}e{power}") for power in powers for digit in digits]
        places = sorted({place for place in round_ones if low <= place <= high})
        if len(places) > 1:
            return places[:: -(-len(places) // _NUMBERS)]
    return sorted({float(f"{place:.3g}") for place in (low, high)})
