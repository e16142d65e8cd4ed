import numpy as np
import pytest
from statsmodels.stats.proportion import power_proportions_2indep

from ite.design.alternatives.null_average import Branching, OppositeEffects, branching_power, cancellation
from ite.errors import DesignError


@pytest.mark.known_truth
def test_opposite_effects_cancel_and_matching_gains_half_of_each() -> None:
    result = cancellation(OppositeEffects(shares=(0.5, 0.5), effects=(0.15, -0.15)))
    assert result.average == pytest.approx(0.0)
    assert result.sd == pytest.approx(0.15)
    assert (result.best_single_gain, result.gain_from_matching) == (pytest.approx(0.0), pytest.approx(0.075))


@pytest.mark.known_truth
def test_equals_a_population_of_patients() -> None:
    effects = np.repeat([0.3, 0.1, -0.4], [50, 30, 20])
    result = cancellation(OppositeEffects(shares=(0.5, 0.3, 0.2), effects=(0.3, 0.1, -0.4)))
    assert (result.average, result.sd) == (pytest.approx(effects.mean()), pytest.approx(effects.std()))
    assert result.gain_from_matching == pytest.approx(np.maximum(effects, 0).mean() - effects.mean())


@pytest.mark.independent
def test_power_after_branching_equals_that_of_statsmodels() -> None:
    spec = Branching(entrants=5000, levels=3, arms_per_level=2, retained_each_level=0.8, rate_one=0.25, rate_other=0.35)
    result = branching_power(spec)
    assert result.n_per_sequence == pytest.approx(5000 * 0.4**3)
    for n, ours in ((result.n_per_sequence, result.power), (2500, result.power_without_branching)):
        # the difference of two rates about the mean of both, one tail of a two-sided test
        theirs = power_proportions_2indep(0.1, 0.25, n, alpha=0.025, alternative="larger", return_results=False)
        assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.known_truth
def test_shares_must_fit_the_effects() -> None:
    with pytest.raises(DesignError, match=r"add up to 0\.9"):
        cancellation(OppositeEffects(shares=(0.5, 0.4), effects=(0.1, 0.2)))
    with pytest.raises(DesignError, match="2 effects and 1 shares"):
        cancellation(OppositeEffects(shares=(1.0,), effects=(0.1, 0.2)))
