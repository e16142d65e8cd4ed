"""What can be asked of a design: a power, and a size that a trial can have."""

import numpy as np
from scipy.special import ndtri

from ite.errors import DesignError

#: Patients or events beyond which no design is sized.
LARGEST_SIZE = 10_000_000.0
_FARTHEST = 8.0


def normal_distance(alpha: float, power: float) -> float:
    """Return z_{1-alpha} + z_power: how far the mean of the statistic must lie from 0.

    Raises
    ------
    DesignError
        If the power is not between alpha and 1.
    """
    if not alpha < power < 1.0:
        raise DesignError(
            f"Power lies above the one-sided level of {100.0 * alpha:g} %, which a trial reaches without any effect, "
            f"and below 100 %, but {100.0 * power:g} % was asked for. Common values are 80 % and 90 %."
        )
    return float(ndtri(power) - ndtri(alpha))


def normal_distance_of_power(alpha: float, power: float) -> float:
    """Return the mean of a z-statistic that exceeds z_{1-alpha} with this power; at most 8 from that bound."""
    return float(np.clip(ndtri(power), -_FARTHEST, _FARTHEST) - ndtri(alpha))


def require_feasible_size(size: float, *, effect: str, nearest: float) -> float:
    """Return the size, or raise `DesignError` if it is beyond `LARGEST_SIZE` or infinite.

    Parameters
    ----------
    size
        Patients or events.
    effect
        The assumed effect in words, with its value.
    nearest
        The effect nearest to it that is within reach.
    """
    if size <= LARGEST_SIZE:
        return size
    raise DesignError(
        f"At most {LARGEST_SIZE:,.0f} patients or events can be planned, but {effect} needs "
        f"{'infinitely many' if size == float('inf') else f'{size:,.0f}'}. The nearest value within reach is "
        f"{nearest:.4g}."
    )


def require_size(size: float, *, above: float = 0.0) -> None:
    """Raise `DesignError` unless the size lies above a number and is finite."""
    if not above < size <= LARGEST_SIZE:
        raise DesignError(
            f"A trial has more than {above:g} and at most {LARGEST_SIZE:,.0f} patients or events, but {size:,.6g} was "
            "given."
        )
