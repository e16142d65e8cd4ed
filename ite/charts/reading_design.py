"""The sentences that go with the charts of a typed design: assumptions and a result in, words out."""

import math

from ite.charts.number_words import amount, percent_words, share_words
from ite.design.fixed.design import Endpoint
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.trial_size import OneAnalysis, TrialSize
from ite.design.fixed.what_if import WhatIf

#: So many patients a month are written as whole ones.
_MANY = 100


def arms_words(treatment: int, control: int) -> str:
    """Return whole patients in words: "266 patients, 133 in each arm"."""
    total = f"{treatment + control:,} patients"
    if treatment == control:
        return f"{total}, {control:,} in each arm"
    return f"{total}, {treatment:,} under treatment and {control:,} under control"


def effect_words(endpoint: Endpoint) -> str:
    """Return the assumed effect in words."""
    if isinstance(endpoint, Means):
        return f"a difference of means of {endpoint.mean_difference:g} (standard deviation {endpoint.sd:g})"
    if isinstance(endpoint, LogRank):
        return f"a hazard ratio of {endpoint.hazard_ratio:g}"
    treated, control = share_words(endpoint.rate_treatment), share_words(endpoint.rate_control)
    return f"a rate of {treated} instead of {control}"


def counts_events(endpoint: Endpoint) -> bool:
    """Whether the size of a trial is counted in events rather than in patients."""
    return isinstance(endpoint, LogRank)


def test_words(endpoint: Endpoint) -> str:
    """Return how the outcome is tested."""
    if isinstance(endpoint, Means):
        return "t-test of two means" if endpoint.test == "t" else "z-test of two means"
    if isinstance(endpoint, LogRank):
        return f"Log-rank test, events by {endpoint.formula.capitalize()}'s formula"
    return f"z-test of two rates, variance {endpoint.null_variance} under no effect"


def size_title(trial: OneAnalysis, size: TrialSize) -> str:
    """Return the size as a headline."""
    patients = arms_words(size.n_treatment, size.n_control)
    return f"{patients}, for {math.ceil(size.needed):,} events" if counts_events(trial.endpoint) else patients


def size_sentence(trial: OneAnalysis, size: TrialSize, otherwise: WhatIf) -> str:
    """Return what the size shows, and what it is worth if the effect is smaller."""
    shows = f"They show {effect_words(trial.endpoint)} with a power of {percent_words(size.power)}."
    return (
        f"{shows} If only {share_words(otherwise.weaker)} of the effect is true{_named(trial, otherwise)} the power is "
        f"{percent_words(otherwise.weaker_power)}, "
        f"and {otherwise.weaker_size.n_total:,} patients would be needed."
    )


def _named(trial: OneAnalysis, otherwise: WhatIf) -> str:
    """Return the weaker hazard ratio in words: a share of a ratio is no number that a reader can work out."""
    if not isinstance(trial.endpoint, LogRank):
        return ""
    return f" (a hazard ratio of {trial.endpoint.effect_at_share(otherwise.weaker):.3g})"


def size_method(trial: OneAnalysis, size: TrialSize) -> str:
    """Return the test, and how the patients were counted."""
    lost = ""
    if trial.dropout > 0.0:
        when = " within twelve months" if counts_events(trial.endpoint) else ""
        lost = f" {share_words(trial.dropout)} of the patients are lost{when}."
    rate = amount(size.patients_per_month, decimals=1 if size.patients_per_month < _MANY else 0)
    return (
        f"{test_words(trial.endpoint)}, one-sided level {share_words(trial.alpha)}.{lost} Patients enter evenly over "
        f"{trial.accrual_months:g} months, {rate} a month; analysis at month "
        f"{size.final_month:.1f}. Each arm is rounded up to whole patients."
    )


def calendar_sentence(trial: OneAnalysis, size: TrialSize) -> str:
    """Return when the events are expected."""
    return (
        f"Of {size.n_total:,} patients enrolled over {trial.accrual_months:g} months, {size.information:,.0f} are "
        f"expected to have had the event by month {size.final_month:.1f}; the test needs {math.ceil(size.needed):,}."
    )
