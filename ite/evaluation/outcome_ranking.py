"""How the ranking orders responses of a two-level outcome: Qini curve, areas and c-for-benefit, all descriptive."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.errors import EstimateError
from ite.estimation.result import EffectEstimate
from ite.evaluation.c_for_benefit import c_for_benefit, match_by_rank
from ite.evaluation.uplift_curve import curve_area, qini_curve, uplift_curve
from ite.trial.data import FloatArray, TrialData

#: Points at which a curve of many patients is drawn.
_MOST_POINTS = 400


class _Ranked(NamedTuple):
    good: FloatArray
    treated: FloatArray
    priority: FloatArray


def responder_curve(trial: TrialData, effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Return the Qini curve of the arm against control along the out-of-fold ranking, most predicted benefit first.

    Returns
    -------
    DataFrame
        k (patients taken), share (of all), value (extra good outcomes), random (those of a random order); at most 400
        points, evenly thinned.

    Raises
    ------
    EstimateError
        If the outcome does not have two levels.
    """
    ranked = _ranked(trial, effects, arm)
    curve = qini_curve(ranked.good, ranked.treated, ranked.priority)
    share = curve["k"] / curve["k"].iloc[-1]
    curve = curve.assign(share=share, random=share * float(curve["value"].iloc[-1]))
    shown = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), _MOST_POINTS)).round().astype(int))
    return curve.iloc[shown].reset_index(drop=True)[["k", "share", "value", "random"]]


def responder_measures(trial: TrialData, effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Return Qini coefficient, AUUC and c-for-benefit, without intervals: the ranking is pooled over folds.

    Returns
    -------
    DataFrame
        measure, value (of Qini and AUUC: extra good outcomes per 100 patients), random (that of a random order).

    Raises
    ------
    EstimateError
        If the outcome does not have two levels.

    Source: Radcliffe 2007; Rzepakowski & Jaroszewicz 2012, Knowl Inf Syst 32:303-327; van Klaveren et al. 2018, J Clin
    Epidemiol 94:59-68 (pairs here: the larger arm is thinned evenly along its ranking).
    """
    ranked = _ranked(trial, effects, arm)
    qini = curve_area(qini_curve(*ranked))
    uplift = curve_area(uplift_curve(*ranked))
    percent = 100 / len(ranked.good)
    rows = [
        ("Qini coefficient", 100 * qini.per_patient, 0.0),
        ("AUUC", percent * uplift.area, percent * uplift.random_area),
        ("c-for-benefit", _concordance(ranked), 0.5),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "random"])


def _concordance(ranked: _Ranked) -> float:
    treated, control = (ranked.treated == 1), (ranked.treated == 0)
    pairs = min(treated.sum(), control.sum())
    chosen = [_evenly(np.flatnonzero(rows), ranked.priority, int(pairs)) for rows in (treated, control)]
    bad = 1 - ranked.good
    matched = match_by_rank(bad[chosen[0]], ranked.priority[chosen[0]], bad[chosen[1]], ranked.priority[chosen[1]])
    return c_for_benefit(matched.observed, matched.predicted).c


def _evenly(rows: np.ndarray, priority: FloatArray, size: int) -> np.ndarray:
    """Return so many of the rows, evenly spread along their priorities."""
    ordered = rows[np.argsort(priority[rows], kind="stable")]
    return np.asarray(ordered[((np.arange(size) + 0.5) * len(ordered) / size).astype(int)])


def _ranked(trial: TrialData, effects: EffectEstimate, arm: str) -> _Ranked:
    if trial.outcome_kind != "binary":
        raise EstimateError(
            "Qini curves and c-for-benefit count responses, so they need an outcome of two levels; this one is "
            f"{trial.outcome_kind.replace('_', ' ')}. The targeting curve serves any outcome."
        )
    members = np.isin(trial.arm_index, (0, trial.arms.index(arm))) & ~trial.outcome_missing
    outcome = trial.outcome[members]
    return _Ranked(
        good=outcome if trial.roles.higher_is_better else 1 - outcome,
        treated=(trial.arm_index[members] > 0).astype(float),
        priority=effects.ranking[arm].to_numpy(dtype=float)[members],
    )
