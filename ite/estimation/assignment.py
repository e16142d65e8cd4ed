"""Probability of each arm, and of the outcome being observed."""

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

from ite.estimation.scored import PROBABILITY_FLOOR
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

#: Patients that each arm of a stratum needs for the shares of that stratum to be used.
MINIMUM_PER_STRATUM = 10
#: Patients that each label needs for its probability to be modelled on covariates.
MINIMUM_TO_MODEL = 10


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
        stratum = trial.codes(trial.roles.strata)
    return _shares_by_stratum(arm, stratum, len(trial.arms))


def _shares_by_stratum(arm: IntArray, stratum: IntArray, n_arms: int) -> FloatArray:
    """Share of each arm within each stratum; one with few patients in an arm takes the share of the whole trial.

    Shares of a few patients vary with who happened to be there, and weights by them would blur effect modification.
    """
    overall = np.bincount(arm, minlength=n_arms) / len(arm)
    counts = np.zeros((int(stratum.max()) + 1, n_arms))
    np.add.at(counts, (stratum, arm), 1.0)
    shares = counts / counts.sum(axis=1, keepdims=True)
    shares[(counts < MINIMUM_PER_STRATUM).any(axis=1)] = overall
    of_patient: FloatArray = shares[stratum]
    return of_patient


def _cross_fitted_probabilities(features: FloatArray, label: IntArray, fold: IntArray) -> FloatArray:
    """Probability of each label from a ridge logistic regression fitted without the patient's fold.

    Shares where a label is too rare to be modelled.
    """
    probabilities = np.zeros((len(label), int(label.max()) + 1))
    for held_out in np.unique(fold):
        training, testing = fold != held_out, fold == held_out
        shares = np.bincount(label[training], minlength=probabilities.shape[1]) / training.sum()
        if features.shape[1] == 0 or (shares * training.sum()).min() < MINIMUM_TO_MODEL:
            probabilities[testing] = shares
            continue
        model = LogisticRegressionCV(
            Cs=5,
            cv=StratifiedKFold(3, shuffle=True, random_state=0),
            scoring="neg_log_loss",
            l1_ratios=(0.0,),
            use_legacy_attributes=False,
        )
        model.fit(features[training], label[training])
        probabilities[np.ix_(testing, model.classes_)] = model.predict_proba(features[testing])
    return np.maximum(probabilities, PROBABILITY_FLOOR)


def response_probability(features: FloatArray, arm: IntArray, missing: BoolArray, fold: IntArray) -> FloatArray:
    """Probability that a patient's outcome is observed given arm and covariates, shape (patients,).

    1 where none is missing; otherwise, within each arm, a ridge logistic regression on the covariates fitted without
    the patient's fold. Assumes that outcomes are missing at random given arm and covariates.
    """
    probability = np.ones(len(arm))
    for level in np.unique(arm[missing]):
        members = arm == level
        observed = (~missing[members]).astype(np.int64)
        probability[members] = _cross_fitted_probabilities(features[members], observed, fold[members])[:, 1]
    return probability
