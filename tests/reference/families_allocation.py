"""Answers to the reference families on allocation, equity and prevention."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.budget_path import budget_path
from ite.allocation.candidates import Candidates
from ite.allocation.distributional_gain import Aversion, distributional_gain
from ite.allocation.fairness import selection_gaps
from ite.allocation.group_paths import group_paths
from ite.allocation.guaranteed import guaranteed_spending
from ite.allocation.inequality import atkinson, atkinson_ede, gini, kolm, kolm_ede
from ite.allocation.nash import nash_allocation
from ite.allocation.policy_tree import PolicyTreeSpec, TreeScores, grow_tree
from ite.allocation.presets import allocate_by
from ite.allocation.prevention import PreventionSpec, prevention
from ite.allocation.rank_inequality import concentration_index, relative_slope_index, slope_index
from ite.allocation.risk_distribution import two_risks
from tests.allocation.drawn import typed_groups

Answer = dict[str, Any]


def _two_groups(
    capacity: float,
    eligible_A: float,  # noqa: N803 - as in the file
    eligible_B: float,  # noqa: N803
    benefit_A: float,  # noqa: N803
    benefit_B: float,  # noqa: N803
    min_share_B: list[float],  # noqa: N803
) -> Answer:
    paths = group_paths(typed_groups([benefit_A, benefit_B], [eligible_A, eligible_B]))
    best = guaranteed_spending(paths, capacity, np.zeros(2)).gain
    rows = []
    for share in min_share_B:
        if share * capacity > eligible_B:
            rows.append([None] * 5)
            continue
        found = guaranteed_spending(paths, capacity, np.array([0, share * capacity]))
        lost = best - found.gain
        rows.append([*found.groups["offered"], found.gain, lost, lost / best])
    names = ("treated_A", "treated_B", "total_benefit", "price_of_equity", "relative_price")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _criteria(licences: float, eligible: float, benefit_A: float, benefit_B: float) -> Answer:  # noqa: N803
    candidates = typed_groups([benefit_A, benefit_B], [eligible, eligible])
    paths = group_paths(candidates)
    equal = allocate_by("equal gain", candidates, licences)
    first, second = (path.price_at(0.0) for path in paths.paths)
    return {
        "nash_share_A": nash_allocation(paths, licences).groups["spent"][0] / licences,
        "equal_benefit_A": equal.groups["offered"][0],
        "equal_benefit_total": equal.gain,
        "maximin_total": allocate_by("maximin", candidates, licences).gain,
        "flip_weight_on_B": first / second,
        "shadow_price_licence": budget_path(candidates).price_at(licences),
    }


def _knapsack(group_size: list[float], benefit: list[float], cost: list[float], budget: float) -> Answer:
    candidates = typed_groups(benefit, group_size, cost)
    found = allocate_by("efficiency", candidates, budget)
    return {
        "treated": found.groups["offered"].tolist(),
        "total_benefit": found.gain,
        "shadow_price_per_unit_budget": budget_path(candidates).price_at(budget),
    }


def _knapsack_with_floors(*, min_treated: list[float], budget: float, cost: list[float], **given: Any) -> Answer:  # noqa: ANN401
    paths = group_paths(typed_groups(given["benefit"], given["group_size"], cost))
    free, found = (
        guaranteed_spending(paths, budget, np.array(floors) * cost) for floors in (np.zeros(len(cost)), min_treated)
    )
    return {
        "treated": found.groups["offered"].tolist(),
        "total_benefit": found.gain,
        "price_of_equity": free.gain - found.gain,
    }


def _multi_arm(reward: list[list[float]], cost: list[list[float]], budget_total: list[float]) -> Answer:
    units, arms = np.shape(reward)
    candidates = Candidates(
        benefit=np.array(reward, dtype=float),
        cost=np.array(cost, dtype=float),
        size=np.ones(units),
        group=np.zeros(units, dtype=np.int64),
        groups=("all",),
        options=tuple(str(arm) for arm in range(arms)),
    )
    path = budget_path(candidates)
    used = set(zip(path.steps.row.tolist(), path.steps.option.tolist(), strict=True))
    gain = path.gain_at(budget_total)
    return {
        "gain_total": gain.tolist(),
        "gain_per_unit": (gain / units).tolist(),
        "lp_dominated": [[unit, arm] for unit in range(units) for arm in range(arms) if (unit, arm) not in used],
    }


def _parity(benefit_A: list[float], benefit_B: list[float], capacity: float) -> Answer:  # noqa: N803
    sizes = [len(benefit_A), len(benefit_B)]
    candidates = Candidates(
        benefit=np.array([*benefit_A, *benefit_B], dtype=float)[:, None],
        cost=np.ones((sum(sizes), 1)),
        size=np.ones(sum(sizes)),
        group=np.repeat([0, 1], sizes),
        groups=("A", "B"),
        options=("treatment",),
    )
    best: Allocation = allocate_by("efficiency", candidates, capacity)
    parity = allocate_by("proportional", candidates, capacity)
    first, second = best.groups["share_offered"]
    return {
        "efficiency_total": best.gain,
        "efficiency_rate_A": first,
        "efficiency_rate_B": second,
        "demographic_parity_difference": abs(first - second),
        "parity_total": parity.gain,
        "price": best.gain - parity.gain,
    }


def _policy(x: list[float], gamma_treat_minus_control: list[float]) -> Answer:
    gamma = np.array(gamma_treat_minus_control, dtype=float)[:, None]
    scores = TreeScores(scores=gamma, cost=np.ones_like(gamma), options=("treat",))
    spec = PolicyTreeSpec(depth=1, cuts=len(x), least_share=0.0)
    tree = grow_tree(pd.DataFrame({"x": np.array(x, dtype=float)}), scores, spec)
    treated = {leaf.yes[0] if leaf.yes else None for leaf in tree.leaves if leaf.option == 0}
    whole = len(tree.leaves) == 1
    rule = ("all" if treated else "none") if whole else ("<=" if True in treated else ">")
    return {
        "rule_direction": rule,
        "cutpoint": None if whole else tree.leaves[0].conditions[0].cut,
        "value": sum(leaf.gain for leaf in tree.leaves),
        "treat_all": float(gamma.sum()),
        "treat_none": 0.0,
    }


def _prevention(population: float, high_risk_share: float, risk_high: float, risk_low: float, **spec: float) -> Answer:
    found = prevention(
        two_risks(population, high_risk_share, risk_high, risk_low),
        (risk_high + risk_low) / 2,
        PreventionSpec.model_validate(spec),
    )
    high, everybody = (row for _, row in found.strategies.iterrows())
    return {
        "high_treated": high["treated"],
        "high_prevented": high["prevented"],
        "high_nnt": high["nnt"],
        "population_treated": everybody["treated"],
        "population_prevented": everybody["prevented"],
        "population_nnt": everybody["nnt"],
        "share_of_cases_from_low_risk": found.share_of_cases_below,
        "low_risk_nnt": found.nnt_below,
        "high_net_benefit": high["net_benefit"],
        "population_net_benefit": everybody["net_benefit"],
        "crossover_value_per_case": found.crossover_value,
    }


def _gini(samples: list[list[float]]) -> Answer:
    return {"gini": [gini(sample) for sample in samples]}


def _atkinson(x: list[float], epsilon: list[float]) -> Answer:
    return {"ede": [atkinson_ede(x, each) for each in epsilon], "index": [atkinson(x, each) for each in epsilon]}


def _kolm(x: list[float], alpha: list[float]) -> Answer:
    return {"ede": [kolm_ede(x, each) for each in alpha], "index": [kolm(x, each) for each in alpha]}


def _distributional(
    *,
    share: list[float],
    opportunity_cost: list[float],
    atkinson_epsilon: float,
    kolm_alpha: float,
    **given: Any,  # noqa: ANN401
) -> Answer:
    relative, absolute = (
        distributional_gain(
            given["baseline_health"], given["health_gain"], aversion, lost=opportunity_cost, people=share
        )
        for aversion in (
            Aversion(kind="relative", strength=atkinson_epsilon),
            Aversion(kind="absolute", strength=kolm_alpha),
        )
    )
    return {
        "net_gain": relative.net_gain.tolist(),
        "mean_gain": relative.mean_gain,
        "ede_gain_atkinson": relative.ede_gain,
        "ede_gain_kolm": absolute.ede_gain,
        "equity_gain_atkinson": relative.equity_gain,
    }


def _ranks(health: list[float], fractional_rank: list[float]) -> Answer:
    return {
        "concentration_index": concentration_index(health, fractional_rank),
        "sii": slope_index(health, fractional_rank),
        "rii": relative_slope_index(health, fractional_rank),
    }


def _selection(group: list[str], outcome: list[int], selected: list[int]) -> Answer:
    found = selection_gaps(pd.Series(group), np.array(outcome, dtype=float), np.array(selected, dtype=float))
    rates = found.by_group.set_index("group")
    return {
        "demographic_parity_difference": found.demographic_parity_difference,
        "equalized_odds_difference": found.equalized_odds_difference,
        **{f"{rate}_{name}": rates[rate][name] for rate in ("selection_rate", "tpr", "fpr") for name in rates.index},
    }


ANSWERS: dict[str, Callable[..., Answer]] = {
    "allocation frontier two groups": _two_groups,
    "allocation fairness criteria two groups": _criteria,
    "allocation knapsack by group": _knapsack,
    "allocation knapsack with floors": _knapsack_with_floors,
    "allocation multi-arm Qini path": _multi_arm,
    "allocation top-k and group parity": _parity,
    "allocation depth-one policy": _policy,
    "prevention strategies": _prevention,
    "prevention strategies net benefit": _prevention,
    "equity Gini index": _gini,
    "equity Atkinson index": _atkinson,
    "equity Kolm index": _kolm,
    "equity distributional cost-effectiveness": _distributional,
    "equity concentration and slope index": _ranks,
    "equity group fairness metrics": _selection,
}
