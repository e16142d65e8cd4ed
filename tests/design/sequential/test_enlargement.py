"""Enlarging a trial at its only look: size, conditional power, and the level of each test."""

import math

import numpy as np
import pandas as pd
import pytest

from ite.design.fixed.means import Means
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.boundary import Boundary, critical_values
from ite.design.sequential.conditional import conditional_power, current_trend
from ite.design.sequential.enlargement import enlargement_curve, enlargement_levels, zone_of_plan
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan, plan_group_sequential
from ite.design.sequential.planned_looks import with_looks
from ite.design.sequential.promising_zone import PromisingZone, enlarged_ratio, zone_limits
from ite.design.sequential.reestimation import SecondStagePlan, second_stage
from ite.errors import DesignError

TRIAL = OneAnalysis(endpoint=Means(mean_difference=0.4, sd=1.2))
Enlarged = tuple[GroupSequential, GroupSequentialPlan, PromisingZone]


def enlarged(boundary: Boundary, futility: Futility | None = None, *, largest_ratio: float = 2.0) -> Enlarged:
    design = with_looks(TRIAL, boundary, futility)
    plan = plan_group_sequential(design)
    return design, plan, zone_of_plan(plan, largest_ratio=largest_ratio, target=0.8)


@pytest.mark.independent
def test_the_weighted_rule_is_the_second_stage_of_the_re_estimation() -> None:
    design, plan, zone = enlarged(Boundary(information_fractions=(0.4, 1.0)))
    curve = enlargement_curve(plan, design, zone)
    stage1 = 0.4 * plan.max_size
    alone = SecondStagePlan(
        boundary=design.boundary,
        sd=1.2,
        stage1_n_total=stage1,
        stage2_n_min=plan.max_size - stage1,
        stage2_n_max=2.0 * plan.max_size - stage1,
    )
    for row in curve.iloc[5::10].to_dict("records"):
        stage = second_stage(alone, row["estimate"])
        assert row["weighted_size"] == pytest.approx(stage.n)
        assert row["weighted_power"] == pytest.approx(stage.conditional_power)


@pytest.mark.known_truth
def test_power_as_planned_is_the_usual_conditional_power_and_zones_lie_in_order() -> None:
    design, plan, zone = enlarged(Boundary(information_fractions=(0.6, 1.0)))
    curve = enlargement_curve(plan, design, zone)
    z = curve["z"].to_numpy(float)
    planned = conditional_power(z, 0.6, critical=zone.critical, drift=current_trend(z, 0.6))
    np.testing.assert_allclose(curve["planned_power"], planned, atol=1e-12)
    assert list(dict.fromkeys(curve["zone"])) == ["unfavourable", "promising", "favourable"]
    outside = curve[curve["zone"] != "promising"]
    np.testing.assert_array_equal(outside["usual_size"], outside["planned_size"])
    assert (curve.loc[curve["zone"] == "promising", "usual_size"] > 0.4 * plan.max_size).all()
    assert (curve["weighted_power"] >= curve["planned_power"] - 1e-12).all()


@pytest.mark.known_truth
@pytest.mark.parametrize("fraction", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("largest_ratio", [1.3, 2.0, 4.0])
def test_only_the_weighted_test_and_the_promising_zone_keep_the_level(fraction: float, largest_ratio: float) -> None:
    boundary = Boundary(family="pocock", information_fractions=(fraction, 1.0))
    design, plan, zone = enlarged(boundary, largest_ratio=largest_ratio)
    level = enlargement_levels(plan, design, zone).set_index("rule")["level"]
    assert level["planned"] == pytest.approx(0.025, abs=1e-8)
    assert level["weighted"] == pytest.approx(0.025, abs=1e-8)
    assert 0.02 < level["usual, promising zone only"] < 0.025
    assert level["usual, wherever enlarged"] > 0.0255


@pytest.mark.known_truth
def test_a_futility_bound_takes_errors_away_only_where_it_is_binding() -> None:
    for binding in (False, True):
        futility = Futility(scale="z", bounds=(1.0,), binding=binding)
        design, plan, zone = enlarged(Boundary(), futility)
        levels = enlargement_levels(plan, design, zone)["level"]
        assert levels.iloc[0] == pytest.approx(0.025, abs=1e-8)
        assert enlargement_curve(plan, design, zone)["z"].iloc[0] == 1.0


@pytest.mark.known_truth
def test_simulated_trials_have_these_levels() -> None:
    design, plan, zone = enlarged(Boundary())
    trials, rng = 1_000_000, np.random.default_rng(20)
    z1, z2 = rng.standard_normal(trials), rng.standard_normal(trials)
    first, last = critical_values(design.boundary)
    ratio, limits = enlarged_ratio(zone, z1), zone_limits(zone)
    inside = np.where((z1 >= limits.lower_z) & (z1 < limits.upper_z), ratio, 1.0)

    def usual(size: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        end = np.sqrt(0.5 / size) * z1 + np.sqrt((size - 0.5) / size) * z2
        return float(np.mean((z1 >= first) | (end >= last)))

    weighted = float(np.mean((z1 >= first) | (math.sqrt(0.5) * (z1 + z2) >= last)))
    found = pd.Series([weighted, usual(inside), usual(ratio)])
    levels = enlargement_levels(plan, design, zone)["level"].iloc[1:].reset_index(drop=True)
    assert ((found - levels).abs() < 4.0 * np.sqrt(levels * (1.0 - levels) / trials)).all()


@pytest.mark.known_truth
def test_three_analyses_are_refused_with_the_reason() -> None:
    with pytest.raises(DesignError, match="but this one has 3 analyses"):
        enlarged(Boundary(information_fractions=(0.3, 0.6, 1.0)))
