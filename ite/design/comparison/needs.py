"""What a simulated trial takes: patients, candidates for screening, months and money."""

import numpy as np
from pydantic import Field

from ite.design.alternatives import resources as prices
from ite.design.comparison.strategy import Strategy
from ite.design.enrichment.candidates import candidates, open_share
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.trial.columns import FloatArray


class Resources(prices.Resources):
    """Patients per month and prices, and how many patients give the events of a survival trial.

    Attributes
    ----------
    events_per_patient
        For event times: share of randomised patients whose event is seen; None leaves patients unknown.
    follow_up_months
        Months from the last patient randomised to the last look.
    """

    events_per_patient: float | None = Field(default=None, gt=0, le=1)
    follow_up_months: float = Field(default=0.0, ge=0, le=600)


#: No rate and no price is given.
NOTHING_KNOWN = Resources()


def needed(strategy: Strategy, design: EnrichmentDesign, runs: Trials, resources: Resources) -> dict[str, FloatArray]:
    """Return size, patients, screened, months and cost of each simulated trial, shape (trials,); NaN is unknown.

    Parameters
    ----------
    strategy, runs
        How the marker was used, and the trials in which it was.
    design
        The adaptive design that the strategy was derived from: it knows everybody.
    resources
        Rates and prices.

    All-comers needs no marker test; every other strategy tests each candidate, and an enriched stage sends those
    without the marker home. Patients come at a constant rate.
    """
    by_stage = runs.sizes.sum(axis=1)
    per_unit = 1.0
    if design.scenario.outcome.kind == "survival":
        per_unit = np.nan if resources.events_per_patient is None else 1 / resources.events_per_patient
    patients = by_stage * per_unit
    come = candidates(patients, _open_share(strategy, design, runs))
    screened = np.zeros_like(come) if strategy == "all-comers" else come
    return {
        "size": by_stage.sum(axis=0),
        "patients": patients.sum(axis=0),
        "screened": screened,
        "months": resources.months(come) + resources.follow_up_months,
        "cost": resources.cost(patients.sum(axis=0), screened),
    }


def _open_share(strategy: Strategy, design: EnrichmentDesign, runs: Trials) -> FloatArray:
    """Return which share of all candidates may enrol, shape (stages, 1) or (stages, trials)."""
    scenario = design.scenario
    if strategy == "enriched":
        return np.full((design.stages, 1), scenario.membership[-1].astype(float) @ scenario.share_array)
    return open_share(scenario, runs.studied) if strategy == "adaptive enrichment" else np.ones((design.stages, 1))
