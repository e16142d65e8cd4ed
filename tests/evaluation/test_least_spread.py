"""A lower bound of the spread of effects."""

import numpy as np
import pytest

from ite.evaluation.least_spread import least_spread, least_spread_by_arm
from tests.evaluation.by_hand import ARM, at_most, by_hand


@pytest.mark.known_truth
def test_the_bound_lies_below_the_true_spread_in_95_of_100_trials() -> None:
    for slope in (0.0, 0.6):
        above, explained = 0, []
        for seed in range(300):
            trial, effects = by_hand(200, seed, slope=slope)
            found = least_spread(effects, ARM)
            above += found.lower > slope * float(trial.covariates["x0"].std(ddof=0))
            explained.append(found.explained)
        assert at_most(above, 300, 0.05), slope
        # What a ranking explains is never more than there is, on average.
        assert np.mean(explained) < slope + 3 * np.std(explained) / np.sqrt(300)


@pytest.mark.independent
def test_it_is_the_covariance_with_the_prediction_over_its_standard_deviation() -> None:
    _, effects = by_hand(250, 3, slope=1.0)
    scores, predictions = effects.scores[ARM].to_numpy(), effects.sequential[ARM].to_numpy()
    parts = [
        np.cov(scores[effects.fold == fold], predictions[effects.fold == fold], ddof=0)[0, 1]
        / predictions[effects.fold == fold].std()
        for fold in range(1, 5)
    ]
    assert least_spread(effects, ARM).explained == pytest.approx(np.mean(parts))


@pytest.mark.known_truth
def test_a_perfect_ranking_explains_all() -> None:
    trial, effects = by_hand(4_000, 1, slope=1.5)
    found = least_spread(effects, ARM)
    assert abs(found.explained - 1.5 * trial.covariates["x0"].std()) < 4 * found.se
    assert 0 < found.lower < found.explained
    assert least_spread_by_arm(effects).to_numpy().tolist() == [[ARM, *found]]
    assert np.isnan(least_spread(by_hand(200, 1, constant=True)[1], ARM)).all()
