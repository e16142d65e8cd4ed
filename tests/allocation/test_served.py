"""Who an allocation serves."""

import numpy as np
import pytest

from ite.allocation.allocate import allocate_as
from ite.allocation.served import served
from ite.allocation.spec import AllocationSpec
from tests.allocation.fitted_trial import two_arms


@pytest.mark.known_truth
def test_without_groups_those_with_most_predicted_benefit_are_served() -> None:
    trial, effects = two_arms()
    inside = served(trial, effects, AllocationSpec(arms=("treated",), budget=0.25))
    ranking = effects.ranking["treated"].to_numpy(float)
    np.testing.assert_array_equal(inside, ranking >= np.sort(ranking)[-150])


@pytest.mark.independent
@pytest.mark.parametrize("position", [0.0, 0.4, 1.0])
def test_the_served_are_those_of_the_frontier(position: float) -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.3, equity="sex", position=position)
    found = allocate_as(trial, effects, spec)
    groups = found.frontier.allocations[found.chosen].groups.set_index("group")["offered"]
    counted = trial.frame["sex"][served(trial, effects, spec)].value_counts()
    for name in groups.index:
        assert abs(counted[name] - groups[name]) <= 1
