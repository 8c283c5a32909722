"""Exact fits and epochs side by side with peers: prints the tables of ``solvers.md``.

    PYTHONPATH=. python tests/benchmarks/solvers.py [name of a case ...]

Everything in one run, all contestants in turn, medians; input validation included; one thread for matrix products. What
is timed is ``fit`` to max |gradient of the mean log loss| <= 1e-8, where each peer gets the loosest of its tolerances
that reaches it on this table (found before, in powers of ten); a peer that never does is marked. glum, skglm and
statsmodels take part where they are installed: a scratch environment is the place for them.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from logreg_core.training import LogisticRegression, LogLoss
from logreg_core.training.path import regularisation_path

Fit = Callable[[], tuple[Any, float]]
TOL = 1e-8

CASES: dict[str, dict[str, Any]] = {
    "1k x 2": {"n": 1000, "p": 2, "goal": 7.0},
    "10k x 20": {"n": 10_000, "p": 20, "goal": 3.5},
    "100k x 20": {"n": 100_000, "p": 20, "goal": 4.0},
    "1M x 20": {"n": 1_000_000, "p": 20, "goal": 5.0},
    "1M x 20, correlated .95": {"n": 1_000_000, "p": 20, "correlation": 0.95, "goal": 8.0},
    "1M x 20, 0.5 % events": {"n": 1_000_000, "p": 20, "offset": -5.8, "goal": 3.5},
    "200k x 100": {"n": 200_000, "p": 100, "goal": 2.0},
    "2000 x 2000, L2 0.01": {"n": 2000, "p": 2000, "alpha": 0.01, "goal": 2.3},
}
TOO_SLOW = {"newton-cholesky": 500, "irls": 500, "statsmodels": 500}
"""Peers left out from so many columns on: minutes a fit."""


def rows_of(n: int, p: int, correlation: float = 0.0, offset: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, p))
    if correlation:
        X *= np.sqrt(1 - correlation)
        X += np.sqrt(correlation) * rng.normal(size=(n, 1))
    z = X @ (rng.normal(size=p) / np.sqrt(p)) + offset
    return X, (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float)


def peers(X: np.ndarray, y: np.ndarray, alpha: float) -> dict[str, Callable[[float], np.ndarray]]:
    """Functions from a tolerance to [coefficients..., intercept]."""
    from sklearn.linear_model import LogisticRegression as SkLogisticRegression

    found: dict[str, Callable[[float], np.ndarray]] = {}

    def sklearn(solver: str) -> Callable[[float], np.ndarray]:
        C = 1 / (len(y) * alpha) if alpha else np.inf

        def fit(tol: float) -> np.ndarray:
            model = SkLogisticRegression(C=C, solver=solver, tol=tol, max_iter=10_000).fit(X, y)
            return np.append(model.coef_, model.intercept_)

        return fit

    for solver in ("lbfgs", "newton-cg", "newton-cholesky"):
        found[solver] = sklearn(solver)
    try:
        from glum import GeneralizedLinearRegressor

        def glum(solver: str) -> Callable[[float], np.ndarray]:
            def fit(tol: float) -> np.ndarray:
                model = GeneralizedLinearRegressor(
                    family="binomial", alpha=alpha, l1_ratio=0, solver=solver, gradient_tol=tol, max_iter=5000
                ).fit(X, y)
                return np.append(model.coef_, model.intercept_)

            return fit

        found["glum irls"], found["glum lbfgs"] = glum("irls-ls"), glum("lbfgs")
    except ImportError:
        pass
    if not alpha:
        try:
            import statsmodels.api as sm

            def statsmodels(tol: float) -> np.ndarray:
                fitted = sm.Logit(y, np.column_stack([X, np.ones(len(y))])).fit(disp=0, tol=tol, maxiter=100)
                return np.asarray(fitted.params)

            found["statsmodels"] = statsmodels
        except ImportError:
            pass
    return {
        name: fit
        for name, fit in found.items()
        if X.shape[1] < next((m for k, m in TOO_SLOW.items() if k in name), 10**9)
    }


def gradient_of(objective: LogLoss, parameters: np.ndarray) -> float:
    return float(np.abs(objective.value_and_gradient(parameters)[1]).max())


def loosest(fit: Callable[[float], np.ndarray], objective: LogLoss) -> float | None:
    """The largest power of ten as tolerance that reaches TOL; None if none does."""
    for exponent in range(-4, -15, -1):
        if gradient_of(objective, fit(10.0**exponent)) <= TOL:
            return 10.0**exponent
    return None


def interleaved(contestants: dict[str, Callable[[], Any]], seconds: float = 12.0) -> dict[str, float]:
    """Median seconds of each, taken in turn: at least 5 rounds, then until the time is used up."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    began = time.perf_counter()
    rounds = 0
    while rounds < 5 or (time.perf_counter() - began < seconds and rounds < 201):
        for name, call in contestants.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
        rounds += 1
    return {name: float(np.median(values)) for name, values in times.items()}


def exact_case(name: str, n: int, p: int, goal: float, alpha: float = 0.0, **kind: float) -> None:
    X, y = rows_of(n, p, **kind)
    objective = LogLoss(X, y, ridge=alpha)
    model = LogisticRegression("auto", alpha=alpha, tol=TOL).fit(X, y)
    assert gradient_of(objective, np.append(model.coef_, model.intercept_)) <= TOL
    contestants: dict[str, Callable[[], Any]] = {
        f"ours ({model.solver_})": lambda: LogisticRegression("auto", alpha=alpha, tol=TOL).fit(X, y)
    }
    never = []
    for peer, fit in peers(X, y, alpha).items():
        tol = loosest(fit, objective)
        if tol is None:
            never.append(peer)
        else:
            contestants[f"{peer} ({tol:g})"] = lambda fit=fit, tol=tol: fit(tol)
    times = interleaved(contestants)
    ours, *others = times.values()
    text = ", ".join(f"{peer} {1e3 * seconds:.3g}" for peer, seconds in sorted(times.items(), key=lambda item: item[1]))
    lost = f"; never: {', '.join(never)}" if never else ""
    print(f"| {name} | {text}{lost} | **{min(others) / ours:.1f}** | {goal:g} |", flush=True)


def tutorial_epoch(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> None:
    """Loss and gradient as the tutorial writes them."""
    z = X @ w[:-1] + w[-1]
    a = 1 / (1 + np.exp(-z))
    m = len(y)
    np.mean(-y * np.log(a + 1e-15) - (1 - y) * np.log(1 - a + 1e-15))
    X.T @ (a - y) / m
    np.sum(a - y) / m


def epochs() -> None:
    print("\n| rows x columns | the tutorial's epoch, ms | ours, ms | ratio | goal |\n|---|---|---|---|---|")
    for n, p, goal in ((1_000_000, 20, 2.5), (200_000, 100, 2.2), (100_000, 20, 1.7), (1000, 2, 1.0), (10, 2, 1.0)):
        X, y = rows_of(n, p)
        objective, w = LogLoss(X, y), np.full(p + 1, 0.1)
        times = interleaved(
            {
                "tutorial": lambda X=X, y=y, w=w: tutorial_epoch(X, y, w),
                "ours": lambda objective=objective, w=w: objective.value_and_gradient(w),
            },
            4.0,
        )
        tutorial, ours = times.values()
        print(
            f"| {n:,} x {p} | {1e3 * tutorial:.3g} | {1e3 * ours:.3g} | **{tutorial / ours:.1f}** | {goal:g} |",
            flush=True,
        )


def lasso_path() -> None:
    """50 alphas, lasso; each peer with the tolerance that brings the largest subgradient of its path to 1e-6."""
    X, y = rows_of(10_000, 100)
    path = regularisation_path(X, y)
    contestants: dict[str, Callable[[], Any]] = {"ours": lambda: regularisation_path(X, y)}
    from sklearn.linear_model import LogisticRegression as SkLogisticRegression

    def sklearn(solver: str, tol: float) -> np.ndarray:
        model = SkLogisticRegression(
            l1_ratio=1.0, solver=solver, tol=tol, max_iter=5000, warm_start=True, intercept_scaling=100.0
        )
        fits = []
        for alpha in path.alphas:
            model.set_params(C=1 / (len(y) * alpha)).fit(X, y)
            fits.append(np.append(model.coef_, model.intercept_))
        return np.array(fits)

    def skglm(tol: float) -> np.ndarray:
        from skglm.datafits import Logistic
        from skglm.estimators import GeneralizedLinearEstimator
        from skglm.penalties import L1
        from skglm.solvers import ProxNewton

        fits = []
        solver = ProxNewton(tol=tol, max_iter=50, warm_start=True)
        model = GeneralizedLinearEstimator(Logistic(), L1(1.0), solver)
        for alpha in path.alphas:
            model.penalty = L1(alpha)
            model.fit(X, 2 * y - 1)
            fits.append(np.append(model.coef_, model.intercept_))
        return np.array(fits)

    def broken(fits: np.ndarray) -> float:
        worst = 0.0
        for alpha, fit in zip(path.alphas, fits, strict=True):
            g = LogLoss(X, y).value_and_gradient(fit)[1][:-1]
            w = fit[:-1]
            worst = max(worst, float(np.where(w == 0, np.abs(g) - alpha, np.abs(g + alpha * np.sign(w))).max()))
        return worst

    print("\nLasso path, 50 alphas, 10k x 100 (largest broken condition of optimality in brackets)\n")
    quality = {"ours": float(path.largest_subgradient.max())}
    for name, call, tolerances in (
        ("skglm", skglm, (1e-5, 1e-6, 1e-7, 1e-8)),
        ("saga", lambda tol: sklearn("saga", tol), (1e-3, 1e-4, 1e-5)),
        ("liblinear", lambda tol: sklearn("liblinear", tol), (1e-3, 1e-4, 1e-5, 1e-6)),
    ):
        try:
            for tol in tolerances:
                quality[name] = broken(call(tol))
                contestants[name] = lambda call=call, tol=tol: call(tol)
                if quality[name] <= 1e-6:
                    break
        except ImportError:
            continue
    times = interleaved(contestants, 8.0)
    ours = times["ours"]
    for name, seconds in times.items():
        print(f"- {name}: {1e3 * seconds:.0f} ms ({quality[name]:.1g}), {seconds / ours:.1f} times ours", flush=True)


def memory() -> None:
    """Peak of Python's own allocations during a fit, as a share of X (NumPy reports its arrays to tracemalloc)."""
    import tracemalloc

    X, y = rows_of(1_000_000, 20)
    tracemalloc.start()
    LogisticRegression("auto").fit(X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\nPeak extra memory, 1M x 20: {peak / X.nbytes:.3f} of X")


def main(wanted: list[str]) -> None:
    warnings.filterwarnings("ignore")
    with threadpool_limits(1):
        print("| table | ms (tolerance) | best peer / ours | goal |\n|---|---|---|---|")
        for name, settings in CASES.items():
            if not wanted or name in wanted:
                exact_case(name, **settings)
        if not wanted or "epochs" in wanted:
            epochs()
        if not wanted or "path" in wanted:
            lasso_path()
        if not wanted or "memory" in wanted:
            memory()


if __name__ == "__main__":
    main(sys.argv[1:])
