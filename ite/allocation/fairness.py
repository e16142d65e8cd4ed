"""Gaps between groups in what an allocation does: who is offered it, and what they gain. Never one fairness score.

Legend: m_g is the value of group g (share offered, or gain per member), V the joint covariance of their estimates.
"""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.delivered import Delivered
from ite.errors import AllocationError
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.sequential import simultaneous_critical_value
from ite.trial.columns import FloatArray, IntArray
from ite.trial.normal import NORMAL_975

NO_RATIO = "A ratio needs a value above 0 in every group, but the 95 % interval of {group} reaches 0 or below."
#: Values within this part of the largest are equal: they differ by rounding alone.
_ROUNDING = 1e-12
ONE_GROUP = "There is one group only, so that nothing can differ."


class Estimated(NamedTuple):
    """A value with its standard error and its 95 % interval, in the unit of the value."""

    estimate: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How far apart two groups are, with a 95 % interval; None and NaN where that is not defined."""

    high: str | None = None
    low: str | None = None
    estimate: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupGaps:
    """One value by group, and how far the groups are apart.

    Attributes
    ----------
    overall : Estimated
        The value of all groups together.
    by_group : DataFrame, one row per group
        group, estimate, se, lower, upper (95 %, one at a time); NaN for a group of nobody.
    difference, ratio : Gap
        Of the two groups that are farthest apart. The interval allows for their having been chosen of all pairs.
    reason : str or None
        Why there is no ratio, in words.
    """

    overall: Estimated
    by_group: pd.DataFrame
    difference: Gap
    ratio: Gap
    reason: str | None


def gain_gaps(found: Delivered, rule: int, groups: tuple[str, ...], seed: int = 0) -> GroupGaps:
    """Return the gaps in the gain per member that a rule delivers, by held-out scores.

    Parameters
    ----------
    found
        What the rules deliver, with their joint error.
    rule
        Position of the rule, such as a point of the frontier.
    groups
        Names, in the order of `found.by_group`.
    seed
        Of the critical value where there are more than two groups.
    """
    own = np.append(rule, len(found.estimate) + rule * len(groups) + np.arange(len(groups)))
    estimate = np.append(found.estimate[rule], found.by_group[rule])
    return group_gaps(groups, estimate, found.covariance[np.ix_(own, own)], seed)


def offer_gaps(allocation: Allocation, cluster: IntArray | None = None, seed: int = 0) -> GroupGaps:
    """Return the gaps in the share of each group's people who are offered something.

    Intervals are for other candidates like these under the same rule: who is offered varies with who comes.

    Parameters
    ----------
    allocation
        With one row per patient.
    cluster : array of int, shape (rows,), or None
    seed
        As in `gain_gaps`.
    """
    candidates = allocation.candidates
    offered = allocation.offers.sum(axis=1)
    inside = np.column_stack([np.ones(len(offered)), candidates.group[:, None] == np.arange(len(candidates.groups))])
    people = inside * candidates.size[:, None]
    share = np.divide(people, people.sum(axis=0), out=np.zeros_like(people), where=people.sum(axis=0) > 0)
    estimate = np.where(people.any(axis=0), offered @ share, np.nan)
    influence = share * (offered[:, None] - np.nan_to_num(estimate))
    return group_gaps(candidates.groups, estimate, influence_covariance(influence, cluster), seed)


def group_gaps(groups: tuple[str, ...], estimate: FloatArray, covariance: FloatArray, seed: int = 0) -> GroupGaps:
    """Return the gaps between estimates of the groups that share an error.

    Difference: normal, with variance V_hh + V_ll - 2 V_hl. Ratio: normal on the log scale, V_gh / (m_g m_h) (delta
    method), and only where the 95 % interval of every group lies above 0. With more than two groups the critical value
    is that of the largest of all pairs' deviates (Tukey-Kramer with the joint covariance).

    Parameters
    ----------
    groups
        Names.
    estimate : array, shape (1 + groups,)
        Of everybody, then of each group; NaN for a group of nobody, which is left out of the gaps.
    covariance : array, shape (1 + groups, same)

    Source: Hochberg & Tamhane 1987, Multiple Comparison Procedures; fairlearn's difference and ratio.
    """
    se = np.sqrt(np.where(np.isfinite(estimate), np.diag(covariance), np.nan))
    lower, upper = estimate - NORMAL_975 * se, estimate + NORMAL_975 * se
    values = pd.DataFrame({"estimate": estimate, "se": se, "lower": lower, "upper": upper})
    known = 1 + np.flatnonzero(np.isfinite(estimate[1:]))
    names = tuple(groups[position - 1] for position in known)
    value, error = estimate[known], covariance[np.ix_(known, known)]
    reason = _no_ratio(names, lower[known])
    return GroupGaps(
        overall=Estimated(*(float(number) for number in values.iloc[0])),
        by_group=values.iloc[1:].reset_index(drop=True).assign(group=list(groups)),
        difference=_farthest(names, value, error, seed),
        ratio=_farthest_ratio(names, value, error, seed) if reason is None else Gap(),
        reason=reason,
    )


def _no_ratio(names: tuple[str, ...], lower: FloatArray) -> str | None:
    if len(names) < 2:
        return ONE_GROUP
    return NO_RATIO.format(group=names[int(lower.argmin())]) if (lower <= 0).any() else None


def _farthest(names: tuple[str, ...], value: FloatArray, covariance: FloatArray, seed: int) -> Gap:
    """Return the difference of the two groups that are farthest apart, with an interval that holds for every pair."""
    if len(names) < 2:
        return Gap()
    pairs = np.zeros((len(names) * (len(names) - 1) // 2, len(names)))
    for row, (one, other) in enumerate(combinations(range(len(names)), 2)):
        pairs[row, [one, other]] = 1.0, -1.0
    critical = NORMAL_975 if len(pairs) == 1 else simultaneous_critical_value(pairs @ covariance @ pairs.T, seed)
    high, low = int(value.argmax()), int(value.argmin())
    variance = covariance[high, high] + covariance[low, low] - 2 * covariance[high, low]
    half_width = critical * float(np.sqrt(max(variance, 0.0)))
    gap = float(value[high] - value[low])
    if gap <= _ROUNDING * float(np.abs(value).max()):
        gap = 0.0
    return Gap(high=names[high], low=names[low], estimate=gap, lower=gap - half_width, upper=gap + half_width)


def _farthest_ratio(names: tuple[str, ...], value: FloatArray, covariance: FloatArray, seed: int) -> Gap:
    logs = _farthest(names, np.log(value), covariance / np.outer(value, value), seed)
    estimate, lower, upper = (float(np.exp(number)) for number in (logs.estimate, logs.lower, logs.upper))
    return replace(logs, estimate=estimate, lower=lower, upper=upper)


@dataclass(frozen=True, kw_only=True, eq=False)
class SelectionGaps:
    """Who is selected, and how that agrees with a binary outcome, by group.

    Attributes
    ----------
    by_group : DataFrame, one row per group
        group, members, selection_rate, tpr (share selected of those with outcome 1), fpr (of those with outcome 0); NaN
        where a group has none of them.
    demographic_parity_difference : float
        Largest difference of selection rates.
    equalized_odds_difference : float
        The larger of the largest differences of tpr and of fpr; NaN where one is not known for every group.
    """

    by_group: pd.DataFrame
    demographic_parity_difference: float
    equalized_odds_difference: float


def selection_gaps(group: pd.Series, outcome: FloatArray, selected: FloatArray) -> SelectionGaps:
    """Compare groups by who is selected, given an outcome that is known for everybody.

    Parameters
    ----------
    group : Series, shape (people,)
    outcome, selected : array of 0 and 1, shape (people,)
        The outcome is one that selection is meant to find, such as a response. Whether a patient *would* benefit is
        seen for nobody in a trial; for that, compare the gains per member.

    Raises
    ------
    AllocationError
        For values other than 0 and 1, or a missing group.

    Source: Hardt, Price & Srebro 2016, NeurIPS (equalized odds).
    """
    if not (np.isin(outcome, (0, 1)).all() and np.isin(selected, (0, 1)).all()) or group.isna().any():
        raise AllocationError(
            "Outcome and selection should be 0 or 1 for everybody, each in a group, but other or missing values were "
            "given. Leave these people out."
        )
    people = pd.DataFrame({"group": group.to_numpy(), "outcome": outcome, "selected": selected})
    by_group = people.groupby("group", sort=True, observed=True)["selected"].agg(members="size", selection_rate="mean")
    for rate, value in (("tpr", 1), ("fpr", 0)):
        by_group[rate] = people[people["outcome"] == value].groupby("group", observed=True)["selected"].mean()
    parity, *odds = (float(np.ptp(by_group[rate].to_numpy(dtype=float))) for rate in ("selection_rate", "tpr", "fpr"))
    return SelectionGaps(
        by_group=by_group.reset_index(),
        demographic_parity_difference=parity,
        equalized_odds_difference=float(np.max(odds)),
    )
