"""Inputs of a valuation from the fitted trial: prices of the arms, what an effect is worth in QALYs, and groups."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import streamlit as st

from ite.charts.value_cost_money import currency_of
from ite.trial.columns import is_number
from ite.trial.groups import MOST_GROUPS
from ite.value.sourced import Sourced
from ite.value.trial_draws import TreatmentValue
from ite.value.trial_valuation import TrialValuation
from pages.panels.value.cost_fields import source_of, willingness_to_pay
from pages.panels.value.cost_prices import prices
from pages.panels.value.cost_saving import saving
from pages.ui.analysed import Analysed
from pages.ui.fields import choice, number
from pages.ui.text import plain

_NO_GROUPS = "No groups"
#: Units of time with how many of them are a year; the first horizon that is long enough tells which one is meant.
_TIMES = {"days": (365.25, 200.0), "months": (12.0, 20.0), "years": (1.0, 0.0)}
_QALYS_PER_YEAR, _QALYS_PER_SPREAD, _ERROR = 0.5, 0.2, 0.2


class _Measure(NamedTuple):
    """What is typed of an effect, how many of the trial's units that is, and what one of those is called."""

    of: str
    divisor: float
    unit: str


def ask(shown: Analysed, *, grouped: bool = True) -> Callable[[], TrialValuation]:
    """Draw the inputs, groups only where `grouped`; return what makes the valuation, which raises `ValuationError`."""
    threshold = willingness_to_pay()
    costs = prices(shown)
    measure = _measure(shown)
    factor = _factor(shown, measure)
    saved = saving(shown.trial.digest[:8], measure.of, measure.divisor, measure.unit)
    by = _groups(shown) if grouped else None

    def make() -> TrialValuation:
        agreed = threshold()
        unit = f"{currency_of(agreed)} per patient"
        return TrialValuation(
            treatment=TreatmentValue(
                arms=shown.trial.treated_arms,
                costs=costs(unit),
                qaly_per_effect=factor(),
                saving_per_effect=saved(currency_of(agreed)),
                comparator=shown.trial.control,
            ),
            willingness_to_pay=agreed,
            by=by,
        )

    return make


def arm_shown(shown: Analysed) -> str:
    """Draw the choice of the arm that is looked at, where there are several."""
    arms = shown.trial.treated_arms
    if len(arms) == 1:
        return arms[0]
    key = f"vc-arm-{shown.trial.digest[:8]}"
    label = f"Arm compared with {plain(shown.trial.control)}"
    return str(st.selectbox(label, arms, key=key, persist_state="session"))


def _measure(shown: Analysed) -> _Measure:
    """Draw what the trial's time is counted in, where it has one; return how its effect is valued."""
    if shown.trial.outcome_kind == "time_to_event":
        horizon = float(shown.effects.spec.horizon or 0.0)
        guess = next(name for name, (_, least) in _TIMES.items() if horizon >= least)
        names = [guess, *(name for name in _TIMES if name != guess)]
        unit = choice("Time is counted in", names, "vc-time", "Of the trial's outcome.")
        return _Measure("year gained", _TIMES[unit][0], unit.removesuffix("s"))
    return _Measure("unit of effect", 1.0, "unit of effect")


def _factor(shown: Analysed, measure: _Measure) -> Callable[[], Sourced]:
    if shown.trial.outcome_kind == "time_to_event":
        default = _QALYS_PER_YEAR
        words = "Life gained: its utility. Time without an event: what utility is lost by the event."
    else:
        spread = float(np.nanstd(shown.trial.outcome))
        default = float(f"{_QALYS_PER_SPREAD / spread:.1g}") if spread else 1.0
        words = f"One unit of: {shown.unit.scale}. Start: a standard deviation of the outcome is worth 0.2 QALYs."
    typed = number(f"QALYs per {measure.of}", default, f"vc-qalys-{shown.trial.digest[:8]}", words, step=default / 10)
    place, known = f"vc-qalys-error-{shown.trial.digest[:8]}", "0 takes it as known."
    error = number("Its standard error", _ERROR * default, place, known, least=0.0, step=default / 20)
    source = source_of("the QALYs", "vc-qalys-source", "A utility instrument, or assumed by whom.")
    divisor, per = measure.divisor, f"QALYs per {measure.unit}"
    return lambda: Sourced(value=typed / divisor, unit=per, source=source, se=error / divisor if error else None)


def _groups(shown: Analysed) -> str | None:
    trial = shown.trial
    columns = [
        column
        for column in dict.fromkeys([*trial.roles.protected, *trial.roles.covariates])
        if is_number(trial.frame[column]) or trial.frame[column].nunique() <= MOST_GROUPS
    ]
    picked = st.selectbox(
        "Groups",
        [_NO_GROUPS, *columns],
        index=1 if columns else 0,
        key=f"vc-groups-{trial.digest[:8]}",
        persist_state="session",
        help="Levels of a column, or thirds of a number, chosen before the effects were seen.",
    )
    return None if picked == _NO_GROUPS else str(picked)
