"""Python that designs and simulates the next trial again, from the file of the fitted one."""

from collections.abc import Callable, Sequence
from typing import Any

from ite.design.alternatives.resources import Resources
from ite.design.fitted.spec import NextTrialSpec, TwoMarkerRule
from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code, fitted_call
from ite.subgroup.slice import Slice
from ite.trial.roles import Roles

_CALL = "ite.Enrichment.from_effects"


def next_trial_code(
    source: str,
    roles: Roles,
    effects: EffectSpec,
    asked: NextTrialSpec,
    shown: str,
    functions: Sequence[Callable[..., Any]] = (),
) -> str:
    """Return code that estimates the effects, designs the next trial, and shows an expression over ``design``.

    Parameters
    ----------
    source, roles, effects
        Of the fitted trial, as in `ite.report.code`.
    asked
        The next trial.
    shown
        Expression of a table over ``trial``, ``effects`` and ``design``.
    functions
        Public functions that `shown` calls by their names.
    """
    steps = [*estimation_lines(source, roles, effects), f"design = {fitted_call(_CALL, asked)}"]
    return f"import ite\n{design_code({}, [*_types(asked), *functions], shown, steps)}"


def enrolment_code(
    source: str, roles: Roles, effects: EffectSpec, asked: NextTrialSpec, function: Callable[..., Any]
) -> str:
    """Return code that follows the next trial over the enrolled fraction by a function of trial, effects and spec."""
    settings, steps = {"asked": asked}, estimation_lines(source, roles, effects)
    shown = f"{function.__name__}(trial, effects, asked).frame"
    return f"import ite\n{design_code(settings, [function], shown, steps)}"


def _types(asked: NextTrialSpec) -> list[type]:
    """Return the specifications that the call writes out."""
    priced: list[type] = [] if asked.resources == Resources() else [Resources]
    sliced: list[type] = [Slice] if asked.slices else []
    return [*priced, *sliced, *([TwoMarkerRule] if asked.rule is not None else [])]
