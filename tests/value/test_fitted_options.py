"""The arms of a fitted trial as options of a decision."""

from dataclasses import replace

import numpy as np
import pytest

from ite.errors import ValuationError
from ite.value.decision_desk import rank_options
from ite.value.fitted_options import FittedOptions, draw_fitted_options
from ite.value.subgroup_effects import subgroup_draws
from ite.value.utility_weights import UtilityWeights
from tests.allocation.fitted_trial import two_arms, two_treated_arms

OPTIONS = FittedOptions(
    control="control", arms=("low", "high"), harm=(0.0, 0.05, 0.2), cost=(0.0, 1.0, 2.0), burden=(0.0, 0.0, 1.0)
)


@pytest.mark.independent
def test_the_draws_have_the_means_and_the_covariance_of_the_average_effects() -> None:
    _, effects = two_treated_arms()
    found = draw_fitted_options(effects, OPTIONS, draws=40_000, seed=1)
    other = subgroup_draws(effects, ("low", "high"), None, draws=40_000, seed=2)
    benefit = found.criteria[:, :, 0]
    assert (benefit[:, 0] == 0).all()
    drawn = other.draws[:, :, 0]
    error = drawn.std(axis=0) * np.sqrt(2 / 40_000)
    assert (np.abs(benefit[:, 1:].mean(axis=0) - drawn.mean(axis=0)) < 4 * error).all()
    np.testing.assert_allclose(np.cov(benefit[:, 1:].T), np.cov(drawn.T), rtol=0.05)
    np.testing.assert_array_equal(found.criteria[0, :, 1:], np.transpose([OPTIONS.harm, OPTIONS.cost, OPTIONS.burden]))


@pytest.mark.known_truth
def test_a_part_of_the_patients_has_its_own_average() -> None:
    trial, effects = two_arms(n=4000)
    spec = FittedOptions(control="control", arms=("treated",), harm=(0.0, 0.1), cost=(0.0, 0.0), burden=(0.0, 0.0))
    inside = trial.frame["marker"].to_numpy(float) > 0.5
    scores = effects.scores.loc[inside, "treated"].to_numpy(float)
    found = draw_fitted_options(effects, spec, inside, draws=40_000)
    error = scores.std() / np.sqrt(len(scores))
    assert abs(found.criteria[:, 1, 0].mean() - scores.mean()) < 4 * error / np.sqrt(40_000)
    assert found.criteria[:, 1, 0].std() == pytest.approx(error, rel=0.02)
    ranking = rank_options(found, UtilityWeights(harm=2.0)).ranking
    assert ranking.loc["treated", "expected_utility"] == pytest.approx(scores.mean() - 0.2, abs=0.01)


@pytest.mark.known_truth
def test_what_cannot_be_drawn_is_refused() -> None:
    _, effects = two_treated_arms()
    with pytest.raises(ValuationError, match="needs at least 20 patients, but there are 3"):
        draw_fitted_options(effects, OPTIONS, np.arange(len(effects.scores)) < 3)
    with pytest.raises(ValuationError, match="middle was given"):
        draw_fitted_options(effects, OPTIONS.model_copy(update={"arms": ("low", "middle")}))
    with pytest.raises(ValuationError, match="each of 3 arms"):
        FittedOptions(control="control", arms=("low", "high"), harm=(0.0, 0.1), cost=(0.0,) * 3, burden=(0.0,) * 3)


@pytest.mark.known_truth
def test_one_cluster_tells_no_error() -> None:
    trial, effects = two_treated_arms()
    cluster = trial.codes("clinic")
    clustered, one = replace(effects, cluster=cluster), np.asarray(cluster == 0)
    with pytest.raises(ValuationError, match="patients of two clusters at least, but these are of one"):
        draw_fitted_options(clustered, OPTIONS, one)
    with pytest.raises(ValuationError, match="'one clinic' has those of one"):
        subgroup_draws(clustered, ("low", "high"), np.where(one, "one clinic", "others"), draws=10, seed=1)
