"""The forest of the colon trial against R's survival package, and forests of other outcomes against closed forms."""

import json
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ite.errors import EstimateError, SubgroupError
from ite.estimate.cox import fit_cox, likelihood_ratio_test, wald_test
from ite.subgroup.forest import SubgroupForest, levels_of, subgroup_forest
from ite.subgroup.forest_tests import cochran_q, fit_logistic
from ite.trial.data import TrialData
from ite.trial.outcome import describe_outcome, landmark_risk
from ite.trial.roles import Roles
from ite.trial.samples import DATA_FOLDER
from ite.trial.survival import kaplan_meier, logrank, step_value

REFERENCE = Path(os.environ.get("STRATAGEM_REFERENCE", Path(__file__).parents[1] / "reference"))
EXTENT = {"submucosa": 1, "muscle": 2, "serosa": 3, "contiguous": 4}
GRADE = {"well": 1, "moderate": 2, "poor": 3}
# The interaction coefficient of an extent without events in one arm runs off to infinity: its Wald statistic is that of
# the other levels, and R's printed figure carries the rounding of a variance of 5e8.
SEPARATED = {"extent"}


@lru_cache
def reference() -> dict[str, Any]:
    path = REFERENCE / "colon_recurrence.json"
    if not path.exists():
        pytest.skip("no colon_recurrence.json in the reference folder")
    return json.loads(path.read_text())


def coded_colon() -> pd.DataFrame:
    """Return the two arms of the reference with its names and codes."""
    frame = pd.read_csv(DATA_FOLDER / "colon.csv")
    frame = frame[frame["arm"] != "Lev"].reset_index(drop=True)
    return frame.assign(
        sex=(frame["sex"] == "male").astype(int),
        age65=(frame["age"] >= 65).astype(int),
        obstruct=frame["obstruction"],
        perfor=frame["perforation"],
        adhere=frame["adherence"],
        node4=frame["more_than_4_nodes"],
        surg=(frame["surgery_to_registration"] == "long").astype(int),
        differ=frame["differentiation"].map(GRADE),
        extent=frame["extent"].map(EXTENT),
    )


@lru_cache
def colon() -> TrialData:
    names = ("sex", "age", "age65", "obstruct", "perfor", "adhere", "node4", "differ", "extent", "surg")
    roles = Roles(treatment="arm", control="Obs", time="recurrence_days", event="recurrence", covariates=names)
    return TrialData.from_frame(coded_colon(), roles, name="colon")


@lru_cache
def colon_forest() -> SubgroupForest:
    expected = reference()
    landmark = expected["landmark_risk"]["at"]
    return subgroup_forest(
        colon(), tuple(expected["subgroups"]), "Lev+5FU", horizon=expected["rmst"]["tau"], landmark=landmark
    )


def close(actual: float, expected: float, rel: float = 1e-5) -> None:
    assert actual == pytest.approx(expected, rel=rel)


@pytest.mark.independent
def test_restricted_means_curves_and_logrank() -> None:
    expected, trial = reference(), colon()
    rmst = expected["rmst"]
    summary = describe_outcome(trial, horizon=rmst["tau"])
    arms, difference = summary.arms.set_index("arm"), summary.differences.iloc[0]
    close(arms.loc["Lev+5FU", "value"], rmst["rmst_trt"])
    close(arms.loc["Lev+5FU", "se"], rmst["se_trt"])
    close(arms.loc["Obs", "value"], rmst["rmst_ctl"])
    close(arms.loc["Obs", "se"], rmst["se_ctl"])
    close(difference["estimate"], rmst["diff"])
    close(difference["se"], rmst["se"])
    assert summary.logrank is not None
    close(summary.logrank.statistic, expected["logrank_chisq"])
    close(logrank(trial.time, trial.event, trial.arm_index).statistic, expected["logrank_chisq"])
    for point in expected["km"]:
        own = trial.arm_index == point["arm"]
        curve = kaplan_meier(trial.time[own], trial.event[own])
        close(float(step_value(curve, point["time"])), point["surv"])
        close(float(step_value(curve, point["time"], column="se")), point["se"])


@pytest.mark.independent
def test_landmark_risk() -> None:
    expected = reference()["landmark_risk"]
    found = landmark_risk(colon(), "Lev+5FU", expected["at"])
    assert found.n == expected["n"]
    close(found.risk_treated, expected["risk_trt"])
    close(found.risk_control, expected["risk_ctl"])
    close(found.reduction, expected["arr"])
    assert found.number_needed_to_treat is not None
    close(found.number_needed_to_treat, expected["nnt"])


@pytest.mark.independent
def test_adjusted_cox_model_and_global_interaction() -> None:
    expected, trial, frame = reference(), colon(), coded_colon()
    treated = trial.arm_index.astype(float)
    terms = frame[expected["adjusted"]["covariates"]].to_numpy(dtype=float)
    main = fit_cox(trial.time, trial.event, np.column_stack([treated, terms]))
    close(main.coefficients[0], expected["adjusted"]["loghr"])
    close(np.sqrt(main.covariance[0, 0]), expected["adjusted"]["se"])
    terms = frame[expected["global_interaction_cox"]["terms"]].to_numpy(dtype=float)
    main = fit_cox(trial.time, trial.event, np.column_stack([treated, terms]))
    full = fit_cox(trial.time, trial.event, np.column_stack([treated, terms, treated[:, None] * terms]))
    test = likelihood_ratio_test(full, main)
    close(test.statistic, expected["global_interaction_cox"]["chisq"])
    close(test.p_value, expected["global_interaction_cox"]["p"])
    assert test.degrees_of_freedom == expected["global_interaction_cox"]["df"]


@pytest.mark.independent
@pytest.mark.parametrize("name", ["sex", "age65", "obstruct", "adhere", "node4", "differ", "extent", "surg"])
def test_interaction_tests_of_each_subgroup(name: str) -> None:
    expected = reference()["subgroups"][name]
    row = colon_forest().interactions.set_index("covariate").loc[name]
    close(row["lrt_chi_square"], expected["interaction_lrt_chisq"])
    close(row["lrt_p_value"], expected["interaction_lrt_p"])
    assert row["lrt_df"] == expected["df"]
    rel = 5e-4 if name in SEPARATED else 1e-5
    close(row["wald_chi_square"], expected["interaction_wald_chisq"], rel=rel)
    close(row["wald_p_value"], expected["interaction_wald_p"], rel=rel)
    landmark = expected["logistic_landmark"]
    assert row["landmark_n"] == landmark["n"]
    close(row["landmark_chi_square"], landmark["lrt_chisq"])
    close(row["landmark_p_value"], landmark["p"])


@pytest.mark.independent
@pytest.mark.parametrize("name", ["sex", "age65", "obstruct", "adhere", "node4", "differ", "extent", "surg"])
def test_levels_of_each_subgroup(name: str) -> None:
    levels = colon_forest().levels
    rows = levels[levels["covariate"] == name].set_index("level")
    expected = reference()["subgroups"][name]["levels"]
    assert list(rows.index) == list(expected)
    for level, figures in expected.items():
        row = rows.loc[level]
        for column, key in {"n": "n", "events": "events", "n_treated": "n_trt", "events_treated": "ev_trt"}.items():
            assert row[column] == figures[key]
        rmst = figures["rmst"]
        close(row["rmst_treated"], rmst["rmst_trt"])
        close(row["rmst_treated_se"], rmst["se_trt"])
        close(row["rmst_control"], rmst["rmst_ctl"])
        close(row["rmst_control_se"], rmst["se_ctl"])
        close(row["estimate"], rmst["diff"])
        close(row["rmst_difference"], rmst["diff"])
        close(row["se"], rmst["se"])
        if figures["se"] > 100:  # no events in an arm: R prints where its iterations stopped, we say why there is none
            assert row[["log_hazard_ratio", "hazard_ratio", "hazard_ratio_upper"]].isna().all()
            assert row["note"] == "hazard ratio not estimable: no events in arm 'Obs'"
            continue
        close(row["log_hazard_ratio"], figures["loghr"])
        close(row["log_hazard_ratio_se"], figures["se"])
        close(row["hazard_ratio"], figures["hr"])
        close(row["hazard_ratio_lower"], figures["lo"])
        close(row["hazard_ratio_upper"], figures["hi"])


@pytest.mark.independent
def test_wald_test_of_a_separated_covariate_is_that_of_its_other_levels() -> None:
    trial, frame = colon(), coded_colon()
    keep = (frame["extent"] != EXTENT["submucosa"]).to_numpy()
    treated = trial.arm_index.astype(float)[keep]
    dummies = np.column_stack([frame["extent"][keep] == code for code in (2, 4)]).astype(float)
    fit = fit_cox(trial.time[keep], trial.event[keep], np.column_stack([treated, dummies, treated[:, None] * dummies]))
    other = wald_test(fit.coefficients[3:], fit.covariance[3:, 3:]).statistic
    row = colon_forest().interactions.set_index("covariate").loc["extent"]
    # The left-out patients still stand in the risk sets of the whole model, so the two agree only nearly.
    assert row["wald_chi_square"] == pytest.approx(other, rel=0.05)


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
@pytest.mark.parametrize(
    ("by", "arm", "sentence"),
    [
        ("age", "Lev+5FU", r"'age' has \d+; cut it into groups"),
        ("sexx", "Lev+5FU", "no column 'sexx'.*did you mean 'sex'"),
        ("sex", "Obs", "'Obs' is not one"),
    ],
)
def test_unusable_requests_are_explained(by: str, arm: str, sentence: str) -> None:
    with pytest.raises(SubgroupError, match=sentence):
        subgroup_forest(colon(), (by,), arm, horizon=1826)


@pytest.mark.known_truth
def test_a_horizon_beyond_follow_up_is_refused() -> None:
    with pytest.raises(EstimateError, match="longest follow-up in arm 'Obs' is"):
        subgroup_forest(colon(), ("sex",), "Lev+5FU", horizon=99_999)
