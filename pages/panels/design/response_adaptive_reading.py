"""The words that go with response-adaptive randomisation beside 1:1: its gain, and its costs."""

from math import isnan

from ite.charts.number_words import percent_words
from ite.design.alternatives.response_adaptive import ResponseAdaptiveComparison


def title(found: ResponseAdaptiveComparison) -> str:
    """Return what adapting costs in patients, or that there is nothing to gain."""
    if not found.spec.has_effect:
        return "Neither arm is better: adapting the allocation gains nothing"
    if isnan(found.equal_power_share):
        return "Adapting the allocation has no power to lose here"
    spent = 1 - found.equal_power_share
    words = "fewer" if spent >= 0 else "more"
    return f"A 1:1 trial with the same power needs {percent_words(abs(spent))} {words} patients"


def sentence(found: ResponseAdaptiveComparison) -> str:
    """Return what patients gain, and what it costs in power and in errors."""
    errors = _error_sentence(found, "no effect, with trend" if found.spec.trend else "no effect")
    if not found.spec.has_effect:
        return f"Nobody gains from being given one of them more often. {errors}"
    effect = found.figures.xs("effect", level="truth")
    fair, adaptive = (effect.loc[design].to_dict() for design in ("1:1", "response-adaptive"))
    gains = (
        f"On average {percent_words(adaptive['on_better'])} of the patients get the better arm instead of 50 %, so "
        f"that {percent_words(adaptive['responders'])} respond instead of {percent_words(fair['responders'])}. The "
        f"power is {percent_words(adaptive['rejected'])} instead of {percent_words(fair['rejected'])}, and in "
        f"{percent_words(adaptive['mostly_on_worse'])} of trials most patients get the worse arm. The estimated "
        f"difference is off by {100 * adaptive['bias']:+.2f} ± {100 * adaptive['bias_se']:.2f} points on average."
    )
    return f"{gains} {errors}" if found.spec.trend else gains


def _error_sentence(found: ResponseAdaptiveComparison, truth: str) -> str:
    """Return how often either design finds a benefit that is not there."""
    rejected = found.figures["rejected"].xs(truth, level="truth")
    when = "Under the time trend" if found.spec.trend else "Without an effect"
    return (
        f"{when} a benefit that is not there is found in {percent_words(rejected['response-adaptive'])} of trials "
        f"instead of {percent_words(rejected['1:1'])}."
    )
