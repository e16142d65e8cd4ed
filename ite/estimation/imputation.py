"""Draws of missing outcomes from a regression on covariates, its parameters drawn too: proper imputation of one arm."""

import numpy as np
from scipy.special import expit

from ite.trial.data import BoolArray, FloatArray

#: Each standardised covariate is held towards no effect as by a tenth of a patient (normal), or by a prior SD
#: (logistic): a whole patient would pull the average by a hundredth of an SD in arms of a hundred.
_PRIOR_PATIENTS = 0.1
_PRIOR_SD = 2.5
_PRIOR_SD_INTERCEPT = 10.0
_NEWTON_STEPS = 25


def draw_outcomes(
    features: FloatArray, outcome: FloatArray, missing: BoolArray, *, binary: bool, rng: np.random.Generator
) -> FloatArray:
    """Return the outcomes of one arm with each missing one drawn given the covariates, shape (patients,).

    The parameters of the regression are drawn from their posterior first, so that repeated calls differ by as much as
    the data leave open. A continuous outcome has a normal linear regression with a weak ridge, a binary one a
    logistic regression with a weak normal prior, drawn from the normal approximation at its mode.

    Parameters
    ----------
    features : array, shape (patients, features)
        Standardised covariates, complete.
    outcome : array, shape (patients,)
        NaN where missing.
    missing : array, shape (patients,)
        Whose outcome is to be drawn.

    Source: Rubin 1987, chapter 5; van Buuren 2018, Flexible Imputation of Missing Data, sections 3.2 and 3.6.
    """
    design = np.column_stack([np.ones(len(outcome)), features])
    seen, wanted = design[~missing], design[missing]
    filled = outcome.copy()
    draw = _binary if binary else _continuous
    filled[missing] = draw(seen, outcome[~missing], wanted, rng)
    return filled


def _continuous(seen: FloatArray, outcome: FloatArray, wanted: FloatArray, rng: np.random.Generator) -> FloatArray:
    penalty = np.diag(np.append(0.0, np.full(seen.shape[1] - 1, _PRIOR_PATIENTS)))
    inverse = np.linalg.inv(seen.T @ seen + penalty)
    mode = inverse @ seen.T @ outcome
    residual = outcome - seen @ mode
    used = float(np.trace(inverse @ (seen.T @ seen)))
    sd = np.sqrt(float(residual @ residual) / rng.chisquare(len(outcome) - used))
    parameters = mode + sd * np.linalg.cholesky(inverse) @ rng.standard_normal(len(mode))
    drawn: FloatArray = wanted @ parameters + sd * rng.standard_normal(len(wanted))
    return drawn


def _binary(seen: FloatArray, outcome: FloatArray, wanted: FloatArray, rng: np.random.Generator) -> FloatArray:
    precision = np.full(seen.shape[1], _PRIOR_SD**-2)
    precision[0] = _PRIOR_SD_INTERCEPT**-2
    mode = np.zeros(seen.shape[1])
    information = np.diag(precision)
    for _ in range(_NEWTON_STEPS):
        risk = expit(seen @ mode)
        information = (seen * (risk * (1 - risk))[:, None]).T @ seen + np.diag(precision)
        step = np.linalg.solve(information, seen.T @ (outcome - risk) - precision * mode)
        mode = mode + step
        if float(np.abs(step).max()) < 1e-8:
            break
    parameters = mode + np.linalg.cholesky(np.linalg.inv(information)) @ rng.standard_normal(len(mode))
    return (rng.random(len(wanted)) < expit(wanted @ parameters)).astype(np.float64)
