"""Which whole groups test: each equally likely, and the test rows near the share of the rows that was asked for.

scikit-learn's GroupShuffleSplit counts groups: a fifth of the customers may be half of the rows. Its
StratifiedGroupKFold cuts into folds of one size, so it knows few shares. Taking the best of many draws keeps to the
share, and takes the same few groups that fit best for every seed. The cube method (Deville and Tillé, "Efficient
balanced sampling", Biometrika 2004) does both: each group has its chance to test, exactly, and the rows tested add up
to what these chances promise, up to the rows of the last groups decided.

1. The chances of all groups begin at the share. Of groups with the same rows as many test as their chances add up to,
   drawn by lot; one of them keeps the fraction that is left as its chance (or certainty, where there is none).
2. Those left are taken a few at a time, groups of more rows first, so that the last to be decided are small. Their
   chances move up and down together, by lot and fairly, so that the rows they promise stay the same, until one of them
   is 0 or 1 (Chauvet and Tillé, "A fast algorithm of balanced sampling", 2006).
3. A draw that is not near enough to the share, or leaves a side without rows of a class, is drawn again.

A group of more rows than the test part is to hold never tests, as long as the others can fill it. Where there are only
a few groups or rows of a class, being near the share comes first, and groups that fit it badly test less often.

Stratified, both classes are counted apart, so that the test part comes near to its share of each; else rows are.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEAR, NEAR_AT_MOST = 0.05, 0.01
"""How far from its share the test part may be: as a part of that share, and as a share; one row is always near."""
_MOST_DRAWS = 200
_MOST_DECIDED = 200_000
"""Groups that all draws together decide one by one: what is not near by then is unlikely ever to be."""
_FEW_GROUPS = 12  # all ways to choose from them are looked at
_DECIDED = 1e-9


def choose_groups(counts: FloatArray, share: float, seed: int) -> Flags:
    """Which of g groups test (g,), given how many rows of each of one or two kinds they have:
    ``counts`` (g, 1 or 2) of whole numbers, g > 1.

    Each side gets at least one row of each kind if a draw brings that about.
    """
    sums = counts.sum(axis=0)
    counts, sums = counts[:, sums > 0], sums[sums > 0]
    rng = np.random.default_rng(seed)
    draw = _Draw(counts, _chances(counts.sum(axis=1), share), rng)
    tried, ways = [], max(10, min(_MOST_DRAWS, _MOST_DECIDED // max(1, draw.undecided)))
    for _ in range(ways):
        tested = draw.once()
        if _is_near(counts[tested].sum(axis=0), sums, share):
            return tested
        tried.append(tested)
    if len(counts) <= _FEW_GROUPS:
        every = np.array(list(itertools.product([False, True], repeat=len(counts)))[1:-1])
        tried = list(every[rng.permutation(len(every))])
    distances = np.array([_distance(counts[tested].sum(axis=0), sums, share) for tested in tried])
    # The first of those that are about as near as the nearest: not the nearest, which would be the same for each seed.
    return tried[int(np.argmax(distances <= distances.min() + _tolerance(share)))]


def _chances(rows: FloatArray, share: float) -> FloatArray:
    """The chance of each group to test (g,): all the same, but for those too large, which have none."""
    wanted = share * rows.sum()
    sizes = np.sort(rows)
    can_fill = sizes[np.searchsorted(np.cumsum(sizes), wanted - _DECIDED)]
    may_test = rows <= max(wanted, can_fill)
    return np.where(may_test, min(1.0, wanted / rows[may_test].sum()), 0.0)


def _is_near(part: FloatArray, sums: FloatArray, share: float) -> bool:
    both_sides = bool(((part > 0) & (part < sums)).all())
    return both_sides and bool((np.abs(part - share * sums) <= np.maximum(_tolerance(share) * sums, 1.0)).all())


def _tolerance(share: float) -> float:
    return min(NEAR * share, NEAR_AT_MOST)


def _distance(part: FloatArray, sums: FloatArray, share: float) -> float:
    """How far a test part of ``part`` (k,) rows of each kind is from ``share``; farther than any where one is bare."""
    bare = (part == 0) | (part == sums)
    return float(np.abs(part / sums - share).sum() + 100.0 * bare.sum())


class _Draw:
    """Draws of groups with rows ``counts`` (g, 1 or 2), each with its chance (g,): the same for the same rows."""

    def __init__(self, counts: FloatArray, chances: FloatArray, rng: np.random.Generator) -> None:
        # Rows of the one kind and of the other as one number: groups with the same of both are alike.
        pairs = counts[:, 0] * (counts[:, -1].max() + 1) + counts[:, -1]
        _, first, self._alike, how_many = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
        self._before = np.cumsum(how_many) - how_many
        promised = how_many * chances[first]
        self._certain = np.floor(promised + _DECIDED)
        left = promised - self._certain
        kinds = np.flatnonzero(left > _DECIDED)
        self._kinds, self._left, self._rows = kinds, left[kinds], counts[first[kinds]]
        self._rng = rng

    @property
    def undecided(self) -> int:
        """Groups of a draw that are decided one by one."""
        return len(self._kinds)

    def once(self) -> Flags:
        """Which groups test (g,)."""
        by_lot = self._rng.permutation(len(self._alike))
        order = by_lot[np.argsort(self._alike[by_lot], kind="stable")]  # those alike side by side
        place = np.arange(len(order)) - self._before[self._alike[order]]
        certain = self._certain[self._alike[order]]
        tested = np.zeros(len(order), dtype=np.bool_)
        tested[order[place < certain]] = True
        next_of_kind = order[(self._before + self._certain.astype(np.intp))[self._kinds]]
        tested[next_of_kind] = self._decide()
        return tested

    def _decide(self) -> Flags:
        """One group of each kind with a fraction left: whether it tests."""
        by_lot = self._rng.permutation(len(self._kinds))
        powers = np.frexp(self._rows[by_lot].sum(axis=1))[1]
        order = by_lot[np.argsort(-powers, kind="stable")]
        decided = np.zeros(len(order), dtype=np.bool_)
        decided[order] = _walk(self._rows[order].tolist(), self._left[order].tolist(), self._rng)
        return decided


def _walk(rows: list[list[float]], chances: list[float], rng: np.random.Generator) -> list[bool]:
    """Chances in order, moved until all are 0 or 1: each stays what it is on average, and so do the rows they promise.

    ``rows`` and ``chances`` have an entry for each group; ``chances`` is changed.
    """
    at_once = len(rows[0]) + 1 if rows else 1
    lots = iter(rng.random(len(rows) + at_once).tolist())
    window: list[int] = []
    for place in range(len(rows)):
        window.append(place)
        while len(window) == at_once:
            window = _moved(window, _direction([rows[at] for at in window]), chances, next(lots))
    while len(window) > 1:  # too few to keep both kinds as promised: all rows together are
        together = [[sum(rows[at])] for at in window[:2]]
        window = _moved(window[:2], _direction(together), chances, next(lots)) + window[2:]
    for at in window:
        chances[at] = float(next(lots) < chances[at])
    return [chance > 0.5 for chance in chances]


def _direction(rows: list[list[float]]) -> tuple[float, ...]:
    """How the chances of two groups of one kind, or of three of two kinds, can move so that the rows promised stay."""
    if len(rows) == 2:
        return rows[1][0], -rows[0][0]
    (a, b), (c, d), (e, f) = rows
    across = (c * f - d * e, e * b - f * a, a * d - b * c)
    # Of all the same mixture, any two groups can do it.
    return across if any(across) else (c + d, -a - b, 0.0)


def _moved(window: list[int], direction: tuple[float, ...], chances: list[float], lot: float) -> list[int]:
    """Move ``chances`` along ``direction`` or against it until one is 0 or 1; the places that are still undecided."""
    reaches = []
    for sign in (1.0, -1.0):
        steps = [
            ((1.0 - chances[at]) if sign * along > 0 else chances[at]) / abs(along) if along else np.inf
            for at, along in zip(window, direction, strict=True)
        ]
        reaches.append(min(steps))
    # Fair: the shorter way is taken the more often, so that on average no chance moves.
    step = reaches[0] if lot * (reaches[0] + reaches[1]) < reaches[1] else -reaches[1]
    for at, along in zip(window, direction, strict=True):
        chances[at] += step * along
    for at in window:
        if min(chances[at], 1.0 - chances[at]) < _DECIDED:
            chances[at] = float(round(chances[at]))
    return [at for at in window if 0.0 < chances[at] < 1.0]
