"""Rates that change add up to what they should, and the month is found again."""

import numpy as np
import pytest

from ite.design.enrichment.patient_rates import months_to_reach, reached_by

STARTS = np.array([0.0, 3.0, 10.0])
RATES = np.array([2.0, 5.0, 1.0])


@pytest.mark.known_truth
def test_by_hand() -> None:
    assert reached_by(np.array([0.0, 2.0, 3.0, 5.0, 12.0]), STARTS, RATES).tolist() == [0.0, 4.0, 6.0, 16.0, 43.0]
    assert months_to_reach(np.array([4.0, 6.0, 16.0, 43.0]), STARTS, RATES[:, None]).tolist() == [2.0, 3.0, 5.0, 12.0]


@pytest.mark.known_truth
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_one_is_the_inverse_of_the_other(pieces: int) -> None:
    total = np.linspace(0, 200, 41).reshape(1, -1)
    months = months_to_reach(total, STARTS[:pieces], RATES[:pieces, None])
    np.testing.assert_allclose(reached_by(months, STARTS[:pieces], RATES[:pieces]), total, atol=1e-12)


@pytest.mark.known_truth
def test_each_element_takes_its_own_column() -> None:
    rates = np.array([[1.0, 2.0], [4.0, 8.0], [1.0, 1.0]])
    column = np.array([0, 1, 1, 0])
    together = months_to_reach(np.full(4, 9.0), STARTS, rates, column)
    alone = [months_to_reach(np.array([9.0]), STARTS, rates[:, [position]])[0] for position in column]
    assert together.tolist() == alone
