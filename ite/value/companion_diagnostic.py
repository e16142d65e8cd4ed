"""Test and treat, treat everybody, or treat nobody: cost, life in full health, and what they are worth together."""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from ite.value.coverage import Coverage, coverage
from ite.value.diagnostic_inputs import STRATEGIES, CompanionDiagnostic, DiagnosticInput, strategy_figures
from ite.value.diagnostic_limits import best_windows, break_even
from ite.value.increments import incremental_table

METHOD = (
    "Decision tree, exact: figures per person against treating nobody; break-even points and windows are exact roots."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class DiagnosticValue:
    """What a companion diagnostic is worth, per person; `spec.label(input)` gives the words of an input.

    Attributes
    ----------
    ppv, npv : float or None
        Share of marker-positives among those who test positive, and of marker-negatives among those who test negative;
        None where nobody does.
    strategies : DataFrame, indexed by strategy
        treated (share of all), cost, qaly, net_benefit (money), against treating nobody.
    comparisons : DataFrame, one row per pair
        strategy, against, then the columns of `incremental_table`: icer is NaN where its sign makes it meaningless,
        and quadrant says so.
    by_marker : DataFrame, indexed by "all", "positive", "negative"
        Columns of `incremental_table`, per person treated: adopt says whether the treatment is worth its price there.
    perfect_marker : Coverage
        What it would be worth to know the marker of everybody without error and at no cost.
    best : str
        Strategy of largest net benefit; of equals, the one that treats fewest.
    break_even : DataFrame, one row per input and rival
        input, against, value at which testing is worth as much as the rival, whether or not it can be reached; NaN
        where the input makes no difference.
    windows : DataFrame, indexed by input
        lower, upper: where testing is worth at least as much as both rivals, all else unchanged; NaN where nowhere.
    method : str
    """

    spec: CompanionDiagnostic
    ppv: float | None
    npv: float | None
    strategies: pd.DataFrame
    comparisons: pd.DataFrame
    by_marker: pd.DataFrame
    perfect_marker: Coverage
    best: str
    break_even: pd.DataFrame
    windows: pd.DataFrame
    method: str = METHOD

    @property
    def price_ceiling(self) -> float | None:
        """Highest price at which testing is best; None if it is not even when free."""
        return self._limit("price", "upper")

    @property
    def least_sensitivity(self) -> float | None:
        """Lowest sensitivity at which testing is best; None if it never is."""
        return self._limit("sensitivity", "lower")

    @property
    def least_specificity(self) -> float | None:
        """Lowest specificity at which testing is best; None if it never is."""
        return self._limit("specificity", "lower")

    def _limit(self, name: DiagnosticInput, end: str) -> float | None:
        value = float(self.windows[end].to_dict()[name])
        return None if math.isnan(value) else value


def value_of_diagnostic(spec: CompanionDiagnostic) -> DiagnosticValue:
    """Compare testing with treating everybody and nobody.

    Source: Phelps & Mushlin 1988, Medical Decision Making 8:279-289; Alarid-Escudero et al. 2022, Value in Health
    25:409-418 (a marker of colon cancer).
    """
    strategies = pd.DataFrame(strategy_figures(spec)._asdict(), index=pd.Index(STRATEGIES, name="strategy"))
    by_marker = _by_marker(spec)
    worth = by_marker["net_monetary_benefit"]
    return DiagnosticValue(
        spec=spec,
        ppv=_share(spec.prevalence * spec.sensitivity, (1 - spec.prevalence) * (1 - spec.specificity)),
        npv=_share((1 - spec.prevalence) * spec.specificity, spec.prevalence * (1 - spec.sensitivity)),
        strategies=strategies,
        comparisons=_comparisons(strategies, spec.willingness_to_pay),
        by_marker=by_marker,
        perfect_marker=coverage([spec.prevalence, 1 - spec.prevalence], worth[["positive", "negative"]]),
        best=str(strategies["net_benefit"].idxmax()),
        break_even=break_even(spec),
        windows=best_windows(spec),
    )


def _comparisons(strategies: pd.DataFrame, willingness_to_pay: float) -> pd.DataFrame:
    pairs = pd.DataFrame([(one, other) for other, one in combinations(STRATEGIES, 2)], columns=["strategy", "against"])
    change = strategies.loc[pairs["strategy"]].to_numpy() - strategies.loc[pairs["against"]].to_numpy()
    differences = pd.DataFrame(change, columns=strategies.columns)
    return pairs.join(incremental_table(differences["cost"], differences["qaly"], willingness_to_pay))


def _by_marker(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return what treating is worth to everybody, and to those with and without the marker."""
    treated = strategy_figures(spec, {"prevalence": np.array([spec.prevalence, 1.0, 0.0])})
    populations = pd.Index(["all", "positive", "negative"], name="population")
    return incremental_table(treated.cost[-1], treated.qaly[-1], spec.willingness_to_pay).set_index(populations)


def _share(right: float, wrong: float) -> float | None:
    return right / (right + wrong) if right + wrong > 0 else None
