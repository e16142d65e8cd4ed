"""Missing outcomes weighted, imputed and left out: pooling by its formula, proper draws, bias and coverage."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import binomtest, t

from ite.errors import EstimateError
from ite.estimation.average_effect import average_effects
from ite.estimation.imputation import draw_outcomes
from ite.estimation.missing_outcomes import missing_outcome_sensitivity
from ite.estimation.pooling import pool
from ite.estimation.result import EffectEstimate
from ite.estimation.scores import arm_score
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles
from tests.charts.examples import ARM, continuous_trial, effects_of, survival_trial

TRIALS, EFFECT = 300, 0.5


@pytest.mark.independent
def test_pooling_follows_rubin_with_the_degrees_of_barnard_and_rubin() -> None:
    estimates, variances = np.array([1.0, 1.4, 0.9, 1.2, 1.1]), np.array([0.04, 0.05, 0.04, 0.06, 0.05])
    found = pool(estimates, variances, complete_degrees=98)
    within, between = variances.mean(), estimates.var(ddof=1)
    total = within + 6 / 5 * between
    fraction = 6 / 5 * between / total
    old, observed = 4 / fraction**2, 99 / 101 * 98 * (1 - fraction)
    degrees = old * observed / (old + observed)
    assert found.estimate == pytest.approx(1.12)
    assert found.se == pytest.approx(np.sqrt(total))
    assert found.degrees == pytest.approx(degrees)
    assert found.upper == pytest.approx(1.12 + t.ppf(0.975, degrees) * np.sqrt(total))
    assert found.missing_information == pytest.approx(fraction)


@pytest.mark.known_truth
def test_nothing_missing_leaves_the_complete_data_interval() -> None:
    found = pool(np.full(3, 2.0), np.full(3, 0.25), complete_degrees=1e9)
    assert (found.se, found.missing_information) == (0.5, 0.0)
    assert found.upper == pytest.approx(2 + 1.959964 * 0.5)
    with pytest.raises(ValueError, match="two completed"):
        pool(np.array([1.0]), np.array([1.0]), 10)


@pytest.mark.independent
def test_drawn_outcomes_spread_as_the_predictive_distribution_of_the_regression() -> None:
    rng = np.random.default_rng(4)
    x = rng.standard_normal((60, 1))
    outcome = 2 + 3 * x[:, 0] + rng.normal(0, 2, 60)
    missing = np.arange(60) < 10
    seen = sm.OLS(outcome[~missing], sm.add_constant(x[~missing])).fit()
    predicted = seen.get_prediction(sm.add_constant(x[missing]))
    hidden = np.where(missing, np.nan, outcome)
    drawn = np.array([draw_outcomes(x, hidden, missing, binary=False, rng=rng)[missing] for _ in range(6_000)])
    # A t with 48 degrees of freedom has variance 48 / 46; the ridge of one patient moves the slope by about 2 %.
    sd = np.sqrt(predicted.var_pred_mean + seen.scale) * np.sqrt(48 / 46)
    np.testing.assert_allclose(drawn.mean(axis=0), predicted.predicted_mean, atol=4 * sd.max() / np.sqrt(6_000) + 0.15)
    np.testing.assert_allclose(drawn.std(axis=0), sd, rtol=0.04)
    kept = draw_outcomes(x, hidden, missing, binary=False, rng=rng)
    np.testing.assert_array_equal(kept[~missing], outcome[~missing])


@pytest.mark.independent
def test_drawn_levels_follow_a_logistic_regression() -> None:
    rng = np.random.default_rng(5)
    x = rng.standard_normal((800, 1))
    outcome = (rng.random(800) < 1 / (1 + np.exp(0.5 - x[:, 0]))).astype(float)
    missing = np.arange(800) < 40
    fit = sm.Logit(outcome[~missing], sm.add_constant(x[~missing])).fit(disp=False)
    hidden = np.where(missing, np.nan, outcome)
    drawn = np.array([draw_outcomes(x, hidden, missing, binary=True, rng=rng)[missing] for _ in range(2_000)])
    assert set(np.unique(drawn)) == {0.0, 1.0}
    # Four standard errors of a share of 2,000, and the pull of the prior.
    np.testing.assert_allclose(drawn.mean(axis=0), fit.predict(sm.add_constant(x[missing])), atol=0.045 + 0.01)


@pytest.mark.known_truth
def test_separated_levels_are_still_drawn() -> None:
    x = np.linspace(-2, 2, 60)[:, None]
    hidden = np.where(np.arange(60) % 6 == 0, np.nan, (x[:, 0] > 0).astype(float))
    drawn = draw_outcomes(x, hidden, np.isnan(hidden), binary=True, rng=np.random.default_rng(0))
    assert np.isfinite(drawn).all()


def trial_with_gaps(n: int, seed: int, *, binary: bool = False) -> TrialData:
    """An effect of 0.5; treated patients with high `marker`, who fare better, more often lack their outcome."""
    rng = np.random.default_rng(seed)
    marker = rng.standard_normal(n)
    arm = rng.permutation(n) % 2
    outcome = marker + EFFECT * arm + rng.standard_normal(n)
    if binary:
        outcome = (outcome > 0).astype(float)
    gone = rng.random(n) < 1 / (1 + np.exp(1.2 - 1.5 * marker * (2 * arm - 1)))
    frame = pd.DataFrame({"arm": np.where(arm == 1, ARM, "control"), "marker": marker})
    roles = Roles(treatment="arm", control="control", outcome="y", covariates=("marker",))
    return TrialData.from_frame(frame.assign(y=np.where(gone, np.nan, outcome)), roles)


def weighted_effects(trial: TrialData, seed: int = 0) -> EffectEstimate:
    """Scores from a regression in each arm, and the true probability of being observed."""
    arm, missing, marker = trial.arm_index, trial.outcome_missing, trial.frame["marker"].to_numpy(float)
    design = np.column_stack([np.ones(trial.n), marker])
    expected = np.empty((trial.n, 2))
    for a in (0, 1):
        own = (arm == a) & ~missing
        expected[:, a] = design @ np.linalg.lstsq(design[own], trial.outcome[own], rcond=None)[0]
    seen = 1 - 1 / (1 + np.exp(1.2 - 1.5 * marker * (2 * arm - 1)))
    scores: list[FloatArray] = [
        arm_score(trial.outcome, ((arm == a) & ~missing) / (0.5 * seen), expected[:, a]) for a in (0, 1)
    ]
    effects = effects_of(trial)
    contrasts = pd.DataFrame({ARM: scores[1] - scores[0]})
    known = replace(effects.known_scored(), arm_scores=np.column_stack(scores), expected=expected)
    spec = effects.spec.model_copy(update={"seed": seed})
    return replace(effects, spec=spec, scores=contrasts, ate=average_effects(contrasts, None), scored=known)


@pytest.mark.known_truth
def test_where_outcomes_are_missing_at_random_weighting_and_imputation_hold_and_complete_cases_do_not() -> None:
    found = []
    for seed in range(TRIALS):
        trial = trial_with_gaps(300, seed=500 + seed)
        table = missing_outcome_sensitivity(trial, weighted_effects(trial, seed), imputations=20)
        found.append(table.assign(covers=(table["lower"] <= EFFECT) & (table["upper"] >= EFFECT)))
    by_method = pd.concat(found).groupby("method")
    bias, se = by_method["estimate"].mean() - EFFECT, by_method["estimate"].std() / np.sqrt(TRIALS)
    covered = by_method["covers"].sum()
    for method in ("weighted", "imputed"):
        assert abs(bias[method]) < 4 * se[method], (method, bias[method])
        accepted = binomtest(int(covered[method]), TRIALS).proportion_ci(0.99, method="exact")
        assert accepted.low <= 0.95 <= accepted.high, (method, covered[method])
    assert bias["complete cases"] < -0.3
    assert covered["complete cases"] < 0.7 * TRIALS


@pytest.mark.known_truth
def test_the_three_stand_side_by_side_with_what_they_rest_on() -> None:
    trial = trial_with_gaps(300, seed=1, binary=True)
    effects = weighted_effects(trial)
    table = missing_outcome_sensitivity(trial, effects)
    assert list(table["method"]) == ["weighted", "imputed", "complete cases"]
    observed = int((~trial.outcome_missing).sum())
    assert list(table["n"]) == [observed, 300, observed]
    assert table["estimate"].iloc[0] == effects.ate["estimate"].iloc[0]
    assert 0.05 < table["missing_information"].iloc[1] < 0.6
    assert table["missing_information"].isna().tolist() == [True, False, True]
    pd.testing.assert_frame_equal(table, missing_outcome_sensitivity(trial, effects))


@pytest.mark.known_truth
def test_what_cannot_be_compared_is_refused_in_words() -> None:
    whole = continuous_trial()
    with pytest.raises(EstimateError, match="nothing to fill in"):
        missing_outcome_sensitivity(whole, effects_of(whole))
    times = survival_trial()
    with pytest.raises(EstimateError, match="time to an event"):
        missing_outcome_sensitivity(times, effects_of(times))
    few = trial_with_gaps(48, seed=2)
    with pytest.raises(EstimateError, match="name fewer covariates"):
        missing_outcome_sensitivity(few, effects_of(few))
