"""Answers to the reference cases of numbers needed to treat, QALYs, cost-effectiveness and value of information."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ite.estimation.nnt import number_needed_to_treat
from ite.value.baseline_risk import RelativeEffect, nnt_by_baseline_risk
from ite.value.benefit_and_harm import benefit_and_harm_from_numbers
from ite.value.coverage import individualised_care
from ite.value.discounting import Discounting
from ite.value.dominance import cost_effectiveness_table
from ite.value.increments import incremental_table
from ite.value.normal_benefit import (
    NormalIncrements,
    normal_heterogeneity,
    preposterior_sd,
    value_of_resolving,
)
from ite.value.population import AffectedPopulation
from ite.value.qaly import UtilityPath, quality_adjusted_years
from ite.value.risk_difference import TwoRisks
from ite.value.sourced import Sourced
from ite.value.uncertain_choice import uncertain_choice

Answer = dict[str, Any]


def _benefit_and_harm(*, nnt: float, nnh: float, treated: float) -> Answer:
    card = benefit_and_harm_from_numbers(nnt, nnh)
    return {
        "arr": card.gain,
        "ari": card.harm,
        "extra_responders": card.extra_outcomes(treated),
        "extra_harms": card.extra_harms(treated),
        "lhh": card.likelihood_helped_or_harmed,
    }


def _nnt_interval(*, arr: float, ci_lower: float, ci_upper: float) -> Answer:
    number = number_needed_to_treat(arr, ci_lower, ci_upper)
    across = number.form == "NNTH to infinity to NNTB"
    return {
        "nnt": number.nnt,
        "nnt_label": number.label,
        "interval_form": number.form,
        "nnth_limit": number.at_lower if across else None,
        "nntb_limit": number.at_upper if across else None,
    }


def _newcombe(*, events_1: int, n_1: int, events_2: int, n_2: int, confidence_level: float) -> Answer:
    risks = TwoRisks(events_treated=events_1, n_treated=n_1, events_control=events_2, n_control=n_2)
    lower, upper = risks.interval(confidence_level)
    rd = risks.difference
    return {"rd": rd, "ci_lower": lower, "ci_upper": upper, "nnt": 1 / rd if rd else None}


def _by_baseline_risk(*, risk_ratio: float, baseline_risk: list[float]) -> Answer:
    found = nnt_by_baseline_risk(RelativeEffect(measure="risk ratio", estimate=risk_ratio), baseline_risk)
    return {"arr": found["reduction"].tolist(), "nnt": found["nnt"].tolist()}


def _frontier(*, strategy: list[str], cost: list[float], effect: list[float]) -> Answer:
    table = cost_effectiveness_table(strategy, cost, effect)
    on = table[table["status"] == "ND"]
    status = table.set_index("strategy").loc[strategy, "status"]
    return {
        "status": status.tolist(),
        "order": on["strategy"].tolist(),
        "icer": on["icer"].tolist(),
        "extended_dominated": status.index[status == "ED"].tolist(),
        "dominated": status.index[status == "D"].tolist(),
    }


def _incremental_benefit(*, mean_delta_effect: list[float], mean_delta_cost: list[float], wtp: float) -> Answer:
    found = incremental_table(mean_delta_cost, mean_delta_effect, wtp)
    return {"icer": found["icer"].tolist(), "eib": found["net_monetary_benefit"].tolist()}


def _two_strategies(
    *, cost_new: float, cost_comparator: float, qaly_new: float, qaly_comparator: float, wtp: float
) -> Answer:
    found = incremental_table(cost_new - cost_comparator, qaly_new - qaly_comparator, wtp).iloc[0]
    return {
        "icer": float(found["icer"]),
        "inmb": found["net_monetary_benefit"],
        "inhb": found["net_health_benefit"],
        "cost_effective": bool(found["adopt"]),
    }


def _quadrants(*, delta_cost: list[float], delta_qaly: list[float], wtp: float) -> Answer:
    found = incremental_table(delta_cost, delta_qaly, wtp)
    return {
        "label": found["quadrant"].tolist(),
        "icer": found["icer"].tolist(),
        "inmb": found["net_monetary_benefit"].tolist(),
        "adopt": found["adopt"].tolist(),
    }


def _area(*, time_years: list[float], utility: list[float]) -> Answer:
    path = UtilityPath(time_years=tuple(time_years), utility=tuple(utility), source="reference case")
    return {"qaly": quality_adjusted_years(path).total}


def _discounted(*, utility: float, years: float, discount_rate: float, timing: str) -> Answer:
    path = UtilityPath(time_years=(0, years), utility=(utility,), shape="constant", source="reference case")
    rate = Sourced(value=discount_rate, unit="per year", source="reference case")
    return {"qaly": quality_adjusted_years(path, Discounting(rate=rate, timing=timing)).total}


def _acceptability(*, wtp: list[float], **assumed: float) -> Answer:
    found = NormalIncrements(**assumed).decision_curve(wtp)
    return {
        "inmb": found["net_monetary_benefit"].tolist(),
        "prob_cost_effective": found["probability"].tolist(),
        "evpi": found["evpi"].tolist(),
    }


def _information(*, mean_inmb: float, sd_inmb: float, population: float) -> Answer:
    evpi = float(value_of_resolving(mean_inmb, sd_inmb))
    patients = Sourced(value=population, unit="patients", source="reference case")
    affected = AffectedPopulation(patients_per_year=patients, years=1)
    return {"evpi_per_patient": evpi, "population_evpi": affected.value(evpi).value}


def _partial_information(*, mean_inmb: float, sd_components: list[float]) -> Answer:
    whole = float(np.sqrt(np.sum(np.square(sd_components))))
    return {
        "evppi": value_of_resolving(mean_inmb, sd_components).tolist(),
        "evpi": float(value_of_resolving(mean_inmb, whole)),
    }


def _sample_information(*, mean_inmb: float, sd_prior: float, sd_patient: float, n: float) -> Answer:
    sd = preposterior_sd(sd_prior, sd_patient, n)
    return {"preposterior_sd": sd, "evsi": float(value_of_resolving(mean_inmb, sd))}


def _draws(*, nmb: list[list[float]]) -> Answer:
    choice = uncertain_choice(nmb)
    return {
        "expected_nmb": choice.expected.tolist(),
        "best": choice.best,
        "evpi": choice.perfect_information,
        "ceac": choice.probability.tolist(),
        "expected_loss": choice.expected_loss.tolist(),
    }


def _individualised(*, share: list[float], qaly: list[list[float]], wtp: float) -> Answer:
    care = individualised_care(share, qaly)
    return {
        "one_size_mean_qaly": care.one_for_all,
        "individualized_mean_qaly": care.by_subgroup,
        "evic": wtp * care.gain,
    }


def _static_and_dynamic(*, share: list[float], inmb_mean: list[float], inmb_sd: list[float]) -> Answer:
    found = normal_heterogeneity(share, inmb_mean, inmb_sd)
    return {
        "static_voh": found.static,
        "evpi_no_subgroups": found.information_without,
        "evpi_with_subgroups": found.information_with,
        "value_if_all_uncertainty_resolved": found.resolved,
        "dynamic_voh": found.dynamic,
    }


ANSWERS: dict[str, Callable[..., Answer]] = {
    "nnt benefit and harm": _benefit_and_harm,
    "nnt interval across zero": _nnt_interval,
    "nnt Newcombe risk difference": _newcombe,
    "nnt by baseline risk": _by_baseline_risk,
    "icer frontier table": _frontier,
    "icer and expected incremental benefit": _incremental_benefit,
    "icer two strategies": _two_strategies,
    "icer quadrants": _quadrants,
    "qaly area under the curve": _area,
    "qaly discounted, constant utility": _discounted,
    "ceac bivariate normal": _acceptability,
    "evpi normal": _information,
    "evppi normal components": _partial_information,
    "evsi normal": _sample_information,
    "evpi from PSA draws": _draws,
    "heterogeneity value of individualised care": _individualised,
    "heterogeneity static and dynamic value": _static_and_dynamic,
}
