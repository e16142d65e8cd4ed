"""Many two-arm trials at once, allocated 1:1 or by how probably treatment is better so far."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from ite.trial.data import FloatArray, IntArray


@dataclass(frozen=True, kw_only=True)
class Truth:
    """True rates of a good outcome for the first patients, and how much both change until the last."""

    control: float
    treatment: float
    trend: float

    def changing(self, trend: float) -> "Truth":
        """Return the same rates with a time trend."""
        return replace(self, trend=trend)

    def rates_at(self, progress: float) -> tuple[float, float]:
        """Return the rates of control and treatment when the given share of the patients has been enrolled."""
        return self.control + self.trend * progress, self.treatment + self.trend * progress


@dataclass(frozen=True, kw_only=True, eq=False)
class Arms:
    """Patients and responders at the end; both of shape (2 arms, trials), control first."""

    patients: IntArray
    responders: IntArray


def simulate_allocation(
    truth: Truth,
    *,
    stages: tuple[int, ...],
    smallest_share: float | None,
    trials: int,
    rng: np.random.Generator,
) -> Arms:
    """Simulate trials that may change their allocation after each stage.

    Parameters
    ----------
    truth
        Rates of response.
    stages
        Patients of each stage, all even; the first is allocated 1:1.
    smallest_share
        Smallest share of a stage that either arm gets; None allocates every stage 1:1.
    trials
        Number of trials.
    rng
        Source of random numbers.
    """
    patients, responders = np.zeros((2, trials), dtype=np.int64), np.zeros((2, trials), dtype=np.int64)
    enrolled, total = 0, sum(stages)
    for stage in stages:
        treated = np.full(trials, stage // 2)
        if smallest_share is not None and enrolled > 0:
            share = np.clip(probability_treatment_better(patients, responders), smallest_share, 1 - smallest_share)
            treated = rng.binomial(stage, share)
        new = np.stack([stage - treated, treated])
        rates = truth.rates_at((enrolled + stage / 2) / total)
        patients += new
        responders += rng.binomial(new, np.array(rates)[:, None])
        enrolled += stage
    return Arms(patients=patients, responders=responders)


def probability_treatment_better(patients: IntArray, responders: IntArray) -> FloatArray:
    """Return the posterior probability that treatment has the higher rate, by trial.

    Beta posteriors from uniform priors, their difference taken as normal with the right mean and variance.

    Parameters
    ----------
    patients, responders : shape (2 arms, trials)
        Control first.
    """
    mean = (responders + 1) / (patients + 2)
    variance = (mean * (1 - mean) / (patients + 3)).sum(axis=0)
    return np.asarray(ndtr((mean[1] - mean[0]) / np.sqrt(variance)))
