import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import normal_power

from ite.design.alternatives.normal_test import events_of_hazards, power_of_means, size_of_means, size_of_rates
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.errors import DesignError


@pytest.mark.independent
@given(st.floats(0.05, 2.0), st.floats(0.2, 3.0), st.floats(0.005, 0.1), st.floats(0.3, 0.99))
def test_power_of_the_size_of_means_is_the_power_asked_for(
    effect: float, sd: float, alpha: float, power: float
) -> None:
    size = size_of_means(effect, sd=sd, alpha=alpha, power=power)
    assert power_of_means(effect, size, sd=sd, alpha=alpha) == pytest.approx(power)
    assert normal_power(effect / sd, size / 4, alpha, alternative="larger") == pytest.approx(power)


@pytest.mark.independent
def test_sizes_are_those_of_designs_with_one_analysis() -> None:
    test = {"alpha": 0.01, "power": 0.85}
    assert size_of_means(0.4, sd=1.5, **test) == pytest.approx(Means(mean_difference=0.4, sd=1.5).size(**test))
    rates = Rates(rate_treatment=0.45, rate_control=0.3, null_variance="unpooled")
    assert size_of_rates(0.45, 0.3, **test) == pytest.approx(rates.size(**test))
    assert events_of_hazards(np.log(0.7), **test) == pytest.approx(LogRank(hazard_ratio=0.7).size(**test))


@pytest.mark.known_truth
def test_events_depend_on_the_logarithm_of_the_hazard_ratio_only() -> None:
    ratios = np.log([0.5, 0.7])
    np.testing.assert_allclose(events_of_hazards(ratios, alpha=0.025, power=0.8) * ratios**2 / 4, 7.8489, rtol=1e-4)


@pytest.mark.known_truth
def test_no_size_shows_a_harm_as_a_benefit() -> None:
    assert np.isinf(size_of_means([0.0, -0.2], sd=1.0, alpha=0.025, power=0.9)).all()
    assert np.isinf(events_of_hazards(np.log(1.2), alpha=0.025, power=0.9))


@pytest.mark.known_truth
def test_a_power_without_effect_is_no_power() -> None:
    with pytest.raises(DesignError, match="above the one-sided level"):
        size_of_means(0.3, sd=1.0, alpha=0.05, power=0.05)
