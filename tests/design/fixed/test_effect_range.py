"""Assurance of a size where the effect is only known to lie within a range."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from ite.design.fixed.design import Endpoint
from ite.design.fixed.effect_range import EffectRange, assurance_curve, effect_prior, usual_range
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.trial_size import OneAnalysis, size_trial
from ite.design.sequential.assurance import sequential_assurance_curve
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.group_sequential import plan_group_sequential
from ite.design.sequential.planned_looks import patients_to_enrol, with_looks
from ite.errors import DesignError

MEANS = OneAnalysis(endpoint=Means(mean_difference=0.4))
TIMES = OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12)
FEWER = OneAnalysis(endpoint=Rates(rate_treatment=0.2, rate_control=0.35, benefit="lower_rate"), dropout=0.1)


@pytest.mark.known_truth
def test_the_range_is_the_central_95_percent_of_the_prior() -> None:
    prior = effect_prior(TIMES.endpoint, EffectRange(weakest=1.05, strongest=0.6))
    for share, ratio in [(0.025, 1.05), (0.975, 0.6)]:
        found = TIMES.endpoint.effect_at_share(float(norm.ppf(share, prior.mean, prior.sd)))
        assert found == pytest.approx(ratio)
    log_mean, log_sd = (math.log(1.05) + math.log(0.6)) / 2, math.log(1.05 / 0.6) / (2 * norm.ppf(0.975))
    assert prior.benefit_probability == pytest.approx(norm.cdf(0.0, log_mean, log_sd))


@pytest.mark.independent
@pytest.mark.parametrize(
    ("trial", "believed"),
    [
        (MEANS, EffectRange(weakest=-0.1, strongest=0.7)),
        (TIMES, EffectRange(weakest=1.05, strongest=0.6)),
    ],
)
def test_assurance_is_the_power_averaged_over_the_range(trial: OneAnalysis, believed: EffectRange) -> None:
    size = size_trial(trial)
    curve = assurance_curve(trial, size.n_total, believed)
    planned = curve[curve["patients"] == size.n_total].iloc[0]
    assert planned["power"] == pytest.approx(size.power)
    prior = effect_prior(trial.endpoint, believed)

    def weighted(share: float) -> float:
        power = trial.with_effect(share).endpoint.power(size.information, alpha=trial.alpha)
        return power * float(norm.pdf(share, prior.mean, prior.sd))

    averaged, _ = quad(weighted, prior.mean - 9 * prior.sd, prior.mean + 9 * prior.sd, epsabs=1e-9)
    assert planned["assurance"] == pytest.approx(averaged, abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("trial", [MEANS, TIMES, FEWER], ids=["means", "event times", "fewer"])
def test_assurance_grows_to_the_probability_of_a_benefit(trial: OneAnalysis) -> None:
    believed = usual_range(trial.endpoint)
    prior = effect_prior(trial.endpoint, believed)
    assert (prior.mean, prior.sd) == (pytest.approx(1.0), pytest.approx(0.5 / norm.ppf(0.975)))
    weaker = EffectRange(weakest=trial.endpoint.effect_at_share(-0.5), strongest=believed.strongest)
    curve = assurance_curve(trial, 1e6, weaker)
    assert (np.diff(curve["assurance"]) > 0.0).all()
    limit = effect_prior(trial.endpoint, weaker).benefit_probability
    assert curve["assurance"].iloc[-1] == pytest.approx(limit, abs=0.01)
    assert curve["assurance"].iloc[-1] < limit < 0.9


@pytest.mark.known_truth
def test_with_one_analysis_a_trial_with_looks_has_the_assurance_of_the_z_test() -> None:
    believed = EffectRange(weakest=0.9, strongest=0.5)
    plan = plan_group_sequential(with_looks(TIMES, Boundary(information_fractions=(1.0,))))
    looks = sequential_assurance_curve(TIMES, plan, believed)
    planned = looks[looks["patients"] == sum(patients_to_enrol(TIMES, plan))].iloc[0]
    # The plan has exactly the power, the trial of whole patients a little more.
    one = assurance_curve(TIMES, plan.n_total or 0.0, believed)
    expected = one.loc[one["patients"] == plan.n_total, "assurance"].iloc[0]
    assert planned["power"] == pytest.approx(0.9)
    assert planned["assurance"] == pytest.approx(expected, abs=1e-8)


@pytest.mark.known_truth
def test_looks_cost_a_little_assurance_at_the_same_power() -> None:
    believed = usual_range(MEANS.endpoint)
    plans = [
        plan_group_sequential(with_looks(MEANS, Boundary(family="pocock", information_fractions=fractions)))
        for fractions in [(1.0,), (0.25, 0.5, 0.75, 1.0)]
    ]
    at_plan = [sequential_assurance_curve(MEANS, plan, believed).loc[18] for plan in plans]
    assert [row["power"] for row in at_plan] == pytest.approx([0.9, 0.9])
    assert at_plan[1]["assurance"] < at_plan[0]["assurance"]


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("endpoint", "ends", "words"),
    [
        (MEANS.endpoint, (0.5, 0.5), "Swap them or widen the range"),
        (MEANS.endpoint, (0.6, 0.2), "but 0.2 and 0.6 were given"),
        (TIMES.endpoint, (0.0, 0.6), "A hazard ratio lies above 0"),
        (TIMES.endpoint, (0.6, 0.9), "Swap them"),
        (FEWER.endpoint, (-0.3, -0.6), "under treatment would follow"),
    ],
)
def test_a_range_that_makes_no_sense_is_explained(endpoint: Endpoint, ends: tuple[float, float], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        effect_prior(endpoint, EffectRange(weakest=ends[0], strongest=ends[1]))
