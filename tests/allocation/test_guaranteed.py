"""Guarantees to groups: the same as the linear programme, its prices included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ite.allocation.candidates import Candidates
from ite.allocation.frontier import frontier
from ite.allocation.group_paths import group_paths, largest_common_gain
from ite.allocation.guaranteed import guaranteed_gain, guaranteed_offers, guaranteed_spending, largest_common_offer
from ite.allocation.linear_programme import LinearRule, solve_linear
from ite.errors import AllocationError
from tests.allocation.drawn import drawn, small_candidates, three_times

SHARES = st.sampled_from([0.0, 0.3, 0.7, 1.0])


@pytest.mark.independent
@settings(max_examples=60, deadline=None)
@given(candidates=small_candidates(), budget=st.floats(0.5, 30), share=SHARES)
def test_guaranteed_offers_are_the_linear_programme(candidates: Candidates, budget: float, share: float) -> None:
    level = share * largest_common_offer(candidates, budget)
    if not (candidates.benefit > 0).any():
        return
    able = candidates.per_member(candidates.total(candidates.size * (candidates.benefit > 0).any(axis=1)))
    rule = LinearRule(least_offered=np.fmin(level, able) * (candidates.members > 0) * (1 - 1e-9))
    found = guaranteed_offers(candidates, budget, level)
    assert found.gain == pytest.approx(solve_linear(candidates, budget, rule).gain, abs=1e-6)
    assert found.spent <= budget * (1 + 1e-9)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.3, 0.8, 0.99])
def test_prices_of_offers_are_those_of_the_linear_programme(seed: int, share: float) -> None:
    candidates = drawn(150, seed=seed)
    level = share * largest_common_offer(candidates, 40.3)
    found = guaranteed_offers(candidates, 40.3, level)
    programme = solve_linear(candidates, 40.3, LinearRule(least_offered=np.full(3, level)))
    assert found.gain == pytest.approx(programme.gain, abs=1e-9)
    assert found.price == pytest.approx(programme.price, abs=1e-9)
    np.testing.assert_allclose(found.floor_price, programme.floor_price, atol=1e-8)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 0.999])
def test_guaranteed_gain_is_the_linear_programme(seed: int, share: float) -> None:
    candidates = drawn(150, seed=seed)
    paths = group_paths(candidates)
    level = share * largest_common_gain(paths, 40.3)
    found = guaranteed_gain(paths, 40.3, level)
    programme = solve_linear(candidates, 40.3, LinearRule(least_gain=np.full(3, level)))
    assert found.gain == pytest.approx(programme.gain, abs=1e-9)
    assert found.price == pytest.approx(programme.price, abs=1e-9)
    np.testing.assert_allclose(found.floor_price, programme.floor_price, atol=1e-8)
    assert found.groups["gain_per_member"].min() >= level - 1e-9


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
def test_weights_are_the_linear_programme(seed: int) -> None:
    candidates, weights = drawn(150, seed=seed), np.array([1.0, 3.0, 0.5])
    found = guaranteed_spending(group_paths(candidates, weights), 40.3, np.zeros(3))
    programme = solve_linear(candidates, 40.3, LinearRule(weights=weights))
    assert weights @ found.groups["gain"] == pytest.approx(float(weights @ programme.groups["gain"]), abs=1e-9)


@pytest.mark.known_truth
def test_most_that_all_can_have_is_just_possible() -> None:
    candidates = drawn(150, seed=3)
    paths = group_paths(candidates)
    offer, gain = largest_common_offer(candidates, 40.3), largest_common_gain(paths, 40.3)
    assert guaranteed_offers(candidates, 40.3, offer).groups["share_offered"].min() == pytest.approx(offer)
    assert guaranteed_gain(paths, 40.3, gain).groups["gain_per_member"].min() == pytest.approx(gain)
    with pytest.raises(AllocationError, match="Lower the guarantee"):
        guaranteed_offers(candidates, 40.3, offer * 1.01)
    with pytest.raises(AllocationError, match="The most that all can have"):
        guaranteed_gain(paths, 40.3, gain * 1.01)


@pytest.mark.known_truth
def test_a_guarantee_never_raises_the_total() -> None:
    candidates = drawn(150, seed=6)
    free = solve_linear(candidates, 40.3, LinearRule()).gain
    for level in np.linspace(0, largest_common_offer(candidates, 40.3), 7):
        found = guaranteed_offers(candidates, 40.3, float(level)).gain
        assert found <= free + 1e-9
        free = found


@pytest.mark.known_truth
def test_floors_above_the_budget_are_refused_with_what_they_cost() -> None:
    with pytest.raises(AllocationError, match=r"costs 120, but the budget is 100\."):
        guaranteed_spending(group_paths(three_times()), 100, np.array([60.0, 60.0]))


@pytest.mark.independent
@pytest.mark.parametrize(("seed", "rows", "share"), [(53, 12, 0.6), (194, 14, 0.6), (238, 11, 0.5)])
def test_a_budget_that_to_rounding_just_pays_for_the_guarantee(seed: int, rows: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    assert int(rng.integers(5, 15)) == rows
    cost = np.tile([0.1, 0.3], (rows, 1))
    candidates = Candidates(
        benefit=rng.normal(0.3, 0.3, (rows, 1)) * [1, 2],
        cost=cost,
        size=np.ones(rows),
        group=np.zeros(rows, dtype=np.int64),
        groups=("everybody",),
        options=("low", "high"),
    )
    found = frontier(candidates, share * rows * 0.1, "offers", points=5)
    best = solve_linear(candidates, share * rows * 0.1, LinearRule()).gain
    assert found.gain[0] == pytest.approx(best)
    assert (np.diff(found.gain) <= 1e-12).all()
