"""What the decision desk ranks: draws of options, the weights, and where they come from."""

from dataclasses import dataclass

from ite.report.provenance import Provenance
from ite.report.value_desk_code import Coder
from ite.trial.columns import FloatArray
from ite.value.decision_desk import OptionDraws
from ite.value.utility_weights import UtilityWeights


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Options with everything that their figures need.

    Attributes
    ----------
    expected : array, shape (options, criteria), or None
        Exact means, where they are known.
    unit
        Of utility, in words.
    code
        Writes the code of a figure.
    more
        A further sentence on the options.
    exploratory
        Whether the data chose whose effect it is.
    """

    draws: OptionDraws
    expected: FloatArray | None
    weights: UtilityWeights
    unit: str
    method: str
    code: Coder
    provenance: Provenance
    more: str = ""
    exploratory: bool = False
