"""Python that values a treatment again: from typed settings, or from a trial's file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code
from ite.trial.roles import Roles


def trial_value_code(
    fitted: tuple[str, Roles, EffectSpec],
    settings: Mapping[str, BaseModel],
    functions: Sequence[Callable[..., Any]],
    shown: str,
    steps: Sequence[str] = (),
) -> str:
    """Return code that estimates the effects, makes the settings, takes the steps, and shows a table.

    What is typed, without a trial, has the code of `ite.report.design_code`.

    Parameters
    ----------
    fitted
        Source, roles and specification of the fitted trial, as in `ite.report.code`; the script has ``trial`` and
        ``effects`` of them.
    settings, functions, shown, steps
        As in `design_code`.
    """
    return f"import ite\n{design_code(settings, functions, shown, [*estimation_lines(*fitted), *steps])}"
