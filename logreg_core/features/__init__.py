"""Table -> Prepared: which column to predict, from which columns, prepared and split how."""

from logreg_core.features.columns import Roles, assign_roles, is_number, suggest_features
from logreg_core.features.design import Design, DesignColumn
from logreg_core.features.prepare import Prepared, prepare
from logreg_core.features.recipe import MAX_DEGREE, MAX_SEED, MISSING, TEST_SHARE, Recipe
from logreg_core.features.targets import TargetCandidate, Targets, class_names, find_targets

__all__ = [
    "MAX_DEGREE",
    "MAX_SEED",
    "MISSING",
    "TEST_SHARE",
    "Design",
    "DesignColumn",
    "Prepared",
    "Recipe",
    "Roles",
    "TargetCandidate",
    "Targets",
    "assign_roles",
    "class_names",
    "find_targets",
    "is_number",
    "prepare",
    "suggest_features",
]
