"""Enrichment efficiency: everybody against marker-positives only, in patients, screens, months and money.

Source: Simon & Maitournam 2004, Clinical Cancer Research 10:6759-6763; Bayes' rule for an imperfect assay.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.design.alternatives.assay import Assay, Reading, read_marker
from ite.design.alternatives.endpoints import Endpoint
from ite.design.alternatives.fields import Alpha, InnerShare, Share
from ite.design.alternatives.resources import Resources
from ite.design.fixed.limits import LARGEST_SIZE
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import FloatArray

METHOD = (
    "Normal-approximation size of a 1:1 one-sided test in everybody and in those who test positive; "
    "screened = randomised / share who test positive. Exact within the approximation: no simulation."
)
ASSUMPTIONS = (
    "The marker is not prognostic, and the variance is the same in every population.",
    "All-comers are randomised without a marker test: nobody is screened out and no assay is paid for.",
    "Patients come at a constant rate, and a marker result is known at once.",
)


class EnrichmentComparison(DesignSpec):
    """An enriched trial beside one in all comers.

    Attributes
    ----------
    endpoint
        Kind of outcome and its effect with and without the marker.
    prevalence
        Share of marker-positive patients among those who come.
    assay
        How well the marker is measured.
    alpha, power
        One-sided level of the test, and the power that both trials shall have.
    resources
        Patients per month and prices.
    """

    endpoint: Endpoint
    prevalence: Share
    assay: Assay = Assay()
    alpha: Alpha = 0.025
    power: InnerShare = 0.9
    resources: Resources = Resources()


@dataclass(frozen=True, kw_only=True, eq=False)
class EnrichmentEfficiency:
    """What enrichment saves and what it costs.

    Attributes
    ----------
    spec : EnrichmentComparison
        The settings.
    reading : Reading
        Share of test-positives, and predictive values of the assay.
    designs : DataFrame, one row per design
        Index "all comers", "enriched" (by the assay) and "enriched, perfect assay"; columns positives (share of
        marker-positives enrolled), effect, randomised, screened, months, cost. Infinite where no size reaches the
        power, NaN where a rate or price is not known.
    ratios : Series
        All comers divided by enriched, for randomised, screened, months and cost: above 1 enrichment is cheaper.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: EnrichmentComparison
    reading: Reading
    designs: pd.DataFrame
    ratios: pd.Series
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def compare_enrichment(spec: EnrichmentComparison) -> EnrichmentEfficiency:
    """Compare an enriched trial with one in all comers.

    Raises
    ------
    DesignError
        If the power is not above alpha, or if no trial can reach it with 10 million patients.
    """
    reading = read_marker(spec.assay, spec.prevalence)
    designs = pd.DataFrame(
        {
            "all comers": design_figures(spec, positives=spec.prevalence),
            "enriched": design_figures(spec, positives=reading.ppv, enrolled=reading.positive_rate),
            "enriched, perfect assay": design_figures(spec, positives=1.0, enrolled=spec.prevalence),
        }
    ).T.astype(float)
    _require_possible(float(designs["randomised"].min()))
    counted = designs[["randomised", "screened", "months", "cost"]].T
    ratios = counted["all comers"] / counted["enriched"]
    return EnrichmentEfficiency(spec=spec, reading=reading, designs=designs, ratios=ratios)


def design_figures(
    spec: EnrichmentComparison, *, positives: npt.ArrayLike, enrolled: npt.ArrayLike | None = None
) -> dict[str, FloatArray]:
    """Return the figures of one design: `positives` of its patients carry the marker, `enrolled` of those tested enter.

    None for `enrolled` means that nobody is tested.
    """
    randomised = spec.endpoint.size_at(positives, alpha=spec.alpha, power=spec.power)
    screened = randomised / (1.0 if enrolled is None else np.asarray(enrolled, dtype=float))
    assayed = np.zeros_like(screened) if enrolled is None else screened
    return {
        "positives": np.asarray(positives, dtype=float),
        "effect": spec.endpoint.effect_at(positives),
        "randomised": randomised,
        "screened": screened,
        "months": spec.resources.months(screened),
        "cost": spec.resources.cost(randomised, assayed),
    }


def _require_possible(smallest: float) -> None:
    """Refuse effects with which not even the smallest of the trials is possible."""
    if np.isinf(smallest):
        raise DesignError(
            "A trial needs a population in which treatment is better than control; found no benefit with or without "
            "the marker. Enter an effect in favour of treatment for marker-positive patients."
        )
    if smallest > LARGEST_SIZE:
        raise DesignError(
            f"At most {LARGEST_SIZE:,.0f} patients can be planned; the smallest trial needs {smallest:.3g}. "
            f"Effects {np.sqrt(smallest / LARGEST_SIZE):.3g} times as large are within reach."
        )
