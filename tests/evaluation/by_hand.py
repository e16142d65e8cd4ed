"""Effects made by hand, with scores of known mean and rankings learnt from earlier folds: no learner is needed."""

import numpy as np
import pandas as pd
from scipy import stats

from ite.estimation.result import EffectEstimate
from ite.estimation.scored import ScoredTrial
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, IntArray, TrialData
from tests.estimation.trials import small_trial

ARM = "treated"


def learnt_from_earlier_folds(x: FloatArray, scores: FloatArray, fold: IntArray) -> FloatArray:
    """Least squares of the scores on the covariates of the folds before; NaN in the first fold."""
    predictions = np.full(len(scores), np.nan)
    for held_out in range(1, int(fold.max()) + 1):
        earlier, now = fold < held_out, fold == held_out
        design = np.column_stack([np.ones(earlier.sum()), x[earlier]])
        fitted = x[now] @ np.linalg.lstsq(design, scores[earlier], rcond=None)[0][1:]
        predictions[now] = fitted - fitted.mean()
    return predictions


def by_hand(
    n: int, seed: int, *, slope: float = 0.0, cluster: IntArray | None = None, constant: bool = False
) -> tuple[TrialData, EffectEstimate]:
    """Return a trial of three normal covariates, and effects 1 + slope * x0 whose scores have SD 2 around them."""
    trial = small_trial(n, seed)
    rng = np.random.default_rng([seed, 1])
    x = trial.covariates.to_numpy(dtype=float)
    noise = rng.standard_normal((n, 2)) * np.sqrt(2)
    if cluster is not None:
        noise += rng.standard_normal((int(cluster.max()) + 1, 2))[cluster]
    arm_scores = np.column_stack([x[:, 1], x[:, 1] + 1 + slope * x[:, 0]]) + noise
    scores = arm_scores[:, 1] - arm_scores[:, 0]
    fold = (rng.permutation(n) if cluster is None else cluster) % 5
    predictions = np.where(fold > 0, 0.0, np.nan) if constant else learnt_from_earlier_folds(x, scores, fold)
    arms = pd.Index([ARM], name="arm")
    se = scores.std(ddof=1) / np.sqrt(n)
    ate = {"estimate": scores.mean(), "se": se, "lower": scores.mean() - 1.96 * se, "upper": scores.mean() + 1.96 * se}
    return trial, EffectEstimate(
        spec=EffectSpec(learner="x_lasso", repeats=1),
        scale="difference in mean y",
        ate=pd.DataFrame(ate, index=arms),
        scores=pd.DataFrame({ARM: scores}),
        benefit=pd.DataFrame({ARM: x[:, 0]}),
        ranking=pd.DataFrame({ARM: x[:, 0]}),
        sequential=pd.DataFrame({ARM: predictions}),
        fold=fold,
        factor=pd.Series(1.0, index=arms),
        baseline_risk=x[:, 1],
        cluster=cluster,
        scored=ScoredTrial(
            arm_scores=arm_scores,
            outcome=trial.outcome,
            expected=arm_scores,
            probabilities=np.full((n, 2), 0.5),
            truncated=0,
            models=("by hand",),
        ),
    )


def at_most(count: int, trials: int, rate: float) -> bool:
    """Whether a count of errors agrees with a rate of at most so much: its exact 99 % interval reaches down to it."""
    return bool(stats.binomtest(count, trials).proportion_ci(0.99, "exact").low <= rate)


def agrees(count: int, trials: int, rate: float) -> bool:
    """Whether the exact 99 % interval of a count contains a rate."""
    interval = stats.binomtest(count, trials).proportion_ci(0.99, "exact")
    return bool(interval.low <= rate <= interval.high)
