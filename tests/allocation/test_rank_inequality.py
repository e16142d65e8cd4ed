"""Inequality along a rank: least squares of people written out, and the Gini index as a special case."""

import numpy as np
import pytest
from scipy.stats import linregress

from ite.allocation.inequality import gini
from ite.allocation.rank_inequality import concentration_index, fractional_ranks, relative_slope_index, slope_index
from ite.errors import AllocationError

LEVELS = np.array([58.0, 66.5, 64.0, 73.0])
PEOPLE = np.array([30, 10, 40, 20])


@pytest.mark.known_truth
def test_ranks_are_the_middles_of_the_groups() -> None:
    np.testing.assert_allclose(fractional_ranks(PEOPLE), [0.15, 0.35, 0.6, 0.9])


@pytest.mark.independent
def test_slope_is_least_squares_of_people_written_out() -> None:
    ranks = fractional_ranks(PEOPLE)
    slope = linregress(np.repeat(ranks, PEOPLE), np.repeat(LEVELS, PEOPLE)).slope
    mean = np.repeat(LEVELS, PEOPLE).mean()
    assert slope_index(LEVELS, ranks, PEOPLE) == pytest.approx(slope)
    assert relative_slope_index(LEVELS, ranks, PEOPLE) == pytest.approx(slope / mean)


@pytest.mark.known_truth
def test_concentration_along_the_levels_themselves_is_the_gini_index() -> None:
    order = np.argsort(LEVELS)
    ranks = fractional_ranks(PEOPLE[order])
    assert concentration_index(LEVELS[order], ranks, PEOPLE[order]) == pytest.approx(gini(LEVELS, PEOPLE))
    assert concentration_index(LEVELS[order], 1 - ranks, PEOPLE[order]) == pytest.approx(-gini(LEVELS, PEOPLE))


@pytest.mark.known_truth
def test_indices_follow_unit_and_level() -> None:
    ranks = fractional_ranks(PEOPLE)
    assert slope_index(2 * LEVELS + 5, ranks, PEOPLE) == pytest.approx(2 * slope_index(LEVELS, ranks, PEOPLE))
    for index in (concentration_index, relative_slope_index):
        assert index(2 * LEVELS, ranks, PEOPLE) == pytest.approx(index(LEVELS, ranks, PEOPLE))
        assert index(np.full(4, 3.0), ranks, PEOPLE) == pytest.approx(0, abs=1e-15)


@pytest.mark.known_truth
def test_what_is_not_defined_is_refused() -> None:
    with pytest.raises(AllocationError, match="at least two different ranks"):
        slope_index(LEVELS, np.full(4, 0.1))
    with pytest.raises(AllocationError, match="Fractional ranks run from 0"):
        slope_index(LEVELS, [1, 2, 3, 4])
    for index in (concentration_index, relative_slope_index):
        with pytest.raises(AllocationError, match="should be above 0, but is -1"):
            index([-3.0, 1.0], [0.25, 0.75])
