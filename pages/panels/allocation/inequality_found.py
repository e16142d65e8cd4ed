"""The groups that are compared, typed in or from the fitted trial, with what a result block needs beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ite.allocation.distributional_gain import Aversion
from ite.allocation.equity_impact import equity_impact
from ite.allocation.fitted_health import FittedHealth, fitted_health
from ite.allocation.health_groups import HealthGroups
from ite.allocation.spec import AllocationSpec
from ite.report.inequality_code import fitted_inequality_code, typed_inequality_code
from ite.report.provenance import Provenance
from pages.panels.allocation.fitted_found import found_for
from pages.ui import origin
from pages.ui.analysed import Analysed


@dataclass(frozen=True, kw_only=True)
class FromTrial:
    """What an allocation from the fitted trial makes of its groups."""

    shown: Analysed
    asked: AllocationSpec
    health: FittedHealth


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Groups with a programme and without, how much inequality is disliked, and what follows from both."""

    groups: HealthGroups
    aversion: Aversion
    path: pd.DataFrame
    trial: FromTrial | None = None

    @property
    def health(self) -> FittedHealth | None:
        """The estimates behind the groups; None for typed figures."""
        return None if self.trial is None else self.trial.health

    @property
    def method(self) -> str:
        """Where the figures come from."""
        if self.trial is None:
            return f"Typed figures of {len(self.groups.names)} groups; exact."
        return (
            f"{self.trial.shown.method} Levels ({self.trial.health.unit}) are means of predictions under control and "
            "taken as known; gains per member are those delivered at the chosen point, with 95 % intervals. What "
            "paying takes is not counted."
        )

    @property
    def provenance(self) -> Provenance:
        """Origin of these numbers."""
        if self.trial is None:
            return origin.typed(self.groups, self.aversion)
        shown = self.trial.shown
        return origin.provenance(shown.trial, shown.effects.spec, self.trial.asked, self.aversion)

    def code(self, table: str, functions: Sequence[Callable[..., object]]) -> str:
        """Return code that shows a table over the groups and the aversion."""
        if self.trial is None:
            return typed_inequality_code(self.groups, self.aversion, table, functions)
        shown = self.trial.shown
        fitted = shown.source, shown.trial.roles, shown.effects.spec
        return fitted_inequality_code(fitted, self.trial.asked, self.aversion, table, functions)


def compare(groups: HealthGroups, aversion: Aversion, trial: FromTrial | None = None) -> Compared:
    """Compare groups; may raise `AllocationError`, so that nothing drawn from the result does."""
    return Compared(groups=groups, aversion=aversion, path=equity_impact(groups, aversion), trial=trial)


def from_trial(shown: Analysed, asked: AllocationSpec, aversion: Aversion) -> Compared:
    """Compare the groups of an allocation; may raise `AllocationError`."""
    health = fitted_health(shown.trial, shown.effects, found_for(shown, asked).frontier)
    return compare(health.groups, aversion, FromTrial(shown=shown, asked=asked, health=health))
