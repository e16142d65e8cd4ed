"""What equality adds to a programme: against closed forms, brute force and simulated groups."""

from dataclasses import replace

import numpy as np
import pytest

from ite.allocation.allocate import allocate
from ite.allocation.distributional_gain import Aversion
from ite.allocation.equity_impact import (
    equity_impact,
    inequality_measures,
    lorenz_curves,
    strongest_aversion,
    turning_aversions,
)
from ite.allocation.fitted_health import fitted_health
from ite.allocation.health_groups import INCOME_FIFTHS, HealthGroups
from ite.errors import AllocationError
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.allocation.fitted_trial import two_arms


def _two(gain: tuple[float, float], level: tuple[float, float] = (4.0, 16.0)) -> HealthGroups:
    return HealthGroups(names=("low", "high"), people=(1, 1), level=level, gain=gain, lost=(0, 0))


@pytest.mark.independent
def test_the_path_ends_where_the_published_case_does() -> None:
    path = equity_impact(INCOME_FIFTHS, Aversion(strength=10.95)).set_index("strength")
    assert path.loc[0.0, "ede_gain"] == pytest.approx(0.05)
    assert path.loc[10.95, "ede_gain"] == pytest.approx(0.08706884057511, abs=1e-9)
    absolute = equity_impact(INCOME_FIFTHS, Aversion(kind="absolute", strength=0.15)).set_index("strength")
    assert absolute.loc[0.15, "ede_gain"] == pytest.approx(0.08303728908716, abs=1e-9)


@pytest.mark.known_truth
def test_a_verdict_turns_where_the_geometric_mean_stays() -> None:
    # The product of the levels stays 64: at Atkinson's aversion 1 the programme is worth nothing, below it something.
    turns = turning_aversions(_two((-0.8, 4.0)), "relative")
    assert turns == pytest.approx((1.0,), abs=1e-6)


@pytest.mark.known_truth
def test_an_absolute_verdict_turns_where_the_sum_of_exponentials_stays() -> None:
    rate = 0.1
    low, high = 4.0 - 0.5, 16.0
    after = -np.log(np.exp(-rate * 4.0) + np.exp(-rate * 16.0) - np.exp(-rate * low)) / rate
    turns = turning_aversions(_two((low - 4.0, float(after) - high)), "absolute")
    assert turns == pytest.approx((rate,), abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("gain", [(1.0, 1.0), (0.0, 0.0), (2.0, 1.0), (-1.0, -1.0)])
def test_what_is_good_or_bad_for_all_never_turns(gain: tuple[float, float]) -> None:
    assert turning_aversions(_two(gain), "relative") == ()
    assert turning_aversions(_two(gain), "absolute") == ()


@pytest.mark.known_truth
def test_measures_of_two_groups_are_those_by_hand() -> None:
    # Ranks 0.25 and 0.75: the slope is twice the gap; of levels 4 and 16 the Gini index is 12 / (4 * 10).
    found = inequality_measures(_two((2.0, 0.0))).set_index("measure")
    assert found["before"].to_dict() == pytest.approx(
        {"mean": 10, "gini": 0.3, "concentration index": 0.3, "slope index": 24, "relative index": 2.4}
    )
    assert found.loc["slope index", "after"] == pytest.approx(20)
    assert found.loc["gini", "after"] == pytest.approx(10 / 44)
    curves = lorenz_curves(_two((2.0, 0.0)))
    assert curves.loc[curves["programme"] == "with", "held"].to_list() == pytest.approx([0, 6 / 22, 1])


@pytest.mark.known_truth
def test_levels_below_zero_have_slopes_but_no_ratio() -> None:
    found = inequality_measures(_two((0.0, 0.0), (-30.0, 10.0))).set_index("measure")["before"]
    assert found["slope index"] == pytest.approx(80)
    assert found[["gini", "concentration index", "relative index"]].isna().all()
    with pytest.raises(AllocationError, match="not defined for levels below 0"):
        equity_impact(_two((0.0, 0.0), (-30.0, 10.0)), Aversion())


@pytest.mark.known_truth
def test_absolute_aversion_is_followed_in_the_unit_of_the_levels() -> None:
    years, days = _two((1.0, 0.0)), _two((365.0, 0.0), (4.0 * 365, 16.0 * 365))
    assert strongest_aversion(days, "absolute") * 365 == pytest.approx(strongest_aversion(years, "absolute"))


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"names": ("a", "a")}, "different names"),
        ({"gain": (1.0,)}, "one gain"),
        ({"people": (0.0, 1.0)}, "People"),
        ({"level": (float("nan"), 1.0)}, "Level now"),
    ],
)
def test_impossible_groups_are_refused(changed: dict[str, object], part: str) -> None:
    with pytest.raises(AllocationError, match=part):
        HealthGroups.model_validate({**_two((0.0, 0.0)).model_dump(), **changed})


def survival() -> tuple[TrialData, EffectEstimate]:
    """A trial with a time that is better the longer it is; its predicted levels rise with the marker."""
    trial, effects = two_arms()
    frame = trial.frame.assign(days=np.linspace(50, 400, trial.n), died=1).drop(columns="outcome")
    kept = trial.roles.model_dump(include={"treatment", "control", "covariates", "protected"})
    timed = TrialData.from_frame(frame, Roles.model_validate({**kept, "time": "days", "event": "died"}), name="timed")
    predicted = 200 + 30 * trial.frame["marker"].to_numpy(float)
    return timed, replace(effects, baseline_risk=predicted, scale="difference in restricted mean days up to 300")


@pytest.mark.independent
def test_groups_of_a_trial_go_from_the_worst_predicted_level_up() -> None:
    trial, effects = survival()
    found = allocate(trial, effects, budget=0.4, equity="sex", position=0.5)
    health = fitted_health(trial, effects, found)
    level = trial.frame.assign(level=effects.baseline_risk).groupby("sex")["level"].mean().sort_values()
    assert health.groups.names == tuple(level.index)
    assert health.groups.level == pytest.approx(tuple(level))
    chosen = found.groups[found.groups["position"] == found.position[found.chosen]].set_index("group")
    chosen = chosen.loc[list(health.groups.names)]
    assert health.groups.gain == pytest.approx(tuple(chosen["delivered"]))
    lower, upper = health.gain_limits()
    np.testing.assert_allclose(lower, chosen["lower"])
    np.testing.assert_allclose(upper, chosen["upper"])
    assert health.unit == "days"


@pytest.mark.independent
@pytest.mark.parametrize("aversion", [Aversion(), Aversion(strength=5), Aversion(kind="absolute", strength=0.02)])
def test_limits_are_those_of_drawn_gains(aversion: Aversion) -> None:
    trial, effects = survival()
    health = fitted_health(trial, effects, allocate(trial, effects, budget=0.4, equity="sex"))
    draws = np.random.default_rng(1).multivariate_normal(health.groups.gain, health.covariance, 2000)
    worth = [health.groups.model_copy(update={"gain": tuple(draw)}).worth(aversion) for draw in draws]
    limits = health.limits(aversion)
    for of, drawn in (
        (limits.mean, [each.mean_gain for each in worth]),
        (limits.ede, [each.ede_gain for each in worth]),
        (limits.equity, [each.equity_gain for each in worth]),
    ):
        # The standard deviation of 2,000 draws is known to within about 1.6 %; four of these.
        half = (of.upper - of.lower) / 2
        assert half == pytest.approx(1.96 * float(np.std(drawn)), rel=0.065, abs=1e-9)


@pytest.mark.known_truth
def test_a_bad_outcome_is_turned_into_the_probability_to_be_spared() -> None:
    trial, effects = two_arms()
    outcome = (np.arange(trial.n) % 3 == 0).astype(int)
    roles = Roles.model_validate({**trial.roles.model_dump(), "higher_is_better": False})
    binary = TrialData.from_frame(trial.frame.assign(outcome=outcome), roles, name="binary")
    risk = np.where(trial.frame["sex"] == "male", 0.2, 0.4)
    found = allocate(binary, effects, budget=0.4, equity="sex")
    health = fitted_health(binary, replace(effects, baseline_risk=-risk), found)
    assert health.groups.names == ("female", "male")
    assert health.groups.level == pytest.approx((60.0, 80.0))
    gains = found.groups[found.groups["position"] == 0.0].set_index("group")["delivered"]
    assert health.groups.gain == pytest.approx((100 * gains["female"], 100 * gains["male"]))


@pytest.mark.known_truth
def test_what_has_no_level_is_refused() -> None:
    trial, effects = two_arms()
    with pytest.raises(AllocationError, match="this trial's outcome is a number"):
        fitted_health(trial, effects, allocate(trial, effects, budget=0.4, equity="sex"))
    with pytest.raises(AllocationError, match="none were chosen"):
        fitted_health(trial, effects, allocate(trial, effects, budget=0.4))
    timed, known = survival()
    shorter = Roles.model_validate({**timed.roles.model_dump(), "higher_is_better": False})
    worse = TrialData.from_frame(timed.frame, shorter, name="shorter")
    with pytest.raises(AllocationError, match="better the shorter"):
        fitted_health(worse, known, allocate(worse, known, budget=0.4, equity="sex"))
