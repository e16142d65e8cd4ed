"""What is believed of the mean effects of enrolled and left-out patients: honest estimates, shrunk to one effect.

Legend: m is the average effect of everybody, d the effect in the enrolled minus that in the others, p the enrolled
share; the mean effects are m + (1 - p) d and m - p d.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from ite.trial.data import FloatArray

#: The caution with which the spread of predicted benefit is shrunk too (`ite.estimation.shrinkage`).
CAUTION = 0.5
PRIOR_WORDS = (
    "Before the data, the average effect could be anything and the difference d between enrolled and other patients is "
    "normal around 0, with a variance estimated from d and its z-value so that the share 1 − 0.5 / z² of d is kept; "
    "none is kept where d is negative or the predicted spread itself is not supported."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class BelievedEffects:
    """Joint posterior of the average effect and of the difference between enrolled and other patients.

    Attributes
    ----------
    share : float
        Share of patients enrolled.
    average, difference : float
        Estimates from the scores, before shrinkage.
    covariance : array, shape (2, 2)
        Of the two estimates.
    kept : float
        Share of the difference that is believed, in [0, 1].
    """

    share: float
    average: float
    difference: float
    covariance: FloatArray
    kept: float

    @property
    def estimate(self) -> float:
        """Return the estimated effect in the enrolled, before shrinkage."""
        return self.average + (1.0 - self.share) * self.difference

    @property
    def mean(self) -> float:
        """Return the believed effect in the enrolled."""
        return self.average + (1.0 - self.share) * self.kept * self.difference

    @property
    def sd(self) -> float:
        """Return the standard deviation of what is believed of the effect in the enrolled."""
        to_enrolled = np.array([1.0, (1.0 - self.share) * np.sqrt(self.kept)])
        return float(np.sqrt(to_enrolled @ self.covariance @ to_enrolled))

    @property
    def probability_above_zero(self) -> float:
        """Return the believed probability that the enrolled benefit on average: no trial has a greater assurance."""
        return float(ndtr(self.mean / self.sd))

    def draw(self, trials: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        """Draw the mean effects of enrolled and of other patients, each of shape (trials,).

        With nothing kept of the difference the two are the same.
        """
        values, vectors = np.linalg.eigh(self.covariance)
        error = rng.standard_normal((trials, 2)) @ (vectors * np.sqrt(np.clip(values, 0.0, None))).T
        average = self.average + error[:, 0]
        difference = self.kept * self.difference + np.sqrt(self.kept) * error[:, 1]
        return average + (1.0 - self.share) * difference, average - self.share * difference


def believed_effects(
    share: float, average: float, difference: float, covariance: FloatArray, *, supported: bool = True
) -> BelievedEffects:
    """Return the posterior of the two mean effects under the prior of `PRIOR_WORDS`.

    The posterior of the difference is normal with mean k d and variance k v, where v is the variance of its estimate
    and k = max(0, 1 - 0.5 v / d^2) the share that is kept: a prior variance of 2 d^2 - v. The average keeps its
    estimate, so that nothing kept of the difference leaves the effect in all-comers as it was.

    Parameters
    ----------
    share
        Share of patients enrolled.
    average, difference, covariance
        Estimates and their covariance, shape (2, 2).
    supported
        False where the spread of predicted benefit has no support at all (its shrinkage factor is 0).

    Source: Efron & Morris 1973, J Am Stat Assoc 68:117-130 (empirical Bayes).
    """
    kept = 0.0
    if supported and share < 1.0 and difference > 0.0:
        kept = float(max(0.0, 1.0 - CAUTION * covariance[1, 1] / difference**2))
    return BelievedEffects(share=share, average=average, difference=difference, covariance=covariance, kept=kept)


def power_at(effect: float, standard_error: float, critical: float) -> float:
    """Return the power of a one-sided z-test where the true effect is known."""
    return float(ndtr(effect / standard_error - critical))
