"""What a card of patients to treat was made from, and how it is made again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ite.charts.reading_value_patients import thousand_sentence
from ite.report.design_code import design_code
from ite.report.provenance import Provenance
from ite.report.value_code import trial_value_code
from ite.subgroup.axis import arms_of
from ite.value.patients_of_trial import TrialPatients, patients_from_trial
from ite.value.patients_to_treat import (
    NumbersNeeded,
    PatientsToTreat,
    TwoArms,
    patients_from_arms,
    patients_from_numbers,
)
from pages.ui import origin
from pages.ui.analysed import Analysed


@dataclass(frozen=True, kw_only=True)
class Card:
    """Changes of good outcomes and harms, with what they were made from; `shown` is the trial, None where typed."""

    asked: NumbersNeeded | TwoArms | TrialPatients
    found: PatientsToTreat
    shown: Analysed | None
    method: str

    def code(self, table: str, functions: Sequence[Callable[..., Any]] = (), steps: Sequence[str] = ()) -> str:
        """Return Python that makes the card again as ``found``, takes the steps, and shows a table."""
        settings: dict[str, BaseModel] = {"asked": self.asked}
        if self.shown is not None:
            fitted = self.shown.source, self.shown.trial.roles, self.shown.effects.spec
            made = "found = patients_from_trial(trial, effects, asked)"
            return trial_value_code(fitted, settings, [patients_from_trial, *functions], table, [made, *steps])
        maker = patients_from_arms if isinstance(self.asked, TwoArms) else patients_from_numbers
        return design_code(settings, [maker, *functions], table, [f"found = {maker.__name__}(asked)", *steps])

    def provenance(self, *more: BaseModel) -> Provenance:
        """Origin of what is shown of the card."""
        if self.shown is not None:
            return origin.provenance(self.shown.trial, self.shown.effects.spec, self.asked, *more)
        return origin.typed(self.asked, *more)


def numbers_card(asked: NumbersNeeded) -> Card:
    """Return the card of two typed numbers."""
    found = patients_from_numbers(asked)
    return Card(asked=asked, found=found, shown=None, method=f"{thousand_sentence(found)} Typed figures, no interval.")


def arms_card(asked: TwoArms) -> Card:
    """Return the card of typed counts."""
    found, counts = patients_from_arms(asked), asked.outcomes
    method = f"Typed counts, n = {counts.n_treated:,} and {counts.n_control:,}; 95 % intervals by Newcombe's method."
    return Card(asked=asked, found=found, shown=None, method=f"{thousand_sentence(found)} {method}")


def trial_card(shown: Analysed, asked: TrialPatients) -> Card:
    """Return the card of a fitted trial."""
    found = patients_from_trial(shown.trial, shown.effects, asked)
    method = shown.method
    if shown.trial.outcome_kind == "time_to_event":
        sizes = " and ".join(f"{count:,}" for count in _sizes(shown))
        clock = str(shown.trial.roles.time).replace("_", " ")
        method = (
            f"n = {sizes}. Difference of crude Kaplan-Meier curves at {shown.effects.spec.horizon:g} "
            f"({clock}), Greenwood's standard errors."
        )
    return Card(asked=asked, found=found, shown=shown, method=f"{thousand_sentence(found)} {method}")


def _sizes(shown: Analysed) -> tuple[int, int]:
    """Patients of the treated arm and of control."""
    both = arms_of(shown.trial, shown.arm)
    return int(both.treated.sum()), int(both.control.sum())
