"""From assumptions to whole patients and months: arms, drop-out, calendar, and what a smaller effect does."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.trial_size import OneAnalysis, power_curve, size_trial, trial_calendar, whole_arms
from ite.design.fixed.what_if import what_if
from ite.errors import DesignError

MEANS = OneAnalysis(endpoint=Means(mean_difference=0.4))
TIMES = OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12, dropout=0.1)
FEWER = OneAnalysis(endpoint=Rates(rate_treatment=0.2, rate_control=0.35, benefit="lower_rate"), power=0.8)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("n_total", "ratio", "arms"),
    [(264.6, 1.0, (133, 133)), (264.0, 1.0, (132, 132)), (264.0000000001, 1.0, (132, 132)), (300.3, 2.0, (201, 101))],
)
def test_each_arm_is_rounded_up(n_total: float, ratio: float, arms: tuple[int, int]) -> None:
    assert whole_arms(n_total, ratio) == arms


@pytest.mark.known_truth
def test_drop_out_enlarges_the_trial_and_leaves_its_power() -> None:
    size = size_trial(MEANS.model_copy(update={"dropout": 0.2}))
    without = size_trial(MEANS)
    assert size.n_treatment == math.ceil(without.needed / 2 / 0.8)
    assert size.power >= 0.9
    assert size.needed == without.needed


@pytest.mark.independent
def test_events_of_the_whole_trial_are_the_hazards_integrated() -> None:
    size = size_trial(TIMES)
    lost = -math.log(0.9) / 12

    def seen(hazard: float) -> float:
        """Share with an event among those who enter evenly over 24 months, at month 36."""
        both = hazard + lost
        return quad(lambda entry: hazard / both * -math.expm1(-both * (36 - entry)), 0, 24)[0] / 24

    control = math.log(2) / 12
    expected = size.n_control * seen(control) + size.n_treatment * seen(0.7 * control)
    assert size.information == pytest.approx(expected, rel=1e-9)
    assert size.needed <= size.information < size.needed + 2


@pytest.mark.known_truth
@pytest.mark.parametrize("trial", [MEANS, TIMES, FEWER], ids=["means", "event times", "rates"])
def test_one_patient_fewer_in_each_arm_misses_the_power(trial: OneAnalysis) -> None:
    size = size_trial(trial)
    fewer = (size.n_total - 2) * trial.information_per_patient()
    assert size.power >= trial.power > trial.endpoint.power(fewer, alpha=trial.alpha)


@pytest.mark.known_truth
@pytest.mark.parametrize("trial", [MEANS, TIMES, FEWER], ids=["means", "event times", "rates"])
def test_the_curve_rises_and_passes_through_the_plan(trial: OneAnalysis) -> None:
    size = size_trial(trial)
    curve = power_curve(trial, size.n_total, (1.0, 0.5))
    for share, of_share in curve.groupby("effect_share"):
        assert (of_share["power"].diff().iloc[1:] > 0).all(), share
    assumed = curve[curve["effect_share"] == 1.0]
    assert np.interp(size.n_total, assumed["patients"], assumed["power"]) == pytest.approx(size.power, abs=1e-3)


@pytest.mark.known_truth
def test_a_weaker_effect_has_the_power_and_the_size_of_a_trial_planned_for_it() -> None:
    size = size_trial(MEANS)
    found = what_if(MEANS, size, weaker=0.75)
    assert found.weaker_power == Means(mean_difference=0.75 * 0.4).power(size.information, alpha=0.025)
    assert found.weaker_size.n_total == size_trial(OneAnalysis(endpoint=Means(mean_difference=0.3))).n_total


@pytest.mark.known_truth
def test_half_of_an_effect_is_half_of_its_logarithm_or_difference() -> None:
    half = [trial.with_effect(0.5).endpoint for trial in (MEANS, TIMES, FEWER)]
    assert half[0] == Means(mean_difference=0.2)
    assert isinstance(half[1], LogRank)
    assert half[1].hazard_ratio == pytest.approx(math.sqrt(0.7))
    assert isinstance(half[2], Rates)
    assert half[2].rate_treatment == pytest.approx(0.275)


@pytest.mark.known_truth
def test_the_calendar_meets_the_plan_at_the_analysis() -> None:
    size = size_trial(TIMES)
    course = trial_calendar(TIMES, size.n_total)
    assert np.interp(36, course["month"], course["events"]) == pytest.approx(size.information, rel=1e-3)
    assert course["enrolled"].max() == pytest.approx(size.n_total)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"endpoint": LogRank(hazard_ratio=1.2), "control_median_months": 12}, "the assumed effect is harm"),
        ({"endpoint": Means(mean_difference=-1)}, "the assumed effect is harm"),
        ({"endpoint": LogRank(hazard_ratio=0.7)}, "median"),
        ({"endpoint": Means(mean_difference=1), "control_median_months": 12}, "median"),
        ({"endpoint": Means(mean_difference=1), "dropout": 1.0}, r"^Drop-out \(%\)"),
    ],
)
def test_impossible_assumptions_are_refused_in_a_sentence(settings: dict[str, object], sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        OneAnalysis.model_validate(settings)
