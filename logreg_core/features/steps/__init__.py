"""Steps of a recipe: repairs that the user chose, learned on training rows and applied to all rows alike."""

from logreg_core.features.steps.blank_means import BLANK, LONGEST, BlankMeans
from logreg_core.features.steps.chain import (
    MOST_STEPS,
    OF_THE_TARGET,
    FittedSteps,
    can_swap,
    fit_steps,
    names_after,
    needed_columns,
    origins,
    rows_used,
    step_from_dict,
    swapped,
)
from logreg_core.features.steps.clip import Clip
from logreg_core.features.steps.date_parts import PARTS, DateParts
from logreg_core.features.steps.drop_duplicates import ALL_COLUMNS, DropDuplicates, repeats
from logreg_core.features.steps.flag_missing import FlagMissing
from logreg_core.features.steps.group_levels import GroupLevels
from logreg_core.features.steps.leave_out import LeaveOut
from logreg_core.features.steps.no_class import NoClass
from logreg_core.features.steps.one_spelling import OneSpelling
from logreg_core.features.steps.same_class import SameClass
from logreg_core.features.steps.step import Step, listed
from logreg_core.features.steps.text_to_number import MARKS, TextToNumber
from logreg_core.features.steps.values_to_missing import ValuesToMissing

__all__ = [
    "ALL_COLUMNS",
    "BLANK",
    "LONGEST",
    "MARKS",
    "MOST_STEPS",
    "OF_THE_TARGET",
    "PARTS",
    "BlankMeans",
    "Clip",
    "DateParts",
    "DropDuplicates",
    "FittedSteps",
    "FlagMissing",
    "GroupLevels",
    "LeaveOut",
    "NoClass",
    "OneSpelling",
    "SameClass",
    "Step",
    "TextToNumber",
    "ValuesToMissing",
    "can_swap",
    "fit_steps",
    "listed",
    "names_after",
    "needed_columns",
    "origins",
    "repeats",
    "rows_used",
    "step_from_dict",
    "swapped",
]
