"""Effects in groups that a covariate makes, and whether some groups are harmed while others benefit."""

import numpy as np
import pandas as pd

from ite.errors import SubgroupError
from ite.estimation.average_effect import critical_value
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.subgroup_heterogeneity import cochran_q, gail_simon
from ite.trial.data import TrialData
from ite.trial.groups import Groups, groups_of

#: Patients that a group needs in the arm and under control.
FEWEST_PER_ARM = 10


def effects_by_group(trial: TrialData, effects: EffectEstimate, arm: str, by: str) -> pd.DataFrame:
    """Return the average score of each group that a column makes: its levels, or thirds of many numbers.

    Groups of fewer than 10 patients in the arm or under control are left out.

    Returns
    -------
    DataFrame
        group, n, estimate, se, lower, upper (95 %, each by itself).

    Raises
    ------
    SubgroupError
        If fewer than two groups are left, or clusters hold patients of several groups.
    """
    groups, scores = groups_of(trial, by), effects.scores[arm].to_numpy(dtype=float)
    kept = [place for place in range(len(groups.names)) if _is_large(trial, groups, place, arm)]
    if len(kept) < 2:
        raise SubgroupError(
            f"Comparing groups needs two with at least {FEWEST_PER_ARM} patients in {arm} and under {trial.control} "
            f"each; '{by}' makes {len(kept)}. Choose another column."
        )
    _require_whole_clusters(effects, groups, by)
    rows = []
    for place in kept:
        members = groups.of == place
        own = scores[members]
        influence = (own - own.mean())[:, None] / len(own)
        cluster = None if effects.cluster is None else effects.cluster[members]
        se = float(np.sqrt(influence_covariance(influence, cluster)[0, 0]))
        rows.append((groups.names[place], len(own), float(own.mean()), se, critical_value(cluster) * se))
    table = pd.DataFrame(rows, columns=["group", "n", "estimate", "se", "half_width"])
    half_width = table.pop("half_width")
    return table.assign(lower=table["estimate"] - half_width, upper=table["estimate"] + half_width)


def with_tests(groups: pd.DataFrame) -> pd.DataFrame:
    """Add to `effects_by_group` the p-values of two tests, the same in each row; for groups named beforehand alone.

    qualitative_p: no group is harmed while another benefits (Gail and Simon). quantitative_p: all groups share one
    effect (Cochran).
    """
    estimate, se = groups["estimate"], groups["se"]
    return groups.assign(qualitative_p=gail_simon(estimate, se).p, quantitative_p=cochran_q(estimate, se).p)


def _is_large(trial: TrialData, groups: Groups, place: int, arm: str) -> bool:
    of_arms = trial.arm_index[groups.of == place]
    sizes = [int(np.sum(of_arms == index)) for index in (0, trial.arms.index(arm))]
    return min(sizes) >= FEWEST_PER_ARM


def _require_whole_clusters(effects: EffectEstimate, groups: Groups, by: str) -> None:
    if effects.cluster is None:
        return
    pairs = pd.DataFrame({"cluster": effects.cluster, "group": groups.of})
    if pairs.groupby("cluster")["group"].nunique().max() > 1:
        raise SubgroupError(
            f"The tests need groups that are independent of each other, but patients of one cluster stand in several "
            f"groups of '{by}'. Choose a column that is the same for a whole cluster."
        )
