"""An effect that depends on a continuous marker, expressed by its percentile."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from ite.design.alternatives.fields import Probability, Real
from ite.design.fixed.spec import DesignSpec
from ite.trial.data import FloatArray


class MarkerEffect(DesignSpec):
    """Difference of means along the percentile of a marker, from 0 to 1.

    Attributes
    ----------
    shape
        "step": `low` below `change`, `high` above it; "line": straight from `low` at 0 to `high` at 1.
    low, high
        Effects, treatment minus control.
    change
        Percentile at which a step happens; a line does not use it.
    """

    shape: Literal["step", "line"] = "step"
    low: Real = 0.0
    high: Real
    change: Probability = 0.5

    @property
    def has_benefit(self) -> bool:
        """Whether everybody, or the patients at high values, benefit on average."""
        return self.high > 0 or float(self.mean_above(0.0)) > 0

    def mean_above(self, cut: npt.ArrayLike) -> FloatArray:
        """Return the mean effect of the patients above each cut, cuts in [0, 1)."""
        start = np.asarray(cut, dtype=float)
        if self.shape == "line":
            return np.asarray(self.low + (self.high - self.low) * (1 + start) / 2)
        top = (1 - np.maximum(start, self.change)) / (1 - start)
        return np.asarray(self.low + (self.high - self.low) * top)
