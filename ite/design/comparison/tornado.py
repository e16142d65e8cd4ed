"""Which assumption costs most power: each is changed alone, on the same random numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.design.alternatives.assay import Assay
from ite.design.comparison.as_tested import as_tested
from ite.design.comparison.strategy import subgroup_first
from ite.design.comparison.truth import possible_truth
from ite.design.enrichment.outcome import MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.simulate import simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.monte_carlo import Simulated, mean, rate, with_error
from ite.errors import DesignError
from ite.trial.columns import BoolArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Tornado:
    """Power when one assumption is less, or more, favourable than thought.

    Attributes
    ----------
    power, power_se
        Probability to reject at least one hypothesis as assumed.
    assumptions : DataFrame, one row per assumption, the costliest first
        assumption (in words), low_value, high_value (in words), low, low_se, high, high_se: power there (None where
        the value is impossible); change, change_se: largest absolute change, with the error of the paired difference.
    """

    power: float
    power_se: float
    assumptions: pd.DataFrame


def tornado(design: EnrichmentDesign, *, change: float = 0.2, trials: int = 10_000, seed: int = 0) -> Tornado:
    """Change each assumption by a share of itself, down and up; about 100 ms for 10,000 trials.

    Parameters
    ----------
    design
        What is assumed.
    change
        Relative change, between 0 and 1.
    trials, seed
        Of the simulation; every variant has the same random numbers.
    """
    if not 0 < change < 1:
        raise DesignError(f"The change of an assumption lies between 0 and 1; {change:g} was given. Use 0.2 for 20 %.")
    design = design.under(subgroup_first(design.scenario))
    base = _found(design.scenario, design, trials, seed)
    rows = []
    for name, words, variants in _assumptions(design.scenario, change):
        sides = [None if scenario is None else _found(scenario, design, trials, seed) for scenario in variants]
        rows.append({"assumption": name, "low_value": words[0], "high_value": words[1], **_compared(base, sides)})
    frame = pd.DataFrame(rows).sort_values("change", ascending=False, ignore_index=True)
    power, error = rate(base)
    return Tornado(power=power, power_se=error, assumptions=frame)


def _assumptions(scenario: Scenario, change: float) -> Iterator[tuple[str, tuple[str, str], list[Scenario | None]]]:
    """Yield each assumption, the words for its two values, and their scenarios; None is no possible world."""
    factors = (1 - change, 1 + change)
    for position, stratum in enumerate(scenario.strata):
        benefits = scenario.outcome.benefits
        if benefits[position] != 0:
            scaled = [np.where(np.arange(len(benefits)) == position, benefits * factor, benefits) for factor in factors]
            values = tuple(_effect_words(scenario, float(effect[position])) for effect in scaled)
            yield (
                f"effect in the {stratum}",
                (values[0], values[1]),
                [possible_truth(scenario, effect) for effect in scaled],
            )
    if len(scenario.populations) > 1:
        inside = float(scenario.membership[-1] @ scenario.share_array)
        shares = [inside * factor for factor in factors]
        yield (
            f"prevalence of the {scenario.populations[-1].name}",
            (f"{100 * shares[0]:.0f} %", f"{100 * shares[1]:.0f} %"),
            [_with_prevalence(scenario, share) for share in shares],
        )
    yield from _noise(scenario, factors)
    if len(scenario.populations) == 2:
        for what in ("sensitivity", "specificity"):
            yield (
                f"{what} of the marker test",
                (f"{100 * (1 - change):.0f} %", "100 %"),
                [as_tested(scenario, Assay(**{what: 1 - change})), scenario],
            )


def _effect_words(scenario: Scenario, benefit: float) -> str:
    """Write an effect in the words of its outcome: a difference of means, percentage points, or a hazard ratio."""
    if scenario.outcome.kind == "mean":
        return f"{benefit:.3g}"
    return f"{100 * benefit:.3g} points" if scenario.outcome.kind == "rate" else f"ratio {np.exp(-benefit):.2f}"


def _noise(
    scenario: Scenario, factors: tuple[float, float]
) -> Iterator[tuple[str, tuple[str, str], list[Scenario | None]]]:
    outcome = scenario.outcome
    words = (f"× {factors[0]:g}", f"× {factors[1]:g}")
    if isinstance(outcome, MeansByStratum):
        changed = [outcome.model_copy(update={"sds": tuple(sd * factor for sd in outcome.sds)}) for factor in factors]
        yield "standard deviation", words, [scenario.model_copy(update={"outcome": other}) for other in changed]
    elif isinstance(outcome, RatesByStratum):
        yield "control rate, same difference", words, [_with_control(scenario, outcome, factor) for factor in factors]


def _with_control(scenario: Scenario, outcome: RatesByStratum, factor: float) -> Scenario | None:
    control = np.array(outcome.control) * factor
    treatment = control + np.array(outcome.treatment) - np.array(outcome.control)
    if min(control.min(), treatment.min()) < 0 or max(control.max(), treatment.max()) > 1:
        return None
    changed = outcome.model_copy(update={"control": tuple(control), "treatment": tuple(treatment)})
    return scenario.model_copy(update={"outcome": changed})


def _with_prevalence(scenario: Scenario, share: float) -> Scenario | None:
    if not 0 < share < 1:
        return None
    inside = scenario.membership[-1]
    now = float(scenario.share_array[inside].sum())
    shares = scenario.share_array * np.where(inside, share / now, (1 - share) / (1 - now))
    return scenario.model_copy(update={"shares": tuple(shares)})


def _found(scenario: Scenario, design: EnrichmentDesign, trials: int, seed: int) -> BoolArray:
    runs = simulate_trials(design.under(scenario), trials, seed)
    return np.asarray((runs.rejected > 0).any(axis=0))


def _compared(base: BoolArray, sides: list[BoolArray | None]) -> dict[str, float | None]:
    paired = [None if side is None else side.astype(float) - base for side in sides]
    known = [difference for difference in paired if difference is not None]
    largest = max(known, key=lambda difference: abs(float(difference.mean())), default=None)
    return {
        **_known("low", None if sides[0] is None else rate(sides[0])),
        **_known("high", None if sides[1] is None else rate(sides[1])),
        **_known("change", None if largest is None else (abs(float(largest.mean())), mean(largest)[1])),
    }


def _known(name: str, figure: Simulated | None) -> dict[str, float | None]:
    return {name: None, f"{name}_se": None} if figure is None else {**with_error(name, figure)}
