"""What kind of covariate it is: the prognostic and the predictive axis."""

import numpy as np
import pytest

from ite.evaluation.covariate_map import covariate_map
from ite.evaluation.evaluate import evaluate
from tests.evaluation.by_hand import ARM, agrees, by_hand


@pytest.mark.independent
def test_the_predictive_axis_is_that_of_the_evidence() -> None:
    trial, effects = by_hand(300, 1, slope=1.0)
    table, evidence = covariate_map(trial, effects, ARM), evaluate(trial, effects)
    known = evidence.modifiers.set_index("covariate")
    for row in table.itertuples():
        assert row.predictive == known.loc[row.covariate, "strength"]
        assert row.predictive_p == known.loc[row.covariate, "p_value"]
    assert table["predictive_band"].tolist() == [evidence.heterogeneity.loc[ARM, "critical_value"]] * 3
    assert table["predictive"].is_monotonic_decreasing


@pytest.mark.independent
def test_the_prognostic_axis_is_a_robust_t_of_the_score_under_control_on_ranks() -> None:
    trial, effects = by_hand(300, 2)
    table = covariate_map(trial, effects, ARM).set_index("covariate")
    score = effects.known_scored().arm_scores[:, 0]
    rank = trial.covariates["x1"].rank().to_numpy()
    rank, residual = rank - rank.mean(), score - score.mean()
    assert table.loc["x1", "prognostic"] == pytest.approx(
        abs(rank @ residual) / np.sqrt(rank**2 @ residual**2), rel=1e-9
    )


@pytest.mark.known_truth
def test_each_kind_is_found_where_it_is_true() -> None:
    trial, effects = by_hand(2_000, 3, slope=1.0)
    kinds = covariate_map(trial, effects, ARM).set_index("covariate")["kind"].to_dict()
    assert kinds == {"x0": "effect modifier", "x1": "prognostic", "x2": "neither"}


@pytest.mark.known_truth
def test_the_prognostic_band_keeps_its_level_where_nothing_is_prognostic() -> None:
    """In 5 of 100 trials any of three covariates lies outside; noise of a spread that depends on a covariate."""
    outside = 0
    for seed in range(300):
        trial, effects = by_hand(150, seed)
        noise = np.random.default_rng([seed, 3]).standard_normal(150)
        effects.known_scored().arm_scores[:, 0] = noise * (0.5 + trial.covariates["x0"].to_numpy(float) ** 2)
        table = covariate_map(trial, effects, ARM)
        outside += bool((table["prognostic"] > table["prognostic_band"]).any())
    assert agrees(outside, 300, 0.05), outside
