"""Prepared -> fitted model: log loss, optimisers, the loop that runs them, and the estimator.

An optimiser is an iterator over states and sees only an objective; ``run`` records and stops; ``train`` is the app's
door and ``LogisticRegression`` the one for code. The latter needs scikit-learn and is imported when first asked for.
"""

from typing import TYPE_CHECKING, Any

from logreg_core.training.fitted import FittedModel
from logreg_core.training.history import History
from logreg_core.training.log_loss import log_loss_terms, sigmoid
from logreg_core.training.objective import LogLoss
from logreg_core.training.optimisers import DescentState, gradient_descent
from logreg_core.training.run import Run, run
from logreg_core.training.settings import TrainSettings, suggested_learning_rate
from logreg_core.training.status import Status
from logreg_core.training.train import Progress, TrainingData, train

if TYPE_CHECKING:
    from logreg_core.training.estimator import LogisticRegression

__all__ = [
    "DescentState",
    "FittedModel",
    "History",
    "LogLoss",
    "LogisticRegression",
    "Progress",
    "Run",
    "Status",
    "TrainSettings",
    "TrainingData",
    "gradient_descent",
    "log_loss_terms",
    "run",
    "sigmoid",
    "suggested_learning_rate",
    "train",
]


def __getattr__(name: str) -> Any:
    if name == "LogisticRegression":
        from logreg_core.training.estimator import LogisticRegression

        return LogisticRegression
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
