"""The patients of a trial as candidates, with the benefit that models predict who never saw them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ite.allocation.candidates import Candidates
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from ite.estimation.result import EffectEstimate
from ite.trial.columns import as_text, is_number
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

EVERYBODY = "everybody"
#: A column of more different values is cut into thirds where it holds numbers, and refused where it holds text.
MOST_GROUPS = 8
_PARTS = 3
_MISSING = "missing"


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Group of each patient: its position in the names."""

    of: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOut:
    """Candidates of one fold, ranked by a model of the earlier folds, with the scores that judge what they get.

    Attributes
    ----------
    candidates : Candidates
    inside : array of bool, shape (patients of the trial,)
        Who they are.
    scores : array, shape (rows, options)
    budget : float
        The fold's part of the whole budget.
    weight : float
        Share of the fold in an average over folds.
    """

    candidates: Candidates
    inside: BoolArray
    scores: FloatArray
    budget: float
    weight: float


def groups_of(trial: TrialData, column: str | None) -> Groups:
    """Return the groups that a column of the trial makes: its levels, or thirds of many numbers.

    Missing values are a group of their own.

    Raises
    ------
    AllocationError
        For a column the trial does not use, or a text of more than 8 levels.
    """
    if column is None:
        return Groups(of=np.zeros(trial.n, dtype=np.int64), names=(EVERYBODY,))
    offered = [*dict.fromkeys([*trial.roles.protected, *trial.roles.covariates])]
    if column not in offered:
        raise AllocationError(
            f"Groups come from a covariate or a protected column, one of {', '.join(offered)}, but '{column}' was "
            "given. Choose one of them."
        )
    values = trial.frame[column]
    if values.nunique() <= MOST_GROUPS:
        labels = as_text(values).astype(object).where(values.notna(), _MISSING)
        names = sorted(labels.unique(), key=lambda name: (name == _MISSING, name))
        return Groups(of=pd.Index(names).get_indexer(pd.Index(labels)).astype(np.int64), names=tuple(names))
    if not is_number(values):
        raise AllocationError(
            f"'{column}' has {values.nunique()} levels; groups can be guaranteed a part where there are at most "
            f"{MOST_GROUPS}. Choose another column, or join levels."
        )
    return _thirds(values.to_numpy(dtype=float, na_value=np.nan))


def _thirds(values: FloatArray) -> Groups:
    cuts = np.unique(np.nanquantile(values, np.arange(1, _PARTS) / _PARTS))
    edges = [np.nanmin(values), *cuts, np.nanmax(values)]
    names = [f"{low:g} to {high:g}" for low, high in pairwise(edges)]
    unknown = np.isnan(values)
    part = np.where(unknown, len(names), np.searchsorted(cuts, values, side="left"))
    return Groups(of=part.astype(np.int64), names=(*names, _MISSING) if unknown.any() else tuple(names))


def patients_as_candidates(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> Candidates:
    """Return all patients with their out-of-fold predictions, unshrunk: they set the order."""
    arms = list(spec.arms)
    benefit = effects.ate.loc[arms, "estimate"].to_numpy(float) + effects.ranking[arms].to_numpy(float)
    return _candidates(spec, benefit, groups_of(trial, spec.equity))


def held_out_folds(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> tuple[HeldOut, ...]:
    """Return the folds whose patients are ranked by models of the earlier folds, in order.

    A fold weighs in proportion to its size times the patients its model was fitted on, as in the curve over the
    enrolled fraction: a rule learned on more patients is nearer to the one that will be used.
    """
    groups = groups_of(trial, spec.equity)
    predicted, scores = (frame[list(spec.arms)].to_numpy(float) for frame in (effects.sequential, effects.scores))
    found = []
    for fold in np.unique(effects.fold[np.isfinite(predicted).all(axis=1)]):
        inside, before = effects.fold == fold, effects.fold < fold
        level = scores[before].mean(axis=0)
        own = Groups(of=groups.of[inside], names=groups.names)
        found.append((inside, float(inside.sum() * before.sum()), _candidates(spec, level + predicted[inside], own)))
    total = sum(weight for _, weight, _ in found)
    return tuple(
        HeldOut(
            candidates=candidates,
            inside=inside,
            scores=scores[inside],
            budget=spec.total(trial.n) * int(inside.sum()) / trial.n,
            weight=weight / total,
        )
        for inside, weight, candidates in found
    )


def _candidates(spec: AllocationSpec, benefit: FloatArray, groups: Groups) -> Candidates:
    price = np.ones(len(spec.arms)) if spec.budget_unit != "money" or spec.costs is None else np.array(spec.costs)
    return Candidates(
        benefit=benefit,
        cost=np.broadcast_to(price, benefit.shape).copy(),
        size=np.ones(len(benefit)),
        group=groups.of,
        groups=groups.names,
        options=spec.arms,
        least_benefit=spec.least_benefit,
    )
