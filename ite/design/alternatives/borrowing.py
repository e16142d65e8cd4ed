"""Borrowing a normal mean from history: a power prior, and a mixture that lets go where history does not fit.

Source: Ibrahim & Chen 2000, Statistical Science 15:46-60; Schmidli et al. 2014, Biometrics 70:1023-1032.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ite.design.alternatives.fields import Count, Positive, Probability, Real
from ite.design.fixed.spec import DesignSpec

POWER_PRIOR = "Conjugate normal posterior with the historical likelihood raised to the weight; flat initial prior."
MIXTURE = "Exact posterior of a two-component normal mixture prior."
ASSUMPTIONS = ("The outcome is normal with a known standard deviation.",)


class PowerPrior(DesignSpec):
    """A historical and a current mean.

    Attributes
    ----------
    historical_n, historical_mean, current_n, current_mean
        Patients and mean of each source.
    sd
        Known standard deviation of the outcome, the same in both.
    weight
        How much of a patient each historical patient counts, in [0, 1].
    """

    historical_n: Count
    historical_mean: Real
    current_n: Count
    current_mean: Real
    sd: Positive = 1.0
    weight: Probability


@dataclass(frozen=True, kw_only=True, eq=False)
class PowerPriorPosterior:
    """The mean after borrowing.

    Attributes
    ----------
    effective_historical_n : float
        Patients that the history counts as.
    mean, sd : float
        Posterior mean and standard deviation of the mean.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: PowerPrior
    effective_historical_n: float
    mean: float
    sd: float
    method: str = POWER_PRIOR
    assumptions: tuple[str, ...] = ASSUMPTIONS


class RobustMixture(DesignSpec):
    """A prior that is informative with some probability, vague otherwise, and an observed mean.

    Attributes
    ----------
    informative_mean, informative_sd, vague_mean, vague_sd
        The two components of the prior.
    prior_weight
        Prior probability of the informative component.
    observed_mean, standard_error
        The new data.
    """

    informative_mean: Real
    informative_sd: Positive
    vague_mean: Real
    vague_sd: Positive
    prior_weight: Probability
    observed_mean: Real
    standard_error: Positive


@dataclass(frozen=True, kw_only=True, eq=False)
class RobustMixturePosterior:
    """The mean after borrowing as far as history fits.

    Attributes
    ----------
    weight : float
        Posterior probability of the informative component.
    mean, sd : float
        Mean and standard deviation of the posterior mixture.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: RobustMixture
    weight: float
    mean: float
    sd: float
    method: str = MIXTURE
    assumptions: tuple[str, ...] = ASSUMPTIONS


def power_prior_posterior(spec: PowerPrior) -> PowerPriorPosterior:
    """Return the posterior of the mean, the history counting as weight * historical_n patients."""
    borrowed = spec.weight * spec.historical_n
    patients = borrowed + spec.current_n
    mean = (borrowed * spec.historical_mean + spec.current_n * spec.current_mean) / patients
    return PowerPriorPosterior(
        spec=spec, effective_historical_n=borrowed, mean=mean, sd=spec.sd / float(np.sqrt(patients))
    )


def robust_mixture_posterior(spec: RobustMixture) -> RobustMixturePosterior:
    """Return the posterior weight of the informative component and the moments of the mixture."""
    means = np.array([spec.informative_mean, spec.vague_mean])
    prior_variance = np.array([spec.informative_sd, spec.vague_sd]) ** 2
    data_variance = spec.standard_error**2
    share = np.array([spec.prior_weight, 1 - spec.prior_weight])
    # On the log scale, so that data far from both components still have a weight.
    with np.errstate(divide="ignore"):
        evidence = np.log(share) + stats.norm.logpdf(spec.observed_mean, means, np.sqrt(prior_variance + data_variance))
    weights = np.exp(evidence - evidence.max())
    weights /= weights.sum()
    trust = prior_variance / (prior_variance + data_variance)
    component = trust * spec.observed_mean + (1 - trust) * means
    mean = float(weights @ component)
    variance = float(weights @ (trust * data_variance + (component - mean) ** 2))
    return RobustMixturePosterior(spec=spec, weight=float(weights[0]), mean=mean, sd=float(np.sqrt(variance)))
