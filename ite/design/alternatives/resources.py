"""What patients cost in months and money; what is not known stays unknown."""

import numpy as np
import numpy.typing as npt

from ite.design.alternatives.fields import NotNegative, Positive
from ite.design.fixed.spec import DesignSpec
from ite.trial.data import FloatArray


class Resources(DesignSpec):
    """The rate at which patients come, and prices in one currency of the user's.

    Attributes
    ----------
    candidates_per_month
        Patients who can be screened, or randomised where nobody is screened, in a month.
    cost_per_screen
        Price of screening one patient for the marker.
    cost_per_patient
        Price of treating and following one randomised patient.
    """

    candidates_per_month: Positive | None = None
    cost_per_screen: NotNegative | None = None
    cost_per_patient: NotNegative | None = None

    def months(self, candidates: npt.ArrayLike) -> FloatArray:
        """Return the months until so many patients have come; NaN where the rate is not known."""
        rate = np.nan if self.candidates_per_month is None else self.candidates_per_month
        return np.asarray(candidates, dtype=float) / rate

    def cost(self, randomised: npt.ArrayLike, assayed: npt.ArrayLike) -> FloatArray:
        """Return the money for so many randomised and so many assayed patients; NaN where a price is not known."""
        people, tests = np.asarray(randomised, dtype=float), np.asarray(assayed, dtype=float)
        return _priced(people, self.cost_per_patient) + _priced(tests, self.cost_per_screen)


def _priced(number: FloatArray, price: float | None) -> FloatArray:
    """Return number times price: nothing of a thing costs nothing, whatever its price; a free thing costs nothing."""
    unit = np.nan if price is None else price
    free = (number == 0) | (unit == 0)
    return np.where(free, 0.0, np.where(free, 0.0, number) * unit)
