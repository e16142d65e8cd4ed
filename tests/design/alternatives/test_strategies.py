import numpy as np
import pytest

from ite.design.alternatives.strategies import MarkerStrategies, compare_strategies


@pytest.mark.known_truth
def test_powers_are_those_of_simulated_patients() -> None:
    """Normal outcomes with known variance, patient by patient, each design on 300 patients."""
    spec = MarkerStrategies(n_total=300, prevalence=0.4, effect_subgroup=0.5, effect_complement=0.1)
    expected = compare_strategies(spec).designs["power"]
    rng, trials, half = np.random.default_rng(8), 4_000, 150
    treated, positive = np.arange(300) < half, np.arange(300) % 5 < 2
    noise = rng.standard_normal((trials, 300))
    outcome = noise + treated * np.where(positive, 0.5, 0.1)
    guided = noise + (treated & positive) * 0.5
    enriched = noise + treated * 0.5

    def power(values: np.ndarray, of: np.ndarray) -> float:
        difference = values[:, of & treated].mean(axis=1) - values[:, of & ~treated].mean(axis=1)
        return float(np.mean(difference * np.sqrt(of.sum()) / 2 > 1.959964))

    everybody = np.ones(300, dtype=bool)
    found = [power(outcome, everybody), power(outcome, positive), power(enriched, everybody), power(guided, everybody)]
    np.testing.assert_allclose(found, expected, atol=4 * np.sqrt(0.25 / trials))


@pytest.mark.known_truth
def test_with_everybody_positive_all_designs_are_one() -> None:
    spec = MarkerStrategies(n_total=300, prevalence=1.0, effect_subgroup=0.3, effect_complement=0.0)
    assert compare_strategies(spec).designs["power"].nunique() == 1
