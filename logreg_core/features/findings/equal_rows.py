"""How many rows of a table are equal, and how many chance would make equal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from logreg_core.features.findings.look import Look

Hashes = npt.NDArray[np.uint64]
_BY_CHANCE = 0.01
_TIMES = 3
_ALIKE_BY_NATURE = 0.1
_CERTAIN_ODDS = 3.0
_ENOUGH_PAIRS = 10
_MOST_COLUMNS = 30
_ROUNDS = 5
_LARGE, _LARGER, _FEW_ROWS = 10, 5, 0.1


def more_than_chance(frame: pd.DataFrame, looks: list[Look], hashes: Hashes) -> bool:
    """Whether there are more pairs of equal rows than chance makes in one of a hundred tables, and three times as many.

    Pairs that chance alone makes equal are about Poisson distributed. How many it makes is estimated in several ways,
    of which the largest counts: as if no column had to do with another; and, for a column after the other, from the
    pairs that agree in all columns but this one, taking only this one for independent of the rest. Of copies there are
    few such pairs, of rows that are alike by nature there are many.

    Each estimate is made twice. That no pair is a copy, which is what the test is of, makes it large; that what is too
    much are copies makes it the likelier one. Even so, columns that hang together make more equal rows than that, hence
    three times; and where chance makes a pair for each ten rows, copies cannot be told from rows alike by nature.
    """
    from scipy.special import gammainc

    pairs = _pairs(hashes)
    copies = _likely_copies(looks, pairs)
    without_copies, expected = _if_independent(looks, 0.0), _if_independent(looks, copies)
    most = min(pairs / _TIMES, _ALIKE_BY_NATURE * len(frame))
    places = {name: place for place, name in enumerate(frame.columns)}
    for look in looks[:_MOST_COLUMNS]:
        if expected >= most:
            return False
        nearly = _pairs(hashes - _hash(frame[look.name], places[look.name])) - pairs
        odds = _odds_of_agreeing(look, copies)
        # What nearly always agrees would make much of a single pair that does not.
        if odds <= _CERTAIN_ODDS or nearly >= _ENOUGH_PAIRS:
            expected = max(expected, nearly * odds)
            without_copies = max(without_copies, nearly * _odds_of_agreeing(look, 0.0))
    # P(N >= pairs) of a Poisson variable is the regularised lower incomplete gamma function at its mean.
    return expected < most and float(gammainc(max(pairs, 1.0), without_copies)) < _BY_CHANCE


def outside_of_large_groups(hashes: Hashes) -> npt.NDArray[np.bool_] | None:
    """Rows (n,) that are not in one of a few large groups of equal rows, such as customers who never bought.

    Each pair in a group counts, so that 60 rows of zeros hide hundreds of copies. A group is large that has ten rows or
    more, and five times those of the next smaller one; all of them together have no more than a tenth of the rows. None
    where there is no such group.
    """
    _, place, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    ordered = np.sort(sizes)[::-1]
    drops = np.flatnonzero((ordered[:-1] >= _LARGE) & (ordered[:-1] >= _LARGER * ordered[1:]))
    if not drops.size or ordered[: drops[-1] + 1].sum() > _FEW_ROWS * hashes.size:
        return None
    return np.asarray((sizes < ordered[drops[-1]])[place])


def _likely_copies(looks: list[Look], pairs: float) -> float:
    """Pairs beyond what chance makes; what are copies says what chance makes, and the other way round."""
    copies = pairs
    for _ in range(_ROUNDS):
        copies = max(0.0, pairs - _if_independent(looks, copies))
    return copies


def _odds_of_agreeing(look: Look, copies: float) -> float:
    """Pairs of rows that agree in a column by those that do not, without pairs of ``copies``, which agree in all."""
    all_pairs = look.rows * (look.rows - 1) / 2
    agreeing = max(0.0, (look.agree * look.rows**2 - look.rows) / 2 - copies)
    return agreeing / max(1.0, all_pairs - copies - agreeing)


def _if_independent(looks: list[Look], copies: float) -> float:
    """Pairs of equal rows to expect if columns had nothing to do with each other."""
    expected = looks[0].rows * (looks[0].rows - 1) / 2
    for look in looks:
        odds = _odds_of_agreeing(look, copies)
        expected *= odds / (1 + odds)
    return expected


def _pairs(hashes: Hashes) -> float:
    """Pairs of rows with equal hashes."""
    _, sizes = np.unique(hashes, return_counts=True)
    return float((sizes * (sizes - 1.0) / 2).sum())


def hashes_of_rows(frame: pd.DataFrame, looks: list[Look]) -> Hashes:
    """A number for each row (n,), the sum of one for each column compared, so that each can be taken away again."""
    total = np.zeros(len(frame), dtype=np.uint64)
    places = {name: place for place, name in enumerate(frame.columns)}
    for look in looks:
        total += _hash(frame[look.name], places[look.name])
    return total


def _hash(column: pd.Series, place: int) -> Hashes:
    # An odd factor for each place, so that two columns with their values exchanged do not add up to the same.
    factor = np.random.default_rng(place).integers(2**63, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return np.multiply(pd.util.hash_pandas_object(column, index=False).to_numpy(), factor, dtype=np.uint64)
