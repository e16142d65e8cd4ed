"""What a new study would bring in all, and what is left of it after its cost."""

import numpy as np
import pandas as pd
from pydantic import Field

from ite.value.fields import ValueSettings
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced


class NewStudy(ValueSettings):
    """A study of so many patients, what it costs, and whom its result would serve; frozen, JSON round trip.

    Attributes
    ----------
    fixed_cost, cost_per_patient
        Of the study, in money.
    population
        Patients whose treatment its result can still change: those treated before it reports are not to be counted.
    """

    called = "A new study"

    fixed_cost: Sourced = Field(title="Fixed cost of the study")
    cost_per_patient: Sourced = Field(title="Cost per patient of the study")
    population: AffectedPopulation

    def cost(self, patients: float) -> float:
        """Return what a study of so many patients costs; one of none costs nothing."""
        return self.fixed_cost.value + self.cost_per_patient.value * patients if patients > 0 else 0.0


def study_sizes() -> tuple[int, ...]:
    """Return the sizes at which a study is valued: 10 to 10,000 patients, even steps of their logarithm."""
    return tuple(int(size) for size in np.geomspace(10, 10_000, 31).round())


def net_benefit_of_study(value: pd.DataFrame, study: NewStudy) -> pd.DataFrame:
    """Return the expected net benefit of sampling (ENBS) by the size of a study.

    Value per person x patients affected - cost of the study.
    Source: Claxton & Posnett 1996, Health Economics 5:513-524.

    Parameters
    ----------
    value : DataFrame
        patients, value, se: per person, as `value_of_study` returns it.

    Returns
    -------
    DataFrame
        The columns of `value`, then population_value, study_cost, net_benefit, net_benefit_se.
    """
    cost = np.array([study.cost(float(patients)) for patients in value["patients"]])
    people = study.population.patients
    return value.assign(
        population_value=value["value"] * people,
        study_cost=cost,
        net_benefit=value["value"] * people - cost,
        net_benefit_se=value["se"] * people,
    )
