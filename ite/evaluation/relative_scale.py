"""Does the effect differ on the relative scale too? A constant odds or hazard ratio differs on the absolute scale."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

from ite.estimation.features import Features
from ite.estimation.holm import holm
from ite.estimation.result import EffectEstimate
from ite.estimation.ridge_cox import fit_ridge_cox
from ite.evaluation.basis import Basis
from ite.evaluation.global_test import max_association
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

#: Ridge penalty on the prognostic terms of the proportional hazards model.
_COX_PENALTY = 10.0
_SHUFFLED = StratifiedKFold(5, shuffle=True, random_state=0)
#: Patients with, and without, the event that a logistic model needs.
_FEWEST_EVENTS = 10


def relative_scale_test(trial: TrialData, effects: EffectEstimate, features: Features, basis: Basis) -> pd.DataFrame:
    """Test each arm for a constant odds ratio (binary) or hazard ratio (time-to-event), in the way of the primary test.

    The residuals of the model with a constant ratio and prognostic terms, times the centred treatment, take the place
    of the scores: under a constant ratio they are unrelated to every covariate.

    Returns
    -------
    DataFrame by arm
        p_value (Holm-adjusted over arms), method, n; empty for a continuous outcome, whose effect is a difference.
    """
    if trial.outcome_kind == "continuous":
        return pd.DataFrame(columns=["p_value", "method", "n"])
    ratio = "odds" if trial.outcome_kind == "binary" else "hazard"
    rows = {}
    for position, arm in enumerate(trial.treated_arms, start=1):
        p_value = ratio_p_value(trial, position, features, basis, seed=effects.spec.seed, cluster=effects.cluster)
        rows[arm] = {"p_value": p_value, "n": int(_members(trial, position).sum())}
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "arm"
    return table.assign(p_value=holm(table["p_value"].to_numpy()), method=f"max-t test of a constant {ratio} ratio")


def ratio_p_value(
    trial: TrialData,
    position: int,
    features: Features,
    basis: Basis,
    *,
    seed: int,
    cluster: IntArray | None = None,
) -> float:
    """P-value of a constant ratio of the arm at `position` against control; NaN where events are too few to tell."""
    members = _members(trial, position)
    treated = (trial.arm_index[members] == position).astype(float)
    residuals = _logistic_scores if trial.outcome_kind == "binary" else _cox_scores
    scores = residuals(trial, members, features.matrix[members], treated)
    columns = basis.columns[members]
    varying = columns[:, np.ptp(columns, axis=0) > 0]
    of_member = None if cluster is None else cluster[members]
    return max_association(scores, varying - varying.mean(axis=0), seed, of_member).p_value


def _members(trial: TrialData, position: int) -> BoolArray:
    return np.isin(trial.arm_index, (0, position)) & ~trial.outcome_missing


def _logistic_scores(trial: TrialData, members: BoolArray, features: FloatArray, treated: FloatArray) -> FloatArray:
    """(T - e(x)) (Y - p): residuals of a logistic model with a constant odds ratio.

    e(x) = share * v1 / (share * v1 + (1 - share) * v0), with v the variances under treatment and control, makes the
    product insensitive to errors of the prognostic part.
    """
    outcome = trial.outcome[members]
    if min(np.sum(outcome == 0), np.sum(outcome == 1)) < _FEWEST_EVENTS:
        return np.zeros(len(outcome))  # too few to fit the model: scores without variation have no p-value
    model = LogisticRegressionCV(
        Cs=5, cv=_SHUFFLED, l1_ratios=(0.0,), scoring="neg_log_loss", use_legacy_attributes=False
    )
    # The treatment column is large, so that the ridge hardly touches its coefficient.
    model.fit(np.column_stack([features, 10 * treated]), outcome)

    def probability(arm: FloatArray) -> FloatArray:
        predicted: FloatArray = model.predict_proba(np.column_stack([features, 10 * arm]))[:, 1]
        return predicted

    under_treatment, under_control = probability(np.ones_like(treated)), probability(np.zeros_like(treated))
    share = treated.mean()
    weighted = share * under_treatment * (1 - under_treatment)
    expected = weighted / (weighted + (1 - share) * under_control * (1 - under_control))
    fitted = np.where(treated == 1, under_treatment, under_control)
    scores: FloatArray = (treated - expected) * (outcome - fitted)
    return scores


def _cox_scores(trial: TrialData, members: BoolArray, features: FloatArray, treated: FloatArray) -> FloatArray:
    """Integral of (T - mean T at risk) over the martingale residual of a model with a constant hazard ratio."""
    time, event = trial.time[members], trial.event[members] == 1
    together = np.column_stack([treated, features])
    penalty = np.full(together.shape[1], _COX_PENALTY)
    penalty[0] = 0.0
    model = fit_ridge_cox(together, time, event, penalty)
    order = np.argsort(time, kind="stable")
    risk, arm = np.exp(model.log_hazard_ratio(together))[order], treated[order]
    sorted_time, sorted_event = time[order], event[order]
    first = np.searchsorted(sorted_time, sorted_time, side="left")
    total = np.cumsum(risk[::-1])[::-1][first]
    mean_arm = np.cumsum((risk * arm)[::-1])[::-1][first] / total
    jump = np.where(sorted_event, 1.0 / total, 0.0)
    last = np.searchsorted(sorted_time, sorted_time, side="right") - 1
    hazard, hazard_of_treated = np.cumsum(jump)[last], np.cumsum(jump * mean_arm)[last]
    residual: FloatArray = sorted_event * (arm - mean_arm) - risk * (arm * hazard - hazard_of_treated)
    scores = np.empty_like(residual)
    scores[order] = residual
    return scores
