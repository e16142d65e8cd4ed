"""The looks of a trial as a table, with its bounds on the scales in which people think."""

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ite.design.fixed.design import Endpoint
from ite.design.sequential.conditional import conditional_power, predictive_power
from ite.design.sequential.stopping import Bounds
from ite.trial.columns import FloatArray


def describe_looks(
    bounds: Bounds, endpoint: Endpoint, *, drift: float, max_size: float, months: FloatArray
) -> pd.DataFrame:
    """Return one row per look.

    Columns: look, information_fraction, size (patients or events), month; z_efficacy, p_efficacy (nominal, one-sided)
    and effect_efficacy (estimate at the bound, in units of the endpoint); z_futility, effect_futility,
    conditional_power_at_futility (under the assumed effect) and predictive_power_at_futility. A bound that does not
    exist is NaN.
    """
    fractions, upper = bounds.fractions, np.where(np.isinf(bounds.upper), np.nan, bounds.upper)
    lower = np.where(np.isinf(bounds.lower), np.nan, bounds.lower)
    lower[-1] = np.nan  # the last look has one bound
    critical, before = float(bounds.upper[-1]), slice(None, -1)
    table = pd.DataFrame(
        {
            "look": np.arange(1, len(fractions) + 1),
            "information_fraction": fractions,
            "size": max_size * fractions,
            "month": months,
            "z_efficacy": upper,
            "p_efficacy": ndtr(-upper),
            "effect_efficacy": _effects(endpoint, upper, drift * np.sqrt(fractions)),
            "z_futility": lower,
            "effect_futility": _effects(endpoint, lower, drift * np.sqrt(fractions)),
            "conditional_power_at_futility": np.nan,
            "predictive_power_at_futility": np.nan,
        }
    )
    z, t = lower[before], fractions[before]
    table.loc[table.index[before], "conditional_power_at_futility"] = conditional_power(
        z, t, critical=critical, drift=drift
    )
    table.loc[table.index[before], "predictive_power_at_futility"] = predictive_power(z, t, critical=critical)
    return table


def _effects(endpoint: Endpoint, z: FloatArray, expected_z: FloatArray) -> list[float]:
    """Return the estimates that lie at z, where the assumed effect is expected at `expected_z`."""
    return [endpoint.effect_at_share(share) for share in (z / expected_z).tolist()]
