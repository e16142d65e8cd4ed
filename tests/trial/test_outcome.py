"""The outcome by arm against scipy, statsmodels and published intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from ite.errors import EstimateError
from ite.trial.data import TrialData
from ite.trial.differences import newcombe_difference, restricted_mean_difference, welch_difference
from ite.trial.outcome import describe_outcome, landmark_risk
from ite.trial.roles import Roles
from ite.trial.samples import load_sample
from ite.trial.survival import RestrictedMean


def follow_up_trial(*, composite: bool = False, lower: bool = False) -> TrialData:
    """Return 40 patients: arm b is followed to 40, arm a to 20; every fourth has the event, every fifth dies."""
    number = np.arange(1, 41)
    frame = pd.DataFrame(
        {
            "arm": np.where(number % 2, "a", "b"),
            "t": np.where(number % 2, number / 2, number),
            "relapse": (number % 4 == 0).astype(int),
            "died": (number % 5 == 0).astype(int),
            "age": number,
        }
    )
    roles = Roles(
        treatment="arm",
        control="a",
        time="t",
        event="relapse",
        competing="died",
        competing_as_event=composite,
        covariates=("age",),
        higher_is_better=not lower,
    )
    return TrialData.from_frame(frame, roles)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(3))
def test_continuous_difference_is_welchs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    treated, control = rng.normal(1, 2, 40), rng.normal(0, 1, 25)
    found, theirs = welch_difference(treated, control), stats.ttest_ind(treated, control, equal_var=False)
    interval = theirs.confidence_interval()
    np.testing.assert_allclose([found.lower, found.upper], [interval.low, interval.high], rtol=1e-12)
    assert found.estimate / found.se == pytest.approx(theirs.statistic, rel=1e-12)


@pytest.mark.known_truth
def test_too_few_to_compare_is_unknown() -> None:
    found = welch_difference(np.array([1.0]), np.array([0.0, 2.0]))
    assert found.estimate == 0
    assert np.isnan([found.se, found.lower, found.upper]).all()
    same = welch_difference(np.ones(3), np.zeros(3))
    assert (same.se, same.lower, same.upper) == (0, 1, 1)


@pytest.mark.independent
@pytest.mark.parametrize(
    ("first", "n", "second", "m"), [(56, 70, 48, 80), (9, 10, 3, 10), (0, 20, 5, 25), (10, 10, 0, 20)]
)
def test_binary_interval_is_newcombes(first: int, n: int, second: int, m: int) -> None:
    found = newcombe_difference(np.repeat([1.0, 0.0], [first, n - first]), np.repeat([1.0, 0.0], [second, m - second]))
    low, high = confint_proportions_2indep(first, n, second, m, method="newcomb", compare="diff")
    np.testing.assert_allclose([found.lower, found.upper], [low, high], atol=1e-12)
    assert found.estimate == pytest.approx(first / n - second / m)
    wald = np.sqrt(first * (n - first) / n**3 + second * (m - second) / m**3)
    assert found.se == pytest.approx(wald)


@pytest.mark.known_truth
def test_restricted_means_differ_with_independent_errors() -> None:
    found = restricted_mean_difference(RestrictedMean(10, 3), RestrictedMean(6, 4))
    assert (found.estimate, found.se) == (4, 5)
    assert found.upper - found.lower == pytest.approx(2 * 1.959963984540054 * 5)


@pytest.mark.known_truth
def test_where_lower_is_better_benefit_changes_sign_and_raw_does_not() -> None:
    frame = pd.DataFrame({"arm": ["a", "b"] * 10, "age": range(20), "pain": [5.0, 3.0, 6.0, 2.0] * 5})
    settings = {"treatment": "arm", "control": "a", "outcome": "pain", "covariates": ("age",)}
    down = describe_outcome(TrialData.from_frame(frame, Roles(**settings, higher_is_better=False)))
    up = describe_outcome(TrialData.from_frame(frame, Roles(**settings)))
    assert down.differences.loc[0, "estimate"] == 3
    assert down.differences.loc[0, "raw"] == up.differences.loc[0, "raw"] == up.differences.loc[0, "estimate"] == -3
    assert down.differences.loc[0, "lower"] == -up.differences.loc[0, "upper"]
    assert down.horizon is None
    assert down.curves is None


@pytest.mark.known_truth
def test_binary_counts_and_missing_outcomes_by_arm() -> None:
    frame = pd.DataFrame(
        {"arm": ["a"] * 6 + ["b"] * 6, "age": range(12), "cured": [1, 0, 0, 0, None, None, 1, 1, 1, 0, 1, 1]}
    )
    roles = Roles(treatment="arm", control="a", outcome="cured", covariates=("age",))
    arms = describe_outcome(TrialData.from_frame(frame, roles)).arms.set_index("arm")
    assert arms["missing"].tolist() == [2, 0]
    assert arms["events"].tolist() == [1, 5]
    np.testing.assert_allclose(arms["value"], [0.25, 5 / 6])
    assert arms["competing"].isna().all()


@pytest.mark.known_truth
def test_competing_deaths_are_counted_and_can_become_events() -> None:
    alone, composite = describe_outcome(follow_up_trial(), 15), describe_outcome(follow_up_trial(composite=True), 15)
    assert alone.arms["competing"].tolist() == composite.arms["competing"].tolist() == [4, 2]
    assert (composite.arms["events"] - alone.arms["events"]).tolist() == [4, 2]
    assert alone.at_risk is not None
    assert list(alone.at_risk.columns) == ["time", "a", "b"]
    assert alone.at_risk["a"].iloc[0] == 20
    assert alone.curves is not None
    assert set(alone.curves["arm"]) == {"a", "b"}
    lower = describe_outcome(follow_up_trial(lower=True), 15).differences
    assert lower.loc[0, "estimate"] == -alone.differences.loc[0, "estimate"]


@pytest.mark.known_truth
def test_medians_are_read_off_the_curve() -> None:
    arms = describe_outcome(load_sample("colon"), 1826).arms.set_index("arm")
    assert arms.loc["Obs", "median"] == 1236
    assert np.isnan(arms.loc["Lev+5FU", "median"])


@pytest.mark.known_truth
def test_unusable_horizons_and_landmarks_are_explained() -> None:
    with pytest.raises(EstimateError, match=r"longest follow-up in arm 'a' is 19\.5"):
        describe_outcome(follow_up_trial(), 30)
    with pytest.raises(EstimateError, match="must be a positive time"):
        describe_outcome(follow_up_trial(), -1)
    with pytest.raises(EstimateError, match=r"at least 20 of its patients.*a 19, b 19"):
        describe_outcome(TrialData.from_frame(follow_up_trial().frame.iloc[:38], follow_up_trial().roles))
    no_events = TrialData.from_frame(follow_up_trial().frame.assign(relapse=0), follow_up_trial().roles)
    with pytest.raises(EstimateError, match="Nobody in arm 'b' is followed"):
        landmark_risk(no_events, "b", 99)


@pytest.mark.known_truth
def test_an_arm_without_any_outcome_is_named() -> None:
    frame = pd.DataFrame(
        {"arm": ["a", "b", "a", "b", "a"] * 4, "age": range(20), "pain": [5.0, None, 6.0, None, 7.0] * 4}
    )
    roles = Roles(treatment="arm", control="a", outcome="pain", covariates=("age",))
    with pytest.raises(EstimateError, match="arm 'b' has none"):
        describe_outcome(TrialData.from_frame(frame, roles))
