"""Tables of an allocation as they are read: a result in; words, units and intervals out."""

import numpy as np
import pandas as pd

from ite.allocation.allocate import AllocationFrontier
from ite.allocation.fairness import Gap, GroupGaps, gain_gaps, offer_gaps
from ite.allocation.policy_value import PolicyRule
from ite.charts.scale import EffectUnit, effect_unit
from ite.trial.normal import NORMAL_975

_RULES = {"by lot": "By lot", "by risk": "Worst outlook first", "everybody": "Everybody, no limit"}


def baselines_table(found: AllocationFrontier) -> pd.DataFrame:
    """Return what simpler rules deliver per candidate, and what most predicted benefit gains over each."""
    unit = effect_unit(found.scale)
    frame = found.baselines
    reach = NORMAL_975 * frame["gain_over_se"]
    gained = pd.DataFrame(
        {"estimate": frame["gain_over"], "lower": frame["gain_over"] - reach, "upper": frame["gain_over"] + reach}
    )
    delivered = frame.rename(columns={"delivered": "estimate"})
    return pd.DataFrame(
        {
            "Rule": frame["rule"].map(_RULES),
            "Delivered per candidate": unit.labels(delivered),
            "Prediction delivers more by": np.array(unit.labels(gained)),
        }
    )


def gaps_table(found: AllocationFrontier) -> pd.DataFrame:
    """Return how far groups are apart at the chosen point: in who is offered treatment, and in what they gain."""
    allocation = found.frontier.allocations[found.chosen]
    offered, gained = offer_gaps(allocation), gain_gaps(found.found, found.chosen, allocation.candidates.groups)
    groups = ["all", *gained.by_group["group"].astype(str), "largest difference", "largest ratio"]
    return pd.DataFrame(
        {
            "Group": groups,
            "Offered treatment (%)": _gap_words(offered, EffectUnit(scale="", percent=True)),
            "Gain per member": _gap_words(gained, effect_unit(found.scale)),
        }
    )


def _gap_words(gaps: GroupGaps, unit: EffectUnit) -> list[str]:
    """Write the value of all, of each group, and the largest difference and ratio between two, with intervals."""
    overall = unit.label(gaps.overall.estimate, gaps.overall.lower, gaps.overall.upper)
    ratio = _gap(gaps.ratio, EffectUnit(scale="", percent=False), "/")
    return [overall, *unit.labels(gaps.by_group), _gap(gaps.difference, unit, "−"), ratio]


def _gap(gap: Gap, unit: EffectUnit, sign: str) -> str:
    if gap.high is None:
        return "not defined"
    return f"{unit.label(gap.estimate, gap.lower, gap.upper)}, {gap.high} {sign} {gap.low}"


def leaves_table(found: PolicyRule) -> pd.DataFrame:
    """Return the groups of patients that a short rule makes, with what they are offered."""
    leaves = found.leaves
    return pd.DataFrame(
        {
            "Patients": leaves["who"],
            "Number": leaves["people"],
            "Offered": leaves["offered"],
            "Served": [f"{100 * share:.0f} %" for share in leaves["share_served"]],
        }
    )
