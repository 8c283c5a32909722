"""The samples are what their labels say, and the made-up ones hold the truth they claim."""

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.datasets import make_classification

from logreg_core.data import SAMPLES, TableError, load_sample, made_up


@pytest.mark.parametrize("key", SAMPLES)
def test_samples_load_twice_the_same_with_choices_that_fit(key: str) -> None:
    first, second = load_sample(key), load_sample(key)
    assert first.frame.equals(second.frame)
    assert first.fingerprint == second.fingerprint
    assert first.name == SAMPLES[key].title
    assert first.about
    assert first.suggestion is not None
    classes = {str(level) for level in first.frame[first.suggestion.target].unique()}
    assert len(classes) == 2
    assert first.suggestion.positive in classes
    assert {str(dtype) for dtype in first.frame.dtypes} <= {"int64", "float64", "str"}


def test_the_order_and_the_tutorial_come_first() -> None:
    assert list(SAMPLES) == ["tutorial", "tumours", "churn", "spam", "fraud"]
    assert all("made up" in SAMPLES[key].title for key in made_up.TABLES)


def test_the_tutorial_is_the_tutorials_set() -> None:
    features, target = make_classification(
        n_samples=1000, n_features=2, n_redundant=0, n_informative=2, n_clusters_per_class=1, random_state=42
    )
    table = load_sample("tutorial")
    np.testing.assert_array_equal(table.frame[["feature 1", "feature 2"]].to_numpy(), features)
    np.testing.assert_array_equal(table.frame["class"].to_numpy(), target)
    assert table.suggestion is not None
    assert (table.suggestion.scale, table.suggestion.stratify) == (False, False)


def test_tumours_are_named_and_counted() -> None:
    frame = load_sample("tumours").frame
    assert frame.shape == (569, 31)
    # Counts published with the Wisconsin Diagnostic set: 357 benign, 212 malignant.
    assert frame["diagnosis"].value_counts().to_dict() == {"benign": 357, "malignant": 212}


@pytest.mark.parametrize(
    ("key", "rows", "share"), [("churn", 3_000, 0.27), ("spam", 2_000, 0.35), ("fraud", 20_000, 0.008)]
)
def test_made_up_tables_have_the_size_share_and_gaps_they_claim(key: str, rows: int, share: float) -> None:
    table = load_sample(key)
    assert table.suggestion is not None
    outcome = table.frame[table.suggestion.target] == "yes"
    assert len(table.frame) == rows
    # Four standard errors of a share drawn from that many rows.
    assert abs(outcome.mean() - share) < 4 * np.sqrt(share * (1 - share) / rows)
    gaps = table.frame.isna().sum()
    assert 2 <= (gaps > 0).sum() <= 3
    assert gaps[table.suggestion.target] == 0


@pytest.mark.parametrize(("key", "rows"), [("churn", 60_000), ("spam", 60_000), ("fraud", 200_000)])
def test_an_unpenalised_fit_recovers_the_true_effects(key: str, rows: int) -> None:
    frame = made_up.TABLES[key](rows=rows, seed=11)
    terms = made_up.true_terms(key, frame).dropna()
    outcome = (frame.loc[terms.index].iloc[:, -1] == "yes").astype(float)
    fit = sm.Logit(outcome.to_numpy(), terms.to_numpy()).fit(disp=False, method="newton", maxiter=50)
    truth = np.array(list(made_up.TRUE_EFFECTS[key].values()))
    # Maximum likelihood is close to normal at this size: 4 standard errors are missed once in 16,000 coefficients.
    np.testing.assert_array_less(np.abs(fit.params - truth), 4 * fit.bse)
    # The bound above means something only if the errors are small beside the effects they belong to.
    assert (fit.bse[1:] < 0.5 * np.abs(truth[1:])).all()


def test_an_unknown_sample_is_named() -> None:
    with pytest.raises(TableError, match="titanic"):
        load_sample("titanic")
