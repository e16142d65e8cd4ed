import numpy as np
import pytest
from scipy import stats

from ite.design.alternatives.single_arm import SingleArm, single_arm_assurance
from ite.design.alternatives.uncertain_prevalence import BetaPrior

SPEC = SingleArm(n=45, design_prior=BetaPrior(a=6, b=9), analysis_prior=BetaPrior(a=0.5, b=0.5), rate_threshold=0.25)


@pytest.mark.known_truth
def test_assurance_is_the_share_of_simulated_trials_that_succeed() -> None:
    trials, rng = 100_000, np.random.default_rng(6)
    responders = rng.binomial(45, rng.beta(6, 9, trials))
    success = stats.beta.sf(0.25, 0.5 + responders, 0.5 + 45 - responders) > 0.95
    result = single_arm_assurance(SPEC)
    assert result.assurance == pytest.approx(success.mean(), abs=4 * np.sqrt(0.25 / trials))
    assert result.min_responders == responders[success].min()


@pytest.mark.known_truth
def test_a_trial_too_small_to_succeed_says_so() -> None:
    result = single_arm_assurance(SPEC.model_copy(update={"n": 1, "rate_threshold": 0.9}))
    assert (result.assurance, result.min_responders) == (0.0, None)
