"""Effects by fifth of predicted benefit, judged by patients whom the ranking had not seen."""

import numpy as np
import pytest
from scipy import stats

from ite.evaluation.evaluate import evaluate
from ite.evaluation.held_out_fifths import TOP_MINUS_BOTTOM, effects_by_fifth, held_out_fifths
from tests.evaluation.by_hand import ARM, agrees, at_most, by_hand


@pytest.mark.independent
def test_the_fifths_are_those_of_the_calibration() -> None:
    trial, effects = by_hand(300, 1, slope=1.0)
    fifths, known = effects_by_fifth(effects, ARM), evaluate(trial, effects).calibration
    for column in ("n", "estimate", "lower", "upper"):
        np.testing.assert_allclose(fifths[column].to_numpy(float)[:5], known[column].to_numpy(float), rtol=1e-9)


@pytest.mark.independent
def test_within_one_fold_the_difference_is_that_of_two_sample_means() -> None:
    _, effects = by_hand(200, 2, slope=1.0)
    fifths = held_out_fifths(effects, ARM)
    assert fifths is not None
    own = effects.scores[ARM].to_numpy()[fifths.rows]
    first = effects.fold[fifths.rows] == 1
    predictions = effects.sequential[ARM].to_numpy()[fifths.rows]
    order = np.argsort(predictions[first])
    size = first.sum() // 5
    top, bottom = own[first][order[-size:]], own[first][order[:size]]
    share = first.sum() / len(first)
    assert (own * fifths.weights[:, 4])[first].sum() / share == pytest.approx(top.mean())
    assert (own * fifths.weights[:, 0])[first].sum() / share == pytest.approx(bottom.mean())
    whole = effects_by_fifth(effects, ARM).set_index("group")
    parts = whole["se"].to_dict()
    assert whole.loc[TOP_MINUS_BOTTOM, "se"] == pytest.approx(np.hypot(parts["fifth 1"], parts["fifth 5"]))


@pytest.mark.known_truth
def test_a_ranking_of_noise_keeps_its_level_and_a_true_one_is_covered() -> None:
    """300 trials each, with rankings learnt from the scores of earlier folds."""
    outside = {0.0: 0, 0.5: 0}
    for slope in outside:
        for seed in range(300):
            trial, effects = by_hand(150, seed, slope=slope)
            fifths = held_out_fifths(effects, ARM)
            assert fifths is not None
            truth = fifths.top_minus_bottom(fifths.means(slope * trial.covariates["x0"].to_numpy(float)))
            row = effects_by_fifth(effects, ARM).iloc[-1]
            outside[slope] += not row["lower"] <= truth.estimate <= row["upper"]
    assert all(at_most(count, 300, 0.05) for count in outside.values()), outside


@pytest.mark.known_truth
def test_clusters_widen_the_intervals_to_what_they_cover() -> None:
    covered = {True: 0, False: 0}
    for seed in range(300):
        cluster = np.repeat(np.arange(100), 4)
        _, effects = by_hand(400, seed, cluster=cluster)
        for clustered in covered:
            fifths = held_out_fifths(effects, ARM)
            assert fifths is not None
            of_own = fifths if clustered else type(fifths)(rows=fifths.rows, weights=fifths.weights, cluster=None)
            means = of_own.means(effects.scores[ARM].to_numpy())
            overall = means.influence.mean(axis=1, keepdims=True)
            error = means.estimate.mean() - 1
            covered[clustered] += abs(error) <= 1.96 * of_own.se(overall)[0]
    assert agrees(covered[True], 300, 0.95)
    assert covered[False] < covered[True] - 20


@pytest.mark.independent
def test_clustered_intervals_are_those_of_a_t_distribution() -> None:
    _, effects = by_hand(300, 1, cluster=np.repeat(np.arange(30), 10))
    table = effects_by_fifth(effects, ARM)
    # The first of five folds ranks nobody: 24 clusters are left.
    width = (table["upper"] - table["estimate"]) / table["se"]
    np.testing.assert_allclose(width, stats.t.ppf(0.975, 23))


@pytest.mark.known_truth
def test_missing_values_are_left_out_and_one_common_prediction_has_no_fifths() -> None:
    _, effects = by_hand(200, 4)
    fifths = held_out_fifths(effects, ARM)
    assert fifths is not None
    values = np.where(np.arange(200) % 3 == 0, np.nan, 7.0)
    np.testing.assert_allclose(fifths.means(values).estimate, 7.0)
    assert np.isnan(fifths.means(np.full(200, np.nan)).estimate).all()
    _, constant = by_hand(200, 4, constant=True)
    assert held_out_fifths(constant, ARM) is None
    assert effects_by_fifth(constant, ARM).empty
