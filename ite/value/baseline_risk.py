"""Number needed to treat by baseline risk: one relative effect, many absolute ones."""

from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import NotNegative, ValueSettings

Measure = Literal["risk ratio", "odds ratio"]


class RelativeEffect(ValueSettings):
    """A relative effect on a bad outcome that is held constant over baseline risk; below 1 is benefit.

    `lower` and `upper` are its 95 % limits, both or neither.
    """

    called = "A relative effect"

    measure: Measure = Field(title="Relative effect")
    estimate: NotNegative = Field(title="Estimate")
    lower: NotNegative | None = Field(default=None, title="Lower limit")
    upper: NotNegative | None = Field(default=None, title="Upper limit")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.lower is None) != (self.upper is None):
            raise ValuationError("An interval has two limits, but one was given. Give both, or none.")
        if self.lower is not None and self.upper is not None and not self.lower <= self.estimate <= self.upper:
            raise ValuationError(
                f"Limits should enclose the estimate {self.estimate:g}, but {self.lower:g} and {self.upper:g} were "
                "given. Correct them."
            )
        return self

    def reduction(self, baseline: FloatArray, effect: float) -> FloatArray:
        """Return the absolute risk reduction at risks without treatment, for a value r of this effect.

        Risk ratio: p (1 - r). Odds ratio: p (1 - p) (1 - r) / (1 - p + r p).
        """
        if self.measure == "risk ratio":
            return baseline * (1 - effect)
        return np.asarray(baseline * (1 - baseline) * (1 - effect) / (1 - baseline + effect * baseline))


def nnt_by_baseline_risk(effect: RelativeEffect, baseline_risk: npt.ArrayLike) -> pd.DataFrame:
    """Return absolute effects and numbers needed to treat over baseline risks.

    Parameters
    ----------
    baseline_risk : array, shape (risks,)
        Risks without treatment, fractions; 1 has no odds.

    Returns
    -------
    DataFrame
        baseline_risk, treated_risk, reduction (absolute, positive means benefit), nnt = 1 / reduction with its sign
        (negative: a number needed to harm; NaN where the reduction is 0), and the 95 % limits of the reduction,
        lower and upper (NaN where the effect has none). The interval of the number itself runs as
        `number_needed_to_treat` says; the baseline risk is taken as known.

    Raises
    ------
    ValuationError
        For a risk that is none, or one that a risk ratio would carry above 100 %.

    Source: Furukawa, Guyatt & Griffith 2002, International Journal of Epidemiology 31:72-76.
    """
    risks = np.asarray(baseline_risk, dtype=float)
    largest = 1.0 if effect.measure == "risk ratio" else np.nextafter(1.0, 0.0)
    outside = risks[~((risks >= 0) & (risks <= largest))]
    if outside.size:
        raise ValuationError(
            f"A baseline risk is a fraction from 0 to 1 (below 1 for an odds ratio), but {outside[0]:g} was given. "
            f"For {outside[0]:g} %, give {outside[0] / 100:g}."
        )
    values = (effect.estimate, effect.upper, effect.lower)
    reduction, lower, upper = (
        np.full_like(risks, np.nan) if value is None else effect.reduction(risks, value) for value in values
    )
    treated = risks - reduction
    if (treated > 1).any():
        at = float(risks[treated > 1].min())
        raise ValuationError(
            f"A risk ratio of {effect.estimate:g} would make a baseline risk of {100 * at:g} % more than 100 %. "
            f"It holds up to {100 / effect.estimate:.3g} %; use an odds ratio beyond."
        )
    return pd.DataFrame(
        {
            "baseline_risk": risks,
            "treated_risk": treated,
            "reduction": reduction,
            "nnt": np.divide(1.0, reduction, out=np.full_like(risks, np.nan), where=reduction != 0),
            "lower": np.maximum(lower, risks - 1.0),
            "upper": upper,
        }
    )
