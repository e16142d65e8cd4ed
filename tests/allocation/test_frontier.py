"""The frontier, and the named ways to share."""

from dataclasses import replace

import numpy as np
import pytest

from ite.allocation.frontier import Guarantee, frontier
from ite.allocation.linear_programme import LinearRule, solve_linear
from ite.allocation.presets import PRESETS, allocate_by
from tests.allocation.drawn import drawn, three_times, typed_groups

pytestmark = pytest.mark.known_truth


def test_three_times_falls_from_thirty_to_twenty() -> None:
    found = frontier(three_times(), 100, points=5)
    np.testing.assert_allclose(found.gain, [30, 27.5, 25, 22.5, 20])
    np.testing.assert_allclose(found.level, [0, 0.025, 0.05, 0.075, 0.1])


@pytest.mark.parametrize(
    ("preset", "offered", "total"),
    [
        ("efficiency", [100, 0], 30),
        ("half and half", [50, 50], 20),
        ("proportional", [50, 50], 20),
        ("equal gain", [25, 75], 15),
        ("maximin", [25, 75], 15),
        ("weighted", [0, 100], 10),
    ],
)
def test_presets_of_three_times(preset: str, offered: list[float], total: float) -> None:
    found = allocate_by(preset, three_times(), 100, np.array([1, 3.01]))  # type: ignore[arg-type]
    np.testing.assert_allclose(found.groups["offered"], offered, atol=1e-6)
    assert found.gain == pytest.approx(total)


@pytest.mark.parametrize("guarantee", ["offers", "gain"])
@pytest.mark.parametrize("one_price", [True, False])
def test_frontier_is_concave_and_falls_while_the_guarantee_rises(guarantee: Guarantee, *, one_price: bool) -> None:
    found = frontier(drawn(200, seed=2, one_price=one_price), 50.3, guarantee)
    slopes = np.diff(found.gain) / np.diff(found.level)
    assert (slopes <= 1e-9).all()
    assert (np.diff(slopes) <= 1e-6).all()
    column = "share_offered" if guarantee == "offers" else "gain_per_member"
    reached = [allocation.groups[column].min() for allocation in found.allocations]
    np.testing.assert_allclose(np.maximum(reached, found.level), reached, atol=1e-9)


def test_one_group_has_one_point() -> None:
    found = frontier(typed_groups([0.3], [500]), 100)
    np.testing.assert_allclose(found.gain, 30.0)


@pytest.mark.parametrize("guarantee", ["offers", "gain"])
def test_a_group_of_nobody_holds_nothing_back(guarantee: Guarantee) -> None:
    full = drawn(60, groups=2, seed=5)
    empty = replace(full, groups=(*full.groups, "nobody"))
    np.testing.assert_allclose(frontier(empty, 20.3, guarantee).gain, frontier(full, 20.3, guarantee).gain)


def test_groups_that_gain_alike_give_nothing_up() -> None:
    found = frontier(typed_groups([0.2, 0.2], [100, 300]), 50)
    np.testing.assert_allclose(found.gain, 10.0)


def test_presets_keep_the_budget_and_lose_against_efficiency() -> None:
    candidates = drawn(120, seed=8)
    best = allocate_by("efficiency", candidates, 30.0).gain
    for preset in PRESETS:
        found = allocate_by(preset, candidates, 30.0, np.array([1.0, 2.0, 4.0]))
        assert found.spent <= 30.0 + 1e-6
        assert found.gain <= best + 1e-9


def test_parity_and_caps_by_linear_programme() -> None:
    candidates = drawn(120, seed=9)
    parity = solve_linear(candidates, 30.0, LinearRule(offer_gap=0.0)).groups["share_offered"]
    assert float(np.ptp(parity)) == pytest.approx(0, abs=1e-9)
    capped = solve_linear(candidates, 30.0, LinearRule(most_offered=np.array([0.1, 1.0, 1.0]))).groups
    assert capped["share_offered"][0] <= 0.1 + 1e-9
    equal = solve_linear(candidates, 30.0, LinearRule(gain_gap=0.0)).groups["gain_per_member"]
    assert float(np.ptp(equal)) == pytest.approx(0, abs=1e-9)
