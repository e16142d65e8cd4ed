"""Probability of each arm, and of the outcome being observed."""

import numpy as np
from sklearn.linear_model import LogisticRegressionCV

from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

#: Estimated probabilities are held inside [floor, 1]; how many were is counted.
PROBABILITY_FLOOR = 0.05


def arm_probabilities(trial: TrialData, features: FloatArray, fold: IntArray) -> FloatArray:
    """Probability of each arm for each patient, shape (patients, arms).

    Known by design where the roles say so. In a randomised trial without that, the share of each arm (within the
    strata of the roles, if any). In observational data, a multinomial logistic regression fitted without the patient's
    fold, held above `PROBABILITY_FLOOR`.
    """
    if trial.known_propensity is not None:
        return trial.known_propensity
    if trial.roles.design == "observational":
        return _cross_fitted_probabilities(features, trial.arm_index, fold)
    arm = trial.arm_index
    stratum = np.zeros(trial.n, dtype=np.int64)
    if trial.roles.strata is not None:
        stratum = np.unique(trial.frame[trial.roles.strata].astype(str), return_inverse=True)[1]
    return _shares_by_stratum(arm, stratum, len(trial.arms))


def _shares_by_stratum(arm: IntArray, stratum: IntArray, n_arms: int) -> FloatArray:
    """Share of each arm within each stratum; a stratum that lacks an arm takes the share of the whole trial."""
    overall = np.bincount(arm, minlength=n_arms) / len(arm)
    counts = np.zeros((int(stratum.max()) + 1, n_arms))
    np.add.at(counts, (stratum, arm), 1.0)
    shares = counts / counts.sum(axis=1, keepdims=True)
    shares[(counts == 0).any(axis=1)] = overall
    of_patient: FloatArray = shares[stratum]
    return of_patient


def _cross_fitted_probabilities(features: FloatArray, label: IntArray, fold: IntArray) -> FloatArray:
    """Probability of each label from a ridge logistic regression fitted without the patient's fold."""
    probabilities = np.zeros((len(label), int(label.max()) + 1))
    for held_out in np.unique(fold):
        training, testing = fold != held_out, fold == held_out
        model = LogisticRegressionCV(Cs=5, cv=3, scoring="neg_log_loss", l1_ratios=(0.0,), use_legacy_attributes=False)
        model.fit(features[training], label[training])
        probabilities[np.ix_(testing, model.classes_)] = model.predict_proba(features[testing])
    return np.maximum(probabilities, PROBABILITY_FLOOR)


def response_probability(features: FloatArray, arm: IntArray, missing: BoolArray, fold: IntArray) -> FloatArray:
    """Probability that a patient's outcome is observed given arm and covariates, shape (patients,).

    1 where none is missing; otherwise a ridge logistic regression on covariates and arm, fitted without the patient's
    fold. Assumes that outcomes are missing at random given arm and covariates.
    """
    if not missing.any():
        return np.ones(len(arm))
    arms = (arm[:, None] == np.arange(1, int(arm.max()) + 1)[None, :]).astype(float)
    return _cross_fitted_probabilities(np.column_stack([features, arms]), (~missing).astype(np.int64), fold)[:, 1]
