"""A companion diagnostic and what treatment is worth with and without its marker."""

from collections.abc import Mapping
from typing import ClassVar, Literal, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field

from ite.trial.columns import FloatArray
from ite.value.fields import Finite, NotNegative, Positive, Share, ValueSettings

#: What can be varied.
DiagnosticInput = Literal[
    "prevalence",
    "sensitivity",
    "specificity",
    "price",
    "waiting_cost",
    "lost_waiting",
    "qaly_positive",
    "qaly_negative",
    "cost_positive",
    "cost_negative",
    "willingness_to_pay",
]
#: In the order of the rows of `StrategyFigures`.
STRATEGIES = ("treat none", "test and treat", "treat all")


class CompanionDiagnostic(ValueSettings):
    """A test of a marker, and what treating gains and costs with and without it; money in one currency.

    Attributes
    ----------
    prevalence
        Share of patients with the marker.
    sensitivity, specificity
        Share of marker-positives who test positive, and of marker-negatives who test negative.
    price, waiting_cost
        Of a test, and of the time until its result, per person tested.
    lost_waiting
        Share of those who test positive who are no longer treated when the result comes.
    qaly_positive, qaly_negative, cost_positive, cost_negative
        Quality-adjusted life years gained and money spent by treating against not treating, per person, by marker.
    willingness_to_pay
        Money for one QALY.
    """

    called: ClassVar[str] = "A companion diagnostic"

    prevalence: Share = Field(title="Prevalence of the marker (%)")
    sensitivity: Share = Field(default=1.0, title="Sensitivity (%)")
    specificity: Share = Field(default=1.0, title="Specificity (%)")
    price: NotNegative = Field(default=0.0, title="Price of the test (per person)")
    waiting_cost: NotNegative = Field(default=0.0, title="Cost of waiting for the result (per person)")
    lost_waiting: Share = Field(default=0.0, title="Lost while waiting for the result (%)")
    qaly_positive: Finite = Field(title="QALYs gained with the marker (per person)")
    qaly_negative: Finite = Field(title="QALYs gained without the marker (per person)")
    cost_positive: Finite = Field(title="Cost of treating with the marker (per person)")
    cost_negative: Finite = Field(title="Cost of treating without the marker (per person)")
    willingness_to_pay: Positive = Field(title="Willingness to pay (per QALY)")

    def at(self, name: DiagnosticInput, value: float) -> Self:
        """Return the same with another value of one input.

        Raises
        ------
        ValuationError
            If the value is out of range.
        """
        return self.model_validate({**self.model_dump(), name: value})


class StrategyFigures(NamedTuple):
    """Per person, against treating none: arrays with one row per strategy, then the shape of the inputs."""

    treated: FloatArray
    cost: FloatArray
    qaly: FloatArray
    net_benefit: FloatArray


def strategy_figures(
    spec: CompanionDiagnostic, varied: Mapping[DiagnosticInput, FloatArray] | None = None
) -> StrategyFigures:
    """Follow patients through the three strategies.

    Parameters
    ----------
    spec
        The test and the treatment.
    varied
        Inputs that take many values at once, arrays that broadcast against each other.

    Source: decision tree of test and treat (Phelps & Mushlin 1988, Medical Decision Making 8:279-289).
    """
    changed: dict[str, npt.ArrayLike] = {str(name): values for name, values in (varied or {}).items()}
    given: dict[str, npt.ArrayLike] = {**dict(spec), **changed}
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in given.values()))
    of = dict(zip(given, arrays, strict=True))
    positive, negative = of["prevalence"], 1 - of["prevalence"]
    kept = 1 - of["lost_waiting"]
    treated_positive = _three(positive * of["sensitivity"] * kept, positive)
    treated_negative = _three(negative * (1 - of["specificity"]) * kept, negative)
    cost = treated_positive * of["cost_positive"] + treated_negative * of["cost_negative"]
    cost = cost + _three(of["price"] + of["waiting_cost"], np.zeros_like(positive))
    qaly = treated_positive * of["qaly_positive"] + treated_negative * of["qaly_negative"]
    worth = of["willingness_to_pay"] * qaly - cost
    return StrategyFigures(treated=treated_positive + treated_negative, cost=cost, qaly=qaly, net_benefit=worth)


def _three(tested: FloatArray, everybody: FloatArray) -> FloatArray:
    """Stack nothing, what testing does, and what treating everybody does."""
    return np.stack([np.zeros_like(tested), tested, everybody])
