"""Probabilities of first crossing a bound at each look, by recursive quadrature.

The score B(t) = Z(t) sqrt(t) has independent normal increments of mean drift * dt and variance dt, where t is the
information fraction and drift = E[Z(1)]. Its density on the paths that no look has stopped is carried from look to look
on Gauss-Legendre nodes, in panels that fit the smaller one of the increments before and after the look.

Sources: Armitage, McPherson & Rowe 1969, JRSS A 132:235-244; Jennison & Turnbull 2000, Group Sequential Methods,
chapter 19.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtr

from ite.trial.columns import FloatArray

#: Standard deviations around the mean beyond which no path is followed (probability 2e-33).
REACH = 12.0
#: Width of a quadrature panel in standard deviations of the smaller neighbouring increment.
PANEL = 5.0
NODES, WEIGHTS = leggauss(16)
#: Drifts further apart than this are followed apart: the density of one would vanish where the other lies.
DRIFT_SPAN = 40.0


@dataclass(frozen=True)
class Given:
    """An information fraction and the score B reached there."""

    fraction: float
    score: float


START = Given(fraction=0.0, score=0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Continuing:
    """The trials that no look has stopped so far.

    Attributes
    ----------
    fraction
        Information fraction of the last look; 0 before the first.
    drifts : shape (drifts,)
        Means of Z at fraction 1 for which probabilities are wanted.
    score : shape (nodes,)
        Values of the score B at which its density is known.
    mass : shape (nodes,)
        Density under the middle one of the drifts times quadrature weight.
    """

    fraction: float
    drifts: FloatArray
    score: FloatArray
    mass: FloatArray

    @classmethod
    def at(cls, given: Given, drifts: FloatArray) -> "Continuing":
        """Return all trials, known to stand at one score."""
        return cls(fraction=given.fraction, drifts=drifts, score=np.array([given.score]), mass=np.ones(1))

    def above(self, z: float, fraction: float) -> FloatArray:
        """Return the probability, by drift, to be under way until `fraction` and then to have Z >= z."""
        return self._beyond(z, fraction, side=1.0)

    def below(self, z: float, fraction: float) -> FloatArray:
        """Return the probability, by drift, to be under way until `fraction` and then to have Z <= z."""
        return self._beyond(z, fraction, side=-1.0)

    def remaining(self) -> FloatArray:
        """Return the probability, by drift, that no look has stopped the trial."""
        return np.asarray(self.mass @ self._likelihood_ratios())

    def _beyond(self, z: float, fraction: float, side: float) -> FloatArray:
        step = fraction - self.fraction
        mean = self.score[:, None] + self.drifts * step
        tail = ndtr(side * (mean - z * np.sqrt(fraction)) / np.sqrt(step))
        return np.asarray(self.mass @ (tail * self._likelihood_ratios()))

    def _likelihood_ratios(self) -> FloatArray:
        """Return each drift's density over that of the middle drift, given the score; shape (nodes, drifts)."""
        away = self.drifts - self.middle
        return np.asarray(np.exp(away * (self.score[:, None] - (away / 2.0 + self.middle) * self.fraction)))

    @property
    def middle(self) -> float:
        """The drift under which densities are carried."""
        return float(self.drifts.min() + self.drifts.max()) / 2.0

    def after(self, fraction: float, *, lower: float, upper: float, following: float) -> "Continuing":
        """Return the trials still under way after a look at `fraction` that stops outside (lower, upper).

        `following` is the fraction of the next look, for which the nodes must lie closely enough.
        """
        score, weights = self._nodes(fraction, lower, upper, following)
        step = fraction - self.fraction
        distance = score[:, None] - (self.score + self.middle * step)
        density = np.exp(distance * distance * (-0.5 / step)) @ self.mass / np.sqrt(2.0 * np.pi * step)
        return Continuing(fraction=fraction, drifts=self.drifts, score=score, mass=weights * density)

    def _nodes(self, fraction: float, lower: float, upper: float, following: float) -> tuple[FloatArray, FloatArray]:
        root, reach = np.sqrt(fraction), REACH * np.sqrt(fraction)
        left = max(lower * root, float(self.drifts.min()) * fraction - reach)
        right = min(upper * root, float(self.drifts.max()) * fraction + reach)
        if right <= left:
            return np.zeros(0), np.zeros(0)
        narrow = np.sqrt(min(fraction - self.fraction, following - fraction))
        edges = np.linspace(left, right, 1 + int(np.ceil((right - left) / (PANEL * narrow))))
        half = (edges[1] - edges[0]) / 2.0
        middles = (edges[:-1] + edges[1:]) / 2.0
        return (middles[:, None] + half * NODES).ravel(), np.tile(half * WEIGHTS, len(middles))


@dataclass(frozen=True, kw_only=True, eq=False)
class Crossing:
    """Probabilities of first crossing the upper or the lower bound at each look; both of shape (looks, drifts)."""

    upper: FloatArray
    lower: FloatArray


def first_crossing(
    fractions: FloatArray, upper: FloatArray, lower: FloatArray, drifts: FloatArray, *, given: Given = START
) -> Crossing:
    """Return where the statistic first leaves its bounds, for each drift.

    Parameters
    ----------
    fractions, upper, lower : shape (looks,)
        Increasing information fractions; bounds on the z scale: the trial stops where Z >= upper or Z <= lower. An
        infinite bound never stops it.
    drifts : shape (drifts,)
        Mean of Z at fraction 1; Z at fraction t has mean drift * sqrt(t).
    given
        An information fraction before the first look, and the score already reached there.
    """
    if np.any(np.asarray(lower) > np.asarray(upper)):
        raise ValueError("a lower bound lies above its upper bound")
    if len(drifts) > 1 and np.ptp(drifts) > DRIFT_SPAN:
        parts = [first_crossing(fractions, upper, lower, np.array([drift]), given=given) for drift in drifts]
        return Crossing(upper=np.hstack([p.upper for p in parts]), lower=np.hstack([p.lower for p in parts]))
    above, below = [], []
    trials = Continuing.at(given, np.asarray(drifts, dtype=float))
    for look, fraction in enumerate(fractions):
        above.append(trials.above(upper[look], fraction))
        below.append(trials.below(lower[look], fraction))
        if look + 1 < len(fractions):
            trials = trials.after(fraction, lower=lower[look], upper=upper[look], following=fractions[look + 1])
    return Crossing(upper=np.array(above), lower=np.array(below))
