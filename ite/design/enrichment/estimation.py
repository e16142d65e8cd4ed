"""Estimates after selection: how biased the obvious one is, and two that are less so."""

import numpy as np
import pandas as pd

from ite.design.enrichment.assumed import assumed_benefit
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.design.fixed.monte_carlo import Simulated, mean, rate, with_error
from ite.trial.columns import FloatArray
from ite.trial.normal import NORMAL_975

METHODS = ("naive", "last stage only", "shrunken")


def estimates_after_selection(design: EnrichmentDesign, runs: Trials, *, averages_known: bool = True) -> pd.DataFrame:
    """Return bias, root mean squared error and coverage of each estimate of an effect that was studied to the end.

    Estimates
    ---------
    naive
        All patients of the population pooled over stages: biased upwards, because it was chosen for looking good.
    last stage only
        Patients of the final stage alone, in trials that reached it: not biased by any choice, but it throws the
        earlier stages away, and trials that stopped early have none.
    shrunken
        The naive estimates of the populations pulled towards the full population's, by empirical Bayes: weight
        max(0, 1 - average variance / spread of the estimates) (James and Stein's positive part).

    Returns
    -------
    DataFrame with one row per population and method: population, method, truth, trials (in which it was studied in
    the last stage that was run), bias, bias_se, rmse, rmse_se, coverage (of the 95 % interval, in trials whose error is
    known; None for shrunken, which has none), coverage_se. The error of rmse is that of the mean squared error through
    the square root (delta method).
    The effect is on the scale of the estimates: for event times minus the log hazard ratio.
    """
    within = design.scenario.membership.astype(float)
    benefits = assumed_benefit(design) if averages_known else np.full(len(within), np.nan)
    naive, naive_se = _pooled(within, runs.scores.sum(axis=0), runs.sizes.sum(axis=0), runs.variances.sum(axis=0))
    fresh, fresh_se = _pooled(
        within, *(_last_stage(runs, values) for values in (runs.scores, runs.sizes, runs.variances))
    )
    shrunken = _shrunken(naive, naive_se)
    last = np.zeros(naive.shape, dtype=bool)
    for stage, studied in enumerate(runs.studied, start=1):
        last |= studied & (runs.ended == stage)
    rows = []
    for position, population in enumerate(design.scenario.populations):
        for method, value, error in zip(METHODS, (naive, fresh, shrunken), (naive_se, fresh_se, None), strict=True):
            chosen = np.flatnonzero(last[position] & ~np.isnan(value[position]))
            away = value[position, chosen] - benefits[position]
            row = _accuracy(away, None if error is None else error[position, chosen])
            rows.append({"population": population.name, "method": method, "truth": benefits[position], **row})
    return pd.DataFrame(rows)


def _last_stage(runs: Trials, values: FloatArray) -> FloatArray:
    """Return the values of the final stage, 0 where the trial ended before: a look at the stage ended it."""
    if len(values) == 1:
        return np.zeros(values.shape[1:])
    return np.where(runs.ended == len(values), values[-1], 0.0)


def _pooled(
    within: FloatArray, score: FloatArray, size: FloatArray, variance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    total, n = within @ score, within @ size
    seen = n > 0
    estimate = np.divide(total, n, out=np.full_like(total, np.nan), where=seen)
    # Between two looks with hardly an event the variance of a log-rank score may fall: the error is not known then.
    spread = within @ variance
    error = np.sqrt(np.where(spread >= 0, spread, np.nan))
    return estimate, np.divide(error, n, out=np.full_like(total, np.nan), where=seen)


def _shrunken(estimate: FloatArray, standard_error: FloatArray) -> FloatArray:
    """Return the estimates pulled towards the full population's, as far as their spread is no larger than noise."""
    if len(estimate) == 1:
        return estimate
    away = estimate - estimate[:1]
    noise = np.maximum(standard_error**2 - standard_error[:1] ** 2, 0.0)
    seen = ~np.isnan(away)
    spread = np.where(seen, away**2, 0.0)[1:].sum(axis=0)
    expected = np.where(seen, noise, 0.0)[1:].sum(axis=0)
    weight = np.clip(1 - np.divide(expected, spread, out=np.ones_like(spread), where=spread > 0), 0.0, 1.0)
    return np.asarray(estimate[:1] + weight * away)


def _accuracy(away: FloatArray, standard_error: FloatArray | None) -> dict[str, float | int | None]:
    n = len(away)
    if n == 0 or np.isnan(away).all():
        names = ("bias", "bias_se", "rmse", "rmse_se", "coverage", "coverage_se")
        return {"trials": n, **dict.fromkeys(names)}
    row: dict[str, float | int | None] = {
        "trials": n,
        **with_error("bias", mean(away)),
        **with_error("rmse", _root(mean(away**2))),
        "coverage": None,
        "coverage_se": None,
    }
    if standard_error is not None:
        known = np.isfinite(standard_error)
        row |= with_error("coverage", rate(np.abs(away[known]) <= NORMAL_975 * standard_error[known]))
    return row


def _root(square: Simulated) -> Simulated:
    """Return the square root of a mean and its error: d sqrt(x) = dx / (2 sqrt(x))."""
    root = float(np.sqrt(square[0]))
    return root, square[1] / (2 * root) if root > 0 else 0.0
