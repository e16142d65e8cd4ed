"""The strategies of prevention for the present inputs, with what a result block needs beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.prevention import Prevention, PreventionSpec, prevention, prevention_curve
from ite.allocation.risk_distribution import RiskDistribution, predicted_risks
from ite.allocation.typed_risks import Population, SpreadRisks, TwoRisks
from ite.charts.number_words import share_words
from ite.report.prevention_code import fitted_prevention_code, typed_prevention_code
from ite.report.provenance import Provenance
from pages.panels.allocation.prevention_inputs import Typed
from pages.ui import origin
from pages.ui.analysed import Analysed

_POINTS = 61
#: A curve ends where fewer people than this share are at high risk.
_FEW = 0.001


@dataclass(frozen=True, kw_only=True)
class Strategies:
    """Strategies at one threshold, and over all of them, with where the risks come from."""

    typed: Typed
    shown: Analysed | None
    population: Population
    programme: PreventionSpec
    found: Prevention
    thresholds: tuple[float, ...]
    curve: pd.DataFrame

    @property
    def method(self) -> str:
        """Where the risks come from, and what is assumed."""
        people = f"{self.population.people:,.0f} people"
        reduction = f"Relative risk reduction {share_words(self.programme.relative_risk_reduction)} at every risk."
        if isinstance(self.typed, TwoRisks):
            risks = f"{share_words(self.typed.high_share)} at a risk of {share_words(self.typed.risk_high)}, the rest "
            return f"Typed figures: {people}, {risks}at {share_words(self.typed.risk_low)}. {reduction} Exact."
        if isinstance(self.typed, SpreadRisks):
            spread = f"mean risk {share_words(self.typed.mean)}, SD {share_words(self.typed.sd)} (beta distribution)"
            return f"Typed figures: {people}, {spread}. {reduction} Exact."
        patients = self._analysed.trial.n
        return f"Cross-fitted risks under control of n = {patients:,} patients, scaled to {people}. {reduction}"

    @property
    def provenance(self) -> Provenance:
        """Origin of these numbers."""
        if self.typed is None:
            shown = self._analysed
            return origin.provenance(shown.trial, shown.effects.spec, self.population, self.programme)
        return origin.typed(self.typed, self.population, self.programme)

    def code(self, table: str, functions: Sequence[Callable[..., object]] = ()) -> str:
        """Return code that shows a table over ``found``."""
        if self.typed is None:
            shown = self._analysed
            fitted = shown.source, shown.trial.roles, shown.effects.spec
            return fitted_prevention_code(fitted, self.population, self.programme, table, functions)
        return typed_prevention_code(self.typed, self.population, self.programme, table, functions)

    @property
    def _analysed(self) -> Analysed:
        if self.shown is None:
            raise ValueError("risks are typed or a trial's")
        return self.shown


def strategies(typed: Typed, shown: Analysed | None, population: Population, programme: PreventionSpec) -> Strategies:
    """Compute the strategies; may raise `AllocationError`."""
    risks = _risks(typed, shown, population.people)
    thresholds = _thresholds(risks, population.threshold)
    return Strategies(
        typed=typed,
        shown=shown,
        population=population,
        programme=programme,
        found=prevention(risks, population.threshold, programme),
        thresholds=thresholds,
        curve=prevention_curve(risks, thresholds, programme),
    )


def _risks(typed: Typed, shown: Analysed | None, people: float) -> RiskDistribution:
    if typed is not None:
        return typed.risks(people)
    if shown is None:
        raise ValueError("risks are typed or a trial's")
    return predicted_risks(shown.trial, shown.effects, people)


def _thresholds(risks: RiskDistribution, chosen: float) -> tuple[float, ...]:
    """Return thresholds from 0 to where hardly anybody is at high risk, the chosen one among them."""
    least = _FEW * risks.at_least(0.0).people
    end = next((risk for risk in np.linspace(0.01, 1.0, 100) if risks.at_least(float(risk)).people < least), 1.0)
    even = np.linspace(0.0, max(float(end), chosen), _POINTS).round(6)
    return tuple(float(risk) for risk in np.union1d(even, [chosen]))
