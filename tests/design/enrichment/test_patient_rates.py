"""Rates that change add up to what they should, and the month is found again."""

import numpy as np
import pytest

from ite.design.enrichment.patient_rates import months_to_reach
from ite.design.fixed.piecewise import Piecewise

STARTS = np.array([0.0, 3.0, 10.0])
RATES = np.array([2.0, 5.0, 1.0])


@pytest.mark.known_truth
def test_by_hand() -> None:
    assert months_to_reach(np.array([4.0, 6.0, 16.0, 43.0]), STARTS, RATES[:, None]).tolist() == [2.0, 3.0, 5.0, 12.0]


@pytest.mark.known_truth
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_it_is_the_inverse_of_adding_up(pieces: int) -> None:
    total = np.linspace(0, 200, 41).reshape(1, -1)
    months = months_to_reach(total, STARTS[:pieces], RATES[:pieces, None])
    rate = Piecewise(levels=tuple(RATES[:pieces]), starts=tuple(STARTS[:pieces]))
    np.testing.assert_allclose(rate.until(months), total, atol=1e-12)


@pytest.mark.known_truth
def test_each_element_takes_its_own_column() -> None:
    rates = np.array([[1.0, 2.0], [4.0, 8.0], [1.0, 1.0]])
    column = np.array([0, 1, 1, 0])
    together = months_to_reach(np.full(4, 9.0), STARTS, rates, column)
    alone = [months_to_reach(np.array([9.0]), STARTS, rates[:, [position]])[0] for position in column]
    assert together.tolist() == alone
