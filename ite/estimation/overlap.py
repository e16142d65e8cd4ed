"""Patients who could have had any arm: effects are estimated among them where treatment was chosen, not drawn."""

from dataclasses import dataclass

import numpy as np

from ite.compute import spawn_seeds
from ite.errors import EstimateError
from ite.estimation.assignment import arm_probabilities
from ite.estimation.clusters import clusters_of
from ite.estimation.features import encode
from ite.estimation.folds import assign_folds
from ite.estimation.spec import CRUMP_RULE, EffectSpec
from ite.trial.checks_arms import SMALLEST_ARM
from ite.trial.data import BoolArray, FloatArray, TrialData

#: Splits into folds over which the probabilities are averaged, so that no single split decides who is left out.
_REPEATS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class OverlapPopulation:
    """The patients whom an analysis is about.

    Attributes
    ----------
    trial : TrialData
        Of these patients alone.
    kept : array of bool, shape (patients of the whole trial,), or None
        Who they are; None where nobody was left out.
    words : str
        Who they are in words, such as "412 of 500 patients who could have had either arm"; empty where it is everybody.
    """

    trial: TrialData
    kept: BoolArray | None = None
    words: str = ""


def least_probability(trial: TrialData, spec: EffectSpec) -> float | None:
    """Return the least probability of every arm that a patient needs: as set, else 0.1 in observational data."""
    if spec.overlap is None and trial.roles.design == "observational":
        return CRUMP_RULE
    return spec.overlap


def overlap_population(trial: TrialData, spec: EffectSpec) -> OverlapPopulation:
    """Keep the patients whose probability of each arm is at least what the settings ask.

    A patient who nearly always gets the same arm has a huge weight when getting the other one, and one such weight can
    outweigh all other patients. The probabilities use covariates and arms, not outcomes, and are fitted without the
    patient's fold.

    Raises
    ------
    EstimateError
        Where fewer than 20 patients of an arm remain.

    Source: Crump, Hotz, Imbens & Mitnik 2009, Biometrika 96:187-199 (0.1 for two arms); Yang et al. 2016, Biometrics
    72:1055-1065 (several arms).
    """
    least = least_probability(trial, spec)
    if not least:
        return OverlapPopulation(trial=trial)
    kept: BoolArray = np.min(_probabilities(trial, spec), axis=1) >= least
    _require_enough(trial, kept, least)
    if kept.all():
        return OverlapPopulation(trial=trial)
    arms = "either arm" if len(trial.arms) == 2 else "any arm"
    words = f"{int(kept.sum()):,} of {trial.n:,} patients who could have had {arms}"
    return OverlapPopulation(trial=trial.only(kept, words), kept=kept, words=words)


def overlap_note(population: OverlapPopulation, least: float) -> str:
    """Return the sentence that says who was left out and why."""
    left_out = len(population.kept) - population.trial.n if population.kept is not None else 0
    return (
        f"Analysed are the {population.words}: {left_out:,} whose covariates give some arm a probability below "
        f"{100 * least:g} % were left out (rule of Crump et al. 2009), so that the effects hold for the others only."
    )


def _probabilities(trial: TrialData, spec: EffectSpec) -> FloatArray:
    features, cluster = encode(trial.covariates).matrix, clusters_of(trial)
    splits = [assign_folds(trial.arm_index, spec.folds, seed, cluster) for seed in spawn_seeds(spec.seed, _REPEATS)]
    return np.asarray(np.mean([arm_probabilities(trial, features, fold) for fold in splits], axis=0))


def _require_enough(trial: TrialData, kept: BoolArray, least: float) -> None:
    for position, arm in enumerate(trial.arms):
        remain = int(np.sum(kept & (trial.arm_index == position)))
        if remain < SMALLEST_ARM:
            raise EstimateError(
                f"Of {trial.n} patients {int(kept.sum())} could have had each arm with a probability of "
                f"{100 * least:g} % or more, and only {remain} of them had {arm}; {SMALLEST_ARM} are needed. The arms "
                "were given to different patients: compare them in fewer or other patients, or lower that limit."
            )
