"""The cost-effectiveness plane: draws of extra cost and effect against a comparator, and where they lie."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.monte_carlo import mean_error, share_error
from ite.value.draws import Draws
from ite.value.increments import incremental_table

#: As many points as a chart should draw.
MOST_POINTS = 2000


@dataclass(frozen=True, kw_only=True, eq=False)
class Plane:
    """A strategy against its comparator, draw by draw.

    Attributes
    ----------
    points : DataFrame
        delta_cost, delta_effect: at most 2,000 draws, evenly taken.
    quadrants : DataFrame
        quadrant, share, share_se: of all draws.
    mean : Series
        The row of `incremental_table` for the mean increments, with the Monte-Carlo errors delta_cost_se,
        delta_effect_se and net_monetary_benefit_se.
    probability, probability_se : float
        That the incremental net benefit is above 0.
    """

    points: pd.DataFrame
    quadrants: pd.DataFrame
    mean: pd.Series
    probability: float
    probability_se: float


def plane(draws: Draws, strategy: str, comparator: str, willingness_to_pay: float) -> Plane:
    """Return the cost-effectiveness plane of the whole population; for one group, pass `draws.of_group(name)`.

    Source: Black 1990, Medical Decision Making 10:212-214; van Hout et al. 1994, Health Economics 3:309-319.
    """
    everybody, count = draws.everybody, draws.count
    new, old = everybody.position(strategy), everybody.position(comparator)
    cost = everybody.cost[:, new, 0] - everybody.cost[:, old, 0]
    effect = everybody.effect[:, new, 0] - everybody.effect[:, old, 0]
    benefit = willingness_to_pay * effect - cost
    mean = incremental_table(cost.mean(), effect.mean(), willingness_to_pay).iloc[0]
    errors = {"delta_cost_se": cost, "delta_effect_se": effect, "net_monetary_benefit_se": benefit}
    for name, values in errors.items():
        mean[name] = float(mean_error(values))
    where = {
        "NE": (cost > 0) & (effect > 0),
        "SE dominant": (cost <= 0) & (effect >= 0) & ((cost < 0) | (effect > 0)),
        "SW": (cost < 0) & (effect < 0),
        "NW dominated": (cost >= 0) & (effect <= 0) & ((cost > 0) | (effect < 0)),
    }
    share = np.array([inside.mean() for inside in where.values()])
    taken = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(int))
    probability = float((benefit > 0).mean())
    return Plane(
        points=pd.DataFrame({"delta_cost": cost[taken], "delta_effect": effect[taken]}),
        quadrants=pd.DataFrame({"quadrant": list(where), "share": share, "share_se": share_error(share, count)}),
        mean=mean,
        probability=probability,
        probability_se=float(share_error(probability, count)),
    )
