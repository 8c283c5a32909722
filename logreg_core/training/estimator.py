"""Logistic regression as a scikit-learn estimator, for code: pipelines, cross-validation, scripts.

The app does not come through here but through ``train``; both run the same objective, solvers and loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.class_weight import compute_class_weight
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from logreg_core.errors import TrainingError
from logreg_core.training.batches import RowBatches
from logreg_core.training.blas import one_blas_thread
from logreg_core.training.column_words import plain_sentence
from logreg_core.training.descent import descent
from logreg_core.training.exact_solvers import EXACT_SOLVERS
from logreg_core.training.firth import fit_firth
from logreg_core.training.log_loss import sigmoid
from logreg_core.training.objective import LogLoss
from logreg_core.training.penalty import Penalty
from logreg_core.training.run import run
from logreg_core.training.settings import OPTIMISERS, TrainSettings
from logreg_core.training.solution import Solution, solve

Array = NDArray[np.float64]

DEFAULT_LEARNING_RATE = 0.1
SOLVERS = (*OPTIMISERS, "auto", *EXACT_SOLVERS)


class LogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Binary logistic regression, without a penalty unless asked for.

    Minimises the weighted mean of the log loss plus ``alpha * (l1_ratio * |w|_1 + (1 - l1_ratio)/2 * |w|_2^2)``; the
    intercept is not penalised. (scikit-learn's C is 1 / (n * alpha).)

    Parameters
    ----------
    solver : str
        "auto" finds the optimum with the exact solver that suits the table; ``solver_`` says which. By name: "newton",
        "subsampled_newton", "newton_cg", "lbfgs", "prox_newton" (the one for ``l1_ratio`` above 0). The others descend,
        for watching and learning: "gradient_descent", "momentum", "nesterov", "adam", "line_search".
    penalty : {"firth"} or None
        "firth" maximises Firth's penalised likelihood instead (``fit_firth``): finite weights for separated data, less
        biased ones for rare. For the solver "auto" and an ``alpha`` of 0. Weights of rows and classes then count as
        repetitions, so that their total matters too.
    alpha : float
        Strength of the penalty, 0 or more.
    l1_ratio : float
        Kind of the penalty, from 0 (ridge) to 1 (lasso).
    class_weight : dict, "balanced" or None
        Weight of each class, as in scikit-learn; multiplies the sample weights.
    learning_rate : float, optional
        For descents: above 0; every step of plain gradient descent lowers the cost when it is below
        ``LogLoss(X, y).safe_learning_rate()``. If left out, 0.1, the tutorial's; with sample or class weights, which
        are for use and not for watching, half of the safe rate if that is smaller.
    max_iter : int
        Most epochs; exactly as many updates are made unless the run ends otherwise.
    tol : float
        Converged when no entry of the gradient of the objective is larger than this in absolute value.
    batch_size : int, optional
        For descents: rows of a mini-batch; all rows if left out.
    momentum : float, optional
        For "momentum" and "nesterov".
    start : {"zero", "random"} or array of shape (n_features + 1,), optional
        [coefficients..., intercept]. If left out, zero for descents and the model without coefficients for the others.
    warm_start : bool
        Start from the last fit, if there was one.
    random_state : int, RandomState or None
        For batches, random starts and samples of rows. None is 0: the same data and parameters give the same bits.

    Attributes
    ----------
    classes_ : array of shape (2,)
        The positive class is the second.
    coef_ : array of shape (1, n_features)
    intercept_ : array of shape (1,)
    n_iter_ : int array of shape (1,)
        Updates made.
    n_features_in_ : int
    feature_names_in_ : array of shape (n_features,)
        Only when X had column names.
    solver_ : str
        The solver that ran; "firth" for that penalty.
    history_ : History
        ``history_.cost[k]`` is the cost before update k.
    cost_ : float
        The objective at the end; with Firth's penalty minus the penalised log likelihood, divided by the total weight.
    status_ : Status
        How the run ended; no warning is given besides.
    reason_ : str
        What the status means for these columns, by name; empty where there is nothing to say.
    """

    def __init__(
        self,
        solver: str = "gradient_descent",
        *,
        penalty: str | None = None,
        alpha: float = 0.0,
        l1_ratio: float = 0.0,
        class_weight: Mapping[Any, float] | str | None = None,
        learning_rate: float | None = None,
        max_iter: int = 1000,
        tol: float = 1e-8,
        batch_size: int | None = None,
        momentum: float | None = None,
        start: str | ArrayLike | None = None,
        warm_start: bool = False,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.solver = solver
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.class_weight = class_weight
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol
        self.batch_size = batch_size
        self.momentum = momentum
        self.start = start
        self.warm_start = warm_start
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        watch: Callable[[Any], bool | None] | None = None,
    ) -> LogisticRegression:
        """Train on X of shape (n, n_features) and y of shape (n,) with two classes, of any type.

        ``sample_weight`` has shape (n,), 0 or more. ``watch`` is called with every state, the start included; True
        stops the run and keeps what was reached.

        Raises
        ------
        TrainingError
            A parameter out of its range, or a solver that cannot do with the penalty.
        ValueError
            X or y that cannot be trained on, in scikit-learn's words.
        """
        if self.solver not in SOLVERS:
            raise TrainingError(f"There is no solver {self.solver!r}.", remedy=f"Choose one of: {', '.join(SOLVERS)}.")
        penalty = self._penalty()
        settings = self._settings()
        before = self._last_parameters() if self.warm_start else None
        rows, encoded = self._checked(X, y)
        weights = self._weights(rows, encoded, sample_weight)
        start = self._start(rows.shape[1], settings.seed) if before is None else before
        if start is not None and start.shape != (rows.shape[1] + 1,):
            raise TrainingError(
                f"The start has {start.size} weights, and the model {rows.shape[1] + 1}.",
                remedy="Give one weight for each column and a last one for the intercept.",
            )
        if self.solver in OPTIMISERS:
            solution = self._descend(rows, encoded, penalty, settings, weights=weights, start=start, watch=watch)
        elif self.penalty == "firth":
            solution = self._firth(rows, encoded, settings, weights=weights, start=start, watch=watch)
        else:
            solution = solve(
                rows,
                encoded,
                self._names(),
                solver=self.solver,
                penalty=penalty,
                sample_weight=weights,
                start=start,
                tol=settings.tol,
                max_iter=settings.max_iter,
                seed=settings.seed,
                watch=watch,
            )
        ended = solution.run
        self.coef_ = ended.parameters[None, :-1].copy()
        self.intercept_ = ended.parameters[-1:].copy()
        self.n_iter_ = np.array([ended.n_iter], dtype=np.int32)
        self.solver_ = solution.solver
        self.history_ = ended.history
        self.cost_ = ended.cost
        self.status_ = ended.status
        self.reason_ = self._reason(solution)
        return self

    def decision_function(self, X: ArrayLike) -> Array:
        """Linear predictor (log-odds) of ``classes_[1]``, shape (n,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        scores: Array = rows @ self.coef_[0] + self.intercept_[0]
        return scores

    def predict_proba(self, X: ArrayLike) -> Array:
        """Probability of each class in the order of ``classes_``, shape (n, 2)."""
        scores = self.decision_function(X)
        return np.column_stack([sigmoid(-scores), sigmoid(scores)])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return ``classes_[1]`` where its probability is at least one half, shape (n,)."""
        positive = sigmoid(self.decision_function(X)) >= 0.5
        predicted: NDArray[Any] = self.classes_[positive.astype(np.intp)]
        return predicted

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

    def _penalty(self) -> Penalty:
        for name, value, most in (("alpha", self.alpha, np.inf), ("l1_ratio", self.l1_ratio, 1.0)):
            if not _is_number_within(value, most):
                allowed = "a number, 0 or more" if most == np.inf else "a number from 0 to 1"
                raise TrainingError(f"{name} is {value!r}.", remedy=f"Choose {allowed}.")
        penalty = Penalty(float(self.alpha), float(self.l1_ratio))
        if self.penalty is not None:
            self._check_firth(penalty)
        if penalty.lasso > 0 and self.solver in OPTIMISERS:
            raise TrainingError(
                f"A descent has no absolute values in its penalty, and l1_ratio is {self.l1_ratio!r}.",
                remedy="Choose the solver 'auto' or 'prox_newton', or an l1_ratio of 0.",
            )
        return penalty

    def _check_firth(self, penalty: Penalty) -> None:
        if self.penalty != "firth":
            raise TrainingError(f"There is no penalty {self.penalty!r}.", remedy="Choose 'firth' or None.")
        if penalty.alpha > 0:
            raise TrainingError(
                f"Firth's penalty has no strength to choose, and alpha is {self.alpha!r}.",
                remedy="Choose an alpha of 0, or the penalty None.",
            )
        if self.solver != "auto":
            raise TrainingError(
                f"The solver {self.solver!r} cannot do with Firth's penalty.",
                remedy="Choose the solver 'auto', or the penalty None.",
            )

    def _settings(self) -> TrainSettings:
        """Return the parameters that descents and exact solvers check alike."""
        descends = self.solver in OPTIMISERS
        settings = TrainSettings(
            DEFAULT_LEARNING_RATE if self.learning_rate is None else self.learning_rate,
            self.max_iter,
            self.tol,
            optimiser=self.solver if descends else "gradient_descent",
            batch_size=self.batch_size if descends else None,
            momentum=self.momentum if descends else None,
            seed=self._seed(),
        )
        settings.validate()
        return settings

    def _seed(self) -> int:
        if self.random_state is None:
            return 0
        if isinstance(self.random_state, int | np.integer):
            return int(self.random_state)
        return int(check_random_state(self.random_state).randint(2**31 - 1))

    def _start(self, n_features: int, seed: int) -> Array | None:
        if self.start is None or (isinstance(self.start, str) and self.start in ("zero", "random")):
            if self.start is None and self.solver not in OPTIMISERS:
                return None
            name = "zero" if self.start is None else str(self.start)
            return TrainSettings(seed=seed, start=name).start_parameters(n_features)
        if isinstance(self.start, str):
            raise TrainingError(f"There is no start {self.start!r}.", remedy="Choose 'zero', 'random' or an array.")
        start = np.asarray(self.start, dtype=np.float64)
        if not np.isfinite(start).all():
            raise TrainingError("The start has a weight that is not finite.", remedy="Give numbers.")
        return start

    def _last_parameters(self) -> Array | None:
        if not hasattr(self, "coef_"):
            return None
        return np.append(self.coef_[0], self.intercept_)

    def _names(self) -> list[str]:
        if hasattr(self, "feature_names_in_"):
            return [str(name) for name in self.feature_names_in_]
        return [f"column {j + 1}" for j in range(self.n_features_in_)]

    def _reason(self, solution: Solution) -> str:
        """What the status means for these columns, with the classes by their names."""
        if solution.separation is None:
            return solution.reason
        named = plain_sentence(solution.separation, (str(self.classes_[1]), str(self.classes_[0])))
        return solution.reason.replace(solution.separation.sentence, named)

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, NDArray[Any]]:
        """Return the rows and y as 0 and 1; sets what the estimator remembers of them."""
        fast = _classes_of_plain_arrays(X, y)
        if fast is not None:
            assert isinstance(X, np.ndarray)
            self.classes_, encoded = fast
            self.n_features_in_ = X.shape[1]
            if hasattr(self, "feature_names_in_"):
                del self.feature_names_in_
            return X, encoded
        rows, targets = validate_data(self, X, y, dtype=np.float64, order="C")
        self.classes_, numbers = _two_classes(targets)
        return rows, numbers

    def _weights(self, rows: Array, encoded: NDArray[Any], sample_weight: ArrayLike | None) -> Array | None:
        if sample_weight is None and self.class_weight is None:
            return None
        weights: Array = _check_sample_weight(
            sample_weight, rows, dtype=np.float64, ensure_non_negative=True, copy=True
        )
        if self.class_weight is not None:
            _check_both_classes_weigh(weights, encoded)
            labels = self.classes_[encoded.astype(np.intp)]
            of_class = compute_class_weight(self.class_weight, classes=self.classes_, y=labels, sample_weight=weights)
            weights *= of_class[encoded.astype(np.intp)]
        if not weights.any():
            raise ValueError("Sample weights must contain at least one non-zero number.")
        if not np.all(np.isfinite(weights) & (weights >= 0)):
            raise ValueError(f"Class weights must be finite and 0 or more, got {self.class_weight!r}.")
        _check_both_classes_weigh(weights, encoded)
        return weights

    def _firth(
        self,
        rows: Array,
        encoded: NDArray[Any],
        settings: TrainSettings,
        *,
        weights: Array | None,
        start: Array | None,
        watch: Callable[[Any], bool | None] | None,
    ) -> Solution:
        fit = fit_firth(
            rows,
            encoded,
            feature_names=self._names(),
            sample_weight=weights,
            start=start,
            tol=settings.tol,
            max_iter=settings.max_iter,
            watch=watch,
        )
        return Solution(fit.run, "firth", "" if fit.aliasing is None else fit.aliasing.sentence)

    def _descend(
        self,
        rows: Array,
        encoded: NDArray[Any],
        penalty: Penalty,
        settings: TrainSettings,
        *,
        weights: Array | None,
        start: Array | None,
        watch: Callable[[Any], bool | None] | None,
    ) -> Solution:
        objective = LogLoss(rows, encoded, sample_weight=weights, ridge=penalty.ridge)
        batches = None
        if settings.batch_size is not None:
            batches = RowBatches(
                rows, encoded, settings.batch_size, seed=settings.seed, sample_weight=weights, alpha=penalty.ridge
            )
        if start is not None:
            settings = replace(settings, start=tuple(start.tolist()))
        if self.learning_rate is None and weights is not None:
            safe = objective.safe_learning_rate() / 2
            settings = replace(settings, learning_rate=min(DEFAULT_LEARNING_RATE, safe) or DEFAULT_LEARNING_RATE)
        states = descent(objective, objective.n_features, settings, batches)
        with one_blas_thread:
            ended = run(states, max_iter=settings.max_iter, tol=settings.tol, watch=watch)
        return Solution(ended, self.solver, "")


def _check_both_classes_weigh(weights: Array, encoded: NDArray[Any]) -> None:
    positive = encoded.astype(np.bool_)
    if weights[positive].any() != weights[~positive].any():
        raise ValueError("Both classes need rows with a weight, but only one class has a weight above 0.")


def _is_number_within(value: object, most: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, float | int | np.floating | np.integer):
        return False
    return bool(0 <= value <= most and value < np.inf)


def _classes_of_plain_arrays(X: object, y: object) -> tuple[NDArray[Any], NDArray[np.bool_]] | None:
    """Classes, and y as 0 and 1, of arrays that need no conversion and have nothing to complain about; else None.

    scikit-learn's own validation sorts y several times, which takes as long as half of a fit of a million rows.
    """
    if type(X) is not np.ndarray or type(y) is not np.ndarray:
        return None
    if X.dtype != np.float64 or X.ndim != 2 or not X.flags.c_contiguous or not X.size:
        return None
    if y.dtype.kind not in "biuf" or y.shape != (len(X),):
        return None
    with np.errstate(all="ignore"):
        low, high = y.min(), y.max()
        if not _all_finite(X) or not np.isfinite(high - low if y.dtype.kind == "f" else 0):
            return None
    positive = y == high
    whole = y.dtype.kind != "f" or (low == np.floor(low) and high == np.floor(high))
    if not whole or low == high or not np.all(positive | (y == low)):
        return None
    return np.array([low, high], dtype=y.dtype), positive


def _all_finite(X: Array) -> bool:
    """Whether no value is infinite or missing; False also where the sum of a column overflows.

    A product with ones: half the time of a sum.
    """
    rows = min(len(X), max(256, 2**17 // X.shape[1]))
    ones = np.ones(rows)
    blocks = (X[start : start + rows] for start in range(0, len(X), rows))
    return all(np.isfinite(ones[: len(block)].dot(block)).all() for block in blocks)


def _two_classes(y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Return the two classes in sorted order, and y as 0 and 1."""
    check_classification_targets(y)
    kind = type_of_target(y, input_name="y", raise_unknown=True)
    if kind != "binary":
        raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
    classes, encoded = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError(
            "This solver needs samples of at least 2 classes in the data, but the data contains only one class: "
            f"{classes[0]}"
        )
    return classes, encoded
