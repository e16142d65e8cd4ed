"""Answers to the reference cases of designs by another road: enrichment in one look, cut-points, priors."""

from collections.abc import Callable
from typing import Any

from ite.design.alternatives.assay import Assay
from ite.design.alternatives.borrowing import PowerPrior, RobustMixture, power_prior_posterior, robust_mixture_posterior
from ite.design.alternatives.efficiency import EnrichmentComparison, compare_enrichment
from ite.design.alternatives.endpoints import MarkerMeans, MarkerRates
from ite.design.alternatives.interaction import (
    InteractionSize,
    InteractionTest,
    interaction_power,
    interaction_size,
)
from ite.design.alternatives.marker_cut import MarkerCut, marker_cut_curve
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.design.alternatives.prognostic import patients_for_events
from ite.design.alternatives.screening import Screening, screening_count
from ite.design.alternatives.single_arm import SingleArm, single_arm_assurance
from ite.design.alternatives.strategies import MarkerStrategies, compare_strategies
from ite.design.alternatives.subgroup_power import SubgroupPower, power_in_subgroup
from ite.design.alternatives.superiority import probability_of_superiority
from ite.design.alternatives.top_fraction import TopFraction, top_fraction_curve
from ite.design.alternatives.two_stage import TwoStage, two_stage_characteristics
from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.design.fixed.log_rank import LogRank

Answer = dict[str, Any]


def _strategies(alpha_one_sided: float, **settings: float) -> Answer:
    power = compare_strategies(MarkerStrategies.model_validate({**settings, "alpha": alpha_one_sided})).designs["power"]
    return {
        "power_all_comers_overall_test": power["all comers"],
        "power_stratified_positive_only": power["stratified"],
        "power_enriched_same_n": power["enriched"],
        "power_marker_strategy": power["marker strategy"],
    }


def _means(prevalence: float, alpha_one_sided: float, power: float, **effects: float) -> Answer:
    spec = EnrichmentComparison(
        endpoint=MarkerMeans.model_validate(effects), prevalence=prevalence, alpha=alpha_one_sided, power=power
    )
    result = compare_enrichment(spec)
    return {
        "n_all_comers": result.designs["randomised"]["all comers"],
        "n_enriched": result.designs["randomised"]["enriched"],
        "randomized_ratio": result.ratios["randomised"],
        "n_screened_enriched": result.designs["screened"]["enriched"],
        "screened_ratio": result.ratios["screened"],
    }


def _rates(prevalence: float, alpha_one_sided: float, power: float, **rates: float) -> Answer:
    endpoint = MarkerRates.model_validate(rates)
    spec = EnrichmentComparison(endpoint=endpoint, prevalence=prevalence, alpha=alpha_one_sided, power=power)
    result = compare_enrichment(spec)
    return {
        "rate_treatment_all_comers": endpoint.rate_treatment_at(prevalence),
        "n_per_arm_all_comers": result.designs["randomised"]["all comers"] / 2,
        "n_per_arm_enriched": result.designs["randomised"]["enriched"] / 2,
        "randomized_ratio": result.ratios["randomised"],
    }


def _assay(
    prevalence: float, sensitivity: float, specificity: float, alpha_one_sided: float, power: float, **effects: float
) -> Answer:
    spec = EnrichmentComparison(
        endpoint=MarkerMeans.model_validate(effects),
        prevalence=prevalence,
        assay=Assay(sensitivity=sensitivity, specificity=specificity),
        alpha=alpha_one_sided,
        power=power,
    )
    result = compare_enrichment(spec)
    return {
        "test_positive_rate": result.reading.positive_rate,
        "ppv": result.reading.ppv,
        "npv": result.reading.npv,
        "effect_test_positive": result.designs["effect"]["enriched"],
        "n_randomized": result.designs["randomised"]["enriched"],
        "n_screened": result.designs["screened"]["enriched"],
        "n_randomized_perfect_assay": result.designs["randomised"]["enriched, perfect assay"],
    }


def _noisy(
    benefit_mean: float, benefit_sd: float, correlation_predicted_true: float, enrol_top_fraction: float
) -> Answer:
    spec = TopFraction(
        benefit_mean=benefit_mean,
        benefit_sd=benefit_sd,
        correlation=correlation_predicted_true,
        fractions=(enrol_top_fraction,),
    )
    row = top_fraction_curve(spec).curve.iloc[0]
    return {"mean_benefit_enrolled": row["benefit_enrolled"], "mean_benefit_excluded": row["benefit_excluded"]}


def _top_fraction(enrol_top_fraction: list[float], alpha_one_sided: float, **settings: float) -> Answer:
    spec = TopFraction.model_validate({**settings, "fractions": tuple(enrol_top_fraction), "alpha": alpha_one_sided})
    curve = top_fraction_curve(spec).curve
    return {
        "mean_benefit_enrolled": curve["benefit_enrolled"].tolist(),
        "n_randomized": curve["randomised"].tolist(),
        "n_screened": curve["screened"].tolist(),
    }


def _marker_cut(
    effect_intercept: float, effect_slope: float, cutpoints: list[float], alpha_one_sided: float, **settings: float
) -> Answer:
    effect = MarkerEffect(shape="line", low=effect_intercept, high=effect_intercept + effect_slope)
    spec = MarkerCut.model_validate(
        {**settings, "effect": effect, "cutpoints": tuple(cutpoints), "alpha": alpha_one_sided}
    )
    result = marker_cut_curve(spec)
    return {
        "mean_effect_above_cut": result.curve["effect"].tolist(),
        "n_randomized": result.curve["randomised"].tolist(),
        "n_screened": result.curve["screened"].tolist(),
        "cutpoint_minimising_screened": result.best_cutpoint,
    }


def _prognostic(
    hazard_ratio: float,
    event_prob_unselected: float,
    event_prob_enriched: float,
    prevalence_high_risk: float,
    **test: float,
) -> Answer:
    events = LogRank(hazard_ratio=hazard_ratio).size(alpha=test["alpha_one_sided"], power=test["power"])
    enriched, screened = patients_for_events(events, event_prob_enriched, prevalence_high_risk)
    return {
        "events": events,
        "n_unselected": patients_for_events(events, event_prob_unselected, 1.0)[0],
        "n_enriched": enriched,
        "n_screened_enriched": screened,
    }


def _interaction_power(n_total: int, **settings: float) -> Answer:
    result = interaction_power(InteractionTest.model_validate(settings), n_total)
    return {"se": result.se, "power_two_sided": result.power}


def _interaction_size(**settings: float) -> Answer:
    result = interaction_size(InteractionSize.model_validate(settings))
    return {"n_main": result.n_main, "n_interaction": result.n_interaction}


def _binomial_size(alpha_one_sided: float, **settings: float) -> Answer:
    result = power_in_subgroup(SubgroupPower.model_validate({**settings, "alpha": alpha_one_sided}))
    return {"power_random_size": result.power, "power_fixed_size": result.power_fixed_size}


def _beta_binomial_size(
    prevalence_prior_a: float, prevalence_prior_b: float, alpha_one_sided: float, **settings: float
) -> Answer:
    prior = BetaPrior(a=prevalence_prior_a, b=prevalence_prior_b)
    spec = SubgroupPower.model_validate({**settings, "prior": prior, "alpha": alpha_one_sided})
    return {"power": power_in_subgroup(spec).power}


def _screening(**settings: float) -> Answer:
    result = screening_count(Screening.model_validate(settings))
    return {
        "expected_screened": result.expected_screened,
        "screened_for_assurance": result.screened_for_assurance,
    }


def _single_arm(
    design_prior_a: float, design_prior_b: float, analysis_prior_a: float, analysis_prior_b: float, **settings: float
) -> Answer:
    spec = SingleArm.model_validate(
        {
            **settings,
            "design_prior": BetaPrior(a=design_prior_a, b=design_prior_b),
            "analysis_prior": BetaPrior(a=analysis_prior_a, b=analysis_prior_b),
        }
    )
    result = single_arm_assurance(spec)
    return {"assurance": result.assurance, "min_responders": result.min_responders}


def _superiority(prior_a: float, prior_b: float, **counts: int) -> Answer:
    return {"prob_treatment_better": probability_of_superiority(**counts, prior=BetaPrior(a=prior_a, b=prior_b))}


def _power_prior(power_prior_weight: float, **settings: float) -> Answer:
    result = power_prior_posterior(PowerPrior.model_validate({**settings, "weight": power_prior_weight}))
    return {
        "effective_historical_n": result.effective_historical_n,
        "posterior_mean": result.mean,
        "posterior_sd": result.sd,
    }


def _robust_mixture(prior_weight_informative: float, **settings: float) -> Answer:
    spec = RobustMixture.model_validate({**settings, "prior_weight": prior_weight_informative})
    result = robust_mixture_posterior(spec)
    return {"posterior_weight_informative": result.weight, "posterior_mean": result.mean}


def _two_stage(r1: int, n1: int, r: int, n: int, p0: float, p1: float) -> Answer:
    result = two_stage_characteristics(
        TwoStage(stop_at=r1, n_first=n1, reject_above=r, n_total=n, rate_null=p0, rate_alternative=p1)
    )
    return {
        "type_one_error": result.type_one_error,
        "power": result.power,
        "early_stop_H0": result.early_stop_null,
        "expected_n_H0": result.expected_n_null,
    }


ANSWERS: dict[str, Callable[..., Answer]] = {
    "marker_strategy_power": _strategies,
    "enrichment_efficiency_means": _means,
    "enrichment_efficiency_rates": _rates,
    "enrichment_efficiency_imperfect_assay": _assay,
    "prognostic_enrichment_events": _prognostic,
    "cutpoint_uniform_biomarker": _marker_cut,
    "enrichment_top_fraction_of_benefit": _top_fraction,
    "enrichment_noisy_prediction": _noisy,
    "interaction_power": _interaction_power,
    "interaction_sample_size": _interaction_size,
    "subgroup_power_binomial_size": _binomial_size,
    "subgroup_power_beta_binomial_size": _beta_binomial_size,
    "screening_count": _screening,
    "assurance_single_arm_beta": _single_arm,
    "posterior_probability_of_superiority": _superiority,
    "power_prior_normal_mean": _power_prior,
    "robust_mixture_prior_normal": _robust_mixture,
    "simon_two_stage": _two_stage,
}
