"""Treatment-by-marker interaction: its power, its size, and why it takes four to sixteen times the patients.

Legend: g is the share of marker-positives, d the difference of the two effects, se its standard error.
se^2 = 4 sd^2 (1/(g n) + 1/((1 - g) n)).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from ite.design.alternatives.fields import Alpha, InnerShare, Positive, Real
from ite.design.fixed.means import Means
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.evaluation.interaction import interaction_variance_ratio

METHOD = "Closed form: two-sided z-test of the difference between two stratum effects, and of the overall effect."
ASSUMPTIONS = (
    "1:1 within each stratum, known standard deviation, the same in every stratum and arm.",
    "The strata have exactly their expected sizes; sizes neglect rejections in the wrong direction, powers count them.",
)


class InteractionTest(DesignSpec):
    """Two strata of a marker, and the test of whether their effects differ.

    Attributes
    ----------
    prevalence
        Share of marker-positives.
    effect_subgroup, effect_complement
        Difference of means with and without the marker.
    sd
        Standard deviation within each arm.
    alpha_two_sided
        Two-sided level.
    """

    prevalence: InnerShare
    effect_subgroup: Real
    effect_complement: Real
    sd: Positive = 1.0
    alpha_two_sided: Alpha = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class InteractionPower:
    """Power of the interaction test at a given size.

    Attributes
    ----------
    se : float
        Standard error of the difference of the two effects.
    power : float
        Two-sided power, both rejection tails counted.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: InteractionTest
    n_total: float
    se: float
    power: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


class InteractionSize(DesignSpec):
    """Two effects to be shown: the overall one, and the difference between two strata.

    Attributes
    ----------
    prevalence
        Share of marker-positives.
    main_effect, interaction_effect
        Overall difference of means, and the difference of the two stratum effects.
    sd, alpha_two_sided, power
        Standard deviation within each arm, two-sided level and power.
    """

    prevalence: InnerShare
    main_effect: Real
    interaction_effect: Real
    sd: Positive = 1.0
    alpha_two_sided: Alpha = 0.05
    power: InnerShare = 0.8


@dataclass(frozen=True, kw_only=True, eq=False)
class InteractionSizes:
    """Patients for either question.

    Attributes
    ----------
    n_main, n_interaction : float
        Totals of both arms, fractional.
    ratio : float
        How many times the size the interaction takes.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: InteractionSize
    n_main: float
    n_interaction: float
    ratio: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def interaction_power(spec: InteractionTest, n_total: float) -> InteractionPower:
    """Return the power with which `n_total` patients show that the two effects differ.

    Raises
    ------
    DesignError
        If there are fewer than four patients, one for each arm of each stratum.
    """
    if n_total < 4:
        raise DesignError(f"The test needs a patient in each arm of each stratum; found {n_total:g}. Enter at least 4.")
    se = 2 * spec.sd * float(np.sqrt(interaction_variance_ratio(spec.prevalence) / n_total))
    signal = abs(spec.effect_subgroup - spec.effect_complement) / se
    critical = ndtri(1 - spec.alpha_two_sided / 2)
    return InteractionPower(
        spec=spec, n_total=n_total, se=se, power=float(ndtr(signal - critical) + ndtr(-signal - critical))
    )


def interaction_size(spec: InteractionSize) -> InteractionSizes:
    """Return the patients for the overall effect and for the interaction.

    Raises
    ------
    DesignError
        If either effect is 0 or too small to be shown, or if the power is not above half of alpha.
    """
    main, interaction = (
        Means(mean_difference=effect, sd=spec.sd).size(alpha=spec.alpha_two_sided / 2, power=spec.power)
        for effect in (spec.main_effect, spec.interaction_effect)
    )
    interaction *= interaction_variance_ratio(spec.prevalence)
    return InteractionSizes(spec=spec, n_main=main, n_interaction=interaction, ratio=interaction / main)


def interaction_size_ratio(prevalence: float, relative_size: float) -> float:
    """Return how many times the size an interaction takes that is `relative_size` times the main effect.

    Four times for equal effects and an even split; sixteen times for an interaction of half the main effect.
    """
    return interaction_variance_ratio(prevalence) / relative_size**2


def interaction_table(
    prevalences: tuple[float, ...] = (0.5, 0.3, 0.2, 0.1), relative_sizes: tuple[float, ...] = (1.0, 0.75, 0.5)
) -> pd.DataFrame:
    """Return how many times the size: one row per share of marker-positives, one column per relative interaction."""
    rows = [[interaction_size_ratio(share, size) for size in relative_sizes] for share in prevalences]
    return pd.DataFrame(rows, index=pd.Index(prevalences, name="prevalence"), columns=pd.Index(relative_sizes))
