"""From a fitted trial to costs and QALYs: draws of the average effect in each group, and what they are worth."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.trial.columns import FloatArray
from ite.value.draws import EVERYBODY, Draws
from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced

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
        For an unknown arm, or a group that is too small.
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


class TreatmentValue(ValueSettings):
    """What a treatment costs and what a unit of its effect is worth; frozen, JSON round trip.

    Attributes
    ----------
    arms
        Treated arms that are compared.
    costs
        Extra cost per patient of each arm against the comparator, in the order of `arms`.
    qaly_per_effect
        QALYs per unit of effect, such as 0.7 / 365.25 per day of survival at a utility of 0.7.
    saving_per_effect
        Money saved per unit of effect (negative where longer survival costs more); None for none.
    comparator
        What the arms are compared with, whose extra cost and effect are 0.
    """

    called = "The value of a treatment"

    arms: tuple[str, ...] = Field(min_length=1, max_length=8, title="Arms")
    costs: tuple[Sourced, ...] = Field(title="Extra cost per patient")
    qaly_per_effect: Sourced = Field(title="QALYs per unit of effect")
    saving_per_effect: Sourced | None = Field(default=None, title="Saving per unit of effect")
    comparator: str = Field(default="control", min_length=1, title="Comparator")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.costs) != len(self.arms):
            raise ValuationError(
                f"Each arm needs one cost: {len(self.arms)} arms, {len(self.costs)} costs. Give one for each."
            )
        if len({self.comparator, *self.arms}) <= len(self.arms):
            raise ValuationError("Arms and comparator should differ, but one was named twice. Name each once.")
        if self.qaly_per_effect.value <= 0:
            raise ValuationError(
                f"A unit of effect is a benefit, so its QALYs are above 0, but {self.qaly_per_effect.value:g} was "
                "given. Correct it."
            )
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class TrialDraws:
    """Joint draws of a fitted trial, and the inputs behind them.

    Attributes
    ----------
    draws : Draws
        Extra costs and QALYs against the comparator, which is the first strategy.
    inputs : dict of name to array, shape (draws,)
        The uncertain inputs by name, for `value_of_input`: the effect of each arm in each group, and each price or
        factor that has a standard error.
    group_effects : GroupEffects
    """

    draws: Draws
    inputs: dict[str, FloatArray]
    group_effects: GroupEffects


def trial_draws(
    effects: EffectEstimate,
    value: TreatmentValue,
    groups: npt.ArrayLike | None = None,
    *,
    draws: int = 10_000,
    seed: int = 0,
) -> TrialDraws:
    """Return joint draws of extra costs and QALYs by group, from the effects of a fitted trial.

    QALYs = effect x qaly_per_effect; cost = price - effect x saving_per_effect. Prices and factors are drawn once for
    all groups.
    """
    for_effects, for_prices = np.random.SeedSequence(seed).spawn(2)
    found = subgroup_draws(effects, value.arms, groups, draws=draws, seed=int(for_effects.generate_state(1)[0]))
    rng = np.random.default_rng(for_prices)
    factor = value.qaly_per_effect.draws(draws, rng)
    saving = np.zeros(draws) if value.saving_per_effect is None else value.saving_per_effect.draws(draws, rng)
    price = np.column_stack([cost.draws(draws, rng) for cost in value.costs])
    nothing = np.zeros((draws, 1, len(found.share)))
    names = tuple(str(name) for name in found.share.index)
    inputs = {
        f"effect of {arm} in {name}": found.draws[:, at, group]
        for at, arm in enumerate(value.arms)
        for group, name in enumerate(names)
    }
    uncertain = {"QALYs per unit of effect": factor, "saving per unit of effect": saving}
    uncertain |= {f"cost of {arm}": price[:, at] for at, arm in enumerate(value.arms)}
    return TrialDraws(
        draws=Draws(
            cost=np.concatenate([nothing, price[:, :, None] - found.draws * saving[:, None, None]], axis=1),
            effect=np.concatenate([nothing, found.draws * factor[:, None, None]], axis=1),
            strategies=(value.comparator, *value.arms),
            groups=names,
            share=found.share.to_numpy(dtype=float),
        ),
        inputs=inputs | {name: values for name, values in uncertain.items() if np.ptp(values) > 0},
        group_effects=found,
    )
