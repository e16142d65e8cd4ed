"""From which probability of disease, or from which predicted benefit, treating is worth its harm."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from pydantic import Field

from ite.value.fields import NotNegative, Positive, ValueSettings
from ite.value.utility_weights import UtilityWeights


class DiseaseStakes(ValueSettings):
    """What is at stake in treating without knowing who has the disease; both in the same unit.

    Attributes
    ----------
    benefit
        Net benefit of treating a patient with the disease.
    harm
        Net harm of treating a patient without it.
    """

    called: ClassVar[str] = "The stakes"

    benefit: Positive = Field(title="Net benefit of treating the diseased")
    harm: NotNegative = Field(title="Net harm of treating the healthy")


class TreatmentBurden(ValueSettings):
    """What every treated person bears, and the words for a unit of benefit.

    Attributes
    ----------
    harm, cost, burden
        Expected per person treated, each in the unit its weight refers to.
    unit
        Of the benefit, such as "months of recurrence-free life".
    """

    called: ClassVar[str] = "The burden of treatment"

    harm: NotNegative = Field(default=0.0, title="Harm (per person treated)")
    cost: NotNegative = Field(default=0.0, title="Cost (per person treated)")
    burden: NotNegative = Field(default=0.0, title="Burden (per person treated)")
    unit: str = Field(min_length=1, max_length=80, title="Unit of the benefit")


@dataclass(frozen=True, kw_only=True, eq=False)
class BenefitThreshold:
    """The least predicted benefit for which treating is worth it.

    Attributes
    ----------
    value : float
        In `unit`: what an allocation takes as the least benefit it may offer for.
    unit : str
    parts : DataFrame, indexed by harm, cost and burden
        per_person, weight, benefit: what each asks of the benefit, in its unit; they add up to the value.
    """

    spec: TreatmentBurden
    weights: UtilityWeights
    value: float
    unit: str
    parts: pd.DataFrame

    @property
    def rule(self) -> str:
        """The threshold in words."""
        return f"Offer only where predicted benefit exceeds {self.value:.4g} {self.unit}."


def disease_threshold(spec: DiseaseStakes) -> float:
    """Return the probability of disease above which treating is better than not treating.

    Source: Pauker & Kassirer 1975, New England Journal of Medicine 293:229-234.
    """
    return spec.harm / (spec.harm + spec.benefit)


def benefit_threshold(spec: TreatmentBurden, weights: UtilityWeights) -> BenefitThreshold:
    """Return the predicted benefit at which utility is 0: harm, cost and burden in the unit of the benefit.

    The weights are those by which options are ranked: each is divided by the weight of benefit.
    """
    parts = pd.DataFrame(
        {
            "per_person": [spec.harm, spec.cost, spec.burden],
            "weight": [weights.harm, weights.cost, weights.burden],
        },
        index=pd.Index(["harm", "cost", "burden"], name="part"),
    )
    parts["benefit"] = parts["per_person"] * parts["weight"] / weights.benefit
    return BenefitThreshold(
        spec=spec, weights=weights, value=float(parts["benefit"].sum()), unit=spec.unit, parts=parts
    )
