import numpy as np
import pytest

from ite.design.alternatives.subgroup_power import SubgroupPower, power_in_subgroup
from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.errors import DesignError


@pytest.mark.known_truth
def test_power_is_that_of_simulated_trials_with_an_uncertain_prevalence() -> None:
    spec = SubgroupPower(n_total=200, prior=BetaPrior(a=4, b=8), effect_subgroup=0.6)
    trials, rng = 200_000, np.random.default_rng(11)
    size = rng.binomial(200, rng.beta(4, 8, trials))
    z = rng.standard_normal(trials) + 0.6 * np.sqrt(size) / 2
    power = np.mean((z > 1.959964) & (size > 0))
    result = power_in_subgroup(spec)
    assert result.power == pytest.approx(power, abs=4 * np.sqrt(0.25 / trials))
    assert result.size_median == pytest.approx(np.median(size), abs=1)
    assert result.size_lower == pytest.approx(np.quantile(size, 0.05), abs=1)


@pytest.mark.known_truth
def test_a_subgroup_of_everybody_has_the_power_of_the_trial() -> None:
    result = power_in_subgroup(SubgroupPower(n_total=150, prevalence=1.0, effect_subgroup=0.4))
    assert result.power == pytest.approx(result.power_fixed_size)
    assert (result.size_lower, result.size_upper) == (150, 150)


@pytest.mark.known_truth
def test_without_patients_there_is_no_power() -> None:
    result = power_in_subgroup(SubgroupPower(n_total=1, prevalence=0.1, effect_subgroup=50.0))
    assert result.power == pytest.approx(0.1)


@pytest.mark.known_truth
def test_prevalence_or_prior_but_not_both() -> None:
    with pytest.raises(DesignError, match="found neither"):
        power_in_subgroup(SubgroupPower(n_total=10, effect_subgroup=0.5))
    with pytest.raises(DesignError, match="found both"):
        power_in_subgroup(SubgroupPower(n_total=10, prevalence=0.5, prior=BetaPrior(a=1, b=1), effect_subgroup=0.5))
    with pytest.raises(DesignError, match=r"nearest possible value is 1e\+06"):
        SubgroupPower(n_total=2_000_000, prevalence=0.5, effect_subgroup=0.5)
