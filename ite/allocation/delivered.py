"""What an allocation delivers: its value by the scores of patients whom its rule never saw."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.fitted import HeldOut
from ite.evaluation.contrast import influence_covariance
from ite.trial.data import BoolArray, FloatArray, IntArray
from ite.trial.groups import in_one_cluster

#: From the candidates of a fold to the allocations that are compared.
Rules = Callable[[HeldOut], tuple[Allocation, ...]]
#: Patients from whose scores a rate and its error can be told.
_FEWEST = 2.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Delivered:
    """Benefit per candidate of several rules, with their joint error.

    Attributes
    ----------
    promised : array, shape (rules,)
        What the predictions that made the rules say of the same patients: too much, since the rule picks those of whom
        most is predicted.
    estimate : array, shape (rules,)
        Mean over the candidates of the scores under what they are offered.
    by_group : array, shape (rules, groups)
        The same per member of each group; NaN for a group that is in no fold, or of which a single cluster is: one
        cluster tells no error.
    covariance : array, shape (rules + rules * groups, same)
        Of `estimate`, then of `by_group` row by row.
    """

    promised: FloatArray
    estimate: FloatArray
    by_group: FloatArray
    covariance: FloatArray

    @property
    def se(self) -> FloatArray:
        """Standard errors of `estimate`, shape (rules,)."""
        return np.sqrt(np.diag(self.covariance))[: len(self.estimate)]

    @property
    def group_se(self) -> FloatArray:
        """Standard errors of `by_group`, shape (rules, groups)."""
        return np.sqrt(np.diag(self.covariance))[len(self.estimate) :].reshape(self.by_group.shape)


def delivered(folds: tuple[HeldOut, ...], rules: Rules, cluster: IntArray | None) -> Delivered:
    """Value rules fold by fold: learned on the earlier folds, applied to a fold's predictions, judged by its scores.

    Estimates  the average value of rules learned this way.
    Assumes    given the earlier folds, who is offered what depends on covariates alone, so that errors are uncorrelated
               between folds. A budget that is used up is treated as fixed: one more patient of high score takes the
               place of another.
    Source     Wager 2024, arXiv:2405.05534 (sequential validation); Sverdrup et al. 2025 (multi-armed Qini).
    """
    parts = [_in_fold(fold, rules(fold)) for fold in folds]
    values = np.array([part.values for part in parts])
    # A group that is not in every fold is averaged over the folds that hold some of it.
    weight = np.array([[fold.weight] for fold in folds]) * np.isfinite(values)
    held = weight.sum(axis=0)
    weight = np.divide(weight, held, out=np.zeros_like(weight), where=held > 0)
    estimate = np.where(held > 0, (weight * np.nan_to_num(values)).sum(axis=0), np.nan)
    influence = np.zeros((len(folds[0].inside), len(estimate)))
    for fold, part, own in zip(folds, parts, weight, strict=True):
        influence[fold.inside] = own * part.influence
    promised = np.array([fold.weight for fold in folds]) @ np.array([part.promised for part in parts])
    compared = len(promised)
    unknown = compared + np.flatnonzero(np.tile(_in_one_cluster(folds, cluster), compared))
    estimate[unknown], influence[:, unknown] = np.nan, 0.0
    return Delivered(
        promised=promised,
        estimate=estimate[:compared],
        by_group=estimate[compared:].reshape(compared, -1),
        covariance=influence_covariance(influence, cluster),
    )


def _in_one_cluster(folds: tuple[HeldOut, ...], cluster: IntArray | None) -> BoolArray:
    own = None if cluster is None else np.concatenate([cluster[fold.inside] for fold in folds])
    of = np.concatenate([fold.candidates.group for fold in folds])
    return in_one_cluster(of, len(folds[0].candidates.groups), own)


@dataclass(frozen=True, kw_only=True, eq=False)
class _InFold:
    """Values, shape (rules + rules * groups,), what each patient adds to their errors, and what was promised."""

    values: FloatArray
    influence: FloatArray
    promised: FloatArray


def _in_fold(fold: HeldOut, allocations: tuple[Allocation, ...]) -> _InFold:
    everybody = [np.ones(len(fold.scores), dtype=np.bool_)]
    groups = [fold.candidates.group == position for position in range(len(fold.candidates.groups))]
    values, influence = [], []
    for who in (everybody, groups):
        for allocation in allocations:
            for inside in who:
                value, adds = _value(fold, allocation, inside)
                values.append(value)
                influence.append(adds)
    return _InFold(
        values=np.array(values),
        influence=np.column_stack(influence),
        promised=np.array([allocation.gain / len(fold.scores) for allocation in allocations]),
    )


def _value(fold: HeldOut, allocation: Allocation, inside: BoolArray) -> tuple[float, FloatArray]:
    """Return the value per member, and what each patient adds to its error, shape (rows,)."""
    count = int(inside.sum())
    if count == 0:
        return float("nan"), np.zeros(len(inside))
    gained = (allocation.offers * fold.scores).sum(axis=1)
    spent = (allocation.offers * fold.candidates.cost).sum(axis=1)
    used = spent if allocation.price > 0 else np.ones(len(spent))
    adds = np.where(inside, _residual(gained, used, inside), 0.0)
    return float(gained[inside].mean()), adds / count


def _residual(gained: FloatArray, used: FloatArray, inside: BoolArray) -> FloatArray:
    """Return what each patient gained beyond the rate of the patients inside, enlarged for that rate being estimated.

    Of fewer than two patients the rate explains all that they gained: theirs is that of the whole fold.
    """
    effective = _effective(used[inside])
    if effective < _FEWEST:
        return gained - _rate(gained, used) * used
    enlarged = (gained - _rate(gained[inside], used[inside]) * used) * np.sqrt(effective / (effective - 1))
    return np.asarray(enlarged)


def _rate(gained: FloatArray, used: FloatArray) -> float:
    return float(gained.sum() / used.sum()) if used.any() else 0.0


def _effective(used: FloatArray) -> float:
    """Return how many patients of equal use would tell as much (Kish 1965, Survey Sampling); 0 of no use."""
    return float(used.sum() ** 2 / (used @ used)) if used.any() else 0.0
