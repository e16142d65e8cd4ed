"""Answers to the reference families on counts, p-values and subgroup summaries."""

from typing import Any

import numpy as np

from ite.estimation.nnt import number_needed_to_treat, wald_risk_reduction
from ite.evaluation.interaction import additive_interaction, interaction_variance_ratio, logistic_interaction
from ite.evaluation.multiplicity import adjust_p_values
from ite.evaluation.standardised_risk import standardised_risk_difference
from ite.evaluation.subgroup_heterogeneity import cochran_q, dersimonian_laird, gail_simon
from ite.trial.differences import newcombe_difference

Answer = dict[str, Any]


def _newcombe(events_treated: int, n_treated: int, events_control: int, n_control: int) -> Answer:
    treated = np.repeat([1.0, 0.0], [events_treated, n_treated - events_treated])
    control = np.repeat([1.0, 0.0], [events_control, n_control - events_control])
    difference = newcombe_difference(treated, control)
    return {"risk_difference": difference.estimate, "lower": difference.lower, "upper": difference.upper}


def _nnt(events_treated: int, n_treated: int, events_control: int, n_control: int) -> Answer:
    reduction, se, lower, upper = wald_risk_reduction(
        events_treated=events_treated, n_treated=n_treated, events_control=events_control, n_control=n_control
    )
    number = number_needed_to_treat(reduction, lower, upper)
    return {
        "arr": number.reduction,
        "se": se,
        "arr_lower": number.lower,
        "arr_upper": number.upper,
        "nnt": number.nnt,
        "nnt_label": number.label,
        "interval_form": number.form,
        "nnt_at_arr_lower": number.at_lower,
        "nnt_at_arr_upper": number.at_upper,
    }


def _standardised(risk_control: list[float], risk_treated: list[float], n: list[int]) -> Answer:
    return {"risk_difference": standardised_risk_difference(risk_control, risk_treated, n)}


def _by_subgroup_and_arm(table: list[dict[str, int]]) -> tuple[np.ndarray, np.ndarray]:
    events, n = np.zeros((2, 2)), np.zeros((2, 2))
    for cell in table:
        place = cell["subgroup"], cell["treated"]
        events[place], n[place] = cell["events"], cell["n"]
    return events, n


def _logistic(table: list[dict[str, int]]) -> Answer:
    result = logistic_interaction(*_by_subgroup_and_arm(table))
    return {
        "log_or_subgroup_0": result.log_odds_ratio[0],
        "log_or_subgroup_1": result.log_odds_ratio[1],
        "ratio_of_odds_ratios": result.ratio_of_odds_ratios,
        "wald_z": result.wald_z,
        "wald_p": result.wald_p,
        "lrt_chisq": result.likelihood_ratio,
        "lrt_p": result.likelihood_ratio_p,
    }


def _additive(table: list[dict[str, int]]) -> Answer:
    result = additive_interaction(*_by_subgroup_and_arm(table))
    return {
        "arr_subgroup_0": result.risk_reduction[0],
        "arr_subgroup_1": result.risk_reduction[1],
        "difference": result.difference,
        "z": result.z,
        "p": result.p,
    }


def _variance_ratio(split: float) -> Answer:
    return {"ratio": interaction_variance_ratio(split)}


def _cochran(estimate: list[float], standard_error: list[float]) -> Answer:
    result = cochran_q(estimate, standard_error)
    return {
        "pooled": result.pooled,
        "q": result.q,
        "df": result.degrees_of_freedom,
        "p": result.p,
        "i2": result.i_squared,
    }


def _dersimonian_laird(estimate: list[float], standard_error: list[float]) -> Answer:
    result = dersimonian_laird(estimate, standard_error)
    return {"tau2": result.variance_between, "mu": result.mean, "shrunk": result.shrunk.tolist()}


def _gail_simon(estimate: list[float], standard_error: list[float]) -> Answer:
    return gail_simon(estimate, standard_error)._asdict()


def _adjusted(p: list[float]) -> Answer:
    return {
        "bonferroni": adjust_p_values(p, "bonferroni").tolist(),
        "holm": adjust_p_values(p, "holm").tolist(),
        "bh": adjust_p_values(p, "benjamini_hochberg").tolist(),
        "hommel": adjust_p_values(p, "hommel").tolist(),
    }


ANSWERS = {
    "risk difference, Newcombe interval": _newcombe,
    "number needed to treat, Wald interval": _nnt,
    "standardised risk difference": _standardised,
    "interaction, logistic": _logistic,
    "interaction, additive": _additive,
    "interaction variance ratio": _variance_ratio,
    "subgroup heterogeneity, Cochran Q": _cochran,
    "subgroup empirical Bayes, DerSimonian-Laird": _dersimonian_laird,
    "qualitative interaction, Gail-Simon": _gail_simon,
    "p-value adjustment": _adjusted,
}
