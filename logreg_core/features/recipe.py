"""The choices that turn a table into training and test rows, as one frozen ``Recipe``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from logreg_core.errors import RecipeError
from logreg_core.features.steps import MOST_STEPS, OF_THE_TARGET, DropDuplicates, Step, step_from_dict
from logreg_core.plain_values import WrongValue, read_fields

SCHEMA = 2
MISSING = {
    "fill": "Fill in the typical value",
    "flag": "Fill in, and let the model see that it was missing",
    "drop": "Leave out rows with missing values",
}
MAX_DEGREE = 5
SPLITS = {
    "random": "At random",
    "group": "Rows that belong together stay together",
    "time": "Train on the past, test on the latest",
    "column": "A column says which rows test",
}
TEST_SHARE = (0.05, 0.5)
MAX_SEED = 2**32 - 1


@dataclass(frozen=True)
class Recipe:
    """What to predict, from what, repaired, prepared and split how.

    Attributes
    ----------
    target : str
        Column to predict.
    positive : str
        Name of the class whose probability the model gives; all other classes together are the negative class.
    features : tuple of str
        Columns the model may learn from, named as they are after ``steps``, in the user's order.
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
        Keep the class shares the same in training and test rows; for splits at random and by group.
    steps : tuple of Step
        Repairs of the table, in order; those that learn something learn it on the training rows.
    split : {"random", "group", "time", "column"}
        How rows are kept aside: by chance, by chance but whole groups, the latest, or as a column says.
    split_column : str
        The column that holds the group, the time or the part; empty for "random".
    test_value : str
        For "column": the name of the value that marks test rows. All other rows with a value train.
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
    steps: tuple[Step, ...] = ()
    split: str = "random"
    split_column: str = ""
    test_value: str = ""

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
        self._validate_split()
        self._validate_steps()

    def _validate_split(self) -> None:
        if self.split not in SPLITS:
            raise RecipeError(f"'{self.split}' is no way to keep rows aside.", remedy=_one_of(SPLITS))
        if self.split != "random" and not self.split_column:
            raise RecipeError(
                "It is not chosen which column decides about the test rows.",
                remedy="Choose a column, or keep rows aside at random.",
            )
        if self.split != "random" and self.split_column == self.target:
            raise RecipeError(
                f"'{self.target}' is what to predict; it cannot also decide which rows test.",
                remedy="Choose another column, or keep rows aside at random.",
            )

    def _validate_steps(self) -> None:
        if len(self.steps) > MOST_STEPS:
            raise _too_many(len(self.steps))
        for step in self.steps:
            step.validate()
            if self.target in step.columns and step.kind not in {DropDuplicates.kind, *OF_THE_TARGET}:
                raise RecipeError(
                    f"'{self.target}' is what to predict, so this step may not change it.",
                    where=f"Step: {step.sentence}.",
                    remedy="Undo this step, or choose another column to predict.",
                )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with the schema number."""
        return {
            "schema": SCHEMA,
            **asdict(self),
            "features": list(self.features),
            "as_categories": list(self.as_categories),
            "steps": [step.to_dict() for step in self.steps],
        }

    @classmethod
    def from_dict(cls, values: object) -> Recipe:
        """Read what ``to_dict`` wrote, now or when there were no steps (schema 1).

        Raises RecipeError when it is of another schema, incomplete or invalid, or a value is of another type.
        """
        given = dict(values) if isinstance(values, Mapping) else {}
        schema = given.pop("schema", None)
        if type(schema) is not int or schema not in {1, SCHEMA}:
            raise RecipeError("These choices were saved by another version.", remedy="Choose again on this page.")
        steps = [] if schema == 1 else given.pop("steps", None)
        try:
            if not isinstance(steps, list | tuple):
                raise WrongValue("“steps” is missing")
            if len(steps) > MOST_STEPS:
                raise _too_many(len(steps))
            known = {"steps": tuple(step_from_dict(step) for step in steps)}
            recipe = cls(**read_fields(cls, given, known=known))
        except WrongValue as problem:
            raise RecipeError(
                "These choices cannot be read.", where=f"{problem}.", remedy="Choose again on this page."
            ) from problem
        recipe.validate()
        return recipe

    def fingerprint(self, data: str) -> str:
        """SHA-256 (hexadecimal) of these choices applied to the data of fingerprint ``data``."""
        return hashlib.sha256(f"{data}\n{json.dumps(self.to_dict(), sort_keys=True)}".encode()).hexdigest()


def _too_many(steps: int) -> RecipeError:
    return RecipeError(f"{steps:,} steps are too many.", remedy=f"Undo some; there is room for {MOST_STEPS}.")


def _one_of(names: dict[str, str]) -> str:
    return f"Choose one of: {', '.join(names)}."
