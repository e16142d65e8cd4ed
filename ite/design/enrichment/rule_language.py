"""A user's own selection rule as a short expression, read and computed without ever running it as code.

    effect >= best_effect - 0.1 and z > 0

Allowed are numbers, the names below, + - * /, comparisons, and, or, not and brackets. The expression is computed for
each population; where it holds, the population continues.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

NAMES = {
    "effect": "estimated benefit of the population so far; for event times minus the log hazard ratio",
    "z": "its test statistic so far",
    "p": "its one-sided p-value in this stage",
    "posterior": "posterior probability that its effect is above the minimal one",
    "predictive": "predictive power of its final test",
    "full_effect": "estimated benefit in the full population",
    "best_effect": "the largest estimated benefit of any population under study",
    "full_z": "test statistic of the full population",
    "best_z": "the largest test statistic of any population under study",
    "share": "share of the population among everybody",
}
_LONGEST, _MOST_PARTS = 300, 60
_ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISON: dict[type, Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def check_rule(expression: str) -> None:
    """Raise DesignError, naming the part that is not understood, unless the expression is a rule."""
    one = {name: np.ones((1, 1)) for name in NAMES}
    if np.asarray(compute_rule(expression, one)).dtype != np.bool_:
        raise DesignError(
            f"A selection rule says yes or no, for instance 'effect > 0'; '{expression}' gives a number. Compare it."
        )


def compute_rule(expression: str, values: Mapping[str, FloatArray]) -> BoolArray:
    """Return where the rule holds; the arrays of `values` are broadcast together.

    Raises
    ------
    DesignError
        If the expression is too long or holds anything but the allowed parts.
    """
    return np.asarray(_value(_parsed(expression), values))


def _parsed(expression: str) -> ast.expr:
    if len(expression) > _LONGEST:
        raise DesignError(
            f"A selection rule has at most {_LONGEST} characters; this one has {len(expression)}. Shorten it."
        )
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as problem:
        raise DesignError(
            f"The selection rule '{expression}' cannot be read. Write a comparison such as 'effect > 0 and z > 1'."
        ) from problem
    if sum(1 for _ in ast.walk(tree)) > _MOST_PARTS:
        raise DesignError("The selection rule has too many parts; shorten it.")
    return tree


def _value(node: ast.expr, values: Mapping[str, FloatArray]) -> Any:  # noqa: ANN401 - a number, or an array of either kind
    if isinstance(node, ast.BoolOp):
        parts = [_yes_or_no(part, values) for part in node.values]
        return np.logical_and.reduce(np.broadcast_arrays(*parts)) if isinstance(node.op, ast.And) else _any(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ~_yes_or_no(node.operand, values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_number(node.operand, values)
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        with np.errstate(divide="ignore", invalid="ignore"):
            return _ARITHMETIC[type(node.op)](_number(node.left, values), _number(node.right, values))
    if isinstance(node, ast.Compare):
        return _compared(node, values)
    return _leaf(node, values)


def _leaf(node: ast.expr, values: Mapping[str, FloatArray]) -> Any:  # noqa: ANN401 - see above
    if isinstance(node, ast.Name) and node.id in values:
        return values[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return np.float64(node.value)
    if isinstance(node, ast.Name):
        raise DesignError(f"The selection rule does not know '{node.id}'. Known are {', '.join(map(repr, values))}.")
    raise DesignError(
        f"'{ast.unparse(node)[:60]}' is not part of a selection rule. Allowed are numbers, "
        f"{', '.join(map(repr, values))}, + - * /, comparisons, and, or, not."
    )


def _compared(node: ast.Compare, values: Mapping[str, FloatArray]) -> Any:  # noqa: ANN401 - see above
    sides = [_number(side, values) for side in (node.left, *node.comparators)]
    parts = []
    for position, sign in enumerate(node.ops):
        if type(sign) not in _COMPARISON:
            raise DesignError("A selection rule compares with <, <=, > or >= only.")
        parts.append(_COMPARISON[type(sign)](sides[position], sides[position + 1]))
    return np.logical_and.reduce(np.broadcast_arrays(*parts))


def _any(parts: list[BoolArray]) -> Any:  # noqa: ANN401 - see above
    return np.logical_or.reduce(np.broadcast_arrays(*parts))


def _yes_or_no(node: ast.expr, values: Mapping[str, FloatArray]) -> BoolArray:
    found = np.asarray(_value(node, values))
    if found.dtype != np.bool_:
        raise DesignError(f"'{ast.unparse(node)[:60]}' is a number where the rule needs a yes or no. Compare it.")
    return found


def _number(node: ast.expr, values: Mapping[str, FloatArray]) -> FloatArray:
    found = np.asarray(_value(node, values))
    if found.dtype == np.bool_:
        raise DesignError(f"'{ast.unparse(node)[:60]}' is a yes or no where the rule needs a number.")
    return found
