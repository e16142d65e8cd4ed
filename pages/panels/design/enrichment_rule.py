"""What may happen at a look: which populations continue, and how they are tested."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.design.enrichment.combination import CombinationName
from ite.design.enrichment.intersection import Intersection
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.rule_language import NAMES
from ite.design.enrichment.selection import Rule, Scale, Selection
from pages.panels.design.enrichment_field import choice, keyed, number, optional

_RULES: dict[Rule, str] = {
    "best": "The best population",
    "margin": "The subgroup if better by a margin",
    "epsilon": "All close to the best",
    "r_best": "The best few",
    "all": "All populations",
    "expression": "A rule of my own",
}
_SCALES: dict[Scale, str] = {
    "effect_estimate": "Estimated effect",
    "z_statistic": "Test statistic",
    "posterior_probability": "Posterior probability",
    "predictive_power": "Predictive power",
}
INTERSECTIONS: dict[Intersection, str] = {
    "simes": "Simes",
    "bonferroni": "Bonferroni",
    "sidak": "Sidak",
    "spiessens_debois": "Spiessens-Debois",
}
COMBINATIONS: dict[CombinationName, str] = {
    "inverse_normal": "Inverse normal",
    "fisher": "Fisher's product, equal levels",
    "fisher_full_level": "Fisher's product, full level",
}


def selection(now: Selection, outcome: MeansByStratum | RatesByStratum | HazardsByStratum) -> Callable[[], Selection]:
    """Draw the selection rule with the settings it needs, and return what makes it."""
    rule: Rule = choice("Who continues", "rule", now.rule, _RULES, "Decided on the data so far, at each look.")
    scale: Scale = choice("Judged by", "scale", now.scale, _SCALES, "The value by which populations are compared.")
    ratio = isinstance(outcome, HazardsByStratum) and scale == "effect_estimate"
    return partial(
        Selection,
        rule=rule,
        scale=scale,
        **_needed(rule, now),
        threshold=optional(
            "Drop a population below" if not ratio else "Drop a population above",
            "threshold",
            now.threshold,
            (-1e6, 1e6, 0.05),
            "A population whose value is not better than this is dropped; if none is left, the trial stops for "
            "futility." + (" It is a hazard ratio." if ratio else ""),
        ),
        minimal_effect=optional(
            "Effect to exceed", "minimal", now.minimal_effect, (-1e6, 1e6, 0.05), "Empty: any benefit."
        )
        if scale == "posterior_probability"
        else None,
    )


def _needed(rule: Rule, now: Selection) -> dict[str, object]:
    if rule == "r_best":
        return {"keep": int(number("How many continue", "keep", float(now.keep or 1), (1.0, 4.0, 1.0)))}
    if rule == "epsilon":
        hint = "Populations whose value is within this distance of the best one continue."
        return {"epsilon": number("How close", "epsilon", now.epsilon or 0.1, (0.0, 1e6, 0.05), hint)}
    if rule == "margin":
        hint = "The subgroup goes on alone if its value is larger by more than this; else the full population does."
        return {"margin": number("Margin", "margin", now.margin or 0.0, (-1e6, 1e6, 0.05), hint)}
    return {"expression": _expression(now)} if rule == "expression" else {}


def _expression(now: Selection) -> str:
    words = "; ".join(f"{name}: {meaning}" for name, meaning in NAMES.items())
    typed = st.text_input(
        "A population continues where",
        value=now.expression or "effect >= best_effect - 0.1 and z > 0",
        max_chars=300,
        help=f"Numbers, + - * /, comparisons, and, or, not, brackets. {words}.",
        **keyed("expression"),
    )
    return str(typed)


def intersection(now: Intersection) -> Intersection:
    """Draw the test of all populations at once."""
    found: Intersection = choice(
        "Test of all populations at once",
        "intersection",
        now,
        INTERSECTIONS,
        "A closed test rejects a population only if every group of hypotheses that holds it is rejected too.",
    )
    return found


def combination(now: CombinationName) -> CombinationName:
    """Draw how the stages are put together."""
    found: CombinationName = choice(
        "Stages put together by",
        "combination",
        now,
        COMBINATIONS,
        "Keeps the level whatever is chosen at the look. Fisher's product is for two stages.",
    )
    return found
