"""The arms of a fitted trial as options of a decision: draws of their average effects, with harm and cost given."""

from typing import ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.trial.columns import BoolArray
from ite.trial.groups import in_one_cluster
from ite.value.decision_desk import OptionDraws
from ite.value.fields import NotNegative, Share, ValueSettings
from ite.value.subgroup_effects import SMALLEST_GROUP


class FittedOptions(ValueSettings):
    """What each arm of a trial takes beside its benefit, the control arm first; taken as known.

    Attributes
    ----------
    control
        Name of the control arm, whose benefit is 0: effects are against it.
    arms
        Treated arms, as in the effects.
    harm
        Share of the patients of each arm who are harmed.
    cost, burden
        Per person of each arm.
    """

    called: ClassVar[str] = "The options of a trial"

    control: str = Field(min_length=1, title="Control arm")
    arms: tuple[str, ...] = Field(min_length=1, max_length=8, title="Treated arms")
    harm: tuple[Share, ...] = Field(title="Harm (%)")
    cost: tuple[NotNegative, ...] = Field(title="Cost (per person)")
    burden: tuple[NotNegative, ...] = Field(title="Burden (per person)")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for name in ("harm", "cost", "burden"):
            if (found := len(getattr(self, name))) != len(self.arms) + 1:
                raise ValuationError(
                    f"{self.label(name)} is needed for each of {len(self.arms) + 1} arms, control first, but {found} "
                    "were given. Give one for each."
                )
        return self


def draw_fitted_options(
    effects: EffectEstimate, spec: FittedOptions, inside: BoolArray | None = None, *, draws: int = 10_000, seed: int = 0
) -> OptionDraws:
    """Return joint draws of the arms' average effects among some of the patients, as benefit of each option.

    Estimates  posterior draws under a flat prior, by the normal approximation to mean doubly robust scores.
    Assumes    the patients were not chosen by their scores; independent patients or clusters.
    Source     White 1980, Econometrica 48:817-838; Liang & Zeger 1986, Biometrika 73:13-22.

    Parameters
    ----------
    inside : array of bool, shape (patients,), or None
        Whose average effect; None is everybody.

    Raises
    ------
    ValuationError
        For an arm without effects, fewer than 20 patients, or patients of a single cluster.
    """
    unknown = [arm for arm in spec.arms if arm not in effects.scores.columns]
    if unknown:
        raise ValuationError(
            f"Arms are treated arms of the trial, {', '.join(effects.scores.columns)}; {', '.join(unknown)} was given. "
            "Choose from these."
        )
    who = np.ones(len(effects.scores), dtype=bool) if inside is None else inside
    if (count := int(who.sum())) < SMALLEST_GROUP:
        raise ValuationError(
            f"An average effect needs at least {SMALLEST_GROUP} patients, but there are {count}. Choose more of them."
        )
    cluster = None if effects.cluster is None else effects.cluster[who]
    if in_one_cluster(np.zeros(count, dtype=np.int64), 1, cluster).any():
        raise ValuationError(
            "The error of an average effect needs patients of two clusters at least, but these are of one. Choose more "
            "of them."
        )
    scores = effects.scores.loc[who, list(spec.arms)].to_numpy(dtype=float)
    mean = scores.mean(axis=0)
    covariance = influence_covariance((scores - mean) / count, cluster)
    drawn = np.random.default_rng(seed).multivariate_normal(mean, covariance, draws, method="eigh")
    return OptionDraws.of(
        (spec.control, *spec.arms),
        benefit=np.column_stack([np.zeros(draws), drawn]),
        harm=np.asarray(spec.harm),
        cost=np.asarray(spec.cost),
        burden=np.asarray(spec.burden),
    )
