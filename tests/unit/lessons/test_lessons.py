"""The lessons' numbers against differences, closed forms and brute force; and that each lesson shows what it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from logreg_core.lessons import by_hand, chain_rule, curved, odds, penalty, ranking, stepping, trade
from logreg_core.lessons import squared_error as squares
from logreg_core.lessons.examples import customers, exam, loans
from logreg_core.training import LogLoss, log_loss_terms, sigmoid

# A central difference of step 1e-5 is off by 1e-10 times a third derivative of a few units, and by rounding, 1e-11.
DIFFERENCE, CLOSE = 1e-5, 1e-8


# ---------------------------------------------------------------- chain rule


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize(("x", "weight", "bias"), [(2.0, -0.5, 0.5), (-3.0, 3.0, -3.0), (0.0, 1.0, 0.25), (1.5, 0, 0)])
def test_chain_rule_is_the_slope_of_the_loss(x: float, y: int, weight: float, bias: float) -> None:
    def loss(w: float, b: float) -> float:
        return float(log_loss_terms(np.array([w * x + b]), np.array([y]))[0])

    found = chain_rule.chain(x, y, weight, bias)
    by_weight = (loss(weight + DIFFERENCE, bias) - loss(weight - DIFFERENCE, bias)) / (2 * DIFFERENCE)
    by_bias = (loss(weight, bias + DIFFERENCE) - loss(weight, bias - DIFFERENCE)) / (2 * DIFFERENCE)
    assert found.slope_of_weight == pytest.approx(by_weight, abs=CLOSE)
    assert found.slope_of_bias == pytest.approx(by_bias, abs=CLOSE)
    product = found.loss_by_probability * found.probability_by_score * x
    assert found.slope_of_weight == pytest.approx(product, rel=1e-9, abs=1e-15)


def test_the_table_of_the_chain_holds_its_numbers() -> None:
    found = chain_rule.chain(2.0, 1, -0.5, 0.5)
    assert chain_rule.steps(chain_rule.chain(2.0, 1, -0.5, -0.25)).loc[0, "How"] == "-0.5 · 2 - 0.25"
    table = chain_rule.steps(found).set_index("What")["Number"]
    assert table["Score"] == -0.5
    assert table["Probability"] == pytest.approx(1 / (1 + math.exp(0.5)), rel=1e-14)
    assert table["Loss per weight"] == pytest.approx(table["The same, shorter"], rel=1e-14)


# ---------------------------------------------------------------- squared error


@pytest.mark.parametrize("place", [(0.0, 0.0), (1.0, -3.0), (-4.0, 4.0), (2.0, 7.0)])
def test_gradient_of_the_squared_error(place: tuple[float, float]) -> None:
    objective = squares.SquaredError(exam().X, exam().y)
    at = np.array(place)
    gradient = objective.value_and_gradient(at)[1]
    for j in range(2):
        step = DIFFERENCE * np.eye(2)[j]
        rise = objective.value_and_gradient(at + step)[0] - objective.value_and_gradient(at - step)[0]
        assert gradient[j] == pytest.approx(rise / (2 * DIFFERENCE), abs=1e-7)


def test_the_lowest_squared_error_is_the_lowest_anywhere() -> None:
    # Also at weights so large that the model is a step, where its infimum over that side would be: 2 of 12 wrong.
    x, y = exam().X[:, 0], exam().y
    weights, biases = np.meshgrid(np.linspace(-40, 40, 201), np.linspace(-150, 150, 301))
    cost = np.mean((sigmoid(weights[..., None] * x + biases[..., None]) - y) ** 2, axis=-1)
    found = squares.squared_error_map()
    assert found.lowest_cost < cost.min()
    steps = [np.mean((np.where(x >= cut, 1.0, 0.0) - y) ** 2) for cut in np.append(x, 7.0)]
    assert found.lowest_cost < min(steps)


def test_squared_error_is_not_convex_and_log_loss_is() -> None:
    rng = np.random.default_rng(0)
    ends = rng.uniform(-6, 6, (2, 400, 2))
    middle = ends.mean(axis=0)

    def excess(objective: LogLoss | squares.SquaredError) -> np.ndarray:
        value = lambda places: np.array([objective.value_and_gradient(p)[0] for p in places])  # noqa: E731
        return value(middle) - (value(ends[0]) + value(ends[1])) / 2

    assert excess(squares.SquaredError(exam().X, exam().y)).max() > 0.05
    assert excess(LogLoss(exam().X, exam().y)).max() <= 1e-12


@pytest.mark.parametrize("start", [(-4, 4), (-2, 4), (-4, -10), (4, 10)])
def test_descent_of_the_squared_error_gets_stuck_where_log_loss_arrives(start: tuple[float, float]) -> None:
    log_path, squared_path = squares.descents(*start)
    assert squares.arrived(log_path)
    assert log_path.cost[-1] == pytest.approx(squares.log_loss_map().lowest_cost, abs=1e-6)
    assert squares.stuck(squared_path)
    assert squared_path.cost[-1] > 3 * squares.squared_error_map().lowest_cost
    assert squared_path.slope < 0.001


def test_a_descent_that_still_has_a_slope_is_not_called_stuck() -> None:
    squared_path = squares.descents(-4.0, 10.0)[1]
    assert squared_path.cost[-1] > 0.5
    assert squared_path.slope > 0.01
    assert not squares.stuck(squared_path)
    assert not squares.came_down(squared_path)


def test_from_zero_both_arrive() -> None:
    log_path, squared_path = squares.descents(0.0, 0.0)
    assert squares.arrived(log_path)
    assert not squares.stuck(squared_path)
    assert log_path.cost[0] == pytest.approx(math.log(2), abs=1e-15)
    assert squared_path.cost[0] == 0.25


@pytest.mark.parametrize("weight", [-4.0, 0.0, 4.0])
@pytest.mark.parametrize("bias", [-10.0, 0.0, 10.0])
def test_log_loss_arrives_from_every_corner(weight: float, bias: float) -> None:
    assert squares.arrived(squares.descents(weight, bias)[0])


def test_maps_are_the_costs_they_say() -> None:
    heights = squares.log_loss_map()
    w, b = heights.weights[40], heights.biases[20]
    loss = log_loss_terms(exam().X[:, 0] * w + b, exam().y).mean()
    assert heights.cost[20, 40] == pytest.approx(loss, rel=1e-12)
    assert heights.lowest_cost <= heights.cost.min()


# ---------------------------------------------------------------- boundary and sigmoid by hand


def test_customers_need_both_features() -> None:
    both, one = customers().only(2), customers().only(1)
    assert by_hand.rows_right(both, [1.5, -1.5], 0.5) == 24
    cuts = [by_hand.rows_right(one, [w], b) for w in (-1.0, 1.0) for b in np.linspace(-3, 3, 601)]
    assert max(cuts) < 24


@pytest.mark.parametrize(
    ("weights", "bias", "said"),
    [
        ((1.5, -0.5), 0.25, "1.5 · a - 0.5 · b + 0.25 = 0"),
        ((0.0, 2.0), -1.0, "2 · b - 1 = 0"),
        ((1.0, 0.0), 0.0, "1 · a = 0"),
    ],
)
def test_boundary_is_written_as_people_do(weights: tuple[float, float], bias: float, said: str) -> None:
    assert by_hand.boundary_in_words(weights, bias, ("a", "b")) == said


def test_there_is_no_boundary_without_weights() -> None:
    assert "no boundary" in by_hand.boundary_in_words((0.0, 0.0), 1.0, ("a", "b"))


def test_plane_by_hand_is_the_score() -> None:
    found = by_hand.plane_over((2.0, -1.0), 0.5, ("a", "b"), (-1.0, 1.0))
    np.testing.assert_allclose(found.z, 2 * found.x[None, :] - found.y[:, None] + 0.5, rtol=0, atol=1e-12)


# ---------------------------------------------------------------- ranking, threshold, penalty


def test_fewest_cases_by_counting() -> None:
    p = ranking.ranked_probabilities()
    assert np.all(np.diff(p) <= 0)
    n = ranking.fewest_for(p, 6.0)
    assert p[:n].sum() >= 6.0 > p[: n - 1].sum()
    with pytest.raises(ValueError, match="never expected"):
        ranking.fewest_for(p, 100.0)


def test_a_higher_threshold_trades_false_alarms_for_misses() -> None:
    table = trade.table(5.0)
    assert np.all(np.diff(table["misses"]) >= 0)
    assert np.all(np.diff(table["false alarms"]) <= 0)
    found = trade.outcome(0.3)
    assert found.total == trade.N_CASES
    assert trade.cost(0.3, 5.0) == found.false_positive + 5 * found.false_negative


@pytest.mark.parametrize("price", [1.0, 2.0, 5.0, 20.0])
def test_threshold_in_theory_has_the_lowest_expected_cost(price: float) -> None:
    p = np.linspace(0.0005, 0.9995, 1000)
    expected = [np.where(p >= t, 1 - p, price * p).sum() for t in trade.THRESHOLDS]
    best = trade.THRESHOLDS[int(np.argmin(expected))]
    assert best == pytest.approx(trade.threshold_in_theory(price), abs=0.01)
    assert trade.lowest_cost(price) == min(trade.cost(t, price) for t in trade.THRESHOLDS)


@pytest.mark.parametrize("price", [float(price) for price in range(1, 21)])
def test_the_cheapest_threshold_may_be_anywhere_in_one_range_with_the_formulas_in_it(price: float) -> None:
    may = np.flatnonzero(trade.may_be_cheapest(price))
    np.testing.assert_array_equal(may, np.arange(may[0], may[-1] + 1))  # no gap
    assert round(100 * trade.threshold_in_theory(price)) - 1 in may
    assert int(np.argmin([trade.cost(t, price) for t in trade.THRESHOLDS.tolist()])) in may


def test_in_draws_of_the_cases_the_cheapest_threshold_is_in_that_range_as_often_as_is_said() -> None:
    price, (p, y) = 5.0, trade.cases()
    low, high = trade.range_of_the_cheapest(price)
    rng, inside, draws = np.random.default_rng(7), 0, 1000
    for _ in range(draws):
        chosen = rng.integers(0, trade.N_CASES, trade.N_CASES)
        q, z = p[chosen], y[chosen]
        costs = [((q >= t) & (z == 0)).sum() + price * ((q < t) & (z == 1)).sum() for t in trade.THRESHOLDS]
        inside += low <= trade.THRESHOLDS[int(np.argmin(costs))] <= high
    # What is at an end of the range is drawn often, so that the share may be above 95 %.
    assert 0.94 <= inside / draws <= 0.99


def test_the_formula_and_what_chance_cannot_tell_from_the_lowest_are_answers() -> None:
    assert trade.is_an_answer(0.21, 5.0)  # the lowest in these cases
    assert trade.is_an_answer(0.17, 5.0)  # of the formula, 1 / 6
    assert trade.is_an_answer(0.30, 5.0)
    assert not trade.is_an_answer(0.50, 5.0)
    assert not trade.is_an_answer(0.01, 5.0)
    for price in range(1, 21):
        assert trade.is_an_answer(trade.threshold_in_theory(price), price)


def test_penalties() -> None:
    assert penalty.penalty(0.5, True) == pytest.approx(math.log(2), rel=1e-15)
    assert penalty.penalty(0.9, True) == pytest.approx(-math.log(0.9), rel=1e-13)
    assert penalty.penalty(0.9, False) == pytest.approx(-math.log(0.1), rel=1e-13)
    assert penalty.penalty(0.0, True) == math.inf
    assert penalty.penalty(1.0, True) == 0.0
    assert penalty.penalty(1 / 32, True) == pytest.approx(5 * penalty.COIN_FLIP, rel=1e-13)


# ---------------------------------------------------------------- descent and rates


def test_descent_on_the_loans_falls_to_the_optimum() -> None:
    states = stepping.states_of_loans(10_000)
    cost = stepping.costs(states)
    assert len(states) == stepping.MOST_STEPS + 1
    assert np.all(np.diff(cost[:100]) < 0)
    best = stepping.best_of_loans()
    np.testing.assert_allclose(states[-1].parameters, best.parameters, rtol=0, atol=1e-8)
    first = stepping.first_within(0.001)
    assert cost[first] - best.cost <= 0.001 < cost[first - 1] - best.cost
    assert 0 < loans().y.sum() < len(loans().y)


def test_guaranteed_rate_of_the_exam() -> None:
    hours = exam().X[:, 0] - exam().X.mean()
    design = np.column_stack([hours, np.ones(12)])
    largest = np.linalg.eigvalsh(design.T @ design / 12)[-1] / 4
    assert stepping.safe_rate() == pytest.approx(2 / largest, rel=1e-12)


def test_rates_do_what_they_are_called() -> None:
    runs = {name: stepping.run_with(rate) for name, rate in stepping.RATES.items()}
    small, right, large, far = (runs[name] for name in ("Too small", "Right", "Too large", "Far too large"))
    assert small.rises == 0
    assert not small.arrived
    assert right.rises == 0
    assert right.arrived
    assert right.rate < stepping.safe_rate() < large.rate
    assert large.rises > 20
    assert not large.arrived
    assert far.cost[-1] > far.cost[0]
    assert "higher than at the start" in far.in_words


@pytest.mark.parametrize("rate", [0.01, 0.5, 2.0, 2.68])
def test_below_the_guaranteed_rate_every_step_lowers_the_cost(rate: float) -> None:
    assert stepping.run_with(rate).rises == 0


def test_some_rates_above_the_guaranteed_one_arrive() -> None:
    assert stepping.run_with(5.0).arrived


# ---------------------------------------------------------------- curves and odds


@pytest.mark.parametrize(("shape", "lowest"), [("circles", 2), ("moons", 3), ("xor", 2)])
def test_lowest_good_degree(shape: str, lowest: int) -> None:
    assert curved.lowest_good_degree(shape) == lowest
    table = curved.over_degrees(shape).set_index("degree")
    assert table.loc[1, "test rows right"] < 0.9 <= table.loc[lowest, "test rows right"]
    # Of p columns' powers and products up to degree d there are (p + d over d) - 1.
    assert list(table["columns the model sees"]) == [math.comb(2 + d, d) - 1 for d in curved.DEGREES]


def test_odds() -> None:
    moved = odds.moved(0.2, math.log(2), 4.0)
    assert moved[0.0].odds == pytest.approx(0.25, rel=1e-12)
    assert moved[1.0].odds == pytest.approx(0.5, rel=1e-12)
    assert moved[1.0].probability == pytest.approx(1 / 3, rel=1e-12)
    assert moved[4.0].odds == pytest.approx(4.0, rel=1e-12)
    assert odds.odds_ratio(0.5, 2.0) == pytest.approx(math.e, rel=1e-15)
    assert odds.odds_in_words(0.25) == "1 to 4"
    assert odds.odds_in_words(3.0) == "3 to 1"
    curve = odds.probability_over_units(0.2, 0.3, (-3.0, 3.0))
    assert curve.loc[60, "probability"] == pytest.approx(0.2, abs=1e-12)


def test_odds_as_a_table_to_read() -> None:
    moved = odds.moved(0.2, math.log(2), 4.0)
    table = odds.table(moved, {0.0: "as it is", 1.0: "1 unit more", 4.0: "1 standard deviation more"})
    assert table[""] == ["Probability", "Odds", "Odds ratio", "Log odds"]
    assert table["1 unit more"] == ["33.3\u00a0%", "1 to 2", "2", "-0.693"]
    assert table["1 standard deviation more"] == ["80.0\u00a0%", "4 to 1", "16", "1.386"]


def test_a_rate_that_does_not_settle_says_between_what_it_jumps() -> None:
    run = stepping.run_with(12.0)
    tail = run.cost[-25:]
    assert f"between {tail.min():.3f} and {tail.max():.3f}" in run.in_words
    assert tail.max() - tail.min() > 0.01
