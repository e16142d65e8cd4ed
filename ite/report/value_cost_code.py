"""Python that values strategies again: typed in, or from a trial's file."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel

from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code
from ite.trial.groups import groups_of
from ite.trial.roles import Roles
from ite.value.dominance import cost_effectiveness_table
from ite.value.strategies import Strategies
from ite.value.trial_draws import trial_draws
from ite.value.trial_valuation import TrialValuation

Functions = Sequence[Callable[..., object]]


def strategies_code(asked: Strategies, shown: str, functions: Functions = ()) -> str:
    """Return code that analyses typed strategies; `shown` is a table over ``asked`` and ``found``."""
    step = "found = cost_effectiveness_table(asked.names, asked.cost, asked.effect, asked.willingness_to_pay.value)"
    return design_code({"asked": asked}, [cost_effectiveness_table, *functions], shown, [step])


def valuation_code(
    fitted: tuple[str, Roles, EffectSpec],
    asked: TrialValuation,
    shown: str,
    functions: Functions = (),
    steps: Sequence[str] = (),
    settings: Mapping[str, BaseModel] | None = None,
) -> str:
    """Return code that draws costs and effects from a fitted trial, and shows a table over ``found``.

    Parameters
    ----------
    fitted
        Path of the data, roles, and settings of the effects.
    asked
        The valuation.
    shown
        Expression of a table over ``asked``, ``found`` and what the steps make.
    functions
        Public functions that the steps and `shown` call by their names.
    steps
        Statements before `shown`.
    settings
        More specifications by the names that the steps call them by.
    """
    source, roles, effects = fitted
    lines = [
        *estimation_lines(source, roles, effects),
        "groups = groups_of(trial, asked.by)",
        "labels = [groups.names[group] for group in groups.of]",
        "found = trial_draws(effects, asked.treatment, labels, draws=asked.draws, seed=asked.seed)",
        *steps,
    ]
    specs = {"asked": asked, **(settings or {})}
    return f"import ite\n{design_code(specs, [groups_of, trial_draws, *functions], shown, lines)}"
