"""The outcome as the scores see it."""

import numpy as np
import pandas as pd
import pytest

from ite.errors import EstimateError
from ite.estimation.features import encode
from ite.estimation.folds import assign_folds
from ite.estimation.outcome import effect_scale, resolve_horizon, turned_outcome
from ite.estimation.spec import EffectSpec
from ite.trial.data import TrialData
from ite.trial.survival import default_horizon
from tests.estimation.trials import roles, small_trial, survival_frame, survival_trial


def turned(trial: TrialData, horizon: float | None) -> np.ndarray:
    return turned_outcome(trial, encode(trial.covariates).matrix, assign_folds(trial.arm_index, 3, 0), horizon).value


@pytest.mark.known_truth
def test_a_smaller_is_better_outcome_is_turned() -> None:
    np.testing.assert_array_equal(turned(small_trial(higher_is_better=False), None), -small_trial().outcome)
    np.testing.assert_array_equal(turned(survival_trial(higher_is_better=False), 5.0), -turned(survival_trial(), 5.0))


@pytest.mark.known_truth
def test_a_missing_time_stays_missing_and_touches_nobody() -> None:
    frame = survival_frame(160, 0)
    gone = frame.assign(time=frame["time"].where(frame.index >= 5))
    kept = [*range(5, 160)]
    names = {"outcome": None, "time": "time", "event": "event"}
    value = turned(TrialData.from_frame(gone, roles(**names)), 5.0)
    assert np.isnan(value[:5]).all()
    assert np.isfinite(value[kept]).all()


@pytest.mark.known_truth
def test_the_horizon_is_the_given_one_or_the_default() -> None:
    assert resolve_horizon(small_trial(), EffectSpec(horizon=3)) is None
    trial = survival_trial()
    assert resolve_horizon(trial, EffectSpec(horizon=3)) == 3
    assert resolve_horizon(trial, EffectSpec()) == default_horizon(trial)


@pytest.mark.known_truth
def test_a_horizon_beyond_follow_up_names_arm_and_length() -> None:
    frame = survival_frame(160, 0)
    short = frame["arm"] == "treated"
    frame.loc[short, "time"] = np.minimum(frame.loc[short, "time"], 7.5)
    trial = TrialData.from_frame(frame, roles(outcome=None, time="time", event="event"))
    assert resolve_horizon(trial, EffectSpec(horizon=7.5)) == 7.5
    with pytest.raises(EstimateError, match=r"horizon 9 lies beyond the follow-up of arm treated \(longest: 7\.5\)"):
        resolve_horizon(trial, EffectSpec(horizon=9))


@pytest.mark.known_truth
def test_the_scale_says_what_one_unit_is() -> None:
    assert effect_scale(small_trial(), None) == "difference in mean y"
    assert effect_scale(survival_trial(), 5.0) == "difference in restricted mean time up to 5"
    frame = pd.DataFrame({"x0": np.arange(40.0), "arm": ["control", "treated"] * 20, "y": [0, 0, 1, 1] * 10})
    assert effect_scale(TrialData.from_frame(frame, roles(1)), None) == "difference in the probability of y"
    named = TrialData.from_frame(frame.rename(columns={"y": "sick_at_week_12"}), roles(1, outcome="sick_at_week_12"))
    assert effect_scale(named, None) == "difference in the probability of sick at week 12"
