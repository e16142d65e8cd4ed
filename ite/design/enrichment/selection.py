"""Which populations continue after an interim look."""

from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from ite.design.enrichment.rule_language import check_rule, compute_rule
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

Rule = Literal["best", "r_best", "epsilon", "all", "margin", "expression"]
Scale = Literal["effect_estimate", "z_statistic", "posterior_probability", "predictive_power"]


class Selection(DesignSpec):
    """A rule and the value it looks at; frozen.

    Attributes
    ----------
    rule
        "best": the population with the largest value; "r_best": the `keep` largest; "epsilon": all within `epsilon`
        of the best; "all": every one; "margin": the best subgroup alone if it exceeds the full population by more
        than `margin`, else the full population alone; "expression": those for which `expression` holds (see
        rule_language).
    scale
        The value: estimated effect so far (for event times the hazard ratio, smaller is better), test statistic so far,
        posterior probability under a flat prior that the effect exceeds `minimal_effect`, or predictive power.
    keep, epsilon, margin, expression
        What the rule of that name needs.
    threshold
        A chosen population whose value is not better than this is dropped (on the value's own scale; for event times
        a hazard ratio); if none is left the trial stops for futility. None drops none. With "all" this is the
        threshold rule.
    minimal_effect
        For posterior probabilities: the benefit to exceed; for event times a hazard ratio to fall below (None: no
        effect).
    """

    rule: Rule = "best"
    scale: Scale = "effect_estimate"
    keep: int | None = Field(default=None, ge=1, le=4)
    epsilon: float | None = Field(default=None, ge=0)
    margin: float | None = None
    expression: str | None = None
    threshold: float | None = None
    minimal_effect: float | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {"r_best": "keep", "epsilon": "epsilon", "margin": "margin", "expression": "expression"}.get(self.rule)
        if needed is not None and getattr(self, needed) is None:
            raise DesignError(f"The selection rule '{self.rule}' needs a value for '{needed}'.")
        if self.expression is not None:
            check_rule(self.expression)
        return self


def select(
    selection: Selection,
    value: FloatArray,
    studied: BoolArray,
    facts: dict[str, FloatArray],
    threshold: float | None,
) -> BoolArray:
    """Return which populations continue, shape (populations, trials).

    Parameters
    ----------
    selection
        The rule.
    value
        Selection value, larger is better, shape (populations, trials); the full population first. Of equal values the
        later population is preferred.
    studied
        Populations still under study.
    facts
        What a rule written as an expression may use; see rule_language.NAMES.
    threshold
        `selection.threshold` on the scale of the values; None drops nothing.
    """
    known = np.where(studied & ~np.isnan(value), value, -np.inf)
    if selection.rule == "expression":
        chosen = np.broadcast_to(compute_rule(selection.expression or "", facts), value.shape)
    else:
        chosen = _by_value(selection, known)
    chosen = chosen & studied & (known > -np.inf)
    if threshold is not None:
        chosen = chosen & (known > threshold)
    return np.asarray(chosen)


def _by_value(selection: Selection, known: FloatArray) -> BoolArray:
    if selection.rule == "all":
        return np.ones(known.shape, dtype=bool)
    if selection.rule == "epsilon":
        return np.asarray(known >= known.max(axis=0) - (selection.epsilon or 0.0))
    if selection.rule == "margin":
        return _margin(known, selection.margin or 0.0)
    return _largest(known, 1 if selection.rule == "best" else selection.keep or 1)


def _largest(known: FloatArray, keep: int) -> BoolArray:
    """Return the `keep` largest of each trial, ties to the later population."""
    last_first = known[::-1]
    if keep == 1:
        best = len(known) - 1 - last_first.argmax(axis=0)
        return np.asarray(np.arange(len(known))[:, None] == best)
    order = np.argsort(-last_first, axis=0, kind="stable")[:keep]
    chosen = np.zeros(known.shape, dtype=bool)
    np.put_along_axis(chosen, len(known) - 1 - order, values=True, axis=0)
    return chosen


def _margin(known: FloatArray, margin: float) -> BoolArray:
    chosen = np.zeros(known.shape, dtype=bool)
    if len(known) == 1:
        return ~chosen
    subgroup_wins = known[1:].max(axis=0) > known[0] + margin
    chosen[1:] = _largest(known[1:], 1) & subgroup_wins
    chosen[0] = ~subgroup_wins
    return chosen
