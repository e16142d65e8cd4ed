"""Assurance of a single-arm trial of response, judged by its posterior.

Source: O'Hagan, Stevens & Campbell 2005, Pharmaceutical Statistics 4:187-201; Spiegelhalter & Freedman 1986.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ite.design.alternatives.fields import Count, InnerShare
from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.design.fixed.spec import DesignSpec

METHOD = "Exact: beta posterior of the rate for each possible number of responders, beta-binomial probability of each."
ASSUMPTIONS = ("Patients respond independently with one common rate.",)


class SingleArm(DesignSpec):
    """A single arm that succeeds if its rate is probably above a threshold.

    Attributes
    ----------
    n
        Patients.
    design_prior, analysis_prior
        What is believed of the true rate when planning, and what the analysis starts from.
    rate_threshold, probability_threshold
        Success: P(rate > rate_threshold | data) > probability_threshold.
    """

    n: Count
    design_prior: BetaPrior
    analysis_prior: BetaPrior = BetaPrior(a=1, b=1)
    rate_threshold: InnerShare
    probability_threshold: InnerShare = 0.95


@dataclass(frozen=True, kw_only=True, eq=False)
class SingleArmAssurance:
    """How likely the trial is to succeed.

    Attributes
    ----------
    assurance : float
        Probability of success over the design prior.
    min_responders : int or None
        Smallest number of responders that is a success; None where even all of them are not.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: SingleArm
    assurance: float
    min_responders: int | None
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def single_arm_assurance(spec: SingleArm) -> SingleArmAssurance:
    """Return the assurance and the smallest successful number of responders."""
    responders = np.arange(spec.n + 1)
    prior = spec.analysis_prior
    above = stats.beta.sf(spec.rate_threshold, prior.a + responders, prior.b + spec.n - responders)
    success = np.flatnonzero(above > spec.probability_threshold)
    if len(success) == 0:
        return SingleArmAssurance(spec=spec, assurance=0.0, min_responders=None)
    least = int(success[0])  # the posterior probability grows with the number of responders
    assurance = stats.betabinom.sf(least - 1, spec.n, spec.design_prior.a, spec.design_prior.b)
    return SingleArmAssurance(spec=spec, assurance=float(assurance), min_responders=least)
