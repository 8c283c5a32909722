"""The estimator keeps scikit-learn's conventions and its own promises."""

from __future__ import annotations

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from published_tables import ENDOMETRIAL_NAMES, endometrial
from scipy.sparse import csr_array
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks
from training_rows import Rows, logistic_rows

from logreg_core.errors import TrainingError
from logreg_core.training import LogisticRegression, Status, fit_firth

SOLVERS = ["auto", "newton", "subsampled_newton", "newton_cg", "lbfgs", "prox_newton", "momentum", "nesterov", "adam"]


@parametrize_with_checks(
    [
        LogisticRegression(),
        *(LogisticRegression(solver) for solver in SOLVERS),
        LogisticRegression("line_search"),
        LogisticRegression("auto", alpha=0.01),
        LogisticRegression("auto", alpha=0.01, l1_ratio=0.5),
        LogisticRegression("auto", class_weight="balanced"),
        LogisticRegression("auto", penalty="firth"),
    ]
)
def test_scikit_learn_finds_nothing(estimator: LogisticRegression, check: object) -> None:
    check(estimator)


def test_shapes_follow_the_convention(tutorial: Rows) -> None:
    model = LogisticRegression(max_iter=20).fit(tutorial.X_train, tutorial.y_train)
    assert model.coef_.shape == (1, 2)
    assert model.intercept_.shape == model.n_iter_.shape == (1,)
    assert model.n_iter_ == 20
    assert model.history_.cost.shape == (20,)
    assert model.classes_.tolist() == [0.0, 1.0]
    assert not hasattr(model, "feature_names_in_")


def test_frames_and_text_classes(tutorial: Rows) -> None:
    frame = pd.DataFrame(tutorial.X_train, columns=["age", "income"])
    labels = np.where(tutorial.y_train == 1, "stays", "churned")
    model = LogisticRegression(max_iter=200).fit(frame, labels)
    numbers = LogisticRegression(max_iter=200).fit(tutorial.X_train, tutorial.y_train)
    assert model.feature_names_in_.tolist() == ["age", "income"]
    assert model.classes_.tolist() == ["churned", "stays"]
    np.testing.assert_array_equal(model.coef_, numbers.coef_)
    assert (model.predict(frame) == np.where(numbers.predict(tutorial.X_train) == 1, "stays", "churned")).all()


def test_predict_is_at_least_one_half() -> None:
    model = LogisticRegression(max_iter=1).fit([[-1.0], [1.0]], [0, 1])
    assert model.predict_proba([[0.0]]).tolist() == [[0.5, 0.5]]
    assert model.predict([[0.0], [-1e-9], [1e-9]]).tolist() == [1, 0, 1]


def test_probabilities_of_both_classes_keep_their_digits() -> None:
    model = LogisticRegression(max_iter=1).fit([[-1.0], [1.0]], [0, 1])
    model.coef_[:] = 1.0
    proba = model.predict_proba([[-700.0], [700.0]])
    assert proba[0, 1] == proba[1, 0] == pytest.approx(np.exp(-700), rel=1e-14)


def test_no_warning_whatever_the_rate(tutorial: Rows) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = LogisticRegression(learning_rate=1e6).fit(tutorial.X_train * 1e3, tutorial.y_train)
    assert model.status_ is Status.DIVERGED
    assert np.isfinite(model.predict_proba(tutorial.X_test)).all()


def test_watch_stops(tutorial: Rows) -> None:
    model = LogisticRegression().fit(tutorial.X_train, tutorial.y_train, watch=lambda state: state.epoch == 9)
    assert (model.status_, model.n_iter_) == (Status.STOPPED, 9)


@pytest.mark.parametrize(
    "X",
    [
        pytest.param(lambda X: X.astype(np.float32), id="float32"),
        pytest.param(np.asfortranarray, id="fortran order"),
        pytest.param(lambda X: np.repeat(X, 2, axis=0)[::2], id="strided"),
        pytest.param(lambda X: X.tolist(), id="lists"),
    ],
)
def test_any_layout_is_the_same_fit(tutorial: Rows, X: object) -> None:
    expected = LogisticRegression(max_iter=50).fit(tutorial.X_train, tutorial.y_train)
    model = LogisticRegression(max_iter=50).fit(X(tutorial.X_train), tutorial.y_train)
    # Single precision has seven digits; the others are the same numbers.
    np.testing.assert_allclose(model.coef_, expected.coef_, rtol=1e-6)


def test_read_only_arrays_stay_as_they_are(tutorial: Rows) -> None:
    X, y = tutorial.X_train.copy(), tutorial.y_train.copy()
    X.flags.writeable = y.flags.writeable = False
    model = LogisticRegression(max_iter=5).fit(X, y)
    np.testing.assert_array_equal(X, tutorial.X_train)
    model.coef_ += 1.0  # what scikit-learn's own allow


@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([0, 1, 2, 1], "Only binary classification is supported. The type of the target is multiclass."),
        ([1, 1, 1, 1], "the data contains only one class: 1"),
        ([0.5, 1.7, 2.2, 3.1], "continuous"),
        ([0, 1, np.nan, 1], "NaN"),
    ],
)
def test_targets_are_refused_in_scikit_learns_words(y: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        LogisticRegression().fit(np.arange(8.0).reshape(4, 2), y)


def test_sparse_input_is_refused_in_scikit_learns_words(tutorial: Rows) -> None:
    with pytest.raises(TypeError, match="Sparse data was passed"):
        LogisticRegression().fit(csr_array(tutorial.X_train), tutorial.y_train)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"solver": "magic"}, "There is no solver 'magic'. Choose one of: gradient_descent."),
        ({"learning_rate": 0}, "The learning rate is 0"),
        ({"learning_rate": "fast"}, "'fast'"),
        ({"max_iter": 0}, "The number of epochs is 0"),
        ({"tol": -1}, "The tolerance is -1"),
        ({"penalty": "l2"}, "There is no penalty 'l2'. Choose 'firth' or None."),
        ({"penalty": "firth", "solver": "auto", "alpha": 0.1}, "no strength to choose, and alpha is 0.1"),
        (
            {"penalty": "firth"},
            "The solver 'gradient_descent' cannot do with Firth's penalty. Choose",
        ),
        ({"penalty": "firth", "solver": "newton"}, "The solver 'newton' cannot do with Firth's penalty"),
    ],
)
def test_parameters_are_checked_when_fitted(tutorial: Rows, parameters: dict[str, object], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        LogisticRegression(**parameters).fit(tutorial.X_train, tutorial.y_train)


def test_in_the_company_of_scikit_learn() -> None:
    X, y = logistic_rows(200, 3, size=2.0)
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=100))
    assert cross_validate(pipeline, X * [1, 100, 1e4], y, cv=3)["test_score"].mean() > 0.7
    search = GridSearchCV(LogisticRegression(max_iter=30), {"learning_rate": [0.01, 1.0]}, scoring="neg_log_loss", cv=3)
    assert search.fit(X, y).best_params_ == {"learning_rate": 1.0}


@pytest.mark.parametrize("penalty", [None, "firth"])
def test_exact_fits_in_the_company_of_scikit_learn(penalty: str | None) -> None:
    X, y = logistic_rows(300, 3)
    labels = np.where(y == 1, "yes", "no")
    model = LogisticRegression("auto", penalty=penalty)
    calibrated = CalibratedClassifierCV(model, method="sigmoid", ensemble=False, cv=3).fit(X, labels)
    alone = clone(model).fit(X, labels)
    np.testing.assert_array_equal(calibrated.calibrated_classifiers_[0].estimator.coef_, alone.coef_)
    # The model is the one the rows were drawn from: calibrating it again, on 300 rows, changes little.
    np.testing.assert_allclose(calibrated.predict_proba(X), alone.predict_proba(X), rtol=0, atol=0.05)
    pipeline = make_pipeline(StandardScaler(), model)
    search = GridSearchCV(pipeline, {"logisticregression__penalty": [None, "firth"]}, scoring="neg_log_loss", cv=3)
    best = search.fit(X, labels).best_estimator_
    np.testing.assert_allclose(best.predict_proba(X), alone.predict_proba(X), rtol=0, atol=0.02)
    scores = cross_validate(pipeline, X, labels, cv=3, scoring="neg_log_loss", error_score="raise")["test_score"]
    null = -np.sum([share * np.log(share) for share in (y.mean(), 1 - y.mean())])
    assert scores.min() > -null


def test_firth_is_fit_firth() -> None:
    X, y = endometrial()
    frame = pd.DataFrame(X, columns=ENDOMETRIAL_NAMES)
    model = LogisticRegression("auto", penalty="firth").fit(frame, np.where(y == 1, "high", "low"))
    assert (model.solver_, model.status_, model.reason_) == ("firth", Status.CONVERGED, "")
    assert model.classes_.tolist() == ["high", "low"]
    fit = fit_firth(X, y)
    # "low" is the second class: all signs turn. Both are within 1e-8 of a gradient of 0 per row, in scaled columns,
    # and no information is below some 0.01 per row there.
    np.testing.assert_allclose(np.append(model.coef_, model.intercept_), -fit.parameters, rtol=0, atol=1e-5)
    assert model.cost_ == pytest.approx(-fit.penalised_log_likelihood / 79, abs=1e-12)
    assert model.history_.cost.shape == model.n_iter_
    assert np.all(np.diff(np.append(model.history_.cost, model.cost_)) <= 0)
    assert LogisticRegression("auto").fit(frame, y).status_ is Status.SEPARATED


def test_firth_with_class_weights_and_columns_left_out() -> None:
    X, y = endometrial()
    frame = pd.DataFrame(X, columns=ENDOMETRIAL_NAMES).assign(again=X[:, 1])
    model = LogisticRegression("auto", penalty="firth", class_weight={0: 2, 1: 3}, tol=1e-10).fit(frame, y)
    rows = np.repeat(np.arange(79), np.where(y == 1, 3, 2))
    expected = LogisticRegression("auto", penalty="firth", tol=1e-10).fit(X[rows], y[rows])
    np.testing.assert_allclose(model.coef_[0], np.append(expected.coef_, 0.0), rtol=0, atol=1e-7)
    assert model.status_ is Status.RANK_DEFICIENT
    assert "“again” is the same as “PI”" in model.reason_
    assert model.history_.snapshots.shape[1] == 5


def test_firth_starts_where_it_is_told_and_stops() -> None:
    X, y = endometrial()
    model = LogisticRegression("auto", penalty="firth", warm_start=True).fit(X, y)
    first = model.n_iter_[0]
    assert model.fit(X, y).n_iter_[0] == 0 < first
    model = LogisticRegression("auto", penalty="firth", start=[1.0, 0.0, -1.0, 0.5])
    model.fit(X, y, watch=lambda state: state.epoch == 0)
    assert model.status_ is Status.STOPPED
    np.testing.assert_allclose(np.append(model.coef_, model.intercept_), [1.0, 0.0, -1.0, 0.5], atol=1e-12)


def test_clone_and_pickle(tutorial: Rows) -> None:
    model = LogisticRegression("gradient_descent", learning_rate=0.3, max_iter=12, tol=0.0)
    assert clone(model).get_params() == model.get_params()
    again = pickle.loads(pickle.dumps(model.fit(tutorial.X_train, tutorial.y_train)))
    np.testing.assert_array_equal(again.predict_proba(tutorial.X_test), model.predict_proba(tutorial.X_test))
    assert again.status_ is Status.EPOCH_LIMIT


def test_the_room_opens_without_scikit_learn() -> None:
    """Its import takes longer than the app may take to draw its first page."""
    check = (
        "import sys, logreg_core.training as t; heavy = {'sklearn', 'scipy', 'streamlit'} & set(sys.modules);"
        "assert not heavy, heavy; assert t.LogisticRegression().max_iter == 1000; assert 'sklearn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


def test_unknown_names_are_unknown() -> None:
    import logreg_core.training as room

    with pytest.raises(AttributeError, match="LinearRegression"):
        room.LinearRegression  # noqa: B018
    assert all(hasattr(room, name) for name in room.__all__)


def test_separated_classes_are_told_by_their_names() -> None:
    X = pd.DataFrame({"age": [20.0, 30.0, 40.0, 50.0], "size": [1.0, 3.0, 2.0, 4.0]})
    model = LogisticRegression("auto").fit(X, np.array(["left", "left", "stayed", "stayed"]))
    assert model.status_ is Status.SEPARATED
    assert "of the class “stayed”" in model.reason_
    assert "of the class “left”" in model.reason_
    assert "positive class" not in model.reason_
