"""Answers to the reference families on rankings, scores and predictions."""

from typing import Any

import numpy as np

from ite.estimation.scores import aipw_scores
from ite.evaluation.benefit_calibration import benefit_calibration, calibration_error
from ite.evaluation.c_for_benefit import c_for_benefit, match_by_rank
from ite.evaluation.conformal import conformal_quantile
from ite.evaluation.contrast import contrast
from ite.evaluation.effect_accuracy import effect_variance, rank_correlation
from ite.evaluation.group_effects import group_effects, top_minus_bottom
from ite.evaluation.policy_value import policy_value
from ite.evaluation.r_loss import r_loss
from ite.evaluation.rank_weights import autoc_weights, qini_weights, toc_weights
from ite.evaluation.uplift_curve import curve_area, qini_curve, uplift_curve
from ite.trial.table_one import standardised_mean_difference

Answer = dict[str, Any]
Numbers = list[float]


def _qini_curve(outcome: Numbers, treatment: Numbers, score: Numbers) -> Answer:
    return {"curve": qini_curve(outcome, treatment, score)["value"].tolist()}


def _qini_blocks(outcome: Numbers, treatment: Numbers, score: Numbers) -> Answer:
    curve = qini_curve(outcome, treatment, score).iloc[1:]
    return {"k": curve["k"].tolist(), "q": curve["value"].tolist()}


def _qini_area(outcome: Numbers, treatment: Numbers, score: Numbers) -> Answer:
    area = curve_area(qini_curve(outcome, treatment, score))
    return {
        "model_area": area.area,
        "random_area": area.random_area,
        "qini_coefficient": area.coefficient,
        "per_patient": area.per_patient,
    }


def _uplift(outcome: Numbers, treatment: Numbers, score: Numbers) -> Answer:
    curve = uplift_curve(outcome, treatment, score)
    area = curve_area(curve)
    return {"curve": curve["value"].tolist(), "auuc": area.area, "auuc_minus_random": area.coefficient}


def _group_effects(dr_scores: Numbers, tau_hat: Numbers, groups: int) -> Answer:
    effects = group_effects(dr_scores, tau_hat, groups)
    contrast = top_minus_bottom(effects)
    return {
        "gate": effects["estimate"].tolist(),
        "se": effects["se"].tolist(),
        "top_minus_bottom": contrast.estimate,
        "se_diff": contrast.se,
    }


def _autoc(dr_scores: Numbers, priorities: Numbers) -> Answer:
    return {"autoc": contrast(np.asarray(dr_scores, float), autoc_weights(np.asarray(priorities, float))).estimate}


def _rate_qini(dr_scores: Numbers, priorities: Numbers) -> Answer:
    return {"rate_qini": contrast(np.asarray(dr_scores, float), qini_weights(np.asarray(priorities, float))).estimate}


def _toc(dr_scores: Numbers, priorities: Numbers, q: Numbers) -> Answer:
    scores, ranks = np.asarray(dr_scores, float), np.asarray(priorities, float)
    return {"toc": [contrast(scores, toc_weights(ranks, fraction)).estimate for fraction in q]}


def _given_pairs(observed: Numbers, predicted: Numbers) -> Answer:
    result = c_for_benefit(observed, predicted)
    return {"c": result.c, "usable_pairs": result.usable}


def _rank_matched(
    outcome_treated: Numbers, predicted_treated: Numbers, outcome_control: Numbers, predicted_control: Numbers
) -> Answer:
    pairs = match_by_rank(outcome_treated, predicted_treated, outcome_control, predicted_control)
    return {
        "c": c_for_benefit(*pairs).c,
        "pair_observed": pairs.observed.tolist(),
        "pair_predicted": pairs.predicted.tolist(),
    }


def _benefit_calibration(predicted: Numbers, observed: Numbers, groups: int) -> Answer:
    calibration = benefit_calibration(predicted, observed, groups)
    error = calibration_error(calibration)
    return {
        "predicted_mean": calibration["predicted"].tolist(),
        "observed_mean": calibration["observed"].tolist(),
        "e_mean": error.mean,
        "e_max": error.largest,
    }


def _aipw(outcome: Numbers, treatment: Numbers, mu1: Numbers, mu0: Numbers, propensity: Numbers) -> Answer:
    scores = aipw_scores(*(np.asarray(values, dtype=float) for values in (outcome, treatment, mu1, mu0, propensity)))
    return {"scores": scores.tolist(), "ate": scores.mean(), "se": scores.std(ddof=1) / np.sqrt(len(scores))}


def _r_loss(outcome_residual: Numbers, treatment_residual: Numbers, tau: Numbers) -> Answer:
    result = r_loss(outcome_residual, treatment_residual, tau)
    return {"best_constant_tau": result.best_constant, "loss": result.loss, "r_score": result.score}


def _policy_value(outcome: Numbers, treatment: Numbers, propensity: Numbers, policy: Numbers) -> Answer:
    return policy_value(outcome, treatment, propensity, policy)._asdict()


def _conformal(scores: Numbers, alpha: float) -> Answer:
    return {"quantile": conformal_quantile(scores, alpha)}


def _rank_correlation(tau_hat: Numbers, tau: Numbers) -> Answer:
    return {"rank_correlation": rank_correlation(tau_hat, tau)}


def _standardised_difference(x_treated: Numbers, x_control: Numbers) -> Answer:
    return {"smd": standardised_mean_difference(x_treated, x_control)}


def _effect_variance(estimate: Numbers, standard_error: Numbers) -> Answer:
    return {"variance": effect_variance(estimate, standard_error)}


ANSWERS = {
    "Qini curve, Radcliffe": _qini_curve,
    "Qini curve at block ends": _qini_blocks,
    "Qini coefficient, row by row": _qini_area,
    "Qini coefficient, ties pooled": _qini_area,
    "uplift curve and AUUC": _uplift,
    "RATE AUTOC": _autoc,
    "RATE Qini": _rate_qini,
    "targeting operator characteristic": _toc,
    "group average effects from scores": _group_effects,
    "c-for-benefit, given pairs": _given_pairs,
    "c-for-benefit, rank matched": _rank_matched,
    "calibration for benefit by groups": _benefit_calibration,
    "doubly robust scores": _aipw,
    "R-loss": _r_loss,
    "policy value by inverse probability": _policy_value,
    "split conformal quantile": _conformal,
    "rank correlation of effects": _rank_correlation,
    "standardised mean difference": _standardised_difference,
    "effect variance, noise corrected": _effect_variance,
}
