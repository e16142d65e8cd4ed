"""The sentences that go with an allocation: its tables in, words out."""

import numpy as np

from ite.allocation.allocate import AllocationFrontier
from ite.allocation.allocation import Allocation
from ite.allocation.budget_curve import BudgetCurve
from ite.allocation.fairness import gain_gaps
from ite.allocation.frontier import Frontier
from ite.allocation.policy_value import PolicyRule
from ite.allocation.spec import AllocationSpec
from ite.charts.outcome_unit import outcome_unit
from ite.charts.scale import EffectUnit, cell
from ite.trial.normal import NORMAL_975


def budget_words(spec: AllocationSpec) -> str:
    """Say what the budget is: 40 % of candidates, 120 offers, or 50,000 in money."""
    if spec.budget_unit == "share":
        return f"{100 * spec.budget:.3g} % of candidates"
    return f"{spec.budget:,.0f} offers" if spec.budget_unit == "offers" else f"a budget of {spec.budget:,.0f}"


def frontier_sentence(found: AllocationFrontier, unit: EffectUnit) -> str:
    """Say what the chosen point delivers, whom it serves, and what its guarantee costs."""
    point, first = found.points.iloc[found.chosen], found.points.iloc[0]
    delivered = unit.label(*point[["delivered", "lower", "upper"]].to_numpy(float))
    served = budget_words(found.spec)
    opening = (
        f"{served[:1].upper()}{served[1:]}: {delivered} {outcome_unit(unit)} per candidate delivered, "
        f"{unit.number(float(point['promised']))} promised."
    )
    if found.spec.equity is None:
        return opening
    groups = found.groups[found.groups["position"] == found.position[found.chosen]]
    shares = ", ".join(
        f"{group} {100 * share:.0f} %" for group, share in zip(groups["group"], groups["share_offered"], strict=True)
    )
    if found.chosen == 0:
        return f"{opening} Offered: {shares}; nothing is guaranteed."
    change, se = float(point["change"]), float(point["change_se"])
    limits = unit.label(change, change - NORMAL_975 * se, change + NORMAL_975 * se)
    promised = unit.number(float(point["promised"] - first["promised"]))
    return f"{opening} Offered: {shares}. The guarantee changes what is delivered by {limits}; promised {promised}."


def baselines_sentence(found: AllocationFrontier, unit: EffectUnit) -> str:
    """Say whether most predicted benefit first beats a lot."""
    against = found.baselines.set_index("rule")
    gain, se = cell(against, "by lot", "gain_over"), cell(against, "by lot", "gain_over_se")
    limits = unit.label(gain, gain - NORMAL_975 * se, gain + NORMAL_975 * se)
    shown = "delivers more than" if gain > NORMAL_975 * se else "is not shown to deliver more than"
    return (
        f"Most predicted benefit first {shown} the same budget given out by lot: the difference is {limits} "
        f"{outcome_unit(unit)} per candidate."
    )


def groups_sentence(found: AllocationFrontier, unit: EffectUnit) -> str:
    """Say who gains and who gives up against the most efficient point, and who receives nothing."""
    groups = found.groups[found.groups["position"] == found.position[found.chosen]]
    nobody = groups.loc[groups["share_offered"] < 5e-4, "group"].tolist()
    left_out = f" Nobody is offered treatment in: {', '.join(nobody)}." if nobody else ""
    if found.chosen == 0:
        gains = "; ".join(
            f"{row.group} {unit.label(row.delivered, row.lower, row.upper)}"
            for row in groups[["group", "delivered", "lower", "upper"]].itertuples()
        )
        return f"Gain per member where only benefit counts, in {outcome_unit(unit)}: {gains}.{left_out}"
    changes = "; ".join(
        f"{row.group} "
        f"{unit.label(row.change, row.change - NORMAL_975 * row.change_se, row.change + NORMAL_975 * row.change_se)}"
        for row in groups[["group", "change", "change_se"]].itertuples()
    )
    return f"Change of the gain per member against most benefit, in {outcome_unit(unit)}: {changes}.{left_out}"


def budget_sentence(found: BudgetCurve, unit: EffectUnit) -> str:
    """Say at which budgets ordering by predicted benefit is shown to beat a lot."""
    rest = found.frame.iloc[:-1]
    beats = rest[rest["lower"] > rest["lot"]]
    curse = float((rest["promised"] - rest["delivered"]).mean())
    words = (
        "At no budget is ordering by predicted benefit shown to deliver more than a lot."
        if beats.empty
        else f"Ordering by predicted benefit delivers more than a lot at {len(beats)} of {len(rest)} budgets."
    )
    gap = f"{unit.number(abs(curse))} {outcome_unit(unit)} {'more' if curse >= 0 else 'less'}"
    return f"{words} On average over the budgets, predictions promise {gap} per candidate than is delivered."


def typed_sentence(found: Frontier, chosen: int) -> str:
    """Say what a point of typed groups brings, who gets it, and what equity costs there."""
    best, point = found.allocations[0], found.allocations[chosen]
    total = f"{point.gain:,.4g} in total"
    if chosen == 0:
        return f"Most benefit: {total}. Offered: {_offered(point)}. One more unit of budget brings {point.price:.3g}."
    lost = best.gain - point.gain
    dearest = float(np.max(point.floor_price))
    share = f" ({100 * lost / best.gain:.3g} % of the most)" if best.gain > 0 else ""
    return (
        f"{total}. Offered: {_offered(point)}. The guarantee costs {lost:,.4g}{share}; its last unit gives up "
        f"{dearest:.3g}."
    )


def _offered(point: Allocation) -> str:
    groups = point.groups
    return ", ".join(
        f"{group} {count:,.4g} of {members:,.6g}"
        for group, count, members in zip(groups["group"], groups["offered"], groups["members"], strict=True)
    )


def spec_words(spec: AllocationSpec) -> str:
    """Say in one line what was chosen."""
    least = f", where more than {spec.least_benefit:g} is predicted" if spec.least_benefit else ""
    offered = f"{' or '.join(spec.arms)} for {budget_words(spec)}{least}"
    if spec.equity is None or spec.position == 0:
        return f"{offered}, by predicted benefit alone"
    what = "offers" if spec.guarantee == "offers" else "gain"
    return f"{offered}, {100 * spec.position:.0f} % of the way to equal {what} by {spec.equity}"


def rule_sentence(found: PolicyRule, unit: EffectUnit) -> str:
    """Say what a short rule is, what it delivers, and what it loses."""
    rule, loss = found.rule, found.loss
    return (
        f"{found.tree.words} Such rules deliver {unit.label(rule.estimate, rule.lower, rule.upper)} "
        f"{outcome_unit(unit)} per candidate, "
        f"{unit.label(loss.estimate, loss.lower, loss.upper)} less than most predicted benefit first."
    )


def gaps_sentence(found: AllocationFrontier, unit: EffectUnit) -> str:
    """Say how far the groups are apart in what they gain, and whether that is more than chance."""
    groups = found.frontier.allocations[found.chosen].candidates.groups
    gap = gain_gaps(found.found, found.chosen, groups).difference
    if gap.high is None:
        return "There is one group, so that nothing can differ."
    shown = "The gain per member differs" if gap.lower > 0 else "The gain per member is not shown to differ"
    limits = unit.label(gap.estimate, gap.lower, gap.upper)
    return f"{shown}: {gap.high} minus {gap.low} is {limits} {outcome_unit(unit)}."
