"""Published logistic regressions: the rows, and the figures printed for them.

Tables that a test dependency ships are read from there; the small ones are written out. Where figures come from is said
with each. ``parameters`` and ``standard_errors`` are in the order of the columns, the intercept last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Published:
    """A table and what was published about its fit.

    ``rounding`` is half a unit of the last decimal printed of the parameters, ``rounding_of_errors`` of the standard
    errors.
    """

    X: Array
    y: Array
    weights: Array | None
    parameters: tuple[float, ...]
    standard_errors: tuple[float, ...]
    rounding: float
    rounding_of_errors: float


def _of_statsmodels(*path: str) -> Path:
    import statsmodels

    return Path(statsmodels.__file__).parent.joinpath(*path)


def spector_stata() -> Published:
    """Grades in economics on GPA, TUCE, PSI: Spector and Mazzeo (1980), Journal of Economic Education 11; in W. Greene,
    Econometric Analysis: -13.021, 2.826, 0.095, 2.379. These figures are of Stata 11, as statsmodels' own tests have
    them (discrete/tests/results/results_discrete.py, Spector.logit), 12 digits.
    """
    from statsmodels.datasets import spector

    data = spector.load_pandas()
    return Published(
        np.ascontiguousarray(data.exog[["GPA", "TUCE", "PSI"]], dtype=np.float64),
        data.endog.to_numpy(dtype=np.float64),
        None,
        (2.82611297201, 0.0951576702557, 2.37868772835, -13.0213483201),
        (1.26294114526, 0.141554207662, 1.06456430165, 4.93132462871),
        0.5e-10,
        0.5e-11,
    )


def low_birth_weight_stata() -> Published:
    """Low birth weight on age, lwt, race (black, other), smoke, ptl, ht, ui: Hosmer and Lemeshow, Applied Logistic
    Regression; the example of Stata's manual for ``logit`` and ``glm``. Figures as statsmodels' own tests have them
    from Stata (genmod/tests/results/results_glm.py, Lbw).
    """
    table = pd.read_csv(_of_statsmodels("genmod", "tests", "results", "stata_lbw_glm.csv"))
    columns = table[["age", "lwt"]].assign(black=table.race == "black", other=table.race == "other")
    columns = pd.concat([columns, table[["smoke", "ptl", "ht", "ui"]]], axis=1)
    return Published(
        np.ascontiguousarray(columns, dtype=np.float64),
        table.low.to_numpy(dtype=np.float64),
        None,
        (-0.02710031, -0.01515082, 1.26264728, 0.86207916, 0.92334482, 0.54183656, 1.83251780, 0.75851348, 0.46122388),
        (
            0.036449917,
            0.006925765,
            0.526405169,
            0.439146744,
            0.400820976,
            0.346246857,
            0.691623875,
            0.459373871,
            1.204574885,
        ),
        0.5e-8,
        0.5e-9,
    )


def star98_r() -> Published:
    """Pupils above the median in mathematics in 303 districts of California, on 20 columns of very different size
    (J. Gill, Generalized Linear Models: A Unified Approach, 2000). Figures of R's glm with counts, as statsmodels' own
    tests have them (genmod/tests/results/results_glm.py, Star98).
    """
    from statsmodels.datasets import star98

    data = star98.load_pandas()
    counts = data.endog[["NABOVE", "NBELOW"]].to_numpy(dtype=np.float64)
    return Published(
        np.concatenate([np.ascontiguousarray(data.exog, dtype=np.float64)] * 2),
        np.repeat([1.0, 0.0], len(counts)),
        counts.T.reshape(-1),
        (
            *(-0.0168150366, 0.0099254766, -0.0187242148, -0.0142385609, 0.2544871730, 0.2406936644, 0.0804086739),
            *(-1.9521605027, -0.3340864748, -0.1690221685, 0.0049167021, -0.0035799644, -0.0140765648, -0.0040049918),
            *(-0.0039063958, 0.0917143006, 0.0489898381, 0.0080407389, 0.0002220095, -0.0022492486, 2.9588779262),
        ),
        (
            *(4.339467e-04, 6.013714e-04, 7.435499e-04, 4.338655e-04, 2.994576e-02, 5.713824e-02, 1.392359e-02),
            *(3.168109e-01, 6.126411e-02, 3.270139e-02, 1.253877e-03, 2.254633e-04, 1.904573e-03, 4.739838e-04),
            *(9.623650e-04, 1.450923e-02, 7.451666e-03, 1.499497e-03, 2.988794e-05, 3.489838e-04, 1.546712e00),
        ),
        0.5e-10,
        0.5e-6,
    )


_CARS_AM = "1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 0 0 0 0 0 1 1 1 1 1 1 1"
_CARS_HP = (
    "110 110 93 110 175 105 245 62 95 123 123 180 180 180 205 215 "
    "230 66 52 65 97 150 150 245 175 66 91 113 264 175 335 109"
)
_CARS_WT = (
    "2.62 2.875 2.32 3.215 3.44 3.46 3.57 3.19 3.15 3.44 3.44 4.07 3.73 3.78 5.25 5.424 "
    "5.345 2.2 1.615 1.835 2.465 3.52 3.435 3.84 3.845 1.935 2.14 1.513 3.17 2.77 3.57 2.78"
)


def _numbers(text: str) -> Array:
    return np.array(text.split(), dtype=np.float64)


def cars_r() -> Published:
    """R's ``mtcars``: am on wt (Motor Trend 1974; Henderson and Velleman 1981, Biometrics 37). As R prints
    ``summary(glm(am ~ wt, binomial, mtcars))``.
    """
    return Published(
        _numbers(_CARS_WT)[:, None], _numbers(_CARS_AM), None, (-4.024, 12.040), (1.436, 4.510), 0.5e-3, 0.5e-3
    )


def cars_two_columns_r() -> Published:
    """The same table: am on hp and wt, as R prints ``summary(glm(am ~ hp + wt, binomial, mtcars))``."""
    X = np.column_stack([_numbers(_CARS_HP), _numbers(_CARS_WT)])
    return Published(
        X,
        _numbers(_CARS_AM),
        None,
        (0.03626, -8.08348, 18.86630),
        (0.01773, 3.06868, 7.44356),
        0.5e-5,
        0.5e-5,
    )


def challenger_agresti() -> Published:
    """Thermal distress of O-rings on temperature in the 23 flights before Challenger's last: Dalal, Fowlkes and Hoadley
    (1989), Journal of the American Statistical Association 84; fit as in A. Agresti, Categorical Data Analysis:
    15.043 - 0.232 x, standard errors 7.379 and 0.108.
    """
    temperature = _numbers("66 70 69 68 67 72 73 70 57 63 70 78 67 53 67 75 70 81 76 79 75 76 58")
    distress = _numbers("0 1 0 0 0 0 0 0 1 1 1 0 0 1 0 0 0 0 0 0 1 0 1")
    return Published(temperature[:, None], distress, None, (-0.232, 15.043), (0.108, 7.379), 0.5e-3, 0.5e-3)


PUBLISHED = (
    spector_stata,
    low_birth_weight_stata,
    star98_r,
    cars_r,
    cars_two_columns_r,
    challenger_agresti,
)


def glmnet_rows() -> tuple[Array, Array]:
    """The rows of the fits below: statsmodels' enet_binomial.csv, read and standardised as its elastic_net.R does.

    R takes the first row for a header and its ``sd`` divides by n - 1.
    """
    table = np.loadtxt(_of_statsmodels("genmod", "tests", "results", "enet_binomial.csv"), delimiter=",")[1:]
    X = table[:, 1:] - table[:, 1:].mean(axis=0)
    return X / X.std(axis=0, ddof=1), table[:, 0]


GLMNET_BINOMIAL = (
    # l1_ratio (glmnet's alpha), alpha (glmnet's lambda), coefficients
    (0.0, 6.618737, (0.004032037, 0.01433665, 0.01265635, 0.006173346, 0.01067706)),
    (0.0, 1.029661, (0.02180239, 0.07769613, 0.06756466, 0.03156418, 0.05851878)),
    (0.0, 0.1601819, (0.07111087, 0.2544921, 0.2110318, 0.08577924, 0.1984383)),
    (0.5, 0.05343991, (0.004990061, 0.2838563, 0.2167881, 0.02370156, 0.2096612)),
    (0.5, 0.02313286, (0.0708914, 0.3791042, 0.2938332, 0.07506391, 0.2982251)),
    (0.5, 0.009124078, (0.106681, 0.4327268, 0.3362166, 0.1019452, 0.3479955)),
    (1.0, 0.02932512, (0.0, 0.3085764, 0.2300801, 0.01143652, 0.2291531)),
    (1.0, 0.01269414, (0.07022348, 0.396642, 0.3044255, 0.07151663, 0.31301)),
    (1.0, 0.005494992, (0.1049623, 0.4385186, 0.3391729, 0.09907393, 0.3527401)),
)
"""Printed by R's glmnet, binomial, standardize = FALSE, intercept = FALSE: statsmodels' tests,
genmod/tests/results/glmnet_r_results.py."""
