"""Table -> Prepared: which column to predict, from which columns, prepared and split how."""

from logreg_core.features.carry_over import carried_over
from logreg_core.features.class_column import class_column, targets_after
from logreg_core.features.columns import Roles, assign_roles
from logreg_core.features.design import Design, DesignColumn
from logreg_core.features.prepare import Prepared, prepare
from logreg_core.features.recipe import MAX_DEGREE, MAX_SEED, MISSING, SPLITS, TEST_SHARE, Recipe
from logreg_core.features.suggest import left_out_features, suggest_features
from logreg_core.features.targets import TargetCandidate, Targets, class_groups, class_names, find_targets
from logreg_core.features.uneven import filled_numbers, uneven_pair
from logreg_core.features.values import is_number

__all__ = [
    "MAX_DEGREE",
    "MAX_SEED",
    "MISSING",
    "SPLITS",
    "TEST_SHARE",
    "Design",
    "DesignColumn",
    "Prepared",
    "Recipe",
    "Roles",
    "TargetCandidate",
    "Targets",
    "assign_roles",
    "carried_over",
    "class_column",
    "class_groups",
    "class_names",
    "filled_numbers",
    "find_targets",
    "is_number",
    "left_out_features",
    "prepare",
    "suggest_features",
    "targets_after",
    "uneven_pair",
]
