"""What a programme adds to the health of several groups, and what that is worth where inequality counts."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from ite.allocation.inequality import atkinson_ede, kolm_ede
from ite.allocation.levels import Levels
from ite.errors import AllocationError, IteError
from ite.settings import Settings
from ite.trial.columns import FloatArray


class Aversion(Settings):
    """How much inequality is disliked; it is the user's, and 0 by default, where only the mean counts.

    Attributes
    ----------
    kind
        "relative" is Atkinson's: multiplying all levels changes nothing. "absolute" is Kolm's: adding to all does not.
    strength
        Atkinson's epsilon, or Kolm's alpha per unit of the levels.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "An aversion to inequality"

    kind: Literal["relative", "absolute"] = Field(default="relative", title="Kind of inequality")
    strength: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Aversion to inequality")

    def ede(self, levels: npt.ArrayLike, people: npt.ArrayLike | None = None) -> float:
        """Return the equally distributed equivalent of the levels; see `atkinson_ede` and `kolm_ede`."""
        return (atkinson_ede if self.kind == "relative" else kolm_ede)(levels, self.strength, people)


@dataclass(frozen=True, kw_only=True, eq=False)
class DistributionalGain:
    """Levels with a programme against levels without.

    Attributes
    ----------
    net_gain : array, shape (groups,)
        Gain less what paying for the programme takes from the group, per person.
    mean_gain : float
        Of all people.
    ede_gain : float
        Change of the equally distributed equivalent.
    """

    net_gain: FloatArray
    mean_gain: float
    ede_gain: float

    @property
    def equity_gain(self) -> float:
        """What the change of the spread adds to the mean gain; negative where inequality grows."""
        return self.ede_gain - self.mean_gain


def distributional_gain(
    baseline: npt.ArrayLike,
    gain: npt.ArrayLike,
    aversion: Aversion,
    *,
    lost: npt.ArrayLike = 0.0,
    people: npt.ArrayLike | None = None,
) -> DistributionalGain:
    """Compare the levels with and without a programme, by mean and by equally distributed equivalent.

    Parameters
    ----------
    baseline, gain : array, shape (groups,)
        Level of one person without the programme, and what the programme adds to it.
    aversion
        The user's; 0 gives the mean gain.
    lost : array, shape (groups,), or float
        What one person loses because the programme's money is not spent elsewhere.
    people : array, shape (groups,), or None
        None counts all groups alike.

    Raises
    ------
    AllocationError
        Where a level for which the index is not defined is given or reached.

    Source: Asaria, Griffin & Cookson 2016, Medical Decision Making 36:8-19 (distributional cost-effectiveness).
    """
    before = Levels.of(baseline, people)
    net = np.zeros_like(before.value) + np.asarray(gain, dtype=float) - np.asarray(lost, dtype=float)
    after = Levels.of(before.value + net, people)
    return DistributionalGain(
        net_gain=net,
        mean_gain=after.mean - before.mean,
        ede_gain=aversion.ede(after.value, people) - aversion.ede(before.value, people),
    )
