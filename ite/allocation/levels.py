"""Levels of health or gain, and the share of the people who are at each: what indices of inequality are made from."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from ite.errors import AllocationError
from ite.trial.columns import FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Levels:
    """How people stand.

    Attributes
    ----------
    value : array, shape (rows,)
        Level of one person.
    share : array, shape (rows,)
        Share of all people who are at this level; sums to 1.
    """

    value: FloatArray
    share: FloatArray

    @classmethod
    def of(cls, value: npt.ArrayLike, people: npt.ArrayLike | None = None) -> Self:
        """Return levels with the people at each of them, in any unit; None counts each row as one.

        Raises
        ------
        AllocationError
            For levels that are no finite numbers or of nobody, and for numbers of people below 0.
        """
        values = np.atleast_1d(np.asarray(value, dtype=float))
        counts = np.ones(len(values)) if people is None else np.atleast_1d(np.asarray(people, dtype=float))
        if counts.shape != values.shape:
            raise ValueError(f"people need shape {values.shape}, not {counts.shape}")
        if not np.isfinite(values).all():
            raise AllocationError("Levels should be finite numbers, but some are missing. Leave these rows out.")
        if not (np.isfinite(counts).all() and (counts >= 0).all() and counts.sum() > 0):
            raise AllocationError(
                "The number of people in a group should be 0 or more, and above 0 in one group at least. Correct it."
            )
        return cls(value=values, share=counts / counts.sum())

    @property
    def mean(self) -> float:
        """Mean level of all people."""
        return float(self.share @ self.value)

    def positive_mean(self, what: str) -> float:
        """Return the mean, by which `what` is divided, and refuse one that is not above 0."""
        if self.mean <= 0:
            raise AllocationError(
                f"{what} is relative to the mean level, which should be above 0, but is {self.mean:.4g}. Use levels "
                "with a mean above 0, or an index of absolute inequality."
            )
        return self.mean

    def require_not_negative(self, what: str) -> None:
        """Refuse a level below 0, for which `what` is not defined."""
        least = float(self.value[self.share > 0].min())
        if least < 0:
            raise AllocationError(
                f"{what} is not defined for levels below 0, but {least:.4g} was given. Use levels of 0 or more, or "
                "Kolm's index, which takes any."
            )

    def covariance(self, one: FloatArray, other: FloatArray) -> float:
        """Return the covariance of two values of the rows over all people (population form)."""
        return float(self.share @ ((one - self.share @ one) * (other - self.share @ other)))
