"""Enrichment efficiency where the prevalence of the marker is known from a few patients only."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from ite.design.alternatives.assay import read_marker
from ite.design.alternatives.efficiency import ASSUMPTIONS, EnrichmentComparison, design_figures
from ite.design.alternatives.fields import SMALL, Positive
from ite.design.fixed.spec import DesignSpec

POINTS = 4000
LEVELS = (0.05, 0.5, 0.95)
METHOD = (
    "Sizes of both trials at 4,000 equally likely prevalences of the Beta prior (a quantile grid: deterministic, "
    "no simulation), and their 5th, 50th and 95th percentiles."
)


class BetaPrior(DesignSpec):
    """What is known of a share: as if `a` patients with and `b` without it had been seen."""

    a: Positive
    b: Positive


@dataclass(frozen=True, kw_only=True, eq=False)
class UncertainEfficiency:
    """How much of what enrichment saves depends on the prevalence.

    Attributes
    ----------
    designs : DataFrame
        Columns design, figure (randomised, screened, months, cost), lower, median, upper: 5th, 50th, 95th percentile.
    enriched_is_smaller : Series by figure
        Probability over the prior that the enriched trial needs less of it; NaN where a rate or price is not known.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: EnrichmentComparison
    prior: BetaPrior
    designs: pd.DataFrame
    enriched_is_smaller: pd.Series
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def compare_enrichment_under_prior(spec: EnrichmentComparison, prior: BetaPrior) -> UncertainEfficiency:
    """Compare an enriched trial with one in all comers over a Beta prior of the prevalence.

    The prevalence of `spec` is not used.
    """
    quantiles = stats.beta.ppf((np.arange(POINTS) + 0.5) / POINTS, prior.a, prior.b)
    prevalence = np.maximum(quantiles, SMALL)  # a marker that nobody carries has no enriched trial
    reading = read_marker(spec.assay, prevalence)
    everybody = design_figures(spec, positives=prevalence)
    enriched = design_figures(spec, positives=reading.ppv, enrolled=reading.positive_rate)
    rows, smaller = [], {}
    for figure in ("randomised", "screened", "months", "cost"):
        known = not np.isnan(everybody[figure] + enriched[figure]).all()
        smaller[figure] = float(np.mean(enriched[figure] < everybody[figure])) if known else np.nan
        for design, values in (("all comers", everybody), ("enriched", enriched)):
            lower, median, upper = np.quantile(values[figure], LEVELS, method="inverted_cdf")
            rows.append({"design": design, "figure": figure, "lower": lower, "median": median, "upper": upper})
    return UncertainEfficiency(
        spec=spec, prior=prior, designs=pd.DataFrame(rows), enriched_is_smaller=pd.Series(smaller)
    )
