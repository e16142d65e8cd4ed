"""Explainable rules: the same as trying every rule, within the budget, and said in words."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
import pytest

from ite.allocation.conditions import conditions_of
from ite.allocation.policy_tree import PolicyTreeSpec, TreeScores, grow_tree
from ite.errors import AllocationError
from ite.trial.columns import BoolArray, FloatArray


def _covariates(n: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "age": np.where(rng.random(n) < 0.1, np.nan, rng.integers(40, 46, n).astype(float)),
            "nodes": rng.integers(0, 4, n).astype(float),
            "stage": pd.Categorical(rng.choice(["I", "II", "III"], n)),
        }
    )


def _scores(n: int, seed: int, options: int = 2) -> TreeScores:
    rng = np.random.default_rng(seed + 1000)
    return TreeScores(
        scores=rng.normal(0.1, 1, (n, options)),
        cost=np.tile(np.arange(1.0, options + 1), (n, 1)),
        options=("low", "high")[:options],
    )


def _partitions(answers: list[BoolArray], depth: int) -> Iterator[list[BoolArray]]:
    """Every way in which questions divide the patients, the second question differing by side or left out."""
    everybody = np.ones_like(answers[0])
    yield [everybody]
    for root in answers if depth else []:
        sides = [[[side], *([side & b, side & ~b] for b in answers if depth == 2)] for side in (root, ~root)]
        for one, other in product(*sides):
            yield one + other


def _brute_force(frame: pd.DataFrame, worth: FloatArray, spec: PolicyTreeSpec) -> float:
    answers = [condition.holds(frame) for condition in conditions_of(frame, spec.cuts)]
    least = max(1.0, spec.least_share * len(frame))
    values = [
        sum(max(0.0, *worth[leaf].sum(axis=0)) for leaf in leaves)
        for leaves in _partitions(answers, spec.depth)
        if len(leaves) == 1 or min(leaf.sum() for leaf in leaves) >= least
    ]
    return max(values)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("least_share", [0.0, 0.15])
def test_no_other_rule_is_better(seed: int, depth: int, least_share: float) -> None:
    frame, scores = _covariates(40, seed), _scores(40, seed)
    spec = PolicyTreeSpec.model_validate({"depth": depth, "least_share": least_share})
    tree = grow_tree(frame, scores, spec)
    assert tree.gain == pytest.approx(_brute_force(frame, scores.scores, spec))
    assert len(tree.leaves) == 1 or min(leaf.people for leaf in tree.leaves) >= least_share * 40


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("budget", [4.0, 11.5, 25.0])
def test_the_budget_is_kept_and_nearly_the_most_is_made_of_it(seed: int, budget: float) -> None:
    frame, scores = _covariates(40, seed), _scores(40, seed)
    spec = PolicyTreeSpec(least_share=0.1)
    tree = grow_tree(frame, scores, spec, budget)
    assert tree.spent <= budget * (1 + 1e-9)
    # No rule gains more within the budget than the least bound over prices (weak duality).
    bound = min(
        _brute_force(frame, scores.scores - price * scores.cost, spec) + price * budget
        for price in (tree.price, 0.0, 0.3, 0.6, 1.0)
    )
    assert 0.8 * bound <= tree.gain <= bound + 1e-9


@pytest.mark.known_truth
@pytest.mark.parametrize("budget", [7.0, 30.0, 200.0])
def test_offers_are_what_the_leaves_say(budget: float) -> None:
    frame, scores = _covariates(200, 3), _scores(200, 3)
    tree = grow_tree(frame, scores, PolicyTreeSpec(), budget)
    offers = tree.offers(frame, scores.cost, budget)
    assert (offers * scores.scores).sum() == pytest.approx(tree.gain)
    assert (offers * scores.cost).sum() == pytest.approx(tree.spent)
    inside = np.array([leaf.holds(frame) for leaf in tree.leaves])
    np.testing.assert_array_equal(inside.sum(axis=0), 1)
    np.testing.assert_array_equal(inside.sum(axis=1), [leaf.people for leaf in tree.leaves])


@pytest.mark.known_truth
def test_a_planted_rule_is_found_and_said() -> None:
    frame = _covariates(400, 1)
    old = ~(frame["age"] <= 42)
    benefit = np.where(old & (frame["stage"] == "II"), 1.0, -1.0)[:, None]
    scores = TreeScores(scores=benefit, cost=np.ones((400, 1)), options=("treat",))
    tree = grow_tree(frame, scores, PolicyTreeSpec(depth=2))
    assert tree.gain == (benefit > 0).sum()
    assert "age > 42 or missing and stage is II: treat" in tree.words
    part = grow_tree(frame, scores, PolicyTreeSpec(depth=2), budget=tree.spent / 4)
    assert "age > 42 or missing and stage is II: treat for 25 % of them, by lot" in part.words


@pytest.mark.known_truth
def test_nothing_to_ask_and_nothing_to_gain() -> None:
    same = pd.DataFrame({"x": np.ones(10)})
    scores = TreeScores(scores=np.ones((10, 1)), cost=np.ones((10, 1)), options=("treat",))
    assert grow_tree(same, scores, PolicyTreeSpec()).words == ("everybody: treat",)
    harm = TreeScores(scores=-np.ones((10, 1)), cost=np.ones((10, 1)), options=("treat",))
    varied = pd.DataFrame({"x": np.arange(10.0)})
    assert grow_tree(varied, harm, PolicyTreeSpec()).words == ("everybody: no offer",)
    assert len(grow_tree(varied, scores, PolicyTreeSpec()).leaves) == 1


@pytest.mark.known_truth
def test_conditions_are_values_that_occur_and_missing_answers_no() -> None:
    frame = pd.DataFrame({"x": [*np.arange(99.0), np.nan], "kind": pd.Categorical([*["a"] * 60, *["b"] * 39, None])})
    conditions = conditions_of(frame, 4)
    cuts = [condition.cut for condition in conditions if condition.cut is not None]
    assert cuts == [19.0, 39.0, 58.0, 78.0]
    assert [condition.level for condition in conditions if condition.level] == ["a", "b"]
    assert not any(condition.holds(frame)[-1] for condition in conditions)
    assert [conditions[0].words(yes=yes) for yes in (True, False)] == ["x <= 19", "x > 19 or missing"]
    assert [conditions[-1].words(yes=yes) for yes in (True, False)] == ["kind is b", "kind is not b or missing"]
    assert [each.cut for each in conditions_of(pd.DataFrame({"x": [1.0, 2.0, 2.0, 5.0]}), 20)] == [1.0, 2.0]


@pytest.mark.known_truth
def test_three_questions_are_refused() -> None:
    with pytest.raises(AllocationError, match="Questions"):
        PolicyTreeSpec.model_validate({"depth": 3})
