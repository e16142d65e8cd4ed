"""Python that simulates an enrichment design again: the public calls behind its figures, and nothing else."""

import re
from collections.abc import Mapping

from ite.design.comparison.needs import Resources
from ite.design.enrichment.spec import EnrichmentDesign
from ite.report.enrichment_file import EnrichmentFile
from ite.report.literal import call, literal

_LINE, _STEP = 100, 4
#: The module of a function that is called by its full name; public names need none.
_CALLED = re.compile(r"\b(ite(?:\.\w+)+)\.\w+\(")
#: Where the comparisons live: function to module.
COMPARISONS = {
    "compare_strategies": "side_by_side",
    "regret": "regret",
    "tornado": "tornado",
    "error_map": "error_map",
    "pooled_error": "pooled_analysis",
}


def enrichment_code(asked: EnrichmentFile, shown: str) -> str:
    """Return code that makes the design as tested, simulates it, and prints `shown`, an expression over ``found``."""
    simulate = f"found = ite.simulate(design, trials={asked.trials}, seed={asked.seed})"
    return script([*design_lines(asked.tested), simulate], shown)


def comparison_code(
    asked: EnrichmentFile, function: str, shown: str, resources: Resources | None = None, **settings: object
) -> str:
    """Return code that calls a function of `ite.design.comparison` on the design as tested.

    Parameters
    ----------
    asked
        Design, trials and seed.
    function
        One of the keys of `COMPARISONS`.
    shown
        Expression over ``found``.
    resources
        Rates and prices, where the function takes them.
    settings
        Its further arguments.
    """
    module = f"ite.design.comparison.{COMPARISONS[function]}"
    imports, given = {module}, ["design"]
    if resources is not None and (known := resources.model_dump(exclude_defaults=True)):
        imports.add("ite.design.comparison.needs")
        given.append(call("ite.design.comparison.needs.Resources", **known))
    simulated = {**settings, "trials": asked.trials, "seed": asked.seed}
    return script(
        [*design_lines(asked.tested), f"found = {call(f'{module}.{function}', *given, **simulated)}"],
        shown,
        tuple(sorted(imports)),
    )


def design_lines(design: EnrichmentDesign) -> list[str]:
    """Return code that makes a design: defaults are left out, settings are dictionaries."""
    fields = design.model_dump(exclude_defaults=True)
    fields["scenario"]["outcome"] = {"kind": design.scenario.outcome.kind, **fields["scenario"]["outcome"]}
    arguments = [f"{' ' * _STEP}{name}={written(value, _STEP)}," for name, value in fields.items()]
    return ["design = ite.Enrichment(", *arguments, ")"]


def script(lines: list[str], shown: str, imports: tuple[str, ...] = ()) -> str:
    """Return a whole script that leaves the table in ``shown`` and prints it.

    `imports` are modules that `lines` need; those of the functions that `shown` calls are found in it.
    """
    modules = sorted({*imports, *_CALLED.findall(shown)})
    head = ["import ite", *(f"import {module}" for module in modules), ""]
    return "\n".join([*head, *lines, "", f"shown = {shown}", "print(shown.to_string(max_rows=60))", ""])


def written(value: object, indent: int) -> str:
    """Return a value as a Python literal, broken over lines where it is long; `indent` is that of its line."""
    one_line = literal(value)
    if indent + len(one_line) <= _LINE or not isinstance(value, list | tuple | Mapping):
        return one_line
    inner = indent + _STEP
    items = (
        [f"{literal(name)}: {written(item, inner)}" for name, item in value.items()]
        if isinstance(value, Mapping)
        else [written(item, inner) for item in value]
    )
    first, last = "{}" if isinstance(value, Mapping) else "[]"
    body = "".join(f"{' ' * inner}{item},\n" for item in items)
    return f"{first}\n{body}{' ' * indent}{last}"
