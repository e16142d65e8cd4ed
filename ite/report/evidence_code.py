"""Python that sets a second outcome of a trial beside the first, from the trial's file."""

from collections.abc import Mapping

from ite.estimation.spec import EffectSpec
from ite.evaluation.benefit_and_harm import benefit_and_harm
from ite.evaluation.second_outcome import second_outcome_roles
from ite.report.code import build, estimation_lines
from ite.report.design_code import design_code
from ite.report.literal import call, literal
from ite.trial.roles import Roles


def second_outcome_code(
    source: str, roles: Roles, spec: EffectSpec, asked: Mapping[str, object], second: EffectSpec, arm: str
) -> str:
    """Return code that estimates the effects on both outcomes and shows them by fifth of predicted benefit.

    Parameters
    ----------
    source, roles, spec
        Of the fitted trial, as in `ite.report.code`.
    asked
        What `second_outcome_roles` takes beside the roles.
    second
        Settings of the second outcome.
    """
    steps = [
        *estimation_lines(source, roles, spec),
        f"second_roles = {call(second_outcome_roles.__name__, 'roles', **asked)}",
        f"second_trial = {call('ite.read_trial', literal(source), 'second_roles')}",
        *(["second_trial = effects.patients_of(second_trial)"] if spec.overlap else []),
        f"second = ite.estimate(second_trial, {build(second)})",
    ]
    shown = f"{benefit_and_harm.__name__}(effects, second, {literal(arm)})"
    return f"import ite\n{design_code({}, [benefit_and_harm, second_outcome_roles], shown, steps)}"


def negative_control_code(
    source: str, roles: Roles, spec: EffectSpec, asked: Mapping[str, object], second: EffectSpec
) -> str:
    """Return code that estimates the effects on an outcome that treatment cannot change; as `second_outcome_code`."""
    steps = [
        *estimation_lines(source, roles, spec),
        f"control_roles = {call(second_outcome_roles.__name__, 'roles', **asked)}",
        f"control_trial = {call('ite.read_trial', literal(source), 'control_roles')}",
        *(["control_trial = effects.patients_of(control_trial)"] if spec.overlap else []),
        f"control = ite.estimate(control_trial, {build(second)})",
    ]
    return f"import ite\n{design_code({}, [second_outcome_roles], 'control.ate', steps)}"
