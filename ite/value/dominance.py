"""Several strategies: which are dominated, which lie on the frontier, and the price of each step along it."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.increments import incremental_ratio, net_monetary_benefit

#: Not dominated, extended-dominated, dominated.
Status = Literal["ND", "ED", "D"]
_ORDER = {"ND": 0, "ED": 1, "D": 2}
#: Share of the range of costs within which a strategy lies on the line between two others.
_ROUNDING = 1e-9


def cost_effectiveness_table(
    strategies: list[str] | tuple[str, ...],
    cost: npt.ArrayLike,
    effect: npt.ArrayLike,
    willingness_to_pay: float | None = None,
) -> pd.DataFrame:
    """Return the incremental analysis of strategies: the frontier by rising cost, then what is not on it.

    D: another costs no more and yields no less, one of them strictly better. ED: not D, but a mix of two others costs
    less for the same effect. ND: the rest, the frontier. Strategies of the same cost and effect share their status.

    Parameters
    ----------
    strategies : distinct names
    cost, effect : array, shape (strategies,)
        Per person: money, and QALYs or another unit of effect.
    willingness_to_pay : float, optional
        Money per unit of effect; adds net_monetary_benefit, net_health_benefit and best (of the highest net benefit,
        ties to the first given).

    Returns
    -------
    DataFrame
        strategy, cost, effect, incremental_cost, incremental_effect, icer (to the strategy before it on the frontier;
        NaN for the first and off the frontier), status.

    Raises
    ------
    ValuationError
        For names that are not distinct, or a cost or effect that is missing.

    Source: Cantor 1994, Medical Decision Making 14:259-265; statuses as in dampack (Alarid-Escudero et al.).
    """
    costs, effects = (np.asarray(values, dtype=float) for values in (cost, effect))
    _require(tuple(strategies), costs, effects)
    table = pd.DataFrame({"strategy": list(strategies), "cost": costs, "effect": effects})
    table["status"] = statuses(costs, effects)
    if willingness_to_pay is not None:
        table["net_monetary_benefit"] = net_monetary_benefit(costs, effects, willingness_to_pay)
        table["net_health_benefit"] = (
            table["net_monetary_benefit"] / willingness_to_pay if willingness_to_pay > 0 else np.nan
        )
        table["best"] = np.arange(len(table)) == table["net_monetary_benefit"].to_numpy().argmax()
    table = table.sort_values(
        ["status", "cost", "effect"], key=lambda column: column.map(_ORDER) if column.name == "status" else column
    ).reset_index(drop=True)
    on = table["status"] == "ND"
    table["incremental_cost"] = table.loc[on, "cost"].diff()
    table["incremental_effect"] = table.loc[on, "effect"].diff()
    table["icer"] = incremental_ratio(table["incremental_cost"].to_numpy(), table["incremental_effect"].to_numpy())
    first = ["strategy", "cost", "effect", "incremental_cost", "incremental_effect", "icer", "status"]
    return table[first + [name for name in table.columns if name not in first]]


def statuses(cost: FloatArray, effect: FloatArray) -> list[Status]:
    """Return the status of each strategy, in the order given."""
    found: list[Status] = ["D" if dominated else "ND" for dominated in _dominated(cost, effect)]
    rest = [position for position, status in enumerate(found) if status == "ND"]
    corners = _corners(cost, effect, sorted(rest, key=lambda position: (cost[position], effect[position])))
    on_line = np.interp(effect[rest], effect[corners], cost[corners])
    above = cost[rest] - on_line > _ROUNDING * np.ptp(cost)
    for position, extended in zip(rest, above, strict=True):
        if extended:
            found[position] = "ED"
    return found


def _dominated(cost: FloatArray, effect: FloatArray) -> npt.NDArray[np.bool_]:
    no_dearer, no_worse = cost[None, :] <= cost[:, None], effect[None, :] >= effect[:, None]
    strictly = (cost[None, :] < cost[:, None]) | (effect[None, :] > effect[:, None])
    return np.asarray((no_dearer & no_worse & strictly).any(axis=1))


def _corners(cost: FloatArray, effect: FloatArray, rising: list[int]) -> list[int]:
    """Return the corners of the lower convex envelope of strategies that are not dominated, by rising cost."""
    corners: list[int] = []
    for position in rising:
        if corners and effect[corners[-1]] == effect[position]:
            continue  # the same strategy under another name
        while len(corners) > 1:
            before, last = corners[-2:]
            steep = (cost[last] - cost[before]) * (effect[position] - effect[before])
            if steep < (cost[position] - cost[before]) * (effect[last] - effect[before]):
                break
            corners.pop()
        corners.append(position)
    return corners


def _require(strategies: tuple[str, ...], cost: FloatArray, effect: FloatArray) -> None:
    if not len(strategies) == len(cost) == len(effect):
        raise ValueError("each strategy needs one cost and one effect")
    if not strategies or len(set(strategies)) < len(strategies):
        raise ValuationError("Strategies need names that differ, at least one. Name each once.")
    known = np.isfinite(cost) & np.isfinite(effect)
    if not known.all():
        name = strategies[int(np.argmin(known))]
        raise ValuationError(f"Each strategy needs a cost and an effect, but '{name}' lacks one. Give both.")
