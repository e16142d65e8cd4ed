"""Fitted trials with drawn scores and predictions: no learner is needed to test what is made of them."""

import numpy as np
import pandas as pd

from ite.estimation.average_effect import average_effects
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles

FOLDS = 5


def two_arms(n: int = 600, *, slope: float = 0.5, seed: int = 0) -> tuple[TrialData, EffectEstimate]:
    """One treated arm whose effect is 0.2 + slope * marker; the prediction is the marker, which is more frequent."""
    return _fitted(n, ("treated",), slope, seed)


def two_treated_arms(n: int = 600, seed: int = 0) -> tuple[TrialData, EffectEstimate]:
    """Two treated arms, the second with twice the effect of the first."""
    return _fitted(n, ("low", "high"), 0.5, seed)


def true_effects(trial: TrialData, slope: float = 0.5) -> FloatArray:
    """Effects of the arms, shape (patients, arms)."""
    marker = trial.frame["marker"].to_numpy(float)
    return (0.2 + slope * marker)[:, None] * np.arange(1, len(trial.treated_arms) + 1)


def _fitted(n: int, arms: tuple[str, ...], slope: float, seed: int) -> tuple[TrialData, EffectEstimate]:
    rng = np.random.default_rng(seed)
    marker = rng.normal(0, 1, n)
    taken = rng.integers(0, len(arms) + 1, n)
    frame = pd.DataFrame(
        {
            "arm": np.array(["control", *arms])[taken],
            "marker": marker,
            "sex": np.where(rng.random(n) < 1 / (1 + np.exp(-marker)), "female", "male"),
            "clinic": rng.integers(0, 12, n).astype(str),
            "outcome": rng.normal(0, 1, n),
        }
    )
    roles = Roles(
        treatment="arm",
        control="control",
        outcome="outcome",
        covariates=("marker", "sex", "clinic"),
        protected=("sex",),
    )
    trial = TrialData.from_frame(frame, roles, name="fitted example")
    noise = rng.normal(0, 2, n)
    truth = true_effects(trial, slope)
    received = (taken[:, None] == np.arange(1, len(arms) + 1)).astype(float)
    # As doubly robust scores do: the control patients' noise enters the scores of all arms.
    scores = truth + noise[:, None] * (received - (taken == 0)[:, None]) * (len(arms) + 1) / 2
    ranking = slope * marker[:, None] * np.arange(1, len(arms) + 1)
    fold = rng.permutation(n) % FOLDS
    names = list(arms)
    table = pd.DataFrame(scores, columns=names)
    predicted = pd.DataFrame(ranking - ranking.mean(axis=0), columns=names)
    return trial, EffectEstimate(
        spec=EffectSpec(learner="x_lasso", seed=3, repeats=1),
        scale="difference in mean outcome",
        ate=average_effects(table, None),
        scores=table,
        benefit=predicted + scores.mean(axis=0),
        ranking=predicted,
        sequential=predicted[fold > 0].reindex(predicted.index),
        fold=fold,
        factor=pd.Series(1.0, index=pd.Index(names, name="arm")),
        baseline_risk=-marker,
    )
