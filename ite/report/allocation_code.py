"""Python that allocates again: from a trial's file, or from groups typed in."""

from collections.abc import Callable, Sequence

from pydantic import BaseModel

from ite.allocation.allocate import allocate
from ite.allocation.budget_curve import budget_curve
from ite.allocation.frontier import Guarantee, frontier
from ite.allocation.policy_tree import PolicyTreeSpec
from ite.allocation.policy_value import policy_rule
from ite.allocation.selection import selection_of_patients
from ite.allocation.side_by_side import ways_to_share
from ite.allocation.spec import AllocationSpec
from ite.allocation.typed import TypedGroups
from ite.charts.allocation_tables import leaves_table
from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code, fitted_call
from ite.report.literal import literal
from ite.trial.roles import Roles


def allocation_code(
    source: str,
    roles: Roles,
    effects: EffectSpec,
    asked: AllocationSpec,
    shown: str,
    functions: Sequence[Callable[..., object]] = (),
) -> str:
    """Return code that estimates the effects, makes the public call, and shows a table of what it found.

    Parameters
    ----------
    source, roles, effects
        Of the fitted trial, as in `ite.report.code`.
    asked
        The allocation.
    shown
        Expression of a table over ``found``.
    functions
        Public functions that `shown` calls by their names.
    """
    step = f"found = {fitted_call(f'ite.{allocate.__name__}', asked).replace('arms=', 'arm=', 1)}"
    return f"import ite\n{design_code({}, functions, shown, [*estimation_lines(source, roles, effects), step])}"


def budget_code(source: str, roles: Roles, effects: EffectSpec, asked: AllocationSpec) -> str:
    """Return code that values every budget."""
    steps = estimation_lines(source, roles, effects)
    shown = "budget_curve(trial, effects, asked).frame"
    return f"import ite\n{design_code({'asked': asked}, [budget_curve], shown, steps)}"


def typed_code(groups: TypedGroups, guarantee: Guarantee, point: int) -> str:
    """Return code that draws the frontier of typed groups and shows one of its points."""
    step = f"found = frontier(groups.candidates(), groups.budget, {literal(guarantee)})"
    return design_code({"groups": groups}, [frontier], f"found.allocations[{point}].groups", [step])


def ways_code(groups: TypedGroups, weights: tuple[float, ...]) -> str:
    """Return code that compares the named ways to share."""
    return design_code({"groups": groups}, [ways_to_share], f"ways_to_share(groups, {literal(weights)})")


def selection_code(source: str, roles: Roles, effects: EffectSpec, asked: AllocationSpec, seed: int) -> str:
    """Return code that draws who would be served over what the groups' average benefits may be."""
    steps = estimation_lines(source, roles, effects)
    shown = f"selection_of_patients(trial, effects, asked, seed={seed}).groups"
    return f"import ite\n{design_code({'asked': asked}, [selection_of_patients], shown, steps)}"


def rule_code(source: str, roles: Roles, effects: EffectSpec, asked: AllocationSpec, questions: PolicyTreeSpec) -> str:
    """Return code that finds the best short rule and values it."""
    settings: dict[str, BaseModel] = {"asked": asked, "questions": questions}
    steps = [*estimation_lines(source, roles, effects), "found = policy_rule(trial, effects, asked, questions)"]
    return f"import ite\n{design_code(settings, [policy_rule, leaves_table], 'leaves_table(found)', steps)}"
