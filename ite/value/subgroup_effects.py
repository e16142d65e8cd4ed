"""Draws of the average effect in each group of a fitted trial, from the joint normal of their mean scores."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.trial.columns import FloatArray
from ite.trial.groups import in_one_cluster
from ite.value.draws import EVERYBODY

#: Patients below which a mean of scores is far from normal.
SMALLEST_GROUP = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupEffects:
    """Average effects of treated arms in groups, with their joint uncertainty.

    Attributes
    ----------
    mean, se : DataFrame, groups x arms
        Mean score and its robust standard error, on the effects' scale; positive means benefit.
    draws : array, shape (draws, arms, groups)
        From the joint normal of the means.
    share : Series by group
        Of the patients.
    """

    mean: pd.DataFrame
    se: pd.DataFrame
    draws: FloatArray
    share: pd.Series


def subgroup_draws(
    effects: EffectEstimate, arms: tuple[str, ...], groups: npt.ArrayLike | None, *, draws: int, seed: int
) -> GroupEffects:
    """Return draws of the average effect of each arm in each group, from the joint normal of their mean scores.

    Estimates  posterior draws under a flat prior, by the normal approximation: nothing is borrowed between groups.
    Assumes    groups fixed before the trial was seen, at least 20 patients in each, independent patients or clusters.
    Source     White 1980, Econometrica 48:817-838; Liang & Zeger 1986, Biometrika 73:13-22.

    Parameters
    ----------
    arms : treated arms
    groups : label of each patient, shape (patients,); None is one group of everybody

    Raises
    ------
    ValuationError
        For an unknown arm, or a group that is too small or of a single cluster.
    """
    unknown = [arm for arm in arms if arm not in effects.scores.columns]
    if unknown or not arms:
        raise ValuationError(
            f"Arms are treated arms of the trial, {', '.join(effects.scores.columns)}; "
            f"{', '.join(unknown) or 'none'} was given. Choose from these."
        )
    scores = effects.scores[list(arms)].to_numpy(dtype=float)
    labels = np.full(len(scores), EVERYBODY) if groups is None else np.asarray(groups).astype(str)
    if labels.shape != (len(scores),):
        raise ValueError(f"groups needs one label for each of {len(scores)} patients")
    names, of = np.unique(labels, return_inverse=True)
    size = np.bincount(of)
    if size.min() < SMALLEST_GROUP:
        raise ValuationError(
            f"A group needs at least {SMALLEST_GROUP} patients, but '{names[size.argmin()]}' has {size.min()}. "
            "Join it with another."
        )
    alone = in_one_cluster(of, len(names), effects.cluster)
    if alone.any():
        raise ValuationError(
            f"The error of a group's average effect needs patients of two clusters at least, but '{names[alone][0]}' "
            "has those of one. Join it with another."
        )
    inside = (of[:, None] == np.arange(len(names))) / size
    mean = scores.T @ inside  # arms x groups
    influence = (scores[:, :, None] - mean[:, of].T[:, :, None]) * inside[:, None, :]
    covariance = influence_covariance(influence.reshape(len(scores), -1), effects.cluster)
    rng = np.random.default_rng(seed)
    drawn = rng.multivariate_normal(mean.ravel(), covariance, draws, method="eigh")
    se = np.sqrt(np.diag(covariance)).reshape(mean.shape)
    return GroupEffects(
        mean=pd.DataFrame(mean.T, index=names, columns=list(arms)),
        se=pd.DataFrame(se.T, index=names, columns=list(arms)),
        draws=drawn.reshape(draws, *mean.shape),
        share=pd.Series(size / len(scores), index=names),
    )
