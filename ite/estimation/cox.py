"""Cox's proportional hazards model with Efron's ties, fitted by statsmodels; runs in a worker."""

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from ite.errors import EstimateError
from ite.trial.data import FloatArray, TrialData
from ite.trial.normal import NORMAL_975


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
    proportional_p_value : float
        Test that the hazard ratio stays the same over time; small: one hazard ratio does not describe this trial.
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
    proportional_p_value: float


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
        proportional_p_value=proportional_hazards_test(time, event, treated, log_ratio).p_value,
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


def proportional_hazards_test(
    time: FloatArray, event: FloatArray, treated: FloatArray, log_hazard_ratio: float
) -> ChiSquare:
    """Test whether the log hazard ratio of a single column changes with 1 - S(t-), the share that had the event.

    The score test of adding column x (1 - S(t-)) to the Cox model, at its estimate and with Efron's ties.

    Source: Grambsch & Therneau 1994, Biometrika 81:515-526.
    """
    order = np.argsort(time, kind="stable")
    time, event, treated = time[order], event[order], treated[order]
    risk = np.exp(log_hazard_ratio * (treated - treated.mean()))
    # Sums over the patients still at risk, from the end of follow-up backwards, for powers 0, 1 and 2 of the column.
    powers = np.stack([risk * treated**power for power in range(3)], axis=1)
    remaining = np.cumsum(powers[::-1], axis=0)[::-1]
    score, info = 0.0, np.zeros((2, 2))
    survival = 1.0
    for moment in np.unique(time[event == 1]):
        first, last = np.searchsorted(time, moment, side="left"), np.searchsorted(time, moment, side="right")
        tied = first + np.flatnonzero(event[first:last] == 1)
        shares = np.arange(len(tied)) / len(tied)
        sums = remaining[first] - shares[:, None] * powers[tied].sum(axis=0)
        means = sums[:, 1] / sums[:, 0]
        spread = float((sums[:, 2] / sums[:, 0] - means**2).sum())
        weight = 1 - survival
        score += weight * float(treated[tied].sum() - means.sum())
        info += spread * np.array([[1, weight], [weight, weight**2]])
        survival *= 1 - len(tied) / (len(time) - first)
    statistic = score**2 / (info[1, 1] - info[0, 1] ** 2 / info[0, 0])
    return ChiSquare(float(statistic), 1, float(stats.chi2.sf(statistic, 1)))


def likelihood_ratio_test(full: LikelihoodFit, reduced: LikelihoodFit) -> ChiSquare:
    """Test the columns that `full` has beyond `reduced`."""
    df = len(full.coefficients) - len(reduced.coefficients)
    statistic = max(0.0, 2 * (full.log_likelihood - reduced.log_likelihood))
    return ChiSquare(statistic, df, float(stats.chi2.sf(statistic, df)))


def wald_test(coefficients: FloatArray, covariance: FloatArray) -> ChiSquare:
    """Test that all the given coefficients are 0."""
    statistic = float(coefficients @ np.linalg.solve(covariance, coefficients))
    return ChiSquare(statistic, len(coefficients), float(stats.chi2.sf(statistic, len(coefficients))))
