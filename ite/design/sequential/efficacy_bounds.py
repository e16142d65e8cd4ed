"""Efficacy bounds of the three kinds of rule: one constant and a shape, fixed interim bounds, spending."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from ite.design.sequential.bound_search import bound_that_spends
from ite.design.sequential.crossing import START, Continuing, first_crossing
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

_NO_DRIFT = np.zeros(1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Looks:
    """The looks of a trial under the null; all arrays of shape (looks,).

    Attributes
    ----------
    fractions
        Information fractions.
    may_reject
        Whether a look can stop the trial to reject.
    lower
        Futility bounds that are obeyed for sure, on the z scale; -inf for none.
    """

    fractions: FloatArray
    may_reject: BoolArray
    lower: FloatArray

    def rejection_probabilities(self, upper: FloatArray) -> FloatArray:
        """Return the probability of first crossing the upper bound at each look, shape (looks,)."""
        return first_crossing(self.fractions, upper, self.lower, _NO_DRIFT).upper[:, 0]

    def after(self, trials: Continuing, look: int, upper: float) -> Continuing:
        """Return the trials still under way after a look before the last, counted from 0."""
        return trials.after(
            self.fractions[look], lower=self.lower[look], upper=upper, following=self.fractions[look + 1]
        )

    def permitted(self, upper: FloatArray) -> FloatArray:
        """Return the bounds, infinite where a look cannot reject and never below the futility bound."""
        return np.where(self.may_reject, np.maximum(upper, self.lower), np.inf)


def one_constant_bounds(looks: Looks, shape: FloatArray, alpha: float) -> FloatArray:
    """Return C * shape with the constant C that spends alpha in all, shape (looks,)."""
    rejecting = shape[looks.may_reject]

    def excess(constant: float) -> float:
        return float(looks.rejection_probabilities(looks.permitted(constant * shape)).sum()) - alpha

    # All looks together spend at most the sum of what each spends alone ...
    highest = -float(ndtri(alpha / len(rejecting))) / rejecting.min() + 0.001
    # ... and at least what one spends alone, unless a futility look takes trials away before.
    lowest = -float(ndtri(alpha)) / rejecting.min() - 0.001 if np.isneginf(looks.lower).all() else 0.0
    if excess(lowest) < 0.0:
        raise DesignError(
            f"The futility bounds stop so many trials that the level of {100.0 * alpha:g} % cannot be spent. "
            "Choose lower futility bounds."
        )
    return looks.permitted(float(brentq(excess, lowest, highest, xtol=1e-11, rtol=1e-13)) * shape)


def fixed_interim_bounds(looks: Looks, interim_z: float, alpha: float) -> FloatArray:
    """Return `interim_z` at each look before the last and there the bound that spends the rest of alpha."""
    upper = looks.permitted(np.full(len(looks.fractions), interim_z))
    upper[-1] = np.inf
    spent = float(looks.rejection_probabilities(upper).sum())
    if spent >= alpha:
        safe = -float(ndtri(alpha / len(upper)))
        raise DesignError(
            f"The interim bound z = {interim_z:g} alone spends {100.0 * spent:.4g} %, but the level of the whole trial "
            f"is {100.0 * alpha:g} %. An interim bound of at least {safe:.2f} leaves something for the last look."
        )
    trials = Continuing.at(START, _NO_DRIFT)
    for look in range(len(upper) - 1):
        trials = looks.after(trials, look, upper[look])
    upper[-1] = bound_that_spends(trials, looks.fractions[-1], alpha - spent, "above")
    return upper


def spending_bounds(looks: Looks, planned: FloatArray) -> FloatArray:
    """Return the bounds that spend `planned`, cumulative by look.

    What a look that cannot reject leaves unspent is spent at the next look that can.
    """
    upper, spent = np.full(len(planned), np.inf), 0.0
    trials = Continuing.at(START, _NO_DRIFT)
    for look, fraction in enumerate(looks.fractions):
        if looks.may_reject[look]:
            bound = bound_that_spends(trials, fraction, planned[look] - spent, "above")
            upper[look], spent = max(bound, looks.lower[look]), planned[look]
        if look + 1 < len(planned):
            trials = looks.after(trials, look, upper[look])
    return upper
