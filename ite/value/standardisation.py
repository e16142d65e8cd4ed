"""Two treatments compared as they were given, and as if both had been given to the same mix of patients."""

from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np
import pandas as pd
from pydantic import Field

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.normal import NORMAL_975
from ite.value.fields import ValueSettings

#: Whose mix of strata both treatments are given: everybody's, or that of those who had either.
Mix = Literal["everybody", "treated with A", "treated with B"]
METHOD = (
    "Direct standardisation: rates of each stratum, weighted alike for both treatments. Binomial standard errors with "
    "the weights taken as known, 95 % normal limits. It removes confounding by the strata alone."
)


class StratifiedCounts(ValueSettings):
    """Events and people of two treatments, one entry per stratum."""

    called: ClassVar[str] = "The counts"

    events_a: tuple[int, ...] = Field(min_length=1, max_length=200, title="Events under A")
    n_a: tuple[int, ...] = Field(title="People under A")
    events_b: tuple[int, ...] = Field(title="Events under B")
    n_b: tuple[int, ...] = Field(title="People under B")
    mix: Mix = Field(default="everybody", title="Mix of strata")


@dataclass(frozen=True, kw_only=True, eq=False)
class Standardised:
    """Rates as they are and as they would be in one mix; a difference is A minus B.

    Attributes
    ----------
    strata : DataFrame, one row per stratum
        rate_a, rate_b, difference, weight (adds up to 1).
    comparison : DataFrame, indexed by "crude" and "standardised"
        rate_a, rate_b, difference, se, lower, upper.
    reversed_sign : bool
        Whether the crude and the standardised difference point opposite ways (Simpson's paradox).
    method : str
    """

    spec: StratifiedCounts
    strata: pd.DataFrame
    comparison: pd.DataFrame
    reversed_sign: bool
    method: str = METHOD


def standardise(spec: StratifiedCounts) -> Standardised:
    """Compare two treatments crudely and in one mix of strata.

    Raises
    ------
    ValuationError
        If the lists differ in length, an event count does not fit its people, or a stratum lacks a treatment.

    Source: Hernán & Robins 2020, Causal Inference: What If, chapter 2; data of Charig et al. 1986, BMJ 292:879-882.
    """
    _require_counts(spec)
    events_a, n_a, events_b, n_b = (
        np.array(counts, dtype=float) for counts in (spec.events_a, spec.n_a, spec.events_b, spec.n_b)
    )
    people = {"everybody": n_a + n_b, "treated with A": n_a, "treated with B": n_b}[spec.mix]
    weight = people / people.sum()
    a, b = _Arm(events_a / n_a, n_a), _Arm(events_b / n_b, n_b)
    crude = _compared(_together(events_a, n_a), _together(events_b, n_b), np.ones(1))
    standardised = _compared(a, b, weight)
    return Standardised(
        spec=spec,
        strata=pd.DataFrame({"rate_a": a.rate, "rate_b": b.rate, "difference": a.rate - b.rate, "weight": weight}),
        comparison=pd.DataFrame([crude, standardised], index=pd.Index(["crude", "standardised"], name="comparison")),
        reversed_sign=crude["difference"] * standardised["difference"] < 0,
    )


class _Arm(NamedTuple):
    """Rate and people of one treatment, by stratum or all together."""

    rate: FloatArray
    n: FloatArray

    def mean(self, weight: FloatArray) -> float:
        return float(np.sum(weight * self.rate))

    def variance(self, weight: FloatArray) -> float:
        return float(np.sum(weight**2 * self.rate * (1 - self.rate) / self.n))


def _together(events: FloatArray, n: FloatArray) -> _Arm:
    people = n.sum(keepdims=True)
    return _Arm(events.sum() / people, people)


def _compared(a: _Arm, b: _Arm, weight: FloatArray) -> dict[str, float]:
    difference, se = a.mean(weight) - b.mean(weight), float(np.sqrt(a.variance(weight) + b.variance(weight)))
    limits = {"lower": difference - NORMAL_975 * se, "upper": difference + NORMAL_975 * se}
    return {"rate_a": a.mean(weight), "rate_b": b.mean(weight), "difference": difference, "se": se, **limits}


def _require_counts(spec: StratifiedCounts) -> None:
    strata = len(spec.events_a)
    for name in ("n_a", "events_b", "n_b"):
        if len(getattr(spec, name)) != strata:
            raise ValuationError(
                f"{spec.label(name)} should have one number for each of the {strata} strata, but "
                f"{len(getattr(spec, name))} were given. Give one for each."
            )
    for arm, counts, people in (("A", spec.events_a, spec.n_a), ("B", spec.events_b, spec.n_b)):
        for stratum, (events, n) in enumerate(zip(counts, people, strict=True), start=1):
            if n < 1:
                raise ValuationError(
                    f"Every stratum needs people under both treatments, but stratum {stratum} has {n} under {arm}. "
                    "Merge it with another stratum or leave it out."
                )
            if not 0 <= events <= n:
                raise ValuationError(
                    f"Events under {arm} in stratum {stratum} should lie between 0 and its {n} people, but {events} "
                    f"was given. The nearest possible number is {min(max(events, 0), n)}."
                )
