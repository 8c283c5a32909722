"""The choices that turn a table into training and test rows, as one frozen ``Recipe``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from logreg_core.errors import RecipeError

SCHEMA = 1
MISSING = {
    "fill": "Fill in the typical value",
    "flag": "Fill in, and let the model see that it was missing",
    "drop": "Leave out rows with missing values",
}
MAX_DEGREE = 5
TEST_SHARE = (0.05, 0.5)
MAX_SEED = 2**32 - 1


@dataclass(frozen=True)
class Recipe:
    """What to predict, from what, prepared how, and split how.

    Attributes
    ----------
    target : str
        Column to predict.
    positive : str
        Name of the class whose probability the model gives; all other classes together are the negative class.
    features : tuple of str
        Columns the model may learn from, in the user's order.
    as_categories : tuple of str
        Number columns among ``features`` whose values are names (a region code), not amounts.
    missing : {"fill", "flag", "drop"}
        Fill with the median or most frequent level of the training rows; the same plus a yes/no column that says so;
        or leave the row out.
    scale : bool
        Bring every number column to mean 0 and standard deviation 1 over the training rows.
    degree : int
        1 to 5: highest power (and product) of number columns the model sees.
    test_share : float
        0.05 to 0.5: share of the rows kept aside for testing.
    seed : int
        0 to 2**32 - 1: which rows go where.
    stratify : bool
        Keep the class shares the same in training and test rows.
    """

    target: str
    positive: str
    features: tuple[str, ...]
    as_categories: tuple[str, ...] = ()
    missing: str = "fill"
    scale: bool = True
    degree: int = 1
    test_share: float = 0.2
    seed: int = 42
    stratify: bool = True

    def validate(self) -> None:
        """Raise RecipeError when a choice is out of its range or contradicts another."""
        if not self.features:
            raise RecipeError("No features are chosen.", remedy="Choose at least one column to learn from.")
        twice = [name for place, name in enumerate(self.features) if name in self.features[:place]]
        if twice:
            raise RecipeError(f"'{twice[0]}' is chosen twice.", remedy="Choose each column once.")
        if self.target in self.features:
            raise RecipeError(
                f"'{self.target}' is both the target and a feature.",
                remedy="Take it out of the features: a model that sees the answer has nothing to learn.",
            )
        if self.missing not in MISSING:
            raise RecipeError(f"'{self.missing}' is no way to treat missing values.", remedy=_one_of(MISSING))
        if not (isinstance(self.degree, int) and 1 <= self.degree <= MAX_DEGREE):
            raise RecipeError(f"A degree of {self.degree} is not possible.", remedy=f"Choose 1 to {MAX_DEGREE}.")
        low, high = TEST_SHARE
        if not low <= self.test_share <= high:
            raise RecipeError(
                f"A test share of {self.test_share:.0%} is not possible.", remedy=f"Choose {low:.0%} to {high:.0%}."
            )
        if not (isinstance(self.seed, int) and 0 <= self.seed <= MAX_SEED):
            raise RecipeError(f"A seed of {self.seed} is not possible.", remedy=f"Choose 0 to {MAX_SEED}.")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with the schema number."""
        return {
            "schema": SCHEMA,
            **asdict(self),
            "features": list(self.features),
            "as_categories": list(self.as_categories),
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        """Read what ``to_dict`` wrote; RecipeError when it is of another schema, incomplete or invalid."""
        given = dict(values)
        if given.pop("schema", None) != SCHEMA:
            raise RecipeError("These choices were saved by another version.", remedy="Choose again on this page.")
        try:
            recipe = cls(
                **{**given, "features": tuple(given["features"]), "as_categories": tuple(given["as_categories"])}
            )
        except (KeyError, TypeError) as problem:
            raise RecipeError("These choices are incomplete.", remedy="Choose again on this page.") from problem
        recipe.validate()
        return recipe

    def fingerprint(self, data: str) -> str:
        """SHA-256 (hexadecimal) of these choices applied to the data of fingerprint ``data``."""
        return hashlib.sha256(f"{data}\n{json.dumps(self.to_dict(), sort_keys=True)}".encode()).hexdigest()


def _one_of(names: dict[str, str]) -> str:
    return f"Choose one of: {', '.join(names)}."
