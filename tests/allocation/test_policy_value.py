"""The worth of an explainable rule on held-out patients: unbiased, with an interval that holds."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ite.allocation.delivered import delivered
from ite.allocation.fitted import held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.policy_tree import PolicyTreeSpec
from ite.allocation.policy_value import policy_rule, tree_rule
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from tests.allocation.fitted_trial import true_effects, two_arms, two_treated_arms

SPEC = AllocationSpec(arms=("treated",), budget=0.4, equity="sex")
TRIALS = 120
ONE_QUESTION = PolicyTreeSpec(depth=1, cuts=8, covariates=("marker",))


@pytest.mark.known_truth
def test_loss_is_unbiased_and_its_interval_holds() -> None:
    errors, deviates = [], []
    for seed in range(TRIALS):
        trial, effects = two_arms(400, seed=seed)
        found = policy_rule(trial, effects, SPEC, ONE_QUESTION)
        truth = true_effects(trial)
        # The same rules, made from the same scores, judged by the true effects of the patients they are applied to.
        true = _judged_by(truth, trial, effects)
        errors.append([found.rule.estimate - true[1], found.loss.estimate - (true[0] - true[1])])
        deviates.append(np.array(errors[-1]) / [found.rule.se, found.loss.se])
    assert (np.abs(np.mean(errors, axis=0)) < 3.5 * np.std(errors, axis=0) / np.sqrt(TRIALS)).all()
    share = (np.abs(deviates) < 1.96).mean(axis=0)
    assert (np.abs(share - 0.95) < 4 * np.sqrt(0.95 * 0.05 / TRIALS)).all(), share


def _judged_by(truth, trial, effects):  # noqa: ANN001, ANN202 - of the test above
    of_tree = tree_rule(trial, effects, SPEC, ONE_QUESTION)
    folds = tuple(replace(fold, scores=truth[fold.inside]) for fold in held_out_folds(trial, effects, SPEC))

    def rules(fold):  # noqa: ANN001, ANN202
        most = frontier(fold.candidates, 0.4 * len(fold.scores), points=2).allocations[0]
        return most, of_tree(fold)

    return delivered(folds, rules, None).estimate


@pytest.mark.known_truth
def test_noise_promises_more_than_it_delivers() -> None:
    promised, found = [], []
    for seed in range(40):
        trial, effects = two_arms(300, slope=0.0, seed=seed)
        rule = policy_rule(trial, effects, SPEC)
        promised.append(rule.tree.gain / trial.n)
        found.append(rule.rule.estimate)
    # Everybody gains 0.2, so that up to 40 % offers bring 0.08 at most.
    assert np.mean(promised) > 0.15
    assert np.mean(found) < 0.08 + 4 * np.std(found) / np.sqrt(40)


@pytest.mark.known_truth
def test_budget_in_money_is_kept_in_every_fold_and_leaves_are_told() -> None:
    trial, effects = two_treated_arms(500)
    spec = AllocationSpec(arms=("low", "high"), budget=200, budget_unit="money", costs=(1.0, 3.0))
    found = policy_rule(trial, effects, spec)
    assert found.tree.spent <= 200 * (1 + 1e-9)
    assert found.leaves["people"].sum() == 500
    assert set(found.leaves["offered"]) <= {"low", "high", "no offer"}
    assert found.loss.estimate == pytest.approx(found.most_benefit.estimate - found.rule.estimate)
    assert found.loss.se < found.most_benefit.se + found.rule.se


@pytest.mark.known_truth
def test_a_plain_rule_loses_nothing_against_noise_and_something_against_a_slope() -> None:
    trial, effects = two_arms(3000, slope=1.0)
    stump = policy_rule(trial, effects, AllocationSpec(arms=("treated",), budget=0.2), ONE_QUESTION)
    assert stump.loss.lower > -0.05
    noise = np.random.default_rng(2).normal(0, 1, trial.n)
    blind = replace(effects, sequential=effects.sequential.where(effects.sequential.isna(), noise[:, None]))
    assert policy_rule(trial, blind, SPEC, ONE_QUESTION).loss.upper < 0


@pytest.mark.known_truth
def test_missing_values_and_unknown_covariates() -> None:
    trial, effects = two_arms(300)
    holes = trial.frame.assign(marker=trial.frame["marker"].where(np.arange(300) % 10 > 0))
    found = policy_rule(type(trial).from_frame(pd.DataFrame(holes), trial.roles), effects, SPEC, ONE_QUESTION)
    assert any("or missing" in sentence for sentence in found.tree.words)
    with pytest.raises(AllocationError, match="asks for covariates of the trial, 'marker', 'sex' and 'clinic'"):
        policy_rule(trial, effects, SPEC, PolicyTreeSpec(covariates=("weight",)))
