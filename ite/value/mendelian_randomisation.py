"""Genetic variants as instruments: one ratio each, and their weighted mean.

Legend: x is a variant's association with the exposure, y with the outcome, s the standard error of y.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.special import chdtrc

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.normal import NORMAL_975
from ite.value.fields import Finite, NotNegative, Positive, ValueSettings

METHOD = (
    "Inverse-variance weighted mean of the variants' ratios with first-order weights (the associations with the "
    "exposure taken as known). It is causal only if no variant acts on the outcome by another way."
)


class Variants(ValueSettings):
    """Associations of genetic variants, one entry per variant, coded for the same allele.

    Attributes
    ----------
    exposure, outcome, outcome_se
        Of each variant.
    exposure_se
        Used by the weighted median alone; None takes the associations with the exposure as known.
    """

    called: ClassVar[str] = "The variants"

    exposure: tuple[Finite, ...] = Field(min_length=1, max_length=5000, title="Associations with the exposure")
    outcome: tuple[Finite, ...] = Field(title="Associations with the outcome")
    outcome_se: tuple[Positive, ...] = Field(title="Standard errors of the associations with the outcome")
    exposure_se: tuple[NotNegative, ...] | None = Field(
        default=None, title="Standard errors of the associations with the exposure"
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class VariantEffect:
    """Effect of the exposure on the outcome, per unit of exposure.

    Attributes
    ----------
    variants : DataFrame, one row per variant
        ratio, se (first order), weight (adds up to 1), without, without_se: the estimate that leaves this variant out,
        and its standard error (NaN for a single one).
    estimate, se, lower, upper : float
        Fixed-effect weighted mean, its standard error and 95 % limits.
    se_random : float
        Standard error enlarged where the ratios vary more than chance (multiplicative random effects).
    heterogeneity : float
        Cochran's Q of the ratios.
    heterogeneity_p : float or None
        Its p-value; None for a single variant. A small one says that variants disagree.
    method : str
    """

    spec: Variants
    variants: pd.DataFrame
    estimate: float
    se: float
    lower: float
    upper: float
    se_random: float
    heterogeneity: float
    heterogeneity_p: float | None
    method: str = METHOD


def variant_effect(spec: Variants) -> VariantEffect:
    """Return the inverse-variance weighted effect of genetic variants.

    Raises
    ------
    ValuationError
        If the lists differ in length, or a variant has no association with the exposure.

    Source: Burgess, Butterworth & Thompson 2013, Genetic Epidemiology 37:658-665.
    """
    require_variants(spec)
    x, y, s = np.array(spec.exposure), np.array(spec.outcome), np.array(spec.outcome_se)
    ratio, weight = y / x, (x / s) ** 2
    estimate, se = float(weight @ ratio / weight.sum()), float(weight.sum() ** -0.5)
    spread, freedom = float(weight @ (ratio - estimate) ** 2), len(x) - 1
    without, without_se = _without(ratio, weight)
    table = {
        "ratio": ratio,
        "se": s / abs(x),
        "weight": weight / weight.sum(),
        "without": without,
        "without_se": without_se,
    }
    return VariantEffect(
        spec=spec,
        variants=pd.DataFrame(table),
        estimate=estimate,
        se=se,
        lower=estimate - NORMAL_975 * se,
        upper=estimate + NORMAL_975 * se,
        se_random=se * math.sqrt(max(spread / freedom, 1.0)) if freedom else se,
        heterogeneity=spread,
        heterogeneity_p=float(chdtrc(freedom, spread)) if freedom else None,
    )


def _without(ratio: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weighted mean of all ratios but one, for each, and its standard error."""
    if len(ratio) == 1:
        return np.array([np.nan]), np.array([np.nan])
    rest = np.array([np.delete(weight, position).sum() for position in range(len(weight))])
    sums = np.array([np.delete(weight * ratio, position).sum() for position in range(len(weight))])
    return sums / rest, rest**-0.5


def require_variants(spec: Variants) -> None:
    """Refuse lists of different length, and a variant without association with the exposure: a ValuationError."""
    count = len(spec.exposure)
    for name in ("outcome", "outcome_se", "exposure_se"):
        given = getattr(spec, name)
        if given is not None and (found := len(given)) != count:
            raise ValuationError(
                f"{spec.label(name)} should have one number for each of the {count} variants, but {found} were given. "
                "Give one for each."
            )
    if 0.0 in spec.exposure:
        raise ValuationError(
            f"Every variant should be associated with the exposure, but variant {spec.exposure.index(0.0) + 1} has an "
            "association of 0. Leave it out."
        )
