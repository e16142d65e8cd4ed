"""What to do next, from the probability that the effect is worth having; a clinician decides, nothing is switched."""

from typing import ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field, model_validator
from scipy.special import ndtr

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import share_error
from ite.value.fields import Finite, Share, ValueSettings

Action = Literal["escalate to clinician", "gather data", "keep"]


class NonResponderRule(ValueSettings):
    """When to bring a segment of patients before a clinician.

    Attributes
    ----------
    least_worthwhile
        Smallest effect worth having (minimal clinically important difference), in the unit of the effect.
    escalate_below, keep_above
        Probabilities of an effect above it, strictly below and above which to act; in between, gather data.
    """

    called: ClassVar[str] = "The rule"

    least_worthwhile: Finite = Field(title="Smallest effect worth having")
    escalate_below: Share = Field(default=0.05, title="Escalate below a probability of (%)")
    keep_above: Share = Field(default=0.5, title="Keep above a probability of (%)")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.escalate_below > self.keep_above:
            ends, begins = 100 * self.escalate_below, 100 * self.keep_above
            raise ValuationError(
                f"Escalation should end where keeping begins or below, but it ends at {ends:.6g} % and keeping begins "
                f"at {begins:.6g} %. Escalate below at most {begins:.6g} %."
            )
        return self


def next_steps(rule: NonResponderRule, mean: npt.ArrayLike, sd: npt.ArrayLike) -> pd.DataFrame:
    """Apply the rule to effects with normal posteriors.

    Parameters
    ----------
    mean, sd : array, shape (segments,)
        Of the posterior of each segment's effect.

    Returns
    -------
    DataFrame, one row per segment
        probability (of an effect above the smallest worth having), action.

    Raises
    ------
    ValuationError
        If a standard deviation is not above 0, or a number is missing.

    Source: dual-criterion rule (Fisch et al. 2015, Statistics in Medicine 34:2403-2416, there for phase II).
    """
    centre, spread = np.broadcast_arrays(np.atleast_1d(mean).astype(float), np.asarray(sd, dtype=float))
    for fine, wanted in ((np.isfinite(centre), "finite"), (np.isfinite(spread) & (spread > 0), "greater than 0")):
        if not fine.all():
            what, values = ("Means", centre) if wanted == "finite" else ("Standard deviations", spread)
            raise ValuationError(f"{what} should be {wanted}, but {values[~fine][0]:g} was given. Correct it.")
    return _steps(rule, ndtr((centre - rule.least_worthwhile) / spread))


def next_steps_of_draws(rule: NonResponderRule, draws: FloatArray) -> pd.DataFrame:
    """Apply the rule to draws of the effects, shape (draws, segments); adds the column probability_error (Monte-Carlo).

    Raises
    ------
    ValuationError
        If a draw is missing or infinite.
    """
    if draws.ndim != 2 or not len(draws):
        raise ValueError(f"draws need shape (draws, segments), not {draws.shape}")
    if not np.isfinite(draws).all():
        raise ValuationError("Draws should be finite numbers, but some are missing or infinite. Correct them.")
    probability = (draws > rule.least_worthwhile).mean(axis=0)
    return _steps(rule, probability).assign(probability_error=share_error(probability, len(draws)))


def _steps(rule: NonResponderRule, probability: FloatArray) -> pd.DataFrame:
    conditions = [probability < rule.escalate_below, probability > rule.keep_above]
    actions: list[Action] = ["escalate to clinician", "keep"]
    return pd.DataFrame({"probability": probability, "action": np.select(conditions, actions, "gather data")})
