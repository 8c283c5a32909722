"""The tutorial's data."""

from __future__ import annotations

import pytest
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from training_rows import Rows


@pytest.fixture(scope="session")
def tutorial() -> Rows:
    X, y = make_classification(
        n_samples=1000,
        n_features=2,
        n_redundant=0,
        n_informative=2,
        n_clusters_per_class=1,
        random_state=42,
    )
    X_train, X_test, y_train, y_test = train_test_split(X, y.astype(float), test_size=0.2, random_state=42)
    return Rows(X_train, y_train, X_test, y_test, ("x1", "x2"))
