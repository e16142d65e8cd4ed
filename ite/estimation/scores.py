"""Doubly robust scores: the only evidence about effects."""

from ite.trial.data import FloatArray


def arm_score(outcome: FloatArray, weight: FloatArray, prediction: FloatArray) -> FloatArray:
    """Score of one arm: its mean estimates the mean outcome had everyone been in that arm.

    score = m(x) + weight * (Y - m(x)), where the weight is 1 / P(in the arm and observed | x) for patients observed in
    that arm and 0 for all others. The outcome of a patient with weight 0 is not read (it may be missing).

    Parameters
    ----------
    outcome, weight, prediction : float array, shape (patients,)

    Source: Robins, Rotnitzky & Zhao 1994, J Am Stat Assoc 89:846-866.
    """
    residual = (outcome - prediction) * weight
    residual[weight == 0] = 0.0
    return prediction + residual


def aipw_scores(
    outcome: FloatArray, treatment: FloatArray, mu1: FloatArray, mu0: FloatArray, propensity: FloatArray
) -> FloatArray:
    """Augmented inverse probability weighted score of treated (1) against control (0), one per patient.

    mu1 - mu0 + T (Y - mu1) / e - (1 - T) (Y - mu0) / (1 - e), with Y `outcome`, T `treatment`, e `propensity`; no
    clipping. All arrays have shape (patients,).
    """
    treated = arm_score(outcome, treatment / propensity, mu1)
    control = arm_score(outcome, (1 - treatment) / (1 - propensity), mu0)
    return treated - control
