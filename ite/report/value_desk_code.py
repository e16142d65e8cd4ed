"""Python that ranks options again: typed as counts, or the arms of a trial's file."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel

from ite.allocation.served import served
from ite.allocation.spec import AllocationSpec
from ite.estimation.spec import EffectSpec
from ite.report.code import estimation_lines
from ite.report.design_code import design_code
from ite.subgroup.slice import Slice
from ite.trial.roles import Roles
from ite.value.counted_options import CountedOptions
from ite.value.fitted_options import FittedOptions, draw_fitted_options
from ite.value.utility_weights import UtilityWeights

#: Makes the code that shows an expression over ``draws``, ``weights`` and ``expected``, calling some functions.
Coder = Callable[[str, Sequence[Callable[..., object]]], str]


def counted_desk_code(options: CountedOptions, weights: UtilityWeights) -> Coder:
    """Return what writes code over options typed as counts."""
    settings: Mapping[str, BaseModel] = {"options": options, "weights": weights}
    steps = ["draws = options.draws(seed=0)", "expected = options.expected"]
    return lambda shown, functions: design_code(settings, functions, shown, steps)


def fitted_desk_code(
    reading: tuple[str, Roles, EffectSpec],
    options: FittedOptions,
    weights: UtilityWeights,
    patients: Slice | AllocationSpec | None,
) -> Coder:
    """Return what writes code over the arms of a trial.

    Parameters
    ----------
    reading
        Source, roles and settings of the effects, as in `ite.report.code`.
    options, weights
        What the arms take, and what it counts.
    patients
        Whose average effect: a slice, those whom an allocation serves, or None for everybody.
    """
    settings: dict[str, BaseModel] = {"options": options, "weights": weights}
    inside = "None"
    own: list[Callable[..., object]] = [draw_fitted_options]
    if patients is not None:
        settings["chosen"] = patients
        is_slice = isinstance(patients, Slice)
        inside = "chosen.mask(trial, effects)" if is_slice else "served(trial, effects, chosen)"
        own += [] if is_slice else [served]
    steps = [
        *estimation_lines(*reading),
        f"inside = {inside}",
        "draws = draw_fitted_options(effects, options, inside)",
        "expected = None",
    ]
    return lambda shown, functions: f"import ite\n{design_code(settings, [*own, *functions], shown, steps)}"
