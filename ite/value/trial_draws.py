"""From a fitted trial to costs and QALYs: what draws of its effects are worth at the prices and factors given."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.estimation.result import EffectEstimate
from ite.trial.columns import FloatArray
from ite.value.draws import Draws
from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced
from ite.value.subgroup_effects import GroupEffects, subgroup_draws


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
