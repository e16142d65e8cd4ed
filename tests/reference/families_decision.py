"""Answers to the reference cases of decisions: tests of a marker, utilities, interaction, cancellation."""

from collections.abc import Callable
from typing import Any

from ite.design.alternatives.interaction import interaction_size_ratio
from ite.design.alternatives.null_average import Branching, OppositeEffects, branching_power, cancellation
from ite.design.alternatives.treatment_sequences import Level, SequenceTrial, Treatment, embedded_sequences
from ite.evaluation.marker_odds_ratio import InteractionCoefficients, odds_ratio_by_marker
from ite.evaluation.prognostic_or_predictive import MarkerRisks, marker_role
from ite.value.beta_options import BetaOption, choose_between
from ite.value.companion_diagnostic import DiagnosticValue, value_of_diagnostic
from ite.value.diagnostic_inputs import CompanionDiagnostic
from ite.value.non_responder_rule import NonResponderRule, next_steps
from ite.value.sweet_spot import Exposure, sweet_spot
from ite.value.treatment_threshold import DiseaseStakes, disease_threshold
from ite.value.utility_weights import UtilityWeights

Answer = dict[str, Any]


def _diagnostic(
    *,
    delta_qaly_positive: float,
    delta_qaly_negative: float,
    delta_cost: float,
    wtp: float,
    test_cost: float = 0.0,
    **test: float,
) -> DiagnosticValue:
    return value_of_diagnostic(
        CompanionDiagnostic(
            qaly_positive=delta_qaly_positive,
            qaly_negative=delta_qaly_negative,
            cost_positive=delta_cost,
            cost_negative=delta_cost,
            willingness_to_pay=wtp,
            price=test_cost,
            **test,
        )
    )


def _average_or_subgroup(**case: float) -> Answer:
    found = _diagnostic(**case)
    answer: Answer = {"static_value_of_heterogeneity": found.perfect_marker.gain}
    for who, row in found.by_marker.iterrows():
        answer[f"icer_{who}"] = row["icer"]
        answer[f"inmb_{who}"] = row["net_monetary_benefit"]
        answer[f"decision_{who}"] = "adopt" if row["adopt"] else "reject"
    return answer


def _imperfect_test(**case: float) -> Answer:
    found = _diagnostic(**case)
    roots = found.break_even.set_index(["input", "against"])["value"]
    tested = found.comparisons.set_index(["strategy", "against"]).loc["test and treat", "treat none"]
    return {
        "ppv": found.ppv,
        "npv": found.npv,
        "treated_fraction": found.strategies.loc["test and treat", "treated"],
        "inmb_test_treat": tested["net_monetary_benefit"],
        "icer_test_treat": tested["icer"],
        "max_test_price": roots["price", "treat none"],
        "min_specificity": roots["specificity", "treat none"],
        "prevalence_test_threshold": roots["prevalence", "treat none"],
        "prevalence_treat_all_threshold": roots["prevalence", "treat all"],
    }


def _sweet_spot(*, benefit_rate: float, damage_rate: float, alpha: list[float]) -> Answer:
    found = [
        sweet_spot(Exposure(benefit_rate=benefit_rate, damage_rate=damage_rate, damage_weight=weight))
        for weight in alpha
    ]
    return {"t_star": [best.exposure for best in found], "u_star": [best.utility for best in found]}


def _threshold(**stakes: float) -> Answer:
    return {"threshold": disease_threshold(DiseaseStakes(**stakes))}


def _expected_utility(*, harm_weight: list[float], **betas: tuple[float, float]) -> Answer:
    a, b = (
        BetaOption(name=name, response=betas[f"{name}_response_beta"], harm=betas[f"{name}_harm_beta"])
        for name in ("A", "B")
    )
    found = [choose_between(a, b, UtilityWeights(harm=weight)) for weight in harm_weight]
    return {
        "eu_A": [choice.expected.loc["A", "expected_utility"] for choice in found],
        "eu_B": [choice.expected.loc["B", "expected_utility"] for choice in found],
        "choose": [choice.chosen for choice in found],
        "indifference_weight": found[0].indifference_harm_weight,
        "prob_response_B_above_A": found[0].probability_responds_more,
    }


def _next_steps(*, posterior_mean: list[float], posterior_sd: list[float], mcid: float, **limits: float) -> Answer:
    found = next_steps(NonResponderRule(least_worthwhile=mcid, **limits), posterior_mean, posterior_sd)
    return {"prob_above_mcid": found["probability"].tolist(), "action": found["action"].tolist()}


def _odds_ratios(
    *,
    log_or_treatment: float,
    log_or_interaction: float,
    var_treatment: float,
    var_interaction: float,
    covariance: float,
    **at: Any,  # noqa: ANN401 - as in the file
) -> Answer:
    coefficients = InteractionCoefficients(
        log_or_treatment, log_or_interaction, var_treatment, var_interaction, covariance
    )
    found = odds_ratio_by_marker(coefficients, at["marker"], at["confidence_level"])
    return {
        "odds_ratio": found["odds_ratio"].tolist(),
        "ci_lower": found["lower"].tolist(),
        "ci_upper": found["upper"].tolist(),
    }


def _marker_role(**risks: float) -> Answer:
    found = marker_role(MarkerRisks(**{name.removeprefix("risk_"): risk for name, risk in risks.items()}))
    return {
        "arr_negative": found.reduction_negative,
        "arr_positive": found.reduction_positive,
        "rr_negative": found.ratio_negative,
        "rr_positive": found.ratio_positive,
        "interaction_contrast": found.interaction,
        "prognostic_effect_in_control": found.prognostic,
        "ratio_of_risk_ratios": found.ratio_of_risk_ratios,
        "ratio_of_odds_ratios": found.ratio_of_odds_ratios,
    }


def _interaction_size(*, n_main: float, interaction_over_main: float, split: float) -> Answer:
    return {"n_interaction": n_main * interaction_size_ratio(split, interaction_over_main)}


def _remission(*, level_remission: list[float]) -> Answer:
    levels = tuple(Level(treatments=(Treatment(name="given", response=(rate,)),)) for rate in level_remission)
    (sequence,) = embedded_sequences(SequenceTrial(entrants=1, levels=levels))
    return {"cumulative": sequence.responded.sum()}


def _cancellation(*, profile_share: list[float], effect_A_minus_B: list[float]) -> Answer:  # noqa: N803 - as in the file
    found = cancellation(OppositeEffects(shares=tuple(profile_share), effects=tuple(effect_A_minus_B)))
    return {
        "ate": found.average,
        "cate_sd": found.sd,
        "best_fixed_gain": found.best_single_gain,
        "gain_from_matching": found.gain_from_matching,
    }


def _branching(*, p1: float, p2: float, **trial: Any) -> Answer:  # noqa: ANN401 - as in the file
    found = branching_power(Branching(rate_one=p1, rate_other=p2, **trial))
    return {
        "n_per_sequence": found.n_per_sequence,
        "power": found.power,
        "power_without_branching": found.power_without_branching,
    }


ANSWERS: dict[str, Callable[..., Answer]] = {
    "cdx average or subgroup": _average_or_subgroup,
    "cdx imperfect test": _imperfect_test,
    "utility sweet spot": _sweet_spot,
    "utility treatment threshold": _threshold,
    "utility expected utility, beta posteriors": _expected_utility,
    "utility non-responder rule": _next_steps,
    "interaction odds ratio by marker": _odds_ratios,
    "interaction prognostic or predictive": _marker_role,
    "interaction sample size": _interaction_size,
    "stard cumulative remission": _remission,
    "stard cancelling effects": _cancellation,
    "stard power after branching": _branching,
}
