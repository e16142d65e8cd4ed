"""The forest of the colon trial against R's survival package."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.errors import EstimateError, SubgroupError
from ite.estimation.cox import fit_cox, likelihood_ratio_test, wald_test
from ite.subgroup.forest import SubgroupForest, subgroup_forest
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
            assert row["note"].startswith("hazard ratio not estimable: no events in arm 'Obs'")
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
