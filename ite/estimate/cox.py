"""Cox's proportional hazards model with Efron's ties, fitted by statsmodels; runs in a worker."""

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from ite.errors import EstimateError
from ite.trial.data import FloatArray, TrialData

NORMAL_975 = float(stats.norm.ppf(0.975))


class ChiSquare(NamedTuple):
    """A chi-square test."""

    statistic: float
    degrees_of_freedom: int
    p_value: float


@dataclass(frozen=True, kw_only=True, eq=False)
class LikelihoodFit:
    """A model fitted by maximum likelihood.

    Attributes
    ----------
    coefficients : array, shape (columns,)
        Log hazard ratios, or log odds ratios.
    covariance : array, shape (columns, columns)
        Inverse of the observed information.
    log_likelihood : float
        At the coefficients; for a Cox model the partial one, with Efron's ties.
    """

    coefficients: FloatArray
    covariance: FloatArray
    log_likelihood: float


@dataclass(frozen=True, kw_only=True, eq=False)
class CoxEffect:
    """Hazard ratio of one treated arm against control, unadjusted; below 1 means fewer events under treatment.

    Attributes
    ----------
    arm : str
    n, events, n_treated, events_treated : int
        Patients with an outcome and events, in both arms and in the treated one.
    log_hazard_ratio, se : float
        Estimate and model-based standard error.
    hazard_ratio, lower, upper : float
        With the 95 % Wald interval.
    p_value : float
        Wald test of a hazard ratio of 1.
    """

    arm: str
    n: int
    events: int
    n_treated: int
    events_treated: int
    log_hazard_ratio: float
    se: float
    hazard_ratio: float
    lower: float
    upper: float
    p_value: float


def cox_effect(trial: TrialData, arm: str) -> CoxEffect:
    """Return the unadjusted hazard ratio of a treated arm against control.

    Raises
    ------
    EstimateError
        If one of the two arms has no event: the hazard ratio is then 0 or infinite.
    """
    place = trial.arms.index(arm)
    used = ~trial.outcome_missing & np.isin(trial.arm_index, (0, place))
    time, event, treated = trial.time[used], trial.event[used], (trial.arm_index[used] == place).astype(np.float64)
    events_treated = int(event[treated == 1].sum())
    for label, count in ((arm, events_treated), (trial.control, int(event.sum()) - events_treated)):
        if count == 0:
            raise EstimateError(f"A hazard ratio needs events in both arms, but arm '{label}' has none.")
    fit = fit_cox(time, event, treated[:, None])
    log_ratio, se = float(fit.coefficients[0]), float(np.sqrt(fit.covariance[0, 0]))
    return CoxEffect(
        arm=arm,
        n=int(used.sum()),
        events=int(event.sum()),
        n_treated=int(treated.sum()),
        events_treated=events_treated,
        log_hazard_ratio=log_ratio,
        se=se,
        hazard_ratio=float(np.exp(log_ratio)),
        lower=float(np.exp(log_ratio - NORMAL_975 * se)),
        upper=float(np.exp(log_ratio + NORMAL_975 * se)),
        p_value=float(2 * stats.norm.sf(abs(log_ratio) / se)),
    )


def fit_cox(time: FloatArray, event: FloatArray, design: FloatArray) -> LikelihoodFit:
    """Fit a Cox model with the given columns; no missing values.

    A column without events on one side has no finite estimate: its coefficient drifts off and its variance is huge, but
    the log likelihood is that of the limit, so likelihood-ratio tests stand.

    Parameters
    ----------
    time, event : array, shape (n,)
    design : array, shape (n, columns)

    Source: Cox 1972; Efron 1977, JASA 72:557-565.
    """
    from statsmodels.duration.hazard_regression import PHReg  # noqa: PLC0415 - never in the web process
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, HessianInversionWarning  # noqa: PLC0415

    # Columns of unit spread keep Newton's steps well scaled; centring does not change a partial likelihood.
    spread = design.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (ConvergenceWarning, HessianInversionWarning))
        result = PHReg(time, (design - design.mean(axis=0)) / spread, status=event, ties="efron").fit(disp=False)
    covariance = np.asarray(result.cov_params(), dtype=np.float64)
    return LikelihoodFit(
        coefficients=np.asarray(result.params, dtype=np.float64) / spread,
        covariance=covariance / np.outer(spread, spread),
        log_likelihood=float(result.llf),
    )


def likelihood_ratio_test(full: LikelihoodFit, reduced: LikelihoodFit) -> ChiSquare:
    """Test the columns that `full` has beyond `reduced`."""
    df = len(full.coefficients) - len(reduced.coefficients)
    statistic = max(0.0, 2 * (full.log_likelihood - reduced.log_likelihood))
    return ChiSquare(statistic, df, float(stats.chi2.sf(statistic, df)))


def wald_test(coefficients: FloatArray, covariance: FloatArray) -> ChiSquare:
    """Test that all the given coefficients are 0."""
    statistic = float(coefficients @ np.linalg.solve(covariance, coefficients))
    return ChiSquare(statistic, len(coefficients), float(stats.chi2.sf(statistic, len(coefficients))))
