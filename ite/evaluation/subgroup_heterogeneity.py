"""Whether the effects of disjoint subgroups differ, from their estimates and standard errors alone."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from ite.trial.data import FloatArray


class Heterogeneity(NamedTuple):
    """Cochran's test of equal effects; i_squared is the share of the spread beyond chance."""

    pooled: float
    q: float
    degrees_of_freedom: int
    p: float
    i_squared: float


class QualitativeInteraction(NamedTuple):
    """Gail and Simon's test that no subgroup is harmed while another benefits."""

    q_minus: float
    q_plus: float
    statistic: float
    p: float


class ShrunkEffects(NamedTuple):
    """Subgroup effects drawn towards their mean by the spread that chance does not explain."""

    variance_between: float
    mean: float
    shrunk: FloatArray


def cochran_q(estimate: npt.ArrayLike, se: npt.ArrayLike) -> Heterogeneity:
    """Test that all subgroups share one effect.

    Parameters
    ----------
    estimate, se : array, shape (subgroups,)
        Effects of disjoint subgroups, such as log hazard ratios, and their standard errors.

    Source: Cochran 1954, Biometrics 10:101-129; Higgins & Thompson 2002, Statistics in Medicine 21:1539-1558.
    """
    effects, weights = np.asarray(estimate, dtype=float), np.asarray(se, dtype=float) ** -2
    pooled = float(np.average(effects, weights=weights))
    q = float((weights * (effects - pooled) ** 2).sum())
    freedom = len(effects) - 1
    beyond_chance = max((q - freedom) / q, 0.0) if q > 0 else 0.0
    return Heterogeneity(pooled, q, freedom, float(stats.chi2.sf(q, freedom)), beyond_chance)


def gail_simon(estimate: npt.ArrayLike, se: npt.ArrayLike) -> QualitativeInteraction:
    """Test for a qualitative (crossover) interaction: benefit in some subgroups and harm in others.

    The statistic is the smaller of the two one-sided sums of squared z-values; under the null it is a binomial mixture
    of chi-squares. Arguments are those of `cochran_q`.

    Source: Gail & Simon 1985, Biometrics 41:361-372.
    """
    effects, errors = np.asarray(estimate, dtype=float), np.asarray(se, dtype=float)
    squared = (effects / errors) ** 2
    q_minus, q_plus = float(squared[effects < 0].sum()), float(squared[effects > 0].sum())
    statistic = min(q_minus, q_plus)
    freedom = np.arange(1, len(effects))
    mixture = stats.binom.pmf(freedom, len(effects) - 1, 0.5)
    p = float((mixture * stats.chi2.sf(statistic, freedom)).sum()) if statistic > 0 else 1.0
    return QualitativeInteraction(q_minus, q_plus, statistic, p)


def dersimonian_laird(estimate: npt.ArrayLike, se: npt.ArrayLike) -> ShrunkEffects:
    """Shrink subgroup effects towards their mean, with DerSimonian and Laird's variance between subgroups.

    Each effect keeps the share variance_between / (variance_between + se^2) of its distance from the mean. Arguments
    are those of `cochran_q`.

    Source: DerSimonian & Laird 1986, Controlled Clinical Trials 7:177-188.
    """
    effects, variances = np.asarray(estimate, dtype=float), np.asarray(se, dtype=float) ** 2
    weights = 1 / variances
    excess = cochran_q(effects, se).q - (len(effects) - 1)
    between = max(excess / float(weights.sum() - (weights**2).sum() / weights.sum()), 0.0)
    mean = float(np.average(effects, weights=1 / (variances + between)))
    kept = between / (variances + between)
    return ShrunkEffects(between, mean, mean + kept * (effects - mean))
