"""How unequally health or benefit is spread between people: Lorenz curve, Gini, Atkinson and Kolm.

Legend: x is the level of one person, w the share of the people at this level (they sum to 1), mu the mean of x. EDE is
the equally distributed equivalent: the level that, had by everybody alike, would be as good as the unequal levels are.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logsumexp

from ite.allocation.levels import Levels
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

#: Below this largest exponent a mean of exponentials is taken near 1, where it loses no digits for a small rate.
_SMALL = 0.5


def lorenz_curve(levels: npt.ArrayLike, people: npt.ArrayLike | None = None) -> pd.DataFrame:
    """Return the corners of the Lorenz curve: share of the people (worst off first), and share of the total they hold.

    Parameters
    ----------
    levels : array, shape (rows,)
        At least 0, and not all 0.
    people : array, shape (rows,), or None
        People at each level; None counts each row as one.

    Returns
    -------
    DataFrame, one row per corner, from (0, 0) to (1, 1)
        people, held.

    Raises
    ------
    AllocationError
        For levels below 0, or that add up to 0.

    Source: Lorenz 1905, Publications of the American Statistical Association 9:209-219.
    """
    spread = Levels.of(levels, people)
    spread.require_not_negative("A Lorenz curve")
    mean = spread.positive_mean("A Lorenz curve")
    order = np.argsort(spread.value, kind="stable")
    value, share = spread.value[order], spread.share[order]
    return pd.DataFrame(
        {"people": np.append(0.0, np.cumsum(share)), "held": np.append(0.0, np.cumsum(share * value) / mean)}
    )


def gini(levels: npt.ArrayLike, people: npt.ArrayLike | None = None) -> float:
    """Return the Gini index: 0 where all levels are equal, near 1 where one person has everything.

    Twice the area between the Lorenz curve and the diagonal; the mean absolute difference of two people over 2 mu, in
    the population form (no n / (n - 1)). Parameters and errors as of `lorenz_curve`.

    Source: Gini 1912; Sen 1973, On Economic Inequality.
    """
    curve = lorenz_curve(levels, people)
    return max(1.0 - 2.0 * float(np.trapezoid(curve["held"], curve["people"])), 0.0)


def atkinson_ede(levels: npt.ArrayLike, epsilon: float = 0.0, people: npt.ArrayLike | None = None) -> float:
    """Return Atkinson's EDE, (sum of w x^(1 - epsilon))^(1 / (1 - epsilon)): aversion to relative inequality.

    Parameters
    ----------
    levels, people
        As of `lorenz_curve`; a level of 0 brings the EDE to 0 where epsilon is 1 or more.
    epsilon
        Aversion to inequality, the user's: 0 (the mean) or more; 1 gives the geometric mean.

    Raises
    ------
    AllocationError
        For a negative aversion, and for levels below 0 where the aversion is above 0.

    Source: Atkinson 1970, J Economic Theory 2:244-263.
    """
    _require_aversion(epsilon)
    spread = Levels.of(levels, people)
    if epsilon == 0:
        return spread.mean
    spread.require_not_negative("Atkinson's index")
    some = (spread.value > 0) & (spread.share > 0)
    share = float(spread.share[some].sum())
    nobody_at_zero = not ((spread.value == 0) & (spread.share > 0)).any()
    if not nobody_at_zero and (epsilon >= 1 or share == 0):
        return 0.0
    power = 1.0 - epsilon
    logarithm = _exponential_mean(np.log(spread.value[some]), spread.share[some] / share, power)
    return float(np.exp(logarithm) * (1.0 if nobody_at_zero else share ** (1.0 / power)))


def atkinson(levels: npt.ArrayLike, epsilon: float = 0.0, people: npt.ArrayLike | None = None) -> float:
    """Return Atkinson's index 1 - EDE / mu: the share of the total that could be given up for equality.

    Parameters and errors as of `atkinson_ede`; the mean must be above 0.
    """
    mean = Levels.of(levels, people).positive_mean("Atkinson's index")
    return 1.0 - atkinson_ede(levels, epsilon, people) / mean


def kolm_ede(levels: npt.ArrayLike, alpha: float = 0.0, people: npt.ArrayLike | None = None) -> float:
    """Return Kolm's EDE, -(1 / alpha) log(sum of w exp(-alpha x)): aversion to absolute inequality.

    Parameters
    ----------
    levels, people
        As of `lorenz_curve`, but levels may have any sign.
    alpha
        Aversion to inequality per unit of x, the user's: 0 (the mean) or more.

    Raises
    ------
    AllocationError
        For a negative aversion.

    Source: Kolm 1976, J Economic Theory 12:416-442.
    """
    _require_aversion(alpha)
    spread = Levels.of(levels, people)
    held = spread.share > 0
    return _exponential_mean(spread.value[held], spread.share[held], -alpha)


def kolm(levels: npt.ArrayLike, alpha: float = 0.0, people: npt.ArrayLike | None = None) -> float:
    """Return Kolm's index mu - EDE, in the unit of the levels; parameters and errors as of `kolm_ede`."""
    return Levels.of(levels, people).mean - kolm_ede(levels, alpha, people)


def _exponential_mean(value: FloatArray, share: FloatArray, rate: float) -> float:
    """Return (1 / rate) log(sum of share * exp(rate * value)); the mean at rate 0, of which it loses no digits near."""
    mean = float(share @ value)
    exponent = rate * (value - mean)
    if rate == 0 or not exponent.any():
        return mean
    if np.abs(exponent).max() < _SMALL:
        return mean + float(np.log1p(share @ np.expm1(exponent))) / rate
    return mean + float(logsumexp(exponent, b=share)) / rate


def _require_aversion(aversion: float) -> None:
    if not (np.isfinite(aversion) and aversion >= 0):
        raise AllocationError(
            f"Aversion to inequality should be 0 or more, but {aversion:.6g} was given. At 0 the mean alone counts."
        )
