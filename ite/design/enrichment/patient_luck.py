"""The random numbers of simulated patients, drawn first, so that every decision meets the same luck."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.scenario import Scenario
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Luck:
    """Random numbers of each patient, in order of arrival; arrays of shape (trials, patients).

    Attributes
    ----------
    arrivals
        Expected number of arrivals by the time of this one: the points of a Poisson process of rate 1.
    place
        Uniform: decides the stratum.
    treated
        Arm.
    survival
        Cumulative hazard at which the event happens: exponential of mean 1.
    dropout
        The same for leaving the trial; None where nobody leaves.
    response
        The same for the early response; None where there is none.
    shares
        Share of each stratum among those who arrive, shape (trials, strata).
    """

    arrivals: FloatArray
    place: FloatArray
    treated: BoolArray
    survival: FloatArray
    dropout: FloatArray | None
    response: FloatArray | None
    shares: FloatArray


def draw_luck(level: PatientLevel, scenario: Scenario, trials: int, rng: np.random.Generator) -> Luck:
    """Draw the random numbers of this many trials."""
    shape = (trials, level.patients)
    survival = rng.standard_exponential(shape)
    return Luck(
        arrivals=np.cumsum(rng.standard_exponential(shape), axis=1),
        place=rng.random(shape),
        treated=draw_arms(level, scenario.allocation_ratio, trials, rng),
        survival=survival,
        dropout=rng.standard_exponential(shape) if level.dropout_per_month else None,
        response=_response_luck(level, survival, rng),
        shares=_draw_shares(scenario, trials, rng),
    )


def draw_arms(level: PatientLevel, allocation_ratio: float, trials: int, rng: np.random.Generator) -> BoolArray:
    """Randomise patients in order of arrival, shape (trials, patients); True is treatment.

    Every block holds the arms in the allocation ratio; with permuted blocks all orders are equally likely, alternating
    takes the same order each time.
    """
    orders = _block_orders(level, allocation_ratio)
    blocks = -(-level.patients // orders.shape[1])
    chosen = rng.integers(len(orders), size=(trials, blocks), dtype=np.int16)
    return orders[chosen].reshape(trials, -1)[:, : level.patients]


def _block_orders(level: PatientLevel, allocation_ratio: float) -> BoolArray:
    size = level.block_size
    treated = round(size * allocation_ratio / (1 + allocation_ratio))
    if abs(treated - (size - treated) * allocation_ratio) > 1e-9 * size:
        raise DesignError(
            f"A block holds both arms in the allocation ratio {allocation_ratio:g}; {size} patients cannot be divided "
            f"so. {_nearest_block(allocation_ratio)}"
        )
    if level.randomisation == "alternating":
        position = np.arange(1, size + 1)
        return np.diff(np.floor(position * treated / size), prepend=0.0)[None, :] > 0
    chosen = list(combinations(range(size), treated))
    orders = np.zeros((len(chosen), size), dtype=np.bool_)
    np.put_along_axis(orders, np.array(chosen), values=True, axis=1)
    return orders


def _nearest_block(allocation_ratio: float) -> str:
    for size in range(2, 13):
        treated = size * allocation_ratio / (1 + allocation_ratio)
        if abs(treated - round(treated)) < 1e-9 * size:
            return f"Use a block of {size}."
    return "Use a ratio of small whole numbers."


def _response_luck(level: PatientLevel, survival: FloatArray, rng: np.random.Generator) -> FloatArray | None:
    early = level.early_response
    if early is None:
        return None
    own = rng.standard_exponential(survival.shape)
    return np.where(rng.random(survival.shape) < early.dependence, survival, own)


def _draw_shares(scenario: Scenario, trials: int, rng: np.random.Generator) -> FloatArray:
    worth = scenario.prevalence_prior_patients
    if worth is None:
        return np.broadcast_to(scenario.share_array, (trials, len(scenario.strata)))
    return rng.dirichlet(worth * scenario.share_array, trials)
