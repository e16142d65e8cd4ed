"""Python that compares groups with and without a programme again: typed in, or from a trial's file."""

from collections.abc import Callable, Sequence

from ite.allocation.distributional_gain import Aversion
from ite.allocation.fitted_health import fitted_health
from ite.allocation.health_groups import HealthGroups
from ite.allocation.spec import AllocationSpec
from ite.estimation.spec import EffectSpec
from ite.report.allocation_code import allocation_code
from ite.report.design_code import design_code, source_of
from ite.trial.roles import Roles

#: How `shown` calls the groups, the aversion, and what a trial's groups come from; they are put in their places.
GROUPS, AVERSION, HEALTH = "{groups}", "{aversion}", "{health}"


def typed_inequality_code(
    groups: HealthGroups, aversion: Aversion, shown: str, functions: Sequence[Callable[..., object]]
) -> str:
    """Return code for typed groups.

    Parameters
    ----------
    shown
        Expression of a table over `GROUPS` and `AVERSION`; `HEALTH` is a trial's alone.
    functions
        Public functions that `shown` calls by their names.
    """
    settings = {"groups": groups, "aversion": aversion}
    return design_code(settings, functions, shown.format(groups="groups", aversion="aversion"))


def fitted_inequality_code(
    fitted: tuple[str, Roles, EffectSpec],
    asked: AllocationSpec,
    aversion: Aversion,
    shown: str,
    functions: Sequence[Callable[..., object]],
) -> str:
    """Return code for the groups of an allocation from a trial, given as source, roles, and settings of its effects."""
    health = f"{fitted_health.__name__}(trial, effects, found)"
    called: list[Callable[..., object]] = [*functions, fitted_health, *([Aversion] if AVERSION in shown else [])]
    table = shown.format(groups=f"{health}.groups", health=health, aversion=source_of(aversion))
    return allocation_code(*fitted, asked, table, called)
