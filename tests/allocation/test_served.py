"""Who an allocation serves."""

from dataclasses import replace

import numpy as np
import pytest

from ite.allocation.fitted import held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.served import served
from ite.allocation.spec import AllocationSpec
from tests.allocation.fitted_trial import two_arms


@pytest.mark.known_truth
def test_without_groups_those_with_most_predicted_benefit_of_each_fold_are_served() -> None:
    trial, effects = two_arms()
    inside = served(trial, effects, AllocationSpec(arms=("treated",), budget=0.25))
    assert not inside[effects.fold == 0].any()
    for fold in range(1, 5):
        predicted = effects.sequential["treated"].to_numpy(float)[effects.fold == fold]
        np.testing.assert_array_equal(inside[effects.fold == fold], predicted >= np.sort(predicted)[-30])


@pytest.mark.known_truth
def test_no_outcome_of_a_fold_or_a_later_one_decides_who_is_served_in_it() -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.25)
    late = (effects.fold >= 3)[:, None]
    changed = effects.scores.where(~late, -5.0)
    ranking = effects.ranking.where(~late, 0.0)
    moved = replace(effects, scores=changed, ranking=ranking, ate=effects.ate.assign(estimate=-4.0))
    early = effects.fold <= 3
    np.testing.assert_array_equal(served(trial, effects, spec)[early], served(trial, moved, spec)[early])


@pytest.mark.independent
@pytest.mark.parametrize("position", [0.0, 0.4, 1.0])
def test_the_served_are_those_of_the_frontier_of_their_fold(position: float) -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.3, equity="sex", position=position)
    inside = served(trial, effects, spec)
    for fold in held_out_folds(trial, effects, spec):
        point = round(position * 20)
        groups = frontier(fold.candidates, fold.budget).allocations[point].groups.set_index("group")["offered"]
        counted = trial.frame["sex"][inside & fold.inside].value_counts()
        for name in groups.index:
            assert abs(counted.get(name, 0) - groups[name]) <= 1


@pytest.mark.known_truth
def test_where_nothing_tells_patients_apart_they_are_drawn_by_lot() -> None:
    trial, effects = two_arms()
    alike = replace(effects, sequential=effects.sequential * 0.0)
    inside = served(trial, alike, AllocationSpec(arms=("treated",), budget=0.25))
    held_out = int((effects.fold > 0).sum())
    assert inside.sum() == pytest.approx(0.25 * held_out, abs=4 * np.sqrt(0.25 * 0.75 * held_out))
    assert not inside[effects.fold == 0].any()
