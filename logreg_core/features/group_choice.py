"""Which whole groups test, so that the test rows are as near as can be to the share of the rows that was asked for.

scikit-learn's GroupShuffleSplit counts groups: a fifth of the customers may be half of the rows. Its
StratifiedGroupKFold cuts into folds of one size, so it knows few shares, looks at one group after another for each
fold, and gives up where a class has fewer rows than there are folds. Neither comes near to the share of the rows where
groups differ in size, so the choice is made here:

1. Groups come in an order by chance, those of more rows first (compared by powers of two, so that chance has its say).
   Each goes to the side where the test part stays nearer to its share of the rows seen so far.
2. Then single groups change sides, or two swap, as long as that brings the test part nearer to its share.

Stratified, both classes are counted apart, so that the test part comes near to its share of each; else rows are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_MOST_MOVES = 200
_MOST_GROUPS_SWAPPED = 400  # all pairs of them are looked at
_EMPTY_SIDE = 100.0  # more than any distance: a side without rows of a kind is left if there is any way


def choose_groups(counts: FloatArray, share: float, seed: int) -> Flags:
    """Which of g groups test (g,), given how many rows of each of one or two kinds they have:
    ``counts`` (g, 1 or 2), g > 1.

    Each side gets at least one row of each kind if moving or swapping groups brings that about.
    """
    sums = counts.sum(axis=0)
    kinds = sums > 0
    portions = counts[:, kinds] / sums[kinds]
    tested = _one_after_another(portions, share, _order(counts.sum(axis=1), seed))
    return _brought_nearer(portions, share, tested)


def _order(rows: FloatArray, seed: int) -> npt.NDArray[np.intp]:
    """Groups of more rows first; by chance among those whose numbers of rows have the same power of two."""
    by_chance = np.random.default_rng(seed).permutation(len(rows))
    powers = np.frexp(rows[by_chance])[1]
    return np.asarray(by_chance[np.argsort(-powers, kind="stable")])


def _one_after_another(portions: FloatArray, share: float, order: npt.NDArray[np.intp]) -> Flags:
    first, last = portions[order, 0].tolist(), portions[order, -1].tolist()  # one kind is looked at as if it were two
    chosen = [False] * len(first)
    lack_first = lack_last = 0.0  # how much the test part is short of its share of what was seen
    for place, (one, other) in enumerate(zip(first, last, strict=True)):
        lack_first += share * one
        lack_last += share * other
        if abs(lack_first - one) + abs(lack_last - other) < abs(lack_first) + abs(lack_last):
            chosen[place] = True
            lack_first -= one
            lack_last -= other
    tested = np.zeros(len(portions), dtype=np.bool_)
    tested[order] = chosen
    return tested


def _brought_nearer(portions: FloatArray, share: float, tested: Flags) -> Flags:
    """``tested`` after the changes that each bring the test part nearest to its share, as long as one does."""
    tested = tested.copy()
    for _ in range(_MOST_MOVES):
        part = portions[tested].sum(axis=0)
        change = np.where(tested[:, None], -portions, portions)
        moved = _distance(part + change, share)
        best = int(np.argmin(moved))
        changed, distance = [best], float(moved[best])
        inside, outside = np.flatnonzero(tested), np.flatnonzero(~tested)
        if len(tested) <= _MOST_GROUPS_SWAPPED and inside.size and outside.size:
            swapped = _distance(part + change[inside][:, None] + change[outside][None, :], share)
            at = int(np.argmin(swapped))
            if swapped.flat[at] < distance:
                changed = [int(inside[at // len(outside)]), int(outside[at % len(outside)])]
                distance = float(swapped.flat[at])
        if not distance < float(_distance(part, share)) - 1e-9:
            break
        tested[changed] ^= True
    return tested


def _distance(part: FloatArray, share: float) -> FloatArray:
    """How far a test part that holds ``part`` (..., k) of the rows of each kind is from holding ``share`` of each."""
    bare = (part < 1e-12) | (part > 1 - 1e-12)
    return np.asarray(np.abs(part - share).sum(axis=-1) + _EMPTY_SIDE * bare.sum(axis=-1))
