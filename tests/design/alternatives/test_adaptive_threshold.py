import numpy as np
import pytest
from scipy import integrate, stats

from ite.design.alternatives.adaptive_threshold import AdaptiveThreshold, adaptive_threshold_characteristics
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.errors import DesignError

SPEC = AdaptiveThreshold(n_total=400, effect=MarkerEffect(high=0.6, change=0.6), trials=50_000, seed=3)


def claims_of_patients(spec: AdaptiveThreshold, trials: int, seed: int) -> np.ndarray:
    """Whether patient-level trials claim the whole population, or a part of it, by p-values of t-tests."""
    result, rng, n = adaptive_threshold_characteristics(spec), np.random.default_rng(seed), spec.n_total
    marker, treated = (np.arange(n) + 0.5) / n, np.arange(n) % 2 == 1
    step = spec.effect.low + (spec.effect.high - spec.effect.low) * (marker > spec.effect.change)
    outcome = rng.standard_normal((trials, n)) + treated * step
    claims = np.zeros((2, trials), dtype=bool)
    for cut in (0.0, *spec.cuts):
        one, other = outcome[:, treated & (marker > cut)], outcome[:, ~treated & (marker > cut)]
        level = stats.norm.sf(result.critical_cuts if cut else result.critical_full)
        claims[int(cut > 0)] |= stats.ttest_ind(one, other, axis=1, alternative="greater").pvalue < level
    return claims


@pytest.mark.known_truth
def test_family_wise_error_holds_in_patient_level_trials() -> None:
    """Ten patients per arm above the last cut; judged by the exact 99 % interval."""
    null = SPEC.model_copy(update={"effect": MarkerEffect(high=0.0), "n_total": 200, "trials": 1000})
    claimed = sum(int(claims_of_patients(null, 1_000, seed).any(axis=0).sum()) for seed in range(20))
    assert stats.binomtest(claimed, 20_000).proportion_ci(0.99).low <= 0.025


@pytest.mark.known_truth
def test_type_one_error_is_alpha_for_any_cuts() -> None:
    for cuts in ((0.5,), (0.25, 0.5, 0.75), tuple(np.linspace(0.02, 0.98, 30))):
        null = SPEC.model_copy(update={"effect": MarkerEffect(high=0.0), "cuts": cuts, "trials": 1000})
        assert adaptive_threshold_characteristics(null).claims["any"] == pytest.approx(0.025, abs=1e-8)


@pytest.mark.known_truth
def test_claims_are_those_of_patient_level_trials() -> None:
    """0.01 beside the Monte-Carlo error is for the spread of effects, which the test adds to the variance."""
    claims, trials = adaptive_threshold_characteristics(SPEC).claims, 4_000
    whole, part = claims_of_patients(SPEC, trials, seed=1)
    tolerance = 4 * np.sqrt(0.25 / trials) + 0.01
    assert whole.mean() == pytest.approx(claims["whole population"], abs=tolerance)
    assert (part & ~whole).mean() == pytest.approx(claims["above a cut"], abs=tolerance)


@pytest.mark.known_truth
def test_simulated_claims_add_up_to_the_exact_ones() -> None:
    result = adaptive_threshold_characteristics(SPEC)
    tolerance = 4 * np.sqrt(0.25 / SPEC.trials)
    assert result.cuts["claimed"].sum() == pytest.approx(result.claims["any"], abs=tolerance)
    assert result.cuts["claimed"][0] == pytest.approx(result.claims["whole population"], abs=tolerance)
    assert result.claims["any"] > result.claims["one test in everybody"]


@pytest.mark.known_truth
def test_the_estimate_of_a_claim_is_too_large() -> None:
    result = adaptive_threshold_characteristics(SPEC)
    assert result.bias > 4 * result.estimate_se
    huge = adaptive_threshold_characteristics(SPEC.model_copy(update={"n_total": 40_000}))
    assert huge.bias == pytest.approx(0.0, abs=4 * huge.estimate_se)


@pytest.mark.known_truth
def test_seed_and_spec_decide_everything() -> None:
    first, again = (adaptive_threshold_characteristics(SPEC).cuts for _ in range(2))
    assert first.equals(again)
    other = adaptive_threshold_characteristics(SPEC.model_copy(update={"seed": 4})).cuts
    assert not first.equals(other)


@pytest.mark.independent
@pytest.mark.parametrize("shape", ["step", "line"])
def test_mean_effects_above_cuts_equal_integrals(shape: str) -> None:
    effect = MarkerEffect(shape=shape, low=-0.2, high=0.7, change=0.4)

    def at(marker: float) -> float:
        return -0.2 + 0.9 * (marker if shape == "line" else marker > 0.4)

    for cut in (0.0, 0.3, 0.4, 0.8):
        total = integrate.quad(at, cut, 1, points=[0.4])[0] if cut < 0.4 else integrate.quad(at, cut, 1)[0]
        assert effect.mean_above(cut) == pytest.approx(total / (1 - cut))


@pytest.mark.known_truth
def test_impossible_designs_are_refused() -> None:
    with pytest.raises(DesignError, match=r"In order they are 0\.2, 0\.5"):
        adaptive_threshold_characteristics(SPEC.model_copy(update={"cuts": (0.5, 0.2)}))
    with pytest.raises(DesignError, match=r"below alpha 0\.025"):
        adaptive_threshold_characteristics(SPEC.model_copy(update={"alpha_full": 0.025}))
    nothing = SPEC.model_copy(update={"effect": MarkerEffect(low=-5.0, high=-5.0), "trials": 100})
    assert np.isnan(adaptive_threshold_characteristics(nothing).bias)
