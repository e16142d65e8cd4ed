"""The public `allocate`: who should be offered a limited treatment, and what a guarantee to every group costs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.baselines import BASELINES, baselines
from ite.allocation.candidates import Candidates
from ite.allocation.delivered import Delivered, delivered
from ite.allocation.fitted import HeldOut, held_out_folds, patients_as_candidates
from ite.allocation.frontier import Frontier, frontier
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.evaluation.sequential import simultaneous_critical_value
from ite.subgroup.axis import resolve_arm
from ite.trial.data import FloatArray, IntArray, TrialData
from ite.trial.normal import NORMAL_975

METHOD = (
    "Patients are ordered by predictions of models that did not see them; what they gain is the mean of their doubly "
    "robust scores. Each fold is allocated by models of the earlier folds alone, so the value is that of rules learned "
    "this way, on fewer patients than the final rule."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class AllocationFrontier:
    """What each point between most benefit and most equity delivers, per candidate and by group; positive is benefit.

    Attributes
    ----------
    spec : AllocationSpec
    scale : str
        What one unit of gain is, in words.
    frontier : Frontier
        Of all patients by their predictions: who is offered what.
    position : array, shape (points,)
        0 is most benefit, 1 the most that every group can be guaranteed.
    points : DataFrame, one row per point
        position, level (what every group has at least: a share of its people offered, or a gain per member), promised
        (gain per candidate by the predictions of the held-out folds), delivered (the same by their scores), se, lower,
        upper (95 % band that holds at all points together); change, change_se: delivered minus that at the most
        efficient point.
    groups : DataFrame, one row per point and group
        position, group, members, share_offered, delivered (gain per member), se, lower, upper (95 %, one at a time);
        change, change_se: delivered minus that at the most efficient point.
    baselines : DataFrame, one row per rule
        rule ("by lot", "by risk", "everybody"), delivered, se, lower, upper; gain_over, gain_over_se: of the most
        efficient point over the rule.
    found : Delivered
        Of the points, then of the baselines: their joint error, for differences and gaps.
    method : str
    """

    spec: AllocationSpec
    scale: str
    frontier: Frontier
    position: FloatArray
    points: pd.DataFrame
    groups: pd.DataFrame
    baselines: pd.DataFrame
    found: Delivered
    method: str = METHOD

    @property
    def chosen(self) -> int:
        """Index of the point nearest to the spec's position."""
        return int(np.abs(self.position - self.spec.position).argmin())


def allocate(
    trial: TrialData,
    effects: EffectEstimate,
    *,
    arm: str | tuple[str, ...] | None = None,
    budget: float,
    equity: str | None = None,
    **settings: object,
) -> AllocationFrontier:
    """Return the frontier of efficiency and equity for a limited treatment.

    Parameters
    ----------
    trial, effects
        The trial, and effects estimated from it.
    arm
        Treated arms that can be offered; None takes all.
    budget
        Share of the candidates who can be offered something, unless `budget_unit` says otherwise.
    equity
        Column whose groups are guaranteed a part; None leaves everybody in one group.
    settings
        Further fields of AllocationSpec: budget_unit, costs, least_benefit, guarantee, position.

    Raises
    ------
    AllocationError
        For a column that is not there, or a budget that cannot be.
    SubgroupError
        For an arm that was not estimated.
    """
    arms = tuple(effects.scores.columns) if arm is None else (arm,) if isinstance(arm, str) else arm
    spec = AllocationSpec.model_validate({"arms": arms, "budget": budget, "equity": equity, **settings})
    return allocate_as(trial, effects, spec)


def allocate_as(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> AllocationFrontier:
    """Return the frontier that a spec asks for; see `allocate`."""
    trial = effects.patients_of(trial)
    for arm in spec.arms:
        resolve_arm(effects, arm)
    candidates = patients_as_candidates(trial, effects, spec)
    whole = frontier(candidates, spec.total(trial.n), spec.guarantee)
    count = len(whole.allocations)

    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        return (
            *frontier(fold.candidates, fold.budget, spec.guarantee).allocations,
            *baselines(fold, effects.baseline_risk[fold.inside]),
        )

    found = delivered(held_out_folds(trial, effects, spec), rules, effects.cluster)
    position = np.linspace(0.0, 1.0, count)
    return AllocationFrontier(
        spec=spec,
        scale=effects.scale,
        frontier=whole,
        position=position,
        points=_points(whole, found, position, effects.spec.seed),
        groups=_groups(candidates, whole, found, position),
        baselines=_baselines(found, count),
        found=found,
    )


def _points(whole: Frontier, found: Delivered, position: FloatArray, seed: int) -> pd.DataFrame:
    count = len(position)
    critical = simultaneous_critical_value(found.covariance[:count, :count], seed)
    return pd.DataFrame(
        {
            "position": position,
            "level": whole.level,
            "promised": found.promised[:count],
            **_with_limits(found.estimate[:count], found.se[:count], critical),
            "change": found.estimate[:count] - found.estimate[0],
            "change_se": _difference_se(found.covariance, np.arange(count), np.zeros(count, dtype=np.int64)),
        }
    )


def _groups(candidates: Candidates, whole: Frontier, found: Delivered, position: FloatArray) -> pd.DataFrame:
    groups, rules = len(candidates.groups), len(found.estimate)
    of_group = rules + np.arange(rules * groups).reshape(rules, groups)
    frames = []
    for point, allocation in enumerate(whole.allocations):
        own, first = of_group[point], of_group[0]
        frames.append(
            allocation.groups[["group", "members", "share_offered"]].assign(
                position=position[point],
                **_with_limits(found.by_group[point], found.group_se[point], NORMAL_975),
                change=found.by_group[point] - found.by_group[0],
                change_se=_difference_se(found.covariance, own, first),
            )
        )
    return pd.concat(frames, ignore_index=True)


def _baselines(found: Delivered, first: int) -> pd.DataFrame:
    rows = first + np.arange(len(BASELINES))
    return pd.DataFrame(
        {
            "rule": list(BASELINES),
            **_with_limits(found.estimate[rows], found.se[rows], NORMAL_975),
            "gain_over": found.estimate[0] - found.estimate[rows],
            "gain_over_se": _difference_se(found.covariance, rows, np.zeros(len(rows), dtype=np.int64)),
        }
    )


def _difference_se(covariance: FloatArray, one: IntArray, other: IntArray) -> FloatArray:
    """Return the standard errors of differences between estimates, by their positions in the covariance."""
    variance = covariance[one, one] + covariance[other, other] - 2 * covariance[one, other]
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def _with_limits(estimate: FloatArray, se: FloatArray, critical: float) -> dict[str, FloatArray]:
    return {"delivered": estimate, "se": se, "lower": estimate - critical * se, "upper": estimate + critical * se}
