"""Forests of continuous and binary outcomes against closed forms."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ite.subgroup.forest import levels_of, subgroup_forest
from ite.subgroup.forest_tests import cochran_q, fit_logistic
from ite.trial.data import TrialData
from ite.trial.roles import Roles


def close(actual: float, expected: float, rel: float) -> None:
    assert actual == pytest.approx(expected, rel=rel)


def continuous_trial(n: int = 240, *, higher_is_better: bool = True) -> TrialData:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "arm": rng.permutation(["a", "b"] * (n // 2)),
            "site": rng.choice(["x", "y", "z"], n),
            "age": rng.normal(size=n),
        }
    )
    frame["y"] = rng.normal(size=n) + (frame["arm"] == "b") * (frame["site"] == "x")
    frame["died"] = (rng.random(n) < 0.3 + 0.2 * (frame["arm"] == "b")).astype(int)
    roles = Roles(
        treatment="arm", control="a", outcome="y", covariates=("site", "age"), higher_is_better=higher_is_better
    )
    return TrialData.from_frame(frame.assign(outcome=frame["y"]), roles)


@pytest.mark.independent
def test_continuous_levels_are_welch_intervals_and_their_heterogeneity_cochrans_q() -> None:
    trial = continuous_trial()
    forest = subgroup_forest(trial, ("site",))
    assert forest.arm == "b"
    for _, row in forest.levels.iterrows():
        own = trial.frame[trial.frame["site"] == row["level"]]
        welch = stats.ttest_ind(own.loc[own["arm"] == "b", "y"], own.loc[own["arm"] == "a", "y"], equal_var=False)
        interval = welch.confidence_interval()
        np.testing.assert_allclose([row["lower"], row["upper"]], [interval.low, interval.high], rtol=1e-10)
        close(row["estimate"] / row["se"], welch.statistic, rel=1e-10)
    weights = 1 / forest.levels["se"] ** 2
    mean = (weights * forest.levels["estimate"]).sum() / weights.sum()
    test = forest.interactions.iloc[0]
    close(test["chi_square"], (weights * (forest.levels["estimate"] - mean) ** 2).sum(), rel=1e-10)
    assert test["df"] == 2
    assert test["p_holm"] == test["p_value"]


@pytest.mark.known_truth
def test_where_lower_is_better_the_forest_turns_round() -> None:
    up = subgroup_forest(continuous_trial(), ("site",)).levels
    down = subgroup_forest(continuous_trial(higher_is_better=False), ("site",)).levels
    np.testing.assert_allclose(down["estimate"], -up["estimate"])
    np.testing.assert_allclose(down["lower"], -up["upper"])
    np.testing.assert_allclose(down["upper"], -up["lower"])


@pytest.mark.known_truth
def test_binary_interaction_is_the_ratio_of_odds_ratios() -> None:
    """In 2 x 2 x 2 counts the Wald test is (log odds ratio difference)^2 over the sum of reciprocal counts."""
    counts = {("a", "x"): (30, 20), ("b", "x"): (18, 32), ("a", "y"): (25, 35), ("b", "y"): (33, 27)}
    rows = [
        {"arm": arm, "site": site, "y": value}
        for (arm, site), (events, others) in counts.items()
        for value, times in ((1, events), (0, others))
        for _ in range(times)
    ]
    roles = Roles(treatment="arm", control="a", outcome="y", covariates=("site",))
    forest = subgroup_forest(TrialData.from_frame(pd.DataFrame(rows), roles), ("site",))
    logs = {key: np.log(events / others) for key, (events, others) in counts.items()}
    difference = logs["b", "y"] - logs["a", "y"] - logs["b", "x"] + logs["a", "x"]
    variance = sum(1 / count for pair in counts.values() for count in pair)
    close(forest.interactions.loc[0, "wald_chi_square"], difference**2 / variance, rel=1e-7)
    assert forest.levels["events"].tolist() == [48, 58]
    np.testing.assert_allclose(forest.levels["estimate"], [18 / 50 - 30 / 50, 33 / 60 - 25 / 60])


@pytest.mark.known_truth
def test_logistic_fit_of_two_proportions_is_exact() -> None:
    outcome = np.repeat([1.0, 0.0, 1.0, 0.0], [30, 20, 18, 32])
    arm = np.repeat([0.0, 1.0], 50)
    fit = fit_logistic(outcome, arm[:, None])
    close(fit.coefficients[0], np.log(18 / 32 * 20 / 30), rel=1e-9)
    close(fit.covariance[0, 0], 1 / 30 + 1 / 20 + 1 / 18 + 1 / 32, rel=1e-7)
    shares = np.where(arm == 1, 0.36, 0.6)
    close(fit.log_likelihood, np.log(np.where(outcome == 1, shares, 1 - shares)).sum(), rel=1e-9)


@pytest.mark.known_truth
def test_missing_levels_are_left_out_and_an_empty_arm_is_named() -> None:
    trial = continuous_trial()
    frame = trial.frame.copy()
    frame.loc[:9, "site"] = None
    frame.loc[frame["arm"] == "b", "site"] = frame.loc[frame["arm"] == "b", "site"].where(lambda site: site != "z", "x")
    forest = subgroup_forest(replace(trial, frame=frame), ("site",))
    assert forest.interactions.loc[0, "n"] == 230
    row = forest.levels.set_index("level").loc["z"]
    assert row["note"] == "not estimable: no patients in arm 'b'"
    assert np.isnan(row["estimate"])
    assert forest.interactions.loc[0, "df"] == 1


@pytest.mark.known_truth
def test_cochrans_q_by_hand() -> None:
    found = cochran_q(np.array([1.0, 3.0, np.nan]), np.array([1.0, 1.0, 1.0]))
    assert found.statistic == pytest.approx(2.0)
    assert found.degrees_of_freedom == 1
    assert np.isnan(cochran_q(np.array([1.0]), np.array([1.0])).p_value)


@pytest.mark.known_truth
def test_levels_stand_in_the_order_of_their_numbers() -> None:
    frame = pd.DataFrame({"arm": ["a", "b"] * 6, "grade": [10, 2, 1] * 4, "y": range(12)})
    trial = TrialData.from_frame(frame, Roles(treatment="arm", control="a", outcome="y", covariates=("grade",)))
    assert list(levels_of(trial, "grade").cat.categories) == ["1", "2", "10"]


@pytest.mark.known_truth
def test_a_thin_level_is_shown_but_not_tested() -> None:
    rng = np.random.default_rng(5)
    n = 300
    frame = pd.DataFrame(
        {
            "arm": np.tile(["treated", "control"], n // 2),
            "y": rng.standard_normal(n),
            "site": np.where(np.arange(n) < 12, "thin", np.where(np.arange(n) % 4 < 2, "north", "south")),
        }
    )
    roles = Roles(treatment="arm", control="control", outcome="y", covariates=["site"])
    forest = subgroup_forest(TrialData.from_frame(frame, roles), by=("site",))
    levels = forest.levels.set_index("level")
    assert "left out of the test" in levels.loc["thin", "note"]
    assert not levels.loc[["north", "south"], "note"].str.contains("left out").any()
    assert np.isfinite(levels.loc["thin", "estimate"])
    assert forest.interactions.loc[0, "df"] == 1
