"""Where to cut a marker along which the effect changes: patients randomised and screened above each cut."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field

from ite.design.alternatives.fields import SMALL, Alpha, InnerShare, Positive, within
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.design.alternatives.normal_test import size_of_means
from ite.design.alternatives.resources import Resources
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import FloatArray

METHOD = (
    "Closed form: mean effect above a cut of a marker's percentile, size of a 1:1 one-sided z-test, and the cut that "
    "screens fewest."
)
ASSUMPTIONS = (
    "The cut is fixed before the trial, and the effect depends on the marker as it is typed.",
    "The standard deviation within each arm is known and the same above every cut.",
)
CUTS = tuple(float(cut) for cut in np.round(np.arange(0, 0.96, 0.05), 2))
Cut = Annotated[float, within(0.0, 1 - SMALL)]


class MarkerCut(DesignSpec):
    """A trial that enrols above a cut of a marker.

    Attributes
    ----------
    effect
        Effect along the percentile of the marker.
    cutpoints
        Cuts in [0, 1): patients above one are enrolled.
    sd, alpha, power
        Standard deviation within each arm, one-sided level and power.
    resources
        Patients per month and prices; where everybody is enrolled nobody is screened.
    """

    effect: MarkerEffect
    cutpoints: tuple[Cut, ...] = Field(default=CUTS, min_length=1)
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
        Cut with the fewest patients screened, whether or not it is among the cutpoints.
    best : Series
        Its row.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: MarkerCut
    curve: pd.DataFrame
    best_cutpoint: float
    best: pd.Series
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def marker_cut_curve(spec: MarkerCut) -> MarkerCutCurve:
    """Return effect and size above each cut, and the cut that screens fewest.

    Raises
    ------
    DesignError
        If the power is not above alpha, or if neither everybody nor the patients at high values benefit.
    """
    if not spec.effect.has_benefit:
        raise DesignError(
            f"There must be a benefit at high values of the marker; found an effect of {spec.effect.high:g}. "
            "The nearest possible effect is just above 0."
        )
    best_cut = _best_cut(spec)
    return MarkerCutCurve(
        spec=spec,
        curve=_curve(spec, np.asarray(spec.cutpoints)),
        best_cutpoint=best_cut,
        best=_curve(spec, np.array([best_cut])).iloc[0],
    )


def _curve(spec: MarkerCut, cut: FloatArray) -> pd.DataFrame:
    effect = spec.effect.mean_above(cut)
    randomised = size_of_means(effect, sd=spec.sd, alpha=spec.alpha, power=spec.power)
    screened = randomised / (1 - cut)
    return pd.DataFrame(
        {
            "cutpoint": cut,
            "effect": effect,
            "randomised": randomised,
            "screened": screened,
            "months": spec.resources.months(screened),
            "cost": spec.resources.cost(randomised, np.where(cut > 0, screened, 0.0)),
        }
    )


def _best_cut(spec: MarkerCut) -> float:
    """Return the cut c that maximises (1 - c) (mean effect above c)^2, which is proportional to 1 / screened.

    On a rising line it is 1/3 - 2 low / (3 (high - low)), or 0. On a step the product is convex in 1 - c below the
    step and falls above it, so that only 0 and the step can be best; on a falling effect only 0 can be.
    """
    effect = spec.effect
    if effect.high <= effect.low:
        return 0.0
    if effect.shape == "line":
        return max(0.0, 1 / 3 - 2 * effect.low / (3 * (effect.high - effect.low)))
    either = _curve(spec, np.array([0.0, min(effect.change, 1 - SMALL)]))
    return float(either["cutpoint"][int(np.argmin(either["screened"]))])
