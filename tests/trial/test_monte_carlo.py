"""The Monte-Carlo error against statsmodels, and where there is none."""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from ite.trial.monte_carlo import mean_error, share_error
from ite.trial.normal import NORMAL_975


@pytest.mark.independent
def test_error_of_means_is_that_of_statsmodels() -> None:
    drawn = np.random.default_rng(3).exponential(2.0, size=(40, 3))
    np.testing.assert_allclose(mean_error(drawn), DescrStatsW(drawn).std_mean)
    assert float(mean_error(drawn[:, 0])) == pytest.approx(DescrStatsW(drawn[:, 0]).std_mean)


@pytest.mark.independent
def test_error_of_a_share_gives_walds_interval() -> None:
    reach = NORMAL_975 * float(share_error(37 / 400, 400))
    lower, upper = proportion_confint(37, 400, method="normal")
    assert (37 / 400 - reach, 37 / 400 + reach) == pytest.approx((lower, upper), abs=1e-12)


@pytest.mark.known_truth
def test_one_draw_tells_of_no_error() -> None:
    assert np.isnan(mean_error([4.0]))
    assert np.isnan(mean_error(np.ones((1, 2)))).all()
