"""The sentences that go with an effect on several scales: a result in, words out."""

import math

import pandas as pd

from ite.charts.effect_scales import on_scale
from ite.charts.scale import VERDICT_LIMITS, EffectUnit, cell, p_value_words
from ite.estimation.result import EffectEstimate
from ite.evaluation.result import Evidence
from ite.trial.data import TrialData
from ite.trial.survival import competing_count


def scales_sentence(table: pd.DataFrame, scale: str, unit: EffectUnit, control: str) -> str:
    """Return the effect of each arm on one scale in words, or why there is none."""
    own = table[table["scale"] == scale]
    words = [f"{row['arm']} {on_scale(row, unit)}{_favours(row)}" for _, row in own.iterrows()]
    reasons = [str(note) for note in own.loc[own["favours"] == "unknown", "note"].drop_duplicates()]
    measure = f"{scale[:1].upper()}{scale[1:]}" + (f", {unit.words}" if unit.percent and _straight(own) else "")
    return " ".join([f"{measure}, against {control}: {'; '.join(words)}.", *reasons])


def _straight(rows: pd.DataFrame) -> bool:
    return bool((rows["null"] == 0).all())


def _favours(row: pd.Series) -> str:
    if row["favours"] == "unknown":
        return ""
    return ", either side of no effect" if row["favours"] == "neither" else f", in favour of {row['favours']}"


def modification_differs(evidence: Evidence, arm: str) -> bool:
    """Whether one scale shows signs that the effect differs between patients and the other does not."""
    absolute, relative = _p_values(evidence, arm)
    known = math.isfinite(absolute) and math.isfinite(relative)
    return known and (absolute <= VERDICT_LIMITS[1]) != (relative <= VERDICT_LIMITS[1])


def modification_sentence(evidence: Evidence, arm: str) -> str:
    """Return whether the effect differs between patients on the absolute and on the ratio scale, side by side."""
    absolute, relative = _p_values(evidence, arm)
    if arm not in evidence.relative.index:
        return (
            "Differences between patients are tested on the scale of differences alone: this kind of outcome has no "
            "ratio that is usually taken to be the same for everybody."
        )
    ratio = "hazard" if "hazard" in str(evidence.relative["method"].to_dict()[arm]) else "odds"
    if not (math.isfinite(absolute) and math.isfinite(relative)):
        return "On one of the two scales the data are too few to tell whether the effect differs between patients."
    sides = f"On the absolute scale {_signs(absolute)}, on the ratio scale ({ratio} ratio) {_signs(relative)}"
    if modification_differs(evidence, arm):
        return (
            f"{sides}: effect modification depends on the scale. Say with every claim which scale it is about; for a "
            "decision about patients the absolute scale counts."
        )
    return f"{sides}: the two scales agree. Whether the two differ was not itself tested."


def weights_sentence(effects: EffectEstimate) -> str:
    """Return the largest censoring weight of a time-to-event outcome and how many were cut; empty for others."""
    if effects.spec.horizon is None or effects.scored is None:
        return ""
    cut = effects.scored.truncated
    patients = "1 patient" if cut == 1 else f"{cut:,} patients"
    largest = effects.scored.largest_weight
    known = f"Largest censoring weight {largest:.2g}. " if math.isfinite(largest) else ""
    return f"{known}{f'The weight of {patients}' if cut else 'No censoring weight'} was truncated."


def competing_sentence(trial: TrialData) -> str:
    """Say how a competing event is counted; empty where the roles name none."""
    counts = competing_count(trial)
    if counts is None:
        return ""
    column = trial.spoken(trial.roles.competing)
    if trial.roles.competing_as_event:
        return f"Composite: {column} counts as an event."
    return f"Cause-specific: {int(counts.sum()):,} patients ended by {column} count as censored."


def _signs(p_value: float) -> str:
    there = "there are signs of differences" if p_value <= VERDICT_LIMITS[1] else "there is no evidence of differences"
    return f"{there} between patients ({p_value_words(p_value)})"


def _p_values(evidence: Evidence, arm: str) -> tuple[float, float]:
    relative = cell(evidence.relative, arm, "p_value") if arm in evidence.relative.index else math.nan
    return cell(evidence.heterogeneity, arm, "p_value"), relative
