"""Where to cut a marker along which the effect grows: patients randomised and screened above each cut."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field

from ite.design.alternatives.fields import SMALL, Alpha, InnerShare, Positive, Real, within
from ite.design.alternatives.normal_test import size_of_means
from ite.design.alternatives.resources import Resources
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

METHOD = (
    "Closed form: mean effect above a cut of a uniform marker and the size of a 1:1 one-sided z-test; the cut that "
    "screens fewest is max(0, 1/3 - 2 intercept / (3 slope))."
)
ASSUMPTIONS = (
    "The marker is uniform on (0, 1), such as a percentile, and the effect is a straight line in it.",
    "The standard deviation within each arm is known and the same above every cut.",
)
Cut = Annotated[float, within(0.0, 1 - SMALL)]


class MarkerCut(DesignSpec):
    """An effect that grows along a marker.

    Attributes
    ----------
    effect_intercept, effect_slope
        Effect at marker 0, and how much larger it is at marker 1; the slope is positive.
    cutpoints
        Cuts in [0, 1): patients above one are enrolled.
    sd, alpha, power
        Standard deviation within each arm, one-sided level and power.
    resources
        Patients per month and prices; where everybody is enrolled nobody is screened.
    """

    effect_intercept: Real
    effect_slope: Positive
    cutpoints: tuple[Cut, ...] = Field(default=(0.0, 0.2, 0.4, 0.6, 0.8), min_length=1)
    sd: Positive = 1.0
    alpha: Alpha = 0.025
    power: InnerShare = 0.9
    resources: Resources = Resources()


@dataclass(frozen=True, kw_only=True, eq=False)
class MarkerCutCurve:
    """What each cut costs.

    Attributes
    ----------
    curve : DataFrame, one row per cut
        Columns cutpoint, effect (mean above the cut), randomised, screened, months, cost; infinite where there is no
        benefit, NaN where a rate or price is not known.
    best_cutpoint : float
        Cut with the fewest patients screened.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: MarkerCut
    curve: pd.DataFrame
    best_cutpoint: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def marker_cut_curve(spec: MarkerCut) -> MarkerCutCurve:
    """Return effect and size above each cut, and the cut that screens fewest.

    Raises
    ------
    DesignError
        If the power is not above alpha, or if no patient benefits.
    """
    if spec.effect_intercept + spec.effect_slope <= 0:
        raise DesignError(
            "The effect must be a benefit at the top of the marker, where it is intercept plus slope; found "
            f"{spec.effect_intercept + spec.effect_slope:g}. "
            f"The nearest possible slope is just above {-spec.effect_intercept:g}."
        )
    cut = np.asarray(spec.cutpoints)
    effect = spec.effect_intercept + spec.effect_slope * (1 + cut) / 2
    randomised = size_of_means(effect, sd=spec.sd, alpha=spec.alpha, power=spec.power)
    screened = randomised / (1 - cut)
    curve = {
        "cutpoint": cut,
        "effect": effect,
        "randomised": randomised,
        "screened": screened,
        "months": spec.resources.months(screened),
        "cost": spec.resources.cost(randomised, np.where(cut > 0, screened, 0.0)),
    }
    best = max(0.0, 1 / 3 - 2 * spec.effect_intercept / (3 * spec.effect_slope))
    return MarkerCutCurve(spec=spec, curve=pd.DataFrame(curve), best_cutpoint=best)
