"""Inputs of an allocation from the fitted trial: what is offered, how much, and what every group is guaranteed."""

from collections.abc import Callable

import streamlit as st

from ite.allocation.frontier import Guarantee
from ite.allocation.spec import AllocationSpec, BudgetUnit
from pages.panels.allocation.guarantee import ask_guarantee
from pages.ui import handover
from pages.ui.analysed import Analysed
from pages.ui.fields import choice, number, percent
from pages.ui.text import plain

_UNITS: dict[str, BudgetUnit] = {"Share of candidates": "share", "Number of offers": "offers", "Money": "money"}
_NO_GROUPS = "No groups"


def ask(shown: Analysed) -> Callable[[float], AllocationSpec]:
    """Draw the inputs; return what makes the specification at a point of the frontier."""
    arms = _arms(shown)
    unit = _UNITS[choice("Budget counted in", list(_UNITS), "al-unit", "What is limited.")]
    budget, costs = _budget(shown, unit, arms)
    least = _least_benefit(shown)
    equity = _groups(shown)
    guarantee: Guarantee = "offers"
    if equity is not None:
        guarantee = ask_guarantee("al-guarantee")

    def make(position: float) -> AllocationSpec:
        return AllocationSpec(
            arms=arms,
            budget=budget,
            budget_unit=unit,
            costs=costs,
            equity=equity,
            guarantee=guarantee,
            least_benefit=least,
            position=position if equity is not None else 0.0,
        )

    return make


def position() -> float:
    """Draw the slider along the frontier."""
    words = "0 %: most benefit, whoever gets it. 100 %: the most that every group can be guaranteed."
    return percent("From efficiency to equity", (0, 100), 0, "al-position", words, step=5)


def _arms(shown: Analysed) -> tuple[str, ...]:
    arms = shown.trial.treated_arms
    if len(arms) == 1:
        return arms
    words = "Each patient is offered one of these at most, the one worth most."
    typed = st.multiselect(
        "Arms offered",
        list(arms),
        default=[shown.arm],
        format_func=plain,
        key=f"al-arms-{shown.trial.digest[:8]}",
        persist_state="session",
        help=words,
    )
    return tuple(arm for arm in arms if arm in typed)


def _budget(shown: Analysed, unit: BudgetUnit, arms: tuple[str, ...]) -> tuple[float, tuple[float, ...] | None]:
    n = shown.trial.n
    if unit == "share":
        return percent("Candidates who can be offered it", (1, 100), 40, "al-share", "The trial's patients."), None
    if unit == "offers":
        words = f"Among {n:,} candidates, the trial's patients."
        return number("Offers", float(round(0.4 * n)), "al-offers", words, step=1.0), None
    total = number("Budget", 400.0 * n, "al-money", f"For {n:,} candidates.", step=1000.0)
    words = "Of one offer, in the budget's money."
    costs = [number(f"Cost of {plain(arm)}", 1000.0, f"al-cost-{arm}", words, step=100.0) for arm in arms]
    return total, tuple(costs)


def _least_benefit(shown: Analysed) -> float:
    """Draw the least predicted benefit that is worth an offer, as the decision desk suggests it."""
    suggested = handover.suggested_least_benefit(shown.trial, shown.effects)
    unit = 100.0 if shown.unit.percent else 1.0
    words = (
        f"Predicted, in {shown.unit.words.replace('_', ' ')}. 0 leaves out predicted harm alone. The Decision desk of "
    )
    # A new suggestion is a field of its own: it stands in place of what was typed before.
    key = f"al-least-{shown.trial.digest[:8]}-{suggested:.6g}"
    label = AllocationSpec.label("least_benefit")
    start = round(unit * suggested, 6)
    return number(label, start, key, f"{words}the Value page suggests a threshold.", step=unit / 100) / unit


def _groups(shown: Analysed) -> str | None:
    roles = shown.trial.roles
    columns = [*dict.fromkeys([*roles.protected, *roles.covariates])]
    default = 1 if roles.protected else 0
    picked = st.selectbox(
        "Groups",
        [_NO_GROUPS, *columns],
        index=default,
        format_func=plain,
        key=f"al-groups-{shown.trial.digest[:8]}",
        persist_state="session",
        help="Who is to be guaranteed a part: the levels of a column, or thirds of a number.",
    )
    return None if picked == _NO_GROUPS else str(picked)
