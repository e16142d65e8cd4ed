"""How many patients to screen until enough of them are marker-positive."""

from dataclasses import dataclass

from scipy import stats

from ite.design.alternatives.fields import Count, InnerShare, Share
from ite.design.fixed.spec import DesignSpec

METHOD = "Negative binomial mean; smallest number whose exact binomial tail reaches the assurance."
ASSUMPTIONS = ("Each screened patient is positive independently, with the same probability.",)


class Screening(DesignSpec):
    """Marker-positive patients that are needed.

    Attributes
    ----------
    prevalence
        Probability that a screened patient is positive.
    needed_positives
        Positives that the trial needs.
    assurance
        Probability with which the number screened shall yield them.
    """

    prevalence: Share
    needed_positives: Count
    assurance: InnerShare = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class ScreeningResult:
    """Patients to screen.

    Attributes
    ----------
    expected_screened : float
        Mean number screened if screening stops with the last positive needed.
    screened_for_assurance : int
        Smallest number that yields enough positives with at least the assurance.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: Screening
    expected_screened: float
    screened_for_assurance: int
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def screening_count(spec: Screening) -> ScreeningResult:
    """Return how many patients to screen, on average and to be sure enough."""

    def enough(screened: int) -> bool:
        return bool(stats.binom.sf(spec.needed_positives - 1, screened, spec.prevalence) >= spec.assurance)

    # The quantile is right to rounding; the definition itself decides between neighbours.
    number = spec.needed_positives + int(stats.nbinom.ppf(spec.assurance, spec.needed_positives, spec.prevalence))
    while not enough(number):
        number += 1
    while number > spec.needed_positives and enough(number - 1):
        number -= 1
    return ScreeningResult(
        spec=spec, expected_screened=spec.needed_positives / spec.prevalence, screened_for_assurance=number
    )
