"""Tables of an allocation as they are read: a result in; words, units and intervals out."""

import numpy as np
import pandas as pd

from ite.allocation.allocate import AllocationFrontier
from ite.allocation.fairness import GroupGaps, gain_gaps, offer_gaps
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
    unit_words = unit.words.replace("_", " ")
    return pd.DataFrame(
        {
            "Rule": frame["rule"].map(_RULES),
            f"Delivered per candidate ({unit_words})": unit.labels(delivered),
            "Prediction delivers more by": np.array(unit.labels(gained)),
        }
    )


def gaps_table(found: AllocationFrontier) -> pd.DataFrame:
    """Return how far groups are apart at the chosen point: in who is offered treatment, and in what they gain."""
    unit = effect_unit(found.scale)
    allocation = found.frontier.allocations[found.chosen]
    groups = allocation.candidates.groups
    rows = [
        ("Offered treatment (%)", offer_gaps(allocation), EffectUnit(scale="", percent=True)),
        (
            f"Gain per member ({unit.words.replace('_', ' ')})",
            gain_gaps(found.found, found.chosen, groups),
            unit,
        ),
    ]
    return pd.DataFrame([row for what, gaps, own in rows for row in _gap_rows(what, gaps, own)])


def _gap_rows(what: str, gaps: GroupGaps, unit: EffectUnit) -> list[dict[str, str]]:
    """Write each value with its interval; the gap between the groups that are farthest apart comes last."""
    rows = [{"Of": what, "Group": "all", "Value (95 % interval)": unit.label(*gaps.overall[0:1], *gaps.overall[2:])}]
    written = zip(gaps.by_group["group"], unit.labels(gaps.by_group), strict=True)
    rows += [{"Of": what, "Group": str(group), "Value (95 % interval)": words} for group, words in written]
    for name, gap, own in (("less", gaps.difference, unit), ("over", gaps.ratio, EffectUnit(scale="", percent=False))):
        if gap.high is not None:
            pair = f"{gap.high} {name} {gap.low}"
            words = own.label(gap.estimate, gap.lower, gap.upper)
            rows.append({"Of": what, "Group": pair, "Value (95 % interval)": words})
    if gaps.reason is not None:
        rows.append({"Of": what, "Group": "ratio", "Value (95 % interval)": f"not given. {gaps.reason}"})
    return rows


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
