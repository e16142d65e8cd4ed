"""Checks for covariates that know the outcome."""

import numpy as np
import pandas as pd
import pytest

from ite.trial.checks_leakage import check_leakage_by_prediction, sounds_later
from tests.trial.flawed import SURVIVAL, Change, N, clean_frame, finding, trial_of


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "name",
    [
        "week_12_score",
        "Month6",
        "followup_bp",
        "bp_follow_up",
        "responder",
        "tumourResponse",
        "CHG",
        "post_dose",
        "visit 3",
    ],
)
def test_names_that_speak_of_later(name: str) -> None:
    assert sounds_later(name)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "name",
    ["age", "adherence", "prior_zdv_months", "exacerbations_last_year", "family_history_death",
     "surgery_to_registration", "baseline_response", "cd4", "weekday", "extent", "postcode",
     "more_than_4_nodes", "x12", "age_at_event"],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not sounds_later(name, event="recurrence")


@pytest.mark.known_truth
def test_names_that_share_the_name_of_the_event() -> None:
    assert sounds_later("recurrence_site", event="recurrence")
    frame = clean_frame().assign(week_8_marker=lambda frame: frame["marker"])
    found = finding(trial_of(frame, covariates=("age", "week_8_marker")), "Later by name")
    assert (found.light, found.columns) == ("amber", ("week_8_marker",))


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("roles", "leak"),
    [
        ({}, lambda frame: frame["y"] * 2 + 1),
        ({"outcome": "cured"}, lambda frame: frame["cured"].map({0: "no tumour left", 1: "tumour"})),
        (SURVIVAL, lambda frame: frame["died"] * 1.0),
        (SURVIVAL, lambda frame: frame["days"] / 30.4),
        (SURVIVAL, lambda frame: np.where(frame["died"] == 1, "deceased", "alive")),
    ],
)
def test_a_covariate_made_from_the_outcome_blocks(roles: dict[str, object], leak: Change) -> None:
    trial = trial_of(clean_frame().assign(extra=leak), **roles, covariates=("age", "extra"))
    found = finding(trial, "Predicts the outcome")
    assert (found.light, found.columns) == ("red", ("extra",))


@pytest.mark.known_truth
def test_a_strong_honest_predictor_does_not() -> None:
    frame = clean_frame()
    frame["extra"] = frame["y"] + np.random.default_rng(2).normal(0, 0.5, N)
    assert np.corrcoef(frame["extra"], frame["y"])[0, 1] > 0.85
    assert finding(trial_of(frame, covariates=("age", "extra")), "Predicts the outcome").light == "green"


@pytest.mark.known_truth
def test_a_covariate_known_only_after_the_event_blocks() -> None:
    frame = clean_frame()
    frame["grade"] = np.where(frame["died"] == 1, frame["marker"], np.nan)
    found = finding(trial_of(frame, **SURVIVAL, covariates=("age", "grade")), "Known by outcome")
    assert (found.light, found.columns) == ("red", ("grade",))
    assert "100 % of the patients with the event and 0 % of those without" in found.sentence


@pytest.mark.known_truth
def test_a_leak_is_seen_in_a_large_trial_too() -> None:
    frame = pd.concat([clean_frame(seed) for seed in range(60)], ignore_index=True)
    frame = frame.assign(id=range(len(frame)), extra=frame["y"] * 2)
    found = check_leakage_by_prediction(trial_of(frame, covariates=("age", "extra")))[0]
    assert (found.light, found.columns) == ("red", ("extra",))
