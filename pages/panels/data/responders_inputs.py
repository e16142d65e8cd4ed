"""Which responder definition is asked for, and the trial as it would be under it."""

from dataclasses import asdict, dataclass

import pandas as pd
import streamlit as st

from ite.trial.columns import is_number
from ite.trial.data import TrialData
from ite.trial.responder import ResponderDefinition
from ite.trial.roles import Roles
from pages.ui import state
from pages.ui.switch import switch
from pages.ui.whole_file import whole_file

_NO_BASELINE = "none: the value itself, or already a change"
_UNITS = ("In its own units", "In percent of the baseline")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed; it may be impossible."""

    threshold: float
    baseline: str | None
    higher_is_better: bool
    percent: bool

    def definition(self) -> ResponderDefinition:
        """Return the definition.

        Raises
        ------
        RoleError
            Where it is impossible.
        """
        return ResponderDefinition(**asdict(self))


def ask(trial: TrialData) -> Asked | None:
    """Draw the inputs of a definition; None until a threshold is given."""
    before, roles = trial.roles.responder, trial.roles
    place = f"responder-{trial.name}-{roles.outcome}"
    frame = _frame(trial)
    taken = {roles.outcome, roles.treatment, roles.id}
    columns = [str(name) for name in frame.columns if str(name) not in taken and is_number(frame[name])]
    first, second, third = st.columns(3, vertical_alignment="bottom")
    options = [_NO_BASELINE, *columns]
    chosen = first.selectbox(
        "Same measure before treatment",
        options,
        index=options.index(before.baseline) if before is not None and before.baseline in columns else 0,
        key=f"{place}-baseline",
    )
    baseline = None if chosen == _NO_BASELINE else chosen
    with second:
        first_unit = _UNITS[before is not None and before.percent]
        percent = baseline is not None and switch("Unit", _UNITS, f"{place}-unit", first=first_unit) == _UNITS[1]
    threshold = third.number_input(
        "Smallest improvement that counts" if baseline is not None else "Value that must be reached",
        value=None if before is None else before.threshold,
        format="%g",
        key=f"{place}-threshold",
        help="The minimal clinically important difference (MCID): the smallest one that matters to patients.",
    )
    if threshold is None:
        return None
    better = (before or roles).higher_is_better
    return Asked(threshold=threshold, baseline=baseline, higher_is_better=better, percent=percent)


def counted(trial: TrialData, definition: ResponderDefinition | None) -> TrialData:
    """Return the same trial with its outcome counted by a definition, or measured again without one."""
    before = trial.roles.responder or trial.roles
    kept = trial.roles.model_dump(exclude={"responder", "higher_is_better"})
    better = definition is not None or before.higher_is_better
    roles = Roles(**kept, responder=definition, higher_is_better=better)
    table = state.load().table
    labels = {} if table is None else table.labels
    return TrialData.from_frame(_frame(trial), roles, name=trial.name, labels=labels)


def _frame(trial: TrialData) -> pd.DataFrame:
    whole = whole_file()
    return trial.frame if whole is None else whole
