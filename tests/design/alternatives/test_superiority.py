import numpy as np
import pytest

from ite.design.alternatives.superiority import probability_of_superiority
from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.errors import DesignError


@pytest.mark.known_truth
@pytest.mark.parametrize("counts", [(18, 40, 11, 40), (0, 5, 0, 300), (2000, 4000, 1900, 4000), (3, 3, 0, 2)])
def test_equals_draws_from_both_posteriors(counts: tuple[int, int, int, int]) -> None:
    treated, n_treated, control, n_control = counts
    draws, rng = 400_000, np.random.default_rng(9)
    treatment = rng.beta(1 + treated, 1 + n_treated - treated, draws)
    found = np.mean(treatment > rng.beta(1 + control, 1 + n_control - control, draws))
    assert probability_of_superiority(*counts) == pytest.approx(found, abs=4 * np.sqrt(0.25 / draws))


@pytest.mark.known_truth
def test_arms_that_change_places_add_up_to_one() -> None:
    prior = BetaPrior(a=0.5, b=0.5)
    there, back = (probability_of_superiority(*counts, prior) for counts in ((7, 20, 12, 25), (12, 25, 7, 20)))
    assert there + back == pytest.approx(1.0, abs=1e-7)
    assert probability_of_superiority(5, 10, 5, 10, prior) == pytest.approx(0.5, abs=1e-7)


@pytest.mark.known_truth
def test_more_responders_than_patients_are_refused() -> None:
    with pytest.raises(DesignError, match=r"found 11\. The nearest possible number is 10"):
        probability_of_superiority(11, 10, 2, 10)
