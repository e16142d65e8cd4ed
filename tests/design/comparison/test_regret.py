import numpy as np
import pandas as pd
import pytest

from ite.design.comparison.regret import Regret, regret
from ite.design.comparison.side_by_side import compare_strategies
from tests.design.enrichment.examples import one_subgroup

_SEEDS = 60


@pytest.fixture(scope="module")
def repeated() -> list[Regret]:
    return [regret(one_subgroup(), trials=400, seed=seed) for seed in range(_SEEDS)]


@pytest.mark.independent
def test_errors_of_regret_are_the_spread_over_seeds(repeated: list[Regret]) -> None:
    """Where one strategy is best with every seed, the loss against it varies over seeds as its error says."""
    runs = pd.concat([found.truths.assign(seed=seed) for seed, found in enumerate(repeated)])
    checked = 0
    for _, rows in runs.groupby(["complement", "strategy"]):
        if len(set(rows["best"])) == 1 and rows["regret"].std() > 0:
            stated = np.sqrt(np.mean(rows["regret_se"] ** 2))
            # Standard error of a standard deviation from so many seeds, four times.
            assert rows["regret"].std(ddof=1) / stated == pytest.approx(1.0, abs=4 / np.sqrt(2 * (_SEEDS - 1)))
            checked += 1
    assert checked >= 4


@pytest.mark.known_truth
def test_the_worst_truth_is_named_with_its_error() -> None:
    found = regret(one_subgroup(), trials=1_000, seed=3)
    truths = found.truths.set_index(["strategy", "complement"])
    for row in found.strategies.reset_index().to_dict("records"):
        at = truths.loc[(row["strategy"], row["at"])]
        assert (row["largest"], row["largest_se"], row["against"]) == (at["regret"], at["regret_se"], at["best"])
    best = found.truths[found.truths["strategy"] == found.truths["best"]]
    assert (best[["regret", "regret_se"]] == 0).all().all()
    assert len(best) == found.truths["complement"].nunique()


@pytest.mark.independent
def test_a_loss_of_common_random_numbers_is_surer_than_of_independent_ones() -> None:
    found = compare_strategies(one_subgroup(), trials=5_000, seed=4).strategies
    most = found["benefit"].idxmax()
    assert found.loc[most, "lost"] == 0.0
    np.testing.assert_allclose(found["lost"], found["benefit"].max() - found["benefit"], atol=1e-12)
    others = found.drop(index=most)
    independent = np.hypot(others["benefit_se"], found.loc[most, "benefit_se"])
    assert (others["lost_se"] < independent).sum() >= 3
