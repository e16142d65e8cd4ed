"""Rates of counts over unequal follow-up: Poisson regression with a robust variance, coverage, refusals."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import binomtest

from ite.errors import EstimateError
from ite.estimation.rates import looks_like_counts, rate_ratios
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles
from tests.charts.examples import ARM, binary_trial, continuous_trial
from tests.estimation.test_average_scales import unadjusted

TRIALS = 400


def counts(n: int, seed: int) -> tuple[TrialData, FloatArray]:
    """Overdispersed counts with rates 0.5 and 0.8 a month, followed for between 2 and 14 months."""
    rng = np.random.default_rng(seed)
    arm = rng.permutation(n) % 2
    months = rng.uniform(2, 14, n)
    events = rng.poisson(rng.gamma(1.5, 1 / 1.5, n) * months * np.where(arm == 1, 0.5, 0.8))
    frame = pd.DataFrame({"arm": np.where(arm == 1, ARM, "control"), "marker": rng.normal(size=n), "flares": events})
    roles = Roles(treatment="arm", control="control", outcome="flares", covariates=("marker",), higher_is_better=False)
    return TrialData.from_frame(frame, roles), months


@pytest.mark.independent
def test_without_covariates_it_is_poisson_regression_with_a_robust_variance() -> None:
    trial, months = counts(500, seed=1)
    (row,) = rate_ratios(trial, unadjusted(trial), months).to_dict("records")
    treated = (trial.arm_index == 1).astype(float)
    fit = sm.GLM(trial.outcome, sm.add_constant(treated), family=sm.families.Poisson(), offset=np.log(months)).fit(
        cov_type="HC0"
    )
    assert row["estimate"] == pytest.approx(np.exp(fit.params[1]), rel=1e-8)
    assert row["rate_control"] == pytest.approx(np.exp(fit.params[0]), rel=1e-8)
    se = np.log(row["upper"] / row["estimate"]) / 1.959963985
    assert se == pytest.approx(fit.bse[1] * np.sqrt(500 / 499), rel=1e-6)
    assert row["favours"] == ARM


@pytest.mark.known_truth
def test_its_interval_covers_the_true_ratio_of_overdispersed_counts() -> None:
    hits = 0
    for seed in range(TRIALS):
        trial, months = counts(240, seed=100 + seed)
        (row,) = rate_ratios(trial, unadjusted(trial), months).to_dict("records")
        hits += int(row["lower"] <= 0.5 / 0.8 <= row["upper"])
    accepted = binomtest(hits, TRIALS).proportion_ci(0.99, method="exact")
    assert accepted.low <= 0.95 <= accepted.high, hits


@pytest.mark.known_truth
def test_counts_are_guessed_from_what_is_in_the_column() -> None:
    assert looks_like_counts(counts(100, seed=2)[0])
    assert not looks_like_counts(continuous_trial())
    assert not looks_like_counts(binary_trial())
    pressure = continuous_trial()
    rounded = pressure.frame.assign(outcome=pressure.frame["outcome"].round() + 120)
    assert not looks_like_counts(replace(pressure, frame=rounded))


@pytest.mark.known_truth
def test_impossible_counts_and_follow_up_are_refused_by_row() -> None:
    trial, months = counts(100, seed=3)
    effects = unadjusted(trial)
    for wrong, words in ((np.nan, "row 8 holds nothing"), (0.0, "row 8 holds 0")):
        with pytest.raises(EstimateError, match=words):
            rate_ratios(trial, effects, np.where(np.arange(100) == 7, wrong, months))
    below = replace(trial, frame=trial.frame.assign(flares=trial.frame["flares"].where(trial.frame.index != 4, -1)))
    with pytest.raises(EstimateError, match="row 5 holds -1"):
        rate_ratios(below, effects, months)
    with pytest.raises(EstimateError, match="counts events"):
        rate_ratios(binary_trial(), unadjusted(binary_trial()), np.ones(300))


@pytest.mark.known_truth
def test_an_arm_without_events_has_no_ratio() -> None:
    trial, months = counts(100, seed=4)
    none = replace(trial, frame=trial.frame.assign(flares=trial.frame["flares"].where(trial.arm_index == 0, 0)))
    (row,) = rate_ratios(none, unadjusted(none), months).to_dict("records")
    assert np.isnan(row["estimate"])
    assert row["favours"] == "unknown"
    assert "not above 0" in row["note"]
