"""Responders: a measured outcome counted as reached or not, by a threshold that is written down."""

from typing import ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from ite.errors import IteError, RoleError
from ite.settings import Settings
from ite.trial.columns import FloatArray
from ite.trial.labels import shown, shown_rows, spoken


class ResponderDefinition(Settings):
    """When a patient counts as a responder; frozen, part of the roles, and so of everything that is saved.

    Attributes
    ----------
    threshold
        With a baseline the smallest improvement that counts, such as the minimal clinically important difference;
        without one the value of the outcome itself that must be reached.
    baseline
        Column of the same measure before treatment; None where the outcome is a value, or already a change.
    higher_is_better
        Whether a larger measured value is good for the patient.
    percent
        Whether the improvement is counted in percent of the baseline.
    """

    refusal: ClassVar[type[IteError]] = RoleError
    called: ClassVar[str] = "A responder definition"

    threshold: float = Field(title="Threshold", allow_inf_nan=False)
    baseline: str | None = Field(default=None, min_length=1)
    higher_is_better: bool = True
    percent: bool = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.percent and self.baseline is None:
            raise RoleError("An improvement in percent needs the value before treatment; name its column as baseline.")
        if self.baseline is not None and self.threshold <= 0:
            raise RoleError(
                f"The smallest improvement that counts should be above 0, but is {self.threshold:g}; give the smallest "
                "difference that matters to patients."
            )
        return self

    def words(self, outcome: str) -> str:
        """Say what a response is, such as "response (pain 30 % or more below pain before)"."""
        amount = f"{self.threshold:g}{' %' if self.percent else ''}"
        if self.baseline is None:
            return f"response ({outcome} {'at least' if self.higher_is_better else 'at most'} {amount})"
        return f"response ({outcome} {amount} {'up' if self.higher_is_better else 'down'} from {spoken(self.baseline)})"

    def reached(self, outcome: FloatArray, baseline: FloatArray | None) -> FloatArray:
        """Return 1 for responders and 0 for others, NaN where the outcome or the baseline is missing. Shape (n,).

        Raises
        ------
        RoleError
            Where everybody, or nobody, would be a responder, or a percentage has no positive baseline.
        """
        gain, least = self.improvement(outcome, baseline), self.least
        known = gain[~np.isnan(gain)]
        # A difference of decimals such as 0.3 - 0.1 misses its own threshold by rounding alone.
        slack = 1e-9 * max(1.0, float(np.abs(known).max(initial=0.0)))
        response = np.where(np.isnan(gain), np.nan, (gain >= least - slack).astype(np.float64))
        if len(known) and (np.nanmin(response) == np.nanmax(response)):
            who = "Everybody" if np.nanmin(response) == 1 else "Nobody"
            ends = sorted((self._as_typed(float(known.min())), self._as_typed(float(known.max()))))
            raise RoleError(
                f"{who} would be a responder at a threshold of {self.threshold:g}; the patients lie between "
                f"{ends[0]:.4g} and {ends[1]:.4g}. Choose a threshold inside."
            )
        return response

    @property
    def least(self) -> float:
        """The threshold on the scale of `improvement`, where more is better."""
        return self._as_typed(self.threshold)

    def improvement(self, outcome: FloatArray, baseline: FloatArray | None) -> FloatArray:
        """Return how far each patient improved, more being better; without a baseline, the turned value itself."""
        turn = 1.0 if self.higher_is_better else -1.0
        if self.baseline is None or baseline is None:
            return turn * outcome
        change = turn * (outcome - baseline)
        if not self.percent:
            return change
        wrong = np.flatnonzero(baseline <= 0)
        if wrong.size:
            raise RoleError(
                f"An improvement in percent needs a baseline above 0, but {shown(self.baseline)} holds "
                f"{baseline[wrong[0]]:g} in {shown_rows(wrong[:1])}; count the improvement itself instead."
            )
        return 100 * change / baseline

    def _as_typed(self, value: float) -> float:
        return -value if self.baseline is None and not self.higher_is_better else value
