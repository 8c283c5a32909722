"""The tables the app brings along; all of them work without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from logreg_core.data import made_up
from logreg_core.data.table import ReadReport, Suggestion, Table
from logreg_core.errors import TableError


@dataclass(frozen=True)
class Sample:
    """A title and one line on what the table holds."""

    title: str
    line: str


SAMPLES: dict[str, Sample] = {
    "tutorial": Sample("Tutorial: two clusters", "1,000 points with two features, the set of the tutorial."),
    "tumours": Sample("Breast tumours", "569 tumours measured under the microscope: malignant or benign."),
    "churn": Sample("Customer churn (made up)", "3,000 customers of a provider: who leaves? Some cells are missing."),
    "spam": Sample("Spam mail (made up)", "2,000 messages described by counts and kinds: which are spam?"),
    "fraud": Sample("Card fraud (made up)", "20,000 card payments, of which fewer than 1 in 100 are fraud."),
}


def load_sample(key: str) -> Table:
    """Return the sample ``key`` of ``SAMPLES`` as a table with suggested choices.

    Raises
    ------
    TableError
        If there is no such sample.
    """
    if key not in SAMPLES:
        raise TableError(f"There is no sample called {key[:60]!r}.", remedy=f"Choose one of: {', '.join(SAMPLES)}.")
    make, about, suggestion = _SOURCES[key]
    frame = make()
    digest = hashlib.sha256("\n".join(map(str, frame.columns)).encode())
    digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    facts = (("Rows", f"{len(frame):,}"), ("Columns", f"{frame.shape[1]:,}"))
    return Table(
        frame, SAMPLES[key].title, digest.hexdigest(), ReadReport(facts), about, suggestion, origin=("sample", key)
    )


def _tutorial() -> pd.DataFrame:
    from sklearn.datasets import make_classification

    features, target = make_classification(
        n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
    )
    return pd.DataFrame({"feature 1": features[:, 0], "feature 2": features[:, 1], "class": target.astype("int64")})


def _tumours() -> pd.DataFrame:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    frame = pd.DataFrame(bunch.data, columns=[str(name) for name in bunch.feature_names])
    names = [str(name) for name in bunch.target_names]
    frame["diagnosis"] = pd.Series([names[code] for code in bunch.target], dtype="str")
    return frame


_MADE_UP = "Made up for practice by seeded code: no real {who}. The outcome was drawn from known effects."
_SOURCES: dict[str, tuple[Callable[[], pd.DataFrame], str, Suggestion]] = {
    "tutorial": (
        _tutorial,
        "Drawn with scikit-learn's make_classification, random state 42, as in the tutorial.",
        Suggestion("class", "1", scale=False, stratify=False),
    ),
    "tumours": (
        _tumours,
        "Breast Cancer Wisconsin (Diagnostic), from the UCI repository, as shipped with scikit-learn.",
        Suggestion("diagnosis", "malignant"),
    ),
    "churn": (made_up.churn, _MADE_UP.format(who="customers"), Suggestion("churned", "yes")),
    "spam": (made_up.spam, _MADE_UP.format(who="messages"), Suggestion("spam", "yes")),
    "fraud": (made_up.fraud, _MADE_UP.format(who="payments"), Suggestion("fraud", "yes")),
}
