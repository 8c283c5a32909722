"""The limit on BLAS threads: there while anything trains, gone afterwards, shared by fits that overlap."""

from __future__ import annotations

import pytest
from threadpoolctl import ThreadpoolController, threadpool_limits
from training_rows import Rows, logistic_rows

from logreg_core.training import LogisticRegression, TrainSettings, train
from logreg_core.training.blas import one_blas_thread


def threads() -> set[int]:
    return {pool["num_threads"] for pool in ThreadpoolController().info() if pool["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def _two_threads() -> object:
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("this BLAS has no threads to limit")
        yield


def test_overlapping_uses_share_the_limit() -> None:
    one_blas_thread.__enter__()
    one_blas_thread.__enter__()
    assert threads() == {1}
    one_blas_thread.__exit__(None, None, None)
    assert threads() == {1}
    one_blas_thread.__exit__(None, None, None)
    assert threads() == {2}


def test_an_error_takes_the_limit_back() -> None:
    with pytest.raises(KeyError), one_blas_thread:
        raise KeyError
    assert threads() == {2}


def test_training_is_done_on_one_thread() -> None:
    X, y = logistic_rows(100, 2)
    seen: list[set[int]] = []
    rows = Rows(X, y, X, y, ("a", "b"))
    train(rows, TrainSettings(max_iter=1), watch=lambda progress: seen.append(threads()))
    LogisticRegression(max_iter=1).fit(X, y, watch=lambda state: seen.append(threads()))
    assert seen == [{1}] * 4
    assert threads() == {2}
