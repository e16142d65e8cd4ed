"""Python that compares strategies of prevention again: from typed risks, or from a trial's file."""

from collections.abc import Callable, Sequence

from ite.allocation.prevention import PreventionSpec, prevention
from ite.allocation.risk_distribution import predicted_risks
from ite.allocation.typed_risks import Population, SpreadRisks, TwoRisks
from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code
from ite.trial.roles import Roles

#: The call whose result the scripts call `found`.
_STEP = f"found = {prevention.__name__}(risks, population.threshold, programme)"


def typed_prevention_code(
    typed: TwoRisks | SpreadRisks,
    population: Population,
    programme: PreventionSpec,
    shown: str,
    functions: Sequence[Callable[..., object]] = (),
) -> str:
    """Return code for typed risks.

    Parameters
    ----------
    shown
        Expression of a table over ``found``, ``risks``, ``population`` and ``programme``.
    functions
        Public functions that `shown` calls by their names.
    """
    settings = {"typed": typed, "population": population, "programme": programme}
    return design_code(settings, [prevention, *functions], shown, ["risks = typed.risks(population.people)", _STEP])


def fitted_prevention_code(
    fitted: tuple[str, Roles, EffectSpec],
    population: Population,
    programme: PreventionSpec,
    shown: str,
    functions: Sequence[Callable[..., object]] = (),
) -> str:
    """Return code for the predicted risks of a trial, given as its source, roles, and settings of its effects."""
    settings = {"population": population, "programme": programme}
    risks = f"risks = {predicted_risks.__name__}(trial, effects, population.people)"
    called: list[Callable[..., object]] = [prevention, predicted_risks, *functions]
    return f"import ite\n{design_code(settings, called, shown, [*estimation_lines(*fitted), risks, _STEP])}"
