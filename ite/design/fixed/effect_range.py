"""A true effect that is not known for sure: the range in which it lies, and the assurance that follows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ite.design.fixed.assurance import assurance
from ite.design.fixed.design import Endpoint
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.rates import Rates
from ite.design.fixed.spec import DesignSpec, Finite
from ite.design.fixed.trial_size import OneAnalysis, endpoint_at_share, evaluable_sizes
from ite.errors import DesignError
from ite.trial.normal import NORMAL_975

#: Standard deviations from end to end of a range that holds 95 % of a normal distribution.
_WIDTH = 2.0 * NORMAL_975
#: Sizes of a curve of assurance as shares of the planned one, which is among them.
CURVE_SHARES = np.arange(2, 41) / 20.0


class EffectRange(DesignSpec):
    """The range that holds the true effect with a probability of 95 %; normal, on the log scale for a hazard ratio.

    Attributes
    ----------
    weakest, strongest
        Its ends in units of the endpoint: difference of means or of rates (treatment minus control), or hazard ratio.
        The weakest may be harm.
    """

    weakest: Finite
    strongest: Finite


@dataclass(frozen=True, kw_only=True)
class EffectPrior:
    """A normal prior of the true effect, as a share of the assumed one (on the log scale for a hazard ratio).

    Attributes
    ----------
    mean, sd
        Of the share; the assumed effect is 1.
    """

    mean: float
    sd: float

    @property
    def benefit_probability(self) -> float:
        """Probability that there is any benefit: no trial, however large, succeeds more often."""
        return float(ndtr(self.mean / self.sd))


def effect_prior(endpoint: Endpoint, believed: EffectRange) -> EffectPrior:
    """Return the prior whose central 95 % are the range.

    Raises
    ------
    DesignError
        If an end is no possible effect, or the strongest is not better than the weakest.
    """
    if isinstance(endpoint, LogRank) and min(believed.weakest, believed.strongest) <= 0.0:
        raise DesignError(
            f"A hazard ratio lies above 0, but the range goes from {believed.weakest:g} to {believed.strongest:g}. "
            "Give hazard ratios, such as 0.9 and 0.6."
        )
    weakest, strongest = (endpoint.share_of_effect(end) for end in (believed.weakest, believed.strongest))
    prior = EffectPrior(mean=(weakest + strongest) / 2.0, sd=(strongest - weakest) / _WIDTH)
    if prior.sd <= 0.0:
        raise DesignError(
            "The strongest plausible effect is a greater benefit than the weakest, but "
            f"{believed.strongest:g} and {believed.weakest:g} were given. Swap them or widen the range."
        )
    middle = endpoint_at_share(endpoint, prior.mean)
    if isinstance(middle, Rates) and not 0.0 < middle.rate_treatment < 1.0:
        raise DesignError(
            "The middle of the range is a rate between 0 % and 100 %, but "
            f"{100.0 * middle.rate_treatment:.4g} % under treatment would follow. Move the range."
        )
    return prior


def usual_range(endpoint: Endpoint) -> EffectRange:
    """Return the range from half of the assumed effect to one and a half of it, on the log scale for a hazard ratio."""
    return EffectRange(weakest=endpoint.effect_at_share(0.5), strongest=endpoint.effect_at_share(1.5))


def assurance_curve(trial: OneAnalysis, n_total: float, believed: EffectRange) -> pd.DataFrame:
    """Return power and assurance of trials around a size.

    Returns
    -------
    DataFrame with columns patients (enrolled), power (if the assumed effect is true) and assurance; one row is the size
    itself. The assurance is that of the z-test, the power that of the endpoint's own test.
    """
    prior, endpoint = effect_prior(trial.endpoint, believed), trial.endpoint
    middle = endpoint_at_share(endpoint, prior.mean)
    prior_sd = prior.sd * abs(endpoint.standardised(1.0)) * endpoint.standard_error(1.0)
    patients = evaluable_sizes(trial, n_total * CURVE_SHARES)
    sizes = (patients * trial.information_per_patient()).tolist()
    return pd.DataFrame(
        {
            "patients": patients,
            "power": [endpoint.power(size, alpha=trial.alpha) for size in sizes],
            "assurance": [assurance(middle, size, prior_sd=prior_sd, alpha=trial.alpha) for size in sizes],
        }
    )
