"""Python that computes a design again: its settings, the calls, and what is shown; it needs no data.

Every value of the settings is written as a literal; the calls are expressions of ours.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from ite.report.literal import literal, stated

_LINE = 88
_INDENT = "    "


def design_code(
    settings: Mapping[str, BaseModel],
    functions: Sequence[Callable[..., Any]],
    shown: str,
    steps: Sequence[str] = (),
) -> str:
    """Return a script that makes the settings, takes the steps, and prints what is shown.

    Parameters
    ----------
    settings
        Specifications by the names that the steps call them by.
    functions
        Public functions that the steps and `shown` call by their names; the script imports them from their modules.
    shown
        Expression of a table, left in ``shown``.
    steps
        Statements in between, such as ``size = size_trial(trial)``.
    """
    made = [f"{name} = {source_of(model)}" for name, model in settings.items()]
    known: list[type | Callable[..., Any]] = [*functions]
    for model in settings.values():
        known += _types_in(model)
    end = ["", f"shown = {shown}", "print(shown.to_string(max_rows=60))", ""]
    return "\n".join([*_imports(known), "", *made, *steps, *end])


def source_of(value: object) -> str:
    """Return the expression that makes a specification, a tuple of them, or a plain value; defaults are left out."""
    if isinstance(value, BaseModel):
        return _call(type(value).__name__, [f"{name}={source_of(item)}" for name, item in stated(value).items()])
    if isinstance(value, tuple | list) and any(isinstance(item, BaseModel) for item in value):
        return _call("", [source_of(item) for item in value], "[", "]")
    return literal(value)


def fitted_call(function: str, asked: BaseModel) -> str:
    """Return a public call on ``trial`` and ``effects`` whose keywords are the fields of a specification."""
    keywords = source_of(asked).removeprefix(f"{type(asked).__name__}(")
    between = "\n    trial,\n    effects," if keywords.startswith("\n") else "trial, effects, "
    return f"{function}({between}{keywords}"


def _call(name: str, parts: list[str], opening: str = "(", closing: str = ")") -> str:
    """Write a call on one line if it fits there, else with one part to a line."""
    joined = ", ".join(parts)
    if "\n" not in joined and len(name) + len(joined) + 12 <= _LINE:
        return f"{name}{opening}{joined}{closing}"
    indented = "".join(f"{_INDENT}{part.replace(chr(10), chr(10) + _INDENT)},\n" for part in parts)
    return f"{name}{opening}\n{indented}{closing}"


def _types_in(model: BaseModel) -> list[type | Callable[..., Any]]:
    """Return the specification's own type and those of the specifications inside that are written out."""
    types: list[type | Callable[..., Any]] = [type(model)]
    for value in stated(model).values():
        for item in value if isinstance(value, tuple | list) else (value,):
            if isinstance(item, BaseModel):
                types += _types_in(item)
    return types


def _imports(known: Sequence[type | Callable[..., Any]]) -> list[str]:
    modules: dict[str, set[str]] = {}
    for item in known:
        modules.setdefault(item.__module__, set()).add(item.__name__)
    return [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(modules.items())]
