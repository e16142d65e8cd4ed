"""Groups of a fitted trial from the worst to the best off, with what an allocation delivers to each."""

from dataclasses import dataclass

import numpy as np

from ite.allocation.allocate import AllocationFrontier
from ite.allocation.distributional_gain import Aversion
from ite.allocation.health_groups import HealthGroups
from ite.errors import AllocationError
from ite.estimation.outcome import direction
from ite.estimation.result import EffectEstimate
from ite.trial.columns import FloatArray
from ite.trial.data import TrialData
from ite.trial.groups import groups_of
from ite.trial.normal import NORMAL_975

_PERCENT = 100.0
#: Step of the numerical derivative, as a part of the mean level.
_STEP = 1e-5


@dataclass(frozen=True, kw_only=True)
class Limits:
    """A 95 % interval."""

    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True)
class WorthLimits:
    """95 % intervals of the mean gain, of what equity adds, and of their sum."""

    mean: Limits
    equity: Limits
    ede: Limits


@dataclass(frozen=True, kw_only=True, eq=False)
class FittedHealth:
    """Estimates: the groups' predicted levels without treatment, and the gains that an allocation delivers.

    Attributes
    ----------
    groups : HealthGroups
        In order of their levels; what paying takes is not known from a trial and stands at 0.
    unit : str
        Of levels and gains, in words.
    covariance : array, shape (groups, groups)
        Of the gains. The levels are taken as known.
    """

    groups: HealthGroups
    unit: str
    covariance: FloatArray

    def limits(self, aversion: Aversion) -> WorthLimits:
        """Return 95 % intervals at an aversion: first-order error of the gains, the levels taken as known."""
        found = self.groups.worth(aversion)
        share = np.array(self.groups.people) / sum(self.groups.people)
        slope = self._slope(aversion)
        return WorthLimits(
            mean=self._interval(found.mean_gain, share),
            equity=self._interval(found.equity_gain, slope - share),
            ede=self._interval(found.ede_gain, slope),
        )

    def gain_limits(self) -> tuple[FloatArray, FloatArray]:
        """Return lower and upper 95 % limits of each group's gain, one at a time, each of shape (groups,)."""
        gain, reach = np.array(self.groups.gain), NORMAL_975 * np.sqrt(np.diag(self.covariance))
        return gain - reach, gain + reach

    def _slope(self, aversion: Aversion) -> FloatArray:
        """Return the derivative of the equally distributed equivalent by each group's gain, shape (groups,)."""
        step = _STEP * float(np.abs(self.groups.before).max())

        def shifted(group: int, by: float) -> float:
            level = self.groups.after
            level[group] += by
            return aversion.ede(level, self.groups.people)

        count = len(self.groups.names)
        return np.array([(shifted(group, step) - shifted(group, -step)) / (2 * step) for group in range(count)])

    def _interval(self, value: float, slope: FloatArray) -> Limits:
        reach = NORMAL_975 * float(np.sqrt(np.maximum(slope @ self.covariance @ slope, 0.0)))
        return Limits(lower=value - reach, upper=value + reach)


def fitted_health(trial: TrialData, effects: EffectEstimate, found: AllocationFrontier) -> FittedHealth:
    """Return the groups of an allocation, from the worst to the best predicted outcome under control.

    Levels are means of the cross-fitted predictions under control: the probability of a good outcome (or of no bad
    one), in percent, or the restricted mean time. Gains are what the chosen point of the frontier delivers per member.

    Raises
    ------
    AllocationError
        Where there are no groups, and for an outcome whose zero does not mean "none of it": a number, or a time that
        is better the shorter it is.
    """
    column = found.spec.equity
    if column is None:
        raise AllocationError("Inequality is between groups, but none were chosen. Choose a column under Groups.")
    level, unit, factor = _outlook(trial, effects)
    groups = groups_of(trial, column)
    count = len(groups.names)
    if count == 1:
        raise AllocationError(
            f"Inequality needs two groups at least, but '{column}' has one. Choose another column under Groups."
        )
    levels = np.array([level[groups.of == group].mean() for group in range(count)])
    gains = factor * found.found.by_group[found.chosen]
    unknown = [name for name, gain in zip(groups.names, gains, strict=True) if not np.isfinite(gain)]
    if unknown:
        raise AllocationError(
            f"What the group {unknown[0]} gains is not known: none of its members, or those of a single cluster, are "
            "in the folds that value an allocation. Choose another column under Groups."
        )
    order = np.argsort(levels, kind="stable")
    members = np.bincount(groups.of, minlength=count)
    start = len(found.found.estimate) + found.chosen * count
    return FittedHealth(
        groups=HealthGroups(
            names=tuple(groups.names[group] for group in order),
            people=tuple(float(members[group]) for group in order),
            level=tuple(float(levels[group]) for group in order),
            gain=tuple(float(gains[group]) for group in order),
            lost=(0.0,) * count,
        ),
        unit=unit,
        covariance=factor**2 * found.found.covariance[np.ix_(start + order, start + order)],
    )


def _outlook(trial: TrialData, effects: EffectEstimate) -> tuple[FloatArray, str, float]:
    """Return each patient's predicted level under control, its unit, and what gains are multiplied with for it."""
    # The prediction is turned so that larger is better: a good outcome's probability, or minus a bad one's.
    predicted, good = effects.baseline_risk, direction(trial) > 0
    if trial.outcome_kind == "binary":
        return _PERCENT * np.clip(predicted if good else 1.0 + predicted, 0.0, 1.0), "%", _PERCENT
    if trial.outcome_kind == "time_to_event" and good:
        return predicted, trial.spoken(trial.roles.time), 1.0
    found = "a time that is better the shorter it is" if trial.outcome_kind == "time_to_event" else "a number"
    raise AllocationError(
        f"Inequality needs a level whose zero means none of it, such as a probability or a time that is better the "
        f"longer it is, but this trial's outcome is {found}. Type the groups instead."
    )
