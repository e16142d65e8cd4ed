"""Answers to the reference cases of trials that may drop a population at a look."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from ite.design.enrichment.combination import fisher_equal_levels, fisher_full_level
from ite.design.enrichment.intersection import Intersection, intersection_p, spiessens_debois_z
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary

METHODS: tuple[Intersection, ...] = ("simes", "bonferroni", "sidak", "spiessens_debois")
#: At least as many as the reference runs (100,000 and 30,000), so that their stated tolerances apply.
TRIALS, SEED = 200_000, 2026


def enrichment_means(
    *,
    prevalence: float,
    effect_subgroup: float,
    effect_complement: float,
    sd_subgroup: float,
    sd_complement: float,
    allocation_ratio: float,
    **plan: Any,  # noqa: ANN401 - the rest of the case
) -> dict[str, Any]:
    outcome = MeansByStratum(effects=(effect_subgroup, effect_complement), sds=(sd_subgroup, sd_complement))
    return _simulated(Scenario.one_subgroup(prevalence, outcome, allocation_ratio=allocation_ratio), **plan)


def enrichment_rates(*, prevalence: float, benefit: str, **plan: Any) -> dict[str, Any]:  # noqa: ANN401
    outcome = RatesByStratum(
        control=(plan.pop("rate_control_subgroup"), plan.pop("rate_control_complement")),
        treatment=(plan.pop("rate_treatment_subgroup"), plan.pop("rate_treatment_complement")),
        higher_is_better=benefit == "higher_rate",
    )
    return _simulated(Scenario.one_subgroup(prevalence, outcome), **plan)


def enrichment_survival(*, prevalence: float, **plan: Any) -> dict[str, Any]:  # noqa: ANN401
    ratios = (plan.pop("hazard_ratio_subgroup"), plan.pop("hazard_ratio_complement"))
    scenario = Scenario.one_subgroup(prevalence, HazardsByStratum(hazard_ratios=ratios))
    found = _simulated(scenario, cumulative_n=plan.pop("cumulative_events"), **plan)
    return {**found, "expected_events": found["expected_n"]}


def closed_test(
    *,
    stagewise_p_subgroup: list[float],
    stagewise_p_full: list[float],
    prevalence: float,
    stage_weights_squared: list[float],
    final_critical_z: float,
) -> dict[str, Any]:
    """Two stages, both populations studied throughout, decision at the end only."""
    p = np.array([stagewise_p_full, stagewise_p_subgroup])
    weights = np.sqrt(stage_weights_squared)
    combined_full, combined_subgroup = -ndtri(p) @ weights
    answer: dict[str, Any] = {"combined_z_S": combined_subgroup, "combined_z_F": combined_full}
    for method in METHODS:
        stagewise = [_intersection(method, p[:, stage], prevalence) for stage in (0, 1)]
        joint = float(-ndtri(stagewise) @ weights)
        answer |= {f"intersection_p_stage{stage + 1}_{method}": stagewise[stage] for stage in (0, 1)}
        answer[f"combined_z_intersection_{method}"] = joint
        answer[f"reject_S_final_{method}"] = bool(min(joint, combined_subgroup) >= final_critical_z)
        answer[f"reject_F_final_{method}"] = bool(min(joint, combined_full) >= final_critical_z)
    return answer


def closed_test_full_dropped(
    *,
    stagewise_p_subgroup: list[float],
    stage1_p_full: float,
    stage_weights_squared: list[float],
    final_critical_z: float,
) -> dict[str, Any]:
    """The full population is dropped at the interim, so stage 2 of the intersection is the subgroup's."""
    weights = np.sqrt(stage_weights_squared)
    first = _intersection("simes", np.array([stage1_p_full, stagewise_p_subgroup[0]]), 0.5)
    joint = float(-ndtri([first, stagewise_p_subgroup[1]]) @ weights)
    own = float(-ndtri(stagewise_p_subgroup) @ weights)
    return {
        "intersection_p_stage1_simes": first,
        "combined_z_intersection": joint,
        "combined_z_S": own,
        "reject_S_final": bool(min(joint, own) >= final_critical_z),
    }


def fisher_levels(*, alpha_one_sided: float, futility_p_binding: float) -> dict[str, Any]:
    c1, c2 = fisher_equal_levels(alpha_one_sided, futility_p_binding)
    return {"c1": c1, "c2": c2}


def fisher_full(*, alpha_one_sided: float) -> dict[str, Any]:
    c1, c2 = fisher_full_level(alpha_one_sided)
    return {"c1": c1, "c2": c2}


def _intersection(method: Intersection, p: np.ndarray, prevalence: float) -> float:
    if method == "spiessens_debois":
        correlation = np.array([[1.0, prevalence**0.5], [prevalence**0.5, 1.0]])
        return float(ndtr(-spiessens_debois_z(np.array([-ndtri(p.min())]), correlation))[0])
    return float(intersection_p(method, p[:, None], np.ones((2, 1), dtype=bool))[0])


def _simulated(scenario: Scenario, **plan: Any) -> dict[str, Any]:  # noqa: ANN401
    found = simulate_enrichment(_design(scenario, plan), TRIALS, SEED)
    power, summary = found.populations, found.summary["estimate"]
    joint = found.continues.set_index("population")["joint"]
    answer = {"power_any": summary["any"], "expected_n": summary["expected_size"]}
    answer |= {"stop_efficacy_interim": summary["stop_success"], "stop_futility_interim": summary["stop_futility"]}
    for letter, name in (("S", "subgroup"), ("F", "full")):
        answer[f"power_{letter}"] = power.loc[name, "power"]
        answer[f"power_{letter}_stage1"] = power.loc[name, "power_stage_1"]
        answer[f"continue_with_{letter}_stage2"] = joint[name]
    return answer


def _design(scenario: Scenario, plan: dict[str, Any]) -> EnrichmentDesign:
    fisher = plan.get("combination", "inverse_normal") == "fisher"
    family = "obrien_fleming" if fisher else plan["boundary"]
    target = plan.get("target_conditional_power")
    limits = {"least": plan.get("stage2_n_min"), "most": plan.get("stage2_n_max")}
    return EnrichmentDesign(
        scenario=scenario,
        cumulative_sizes=tuple(plan["cumulative_n"]),
        boundary=Boundary(
            family=family,
            information_fractions=tuple(plan["information_fractions"]),
            alpha=plan["alpha_one_sided"],
        ),
        combination="fisher" if fisher else "inverse_normal",
        intersection=plan["intersection_test"],
        selection=Selection(
            rule=plan["selection_rule"],
            scale=plan.get("selection_scale") or "effect_estimate",
            epsilon=plan.get("selection_epsilon"),
            margin=plan.get("selection_margin"),
            threshold=plan.get("futility_threshold"),
        ),
        futility_p=plan["futility_p_bound"],
        success=plan.get("success_rule") or "all_populations",
        reestimation=None if target is None else Reestimation(target_conditional_power=target, **limits),
    )


ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {
    "adaptive_enrichment_means": enrichment_means,
    "adaptive_enrichment_means_reestimation": enrichment_means,
    "adaptive_enrichment_rates": enrichment_rates,
    "adaptive_enrichment_survival": enrichment_survival,
    "closed_test_two_populations": closed_test,
    "closed_test_full_population_dropped": closed_test_full_dropped,
    "fisher_combination_equal_levels": fisher_levels,
    "fisher_combination_bauer_koehne": fisher_full,
}
