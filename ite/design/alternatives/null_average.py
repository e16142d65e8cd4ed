"""The null average: why a trial of many branches may find no treatment best although most patients have a best one.

Two reasons are put in numbers: effects of opposite sign cancel in the average, and branches grow small.
Source: Rush et al. 2006, American Journal of Psychiatry 163:1905-1917 (the trial); own derivation.
"""

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from ite.design.alternatives.fields import Alpha, Count, InnerShare, Real, Share
from ite.design.fixed.rates import Rates
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

BRANCHING = (
    "Normal approximation of a two-sided two-proportion z-test with pooled variance; rejections in the wrong direction "
    "are not counted."
)
CANCELLING = "Exact sums over the marker groups."
OF_BRANCHING = (
    "Patients are shared out equally at each level, and sequences are compared among those who end each.",
    "Branches differ by chance only: who is retained does not depend on treatment.",
)
OF_CANCELLING = ("The marker groups are known without error, and the effect is the same throughout each.",)


class OppositeEffects(DesignSpec):
    """Effects of treatment A against B in groups of patients.

    Attributes
    ----------
    shares
        Shares of the groups; they add up to 1.
    effects
        A minus B in each group; positive where A is better.
    """

    shares: tuple[Share, ...] = Field(min_length=1)
    effects: tuple[Real, ...] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Cancellation:
    """What the average hides.

    Attributes
    ----------
    average : float
        Average effect of A against B.
    sd : float
        Standard deviation of the effect between patients.
    best_single_gain : float
        Gain per patient of the better single treatment over B for everybody.
    gain_from_matching : float
        Further gain per patient if each group gets its better treatment.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: OppositeEffects
    average: float
    sd: float
    best_single_gain: float
    gain_from_matching: float
    method: str = CANCELLING
    assumptions: tuple[str, ...] = OF_CANCELLING


class Branching(DesignSpec):
    """A trial that splits at every level.

    Attributes
    ----------
    entrants
        Patients who enter.
    levels, arms_per_level
        How often they are randomised, and between how many treatments.
    retained_each_level
        Share of the patients who go on past each level.
    rate_one, rate_other
        Rates of response after the two sequences that are compared.
    alpha_two_sided
        Two-sided level.
    """

    entrants: Count
    levels: int = Field(ge=1, le=20)
    arms_per_level: int = Field(ge=1, le=50)
    retained_each_level: Share = 1.0
    rate_one: InnerShare
    rate_other: InnerShare
    alpha_two_sided: Alpha = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class BranchingPower:
    """What is left to compare.

    Attributes
    ----------
    n_per_sequence : float
        Expected patients in each sequence, not rounded.
    power : float
        Power of the comparison of two sequences.
    power_without_branching : float
        Power if all entrants were shared between the two.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: Branching
    n_per_sequence: float
    power: float
    power_without_branching: float
    method: str = BRANCHING
    assumptions: tuple[str, ...] = OF_BRANCHING


def cancellation(spec: OppositeEffects) -> Cancellation:
    """Return the average effect, its spread between groups, and what matching treatment to group would gain.

    Raises
    ------
    DesignError
        If the shares are not one for each effect, or do not add up to 1.
    """
    shares, effects = np.array(spec.shares), np.array(spec.effects)
    if len(shares) != len(effects) or abs(shares.sum() - 1) > 1e-9:
        raise DesignError(
            f"Each effect needs the share of its group, and the shares add up to 1; found {len(effects)} effects and "
            f"{len(shares)} shares that add up to {shares.sum():.4g}."
        )
    average = float(shares @ effects)
    best_single = max(average, 0.0)
    return Cancellation(
        spec=spec,
        average=average,
        sd=float(np.sqrt(shares @ (effects - average) ** 2)),
        best_single_gain=best_single,
        gain_from_matching=float(shares @ np.maximum(effects, 0.0)) - best_single,
    )


def branching_power(spec: Branching) -> BranchingPower:
    """Return the size of one sequence and the power to tell two of them apart, with and without branching."""
    left = spec.entrants * (spec.retained_each_level / spec.arms_per_level) ** spec.levels
    return BranchingPower(
        spec=spec,
        n_per_sequence=left,
        power=_power_of_rates(spec, left),
        power_without_branching=_power_of_rates(spec, spec.entrants / 2),
    )


def _power_of_rates(spec: Branching, n_per_group: float) -> float:
    low, high = sorted([spec.rate_one, spec.rate_other])
    rates = Rates(rate_treatment=high, rate_control=low)
    return rates.power(2 * n_per_group, alpha=spec.alpha_two_sided / 2)
