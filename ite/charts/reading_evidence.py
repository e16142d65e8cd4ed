"""The sentences that go with evidence in depth: fifths, profiles, the map of covariates, two outcomes, groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ite.charts.scale import EffectUnit, p_value_words
from ite.evaluation.benefit_and_harm import EVERYBODY
from ite.evaluation.least_spread import LeastSpread

_MOST_NAMES = 4


def fifths_sentence(fifths: pd.DataFrame, unit: EffectUnit) -> str:
    """Return by how much the top fifth gains more than the bottom fifth, and whether that is sure."""
    estimate, lower, upper = fifths[["estimate", "lower", "upper"]].to_numpy(dtype=float)[-1]
    found = f"The top fifth gains {unit.label(estimate, lower, upper)} more than the bottom fifth ({unit.words})"
    if lower > 0:
        return f"{found}: the order holds up in patients whom the ranking had not seen."
    if upper < 0:
        return f"{found}: those ranked first gained less, so the order does not hold up."
    return f"{found}; the interval includes no difference, so the order is not shown to hold up."


def least_spread_sentence(found: LeastSpread, unit: EffectUnit) -> str:
    """Return the lower bound of the spread of effects."""
    if np.isnan(found.lower):
        return "The model predicts the same effect for everybody, so it explains no differences."
    if found.lower > 0:
        return (
            f"With 95 % confidence the effects differ between patients by a standard deviation of at least "
            f"{unit.amount(found.lower)}; this ranking explains {unit.number(found.explained)}."
        )
    return "These data do not rule out that everybody has the same effect: the lower bound of the spread is 0."


def profile_sentence(profile: pd.DataFrame) -> str:
    """Return which covariates set the top fifth apart from the bottom fifth."""
    apart = profile[(profile["lower"] > 0) | (profile["upper"] < 0)]
    if apart.empty:
        return "No covariate sets the top fifth clearly apart from the bottom fifth."
    rows = apart.head(_MOST_NAMES)[["covariate", "level", "difference"]].to_numpy().tolist()
    words = [_more_or_less(str(name), str(level), difference > 0) for name, level, difference in rows]
    others = len(apart) - len(words)
    more = f"; {others} further {'row differs' if others == 1 else 'rows differ'}" if others else ""
    return f"The top fifth has {'; '.join(words)}{more}. This describes the ranking, not causes."


def _more_or_less(name: str, level: str, more: bool) -> str:  # noqa: FBT001 - a fact, not a switch
    if level:
        return f"{'more' if more else 'fewer'} patients with {name} {level}"
    return f"{'higher' if more else 'lower'} {name}"


def projection_sentence(projection: pd.DataFrame, unit: EffectUnit) -> str:
    """Return which terms go along with the effect while the other covariates stay the same."""
    clear = projection[(projection["lower"] > 0) | (projection["upper"] < 0)]
    if clear.empty:
        return f"None of the {len(projection)} terms goes clearly along with the effect while the others stay the same."
    rows = clear[["covariate", "term", "estimate", "lower", "upper"]].to_numpy().tolist()[:_MOST_NAMES]
    words = "; ".join(f"{name} {term}: {unit.label(*values)}" for name, term, *values in rows)
    return f"While the other covariates stay the same, the effect changes with {words} ({unit.words})."


def map_sentence(covariates: pd.DataFrame) -> str:
    """Return which covariates tell the effect, which the outcome, and which both."""
    parts = []
    for kind, says in (
        ("both", "tells the outcome and the effect"),
        ("effect modifier", "tells the effect alone"),
        ("prognostic", "tells the outcome alone"),
    ):
        names = covariates.loc[covariates["kind"] == kind, "covariate"].tolist()
        if names:
            parts.append(f"{_listed(names)} {says if len(names) == 1 else says.replace('tells', 'tell', 1)}")
    if not parts:
        return f"None of {len(covariates)} covariates tells the outcome or the effect more than chance would."
    rest = int((covariates["kind"] == "neither").sum())
    return f"Beyond chance, {'; '.join(parts)}. {rest} of {len(covariates)} covariates tell neither."


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown.append(f"{len(names) - _MOST_NAMES} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def groups_sentence(groups: pd.DataFrame) -> str:
    """Return whether some groups are harmed while others benefit, and whether effects differ at all (`with_tests`)."""
    qualitative_p, quantitative_p = groups[["qualitative_p", "quantitative_p"]].to_numpy(dtype=float)[0]
    harmed = groups.loc[groups["estimate"] < 0, "group"].tolist()
    if not harmed or len(harmed) == len(groups):
        seen = "The effect points the same way in all groups"
    else:
        seen = f"The effect is negative in {_listed(harmed)} and positive elsewhere"
    crossing = "harm in some groups beside benefit in others"
    shown = f"this is a sign of {crossing}" if qualitative_p <= 0.05 else f"{crossing} is not shown"
    return (
        f"{seen}; {shown} (Gail and Simon, {p_value_words(qualitative_p)}). "
        f"Any difference between the groups: {p_value_words(quantitative_p)}."
    )


def plane_sentence(table: pd.DataFrame, units: tuple[EffectUnit, EffectUnit], arm: str, second: str) -> str:
    """Return what the arm does to the second outcome in everybody, and in the top fifth of benefit."""
    columns = ["second", "second_lower", "second_upper"]
    everybody = table.loc[table["group"] == EVERYBODY, columns].to_numpy(dtype=float)[0]
    sentence = f"On {second} the effect of {arm} is {units[1].label(*everybody)} ({units[1].words}; positive is good)"
    if len(table) == 1:
        return f"{sentence}. The model ranks nobody, so there are no fifths."
    top = table.iloc[-1]
    return (
        f"{sentence}. The fifth with most predicted benefit gains {units[0].number(float(top['benefit']))} on the "
        f"first outcome, and has {units[1].label(*top[columns].to_numpy(dtype=float))} on the second."
    )


def responders_sentence(measures: pd.DataFrame) -> str:
    """Return what the ranking of a two-level outcome adds, without any claim to certainty."""
    values = measures.set_index("measure")
    gained, concordance = (float(values["value"].to_dict()[name]) for name in ("Qini coefficient", "c-for-benefit"))
    return (
        f"The ranking gains {gained:.2f} good outcomes per 100 patients above a random order (Qini coefficient), and "
        f"orders pairs of patients rightly in {concordance:.0%} of cases (c-for-benefit; 50 % is chance). "
        "No intervals: these describe this trial."
    )


def credibility_sentence(items: pd.DataFrame, covariate: str) -> str:
    """Return how many of the questions have which answer; not a score, for they do not weigh the same."""
    counts = items["mark"].value_counts()
    parts = [f"{int(counts.get(mark, 0))} {words}" for mark, words in _MARKS]
    return f"About {covariate}: {', '.join(parts)}. The answers do not add up to a score."


_MARKS = (("supports", "support a real difference"), ("against", "speak against it"), ("unknown", "are open"))
