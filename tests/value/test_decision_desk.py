"""Options ranked by expected utility, and what their order hangs on."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from ite.errors import ValuationError
from ite.value.beta_options import BetaOption, choose_between, draw_beta_options
from ite.value.decision_desk import OptionDraws, rank_options
from ite.value.utility_weights import CRITERIA, UtilityWeights
from ite.value.weight_sensitivity import indifference_table, weight_tornado

A = BetaOption(name="A", response=(12, 8), harm=(2, 98))
B = BetaOption(name="B", response=(15, 5), harm=(10, 90))
WEIGHTS = UtilityWeights(benefit=2.0, harm=1.5, cost=0.1, burden=0.3)


def _draws(seed: int = 3, draws: int = 500) -> OptionDraws:
    rng = np.random.default_rng(seed)
    return OptionDraws(options=("x", "y", "z"), criteria=rng.gamma(2.0, 1.0, (draws, 3, 4)))


@pytest.mark.independent
def test_ranking_equals_a_loop_over_draws() -> None:
    draws = _draws()
    found = rank_options(draws, WEIGHTS).ranking
    utility = np.array([[2 * b - 1.5 * h - 0.1 * c - 0.3 * u for b, h, c, u in one] for one in draws.criteria])
    for position, option in enumerate(draws.options):
        row = found.loc[option]
        assert row["expected_utility"] == pytest.approx(utility[:, position].mean())
        assert row["regret"] == pytest.approx((utility.max(axis=1) - utility[:, position]).mean())
        assert row["probability_best"] == pytest.approx((utility.argmax(axis=1) == position).mean())
        assert row["expected_utility_error"] == pytest.approx(stats.sem(utility[:, position]))
    assert found["expected_utility"].is_monotonic_decreasing
    assert found["probability_best"].sum() == pytest.approx(1)
    assert found["behind"].iloc[0] == 0
    # What perfect knowledge would gain is the regret of the chosen option, the least of all.
    assert found["regret"].iloc[0] == found["regret"].min()


@pytest.mark.known_truth
def test_equal_options_share_being_best() -> None:
    draws = OptionDraws.of(("x", "y"), benefit=np.ones((10, 2)))
    assert rank_options(draws, WEIGHTS).ranking["probability_best"].tolist() == [0.5, 0.5]


@pytest.mark.known_truth
def test_draws_of_betas_agree_with_the_exact_answer_within_their_error() -> None:
    weights = UtilityWeights(harm=3)
    exact, drawn = choose_between(A, B, weights), rank_options(draw_beta_options((A, B), seed=4), weights).ranking
    assert exact.chosen == "A"
    assert exact.indifference_harm_weight == pytest.approx(1.875)
    for option in ("A", "B"):
        off = drawn.loc[option, "expected_utility"] - exact.expected.loc[option, "expected_utility"]
        assert abs(off) < 4 * drawn.loc[option, "expected_utility_error"]
        sd = drawn.loc[option, "expected_utility_error"] * np.sqrt(10_000)
        assert sd == pytest.approx(exact.expected.loc[option, "sd"], rel=0.05)


@pytest.mark.known_truth
def test_options_that_harm_alike_have_no_indifference_weight() -> None:
    same = BetaOption(name="C", response=(5, 5), harm=(2, 98))
    assert choose_between(A, same, UtilityWeights()).indifference_harm_weight is None


@pytest.mark.independent
def test_indifference_weights_make_expected_utilities_equal() -> None:
    draws = _draws()
    table = indifference_table(draws, WEIGHTS)
    assert len(table) == 3 * len(CRITERIA)
    reached = table[table["reachable"]]
    assert len(reached) >= 2
    for row in reached.itertuples():
        weights = WEIGHTS.model_copy(update={str(row.criterion): row.weight})
        mean = draws.utility(weights).mean(axis=0)
        one, other = (draws.options.index(str(name)) for name in (row.option, row.other))
        assert mean[one] == pytest.approx(mean[other])


@pytest.mark.known_truth
def test_the_error_of_an_indifference_weight_is_what_repeated_draws_show() -> None:
    found = [
        indifference_table(draw_beta_options((A, B), draws=2000, seed=seed), UtilityWeights()) for seed in range(150)
    ]
    weights = np.array([table.loc[1, "weight"] for table in found])
    assert found[0].loc[1, "criterion"] == "harm"
    assert found[0].loc[1, "weight_error"] == pytest.approx(weights.std(), rel=0.25)
    assert abs(weights.mean() - 1.875) < 4 * weights.std() / np.sqrt(150)


@pytest.mark.independent
def test_tornado_bars_cross_zero_at_the_indifference_weight() -> None:
    draws = draw_beta_options((A, B), seed=5)
    tornado = weight_tornado(draws, UtilityWeights(), {"harm": (0.0, 5.0), "benefit": (0.9, 1.1)})
    assert (tornado.chosen, tornado.rival) == ("B", "A")
    bar = tornado.bars.iloc[0]
    assert bar["weight"] == "harm"
    assert (bar["best_low"], bar["best_high"]) == ("B", "A")

    def margin(weight: float) -> float:
        mean = draws.utility(UtilityWeights(harm=weight)).mean(axis=0)
        return float(mean[1] - mean[0])

    assert (bar["margin_low"], bar["margin_high"]) == pytest.approx((margin(0), margin(5)))
    table = indifference_table(draws, UtilityWeights()).set_index("criterion")
    assert table.loc["harm", "weight"] == pytest.approx(brentq(margin, 0, 5))


@pytest.mark.known_truth
def test_impossible_choices_are_refused() -> None:
    with pytest.raises(ValuationError, match="Weight of harm should be at least 0, but -1 was given"):
        UtilityWeights(harm=-1)
    with pytest.raises(ValuationError, match="Weight of benefit should be greater than 0"):
        UtilityWeights(benefit=0)
    with pytest.raises(ValuationError, match="at least two options"):
        OptionDraws.of(("x",), benefit=np.ones((5, 1)))
    with pytest.raises(ValuationError, match="finite"):
        OptionDraws.of(("x", "y"), benefit=np.full((5, 2), np.nan))
    with pytest.raises(ValuationError, match="At least 2 draws"):
        OptionDraws.of(("x", "y"), benefit=np.ones((1, 2)))
    with pytest.raises(ValuationError, match="different names"):
        choose_between(A, A, UtilityWeights())
    with pytest.raises(ValuationError, match="Swap them"):
        weight_tornado(_draws(), WEIGHTS, {"harm": (2.0, 1.0)})
    with pytest.raises(ValuationError, match="should be greater than 0"):
        BetaOption(name="A", response=(0, 8), harm=(2, 98))
    with pytest.raises(ValueError, match="shape"):
        OptionDraws(options=("x", "y"), criteria=np.ones((5, 2)))
