import numpy as np
import pytest

from ite.design.fitted.targeting import FRACTIONS, targeting
from ite.errors import DesignError
from ite.evaluation.sequential import sequential_folds
from tests.design.fitted.examples import ARM, fitted


@pytest.mark.independent
def test_the_gain_is_the_weighted_mean_over_folds_of_top_minus_all() -> None:
    _, effects = fitted(difference=1.0)
    found = targeting(effects, ARM, (0.25, 1.0))
    scores, prediction = effects.scores[ARM].to_numpy(), effects.sequential[ARM].to_numpy()
    expected, total = 0.0, 0.0
    for fold in range(1, 5):
        inside = effects.fold == fold
        top = np.argsort(-prediction[inside])[: inside.sum() // 4]
        weight = inside.sum() * (effects.fold < fold).sum()
        expected += weight * (scores[inside][top].mean() - scores[inside].mean())
        total += weight
    assert found.gain[0] == pytest.approx(expected / total)
    assert found.gain[1] == pytest.approx(0.0, abs=1e-12)
    assert found.effect[1] == pytest.approx(float(effects.ate.loc[ARM, "estimate"]))
    assert np.sqrt(found.effect_covariance[1, 1]) == pytest.approx(float(effects.ate.loc[ARM, "se"]))
    assert found.patients == 640


@pytest.mark.known_truth
def test_effect_and_its_error_are_right_over_repeated_trials() -> None:
    """Top 30 % by the true marker: effect 0.3 + 1; the band's standard error is the spread over trials."""
    trials = [targeting(fitted(difference=1.0, seed=seed)[1], ARM, (0.3, 0.6, 1.0)) for seed in range(120)]
    effect = np.array([found.effect for found in trials])
    covariance = np.mean([found.effect_covariance for found in trials], axis=0)
    truth = np.array([1.3, 0.3 + 0.5, 0.3 + 0.3])
    spread = effect.std(axis=0)
    # The patients of a trial are themselves a draw: their true mean effect varies a little around `truth`.
    assert np.all(np.abs(effect.mean(axis=0) - truth) < 4 * spread / np.sqrt(120) + 0.02)
    assert np.sqrt(np.diag(covariance)) == pytest.approx(spread, rel=4 / np.sqrt(2 * 120))
    assert np.corrcoef(effect.T)[0, 2] == pytest.approx(
        covariance[0, 2] / np.sqrt(covariance[0, 0] * covariance[2, 2]), abs=4 / np.sqrt(120)
    )


@pytest.mark.known_truth
def test_a_model_that_tells_nobody_apart_gives_no_gain_and_no_folds() -> None:
    _, effects = fitted()
    effects.sequential[ARM] = effects.sequential[ARM] * 0.0
    found = targeting(effects, ARM)
    assert found.folds == ()
    assert np.array_equal(found.gain, np.zeros(len(FRACTIONS)))
    assert (
        sequential_folds(effects.scores[ARM].to_numpy(), effects.sequential[ARM].to_numpy(), effects.fold, None) == []
    )


@pytest.mark.known_truth
@pytest.mark.parametrize("fraction", [0.0, -0.1, 1.2])
def test_a_fraction_is_a_share(fraction: float) -> None:
    with pytest.raises(DesignError, match="above 0 and at most at 1"):
        targeting(fitted(n=100)[1], ARM, (fraction, 1.0))
