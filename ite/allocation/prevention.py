"""The prevention paradox: treating the few at high risk, everybody, or both, when most cases come from low risk.

Legend: N people have risk r; treatment multiplies a risk by 1 - RRR (relative risk reduction).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field

from ite.allocation.risk_distribution import AtRisk, RiskDistribution
from ite.errors import AllocationError, IteError
from ite.settings import Settings

HIGH_RISK, POPULATION, MIXED = "high risk", "population", "mixed"


class PreventionSpec(Settings):
    """What treatment does and costs; frozen, JSON round trip.

    Attributes
    ----------
    relative_risk_reduction
        Of the treatment that the high-risk and the population strategy offer, and the mixed one to those at high risk.
    light_risk_reduction
        Of the light measure that the mixed strategy offers to the rest; None leaves the mixed strategy out.
    unit_cost, light_cost
        Money per person treated, and per person who has the light measure.
    screening_cost
        Money per person of the whole population, to know who is at high risk.
    value_per_case
        What preventing one case is worth, in the same money.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "A prevention programme"

    relative_risk_reduction: float = Field(gt=0, le=1, title="Relative risk reduction (%)")
    light_risk_reduction: float | None = Field(default=None, gt=0, le=1, title="Reduction by the light measure (%)")
    unit_cost: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Cost per person treated (money)")
    light_cost: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Cost of the light measure (money)")
    screening_cost: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Screening cost per person (money)")
    value_per_case: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Value of a case prevented (money)")


@dataclass(frozen=True, kw_only=True, eq=False)
class Prevention:
    """What the strategies bring at one threshold of risk.

    Attributes
    ----------
    strategies : DataFrame, one row per strategy
        strategy ("high risk", "population", "mixed"), treated, light (people who have the light measure), prevented
        (cases), nnt (people treated in whatever way per case prevented; NaN where no case is), cost, net_benefit.
    share_of_cases_below : float
        Of the cases without treatment, those of people below the threshold; NaN where there are no cases.
    nnt_below : float
        Number needed to treat among people below the threshold; NaN where none of them would be a case.
    crossover_value : float
        Value of a case at which the high-risk and the population strategy have the same net benefit: above it, the
        population strategy is better. Below 0 it is better at any value; NaN where both prevent the same.
    """

    strategies: pd.DataFrame
    share_of_cases_below: float
    nnt_below: float
    crossover_value: float


def prevention(risks: RiskDistribution, threshold: float, spec: PreventionSpec) -> Prevention:
    """Compare the strategies when those with at least the threshold's risk count as high-risk.

    Assumes    one relative risk reduction at every risk.
    Source     Rose 1985, Int J Epidemiology 14:32-38.

    Raises
    ------
    AllocationError
        For a threshold outside 0 to 1.
    """
    if not 0 <= threshold <= 1:
        raise AllocationError(
            f"The threshold of risk lies between 0 and 100 %, but {100 * threshold:.6g} % was given. Correct it."
        )
    everybody, above = risks.at_least(0.0), risks.at_least(threshold)
    below = AtRisk(people=everybody.people - above.people, cases=everybody.cases - above.cases)
    nobody = AtRisk(people=0.0, cases=0.0)
    screening = spec.screening_cost * everybody.people
    rows = [_strategy(HIGH_RISK, spec, above, nobody, screening), _strategy(POPULATION, spec, everybody, nobody, 0.0)]
    if spec.light_risk_reduction is not None:
        rows.append(_strategy(MIXED, spec, above, below, screening))
    high, population = rows[:2]
    more = float(population["prevented"]) - float(high["prevented"])
    return Prevention(
        strategies=pd.DataFrame(rows),
        share_of_cases_below=_per(below.cases, everybody.cases),
        nnt_below=_per(below.people, below.cases * spec.relative_risk_reduction),
        crossover_value=_per(float(population["cost"]) - float(high["cost"]), more),
    )


def prevention_curve(risks: RiskDistribution, thresholds: npt.ArrayLike, spec: PreventionSpec) -> pd.DataFrame:
    """Return the strategies at each threshold: the columns of `Prevention.strategies`, and threshold."""
    at = [float(threshold) for threshold in np.atleast_1d(np.asarray(thresholds, dtype=float))]
    return pd.concat(
        [prevention(risks, threshold, spec).strategies.assign(threshold=threshold) for threshold in at],
        ignore_index=True,
    )


def _strategy(
    name: str, spec: PreventionSpec, treated: AtRisk, light: AtRisk, screening: float
) -> dict[str, str | float]:
    prevented = treated.cases * spec.relative_risk_reduction + light.cases * (spec.light_risk_reduction or 0.0)
    cost = treated.people * spec.unit_cost + light.people * spec.light_cost + screening
    return {
        "strategy": name,
        "treated": treated.people,
        "light": light.people,
        "prevented": prevented,
        "nnt": _per(treated.people + light.people, prevented),
        "cost": cost,
        "net_benefit": prevented * spec.value_per_case - cost,
    }


def _per(above: float, below: float) -> float:
    return above / below if below else float("nan")
