import math
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from ite.design.sequential.boundary import Boundary
from ite.design.sequential.promising_zone import PromisingZone, enlarged_ratio, zone_limits
from ite.design.sequential.reestimation import SecondStagePlan, second_stage
from ite.errors import DesignError

SETTINGS: dict[str, Any] = {"stage1_n_total": 120.0, "stage2_n_min": 40.0, "stage2_n_max": 500.0}


@pytest.mark.known_truth
@pytest.mark.parametrize("ratio", [1.0, 3.0])
def test_the_second_stage_reaches_its_target_between_the_limits(ratio: float) -> None:
    design = SecondStagePlan(**SETTINGS, allocation_ratio=ratio, sd=1.3, target_conditional_power=0.85)
    stage = second_stage(design, 0.35)
    assert 40.0 < stage.n == stage.unbounded_n < 500.0
    assert stage.conditional_power == pytest.approx(0.85)


@pytest.mark.known_truth
def test_the_limits_bind() -> None:
    design = SecondStagePlan(**SETTINGS)
    weak, strong, none, harm = (second_stage(design, difference) for difference in (0.08, 0.9, 0.0, -0.3))
    assert weak.n == 500.0 < weak.unbounded_n
    assert weak.conditional_power < 0.8
    assert strong.n == 40.0
    assert strong.unbounded_n == 0.0
    assert strong.conditional_power > 0.8
    assert none.unbounded_n == math.inf
    assert none.n == 500.0
    assert harm.conditional_power < 1e-6


@pytest.mark.known_truth
def test_what_is_required_of_the_second_stage_just_reaches_the_bound() -> None:
    """The weights are those of the plan, whatever the second size: that keeps the level."""
    design = SecondStagePlan(**SETTINGS, boundary=Boundary(family="pocock", information_fractions=(0.4, 1.0)))
    for difference in (-0.2, 0.1, 0.5):
        stage = second_stage(design, difference)
        z1 = difference * math.sqrt(120.0) / 2.0
        combined = math.sqrt(0.4) * z1 + math.sqrt(0.6) * stage.required_stage2_z
        assert combined == pytest.approx(stage.final_critical_z)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"boundary": Boundary(information_fractions=(0.3, 0.6, 1.0))}, "but there are 3"),
        ({"stage2_n_min": 600.0}, "above its most"),
    ],
)
def test_bad_settings_are_explained(change: dict[str, Any], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        SecondStagePlan(**{**SETTINGS, **change})


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("largest_ratio", "fraction", "published"),
    [(1.5, 0.25, 0.42), (1.5, 0.5, 0.41), (1.5, 0.75, 0.38), (2.0, 0.5, 0.36), (3.0, 0.5, 0.31)],
)
def test_published_limits_of_the_promising_zone(largest_ratio: float, fraction: float, published: float) -> None:
    """Mehta & Pocock 2011, table 1, target 0.8: the smallest conditional power that is promising."""
    zone = PromisingZone(information_fraction=fraction, critical=1.959964, largest_ratio=largest_ratio)
    assert zone_limits(zone).lower_conditional_power == pytest.approx(published, abs=0.006)


@pytest.mark.known_truth
@pytest.mark.parametrize("largest_ratio", [1.2, 2.0, 10.0])
@pytest.mark.parametrize("fraction", [0.2, 0.5, 0.8])
def test_enlarging_inside_the_zone_does_not_raise_the_conditional_error(largest_ratio: float, fraction: float) -> None:
    zone = PromisingZone(information_fraction=fraction, critical=1.97, largest_ratio=largest_ratio)
    limits = zone_limits(zone)
    assert 0.0 < limits.lower_conditional_power < 0.5 < limits.upper_conditional_power

    def error(z: float, ratio: float) -> float:
        """Probability under the null that the usual statistic of the (enlarged) trial exceeds the bound."""
        return float(ndtr((z * math.sqrt(fraction) - 1.97 * math.sqrt(ratio)) / math.sqrt(ratio - fraction)))

    for z in np.linspace(limits.lower_z + 1e-6, limits.upper_z, 25):
        assert error(z, enlarged_ratio(zone, z)) <= error(z, 1.0) + 1e-9
    below = limits.lower_z - 0.05
    assert error(below, enlarged_ratio(zone, below)) > error(below, 1.0)


@pytest.mark.known_truth
def test_the_enlarged_trial_reaches_its_target() -> None:
    zone = PromisingZone(information_fraction=0.5, critical=1.96, largest_ratio=5.0)
    z = zone_limits(zone).upper_z - 0.15
    ratio = enlarged_ratio(zone, z)
    required = (1.96 - z * math.sqrt(0.5)) / math.sqrt(0.5)
    assert 1.0 < ratio < 5.0
    assert ndtr(z / math.sqrt(0.5) * math.sqrt(ratio - 0.5) - required) == pytest.approx(0.8)
    assert enlarged_ratio(zone, -1.0) == 5.0
    assert enlarged_ratio(zone, 4.0) == 1.0
