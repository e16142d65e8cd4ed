"""What each budget delivers when it goes to those with most predicted benefit: the multi-armed Qini curve."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.budget_path import budget_path, offers_of
from ite.allocation.candidates import Candidates
from ite.allocation.delivered import delivered
from ite.allocation.fitted import HeldOut, held_out_folds
from ite.allocation.lot import by_lot
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.evaluation.sequential import simultaneous_critical_value
from ite.trial.data import FloatArray, TrialData

#: Budgets that are valued, as shares of what it costs to offer everybody the dearest arm.
SHARES = tuple(round(0.05 * step, 2) for step in range(1, 21))


@dataclass(frozen=True, kw_only=True, eq=False)
class BudgetCurve:
    """Gain per candidate over the budget.

    Attributes
    ----------
    spec : AllocationSpec
    scale : str
        What one unit of gain is, in words.
    frame : DataFrame, one row per budget
        budget (per candidate: offers, or money), promised, delivered, se, lower, upper (95 % band that holds at all
        budgets together), lot, lot_se: the same budget given out by lot.
    """

    spec: AllocationSpec
    scale: str
    frame: pd.DataFrame


def budget_curve(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> BudgetCurve:
    """Return what every budget delivers, without any guarantee to groups.

    Estimates  the average value of rules learned on the earlier folds, by the scores of the next one; with several arms
               each patient's arm is chosen by predictions and valued by the joint scores of all arms.
    Source     Sverdrup, Wu, Athey & Wager 2025, Journal of Causal Inference (multi-armed Qini).

    Parameters
    ----------
    trial, effects
        The trial, and effects estimated from it.
    spec
        Its budget, groups and point of the frontier are not used, the rest is.
    """
    dearest = max(spec.costs) if spec.budget_unit == "money" and spec.costs else 1.0
    budgets = np.array(SHARES) * dearest

    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        people = float(fold.candidates.size.sum())
        lots = (by_lot(fold.candidates, budget * people) for budget in budgets.tolist())
        return (*along_path(fold.candidates, budgets), *lots)

    found = delivered(held_out_folds(trial, effects, spec), rules, effects.cluster)
    count = len(budgets)
    half = simultaneous_critical_value(found.covariance[:count, :count], effects.spec.seed) * found.se[:count]
    return BudgetCurve(
        spec=spec,
        scale=effects.scale,
        frame=pd.DataFrame(
            {
                "budget": budgets,
                "promised": found.promised[:count],
                "delivered": found.estimate[:count],
                "se": found.se[:count],
                "lower": found.estimate[:count] - half,
                "upper": found.estimate[:count] + half,
                "lot": found.estimate[count:],
                "lot_se": found.se[count:],
            }
        ),
    )


def along_path(candidates: Candidates, budgets: FloatArray) -> tuple[Allocation, ...]:
    """Return the allocations of most benefit at budgets per person, without guarantees."""
    path, people = budget_path(candidates), float(candidates.size.sum())
    return tuple(
        Allocation(
            candidates=candidates,
            budget=budget * people,
            offers=offers_of(candidates, path.steps, path.taken_at(budget * people)),
            price=path.price_at(budget * people),
            floor_price=np.zeros(len(candidates.groups)),
        )
        for budget in budgets.tolist()
    )
