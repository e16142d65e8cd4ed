"""Egger's regression of genetic variants: their effect where all of them may also act by another way.

Legend: x is a variant's association with the exposure, turned to be positive, y with the outcome, s the standard error
of y; y = intercept + effect x, with weights 1 / s^2.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, stdtr, stdtrit

from ite.errors import ValuationError
from ite.value.mendelian_randomisation import Variants, require_variants

METHOD = (
    "Weighted regression of the associations with the outcome on those with the exposure, with an intercept: what the "
    "variants do on average by another way. The slope is causal if what a variant does by another way is unrelated to "
    "how strongly it acts on the exposure, and the latter is known well; it is far less precise than a weighted mean."
)
_FEWEST = 3
_LEVEL = 0.975


@dataclass(frozen=True, kw_only=True, eq=False)
class EggerEffect:
    """Effect of the exposure per unit, and the average effect of the variants that does not go through it.

    Attributes
    ----------
    estimate, se, lower, upper : float
        Slope, with 95 % limits by Student's t.
    intercept, intercept_se, intercept_p : float
        0 where variants act by other ways as often up as down; its p-value is the test of directional pleiotropy.
    heterogeneity, heterogeneity_p : float
        Weighted squared residuals (Ruecker's Q') and their p-value: a small one says that variants still disagree.
    method : str
    """

    spec: Variants
    estimate: float
    se: float
    lower: float
    upper: float
    intercept: float
    intercept_se: float
    intercept_p: float
    heterogeneity: float
    heterogeneity_p: float
    method: str = METHOD


def egger_effect(spec: Variants) -> EggerEffect:
    """Return the slope and the intercept of Egger's regression.

    Errors grow with the disagreement of the variants (multiplicative random effects), and are never below those
    without any.

    Raises
    ------
    ValuationError
        For fewer than three variants, or variants that act equally strongly on the exposure.

    Source: Bowden, Davey Smith & Burgess 2015, International Journal of Epidemiology 44:512-525.
    """
    require_variants(spec)
    sign = np.sign(spec.exposure)
    x, y, weight = sign * spec.exposure, sign * spec.outcome, np.array(spec.outcome_se) ** -2.0
    if len(x) < _FEWEST or np.ptp(x) == 0:
        raise ValuationError(
            f"Egger's regression needs at least {_FEWEST} variants that differ in their association with the exposure, "
            f"but {len(np.unique(x))} different of {len(x)} were given. Add variants."
        )
    centre = float(weight @ x / weight.sum())
    spread = float(weight @ (x - centre) ** 2)
    slope = float(weight @ ((x - centre) * y)) / spread
    intercept = float(weight @ y / weight.sum()) - slope * centre
    left, freedom = float(weight @ (y - intercept - slope * x) ** 2), len(x) - 2
    scale = math.sqrt(max(left / freedom, 1.0))
    se, intercept_se = scale / math.sqrt(spread), scale * math.sqrt(1 / weight.sum() + centre**2 / spread)
    reach = float(stdtrit(freedom, _LEVEL)) * se
    return EggerEffect(
        spec=spec,
        estimate=slope,
        se=se,
        lower=slope - reach,
        upper=slope + reach,
        intercept=intercept,
        intercept_se=intercept_se,
        intercept_p=2 * float(stdtr(freedom, -abs(intercept) / intercept_se)),
        heterogeneity=left,
        heterogeneity_p=float(chdtrc(freedom, left)),
    )
