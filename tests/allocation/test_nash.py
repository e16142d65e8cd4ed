"""Nash's bargain: the largest product of gains, by search."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from ite.allocation.group_paths import group_paths
from ite.allocation.nash import nash_allocation
from ite.errors import AllocationError
from tests.allocation.drawn import drawn, three_times, typed_groups


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("budget", [5.3, 40.3])
def test_no_other_division_has_a_larger_product(seed: int, budget: float) -> None:
    paths = group_paths(drawn(150, groups=2, seed=seed))
    found = nash_allocation(paths, budget)

    def lost(first: float) -> float:
        return -float(np.log(paths.gains(np.array([first, budget - first]))).sum())

    best = -minimize_scalar(lost, bounds=(1e-6, budget - 1e-6), method="bounded", options={"xatol": 1e-9}).fun
    assert float(np.log(found.groups["gain"]).sum()) == pytest.approx(best, abs=1e-8)
    assert found.spent == pytest.approx(budget)


@pytest.mark.known_truth
def test_units_of_benefit_do_not_matter() -> None:
    np.testing.assert_allclose(nash_allocation(group_paths(three_times()), 100).groups["offered"], [50, 50])


@pytest.mark.known_truth
@pytest.mark.parametrize("seed", range(40))
def test_groups_that_do_not_run_out_share_evenly_and_one_that_does_is_filled(seed: int) -> None:
    rng = np.random.default_rng(seed)
    licences, benefit = float(rng.uniform(5, 100)), rng.uniform(0.01, 1, 2).tolist()
    roomy = nash_allocation(group_paths(typed_groups(benefit, [licences, 2 * licences])), licences)
    np.testing.assert_allclose(roomy.groups["offered"], [licences / 2] * 2)
    tight = nash_allocation(group_paths(typed_groups(benefit, [licences / 5, 2 * licences])), licences)
    np.testing.assert_allclose(tight.groups["offered"], [licences / 5, licences * 4 / 5])


@pytest.mark.known_truth
def test_more_than_enough_is_enough() -> None:
    assert nash_allocation(group_paths(three_times()), 2000).gain == pytest.approx(200)


@pytest.mark.known_truth
def test_a_group_that_cannot_gain_is_refused() -> None:
    with pytest.raises(AllocationError, match="in 'B' nobody is predicted to benefit"):
        nash_allocation(group_paths(typed_groups([0.3, -0.1], [10, 10])), 5)
    with pytest.raises(AllocationError, match="above 0, but 0 was given"):
        nash_allocation(group_paths(three_times()), 0)
