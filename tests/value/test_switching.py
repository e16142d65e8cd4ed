"""Switching of controls to treatment: the known factor is found again, and covered as often as said."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from ite.charts.reading_switching import switching_sentence
from ite.errors import RoleError, ValuationError
from ite.trial.data import TrialData
from ite.trial.survival import logrank
from ite.value.switching import FollowedArms, g_estimate, switch_adjusted, untreated_log_rank
from tests.estimation.trials import roles, survival_trial

FACTOR, PLANNED, N, TRIALS = 1.6, 24.0, 400, 300


def study(rng: np.random.Generator) -> tuple[FollowedArms, int]:
    """Weibull times of different prognosis; those who are worse off switch more often; all are followed as long."""
    treated = rng.permutation(N) % 2 == 1
    prognosis = rng.standard_normal(N)
    untreated = rng.weibull(1.2, N) * 12 * np.exp(0.4 * prognosis)
    switch = rng.uniform(2, 12, N)
    switches = ~treated & (rng.random(N) < 1 / (1 + np.exp(prognosis))) & (switch < untreated)
    late = np.where(switches, switch + (untreated - switch) * FACTOR, untreated)
    onset = np.where(treated, untreated * FACTOR, late)
    time = np.minimum(onset, PLANNED)
    without = np.where(treated, 0.0, np.where(switches, np.minimum(switch, time), time))
    arms = FollowedArms(
        time=time, event=onset <= PLANNED, treated=treated, untreated=without, planned=np.full(N, PLANNED)
    )
    return arms, int(switches.sum())


@pytest.mark.known_truth
def test_the_factor_is_found_and_its_interval_covers_it() -> None:
    rng = np.random.default_rng(1)
    found = [g_estimate(*study(rng)) for _ in range(TRIALS)]
    logs = np.log([each.factor for each in found])
    # A bias of half a percent is tolerated beside four Monte-Carlo standard errors.
    assert abs(logs.mean() - np.log(FACTOR)) < 4 * logs.std() / np.sqrt(TRIALS) + 0.005
    covered = sum(each.lower <= FACTOR <= each.upper for each in found)
    low, high = (float(binom.ppf(limit, TRIALS, 0.95)) for limit in (0.005, 0.995))
    assert low <= covered <= high


@pytest.mark.independent
def test_at_no_effect_the_test_is_the_log_rank_test_of_the_arms_as_drawn() -> None:
    arms, _ = study(np.random.default_rng(2))
    z = untreated_log_rank(arms, 0.0)
    assert z**2 == pytest.approx(logrank(arms.time, arms.event, arms.treated).statistic)
    assert z < 0  # fewer events with treatment


@pytest.mark.known_truth
def test_at_the_true_factor_the_recensored_test_is_a_standard_normal_deviate() -> None:
    rng = np.random.default_rng(3)
    z = [untreated_log_rank(study(rng)[0], -np.log(FACTOR)) for _ in range(TRIALS)]
    assert abs(np.mean(z)) < 4 / np.sqrt(TRIALS)
    assert np.std(z) == pytest.approx(1.0, abs=4 / np.sqrt(2 * TRIALS))


def as_trial(arms: FollowedArms) -> TrialData:
    frame = pd.DataFrame(
        {
            "arm": np.where(arms.treated, "treated", "control"),
            "x0": np.arange(N, dtype=float),
            "time": arms.time,
            "event": arms.event.astype(int),
            "switched": np.where(~arms.treated & (arms.untreated < arms.time), arms.untreated, np.nan),
        }
    )
    return TrialData.from_frame(frame, roles(1, outcome=None, time="time", event="event", switch_time="switched"))


@pytest.mark.known_truth
def test_a_trial_with_a_column_of_switching_gives_the_same() -> None:
    arms, switched = study(np.random.default_rng(5))
    found, expected = switch_adjusted(as_trial(arms), "treated"), g_estimate(arms, switched)
    assert (found.factor, found.lower, found.upper) == (expected.factor, expected.lower, expected.upper)
    assert (found.switched, found.controls) == (switched, N // 2)
    words = switching_sentence(found, "treated")
    assert words.startswith(f"{switched} of 200 controls switched to treated.")
    assert 'never beyond "suggestive"' in words


@pytest.mark.known_truth
def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValuationError, match="a column with the time of switching"):
        switch_adjusted(survival_trial(), "treated")
    with pytest.raises(RoleError, match="'switch_time' is for a time with an event"):
        roles(switch_time="switched")
    arms, _ = study(np.random.default_rng(5))
    frame = as_trial(arms).frame
    given = roles(1, outcome=None, time="time", event="event", switch_time="switched")
    with pytest.raises(ValuationError, match="No control switched"):
        switch_adjusted(TrialData.from_frame(frame.assign(switched=np.nan), given), "treated")
    with pytest.raises(RoleError, match=r"0 or more, but column 'switched' holds -1 in rows"):
        TrialData.from_frame(frame.assign(switched=-1.0), given)
