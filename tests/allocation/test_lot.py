"""A lot within a budget, against every single-option lot written down."""

import numpy as np
import pytest

from ite.allocation.candidates import Candidates
from ite.allocation.lot import by_lot, lot
from tests.allocation.drawn import drawn


def _options(benefit: list[float], cost: list[float]) -> Candidates:
    shape = (10, len(benefit))
    return Candidates(
        benefit=np.broadcast_to(benefit, shape).copy(),
        cost=np.broadcast_to(cost, shape).copy(),
        size=np.ones(10),
        group=np.zeros(10, dtype=np.int64),
        groups=("everybody",),
        options=tuple(f"option {position}" for position in range(len(benefit))),
        least_benefit=0.5,
    )


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("budget", "option", "chance"), [(5.0, 0, 0.5), (10.0, 0, 1.0), (16.0, 1, 0.8), (99.0, 1, 1.0)]
)
def test_little_money_goes_by_benefit_per_cost_and_much_by_benefit(budget: float, option: int, chance: float) -> None:
    assert lot(_options([1.0, 1.5], [1.0, 2.0]), budget) == (option, chance)


@pytest.mark.known_truth
def test_a_lot_of_what_harms_is_still_a_lot() -> None:
    candidates = _options([-1.0, -0.2], [1.0, 1.0])
    assert lot(candidates, 4.0) == (1, 0.4)
    assert by_lot(candidates, 4.0).gain == pytest.approx(-0.2 * 4)


@pytest.mark.independent
@pytest.mark.parametrize("budget", [3.0, 40.0, 1e6])
def test_no_lot_of_one_option_brings_more(budget: float) -> None:
    candidates = drawn(80, one_price=False)
    gains = []
    for position in range(len(candidates.options)):
        chance = min(budget / float(candidates.size @ candidates.cost[:, position]), 1.0)
        gains.append(chance * float(candidates.size @ candidates.benefit[:, position]))
    assert by_lot(candidates, budget).gain == pytest.approx(max(gains))
