"""What an explainable rule is worth on patients it never saw, beside the allocation that follows every prediction."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.delivered import Delivered, delivered
from ite.allocation.explainable_rule import NO_OFFER, PolicyTree
from ite.allocation.fairness import Estimated
from ite.allocation.fitted import HeldOut, held_out_folds, patients_as_candidates
from ite.allocation.group_paths import group_paths
from ite.allocation.guaranteed import guaranteed_spending
from ite.allocation.policy_tree import PolicyTreeSpec, TreeScores, grow_tree
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from ite.trial.labels import shown, shown_list
from ite.trial.normal import NORMAL_975

#: A budget is used up within this share of it.
_ROUNDING = 1e-9
METHOD = (
    "The rule is the best of all rules of its kind by the doubly robust scores of all patients. Its worth is that of "
    "rules made the same way on earlier folds and judged by the scores of the next fold, within the fold's part of the "
    "budget; where the budget ends inside a leaf, its patients are drawn by lot. A missing value answers no."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class PolicyRule:
    """An explainable rule and what it costs to explain oneself; positive means benefit.

    Attributes
    ----------
    tree : PolicyTree
        Made from all patients.
    rule, most_benefit : Estimated
        Gain per candidate that rules like it deliver on held-out patients, and that of the allocation of most benefit.
    loss : Estimated
        What is lost by the explainable rule: most_benefit - rule, with their joint error.
    found : Delivered
        Of the most benefit (0) and the rule (1), by group too; for `gain_gaps`.
    groups : tuple of str
    method : str
    """

    tree: PolicyTree
    rule: Estimated
    most_benefit: Estimated
    loss: Estimated
    found: Delivered
    groups: tuple[str, ...]
    method: str = METHOD

    @property
    def leaves(self) -> pd.DataFrame:
        """One row per leaf: who (in words), people, offered (an option, or "no offer"), share_served."""
        return pd.DataFrame(
            {
                "who": [leaf.who for leaf in self.tree.leaves],
                "people": [leaf.people for leaf in self.tree.leaves],
                "offered": [
                    self.tree.options[leaf.option] if leaf.option >= 0 else NO_OFFER for leaf in self.tree.leaves
                ],
                "share_served": [leaf.share if leaf.option >= 0 else 0.0 for leaf in self.tree.leaves],
            }
        )


def policy_rule(
    trial: TrialData, effects: EffectEstimate, spec: AllocationSpec, tree_spec: PolicyTreeSpec | None = None
) -> PolicyRule:
    """Return the best explainable rule within a budget, and what it is worth on held-out patients.

    Parameters
    ----------
    trial, effects
        The trial, and effects estimated from it.
    spec
        Options, budget and groups; its guarantee is not asked of the rule.
    tree_spec
        Which rules are searched; None searches two questions on all covariates.

    Raises
    ------
    AllocationError
        For a covariate that the trial does not use.
    """
    tree_spec = tree_spec or PolicyTreeSpec()
    candidates = patients_as_candidates(trial, effects, spec)
    scores = TreeScores(scores=effects.scores[list(spec.arms)].to_numpy(float), cost=candidates.cost, options=spec.arms)
    tree = grow_tree(_asked(trial, tree_spec), scores, tree_spec, spec.total(trial.n))
    of_tree = tree_rule(trial, effects, spec, tree_spec)

    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        most = guaranteed_spending(group_paths(fold.candidates), fold.budget, np.zeros(len(candidates.groups)))
        return most, of_tree(fold)

    found = delivered(held_out_folds(trial, effects, spec), rules, effects.cluster)
    most_benefit, rule, loss = (_combined(found, weights) for weights in ((1.0, 0.0), (0.0, 1.0), (1.0, -1.0)))
    return PolicyRule(tree=tree, rule=rule, most_benefit=most_benefit, loss=loss, found=found, groups=candidates.groups)


def tree_rule(
    trial: TrialData, effects: EffectEstimate, spec: AllocationSpec, tree_spec: PolicyTreeSpec
) -> Callable[[HeldOut], Allocation]:
    """Return the function from a fold to what a rule made on the earlier folds offers there; for `delivered`."""
    covariates, scores = _asked(trial, tree_spec), effects.scores[list(spec.arms)].to_numpy(float)

    def allocation(fold: HeldOut) -> Allocation:
        before, budget = effects.fold < effects.fold[fold.inside][0], fold.budget
        cost = np.broadcast_to(fold.candidates.cost[0], scores[before].shape)
        grown = TreeScores(scores=scores[before], cost=cost, options=spec.arms)
        tree = grow_tree(covariates[before], grown, tree_spec, spec.total(trial.n) * before.sum() / trial.n)
        own = covariates[fold.inside]
        offers = tree.offers(own, fold.candidates.cost, budget)
        used_up = float((offers * fold.candidates.cost).sum()) >= budget * (1 - _ROUNDING)
        served = tree.leaf_of(own)[offers.any(axis=1)]
        return Allocation(
            candidates=fold.candidates,
            budget=budget,
            offers=offers,
            price=min(tree.leaves[leaf].rate for leaf in np.unique(served)) if used_up else 0.0,
            floor_price=np.zeros(len(fold.candidates.groups)),
        )

    return allocation


def _asked(trial: TrialData, tree_spec: PolicyTreeSpec) -> pd.DataFrame:
    covariates = trial.covariates
    if tree_spec.covariates is None:
        return covariates
    unknown = [name for name in tree_spec.covariates if name not in covariates.columns]
    if unknown or not tree_spec.covariates:
        raise AllocationError(
            f"A rule asks for covariates of the trial, {shown_list(list(covariates.columns))}, but "
            f"{shown(unknown[0]) if unknown else 'none'} was given. Choose one of them."
        )
    return covariates[list(tree_spec.covariates)]


def _combined(found: Delivered, weights: tuple[float, float]) -> Estimated:
    """Return a weighted sum of the two rules' values with its error."""
    weight = np.array(weights)
    estimate = float(weight @ found.estimate)
    se = float(np.sqrt(max(weight @ found.covariance[:2, :2] @ weight, 0.0)))
    return Estimated(estimate=estimate, se=se, lower=estimate - NORMAL_975 * se, upper=estimate + NORMAL_975 * se)
