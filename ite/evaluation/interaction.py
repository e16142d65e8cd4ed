"""Whether the effect differs between two subgroups, from counts of events, on two scales."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from ite.trial.data import FloatArray


class LogisticInteraction(NamedTuple):
    """Interaction on the odds-ratio scale: subgroup 1 over subgroup 0, by Wald and by likelihood ratio."""

    log_odds_ratio: FloatArray
    ratio_of_odds_ratios: float
    wald_z: float
    wald_p: float
    likelihood_ratio: float
    likelihood_ratio_p: float


class AdditiveInteraction(NamedTuple):
    """Interaction on the risk-difference scale: benefit in subgroup 1 minus benefit in subgroup 0."""

    risk_reduction: FloatArray
    difference: float
    z: float
    p: float


def logistic_interaction(events: npt.ArrayLike, n: npt.ArrayLike) -> LogisticInteraction:
    """Compare the odds ratios of two subgroups.

    The Wald test takes Woolf's variance (the sum of 1/cell over all eight cells); the likelihood-ratio test, 1 degree
    of freedom, compares the saturated with the main-effects logistic model.

    Parameters
    ----------
    events, n : array, shape (2 subgroups, 2 arms)
        Patients with the (bad) event and all patients; the control arm first.

    Source: Woolf 1955, Annals of Human Genetics 19:251-253.
    """
    bad, total = np.asarray(events, dtype=float), np.asarray(n, dtype=float)
    good = total - bad
    log_odds = np.log(bad / good)
    log_odds_ratio = log_odds[:, 1] - log_odds[:, 0]
    log_ratio = float(log_odds_ratio[1] - log_odds_ratio[0])
    z = log_ratio / float(np.sqrt((1 / bad + 1 / good).sum()))
    statistic = _deviance_without_interaction(bad, good)
    return LogisticInteraction(
        log_odds_ratio,
        float(np.exp(log_ratio)),
        z,
        float(2 * stats.norm.sf(abs(z))),
        statistic,
        float(stats.chi2.sf(statistic, 1)),
    )


def additive_interaction(events: npt.ArrayLike, n: npt.ArrayLike) -> AdditiveInteraction:
    """Compare the risk reductions (control minus treated; positive = benefit) of two subgroups.

    The variance is the sum of the four unpooled binomial variances. Arguments are those of `logistic_interaction`.
    """
    risk = np.asarray(events, dtype=float) / np.asarray(n, dtype=float)
    variance = float((risk * (1 - risk) / np.asarray(n, dtype=float)).sum())
    reduction = risk[:, 0] - risk[:, 1]
    difference = float(reduction[1] - reduction[0])
    z = difference / float(np.sqrt(variance))
    return AdditiveInteraction(reduction, difference, z, float(2 * stats.norm.sf(abs(z))))


def interaction_variance_ratio(share: float) -> float:
    """Return the variance of the interaction of two subgroups over that of the overall effect.

    The ratio is 1 / (share (1 - share)), 4 for equal halves. It is also the ratio of the sample sizes needed for an
    interaction as large as the effect.

    Parameters
    ----------
    share : float
        Share of the patients in one of the two subgroups; 1:1 allocation within each, equal outcome variance.

    Source: Brookes et al. 2004, Journal of Clinical Epidemiology 57:229-236.
    """
    return 1 / (share * (1 - share))


def _deviance_without_interaction(bad: FloatArray, good: FloatArray) -> float:
    """Deviance of the main-effects logistic model; statsmodels is imported here so that a screen never loads it."""
    import statsmodels.api as sm  # noqa: PLC0415 - see above

    subgroup, arm = np.indices(bad.shape)
    design = np.column_stack([np.ones(bad.size), subgroup.ravel(), arm.ravel()])
    counts = np.column_stack([bad.ravel(), good.ravel()])
    fit = sm.GLM(counts, design, family=sm.families.Binomial()).fit(tol=1e-12)
    return max(float(fit.deviance), 0.0)
