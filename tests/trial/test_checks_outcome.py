"""Checks of the outcome: events, times, horizon, competing events."""

import numpy as np
import pytest

from tests.trial.flawed import SURVIVAL, N, change, clean_frame, finding, trial_of


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
