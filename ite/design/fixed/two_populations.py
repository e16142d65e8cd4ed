"""Power of one analysis in a full population and one subgroup of it."""

import math
from dataclasses import dataclass
from functools import lru_cache

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from ite.design.fixed.bivariate_normal import both_above, both_below
from ite.design.fixed.spec import Alpha, DesignSpec, Finite, Positive, Rate


class TwoPopulations(DesignSpec):
    """A mean outcome, 1:1, analysed once in the full population and in a subgroup; positive effects are the benefit.

    Attributes
    ----------
    prevalence
        Share of the subgroup, exactly this share of the patients.
    effect_subgroup, effect_complement
        Differences of means in the subgroup and among the others.
    sd
        Known standard deviation within each arm, in both strata.
    n_total
        Patients in both arms.
    alpha
        One-sided family-wise level.
    """

    prevalence: Rate
    effect_subgroup: Finite
    effect_complement: Finite
    sd: Positive = 1.0
    n_total: Positive
    alpha: Alpha = 0.025


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoPopulationsPower:
    """Probabilities to reject in either population (disjunctive), in both (conjunctive), and in each one alone.

    Attributes
    ----------
    correlation
        Of the two statistics: sqrt(prevalence).
    spiessens_debois_bound
        Bound of the larger statistic that keeps the level exactly.
    disjunctive_spiessens_debois, disjunctive_bonferroni, disjunctive_simes
        Probability to reject at least one hypothesis by the intersection test.
    conjunctive_simes, conjunctive_bonferroni
        Probability to reject both hypotheses in the closed test.
    unadjusted_subgroup, unadjusted_full
        Power of one test alone at the full level.
    """

    correlation: float
    spiessens_debois_bound: float
    disjunctive_spiessens_debois: float
    disjunctive_bonferroni: float
    disjunctive_simes: float
    conjunctive_simes: float
    conjunctive_bonferroni: float
    unadjusted_subgroup: float
    unadjusted_full: float


def two_populations_power(design: TwoPopulations) -> TwoPopulationsPower:
    """Return the power of the usual intersection tests; bivariate normal, exact.

    Legend: b is the bound at the level, half the bound at half the level; Simes rejects the intersection if either
    statistic exceeds `half` or both exceed b. Source: Spiessens & Debois 2010, Contemporary Clinical Trials 31:647-656.
    """
    correlation = math.sqrt(design.prevalence)
    subgroup, full = _means(design)
    b, half = -float(ndtri(design.alpha)), -float(ndtri(design.alpha / 2.0))
    largest = spiessens_debois_bound(design.prevalence, design.alpha)

    def either_above(bound: float) -> float:
        return float(1.0 - both_below(bound - subgroup, bound - full, correlation))

    def both_above_each(subgroup_bound: float, full_bound: float) -> float:
        return float(both_above(subgroup_bound - subgroup, full_bound - full, correlation))

    both = both_above_each(b, b)
    both_with_larger = both_above_each(half, b) + both_above_each(b, half) - both_above_each(half, half)
    return TwoPopulationsPower(
        correlation=correlation,
        spiessens_debois_bound=largest,
        disjunctive_spiessens_debois=either_above(largest),
        disjunctive_bonferroni=either_above(half),
        disjunctive_simes=either_above(half) + both - both_with_larger,
        conjunctive_simes=both,
        conjunctive_bonferroni=both_with_larger,
        unadjusted_subgroup=float(ndtr(subgroup - b)),
        unadjusted_full=float(ndtr(full - b)),
    )


@lru_cache(maxsize=256)
def spiessens_debois_bound(prevalence: float, alpha: float) -> float:
    """Return c with P(max of both statistics < c) = 1 - alpha under the global null."""
    correlation = math.sqrt(prevalence)
    low, high = -float(ndtri(alpha)), -float(ndtri(alpha / 2.0))
    return float(brentq(lambda c: float(1.0 - alpha - both_below(c, c, correlation)), low, high, xtol=1e-12))


def unadjusted_family_wise_error(prevalence: float, alpha: float) -> float:
    """Return the probability to reject something under the global null if each population is tested at alpha."""
    bound = -float(ndtri(alpha))
    return float(1.0 - both_below(bound, bound, math.sqrt(prevalence)))


def _means(design: TwoPopulations) -> tuple[float, float]:
    """Return the means of the statistics of the subgroup and of the full population."""
    share, scale = design.prevalence, math.sqrt(design.n_total) / (2.0 * design.sd)
    average = share * design.effect_subgroup + (1.0 - share) * design.effect_complement
    return design.effect_subgroup * math.sqrt(share) * scale, average * scale
