"""Regret: what choosing one strategy loses against the best one, whatever the truth turns out to be."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.compute import Progress, run_chunks, silent
from ite.design.comparison.needs import NOTHING_KNOWN, Resources
from ite.design.comparison.side_by_side import Equal, compare_strategies
from ite.design.enrichment.spec import EnrichmentDesign

_SHARES = tuple(np.linspace(0.0, 1.0, 6))


@dataclass(frozen=True, kw_only=True, eq=False)
class Regret:
    """Benefit that each strategy leads to over a range of truths, and how far each is from the best.

    Attributes
    ----------
    design
        As assumed.
    truths : DataFrame, one row per truth and strategy
        complement: effect outside the last population as a share of the effect inside it; strategy; any: at least one
        hypothesis rejected, any_se; benefit, benefit_se: mean benefit over all candidates after the trial; best: the
        strategy with most benefit; regret: its benefit minus this one's; regret_se: Monte-Carlo error of that paired
        difference, with the best strategy as named.
    strategies : DataFrame, one row per strategy
        largest, largest_se: regret at its worst truth; at: complement there; against: the best strategy there; mean:
        over the truths.

    The best strategy is the one that did best in the simulation, so that regret is never negative and, where two
    strategies are as good, too large by less than one such error.
    """

    design: EnrichmentDesign
    truths: pd.DataFrame
    strategies: pd.DataFrame


def regret(
    design: EnrichmentDesign,
    resources: Resources = NOTHING_KNOWN,
    *,
    equal: Equal = "size",
    trials: int = 10_000,
    seed: int = 0,
    progress: Progress = silent,
) -> Regret:
    """Let the effect outside the subgroup grow from none to that inside it, and compare the strategies at each step.

    Parameters are those of compare_strategies. The effect inside stays as assumed; every truth has the same random
    numbers.
    """
    chunks = [(_at(design, share), resources, equal, trials, seed) for share in _SHARES]
    frames = run_chunks(_compared, chunks, doing="truths", progress=progress)
    truths = pd.concat(
        [frame.assign(complement=share) for share, frame in zip(_SHARES, frames, strict=True)], ignore_index=True
    )
    by_strategy = truths.groupby("strategy", sort=False)["regret"]
    worst = truths.loc[by_strategy.idxmax()].set_index("strategy")
    names = {"regret": "largest", "regret_se": "largest_se", "complement": "at", "best": "against"}
    return Regret(
        design=design,
        truths=truths,
        strategies=worst[list(names)].rename(columns=names).assign(mean=by_strategy.mean()),
    )


def _at(design: EnrichmentDesign, share: float) -> EnrichmentDesign:
    scenario = design.scenario
    inside = scenario.membership[-1]
    within = float(np.average(scenario.outcome.benefits[inside], weights=scenario.share_array[inside]))
    return design.under(scenario.with_benefits(np.where(inside, scenario.outcome.benefits, share * within)))


def _compared(chunk: tuple[EnrichmentDesign, Resources, Equal, int, int]) -> pd.DataFrame:
    design, resources, equal, trials, seed = chunk
    found = compare_strategies(design, resources, equal=equal, trials=trials, seed=seed).strategies
    kept = found[["any", "any_se", "benefit", "benefit_se", "lost", "lost_se"]].assign(
        best=str(found["benefit"].idxmax())
    )
    return kept.rename(columns={"lost": "regret", "lost_se": "regret_se"}).reset_index()
