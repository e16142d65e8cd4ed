"""Sizes and powers of the three kinds of outcome, against statsmodels, closed forms and each other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep

from ite.design.fixed.assurance import assurance
from ite.design.fixed.design import Endpoint, plan_fixed
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.errors import DesignError

ENDPOINTS: list[Endpoint] = [
    Means(mean_difference=0.35, sd=1.2, allocation_ratio=2.0),
    Means(mean_difference=-0.5, test="t"),
    Means(mean_difference=4.0, sd=1.0, test="t", allocation_ratio=0.5),
    Rates(rate_treatment=0.5, rate_control=0.3, allocation_ratio=1.5),
    Rates(rate_treatment=0.1, rate_control=0.25, benefit="lower_rate", null_variance="unpooled"),
    LogRank(hazard_ratio=0.6),
    LogRank(hazard_ratio=0.75, allocation_ratio=3.0, formula="freedman"),
]


def _towards_benefit(endpoint: Endpoint) -> Endpoint:
    if isinstance(endpoint, Means):
        return endpoint.model_copy(update={"mean_difference": abs(endpoint.mean_difference)})
    return endpoint


@pytest.mark.known_truth
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=str)
@pytest.mark.parametrize("power", [0.1, 0.8, 0.99])
def test_the_planned_size_has_the_power(endpoint: Endpoint, power: float) -> None:
    beneficial = _towards_benefit(endpoint)
    size = beneficial.size(alpha=0.02, power=power)
    least = 2.01  # the t-test of so large an effect has more power than asked for with its smallest size
    assert beneficial.power(size, alpha=0.02) == pytest.approx(power, abs=1e-9) or size == least
    assert endpoint.size(alpha=0.02, power=power) == size


@pytest.mark.independent
@pytest.mark.parametrize(("difference", "ratio"), [(0.2, 1.0), (0.5, 2.0), (1.1, 0.4)])
def test_t_test_is_that_of_statsmodels(difference: float, ratio: float) -> None:
    solver, means = TTestIndPower(), Means(mean_difference=difference * 3.0, sd=3.0, test="t", allocation_ratio=ratio)
    size = solver.solve_power(difference, alpha=0.025, power=0.85, ratio=ratio, alternative="larger") * (1.0 + ratio)
    assert means.size(alpha=0.025, power=0.85) == pytest.approx(size, rel=1e-6)
    power = solver.power(difference, 40, alpha=0.05, ratio=ratio, alternative="two-sided")
    assert means.power(40 * (1 + ratio), alpha=0.025, both_tails=True) == pytest.approx(power, abs=1e-9)


@pytest.mark.independent
@pytest.mark.parametrize("ratio", [1.0, 2.0, 0.7])
def test_pooled_rates_are_those_of_statsmodels(ratio: float) -> None:
    rates = Rates(rate_treatment=0.42, rate_control=0.3, allocation_ratio=ratio)
    theirs = power_proportions_2indep(
        0.12, 0.3, nobs1=150 * ratio, ratio=1 / ratio, alpha=0.025, alternative="larger", return_results=False
    )
    assert rates.power(150 * (1 + ratio), alpha=0.025) == pytest.approx(theirs, abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=str)
def test_power_grows_with_the_size(endpoint: Endpoint) -> None:
    powers = [_towards_benefit(endpoint).power(size, alpha=0.025) for size in (4, 20, 60, 150, 400)]
    assert powers == sorted(powers)


@pytest.mark.known_truth
@given(st.floats(0.02, 0.97), st.floats(0.02, 0.97), st.floats(10, 5000), st.floats(0.2, 5.0))
def test_a_larger_rate_has_more_power(one: float, other: float, size: float, ratio: float) -> None:
    low, high = sorted((one, other))
    powers = [
        Rates(rate_treatment=rate, rate_control=0.01, allocation_ratio=ratio, null_variance="unpooled").power(
            size, alpha=0.025
        )
        for rate in (low, high)
    ]
    assert powers[0] <= powers[1] + 1e-12


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "endpoint",
    [
        Means(mean_difference=-0.3),
        Means(mean_difference=-0.3, test="t"),
        Rates(rate_treatment=0.3, rate_control=0.4),
        Rates(rate_treatment=0.4, rate_control=0.3, benefit="lower_rate"),
        LogRank(hazard_ratio=1.3),
        LogRank(hazard_ratio=1.3, formula="freedman"),
    ],
    ids=str,
)
def test_harm_is_not_rewarded(endpoint: Endpoint) -> None:
    assert endpoint.power(200, alpha=0.025) < 0.025 < endpoint.power(200, alpha=0.025, both_tails=True)


@pytest.mark.known_truth
@pytest.mark.parametrize("difference", [4.0, 30.0, -4.0, -30.0])
@pytest.mark.parametrize("size", [6.0, 12.0, 110.0, 40_000.0])
def test_huge_effects_are_found_by_the_t_test(difference: float, size: float) -> None:
    powers = [
        Means(mean_difference=difference, test="t").power(size, alpha=0.025, both_tails=both) for both in (True, False)
    ]
    assert powers[0] > 0.6
    assert powers[1] == pytest.approx(powers[0] if difference > 0 else 0.0, abs=1e-4)


@pytest.mark.known_truth
def test_without_effect_power_is_the_level() -> None:
    nothing: list[Endpoint] = [
        Means(mean_difference=0.0),
        Means(mean_difference=0.0, test="t"),
        Rates(rate_treatment=0.3, rate_control=0.3),
        LogRank(hazard_ratio=1.0),
    ]
    for endpoint in nothing:
        assert endpoint.power(120, alpha=0.025) == pytest.approx(0.025, abs=1e-12)
        assert endpoint.power(120, alpha=0.025, both_tails=True) == pytest.approx(0.05, abs=1e-12)


@pytest.mark.known_truth
def test_schoenfeld_and_freedman_agree_for_small_effects() -> None:
    one, other = (LogRank(hazard_ratio=0.99, formula=name).size(alpha=0.025, power=0.9) for name in _FORMULAS)
    assert one == pytest.approx(other, rel=1e-4)


_FORMULAS = ("schoenfeld", "freedman")


@pytest.mark.known_truth
def test_a_fixed_design_counts_patients_or_events() -> None:
    means = plan_fixed(Means(mean_difference=5, sd=12, allocation_ratio=2), power=0.8)
    assert means.n_treatment == pytest.approx(135.6286418)
    assert means.n_control == pytest.approx(67.8143209)
    assert means.events is None
    events = plan_fixed(LogRank(hazard_ratio=0.65, allocation_ratio=2), power=0.8)
    assert events.events == pytest.approx(190.3282458)
    assert events.n_total is events.n_treatment is events.n_control is None


@pytest.mark.known_truth
def test_effects_are_shares_of_the_assumed_one() -> None:
    for endpoint, value in [(ENDPOINTS[0], 0.1), (ENDPOINTS[3], -0.05), (ENDPOINTS[5], 0.9)]:
        assert endpoint.effect_at_share(endpoint.share_of_effect(value)) == pytest.approx(value)
        assert endpoint.share_of_effect(endpoint.effect_at_share(1.0)) == pytest.approx(1.0)


@pytest.mark.known_truth
def test_assurance_without_uncertainty_is_power_and_with_it_tends_to_a_coin() -> None:
    means = Means(mean_difference=0.4)
    assert assurance(means, 200, prior_sd=0.0) == pytest.approx(means.power(200, alpha=0.025))
    assert assurance(means, 200, prior_sd=1e6) == pytest.approx(0.5, abs=1e-5)
    log_rank = LogRank(hazard_ratio=0.7)
    spread = math.hypot(0.2, log_rank.standard_error(300))
    expected = ndtr((-math.log(0.7) + ndtri(0.025) * log_rank.standard_error(300)) / spread)
    assert assurance(log_rank, 300, prior_sd=0.2) == pytest.approx(expected)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        (Means(mean_difference=0.0), r"needs infinitely many.*within reach is 0\.00"),
        (Means(mean_difference=-1e-5), r"within reach is -0\.00"),
        (Rates(rate_treatment=0.3, rate_control=0.3), "difference of rates of 0 needs infinitely many"),
        (LogRank(hazard_ratio=1.0), r"within reach is 0\.99"),
        (LogRank(hazard_ratio=1.0001), r"within reach is 1\.00"),
    ],
)
def test_sizes_out_of_reach_name_the_nearest_effect(endpoint: Endpoint, words: str) -> None:
    with pytest.raises(DesignError, match=words):
        endpoint.size(alpha=0.025, power=0.9)


@pytest.mark.known_truth
@pytest.mark.parametrize("power", [0.0, 0.025, 1.0, 1.5, math.nan])
@pytest.mark.parametrize("endpoint", ENDPOINTS[2:6], ids=str)
def test_power_must_be_possible(endpoint: Endpoint, power: float) -> None:
    with pytest.raises(DesignError, match="above the one-sided level"):
        endpoint.size(alpha=0.025, power=power)


@pytest.mark.known_truth
def test_sizes_and_settings_must_be_possible() -> None:
    with pytest.raises(DesignError, match="more than 2 "):
        Means(mean_difference=1.0, test="t").power(2.0, alpha=0.025)
    for endpoint in (ENDPOINTS[0], ENDPOINTS[3], ENDPOINTS[5]):
        with pytest.raises(DesignError, match="more than 0 "):
            endpoint.power(-1.0, alpha=0.025)
    with pytest.raises(DesignError, match=r"^Hazard ratio should be greater than 0, but -1 was given"):
        LogRank(hazard_ratio=-1)
