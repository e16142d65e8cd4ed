"""Response-adaptive randomisation of a binary outcome, beside 1:1: what patients in the trial gain and what it costs.

Sources: Thall & Wathen 2007, European Journal of Cancer 43:859-866; Villar, Bowden & Wason 2015, Statistical Science
30:199-215 (loss of power, bias); Robertson et al. 2023, Statistical Science 38:185-208 (time trends).
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.special import ndtri

from ite.design.alternatives.adaptive_allocation import Truth, simulate_allocation
from ite.design.alternatives.fields import Alpha, Count, InnerShare, Trials, within
from ite.design.fixed.monte_carlo import mean, rate, with_error
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

METHOD = (
    "Simulation of both designs, each figure with its Monte-Carlo error; pooled one-sided z-test of two rates at the "
    "end, as if the allocation had been fixed."
)
ASSUMPTIONS = (
    "Responses are known before the next block of patients is randomised.",
    "Thompson sampling: the share treated is the posterior probability that treatment is better, within the caps.",
    "The posterior probability is the normal approximation of two beta posteriors from uniform priors.",
    "A time trend changes both rates alike, in a straight line from the first patient to the last.",
)
Even = Annotated[Count, within(2, 100_000)]


class ResponseAdaptive(DesignSpec):
    """Two arms, a good outcome, and an allocation that follows it.

    Attributes
    ----------
    n_total
        Patients; even.
    rate_control, rate_treatment
        Rates of the good outcome for the first patients.
    burn_in
        Patients in each arm before the allocation adapts.
    block
        Patients between two updates; even.
    smallest_share
        Cap: neither arm gets a smaller share of a block.
    trend
        Change of both rates from the first patient to the last.
    alpha
        One-sided level.
    trials, seed
        Simulated trials of each design under each truth, and the seed of their random numbers.
    """

    n_total: Even
    rate_control: InnerShare
    rate_treatment: InnerShare
    burn_in: Count = 20
    block: Even = 10
    smallest_share: Annotated[float, within(0.0, 0.5)] = 0.1
    trend: Annotated[float, within(-1.0, 1.0)] = 0.0
    alpha: Alpha = 0.025
    trials: Trials = 10_000
    seed: int = Field(default=0, ge=0)

    @property
    def has_effect(self) -> bool:
        """Whether either arm is better."""
        return self.rate_treatment != self.rate_control


@dataclass(frozen=True, kw_only=True, eq=False)
class ResponseAdaptiveComparison:
    """Both designs under the effect and without it, with and without the time trend.

    Attributes
    ----------
    figures : DataFrame, one row per design and truth
        Index design ("1:1", "response-adaptive") and truth ("effect", "no effect", and each "with trend" where the
        trend is not 0). Columns, each followed by its Monte-Carlo error `<name>_se`: rejected (power, or type-I error
        where there is no effect), on_better (mean share of patients on the better arm), mostly_on_worse (probability
        that more than half of them are on the worse arm), responders (mean share), bias (mean estimate minus true
        difference). on_better and mostly_on_worse are NaN where neither arm is better.
    equal_power_share : float
        Patients of a 1:1 trial with the adaptive design's power, as a share of its own; NaN where neither arm is better
        or it has no power. What is missing to 1 is spent on adapting.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: ResponseAdaptive
    figures: pd.DataFrame
    equal_power_share: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def compare_response_adaptive(spec: ResponseAdaptive) -> ResponseAdaptiveComparison:
    """Simulate the adaptive and the 1:1 design under the same truths.

    Raises
    ------
    DesignError
        If sizes are odd, the burn-in leaves no patients, or the trend takes a rate out of (0, 1).
    """
    _require_feasible(spec)
    rows = {}
    for design, smallest in (("1:1", None), ("response-adaptive", spec.smallest_share)):
        for truth, assumed in _truths(spec).items():
            rows[design, truth] = _figures(spec, assumed, smallest)
    figures = pd.DataFrame.from_dict(rows, orient="index")
    figures.index = pd.MultiIndex.from_tuples(rows, names=["design", "truth"])
    power = figures["rejected"].xs("effect", level="truth")
    share = _equal_power_share(power["response-adaptive"], power["1:1"], spec.alpha) if spec.has_effect else np.nan
    return ResponseAdaptiveComparison(spec=spec, figures=figures, equal_power_share=share)


def _truths(spec: ResponseAdaptive) -> dict[str, Truth]:
    truths = {
        "effect": Truth(control=spec.rate_control, treatment=spec.rate_treatment, trend=0.0),
        "no effect": Truth(control=spec.rate_control, treatment=spec.rate_control, trend=0.0),
    }
    if spec.trend == 0:
        return truths
    trending = {f"{name}, with trend": truth.changing(spec.trend) for name, truth in truths.items()}
    return truths | trending


def _figures(spec: ResponseAdaptive, truth: Truth, smallest_share: float | None) -> dict[str, float]:
    """Simulate one design under one truth and summarise its trials."""
    arms = simulate_allocation(
        truth,
        stages=_stages(spec),
        smallest_share=smallest_share,
        trials=spec.trials,
        rng=np.random.default_rng(spec.seed),
    )
    rates = arms.responders / arms.patients
    pooled = arms.responders.sum(axis=0) / spec.n_total
    se = np.sqrt(pooled * (1 - pooled) * (1 / arms.patients).sum(axis=0))
    difference = rates[1] - rates[0]
    rejected = difference > ndtri(1 - spec.alpha) * se  # where all or none respond there is no evidence
    better = np.full(spec.trials, np.nan)
    if truth.treatment != truth.control:
        better = arms.patients[int(truth.treatment > truth.control)] / spec.n_total
    mostly_on_worse = np.where(np.isnan(better), np.nan, better < 0.5)
    return {
        **with_error("rejected", rate(rejected)),
        **with_error("on_better", mean(better)),
        **with_error("mostly_on_worse", mean(mostly_on_worse)),
        **with_error("responders", mean(pooled)),
        **with_error("bias", mean(difference - (truth.treatment - truth.control))),
    }


def _stages(spec: ResponseAdaptive) -> tuple[int, ...]:
    """Return the patients of the burn-in and of each block after it."""
    blocks, rest = divmod(spec.n_total - 2 * spec.burn_in, spec.block)
    return (2 * spec.burn_in, *([spec.block] * blocks), *([rest] if rest else []))


def _equal_power_share(adaptive: float, equal: float, alpha: float) -> float:
    """Compare the sizes that the powers stand for: size is proportional to (z_{1-alpha} + z_power)^2."""
    if not (alpha < adaptive < 1 and alpha < equal < 1):
        return np.nan
    return float(((ndtri(1 - alpha) + ndtri(adaptive)) / (ndtri(1 - alpha) + ndtri(equal))) ** 2)


def _require_feasible(spec: ResponseAdaptive) -> None:
    for name, number in (("number of patients", spec.n_total), ("block", spec.block)):
        if number % 2:
            raise DesignError(f"The {name} must be even; found {number}. The nearest possible number is {number + 1}.")
    if 2 * spec.burn_in >= spec.n_total:
        raise DesignError(
            f"The burn-in must leave patients to adapt with: fewer than {spec.n_total // 2} per arm; "
            f"found {spec.burn_in}. The nearest possible number is {max(1, spec.n_total // 2 - 1)}."
        )
    ends = [rate + spec.trend for rate in (spec.rate_control, spec.rate_treatment)]
    if not 0 < min(ends) <= max(ends) < 1:
        low, high = -min(spec.rate_control, spec.rate_treatment), 1 - max(spec.rate_control, spec.rate_treatment)
        raise DesignError(
            f"With the trend both rates must stay between 0 and 1: the trend must lie between {low:.3g} and "
            f"{high:.3g}; found {spec.trend:g}. Choose one inside."
        )
