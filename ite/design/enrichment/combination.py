"""Stages put together: one test of a hypothesis from independent stage-wise p-values, and when it may stop early."""

from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
from scipy.optimize import brentq
from scipy.special import log_ndtr
from scipy.stats import chi2

from ite.design.sequential.boundary import Boundary, critical_values
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

CombinationName = Literal["inverse_normal", "fisher", "fisher_full_level"]


class Combination(Protocol):
    """Adds one stage after another and says which hypotheses are crossed."""

    def add(self, z: FloatArray) -> BoolArray:
        """Add a stage's z-values, NaN where nothing new was observed; return what is crossed now, same shape."""


class InverseNormal:
    """Weighted sum of stage-wise z-values (Lehmacher and Wassmer 1999), weights fixed by the planned information.

    Stage k has the weight sqrt(t_k - t_(k-1)); the sum over the stages so far, divided by sqrt(t_k), is compared with
    the critical value of that look. The weights stay whatever the stages become.
    """

    def __init__(self, boundary: Boundary, shape: tuple[int, int]) -> None:
        self._limits = critical_values(boundary)
        self._fractions = np.array(boundary.information_fractions)
        self._total = np.zeros(shape)
        self._stage = 0

    def add(self, z: FloatArray) -> BoolArray:
        """Add a stage; a hypothesis without new data cannot be crossed at this look."""
        fraction = self._fractions[self._stage]
        weight = np.sqrt(fraction - (self._fractions[self._stage - 1] if self._stage else 0.0))
        self._total += weight * z
        crossed = self._total >= self._limits[self._stage] * np.sqrt(fraction)
        self._stage += 1
        return np.asarray(crossed)


class Fisher:
    """Product of two stage-wise p-values (Bauer and Koehne 1994)."""

    def __init__(self, first: float, product: float, shape: tuple[int, int]) -> None:
        self._log_limits = np.log([first, product])
        self._log_p = np.zeros(shape)
        self._stage = 0

    def add(self, z: FloatArray) -> BoolArray:
        """Add a stage."""
        self._log_p += log_ndtr(-z)
        crossed = self._log_p <= self._log_limits[self._stage]
        self._stage += 1
        return np.asarray(crossed)


def start_combination(name: CombinationName, boundary: Boundary, shape: tuple[int, int]) -> Combination:
    """Return an empty combination for this many hypotheses and trials, shape (hypotheses, trials).

    Raises
    ------
    DesignError
        For Fisher's product with more than two stages.
    """
    if name == "inverse_normal":
        return InverseNormal(boundary, shape)
    if len(boundary.information_fractions) != 2:
        raise DesignError(
            f"Fisher's product is offered for two stages; {len(boundary.information_fractions)} were given. "
            "Use the inverse-normal combination."
        )
    limits = fisher_equal_levels(boundary.alpha) if name == "fisher" else fisher_full_level(boundary.alpha)
    return Fisher(*limits, shape)


@lru_cache(maxsize=64)
def fisher_equal_levels(alpha: float, futility_p: float = 1.0) -> tuple[float, float]:
    """Return (c1, c2): reject at stage 1 if p1 <= c1, at the end if p1 p2 <= c2, with equal levels at both looks.

    Solves c1 + c2 log(futility_p / c1) = alpha with c2 (1 - log c2) = c1, each level taken without the stopping rules.

    Parameters
    ----------
    alpha
        One-sided.
    futility_p
        The trial stops without rejection where p1 is larger (binding); 1 is never.
    """

    def excess(log_c2: float) -> float:
        c2 = np.exp(log_c2)
        c1 = c2 * (1 - log_c2)
        return float(c1 + c2 * np.log(futility_p / c1) - alpha)

    c2 = float(np.exp(brentq(excess, np.log(alpha) - 30, np.log(alpha), xtol=1e-14)))
    return c2 * (1 - np.log(c2)), c2


def fisher_full_level(alpha: float) -> tuple[float, float]:
    """Return (c1, c2) of the classical product test at full level: c1 = c2 = exp(-chi2_{4, 1 - alpha} / 2)."""
    limit = float(np.exp(-chi2.isf(alpha, 4) / 2))
    return limit, limit
