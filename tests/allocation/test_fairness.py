"""Gaps between groups: their intervals by simulation, and what is not defined."""

import numpy as np
import pandas as pd
import pytest

from ite.allocation.allocation import Allocation
from ite.allocation.delivered import delivered
from ite.allocation.fairness import ONE_GROUP, gain_gaps, group_gaps, offer_gaps, selection_gaps
from ite.allocation.fitted import HeldOut, held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from ite.trial.columns import FloatArray
from tests.allocation.drawn import drawn
from tests.allocation.fitted_trial import two_arms

GROUPS = ("A", "B", "C")


def _with_overall(covariance: FloatArray) -> FloatArray:
    whole = np.zeros((len(covariance) + 1, len(covariance) + 1))
    whole[0, 0], whole[1:, 1:] = 0.01, covariance
    return whole


@pytest.mark.known_truth
def test_two_groups_have_the_normal_interval_with_their_covariance() -> None:
    covariance = np.array([[0.04, 0.01], [0.01, 0.09]])
    found = group_gaps(("A", "B"), np.array([2.0, 1.0, 3.0]), _with_overall(covariance))
    half = 1.959964 * np.sqrt(0.04 + 0.09 - 0.02)
    assert (found.difference.high, found.difference.low, found.difference.estimate) == ("B", "A", 2.0)
    assert (found.difference.lower, found.difference.upper) == pytest.approx((2 - half, 2 + half), rel=1e-5)
    assert tuple(found.overall) == pytest.approx((2.0, 0.1, 2 - 0.1959964, 2 + 0.1959964))
    log_half = 1.959964 * np.sqrt(0.04 + 0.01 - 2 * 0.01 / 3)
    assert found.ratio.estimate == pytest.approx(3.0)
    assert found.ratio.lower == pytest.approx(3 * np.exp(-log_half), rel=1e-5)
    assert found.ratio.upper == pytest.approx(3 * np.exp(log_half), rel=1e-5)
    assert found.reason is None


@pytest.mark.known_truth
@pytest.mark.parametrize("means", [(1.0, 1.0, 1.0), (1.0, 1.3, 2.0)])
def test_intervals_of_the_farthest_pair_hold_though_it_was_chosen(means: tuple[float, ...]) -> None:
    rng = np.random.default_rng(0)
    true, root = np.array(means), np.array([[0.05, 0, 0], [0.02, 0.06, 0], [0.0, 0.03, 0.05]])
    covariance, trials = _with_overall(root @ root.T), 400
    covered = np.zeros(2)
    for draw in rng.standard_normal((trials, 3)):
        found = group_gaps(GROUPS, np.append(1.0, true + root @ draw), covariance)
        for position, gap in enumerate((found.difference, found.ratio)):
            high, low = (true[GROUPS.index(getattr(gap, side))] for side in ("high", "low"))
            covered[position] += gap.lower <= (high / low if position else high - low) <= gap.upper
    # At least 95 %, less 3.5 binomial standard errors.
    assert (covered / trials > 0.95 - 3.5 * np.sqrt(0.95 * 0.05 / trials)).all(), covered


@pytest.mark.known_truth
def test_no_ratio_where_a_group_may_gain_nothing() -> None:
    found = group_gaps(GROUPS, np.array([0.3, 0.3, 0.1, 0.4]), np.eye(4) * 0.06**2)
    assert np.isnan(found.ratio.estimate)
    assert found.ratio.high is None
    assert found.reason is not None
    assert "of B reaches 0 or below" in found.reason
    assert np.isfinite(found.difference.lower)


@pytest.mark.known_truth
def test_a_group_of_nobody_is_left_out_and_one_group_has_no_gap() -> None:
    covariance = np.eye(4) * 0.01
    found = group_gaps(GROUPS, np.array([1.5, 1.0, np.nan, 2.0]), covariance)
    assert (found.difference.high, found.difference.low) == ("C", "A")
    assert np.isnan(found.by_group["se"][1])
    alone = group_gaps(("A",), np.ones(2), covariance[:2, :2])
    assert np.isnan(alone.difference.estimate)
    assert alone.reason == ONE_GROUP


@pytest.mark.known_truth
def test_groups_that_differ_by_rounding_alone_do_not_differ() -> None:
    third = 0.1 + 0.2
    found = group_gaps(GROUPS, np.array([0.3, 0.3, third, 0.3]), np.zeros((4, 4))).difference
    assert (found.estimate, found.lower, found.upper) == (0, 0, 0)


@pytest.mark.independent
def test_offers_vary_like_shares_of_drawn_patients() -> None:
    candidates = drawn(900, options=1, groups=2, seed=3, one_price=True)
    offers = (candidates.benefit > 0.3).astype(float)
    allocation = Allocation(candidates=candidates, budget=1e9, offers=offers, price=0.0, floor_price=np.zeros(2))
    found = offer_gaps(allocation).by_group
    rng, shares = np.random.default_rng(5), []
    for _ in range(1500):
        again = rng.integers(0, 900, 900)
        weights = candidates.size[again]
        inside = candidates.group[again] == 0
        shares.append(np.average(offers[again][inside, 0], weights=weights[inside]))
    assert offer_gaps(allocation).overall.estimate == pytest.approx(np.average(offers[:, 0], weights=candidates.size))
    assert found["estimate"][0] == pytest.approx(allocation.groups["share_offered"][0])
    # A standard deviation of 1,500 draws has a standard error of 1.8 %.
    assert found["se"][0] == pytest.approx(np.std(shares), rel=0.075)


@pytest.mark.known_truth
def test_clusters_widen_the_interval_of_shares() -> None:
    candidates = drawn(300, options=1, groups=2, seed=3, one_price=True)
    offers = np.repeat(np.arange(30) % 2, 10).astype(float)[:, None]
    allocation = Allocation(candidates=candidates, budget=1e9, offers=offers, price=0.0, floor_price=np.zeros(2))
    alone, together = (
        offer_gaps(allocation, cluster).by_group["se"][0] for cluster in (None, np.repeat(np.arange(30), 10))
    )
    assert together > 1.5 * alone


@pytest.mark.independent
def test_gain_gaps_are_those_of_the_delivered_groups() -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.4, equity="sex")

    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        return frontier(fold.candidates, 0.4 * len(fold.scores), points=2).allocations

    folds = held_out_folds(trial, effects, spec)
    found = delivered(folds, rules, None)
    gaps = gain_gaps(found, 1, folds[0].candidates.groups)
    np.testing.assert_allclose(gaps.by_group["estimate"], found.by_group[1])
    np.testing.assert_allclose(gaps.by_group["se"], found.group_se[1])
    assert tuple(gaps.overall[:2]) == pytest.approx((found.estimate[1], found.se[1]))
    assert gaps.difference.estimate == pytest.approx(float(np.ptp(found.by_group[1])))


@pytest.mark.known_truth
def test_rates_of_selection_by_group() -> None:
    group = pd.Series(["A"] * 4 + ["B"] * 5 + ["C"] * 2)
    outcome = np.array([1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0])
    selected = np.array([1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1])
    found = selection_gaps(group, outcome, selected)
    np.testing.assert_allclose(found.by_group["selection_rate"], [0.25, 0.4, 1.0])
    np.testing.assert_allclose(found.by_group["tpr"], [0.5, 1.0, 1.0])
    np.testing.assert_allclose(found.by_group["fpr"], [0.0, 0.25, 1.0])
    assert found.demographic_parity_difference == pytest.approx(0.75)
    assert found.equalized_odds_difference == pytest.approx(1.0)


@pytest.mark.known_truth
def test_odds_are_unknown_where_a_group_has_no_such_outcome() -> None:
    found = selection_gaps(pd.Series(["A", "A", "B"]), np.array([1, 0, 0]), np.array([1, 0, 0]))
    assert np.isnan(found.by_group["tpr"][1])
    assert np.isnan(found.equalized_odds_difference)
    assert found.demographic_parity_difference == pytest.approx(0.5)


@pytest.mark.known_truth
def test_selection_that_is_not_zero_or_one_is_refused() -> None:
    with pytest.raises(AllocationError, match="should be 0 or 1 for everybody"):
        selection_gaps(pd.Series(["A", "B"]), np.array([1, 2]), np.array([0, 1]))
