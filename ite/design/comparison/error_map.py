"""Family-wise error under every configuration of effects, and its worst point measured again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import beta

from ite.compute import Progress, run_chunks, silent, spawn_seeds
from ite.design.comparison.truth import possible_truth
from ite.design.enrichment.assumed import assumed_benefit, without_benefit
from ite.design.enrichment.simulate import simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.monte_carlo import rate, with_error
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

_MOST_POINTS = 441
_WORST = 5
_CONFIDENCE = 0.99
_HALVINGS = 50


@dataclass(frozen=True, kw_only=True, eq=False)
class ErrorMap:
    """Probability to reject a population that has no benefit, over a grid of truths.

    Attributes
    ----------
    design, trials, seed
        What was simulated, so often at each point, with this seed.
    grid : DataFrame, one row per configuration
        One column per stratum with its effect (on the scale of the estimates), null (populations without benefit),
        error and error_se.
    worst : DataFrame, at most five rows
        The points of largest error, simulated again on fresh seeds, the worst of these first: the columns of the grid,
        rejections, trials, lower and upper: exact binomial limits at 99 % after Bonferroni over the points.
    held : bool
        Whether no lower limit is above the design's alpha.
    """

    design: EnrichmentDesign
    trials: int
    seed: int
    grid: pd.DataFrame
    worst: pd.DataFrame
    held: bool


def error_map(
    design: EnrichmentDesign,
    *,
    reach: float | None = None,
    trials: int = 10_000,
    again: int = 1_000_000,
    seed: int = 0,
    progress: Progress = silent,
) -> ErrorMap:
    """Sweep effects over a grid that holds every kind of null, then measure the worst points again.

    Parameters
    ----------
    design
        Its assumed effects set the range of the grid.
    reach
        Largest effect, on the scale of the estimates; None takes 1.5 times the largest assumed one.
    trials, again
        Simulated trials at each point, and at each of the five worst on fresh seeds.
    seed, progress
        Of the simulation.

    Raises
    ------
    DesignError
        If no point of the grid is possible, such as rates outside 0 to 1.
    """
    points = _points(design, reach or 1.5 * float(np.abs(design.scenario.outcome.benefits).max()) or 1.0)
    whole = len(points) + _WORST
    seeds = spawn_seeds(seed, whole)
    chunks = [(point, trials, own) for point, own in zip(points, seeds, strict=False)]
    rows = run_chunks(_row, chunks, doing="configurations", progress=progress)
    grid = pd.DataFrame(rows)
    order = np.argsort(-grid["error"].to_numpy(), kind="stable")[:_WORST]
    fresh = [(points[at], again, own) for at, own in zip(order, seeds[len(points) :], strict=False)]
    worst = _with_limits(pd.DataFrame(run_chunks(_row, fresh, doing="worst points again", progress=progress)))
    return ErrorMap(
        design=design,
        trials=trials,
        seed=seed,
        grid=grid,
        worst=worst,
        held=bool((worst["lower"] <= design.boundary.alpha).all()),
    )


def _points(design: EnrichmentDesign, reach: float) -> list[EnrichmentDesign]:
    """Return the possible configurations in which some population has no benefit."""
    found: dict[tuple[float, ...], EnrichmentDesign] = {}
    for benefits in [*_grid(len(design.scenario.strata), reach), *_full_population_nulls(design, reach)]:
        point = _with_benefits(design, benefits)
        if point is not None and without_benefit(point).any():
            found[tuple(np.round(benefits, 12))] = point
    if not found:
        raise DesignError(
            "No truth without benefit is possible with these rates. Move the control rates inside 0 to 1."
        )
    return list(found.values())


def _grid(strata: int, reach: float) -> list[FloatArray]:
    """Return effects from -reach to reach in every stratum, zero always among them."""
    steps = int(_MOST_POINTS ** (1 / strata) + 1e-9)
    values = np.linspace(-reach, reach, steps - (steps + 1) % 2) if steps >= 3 else np.array([0.0, reach])
    return [np.array(point) for point in product(values, repeat=strata)]


def _full_population_nulls(design: EnrichmentDesign, reach: float) -> list[FloatArray]:
    """Return effects that are strong in one subgroup and cancel out in the full population."""
    scenario = design.scenario
    found = []
    for inside in scenario.membership[1:]:
        for strength in (0.25 * reach, 0.5 * reach, reach):
            full = partial(_full_benefit, design, inside, strength)
            if full(lowest := _lowest_possible(full, -50 * reach)) < 0 < full(0.0):
                found.append(np.where(inside, strength, brentq(full, lowest, 0.0, xtol=1e-13)))
    return found


def _lowest_possible(full: Callable[[float], float], lowest: float) -> float:
    """Return the greatest harm outside, down to the lowest, at which the rates exist; 0 where they never do."""
    if not np.isnan(full(lowest)):
        return lowest
    impossible, possible = lowest, 0.0
    for _ in range(_HALVINGS):
        middle = (impossible + possible) / 2
        impossible, possible = (middle, possible) if np.isnan(full(middle)) else (impossible, middle)
    return possible


def _full_benefit(design: EnrichmentDesign, inside: BoolArray, strength: float, outside: float) -> float:
    """Return the benefit of everybody; NaN, which is on neither side of zero, where the rates do not exist."""
    point = _with_benefits(design, np.where(inside, strength, outside))
    return float("nan") if point is None else float(assumed_benefit(point)[0])


def _with_benefits(design: EnrichmentDesign, benefits: FloatArray) -> EnrichmentDesign | None:
    scenario = possible_truth(design.scenario, benefits)
    return None if scenario is None else design.under(scenario)


def _row(chunk: tuple[EnrichmentDesign, int, int]) -> dict[str, float | str | int]:
    design, trials, seed = chunk
    null = without_benefit(design)
    rejected = (simulate_trials(design, trials, seed).rejected[null] > 0).any(axis=0)
    names = [population.name for population, is_null in zip(design.scenario.populations, null, strict=True) if is_null]
    return {
        **dict(zip(design.scenario.strata, design.scenario.outcome.benefits.tolist(), strict=True)),
        "null": " + ".join(names),
        **with_error("error", rate(rejected)),
        "rejections": int(rejected.sum()),
        "trials": trials,
        "seed": seed,
    }


def _with_limits(worst: pd.DataFrame) -> pd.DataFrame:
    """Add exact binomial limits (Clopper and Pearson 1934), Bonferroni over the points; the largest error first."""
    outside = (1 - _CONFIDENCE) / 2 / len(worst)
    count, trials = worst["rejections"].to_numpy(), worst["trials"].to_numpy()
    lower = np.where(count > 0, beta.ppf(outside, count, trials - count + 1), 0.0)
    upper = np.where(count < trials, beta.isf(outside, count + 1, trials - count), 1.0)
    limited = worst.assign(lower=lower, upper=upper)
    return limited.sort_values("error", ascending=False, kind="stable", ignore_index=True)
