"""Effects by group, and whether some are harmed while others benefit."""

import numpy as np
import pandas as pd
import pytest

from ite.errors import SubgroupError
from ite.evaluation.group_interaction import effects_by_group, with_tests
from ite.trial.data import TrialData
from tests.evaluation.by_hand import ARM, at_most, by_hand


def with_groups(trial: TrialData, groups: object) -> TrialData:
    roles = trial.roles.model_copy(update={"covariates": (*trial.roles.covariates, "group")})
    return TrialData.from_frame(trial.frame.assign(group=groups), roles)


@pytest.mark.independent
def test_each_group_has_the_mean_of_its_scores() -> None:
    trial, effects = by_hand(300, 1)
    group = np.where(np.arange(300) % 3 == 0, "a", "b")
    table = effects_by_group(with_groups(trial, group), effects, ARM, "group")
    by_group = effects.scores[ARM].groupby(group)
    np.testing.assert_allclose(table["estimate"], by_group.mean())
    np.testing.assert_allclose(table["se"], by_group.sem())
    assert table["n"].tolist() == [100, 200]


@pytest.mark.known_truth
def test_opposite_effects_are_qualitative_and_unequal_benefit_is_not() -> None:
    opposite = pd.DataFrame({"estimate": [-1.0, 1.0], "se": [0.2, 0.2]})
    unequal = pd.DataFrame({"estimate": [0.5, 3.0], "se": [0.2, 0.2]})
    assert (with_tests(opposite)["qualitative_p"] < 0.001).all()
    assert with_tests(unequal)["qualitative_p"].tolist() == [1.0, 1.0]
    assert (with_tests(unequal)["quantitative_p"] < 0.001).all()


@pytest.mark.known_truth
def test_at_the_least_favourable_null_the_level_is_kept() -> None:
    """One group without an effect, one with a large one: qualitative in at most 5 of 100 trials."""
    found = 0
    for seed in range(300):
        trial, effects = by_hand(200, seed)
        group = np.where(np.arange(200) % 2 == 0, "none", "large")
        effects.scores[ARM] += np.where(group == "none", -1.0, 4.0)
        table = effects_by_group(with_groups(trial, group), effects, ARM, "group")
        found += float(with_tests(table)["qualitative_p"][0]) <= 0.05
    assert at_most(found, 300, 0.05)
    assert found > 0


@pytest.mark.known_truth
def test_small_groups_are_left_out_and_parted_clusters_refused() -> None:
    trial, effects = by_hand(300, 1)
    rare = np.where(np.arange(300) < 8, "rare", np.where(np.arange(300) < 150, "a", "b"))
    assert effects_by_group(with_groups(trial, rare), effects, ARM, "group")["group"].tolist() == ["a", "b"]
    with pytest.raises(SubgroupError, match="makes 1"):
        effects_by_group(with_groups(trial, np.where(np.arange(300) < 8, "rare", "a")), effects, ARM, "group")
    clustered, of_clusters = by_hand(300, 1, cluster=np.arange(300) // 6)
    with pytest.raises(SubgroupError, match="one cluster stand in several"):
        effects_by_group(with_groups(clustered, np.arange(300) % 2), of_clusters, ARM, "group")
    whole = effects_by_group(with_groups(clustered, np.arange(300) // 150), of_clusters, ARM, "group")
    plain = effects_by_group(with_groups(trial, np.arange(300) // 150), effects, ARM, "group")
    assert (whole["se"].to_numpy() > 1.1 * plain["se"].to_numpy()).all()
