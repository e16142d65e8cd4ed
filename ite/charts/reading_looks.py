"""The sentences that go with the charts of a trial with looks: assumptions and a plan in, words out."""

import math

import pandas as pd

from ite.charts.number_words import percent_words, share_words
from ite.charts.reading_design import arms_words, counts_events, effect_words, test_words
from ite.design.fixed.design import Endpoint
from ite.design.fixed.trial_size import OneAnalysis, whole_arms
from ite.design.sequential.boundary import Family
from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan
from ite.design.sequential.planned_looks import patients_to_enrol

FAMILIES: dict[Family, str] = {
    "obrien_fleming": "O'Brien-Fleming",
    "pocock": "Pocock",
    "wang_tsiatis": "Wang-Tsiatis",
    "haybittle_peto": "Haybittle-Peto",
    "lan_demets_obf": "Lan-DeMets, O'Brien-Fleming type",
    "lan_demets_pocock": "Lan-DeMets, Pocock type",
    "hwang_shih_decani": "Hwang-Shih-DeCani",
    "kim_demets": "Kim-DeMets",
    "user_spending": "Own spending",
}

#: A number this little above a whole one is that whole one.
_ROUNDING = 1e-6


def unit_words(endpoint: Endpoint) -> str:
    """Return what a size is counted in: patients, or events for the log-rank test."""
    return "events" if counts_events(endpoint) else "patients"


def whole_words(endpoint: Endpoint, size: float) -> str:
    """Return a planned size in whole events, or in whole patients in each arm, rounded up."""
    whole = math.ceil(size - _ROUNDING)
    return f"{whole if counts_events(endpoint) else sum(whole_arms(size, endpoint.allocation_ratio)):,}"


def looks_title(trial: OneAnalysis, plan: GroupSequentialPlan) -> str:
    """Return the largest size as a headline."""
    patients = arms_words(*patients_to_enrol(trial, plan))
    if counts_events(trial.endpoint):
        return f"At most {whole_words(trial.endpoint, plan.max_size)} events in {patients}"
    return f"At most {patients}"


def looks_sentence(trial: OneAnalysis, plan: GroupSequentialPlan) -> str:
    """Return how often the trial stops early, under the assumed effect and under none."""
    effect, none = (plan.operating.truths.iloc[place].to_dict() for place in (0, -1))
    sentence = (
        f"If the assumed effect is true, {effect_words(trial.endpoint)}, the trial stops early for benefit with a "
        f"probability of {percent_words(effect['stop_early_efficacy'])}"
    )
    if none["stop_early_futility"] == 0.0:
        return f"{sentence}, and shows the benefit in the end with {percent_words(effect['power'])}."
    return (
        f"{sentence} and for futility with {percent_words(effect['stop_early_futility'])}; if there is no effect it "
        f"stops early for futility with {percent_words(none['stop_early_futility'])}."
    )


def table_sentence(trial: OneAnalysis, table: pd.DataFrame) -> str:
    """Return what it takes to stop at the first look."""
    first = table.iloc[0].to_dict()
    unit = unit_words(trial.endpoint)
    when = f"The first look comes at {whole_words(trial.endpoint, first[unit])} {unit}, month {first['month']:.1f}"
    if math.isnan(first["z_benefit"]):
        return f"{when}; it cannot stop for benefit."
    return (
        f"{when}; it stops for benefit from z = {first['z_benefit']:.2f} on, an estimate of "
        f"{estimate_words(trial.endpoint, first['estimate_benefit'])}."
    )


def expected_sentence(trial: OneAnalysis, plan: GroupSequentialPlan) -> str:
    """Return the expected size against that of one analysis."""
    expected, unit = float(plan.operating.truths["expected_size"].iloc[0]), unit_words(trial.endpoint)
    one, most = (whole_words(trial.endpoint, size) for size in (plan.fixed_size, plan.max_size))
    change = expected / plan.fixed_size - 1.0
    words = "fewer" if change < 0.0 else "more"
    return (
        f"If the assumed effect is true, {expected:,.0f} {unit} are needed on average: {percent_words(abs(change))} "
        f"{words} than the {one} of one analysis. The price is a largest size of {most}, "
        f"{percent_words(plan.inflation - 1.0)} more than with one analysis."
    )


def interim_sentence(endpoint: Endpoint, look: int, estimate: float, said: pd.DataFrame) -> str:
    """Return what one interim estimate says about the end; `said` is the row of `interim_result`."""
    row = said.iloc[0].to_dict()
    return (
        f"An estimate of {estimate_words(endpoint, estimate)} at look {look} (z = {row['z']:.2f}) leaves a conditional "
        f"power of {percent_words(row['assumed'])} under the assumed effect and of {percent_words(row['trend'])} if "
        f"the trend goes on; the predictive power is {percent_words(row['predictive'])}."
    )


def looks_method(design: GroupSequential, plan: GroupSequentialPlan) -> str:
    """Return test, level, boundary and power."""
    boundary, futility = design.boundary, design.futility
    rule = "no stopping for futility"
    if futility is not None:
        binding = "binding" if futility.binding else "non-binding"
        rule = f"{binding} futility by {futility.scale.replace('_', ' ')}"
    return (
        f"{test_words(design.endpoint)}, one-sided level {share_words(boundary.alpha)}; {boundary.looks} analyses, "
        f"{FAMILIES[boundary.family]} boundary, {rule}; power {share_words(design.power)} at a largest size of "
        f"{whole_words(design.endpoint, plan.max_size)} {unit_words(design.endpoint)}. "
        "Exact by recursive quadrature, no simulation."
    )


def estimate_words(endpoint: Endpoint, estimate: float) -> str:
    """Return an estimate in its units: a difference, percentage points, or a hazard ratio."""
    if endpoint.kind == "rates":
        return f"{100.0 * estimate:+.1f} percentage points"
    return f"{estimate:.3g}"
