"""Other tests of the same question are those they are called, and the primary one comes first."""

from dataclasses import replace

import numpy as np
import pytest

from ite.charts.reading_tests import other_tests_sentence
from ite.estimation.estimate import estimate
from ite.estimation.features import encode
from ite.estimation.spec import EffectSpec
from ite.evaluation.basis import modifier_basis
from ite.evaluation.evaluate import evaluate
from ite.evaluation.other_tests import other_tests
from ite.evaluation.permutation_test import permutation_test
from ite.trial.simulated import SimulatedSpec, simulate_trial

TRIAL = simulate_trial(SimulatedSpec(n=300, effect="scenario_2", effect_sd=1.0, seed=4)).trial


@pytest.mark.independent
def test_each_row_is_the_test_it_is_called() -> None:
    effects = estimate(TRIAL, EffectSpec(learner="x_lasso", seed=2))
    evidence, arm = evaluate(TRIAL, effects), TRIAL.treated_arms[0]
    table = other_tests(TRIAL, effects, evidence, arm)
    p_values = table.set_index("test")["p_value"]
    assert table["test"].iloc[0] == "primary test"
    assert p_values["primary test"] == evidence.heterogeneity.loc[arm, "p_unadjusted"]
    columns = modifier_basis(encode(TRIAL.covariates), TRIAL.arm_index).columns
    permuted = permutation_test(effects.scores[arm].to_numpy(), columns, seed=2)
    assert p_values["permutation test, largest association"] == permuted.p_largest
    assert p_values["permutation test, all associations"] == permuted.p_quadratic
    assert p_values["AUTOC"] == evidence.autoc.loc[arm, "p_value"]
    assert p_values["calibration slope"] == evidence.calibration_slope.loc[arm, "p_value"]
    assert p_values.max() < 0.05, "an effect of SD 1 along one covariate is seen by all"
    assert "6 of 6 other tests lie below 0.05 with it" in other_tests_sentence(table)
    assert "0 of 5 other tests lie above 0.05" in other_tests_sentence(
        table.assign(p_value=[0.2, np.nan, *p_values.to_numpy()[2:]])
    )


@pytest.mark.known_truth
def test_clusters_cannot_be_permuted() -> None:
    effects = estimate(TRIAL, EffectSpec(learner="x_lasso", seed=2))
    evidence, arm = evaluate(TRIAL, effects), TRIAL.treated_arms[0]
    clustered = replace(effects, cluster=np.arange(300) // 5)
    assert not other_tests(TRIAL, clustered, evidence, arm)["test"].str.contains("permutation").any()
