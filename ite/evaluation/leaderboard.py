"""Learners side by side: how close held-out patients say each one comes, beside one common effect."""

from typing import Final

import numpy as np
import pandas as pd

from ite.compute import Progress, silent, stage
from ite.estimation.average_effect import mean_with_se
from ite.estimation.cross_fit import CrossFitPlan, CrossFitted, LearnerData, cross_fit, n_chunks
from ite.estimation.default_learner import require_enough
from ite.estimation.features import encode
from ite.estimation.learners.losses import stacking_weights
from ite.estimation.result import EffectEstimate
from ite.estimation.shrinkage import ROUNDING
from ite.estimation.spec import Learner
from ite.evaluation.rank_weights import autoc_weights
from ite.evaluation.result import Leaderboard
from ite.evaluation.sequential import combined, sequential_folds
from ite.trial.data import FloatArray, TrialData

#: What is compared unless others are asked for: unlike learners, from simple to complex.
COMPARED: Final[tuple[Learner, ...]] = (
    "lasso_interactions",
    "x_lasso",
    "dr_lasso",
    "t_boosting",
    "causal_forest",
    "bayesian_causal_forest",
    "forest_and_lasso",
)


def compare_learners(
    trial: TrialData,
    effects: EffectEstimate,
    learners: tuple[Learner, ...] = COMPARED,
    *,
    workers: int = 1,
    progress: Progress = silent,
) -> Leaderboard:
    """Cross-fit each learner once on the folds of the effects and compare their held-out losses.

    No loss needs the true effects: up to a part that no prediction can change, both are the mean squared error of the
    predicted effects.

    Parameters
    ----------
    trial : TrialData
    effects : EffectEstimate
        Of the same trial; its scores judge.
    learners : tuple of str
    workers : int
        Processes to use; the numbers do not depend on it.
    progress : Progress, optional

    Raises
    ------
    ValueError
        Where the scores of the effects were made elsewhere.
    EstimateError
        Where a learner is not for this outcome or needs more patients.

    Source: Nie & Wager 2021, Biometrika 108:299-319; Saito & Yasui 2020, ICML.
    """
    trial = effects.patients_of(trial)
    for learner in learners:
        require_enough(trial, learner)
    scored, spec = effects.known_scored(), effects.spec
    data = LearnerData(
        features=encode(trial.covariates).matrix,
        outcome=scored.outcome,
        arm=trial.arm_index,
        probabilities=scored.probabilities,
        cluster=effects.cluster,
    )
    each = n_chunks(spec.folds, 1, len(trial.treated_arms))
    fitted = [
        cross_fit(
            data,
            CrossFitPlan(
                learner=learner,
                folds=spec.folds,
                repeats=1,
                seed=spec.seed,
                workers=workers,
                progress=stage(progress, position * each, len(learners) * each),
            ),
        )
        for position, learner in enumerate(learners)
    ]
    tables = [_of_arm(trial, effects, arm, learners, fitted) for arm in trial.treated_arms]
    return Leaderboard(learners=pd.concat(tables, ignore_index=True))


def _of_arm(
    trial: TrialData, effects: EffectEstimate, arm: str, learners: tuple[Learner, ...], fitted: list[CrossFitted]
) -> pd.DataFrame:
    position = list(trial.treated_arms).index(arm)
    scores = effects.scores[arm].to_numpy()
    used = pd.Series(effects.ranking[arm].to_numpy())
    rankings = np.column_stack([each.ranking[:, position] for each in fitted])
    weights = stacking_weights(rankings, scores)
    rows = []
    for place, (learner, each) in enumerate(zip(learners, fitted, strict=True)):
        ranking = rankings[:, place]
        dr_change, dr_se = mean_with_se(_dr_change(scores, ranking), effects.cluster)
        r_change, r_se = _r_change(trial, effects, position + 1, ranking)
        folds = sequential_folds(scores, each.sequential[:, position], each.fold, effects.cluster)
        autoc = combined(folds, autoc_weights)
        ranks = min(np.ptp(ranking), np.ptp(used)) > ROUNDING * float(scores.std())
        rows.append(
            {
                "arm": arm,
                "learner": learner,
                "dr_change": dr_change,
                "dr_se": dr_se,
                "r_change": r_change,
                "r_se": r_se,
                "correlation": float(used.corr(pd.Series(ranking), method="spearman")) if ranks else float("nan"),
                "autoc": autoc.estimate,
                "autoc_se": autoc.se,
                "weight": float(weights[place]),
                "n": len(scores),
            }
        )
    return pd.DataFrame(rows)


def _dr_change(scores: FloatArray, ranking: FloatArray) -> FloatArray:
    """Return, by patient, the squared distance of the score from the prediction, less that from the common effect."""
    left = scores - scores.mean()
    change: FloatArray = (left - ranking) ** 2 - left**2
    return change


def _r_change(trial: TrialData, effects: EffectEstimate, arm: int, ranking: FloatArray) -> tuple[float, float]:
    """Return the same by the R-loss, among patients of the two arms, in units of the effect squared."""
    scored = effects.known_scored()
    chance = scored.probabilities[:, arm] / (scored.probabilities[:, arm] + scored.probabilities[:, 0])
    members = ((trial.arm_index == arm) | (trial.arm_index == 0)) & ~np.isnan(scored.outcome)
    treated = (trial.arm_index == arm) - chance
    expected = chance * scored.expected[:, arm] + (1 - chance) * scored.expected[:, 0]
    level = float(effects.scores.iloc[:, arm - 1].mean())
    left = np.where(members, scored.outcome - expected - treated * level, 0.0)
    treated = np.where(members, treated, 0.0)
    return mean_with_se(((left - treated * ranking) ** 2 - left**2) / np.mean(treated**2), effects.cluster)
