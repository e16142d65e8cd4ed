"""Each check of the intake report: it speaks up where it should, names rows and columns, and is silent elsewhere."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ite.errors import CheckError, RoleError
from ite.trial.checks import Finding, check_trial, require_fit
from ite.trial.checks_arms import check_balance
from ite.trial.checks_leakage import sounds_later
from ite.trial.checks_missing import missing_by_arm_p_value
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from ite.trial.samples import SAMPLES, load_sample

Change = Callable[[pd.DataFrame], pd.DataFrame]
N = 200


def clean_frame(seed: int = 1) -> pd.DataFrame:
    """Return a trial without any flaw."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "id": [f"P{number}" for number in range(N)],
            "arm": rng.permutation(["control", "active"] * (N // 2)),
            "age": np.round(rng.normal(60, 8, N), 1),
            "sex": rng.choice(["female", "male"], N),
            "marker": rng.normal(size=N),
            "y": rng.normal(size=N),
            "days": np.round(rng.exponential(300, N) + 1),
            "died": rng.binomial(1, 0.5, N),
            "other": np.zeros(N, dtype=int),
        }
    )
    return frame.assign(cured=rng.binomial(1, 0.4, N))


def trial_of(frame: pd.DataFrame, **changes: object) -> TrialData:
    settings: dict[str, object] = {
        "id": "id",
        "treatment": "arm",
        "control": "control",
        "outcome": "y",
        "covariates": ("age", "sex", "marker"),
    }
    return TrialData.from_frame(frame, Roles.model_validate(settings | changes))


SURVIVAL: dict[str, object] = {"outcome": None, "time": "days", "event": "died"}


def finding(trial: TrialData, name: str) -> Finding:
    found = [each for each in check_trial(trial).findings if each.name == name]
    assert len(found) == 1, [each.name for each in check_trial(trial).findings]
    return found[0]


def change(column: str, rows: list[int], value: object) -> pd.DataFrame:
    frame = clean_frame()
    if isinstance(value, str) or value is None:
        frame[column] = frame[column].astype(object)
    frame.loc[rows, column] = value
    return frame


@pytest.mark.known_truth
@pytest.mark.parametrize("roles", [{}, SURVIVAL, {"outcome": "cured"}])
def test_a_clean_trial_is_all_green_and_may_be_fitted(roles: dict[str, object]) -> None:
    report = check_trial(trial_of(clean_frame(), **roles))
    assert [each.sentence for each in report.findings if each.light != "green"] == []
    assert len(report.findings) >= 14
    assert not report.blocks
    require_fit(trial_of(clean_frame(), **roles))


@pytest.mark.known_truth
def test_the_samples_may_be_fitted_and_only_competing_deaths_need_a_look() -> None:
    for sample in SAMPLES:
        report = check_trial(load_sample(sample.key))
        assert not report.blocks
        looks = [each.name for each in report.of_light("amber")]
        assert looks == (["Competing events"] if sample.key == "colon" else [])


@pytest.mark.known_truth
def test_red_comes_first_and_blocks_with_the_remedy() -> None:
    trial = trial_of(change("age", [4, 7], -3.0).assign(marker=1.0))
    report = check_trial(trial)
    assert [each.light for each in report.findings[:2]] == ["red", "amber"]
    with pytest.raises(CheckError, match=r"'age' holds impossible values in 2 rows, such as '-3' \(first in row 5\)"):
        require_fit(trial)


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


@pytest.mark.known_truth
def test_no_events_and_few_events() -> None:
    frame = clean_frame()
    none = finding(trial_of(frame.assign(died=0), **SURVIVAL), "Events")
    assert (none.light, none.columns) == ("red", ("died",))
    one_arm = finding(trial_of(frame.assign(died=frame["died"] * (frame["arm"] == "control")), **SURVIVAL), "Events")
    assert one_arm.light == "red"
    assert "active 0" in one_arm.sentence
    rare = frame.assign(cured=(np.arange(N) < 8).astype(int))
    assert finding(trial_of(rare, outcome="cured"), "Events").light == "amber"
    assert finding(trial_of(frame.assign(y=7.0)), "Outcome varies").light == "red"


@pytest.mark.known_truth
def test_times_at_or_below_zero_name_their_rows() -> None:
    below = finding(trial_of(change("days", [3, 9], -2.0), **SURVIVAL), "Follow-up times")
    assert (below.light, below.rows, below.columns) == ("red", (3, 9), ("days",))
    zero = finding(trial_of(change("days", [5], 0.0), **SURVIVAL), "Follow-up times")
    assert (zero.light, zero.rows) == ("amber", (5,))


@pytest.mark.known_truth
def test_a_trial_without_a_common_horizon_says_so() -> None:
    frame = clean_frame()
    arm_places = frame.groupby("arm").cumcount()
    frame["days"] = np.where((frame["arm"] == "active") & (arm_places >= 19), 1e-3, frame["days"])
    short = frame[(frame["arm"] == "control") | (arm_places < 19)]
    found = finding(trial_of(short, **SURVIVAL), "Horizon")
    assert found.light == "amber"
    assert "active 19" in found.sentence


@pytest.mark.known_truth
def test_competing_events_are_counted_and_the_composite_is_green() -> None:
    frame = clean_frame()
    frame["other"] = ((frame["died"] == 0) & (np.arange(N) % 4 == 0)).astype(int)
    found = finding(trial_of(frame, **SURVIVAL, competing="other"), "Competing events")
    assert found.light == "amber"
    assert f"{frame['other'].sum()} of {N} patients had 'other' without the event" in found.sentence
    composite = trial_of(frame, **SURVIVAL, competing="other", competing_as_event=True)
    assert finding(composite, "Competing events").light == "green"
    assert finding(trial_of(frame.assign(other=0), **SURVIVAL, competing="other"), "Competing events").light == "green"


@pytest.mark.known_truth
def test_missing_outcomes_are_counted_by_arm() -> None:
    frame = clean_frame()
    lost = frame.index[frame["arm"] == "active"][:20]
    found = finding(trial_of(change("y", list(lost), None)), "Missing outcomes")
    assert found.light == "amber"
    assert found.rows == tuple(lost)
    assert "20 of 200 patients, 10 % (control 0, active 20), more in one arm than chance explains" in found.sentence
    both = finding(trial_of(change("y", list(range(10)), None)), "Missing outcomes")
    assert "chance" not in both.sentence
    assert finding(trial_of(change("y", list(range(120)), None)), "Missing outcomes").light == "red"


@pytest.mark.known_truth
def test_missing_covariates_by_arm_and_mostly_missing() -> None:
    frame = clean_frame()
    lost = list(frame.index[frame["arm"] == "active"][:25])
    found = finding(trial_of(change("marker", lost, np.nan)), "Missing by arm")
    assert (found.light, found.columns, found.rows) == ("amber", ("marker",), tuple(lost))
    mostly = finding(trial_of(change("marker", list(range(110)), np.nan)), "Missing covariates")
    assert (mostly.light, mostly.columns) == ("amber", ("marker",))
    some = finding(trial_of(change("marker", [1, 2], np.nan)), "Missing covariates")
    assert some.light == "green"
    assert "'marker' (1 %)" in some.sentence


@pytest.mark.independent
@given(st.lists(st.booleans(), min_size=30, max_size=30))
def test_missingness_is_tested_by_fisher_in_two_arms(pattern: list[bool]) -> None:
    frame = clean_frame().head(30)
    trial, missing = trial_of(frame), np.array(pattern)
    treated = trial.arm_index == 1
    table = [
        [(missing & treated).sum(), (missing & ~treated).sum()],
        [(~missing & treated).sum(), (~missing & ~treated).sum()],
    ]
    expected = 1.0 if missing.all() or not missing.any() else stats.fisher_exact(table)[1]
    assert missing_by_arm_p_value(missing, trial) == pytest.approx(expected)


@pytest.mark.known_truth
def test_levels_of_one_arm_name_their_patients() -> None:
    frame = clean_frame()
    rows = list(frame.index[frame["arm"] == "active"][:3])
    found = finding(trial_of(change("sex", rows, "unknown")), "Levels in every arm")
    assert (found.light, found.columns, found.rows) == ("amber", ("sex",), tuple(rows))
    assert "'unknown'" in found.sentence


@pytest.mark.known_truth
def test_constant_and_identifier_like_covariates() -> None:
    constant = finding(trial_of(clean_frame().assign(sex="female")), "Constant covariates")
    assert (constant.light, constant.columns) == ("amber", ("sex",))
    every = trial_of(clean_frame().assign(sex="female"), covariates=("sex",))
    assert finding(every, "Constant covariates").light == "red"
    for values in (np.arange(1001, 1001 + N), [f"site-{number}" for number in range(N)]):
        found = finding(trial_of(clean_frame().assign(number=values), covariates=("age", "number")), "Identifiers")
        assert (found.light, found.columns) == ("amber", ("number",))


@pytest.mark.known_truth
def test_mixed_types_name_the_cells_that_do_not_belong() -> None:
    frame = clean_frame().assign(grade=[str(number % 3) for number in range(N)])
    frame.loc[[6, 11], "grade"] = "n/k"
    found = finding(trial_of(frame, covariates=("age", "grade")), "Mixed types")
    assert (found.light, found.columns, found.rows) == ("amber", ("grade",), (6, 11))
    assert "'n/k'" in found.sentence


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
def test_duplicated_ids_and_rows() -> None:
    twice = finding(trial_of(change("id", [2, 8], "P50")), "Duplicates")
    assert (twice.light, twice.rows, twice.columns) == ("red", (2, 8, 50), ("id",))
    assert "'P50'" in twice.sentence
    frame = clean_frame()
    frame.loc[9, frame.columns != "id"] = frame.loc[3, frame.columns != "id"]
    equal = finding(trial_of(frame), "Equal rows")
    assert (equal.light, equal.rows) == ("amber", (3, 9))


@pytest.mark.known_truth
def test_impossible_values_and_codes_for_missing() -> None:
    old = finding(trial_of(change("age", [12], 430.0)), "Impossible values")
    assert (old.light, old.rows, old.columns) == ("red", (12,), ("age",))
    assert "'430'" in old.sentence
    frame = clean_frame().assign(nodes=np.arange(N) % 9)
    frame.loc[[1, 5], "nodes"] = -4
    found = finding(trial_of(frame, covariates=("age", "nodes")), "Impossible values")
    assert (found.light, found.rows) == ("amber", (1, 5))
    coded = finding(trial_of(change("marker", [7, 30], -99.0)), "Codes for missing")
    assert (coded.light, coded.rows, coded.columns) == ("amber", (7, 30), ("marker",))
    assert "'marker' (-99)" in coded.sentence


@pytest.mark.known_truth
def test_every_look_and_block_has_a_remedy() -> None:
    frame = change("age", [4], -3.0).assign(marker=1.0, sex="female")
    frame.loc[[1, 2], "id"] = "P9"
    findings = check_trial(trial_of(frame)).findings
    concerned = [each for each in findings if each.light != "green"]
    assert {each.name for each in concerned} >= {"Duplicates", "Impossible values", "Constant covariates"}
    assert all(each.remedy.endswith(".") and each.sentence.endswith(".") for each in concerned)


@pytest.mark.known_truth
@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_whatever_the_table_holds_the_report_comes_back(seed: int) -> None:
    """Empty columns, single patients, all events, nothing but missing outcomes in an arm: a report, never a crash."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 40))
    frame = clean_frame().head(n).assign(arm=lambda part: np.where(np.arange(len(part)) % 2, "active", "control"))
    for column in ("age", "marker", "y", "days"):
        frame[column] = frame[column].where(rng.random(n) < rng.choice([0.0, 0.2, 0.9, 1.0]))
    frame.loc[frame.index[0], ["y", "days"]] = [1.5, 3.0]
    frame.loc[frame.index[-1], "y"] = 2.5
    frame["y"] = frame["y"].where(np.arange(n) > 0, 7.5)
    frame["sex"] = frame["sex"].where(rng.random(n) < rng.choice([0.0, 0.5, 1.0]))
    frame["died"] = rng.choice([0, 1], n) if rng.random() < 0.5 else int(rng.integers(0, 2))
    for roles in (SURVIVAL, {"outcome": "y"}):
        try:
            trial = trial_of(frame, **roles)
        except RoleError:
            continue
        report = check_trial(trial)
        assert report.findings
        assert all(each.sentence for each in report.findings)
        assert "nan" not in " ".join(each.sentence for each in report.findings)
