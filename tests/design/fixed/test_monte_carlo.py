"""Monte-Carlo figures against statsmodels and the scatter of repeated simulations."""

import math

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from ite.design.fixed.monte_carlo import mean, rate, with_error
from ite.trial.normal import NORMAL_975


@pytest.mark.independent
def test_error_of_a_rate_gives_walds_interval() -> None:
    share, error = rate(np.arange(400) < 37)
    lower, upper = proportion_confint(37, 400, method="normal")
    assert (share - NORMAL_975 * error, share + NORMAL_975 * error) == pytest.approx((lower, upper), abs=1e-12)


@pytest.mark.known_truth
def test_error_of_a_mean_is_the_scatter_of_repeated_means() -> None:
    drawn = np.random.default_rng(3).exponential(2.0, size=(2_000, 500))
    errors = np.array([mean(row)[1] for row in drawn])
    # The standard deviation of 2,000 means has a relative error of 1 / sqrt(4,000), 1.6 %.
    assert errors.mean() == pytest.approx(drawn.mean(axis=1).std(), rel=0.06)


@pytest.mark.known_truth
def test_nothing_has_no_figure() -> None:
    assert all(math.isnan(part) for part in (*rate([]), *mean(np.array([]))))


@pytest.mark.known_truth
def test_a_figure_and_its_error_become_two_columns() -> None:
    assert with_error("power", (0.9, 0.01)) == {"power": 0.9, "power_se": 0.01}
