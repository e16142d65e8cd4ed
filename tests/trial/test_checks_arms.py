"""Checks of the arms: sizes, sample ratio, balance."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ite.trial.checks_arms import check_balance
from tests.trial.flawed import N, clean_frame, finding, trial_of


@pytest.mark.known_truth
@pytest.mark.parametrize(("keep", "light"), [(15, "red"), (40, "amber"), (60, "green")])
def test_small_arms(keep: int, light: str) -> None:
    frame = clean_frame()
    active = frame[frame["arm"] == "active"].head(keep)
    found = finding(trial_of(pd.concat([active, frame[frame["arm"] == "control"]])), "Arm sizes")
    assert found.light == light
    assert f"active {keep}" in found.sentence


@pytest.mark.known_truth
@pytest.mark.parametrize(("share", "light"), [(0.5, "green"), (0.4, "amber"), (0.2, "red")])
def test_sample_ratio_against_known_probabilities(share: float, light: str) -> None:
    trial = trial_of(clean_frame(), randomization={"control": 1 - share, "active": share})
    found = finding(trial, "Sample ratio")
    p_value = stats.chisquare([100, 100], [N * (1 - share), N * share]).pvalue
    assert found.light == light
    assert f"p = {p_value:.2g}" in found.sentence


@pytest.mark.known_truth
def test_imbalance_beyond_chance_names_the_covariate() -> None:
    frame = clean_frame()
    frame["marker"] += (frame["arm"] == "active") * 1.0
    found = finding(trial_of(frame), "Balance")
    assert (found.light, found.columns) == ("amber", ("marker",))


@pytest.mark.known_truth
def test_imbalance_alarms_on_its_own_about_one_randomised_trial_in_a_hundred() -> None:
    rng = np.random.default_rng(8)
    alarms = 0
    for _ in range(100):
        frame = clean_frame().assign(arm=rng.permutation(["control", "active"] * (N // 2)))
        alarms += check_balance(trial_of(frame))[0].light == "amber"
    assert alarms <= stats.binom.ppf(0.999, 100, 0.01)
