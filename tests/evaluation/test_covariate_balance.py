"""Balance before and after weighting: against weighted regression, and where the propensity is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ite.estimation.result import EffectEstimate
from ite.evaluation.covariate_balance import covariate_balance, probability_bins, weights_by_arm
from ite.trial.data import FloatArray, TrialData
from ite.trial.table_one import standardised_mean_difference
from tests.estimation.trials import roles
from tests.evaluation.by_hand import by_hand

N = 4_000


@pytest.fixture(scope="module")
def study() -> tuple[TrialData, EffectEstimate, FloatArray]:
    """Treatment chosen by x0 with a known propensity; half of the women, a third of the men; x2 is not confounded."""
    rng = np.random.default_rng(11)
    x = rng.standard_normal((N, 3))
    chance = 1 / (1 + np.exp(-x[:, 0]))
    treated = rng.random(N) < chance
    frame = pd.DataFrame(x, columns=["x0", "x1", "x2"]).assign(
        arm=np.where(treated, "treated", "control"),
        y=x[:, 0],
        sex=np.where(x[:, 0] + rng.standard_normal(N) > 0, "F", "M"),
    )
    frame.loc[:99, "sex"] = None
    trial = TrialData.from_frame(
        frame, roles(3, design="observational").model_copy(update={"covariates": ("x0", "x1", "x2", "sex")})
    )
    _, effects = by_hand(N, 1)
    scored = replace(effects.known_scored(), probabilities=np.column_stack([1 - chance, chance]))
    return trial, replace(effects, scored=scored), chance


@pytest.mark.known_truth
def test_weights_of_the_true_propensity_balance_what_was_unlike(
    study: tuple[TrialData, EffectEstimate, FloatArray],
) -> None:
    trial, effects, _ = study
    found = covariate_balance(trial, effects, "treated").set_index(["covariate", "level"])
    assert found.index[0] == ("x0", "")
    assert set(found.index) == {("x0", ""), ("x1", ""), ("x2", ""), ("sex", "F"), ("sex", "M")}
    assert found["before"].loc[("x0", "")] > 0.7
    assert found["before"].loc[("sex", "F")] > 0.3
    # Four standard errors of a weighted mean difference of this size.
    assert found["after"].abs().max() < 4 * np.sqrt(2 / 700)


@pytest.mark.independent
def test_differences_are_those_of_table_one_and_of_weighted_least_squares(
    study: tuple[TrialData, EffectEstimate, FloatArray],
) -> None:
    trial, effects, chance = study
    treated = trial.arm_index == 1
    found = covariate_balance(trial, effects, "treated").set_index("covariate").loc["x0"]
    x0 = trial.covariates["x0"].to_numpy(float)
    assert found["before"] == pytest.approx(standardised_mean_difference(x0[treated], x0[~treated]))
    weight = np.where(treated, 1 / chance, 1 / (1 - chance))
    slope = sm.WLS(x0, sm.add_constant(treated.astype(float)), weights=weight).fit().params[1]
    spread = np.sqrt((x0[treated].var(ddof=1) + x0[~treated].var(ddof=1)) / 2)
    assert found["after"] == pytest.approx(slope / spread)


@pytest.mark.known_truth
def test_what_the_weighting_costs_is_told_by_arm(study: tuple[TrialData, EffectEstimate, FloatArray]) -> None:
    trial, effects, chance = study
    found = weights_by_arm(trial, effects)
    treated = trial.arm_index == 1
    own = 1 / chance[treated]
    assert found.loc["treated", "patients"] == treated.sum()
    assert found.loc["treated", "effective"] == pytest.approx(own.sum() ** 2 / np.sum(own**2))
    assert found.loc["treated", "effective"] < treated.sum()
    assert found.loc["treated", "largest_weight"] == pytest.approx(own.max())
    assert found.loc["treated", "at_bound"] == pytest.approx(np.mean(chance[treated] <= 0.05))
    scored = replace(effects.known_scored(), probabilities=np.full((N, 2), 0.5))
    even = weights_by_arm(trial, replace(effects, scored=scored))
    assert even["effective"].to_numpy(float) == pytest.approx(even["patients"].to_numpy(float))


@pytest.mark.known_truth
def test_every_patient_is_in_one_bin(study: tuple[TrialData, EffectEstimate, FloatArray]) -> None:
    trial, effects, chance = study
    found = probability_bins(trial, effects, "treated")
    assert found.groupby("arm")["share"].sum().to_numpy() == pytest.approx([1.0, 1.0])
    treated = found[found["arm"] == "treated"]
    below = treated.loc[treated["upper"] <= 0.5 + 1e-9, "share"].sum()
    assert below == pytest.approx(np.mean(chance[trial.arm_index == 1] < 0.5))
