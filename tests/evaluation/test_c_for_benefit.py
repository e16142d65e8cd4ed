import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.evaluation.benefit_calibration import benefit_calibration, calibration_error
from ite.evaluation.c_for_benefit import c_for_benefit, match_by_rank

PAIRS = st.lists(st.tuples(st.integers(-1, 1), st.integers(0, 5)), min_size=1, max_size=20)


@pytest.mark.independent
@given(PAIRS)
def test_equals_the_count_over_all_couples(pairs: list[tuple[int, int]]) -> None:
    points, usable = 0.0, 0
    for (one, one_predicted), (other, other_predicted) in combinations(pairs, 2):
        if one != other:
            usable += 1
            agreement = (one - other) * (one_predicted - other_predicted)
            points += 1.0 if agreement > 0 else 0.5 if agreement == 0 else 0.0
    result = c_for_benefit(*zip(*pairs, strict=True))
    assert result.usable == usable
    assert math.isnan(result.c) if usable == 0 else result.c == pytest.approx(points / usable)


@pytest.mark.known_truth
def test_turning_the_prediction_round_turns_c_round() -> None:
    observed, predicted = np.array([1, 0, -1, 0, 1, -1]), np.array([0.4, 0.1, 0.2, 0.1, 0.3, 0.3])
    assert c_for_benefit(observed, -predicted).c == pytest.approx(1 - c_for_benefit(observed, predicted).c)


@pytest.mark.known_truth
def test_matching_pairs_equal_ranks() -> None:
    pairs = match_by_rank([0, 1, 0], [0.3, 0.1, 0.2], [1, 1, 0], [0.0, 0.6, 0.4])
    np.testing.assert_allclose(pairs.predicted, [0.05, 0.3, 0.45])
    np.testing.assert_allclose(pairs.observed, [0, 0, 1])


@pytest.mark.known_truth
def test_arms_of_different_size_are_refused() -> None:
    with pytest.raises(ValueError, match="not 1 treated and 2 controls"):
        match_by_rank([1], [0.1], [0, 1], [0.1, 0.2])


@pytest.mark.known_truth
def test_a_prediction_equal_to_the_group_means_is_calibrated() -> None:
    predicted, observed = [0.1, 0.1, 0.4, 0.4], [0.0, 0.2, 0.8, 0.0]
    assert calibration_error(benefit_calibration(predicted, observed, 2)) == pytest.approx((0, 0), abs=1e-12)
    shifted = benefit_calibration([0.2, 0.2, 0.4, 0.4], observed, 2)
    assert calibration_error(shifted) == pytest.approx((0.05, 0.1))
