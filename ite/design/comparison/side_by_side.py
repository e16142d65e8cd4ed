"""Strategies side by side on common random numbers: what each finds, and what it takes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ite.design.comparison.needs import NOTHING_KNOWN, Resources, needed
from ite.design.comparison.strategy import STRATEGIES, Strategy, as_strategy, subgroup_first
from ite.design.enrichment.simulate import simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.design.fixed.monte_carlo import mean, rate, with_error
from ite.errors import DesignError
from ite.trial.columns import FloatArray

Equal = Literal["size", "cost"]
_BASELINE: Strategy = "all-comers"
_TESTS_THE_SUBGROUP: tuple[Strategy, ...] = ("stratified", "enriched", "adaptive enrichment")
#: Sizes are changed until costs differ by no more than this share, at most so many times. Patients are whole, so that
#: a little more may be left, but not so much.
_NEAR, _MOST_ROUNDS, _NEAR_ENOUGH = 0.002, 12, 0.01
#: Below this many planned patients (events) there is no trial to compare.
_FEWEST = 2.0


@dataclass(frozen=True, kw_only=True, eq=False)
class SideBySide:
    """Strategies under one truth.

    Attributes
    ----------
    design
        The adaptive design; the others have its looks, and its size or its cost.
    equal
        What the strategies have in common: planned size, or expected cost.
    trials, seed
        Size of the simulation and its seed; all strategies share the random numbers.
    strategies : DataFrame, one row per strategy
        any, any_se: at least one hypothesis rejected; gain, gain_se: the same minus all-comers, with the error of the
        paired difference; benefit, benefit_se: mean benefit over all candidates, on the scale of the estimates, if all
        patients of rejected populations are treated then; lost, lost_se: the benefit of the strategy with most of it
        minus this one's, with the error of the paired difference (0 for that strategy itself); subgroup, subgroup_se:
        the marker-positive population rejected (None where it is not tested); planned: size (events for event times)
        by the end; size, patients, screened, months, cost: expected, each with its error, None where a rate or price is
        not known.
    left_out : tuple of (strategy, sentence)
        Strategies that are not defined here, and why.
    """

    design: EnrichmentDesign
    equal: Equal
    trials: int
    seed: int
    strategies: pd.DataFrame
    left_out: tuple[tuple[str, str], ...]


def compare_strategies(
    design: EnrichmentDesign,
    resources: Resources = NOTHING_KNOWN,
    *,
    equal: Equal = "size",
    trials: int = 10_000,
    seed: int = 0,
) -> SideBySide:
    """Simulate every strategy with the random numbers of one seed; about 60 ms for 10,000 trials.

    Parameters
    ----------
    design
        The adaptive design. Its last population is the one an enriched trial enrols.
    resources
        Patients per month, prices, and for event times the share of patients with an event.
    equal
        "size": every strategy plans as many patients (events); "cost": every strategy expects the cost of all-comers.
    trials, seed
        Of the simulation.

    Raises
    ------
    DesignError
        For equal cost where prices are missing, or no planned size has it.
    """
    design = design.under(subgroup_first(design.scenario))
    plans, left_out = _plans(design)
    if equal == "cost":
        _check_prices(design, resources)

    def simulated(name: Strategy) -> Trials:
        return simulate_trials(plans[name], trials, seed)

    runs = {name: simulated(name) for name in plans}
    for _ in range(_MOST_ROUNDS if equal == "cost" else 0):
        off = _away_from_equal(_costs(design, runs, resources), _NEAR)
        plans |= {name: _rescaled(plans[name], factor) for name, factor in off.items()}
        runs |= {name: simulated(name) for name in off}
    if equal == "cost":
        _check_equal(plans, _costs(design, runs, resources))
    benefits = {name: _benefit_shown(name, design, run) for name, run in runs.items()}
    most = max(benefits.values(), key=np.mean)
    rows = {
        name: {
            **_shown(name, runs),
            **with_error("benefit", mean(benefits[name])),
            **with_error("lost", mean(most - benefits[name])),
            "planned": plan.cumulative_sizes[-1],
            **_taken(needed(name, design, runs[name], resources)),
        }
        for name, plan in plans.items()
    }
    return SideBySide(
        design=design,
        equal=equal,
        trials=trials,
        seed=seed,
        strategies=pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy"),
        left_out=left_out,
    )


def _plans(design: EnrichmentDesign) -> tuple[dict[Strategy, EnrichmentDesign], tuple[tuple[str, str], ...]]:
    plans: dict[Strategy, EnrichmentDesign] = {}
    left_out: list[tuple[str, str]] = []
    for name in STRATEGIES:
        try:
            plans[name] = as_strategy(design, name)
        except DesignError as reason:
            left_out.append((name, str(reason)))
    return plans, tuple(left_out)


def _shown(name: Strategy, runs: dict[Strategy, Trials]) -> dict[str, float | None]:
    """Return how often a benefit is shown: anywhere, against all-comers, and in the subgroup."""
    found = (runs[name].rejected > 0).any(axis=0)
    paired = found.astype(float) - (runs[_BASELINE].rejected > 0).any(axis=0)
    in_subgroup = rate(runs[name].rejected[-1] > 0) if name in _TESTS_THE_SUBGROUP else (None, None)
    return {
        **with_error("any", rate(found)),
        **with_error("gain", mean(paired)),
        "subgroup": in_subgroup[0],
        "subgroup_se": in_subgroup[1],
    }


def _taken(needs: dict[str, FloatArray]) -> dict[str, float | None]:
    """Return the mean of each need with its error; None where it is not known."""
    taken: dict[str, float | None] = {}
    for what, values in needs.items():
        unknown = np.isnan(values).any()
        taken |= {what: None, f"{what}_se": None} if unknown else with_error(what, mean(values))
    return taken


def _benefit_shown(name: Strategy, design: EnrichmentDesign, runs: Trials) -> FloatArray:
    """Return the mean benefit over all candidates if everybody in a rejected population is treated then, by trial."""
    scenario = design.scenario
    claims = {"all-comers": scenario.membership[:1], "enriched": scenario.membership[-1:]}
    within = claims.get(name, scenario.membership[-1:] if name == "marker strategy" else scenario.membership)
    treated = within.T.astype(float) @ (runs.rejected > 0).astype(float) > 0
    return np.asarray((scenario.share_array * scenario.outcome.benefits) @ treated.astype(float))


def _costs(design: EnrichmentDesign, runs: dict[Strategy, Trials], resources: Resources) -> dict[Strategy, float]:
    return {name: float(needed(name, design, run, resources)["cost"].mean()) for name, run in runs.items()}


def _away_from_equal(costs: dict[Strategy, float], near: float) -> dict[Strategy, float]:
    """Return what the sizes are to be multiplied by, of the strategies that do not cost what all-comers do."""
    factors = {name: costs[_BASELINE] / cost for name, cost in costs.items()}
    return {name: factor for name, factor in factors.items() if abs(factor - 1) > near}


def _check_prices(design: EnrichmentDesign, resources: Resources) -> None:
    if not resources.cost_per_patient or resources.cost_per_screen is None:
        raise DesignError(
            "Strategies of equal cost need the price of a patient, above 0, and of a marker test. Enter both under "
            "Months and money, or compare at equal size."
        )
    if design.scenario.outcome.kind == "survival" and resources.events_per_patient is None:
        raise DesignError(
            "What a trial with event times costs depends on its patients, but the share of them with an event is "
            "missing. Enter it under Months and money, or compare at equal size."
        )


def _check_equal(plans: dict[Strategy, EnrichmentDesign], costs: dict[Strategy, float]) -> None:
    """Raise DesignError where no size gives a strategy the cost of all-comers, or hardly a patient is left."""
    for name, factor in _away_from_equal(costs, _NEAR_ENOUGH).items():
        raise DesignError(
            f"No planned size makes {name} cost what all-comers do: the nearest costs {1 / factor:.3g} times as much. "
            "Change the limits of the re-estimated stage or the prices, or compare at equal size."
        )
    for name, plan in plans.items():
        if plan.cumulative_sizes[-1] < _FEWEST:
            raise DesignError(
                f"At these prices {name} could plan only {plan.cumulative_sizes[-1]:.2g} patients or events for what "
                "all-comers cost. Enter a lower price of a marker test, or compare at equal size."
            )


def _rescaled(plan: EnrichmentDesign, factor: float) -> EnrichmentDesign:
    return plan.model_copy(update={"cumulative_sizes": tuple(size * factor for size in plan.cumulative_sizes)})
