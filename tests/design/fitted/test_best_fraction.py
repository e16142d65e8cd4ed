import numpy as np
import pytest

from ite.design.alternatives.resources import Resources
from ite.design.fitted.best_fraction import best_fraction, price_factor
from ite.design.fitted.targeting import targeting
from ite.errors import DesignError
from tests.design.fitted.examples import ARM, fitted

_TRIALS = 80


def _best(seed: int, difference: float = 0.0, goal: str = "randomised") -> object:
    _, effects = fitted(seed=seed, difference=difference)
    return best_fraction(
        targeting(effects, ARM), goal=goal, resources=Resources(cost_per_screen=1.0, cost_per_patient=1.0), seed=seed
    )


@pytest.mark.known_truth
def test_without_a_difference_everybody_is_retained_and_the_corrected_effect_is_not_flattered() -> None:
    found = [_best(seed) for seed in range(_TRIALS)]
    retained = np.mean([best.all_comers_retained for best in found])
    error = np.sqrt(0.95 * 0.05 / _TRIALS)
    assert retained > 0.95 - 4 * error
    corrected = np.array([(best.corrected - 0.3) / best.se for best in found])
    assert abs(corrected.mean()) < 4 / np.sqrt(_TRIALS)
    assert corrected.std() == pytest.approx(1.0, abs=4 / np.sqrt(2 * _TRIALS))
    # What the correction is for: the apparently best fraction flatters by more than a standard error of the average.
    assert np.mean([best.apparent - 0.3 for best in found]) > 0.1


@pytest.mark.known_truth
def test_a_difference_in_thirty_per_cent_is_found_and_the_best_fraction_is_in_the_set() -> None:
    found = [_best(seed, difference=1.2) for seed in range(40)]
    assert np.mean([not best.all_comers_retained for best in found]) > 0.9
    # Every fraction up to 0.3 has the greatest effect; 0.3 needs the fewest screened among them.
    assert np.mean([best.not_worse[5] for best in found]) > 0.95 - 4 * np.sqrt(0.95 * 0.05 / 40)


@pytest.mark.known_truth
def test_screening_counts_against_few() -> None:
    few, many = _best(1, 1.2), _best(1, 1.2, goal="screened")
    assert many.fraction >= few.fraction
    fractions = np.array([0.25, 1.0])
    prices = Resources(cost_per_screen=1.0, cost_per_patient=2.0)
    assert price_factor("screened", fractions, prices) == pytest.approx([0.5, 1.0])
    assert price_factor("cost", fractions, prices) == pytest.approx([6**-0.5, 2**-0.5])
    with pytest.raises(DesignError, match="a price is missing"):
        price_factor("cost", fractions, Resources(cost_per_screen=1.0))


@pytest.mark.known_truth
def test_where_nobody_is_ranked_everybody_is_enrolled() -> None:
    _, effects = fitted()
    effects.sequential[ARM] = effects.sequential[ARM] * 0.0
    best = best_fraction(targeting(effects, ARM), goal="randomised", resources=Resources(), seed=0)
    assert best.all_comers_retained
    assert best.fraction == 1.0
    assert np.isnan(best.corrected)
