"""How probably each group is offered a limited treatment when the groups' average benefits are not known for sure.

Legend: e is an error of the groups' average benefits, drawn from their joint normal distribution; in each draw every
row's benefit is moved by its group's e, and the budget goes where most benefit is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.budget_path import budget_path, offers_of
from ite.allocation.candidates import Candidates
from ite.allocation.fitted import patients_as_candidates
from ite.allocation.lot import lot
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.trial.columns import FloatArray
from ite.trial.data import TrialData
from ite.trial.groups import in_one_cluster
from ite.trial.monte_carlo import share_error

DRAWS = 500
#: A share counts as above that of a lot if it is by more than rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Selection:
    """Who is offered treatment over the draws of the groups' average benefits.

    Attributes
    ----------
    groups : DataFrame, one row per group
        group, mean_share (share offered, averaged over draws: the probability that a member is offered something),
        lower, upper (middle 95 % of the draws), above_lot (probability that the share is above that of a lot),
        above_lot_mcse (its Monte-Carlo standard error), nothing (probability that nobody of the group is offered).
    lot_share : float
        Everybody's chance if the budget were given out by lot (see `lot`).
    shares : array, shape (draws, groups)
    """

    groups: pd.DataFrame
    lot_share: float
    shares: FloatArray


def selection_of_groups(
    candidates: Candidates, se: FloatArray, budget: float, *, seed: int, draws: int = DRAWS
) -> Selection:
    """Return the selection of typed groups whose average benefits have independent standard errors.

    Parameters
    ----------
    candidates
        Rows of groups; all rows of a group share its error.
    se : array, shape (groups, options)
        Standard error of the average benefit of each option.
    budget, seed, draws
        In the unit of the cost; of the random draws.

    Raises
    ------
    AllocationError
        For a standard error below 0.
    """
    wanted = (len(candidates.groups), len(candidates.options))
    if se.shape != wanted:
        raise ValueError(f"se needs shape {wanted}, not {se.shape}")
    if not (np.isfinite(se) & (se >= 0)).all():
        raise AllocationError("A standard error should be 0 or more, but another value was given. Correct it.")
    return selection_probabilities(candidates, np.diag(se.ravel() ** 2), budget, seed=seed, draws=draws)


def selection_of_patients(
    trial: TrialData, effects: EffectEstimate, spec: AllocationSpec, *, seed: int, draws: int = DRAWS
) -> Selection:
    """Return the selection of a trial's groups: scores say how the groups stand, predictions the order within them.

    Predictions are moved so that each group's mean is a draw from the joint normal distribution of the mean scores. The
    order within a group and its spread are taken as known; what is drawn is how the groups stand to each other.

    Raises
    ------
    AllocationError
        For a group of fewer than two patients, or of a single cluster, of which no error is known.
    """
    candidates = patients_as_candidates(trial, effects, spec)
    scores = effects.scores[list(spec.arms)].to_numpy(float)
    alone = in_one_cluster(candidates.group, len(candidates.groups), effects.cluster)
    parts, moved = [], candidates.benefit.copy()
    for name, rows, single in zip(candidates.groups, candidates.rows_of, alone, strict=True):
        if len(rows) < 2 or single:
            found = "those of a single cluster" if single else f"{len(rows)}"
            raise AllocationError(
                f"The error of a group's average benefit needs two patients or clusters at least, but '{name}' has "
                f"{found}. Choose another column."
            )
        mean = scores[rows].mean(axis=0)
        moved[rows] += mean - candidates.benefit[rows].mean(axis=0)
        own = np.zeros(scores.shape)
        own[rows] = (scores[rows] - mean) / len(rows)
        parts.append(own)
    covariance = influence_covariance(np.hstack(parts), effects.cluster)
    around = candidates.with_benefit(moved)
    return selection_probabilities(around, covariance, spec.total(trial.n), seed=seed, draws=draws)


def selection_probabilities(
    candidates: Candidates, covariance: FloatArray, budget: float, *, seed: int, draws: int = DRAWS
) -> Selection:
    """Return the selection under a joint normal error of the groups' average benefits.

    Parameters
    ----------
    candidates
        Rows with their best-known benefits.
    covariance : array, shape (groups * options, same)
        Of the average benefits, options within groups.
    budget, seed, draws
        In the unit of the cost; of the random draws.
    """
    groups, options = len(candidates.groups), len(candidates.options)
    rng = np.random.default_rng(seed)
    errors = rng.multivariate_normal(np.zeros(groups * options), covariance, size=draws, method="eigh")
    shares = np.array([_shares(candidates, error, budget) for error in errors.reshape(draws, groups, options)])
    chance = lot(candidates, budget).chance
    above = (shares > chance + _ROUNDING).mean(axis=0)
    held = candidates.members > 0
    frame = pd.DataFrame(
        {
            "group": list(candidates.groups),
            "mean_share": shares.mean(axis=0),
            "lower": np.quantile(shares, 0.025, axis=0),
            "upper": np.quantile(shares, 0.975, axis=0),
            "above_lot": np.where(held, above, np.nan),
            "above_lot_mcse": np.where(held, share_error(above, draws), np.nan),
            "nothing": np.where(held, (shares <= _ROUNDING).mean(axis=0), np.nan),
        }
    )
    return Selection(groups=frame, lot_share=chance, shares=shares)


def _shares(candidates: Candidates, error: FloatArray, budget: float) -> FloatArray:
    drawn = candidates.with_benefit(candidates.benefit + error[candidates.group])
    path = budget_path(drawn)
    offered = offers_of(drawn, path.steps, path.taken_at(budget)).sum(axis=1)
    return candidates.per_member(candidates.total(offered * candidates.size))
