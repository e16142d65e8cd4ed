"""The best enrolled fraction, without fooling oneself: a confidence set, and a value that choosing has not flattered.

Legend: f is the enrolled fraction, u(f) the effect in the enrolled times a known price factor; larger is better.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ite.design.alternatives.resources import Resources
from ite.design.fitted.targeting import Targeting
from ite.errors import DesignError
from ite.trial.data import BoolArray, FloatArray, IntArray

Goal = Literal["randomised", "screened", "cost"]
#: A fraction is a candidate if so many patients with evidence are enrolled by it.
MINIMUM_ENROLLED = 60
_DRAWS = 5_000
_LEVEL = 0.95


@dataclass(frozen=True, kw_only=True, eq=False)
class BestFraction:
    """Which fractions may be best, and what the apparently best one is worth.

    Attributes
    ----------
    goal : str
        What is to be small for a given power: patients randomised, patients screened, or cost.
    fraction : float
        The apparently best one.
    candidates : array of bool, shape (fractions,)
        Fractions that were compared.
    not_worse : array of bool, shape (fractions,)
        95 % confidence set of the best candidate: no other one is shown to be better.
    all_comers_retained : bool
        Enrolling everybody is in that set, or the gain of the chosen fraction cannot be valued.
    apparent : float
        Effect in the enrolled at the best fraction, flattered by the choice.
    corrected, se : float
        Effect in the enrolled where the fraction is chosen on earlier folds and valued on a later one; its standard
        error. NaN where there are fewer than two folds that rank patients.
    corrected_gain : float
        The part of `corrected` above the average effect.
    gain_covariance : array, shape (2, 2)
        Of the average effect and the corrected gain.
    """

    goal: Goal
    fraction: float
    candidates: BoolArray
    not_worse: BoolArray
    all_comers_retained: bool
    apparent: float
    corrected: float
    se: float
    corrected_gain: float
    gain_covariance: FloatArray


def price_factor(goal: Goal, fractions: FloatArray, resources: Resources) -> FloatArray:
    """Return what the effect is multiplied by so that the largest product needs least of what is to be small.

    The size of a trial goes with 1 / effect^2: randomised 1, screened sqrt(f), cost 1 / sqrt(c + s / f), with c the
    price of a patient and s that of a screen (nobody is screened where everybody is enrolled). The
    outcome's standard deviation is taken as the same at each fraction.

    Raises
    ------
    DesignError
        For the goal "cost" without prices.
    """
    if goal == "randomised":
        return np.ones(len(fractions))
    if goal == "screened":
        return np.sqrt(fractions)
    patient, screen = resources.cost_per_patient, resources.cost_per_screen
    if not patient or screen is None:
        raise DesignError(
            "The cheapest fraction depends on what a patient and a screening test cost, but a price is missing or a "
            "patient costs nothing. Give both prices, or look for the fewest patients randomised or screened."
        )
    screens = np.where(fractions < 1.0, screen / fractions, 0.0)
    return np.asarray(1.0 / np.sqrt(patient + screens))


def best_fraction(found: Targeting, *, goal: Goal, resources: Resources, seed: int) -> BestFraction:
    """Compare the candidate fractions, everybody included.

    Estimates  the confidence set: f is left out where u(g) - u(f) of some g lies above 0 by more than the 95 % quantile
               of the largest of these standardised differences if all were equal. It contains the best with 95 %
               probability. The corrected effect: fraction chosen by the earlier folds, effect in the next one.
    Assumes    normal errors of fold means.
    Source     Hsu 1984, Ann Stat 12:1136-1144 (comparisons with the best); Wager 2024, arXiv:2405.05534.
    """
    factor = price_factor(goal, found.fractions, resources)
    candidates = _candidates(found)
    positions = np.flatnonzero(candidates)
    value = found.effect * factor
    covariance = found.effect_covariance * factor[:, None] * factor[None, :]
    not_worse = np.zeros(len(value), dtype=bool)
    not_worse[positions] = _not_worse(value[positions], covariance[np.ix_(positions, positions)], seed)
    best = int(positions[_last_largest(value[positions])])
    gain, gain_covariance = _corrected_gain(found, factor, positions)
    return BestFraction(
        goal=goal,
        fraction=float(found.fractions[best]),
        candidates=candidates,
        not_worse=not_worse,
        all_comers_retained=bool(not_worse[-1]) or np.isnan(gain),
        apparent=float(found.effect[best]),
        corrected=found.average + gain,
        se=float(np.sqrt(gain_covariance.sum())),
        corrected_gain=gain,
        gain_covariance=gain_covariance,
    )


def _candidates(found: Targeting) -> BoolArray:
    """Fractions with enough evidence in them and, but for everybody, as much outside; everybody is always one."""
    inside = found.fractions * found.patients >= MINIMUM_ENROLLED
    outside = (1.0 - found.fractions) * found.patients >= MINIMUM_ENROLLED
    return np.asarray((inside & outside) | (found.fractions == 1.0))


def _last_largest(values: FloatArray) -> int:
    """Position of the largest value, the last one where several are equal: who is no better off is not left out."""
    return len(values) - 1 - int(np.argmax(values[::-1]))


def _not_worse(value: FloatArray, covariance: FloatArray, seed: int) -> BoolArray:
    """Which candidates no other one beats at 95 %, shape (candidates,)."""
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    noise = np.random.default_rng(seed).standard_normal((_DRAWS, len(value))) @ root.T
    kept = np.ones(len(value), dtype=bool)
    for position in range(len(value)):
        variance = np.diag(covariance) + covariance[position, position] - 2 * covariance[position]
        rivals = variance > 1e-12 * max(float(np.diag(covariance).max()), 1e-300)
        if rivals.any():
            sd = np.sqrt(variance[rivals])
            largest = ((noise[:, rivals] - noise[:, [position]]) / sd).max(axis=1)
            kept[position] = np.max((value[rivals] - value[position]) / sd) <= np.quantile(largest, _LEVEL)
    return kept


def _corrected_gain(found: Targeting, factor: FloatArray, positions: IntArray) -> tuple[float, FloatArray]:
    """Gain at the fraction that the earlier folds choose, and its covariance with the average effect.

    The first fold that ranks patients only chooses. With fewer than two such folds nothing is known: NaN.
    """
    valued = found.folds[1:]
    if not valued:
        return float("nan"), np.full((2, 2), np.nan)
    total = sum(fold.weight for fold in valued)
    gain, covariance = 0.0, np.diag([found.covariance[0, 0], 0.0])
    for number, fold in enumerate(valued, start=1):
        earlier = found.folds[:number]
        weight = np.array([inner.weight for inner in earlier])
        inner_gain = np.array([inner.gain for inner in earlier]).T @ weight / weight.sum()
        chosen = positions[_last_largest(((fold.average_before + inner_gain) * factor)[positions])]
        share = fold.weight / total
        gain += share * float(fold.gain[chosen])
        covariance[1, 1] += share**2 * fold.variance[chosen]
        covariance[0, 1] += share * fold.with_average[chosen]
    covariance[1, 0] = covariance[0, 1]
    return gain, covariance
