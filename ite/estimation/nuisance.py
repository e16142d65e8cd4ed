"""Everything the scores need beside the data: fitted without the patient it is used for."""

from dataclasses import dataclass

import numpy as np

from ite.compute import Progress, run_chunks, spawn_seeds, stage
from ite.estimation.assignment import arm_probabilities, response_probability
from ite.estimation.features import Features
from ite.estimation.folds import assign_folds
from ite.estimation.outcome import turned_outcome
from ite.estimation.outcome_model import CANDIDATES, NuisanceFold, best_candidate, predict_outcomes, stacked_weights
from ite.estimation.scored import ScoredTrial
from ite.estimation.scores import arm_score
from ite.estimation.spec import OutcomeModel
from ite.trial.data import FloatArray, IntArray, TrialData

#: Splits of the patients into folds over which scores are averaged, so that no single split decides.
SCORE_REPEATS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class ScorePlan:
    """How the scores are cross-fitted."""

    horizon: float | None
    folds: int
    seed: int
    cluster: IntArray | None
    workers: int
    progress: Progress
    total_chunks: int
    outcome_model: OutcomeModel = "best"


def score_trial(trial: TrialData, features: Features, plan: ScorePlan) -> ScoredTrial:
    """Compute the scores once per repeat, on fresh folds, and average them."""
    seeds = spawn_seeds(plan.seed, SCORE_REPEATS)
    repeats = [
        _score_once(trial, features.matrix, plan, seed, done=repeat * plan.folds) for repeat, seed in enumerate(seeds)
    ]
    return ScoredTrial(
        arm_scores=np.mean([scored.arm_scores for scored in repeats], axis=0),
        outcome=np.mean([scored.outcome for scored in repeats], axis=0),
        expected=np.mean([scored.expected for scored in repeats], axis=0),
        probabilities=np.mean([scored.probabilities for scored in repeats], axis=0),
        truncated=max(scored.truncated for scored in repeats),
        models=tuple(scored.models[0] for scored in repeats),
        largest_weight=max(scored.largest_weight for scored in repeats),
    )


def _score_once(trial: TrialData, features: FloatArray, plan: ScorePlan, seed: int, *, done: int) -> ScoredTrial:
    arm, n_arms = trial.arm_index, len(trial.arms)
    fold = assign_folds(arm, plan.folds, seed, plan.cluster)
    turned = turned_outcome(trial, features, fold, plan.horizon)
    missing = np.isnan(turned.value)
    splits = [((fold != held_out) & ~missing, fold == held_out) for held_out in range(plan.folds)]
    chunks = [
        NuisanceFold(
            features=features[training],
            outcome=turned.value[training],
            arm=arm[training],
            held_out=features[testing],
            n_arms=n_arms,
            seed=seed,
        )
        for training, testing in splits
    ]
    fitted = run_chunks(
        predict_outcomes,
        chunks,
        doing="Predicting outcomes",
        workers=plan.workers,
        progress=stage(plan.progress, done, plan.total_chunks),
    )
    predictions = np.empty((len(CANDIDATES), trial.n, n_arms))
    for held_out, prediction in enumerate(fitted):
        predictions[:, fold == held_out] = prediction
    weights = _weights(plan.outcome_model, predictions, turned.value, arm)
    mean = np.tensordot(weights, predictions, axes=1)
    probabilities = arm_probabilities(trial, features, fold)
    observed = response_probability(features, arm, missing, fold)
    scores = np.column_stack(
        [
            arm_score(turned.value, ((arm == a) & ~missing) / (probabilities[:, a] * observed), mean[:, a])
            for a in range(n_arms)
        ]
    )
    return ScoredTrial(
        arm_scores=scores,
        outcome=turned.value,
        expected=mean,
        probabilities=probabilities,
        truncated=turned.truncated,
        models=(_named(weights),),
        largest_weight=turned.largest_weight,
    )


def _weights(model: OutcomeModel, predictions: FloatArray, outcome: FloatArray, arm: IntArray) -> FloatArray:
    if model == "stacked":
        return stacked_weights(predictions, outcome, arm)
    one: FloatArray = np.eye(len(CANDIDATES))[best_candidate(predictions, outcome, arm)]
    return one


def _named(weights: FloatArray) -> str:
    used = [(name, weight) for name, weight in zip(CANDIDATES, weights, strict=True) if weight > 0]
    return used[0][0] if len(used) == 1 else " + ".join(f"{weight:.0%} {name}" for name, weight in used)
