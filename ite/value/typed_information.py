"""The value of information on typed averages and errors: a new strategy or not, in closed form."""

from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.value.fields import ValueSettings
from ite.value.normal_benefit import NormalIncrements, preposterior_sd, value_of_resolving
from ite.value.sourced import Sourced


class TypedUncertainty(ValueSettings):
    """What is known of a new strategy against its comparator: independent normal extra QALYs and extra cost.

    Attributes
    ----------
    extra_effect, extra_cost
        Per patient, each with its standard error; None as standard error takes it as known.
    patient_sd
        Standard deviation of the extra QALYs that one patient of a new study shows.
    willingness_to_pay
        Money for one QALY.
    """

    called = "What is known of a new strategy"

    extra_effect: Sourced = Field(title="Extra QALYs per patient")
    extra_cost: Sourced = Field(title="Extra cost per patient")
    patient_sd: Sourced = Field(title="Standard deviation of one patient's QALYs")
    willingness_to_pay: Sourced = Field(title="Willingness to pay")

    @model_validator(mode="after")
    def _can_be_learnt(self) -> Self:
        if self.patient_sd.value <= 0:
            raise ValuationError(
                f"One patient's QALYs vary, so their standard deviation is above 0, but {self.patient_sd.value:g} was "
                "given. Correct it."
            )
        return self

    @property
    def increments(self) -> NormalIncrements:
        """The increments as a normal pair."""
        return NormalIncrements(
            mean_delta_effect=self.extra_effect.value,
            mean_delta_cost=self.extra_cost.value,
            sd_delta_effect=self.extra_effect.se or 0.0,
            sd_delta_cost=self.extra_cost.se or 0.0,
        )

    @property
    def mean(self) -> float:
        """Average net monetary benefit against the comparator."""
        return float(self.increments.decision_curve(self.willingness_to_pay.value)["net_monetary_benefit"].iloc[0])


def typed_value_of_each_input(known: TypedUncertainty) -> pd.DataFrame:
    """Return what knowing extra QALYs or extra cost for certain is worth, the more valuable first.

    Returns
    -------
    DataFrame
        input, value, se (0: exact), in money per person; as `value_of_each_input`.
    """
    spread = known.willingness_to_pay.value * (known.extra_effect.se or 0.0), known.extra_cost.se or 0.0
    value = value_of_resolving(known.mean, spread)
    frame = pd.DataFrame({"input": ["extra QALYs", "extra cost"], "value": value, "se": 0.0})
    return frame.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def typed_value_of_study(known: TypedUncertainty, patients: npt.ArrayLike) -> pd.DataFrame:
    """Return what a study of the extra QALYs in so many patients is worth, its cost not deducted.

    Returns
    -------
    DataFrame
        patients, value, se (0: exact), in money per person; as `value_of_study`.
    """
    sizes = np.atleast_1d(np.asarray(patients, dtype=float))
    threshold = known.willingness_to_pay.value
    prior, one = threshold * (known.extra_effect.se or 0.0), threshold * known.patient_sd.value
    moved = [preposterior_sd(prior, one, float(size)) for size in sizes]
    return pd.DataFrame({"patients": sizes, "value": value_of_resolving(known.mean, moved), "se": 0.0})
