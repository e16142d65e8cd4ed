"""Values and calls written as Python source: whatever stands in the data stays a value and never becomes code."""

import math

from pydantic import BaseModel

_LINE = 88
_INDENT = "    "


def literal(value: object) -> str:
    """Return a value as a Python literal: tuples become lists, whole floats lose their point.

    Raises
    ------
    ValueError
        For a type that has no plain literal.
    """
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, BaseModel):
        return call(f"ite.{type(value).__name__}", **stated(value))
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    raise ValueError(f"no Python literal for {type(value).__name__}")


def stated(model: BaseModel) -> dict[str, object]:
    """Return what a specification says beyond its defaults, by field."""
    fields = type(model).model_fields
    values = {name: getattr(model, name) for name in fields}
    return {
        name: value
        for name, value in values.items()
        if fields[name].is_required() or value != fields[name].get_default(call_default_factory=True)
    }


def call(function: str, *positional: str, **named: object) -> str:
    """Return a call as Python source, a long one over several lines; `positional` are expressions, `named` values."""
    short = ", ".join([*positional, *(f"{name}={literal(value)}" for name, value in named.items())])
    if len(function) + len(short) + 12 <= _LINE:
        return f"{function}({short})"
    lines = [*positional, *(f"{name}={_over_lines(name, value)}" for name, value in named.items())]
    return f"{function}(\n" + "".join(f"{_INDENT}{line},\n" for line in lines) + ")"


def _over_lines(name: str, value: object) -> str:
    """Break a list that does not fit its line; other values stay on one."""
    one_line = literal(value)
    if not isinstance(value, list | tuple) or len(_INDENT) + len(name) + len(one_line) + 2 <= _LINE:
        return one_line
    lines = [""]
    for item in map(literal, value):
        if lines[-1] and len(lines[-1]) + len(item) + 2 * len(_INDENT) + 2 > _LINE:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{item},"
    body = "".join(f"{2 * _INDENT}{line}\n" for line in lines)
    return f"[\n{body}{_INDENT}]"


def _text(value: str) -> str:
    """Write text in double quotes where that needs no escapes; unprintable characters stand as escapes."""
    written = repr(str(value))
    return f'"{written[1:-1]}"' if written[0] == "'" and '"' not in written and "\\'" not in written else written


def _number(value: float) -> str:
    if isinstance(value, int):
        return repr(int(value))
    value = float(value)
    if not math.isfinite(value):
        return f'float("{value}")'
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
