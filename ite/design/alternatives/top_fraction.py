"""Enrolling the patients with the greatest predicted benefit: effect, size and screening over the enrolled fraction.

Legend: f is the enrolled fraction, r the correlation of predicted and true benefit, x the (1 - f)-quantile of the
standard normal and phi its density. Mean benefit of the enrolled = mean + r sd phi(x) / f, of the excluded
mean - r sd phi(x) / (1 - f).
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.special import ndtri

from ite.design.alternatives.fields import Alpha, InnerShare, NotNegative, Positive, Real, Share, within
from ite.design.alternatives.normal_test import size_of_means
from ite.design.alternatives.resources import Resources
from ite.design.fixed.spec import DesignSpec

METHOD = "Closed form: conditional means of a bivariate normal, and the size of a 1:1 one-sided z-test."
ASSUMPTIONS = (
    "Predicted and true benefit are bivariate normal; only the order of the predictions is used.",
    "The outcome varies within each arm with a known standard deviation; the spread of benefit is not added to it.",
)


class TopFraction(DesignSpec):
    """Benefit that varies between patients, and a prediction of it.

    Attributes
    ----------
    benefit_mean, benefit_sd
        True benefit of the patients who come, in outcome units.
    correlation
        Correlation of predicted and true benefit; 1 is a prediction without error.
    fractions
        Fractions enrolled, in (0, 1].
    outcome_sd, alpha, power
        Standard deviation within each arm, one-sided level and power of the trial in the enrolled.
    resources
        Patients per month and prices; where everybody is enrolled nobody is screened.
    """

    benefit_mean: Real
    benefit_sd: NotNegative
    correlation: Annotated[float, within(-1.0, 1.0)] = 1.0
    fractions: tuple[Share, ...] = Field(default=(1.0, 0.8, 0.6, 0.4, 0.2), min_length=1)
    outcome_sd: Positive = 1.0
    alpha: Alpha = 0.025
    power: InnerShare = 0.9
    resources: Resources = Resources()


@dataclass(frozen=True, kw_only=True, eq=False)
class TopFractionCurve:
    """What enrolling fewer patients gives.

    Attributes
    ----------
    curve : DataFrame, one row per fraction
        Columns fraction, benefit_enrolled, benefit_excluded (NaN where nobody is excluded), randomised, screened,
        months, cost; infinite where the enrolled do not benefit, NaN where a rate or price is not known.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: TopFraction
    curve: pd.DataFrame
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def top_fraction_curve(spec: TopFraction) -> TopFractionCurve:
    """Return benefit and size for each enrolled fraction.

    Raises
    ------
    DesignError
        If the power is not above alpha.
    """
    fraction = np.asarray(spec.fractions)
    excluded = 1 - fraction
    density = np.exp(-0.5 * ndtri(excluded) ** 2) / np.sqrt(2 * np.pi)
    reach = spec.correlation * spec.benefit_sd * density
    enrolled = spec.benefit_mean + reach / fraction
    left_out = spec.benefit_mean - reach / np.where(excluded > 0, excluded, np.nan)
    randomised = size_of_means(enrolled, sd=spec.outcome_sd, alpha=spec.alpha, power=spec.power)
    screened = randomised / fraction
    curve = {
        "fraction": fraction,
        "benefit_enrolled": enrolled,
        "benefit_excluded": left_out,
        "randomised": randomised,
        "screened": screened,
        "months": spec.resources.months(screened),
        "cost": spec.resources.cost(randomised, np.where(excluded > 0, screened, 0.0)),
    }
    return TopFractionCurve(spec=spec, curve=pd.DataFrame(curve))
