"""The patients of a trial as candidates."""

import numpy as np
import pytest

from ite.allocation.fitted import held_out_folds, patients_as_candidates
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from tests.allocation.fitted_trial import two_arms

pytestmark = pytest.mark.known_truth


def test_levels_of_held_out_predictions_come_from_earlier_folds() -> None:
    trial, effects = two_arms()
    folds = held_out_folds(trial, effects, AllocationSpec(arms=("treated",), budget=0.5))
    assert sum(fold.weight for fold in folds) == pytest.approx(1)
    assert sum(fold.inside.sum() for fold in folds) == trial.n - (effects.fold == 0).sum()
    first = folds[0]
    level = float(effects.scores[effects.fold == 0].to_numpy().mean())
    own = effects.sequential.to_numpy()[first.inside]
    np.testing.assert_allclose(first.candidates.benefit, level + own)


def test_everybody_is_ordered_by_unshrunk_predictions_around_the_average_effect() -> None:
    trial, effects = two_arms()
    found = patients_as_candidates(trial, effects, AllocationSpec(arms=("treated",), budget=0.5, equity="sex"))
    np.testing.assert_allclose(found.benefit[:, 0], effects.ate["estimate"].iloc[0] + effects.ranking["treated"])
    assert found.groups == ("female", "male")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"budget": 40}, r"at most 100 %, but 40 was given as a fraction\. For 40 %, give 0\.4"),
        ({"budget": -1}, "Budget should be greater than 0, but -1 was given"),
        ({"budget": 9, "budget_unit": "money"}, "needs the cost of an offer"),
        ({"budget": 9, "budget_unit": "money", "costs": (1, 2)}, "1 arms, 2 costs"),
        ({"budget": 9, "budget_unit": "money", "costs": (-3,)}, "above 0, but -3 was given"),
        ({"budget": 0.4, "position": 2}, r"Point of the frontier \(%\) should be at most 100, but 200 was given"),
    ],
)
def test_impossible_budgets_are_refused(settings: dict[str, object], sentence: str) -> None:
    with pytest.raises(AllocationError, match=sentence):
        AllocationSpec.model_validate({"arms": ("treated",), **settings})
