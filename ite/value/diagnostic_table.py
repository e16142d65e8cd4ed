"""The best strategy over any two inputs of a companion diagnostic."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.diagnostic_inputs import STRATEGIES, CompanionDiagnostic, DiagnosticInput, strategy_figures


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoWayTable:
    """What is best where two inputs vary.

    Attributes
    ----------
    first, second : str
        Names of the inputs.
    table : DataFrame, one row per pair of values
        first, second (the values), best (strategy), net_benefit (of the best, per person, against treating nobody),
        gain_from_testing (net benefit of testing over the better rival; below 0 where testing is not best).
    """

    spec: CompanionDiagnostic
    first: DiagnosticInput
    second: DiagnosticInput
    table: pd.DataFrame


def two_way_table(
    spec: CompanionDiagnostic,
    first: DiagnosticInput,
    first_values: npt.ArrayLike,
    second: DiagnosticInput,
    second_values: npt.ArrayLike,
) -> TwoWayTable:
    """Return the best strategy at every pair of values of two inputs; equals go to the one that treats fewest.

    Raises
    ------
    ValuationError
        If a value is out of range, or both inputs are the same.
    """
    if first == second:
        raise ValuationError(
            f"A two-way table varies two different inputs, but '{spec.label(first)}' was given twice. Choose another."
        )
    down, across = _values(spec, first, first_values), _values(spec, second, second_values)
    worth = strategy_figures(spec, {first: down[:, None], second: across[None, :]}).net_benefit
    none, tested, everybody = worth
    table = pd.DataFrame(
        {
            "first": np.repeat(down, len(across)),
            "second": np.tile(across, len(down)),
            "best": np.array(STRATEGIES)[worth.argmax(axis=0)].ravel(),
            "net_benefit": worth.max(axis=0).ravel(),
            "gain_from_testing": (tested - np.maximum(none, everybody)).ravel(),
        }
    )
    return TwoWayTable(spec=spec, first=first, second=second, table=table)


def _values(spec: CompanionDiagnostic, name: DiagnosticInput, values: npt.ArrayLike) -> FloatArray:
    """Return the values, of which the smallest and the largest are known to be in range."""
    array = np.asarray(values, dtype=float)
    for extreme in (array.min(), array.max()):
        spec.at(name, float(extreme))
    return array
