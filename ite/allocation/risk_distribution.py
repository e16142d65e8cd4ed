"""How risk is spread over a population: groups or patients with a risk each, or a beta distribution."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from scipy.stats import beta

from ite.errors import AllocationError
from ite.estimation.outcome import direction
from ite.estimation.result import EffectEstimate
from ite.trial.columns import FloatArray
from ite.trial.data import TrialData


class AtRisk(NamedTuple):
    """People, and the cases among them if nobody is treated."""

    people: float
    cases: float


class RiskDistribution(Protocol):
    """Anything that says how many people have at least a risk."""

    def at_least(self, risk: float) -> AtRisk:
        """Return the people whose risk is this or higher, and the cases among them; at 0 these are all."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RiskGroups:
    """Groups, or patients, with a risk each.

    Attributes
    ----------
    risk, people : array, shape (rows,)
        Probability of becoming a case without treatment, between 0 and 1, and how many have it.
    """

    risk: FloatArray
    people: FloatArray

    def __post_init__(self) -> None:
        """Refuse what is no risk and what is nobody."""
        if not ((self.risk >= 0) & (self.risk <= 1)).all():
            raise AllocationError("A risk lies between 0 and 100 %, but another number was given. Correct it.")
        if not ((self.people >= 0).all() and self.people.sum() > 0):
            raise AllocationError(
                "The number of people should be 0 or more in each group, and above 0 in one. Correct it."
            )

    def at_least(self, risk: float) -> AtRisk:
        """Return the people whose risk is this or higher, and the cases among them."""
        people = np.where(self.risk >= risk, self.people, 0.0)
        return AtRisk(people=float(people.sum()), cases=float(people @ self.risk))


@dataclass(frozen=True, kw_only=True)
class BetaRisk:
    """A risk that is spread like a beta distribution.

    Attributes
    ----------
    people
        In the population.
    mean
        Mean risk, between 0 and 1.
    sd
        Standard deviation of the risk between people, below sqrt(mean (1 - mean)).
    """

    people: float
    mean: float
    sd: float

    def __post_init__(self) -> None:
        """Refuse a mean and a spread that no distribution of risks has."""
        if not 0 < self.mean < 1:
            raise AllocationError(
                f"The mean risk lies between 0 and 100 %, but {100 * self.mean:.6g} % was given. Correct it."
            )
        most = float(np.sqrt(self.mean * (1 - self.mean)))
        if not 0 < self.sd < most:
            raise AllocationError(
                f"Risks of mean {100 * self.mean:.4g} % have a standard deviation between 0 and {100 * most:.4g} %, "
                f"but {100 * self.sd:.4g} % was given. Correct it."
            )
        if self.people <= 0:
            raise AllocationError(f"The number of people should be above 0, but {self.people:g} was given. Correct it.")

    @property
    def shapes(self) -> tuple[float, float]:
        """The two parameters of the beta distribution."""
        strength = self.mean * (1 - self.mean) / self.sd**2 - 1
        return self.mean * strength, (1 - self.mean) * strength

    def at_least(self, risk: float) -> AtRisk:
        """Return the people whose risk is this or higher, and the cases among them: both in closed form."""
        first, second = self.shapes
        return AtRisk(
            people=self.people * float(beta.sf(risk, first, second)),
            cases=self.people * self.mean * float(beta.sf(risk, first + 1, second)),
        )


def two_risks(people: float, high_share: float, risk_high: float, risk_low: float) -> RiskGroups:
    """Return a population of which a share has a high risk and the rest a low one (all three between 0 and 1).

    Raises
    ------
    AllocationError
        For a share or a risk outside 0 to 1, or a high risk that is not the higher one.
    """
    if not 0 <= high_share <= 1:
        raise AllocationError(
            f"The share at high risk lies between 0 and 100 %, but {100 * high_share:.6g} % was given. Correct it."
        )
    if risk_high <= risk_low:
        raise AllocationError(
            f"The high risk should be above the low one, but {100 * risk_high:.6g} % and {100 * risk_low:.6g} % were "
            "given. Exchange or correct them."
        )
    return RiskGroups(risk=np.array([risk_high, risk_low]), people=people * np.array([high_share, 1.0 - high_share]))


def predicted_risks(trial: TrialData, effects: EffectEstimate, people: float) -> RiskGroups:
    """Return the risks that a trial's patients are predicted to have under control, for a population like them.

    Predictions are cross-fitted. Those outside 0 to 1, which a linear model can make, count as 0 or 1.

    Raises
    ------
    AllocationError
        Where the outcome is not binary: a mean or a time is no risk.
    """
    if trial.outcome_kind != "binary":
        raise AllocationError(
            "Predicted risks need a binary outcome, but this trial's outcome is a number or a time. Type a "
            "distribution of risks, or choose a binary outcome on the Data page."
        )
    # Turned so that larger is better: a good outcome's probability, or minus a bad one's.
    outlook = effects.baseline_risk
    risk = 1.0 - outlook if direction(trial) > 0 else -outlook
    return RiskGroups(risk=np.clip(risk, 0.0, 1.0), people=np.full(trial.n, people / trial.n))
