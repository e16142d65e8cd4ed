"""The sentences that go with the charts of effects and evidence: a result in, words out.

An effect is always the average of patients like these, never one patient's own.
"""

import numpy as np

from ite.charts.scale import VERDICT_LIMITS, cell, effect_unit, p_value_words
from ite.estimation.result import EffectEstimate
from ite.evaluation.result import Evidence, Verdict

HEADLINES: dict[Verdict, str] = {
    "no evidence": "No evidence that the effect of {arm} differs between patients",
    "suggestive": "Suggestive, not conclusive: the effect of {arm} may differ between patients",
    "evidence": "Evidence that the effect of {arm} differs between patients",
}


def verdict_of(evidence: Evidence, arm: str) -> Verdict:
    """Return the verdict about one arm."""
    found: Verdict = evidence.heterogeneity["verdict"].to_dict()[arm]
    return found


def headline(evidence: Evidence, arm: str) -> str:
    """Return the verdict about one arm as a headline."""
    return HEADLINES[verdict_of(evidence, arm)].format(arm=arm)


def verdict_sentence(effects: EffectEstimate, evidence: Evidence, arm: str) -> str:
    """Return the p-value of the primary test, and what this trial could have found where it found nothing."""
    unit = effect_unit(effects.scale)
    test = evidence.heterogeneity
    p_value = p_value_words(cell(test, arm, "p_value"))
    adjusted = f", adjusted for {len(test)} arms" if len(test) > 1 else ""
    sentence = f"The one primary test of different effects gives {p_value}{adjusted}, on the scale {effects.scale}."
    if verdict_of(evidence, arm) == "evidence":
        return f"{sentence} Patients whom the model had not seen bear its predictions out."
    if verdict_of(evidence, arm) == "suggestive":
        return sentence
    detectable = cell(test, arm, "detectable_sd")
    found = f"a standard deviation of effects of {unit.amount(detectable)} or more" if np.isfinite(detectable) else ""
    could = f" With 80 % power this trial could have found {found}; smaller differences may exist." if found else ""
    return f"{sentence}{could} This is not evidence of equal effects."


def relative_sentence(evidence: Evidence, arm: str) -> str | None:
    """Return the verdict on the relative scale, or None where the outcome has no such scale."""
    if arm not in evidence.relative.index:
        return None
    p_value = cell(evidence.relative, arm, "p_value")
    if not np.isfinite(p_value):
        return "On the relative scale: too few events to tell whether the effect differs."
    method = evidence.relative["method"].to_dict()[arm]
    differs = "signs of differences between patients" if p_value <= 0.05 else "no evidence of differences"
    return (
        f"On the relative scale: {differs} ({method}, {p_value_words(p_value)}). "
        "A ratio that is the same for everybody still means unequal absolute benefit when patients' risks differ."
    )


def risk_sentence(evidence: Evidence, arm: str) -> str | None:
    """Return how much of the ranking the baseline risk alone reproduces, or None where there is no ranking."""
    share = cell(evidence.baseline_risk, arm, "r_squared")
    if not np.isfinite(share):
        return None
    return f"Baseline risk alone reproduces {share:.0%} of the variation in who is ranked to benefit more."


def average_sentence(effects: EffectEstimate, arm: str, control: str) -> str:
    """Return the average effect in words, with its interval and its direction."""
    unit = effect_unit(effects.scale)
    estimate, lower, upper = (cell(effects.ate, arm, column) for column in ("estimate", "lower", "upper"))
    amount = f"{unit.number(estimate)} (95 % interval {unit.interval(lower, upper)}), {unit.scale_words}"
    if lower > 0:
        return f"On average {arm} is better than {control}: {amount}."
    if upper < 0:
        return f"On average {arm} is worse than {control}: {amount}. Negative means harm."
    return f"The average effect of {arm} against {control} is {amount}; the interval includes no effect."


def spread_sentence(effects: EffectEstimate, evidence: Evidence, arm: str) -> str:
    """Return the range of predicted benefit; the share below zero only where there is some evidence."""
    unit, benefit = effect_unit(effects.scale), effects.benefit[arm].to_numpy(float)
    low, high = np.quantile(benefit, [0.05, 0.95])
    factor = float(effects.factor.to_dict()[arm])
    sentence = (
        f"Nine in ten patients have a predicted benefit of {unit.interval(low, high)} ({unit.words}); "
        f"held-out patients support {factor:.0%} of the spread the model found."
    )
    if verdict_of(evidence, arm) == "no evidence":
        return f"{sentence} With no evidence of different effects, read the spread with great caution."
    below = float((benefit < 0).mean())
    share = "no patient has" if below == 0 else f"{below:.1%} of patients have"
    return f"{sentence} Depending on this model, {share} a predicted benefit below zero."


def common_effect_sentence(effects: EffectEstimate, arm: str) -> str:
    """Return the one effect that the data support for everybody."""
    unit = effect_unit(effects.scale)
    label = unit.label(*(cell(effects.ate, arm, column) for column in ("estimate", "lower", "upper")))
    return (
        f"Held-out patients support none of the differences that the model predicted, so the best prediction for "
        f"everybody is the overall effect of {arm}: {label}, {unit.scale_words}."
    )


NO_RANKING = "The model predicts the same effect for everybody, so there is no order of patients to judge."


def has_ranking(evidence: Evidence, arm: str) -> bool:
    """Return whether the predictions differ between patients, so that their order can be judged."""
    return bool(np.isfinite(cell(evidence.autoc, arm, "estimate")))


NO_FIFTHS = "Too few patients differ in their predictions to be put into fifths, so these cannot be compared."
NO_COVARIATE = "No covariate varies enough in both arms to be tested, so none can be ranked."


def has_fifths(evidence: Evidence, arm: str) -> bool:
    """Return whether patients could be put into fifths by their predictions."""
    return bool(evidence.calibration.loc[evidence.calibration["arm"] == arm, "estimate"].notna().any())


def targeting_sentence(effects: EffectEstimate, evidence: Evidence, arm: str) -> str:
    """Return how the fifth of patients with most predicted benefit compares with all."""
    unit, curve = effect_unit(effects.scale), evidence.toc[evidence.toc["arm"] == arm]
    share = curve["fraction"].to_numpy(float)
    gain, lower, upper = (
        float(np.interp(0.2, share, curve[column].to_numpy(float))) for column in ("estimate", "lower", "upper")
    )
    compared = "more" if gain >= 0 else "less"
    return (
        f"The fifth of patients with most predicted benefit gains {unit.number(abs(gain))} {compared} than the average "
        f"patient ({unit.words}); the band there runs from {unit.interval(lower, upper)}."
    )


def autoc_sentence(effects: EffectEstimate, evidence: Evidence, arm: str) -> str:
    """Return AUTOC with its interval and what it says."""
    unit = effect_unit(effects.scale)
    label = unit.label(*(cell(evidence.autoc, arm, column) for column in ("estimate", "lower", "upper")))
    if cell(evidence.autoc, arm, "lower") > 0:
        return f"AUTOC is {label}: the ranking finds patients who benefit more than others."
    return f"AUTOC is {label}: the interval includes zero, so the ranking is not shown to be useful."


def slope_sentence(evidence: Evidence, arm: str) -> str:
    """Return the calibration slope and what it says."""
    slope, lower, upper = (cell(evidence.calibration_slope, arm, column) for column in ("estimate", "lower", "upper"))
    if not np.isfinite(slope):
        return "The calibration slope is not available."
    values = f"Calibration slope {slope:.2f} (95 % interval {lower:.2f} to {upper:.2f}; 1 is perfect, 0 is useless)"
    if slope < 0:
        return f"{values}: negative, so there is no evidence that the predictions are right."
    if lower > 0:
        return f"{values}: patients predicted to benefit more did benefit more."
    return f"{values}: the observed effects do not show that the predictions are right."


def modifiers_sentence(evidence: Evidence, arm: str) -> str:
    """Return the covariate with the strongest association with the effect."""
    own = evidence.modifiers[(evidence.modifiers["arm"] == arm) & evidence.modifiers["strength"].notna()]
    if own.empty:
        return "No covariate could be tested."
    own = own.sort_values("ranked")
    first = own.iloc[0]
    p_value = float(own["p_value"].iloc[0])
    arms = " and for all arms" if len(evidence.heterogeneity) > 1 else ""
    found = f"{p_value_words(p_value)}, adjusted for all of them{arms}"
    clear = "suggestive, not conclusive" if p_value <= VERDICT_LIMITS[1] else "but not clear"
    clear = "and clear" if p_value <= VERDICT_LIMITS[0] else clear
    return f"Of {len(own)} covariates tested, {first['covariate']} is the strongest, {clear} ({found})."
