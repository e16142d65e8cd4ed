"""The sentences that go with the causality lab: a result in, words out."""

import numpy as np

from ite.charts.number_words import percent_words
from ite.charts.scale import same_decimals, three_digits
from ite.trial.columns import FloatArray
from ite.value.complier_effect import ComplierEffect
from ite.value.crossover import DilutedEffect
from ite.value.standardisation import Standardised
from ite.value.unmeasured_confounding import EValue
from ite.value.wald_ratio import WEAK_BELOW, WaldRatio

_SHAPES = {
    "interval": "",
    "outside an interval": " The Anderson-Rubin set leaves out only a middle part: the data hardly tell.",
    "half-line": " The Anderson-Rubin set has one end only: the data hardly tell.",
    "every value": " The Anderson-Rubin set holds every value: the data cannot tell.",
}


def complier_sentence(found: ComplierEffect) -> str:
    """Set what an instrument shows beside the average effect and that of being assigned."""
    average = three_digits(found.average)
    if found.complier is None:
        return f"Nobody follows the assignment, so an instrument shows nothing; the average effect is {average}."
    gap = found.complier - found.average
    same = "which here is the average effect too" if gap == 0 else f"while the average effect is {average}"
    return (
        f"The instrument shows {three_digits(found.complier)}, the effect in the "
        f"{percent_words(found.first_stage)} who are treated if assigned, {same}. Being assigned brings "
        f"{three_digits(found.assignment)}."
    )


def ratio_sentence(found: WaldRatio) -> str:
    """Say the effect among those whom the instrument moves, how sure it is, and whether the instrument is weak."""
    if found.effect is None:
        return "The instrument does not change who is treated, so it shows no effect."
    strength = (
        "The first stage is taken as known."
        if found.first_stage_f is None
        else f"The first-stage F is {three_digits(found.first_stage_f)}"
        + (f", below {WEAK_BELOW:g}: the usual interval misleads." if found.weak else ".")
    )
    piece = found.accepted[0]
    limits = f" (95 % {' to '.join(same_decimals(_array(*piece)))})" if found.shape == "interval" else ""
    return (
        f"Among those whom the instrument moves the effect is {three_digits(found.effect)}{limits}. {strength}"
        f"{_SHAPES[found.shape]}"
    )


def dilution_sentence(effect: float, found: DilutedEffect) -> str:
    """Say what crossover leaves of an effect, and how many times the patients it takes to show it."""
    shown = f"Of an effect of {three_digits(effect)} the arms show {three_digits(found.assignment)}."
    if found.size_factor is None:
        return f"{shown} Both arms are treated alike: no number of patients would show it."
    return (
        f"{shown} To show it with the same power takes {three_digits(found.size_factor)} times the patients. Divided "
        f"by {percent_words(found.arms.contrast)}, the difference in who is treated, it is "
        f"{three_digits(effect)} again."
    )


def mix_sentence(found: Standardised) -> str:
    """Set the crude difference beside that in one mix of patients."""
    rows = found.comparison[["difference", "lower", "upper"]] * 100
    crude, same = (_percent_points(rows.loc[name].to_numpy(float)) for name in ("crude", "standardised"))
    turned = " The sign turns: Simpson's paradox." if found.reversed_sign else ""
    return f"A less B: {crude} percentage points as counted, {same} in the same mix of patients.{turned}"


def confounder_sentence(found: EValue) -> str:
    """Say how strong an unmeasured confounder would have to be."""
    opening = (
        f"To explain a risk ratio of {found.spec.risk_ratio:g} away, a confounder that was not measured would need a "
        f"risk ratio of {three_digits(found.estimate)} with both treatment and outcome, beyond what was adjusted for."
    )
    if found.limit is None:
        return opening
    if found.limit == 1:
        return f"{opening} The interval reaches 1 without any confounder."
    return f"{opening} To move the interval to 1, {three_digits(found.limit)} would do."


def _percent_points(row: FloatArray) -> str:
    estimate, lower, upper = same_decimals(row)
    return f"{estimate} ({lower} to {upper})"


def _array(*values: float) -> FloatArray:
    return np.array(values)
