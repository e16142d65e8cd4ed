"""From one person to all whom a decision touches: how many patients a value per person is multiplied by."""

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from ite.value.discounting import Discounting
from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced


class AffectedPopulation(ValueSettings):
    """Patients whose treatment a decision settles; frozen, JSON round trip.

    Attributes
    ----------
    patients_per_year
        New patients who face the decision each year.
    years
        How long the decision stays of interest, whole years.
    discounting
        Of later years; None counts every patient as one.
    """

    called = "The affected population"

    patients_per_year: Sourced = Field(title="Patients per year")
    years: int = Field(ge=1, le=100, title="Years until the decision loses its interest")
    discounting: Discounting | None = None

    @property
    def patients(self) -> float:
        """Patients, those of later years discounted."""
        passed = np.arange(self.years, dtype=float)
        weight = np.ones(self.years) if self.discounting is None else self.discounting.weight(passed)
        return float(self.patients_per_year.value * weight.sum())

    def value(self, per_person: float, per_person_se: float = float("nan")) -> "PopulationValue":
        """Return a value per person for all of them, with its Monte-Carlo error; NaN where there is none."""
        return PopulationValue(value=per_person * self.patients, se=per_person_se * self.patients)


@dataclass(frozen=True, kw_only=True)
class PopulationValue:
    """A value for all who are affected, in money, with its Monte-Carlo standard error (NaN for a closed form)."""

    value: float
    se: float
