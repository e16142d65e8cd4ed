"""Trials whose doubly robust scores are drawn or given, so that the right answers are known."""

import numpy as np
import pandas as pd

from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles


def drawn_trial(n: int = 240, seed: int = 0, **columns: object) -> TrialData:
    """A binary trial of one active arm: marker (continuous), age (whole numbers), site (A to D) and what is given."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "arm": np.where(np.arange(n) % 2 == 0, "active", "control"),
            "response": (rng.random(n) < 0.4).astype(int),
            "marker": rng.normal(size=n),
            "age": rng.integers(40, 80, n),
            "site": rng.choice(list("ABCD"), n),
        }
        | columns
    )
    covariates = tuple(name for name in frame.columns if name not in {"arm", "response"})
    roles = Roles(treatment="arm", control="control", outcome="response", covariates=covariates)
    return TrialData.from_frame(frame, roles, name="drawn")


def drawn_scores(trial: TrialData, seed: int = 1, effect: FloatArray | float = 0.0) -> FloatArray:
    """Scores of a trial with 1:1 allocation: the effect plus twice a noise whose sign is the arm's."""
    rng = np.random.default_rng(seed)
    return np.asarray(effect + np.where(trial.arm_index == 1, 2, -2) * rng.normal(size=trial.n), dtype=float)


def given_effects(
    trial: TrialData,
    scores: FloatArray,
    *,
    ranking: FloatArray | None = None,
    cluster: FloatArray | None = None,
    scale: str = "difference in the probability of response",
) -> EffectEstimate:
    """Effects that hold these scores; the prediction is the ranking (by default the first covariate)."""
    arm = trial.treated_arms[0]
    ranked = trial.covariates.iloc[:, 0].to_numpy(float) if ranking is None else ranking
    fold = np.arange(trial.n) % 5
    frame = pd.DataFrame({arm: ranked})
    return EffectEstimate(
        spec=EffectSpec(learner="x_lasso", repeats=1),
        scale=scale,
        ate=pd.DataFrame({"estimate": [scores.mean()], "se": [0.1], "lower": [0.0], "upper": [1.0]}, index=[arm]),
        scores=pd.DataFrame({arm: scores}),
        benefit=frame,
        ranking=frame,
        sequential=pd.DataFrame({arm: np.where(fold > 0, ranked, np.nan)}),
        fold=fold,
        factor=pd.Series({arm: 1.0}),
        baseline_risk=np.zeros(trial.n),
        cluster=None if cluster is None else np.asarray(cluster, dtype=np.int64),
    )
