"""Four ways to use a marker in a trial of a given size: their power side by side.

Source: Simon & Maitournam 2004, Clinical Cancer Research 10:6759-6763; Freidlin, McShane & Korn 2010, JNCI 102:152-160.
"""

from dataclasses import dataclass

import pandas as pd

from ite.design.alternatives.fields import Alpha, Count, Positive, Real, Share
from ite.design.alternatives.normal_test import power_of_means
from ite.design.fixed.spec import DesignSpec

METHOD = "Closed form: power of a 1:1 one-sided z-test on the patients and the difference that each design tests."
ASSUMPTIONS = (
    "Known standard deviation within each arm, the same in every population; the spread of effects is not added to it.",
    "The marker is measured without error, and every design randomises the same number of patients.",
)


class MarkerStrategies(DesignSpec):
    """One size of trial, and an effect that depends on a marker.

    Attributes
    ----------
    n_total
        Patients randomised in every design.
    prevalence
        Share of marker-positives.
    effect_subgroup, effect_complement, sd
        Difference of means with and without the marker, and the standard deviation within each arm.
    alpha
        One-sided level.
    """

    n_total: Count
    prevalence: Share
    effect_subgroup: Real
    effect_complement: Real
    sd: Positive = 1.0
    alpha: Alpha = 0.025


@dataclass(frozen=True, kw_only=True, eq=False)
class StrategyComparison:
    """Power of the four designs.

    Attributes
    ----------
    designs : DataFrame, one row per design
        Index "all comers" (test in everybody), "stratified" (everybody randomised, test in the positives), "enriched"
        (positives only) and "marker strategy" (randomised between treating positives only and treating nobody);
        columns tested, screened (patients), difference (between the compared groups) and power.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: MarkerStrategies
    designs: pd.DataFrame
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def compare_strategies(spec: MarkerStrategies) -> StrategyComparison:
    """Return what each design tests, on how many patients and with what power."""
    average = spec.prevalence * spec.effect_subgroup + (1 - spec.prevalence) * spec.effect_complement
    size = float(spec.n_total)
    designs = pd.DataFrame(
        [
            ("all comers", size, size, average),
            ("stratified", spec.prevalence * size, size, spec.effect_subgroup),
            ("enriched", size, size / spec.prevalence, spec.effect_subgroup),
            ("marker strategy", size, size, spec.prevalence * spec.effect_subgroup),
        ],
        columns=["design", "tested", "screened", "difference"],
    ).set_index("design")
    power = power_of_means(designs["difference"], designs["tested"], sd=spec.sd, alpha=spec.alpha)
    return StrategyComparison(spec=spec, designs=designs.assign(power=power))
