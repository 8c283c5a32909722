"""Which rows train and which are kept aside to test."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from logreg_core.errors import RecipeError
from logreg_core.features.recipe import Recipe


def split_rows(
    y: npt.NDArray[np.float64], recipe: Recipe, negative: str
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of training and test rows among the ``n`` rows of ``y`` (0 or 1), in scikit-learn's order.

    The same seed gives the rows that ``sklearn.model_selection.train_test_split(..., random_state=seed)`` gives.
    Raises RecipeError when there are too few rows, or when a part would be without one of the classes.
    """
    from sklearn.model_selection import train_test_split

    rows = np.arange(y.shape[0])
    n_test = int(np.ceil(recipe.test_share * rows.size))
    if min(n_test, rows.size - n_test) < 2:
        raise RecipeError(
            f"{rows.size} rows are too few to train on some and test on others.", remedy="Bring at least 10 rows."
        )
    counts = {recipe.positive: int(y.sum()), negative: int(rows.size - y.sum())}
    rarest = min(counts, key=lambda name: counts[name])
    if recipe.stratify and counts[rarest] < 2:
        raise RecipeError(
            f"Only one row is '{rarest}', so it cannot be in both the training and the test rows.",
            where=f"Column '{recipe.target}'.",
            remedy="Choose another class to predict, or bring more rows of this one.",
        )
    train, test = train_test_split(
        rows, test_size=recipe.test_share, random_state=recipe.seed, stratify=y if recipe.stratify else None
    )
    for part, name in ((train, "training"), (test, "test")):
        for value, missing_class in ((1.0, recipe.positive), (0.0, negative)):
            if not (y[part] == value).any():
                raise RecipeError(
                    f"No row of the {name} rows is '{missing_class}' ({counts[missing_class]} in the whole table).",
                    where=f"Column '{recipe.target}'.",
                    remedy=_remedy(recipe),
                )
    return train, test


def _remedy(recipe: Recipe) -> str:
    if recipe.stratify:
        return "Choose a larger test share, or bring more rows of this class."
    return "Turn on 'Same class shares in both parts', or choose another seed or test share."
