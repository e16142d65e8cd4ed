"""Rules for stopping early without rejecting, and their bounds on the z scale."""

from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from ite.design.fixed.spec import DesignSpec, Finite
from ite.design.sequential.bound_search import bound_that_spends
from ite.design.sequential.conditional import z_of_conditional_power, z_of_predictive_power
from ite.design.sequential.crossing import START, Continuing
from ite.design.sequential.spending import SpendingFamily, cumulative_spending
from ite.errors import DesignError
from ite.trial.columns import FloatArray

Scale = Literal[
    "z",
    "effect",
    "effect_share",
    "conditional_power",
    "conditional_power_of_trend",
    "predictive_power",
    "beta_spending",
]
_PROBABILITIES = {"conditional_power", "conditional_power_of_trend", "predictive_power"}


class Futility(DesignSpec):
    """Stop without rejecting at looks before the last, where the statistic is at or below a bound.

    Attributes
    ----------
    scale
        z; effect (estimate in units of the endpoint: difference of means or rates, hazard ratio); effect_share
        (estimate as a share of the assumed effect, on the log scale for a hazard ratio); conditional_power under the
        assumed effect, or of_trend under the observed one; predictive_power from a flat prior; or beta_spending.
    bounds
        One for each look before the last, None where there is no futility stop; none at all for beta_spending.
    binding
        Whether the bound will be obeyed for sure. Only then does it lower the bounds for efficacy; otherwise they are
        computed as if nobody ever stopped for futility, and the level holds either way.
    spending, parameter
        For beta_spending: how one minus the power is spent over the information, and the gamma or rho of the family.
    """

    scale: Scale = "z"
    bounds: tuple[Finite | None, ...] = ()
    binding: bool = False
    spending: SpendingFamily = "lan_demets_obf"
    parameter: float | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.scale == "beta_spending") == bool(self.bounds):
            raise DesignError(
                "Futility needs a bound for each look before the last, unless beta is spent: then it has none. "
                f"The scale is '{self.scale}' and {len(self.bounds)} bounds were given."
            )
        wrong = [bound for bound in self.bounds if bound is not None and not 0.0 < bound < 1.0]
        if self.scale in _PROBABILITIES and wrong:
            raise DesignError(
                f"A bound of {self.scale.replace('_', ' ')} lies between 0 % and 100 %, but {100.0 * wrong[0]:.4g} % "
                "was given. Take one in between."
            )
        needs = self.scale == "beta_spending" and self.spending in ("hwang_shih_decani", "kim_demets")
        if needs != (self.parameter is not None):
            raise DesignError(
                "Spending beta by 'hwang_shih_decani' or 'kim_demets' takes a parameter, and nothing else does, but "
                f"'{self.scale}' with '{self.spending}' was given {self.parameter}."
            )
        return self


def futility_bounds(
    futility: Futility | None, fractions: FloatArray, upper: FloatArray, *, drift: float, beta: float
) -> FloatArray:
    """Return the lower bounds on the z scale, shape (looks,); the last one is the efficacy bound.

    Parameters
    ----------
    futility
        The rule; None stops at the last look only.
    fractions, upper : shape (looks,)
        Information fractions and efficacy bounds.
    drift
        Mean of Z at fraction 1 under the assumed effect.
    beta
        One minus the power, to be spent under that drift.
    """
    if futility is None:
        return np.append(np.full(len(fractions) - 1, -np.inf), upper[-1])
    if futility.scale == "beta_spending":
        return _beta_spending_bounds(futility, fractions, upper, drift=drift, beta=beta)
    if len(futility.bounds) != len(fractions) - 1:
        raise DesignError(
            f"Futility needs one bound for each of the {len(fractions) - 1} looks before the last, but "
            f"{len(futility.bounds)} were given. Write None where there is no futility stop."
        )
    values = np.array([np.nan if bound is None else bound for bound in futility.bounds])
    z = _on_z_scale(futility.scale, values, fractions[:-1], critical=float(upper[-1]), drift=drift)
    return np.append(np.minimum(np.where(np.isnan(values), -np.inf, z), upper[:-1]), upper[-1])


def _on_z_scale(
    scale: Scale, values: FloatArray, fractions: FloatArray, *, critical: float, drift: float
) -> FloatArray:
    match scale:
        case "z":
            return values
        case "effect_share":
            return np.asarray(values * drift * np.sqrt(fractions))
        case "conditional_power":
            return z_of_conditional_power(values, fractions, critical=critical, drift=drift)
        case "conditional_power_of_trend":
            return z_of_conditional_power(values, fractions, critical=critical, drift=None)
        case "predictive_power":
            return z_of_predictive_power(values, fractions, critical=critical)
    raise ValueError(f"an endpoint must turn the scale {scale} into effect_share first")


def _beta_spending_bounds(
    futility: Futility, fractions: FloatArray, upper: FloatArray, *, drift: float, beta: float
) -> FloatArray:
    planned = cumulative_spending(futility.spending, fractions, beta, futility.parameter)
    lower, spent = np.array(upper), 0.0
    trials = Continuing.at(START, np.array([drift]))
    for look, fraction in enumerate(fractions[:-1]):
        spend, spent = planned[look] - spent, planned[look]
        # Where all that is left would not use up the spending, everything that does not reject stops.
        if spend < float(trials.below(upper[look], fraction)[0]):
            lower[look] = bound_that_spends(trials, fraction, spend, "below")
        trials = trials.after(fraction, lower=lower[look], upper=upper[look], following=fractions[look + 1])
    return lower
