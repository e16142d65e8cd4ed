"""One strategy against another: extra cost, extra effect, and when a ratio of the two may be read."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray

Quadrant = Literal["NE", "SE dominant", "SW", "NW dominated", "no difference"]

#: What each part of the cost-effectiveness plane says; effect to the right, cost upwards.
READING: dict[Quadrant, str] = {
    "NE": "Dearer and better: worth it if the price per unit of effect is below the willingness to pay.",
    "SE dominant": "Better and no dearer, or cheaper and no worse: worth it at any willingness to pay; a ratio has no "
    "meaning here.",
    "SW": "Cheaper and worse: worth it if what is saved per unit of effect given up is above the willingness to pay.",
    "NW dominated": "Dearer and no better, or worse and no cheaper: not worth it at any willingness to pay; a ratio "
    "has no meaning here.",
    "no difference": "Same cost and same effect.",
}


def net_monetary_benefit(cost: npt.ArrayLike, effect: npt.ArrayLike, willingness_to_pay: float) -> FloatArray:
    """Return willingness to pay x effect - cost, in money; of increments it is the incremental net benefit.

    Source: Stinnett & Mullahy 1998, Medical Decision Making 18:S68-S80.
    """
    require_threshold(willingness_to_pay)
    return np.asarray(willingness_to_pay * np.asarray(effect, dtype=float) - np.asarray(cost, dtype=float))


def require_threshold(willingness_to_pay: npt.ArrayLike) -> None:
    """Refuse a willingness to pay that is negative or no number, with a ValuationError."""
    given = np.atleast_1d(np.asarray(willingness_to_pay, dtype=float))
    wrong = given[~(np.isfinite(given) & (given >= 0))]
    if wrong.size:
        raise ValuationError(
            f"A willingness to pay is an amount of money per unit of effect, 0 or more, but {wrong[0]:g} was given. "
            "Correct it."
        )


def incremental_ratio(delta_cost: npt.ArrayLike, delta_effect: npt.ArrayLike) -> FloatArray:
    """Return cost per unit of effect (ICER), NaN unless both differences have the same strict sign.

    In the other two quadrants and on the axes the number would be read wrongly: a dominant and a dominated strategy
    can have the same negative ratio.
    """
    cost, effect = (np.asarray(values, dtype=float) for values in (delta_cost, delta_effect))
    same_sign = (np.sign(cost) == np.sign(effect)) & (cost != 0)
    return np.asarray(np.divide(cost, effect, out=np.full(same_sign.shape, np.nan), where=same_sign))


def incremental_table(
    delta_cost: npt.ArrayLike, delta_effect: npt.ArrayLike, willingness_to_pay: float
) -> pd.DataFrame:
    """Return where increments lie on the cost-effectiveness plane, and what they are worth.

    Parameters
    ----------
    delta_cost, delta_effect : array, shape (comparisons,)
        Of a strategy against its comparator, per person.
    willingness_to_pay : float
        Money per unit of effect.

    Returns
    -------
    DataFrame
        delta_cost, delta_effect, quadrant (see `READING`), icer (NaN in the dominance quadrants and on the axes),
        net_monetary_benefit (money), net_health_benefit (effect; NaN at a willingness to pay of 0), adopt (net benefit
        above 0; in SW this means a ratio above the willingness to pay).

    Source: Drummond et al. 2015, Methods for the Economic Evaluation of Health Care Programmes, chapter 5.
    """
    cost, effect = (np.atleast_1d(np.asarray(values, dtype=float)) for values in (delta_cost, delta_effect))
    money = net_monetary_benefit(cost, effect, willingness_to_pay)
    return pd.DataFrame(
        {
            "delta_cost": cost,
            "delta_effect": effect,
            "quadrant": [_quadrant(dearer, better) for dearer, better in zip(cost, effect, strict=True)],
            "icer": incremental_ratio(cost, effect),
            "net_monetary_benefit": money,
            "net_health_benefit": money / willingness_to_pay if willingness_to_pay > 0 else np.nan,
            "adopt": money > 0,
        }
    )


def _quadrant(delta_cost: float, delta_effect: float) -> Quadrant:
    if delta_cost == 0 and delta_effect == 0:
        return "no difference"
    if delta_cost > 0 and delta_effect > 0:
        return "NE"
    if delta_cost < 0 and delta_effect < 0:
        return "SW"
    return "SE dominant" if delta_effect >= 0 and delta_cost <= 0 else "NW dominated"
