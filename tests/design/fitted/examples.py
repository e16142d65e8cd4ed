"""Fitted trials whose scores and predictions are drawn, so that no learner is needed to test what is made of them."""

import numpy as np
import pandas as pd

from ite.estimation.average_effect import average_effects
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles

ARM = "new"
FOLDS = 5


def fitted(
    n: int = 800, *, difference: float = 0.0, average: float = 0.3, factor: float = 1.0, seed: int = 0
) -> tuple[TrialData, EffectEstimate]:
    """Trial of a normal outcome; the effect is greater by `difference` in the 30 % of patients with marker above 0.7.

    Scores are those of known outcome models; the prediction is the marker itself, in every fold.
    """
    rng = np.random.default_rng(seed)
    marker, prognosis = rng.random(n), rng.standard_normal(n)
    treated = rng.permutation(n) % 2
    effect = average + difference * (marker > 0.7)
    outcome = prognosis + treated * effect + rng.standard_normal(n)
    frame = pd.DataFrame(
        {
            "arm": np.where(treated == 1, ARM, "old"),
            "outcome": outcome,
            "marker": marker,
            "prognosis": prognosis,
            "sex": np.where(rng.random(n) < 0.2 + 0.6 * marker, "female", "male"),
        }
    )
    roles = Roles(
        treatment="arm",
        control="old",
        outcome="outcome",
        covariates=("marker", "prognosis", "sex"),
        protected=("sex",),
        randomization={"old": 0.5, ARM: 0.5},
    )
    residual = outcome - prognosis - treated * effect
    scores = effect + residual * np.where(treated == 1, 2.0, -2.0)
    trial = TrialData.from_frame(frame, roles, name="fitted example")
    return trial, effects_of(scores, marker - marker.mean(), prognosis, rng, factor=factor)


def effects_of(
    scores: FloatArray, ranking: FloatArray, baseline: FloatArray, rng: np.random.Generator, *, factor: float
) -> EffectEstimate:
    """Effects with the given scores, predictions and outcomes under control."""
    n = len(scores)
    fold = rng.permutation(n) % FOLDS
    table = pd.DataFrame({ARM: scores})
    ate = average_effects(table, None)
    predicted = pd.DataFrame({ARM: ranking})
    return EffectEstimate(
        spec=EffectSpec(learner="x_lasso", seed=3, repeats=1),
        scale="difference in mean outcome",
        ate=ate,
        scores=table,
        benefit=predicted * factor + float(ate.loc[ARM, "estimate"]),
        ranking=predicted,
        sequential=pd.DataFrame({ARM: np.where(fold > 0, ranking, np.nan)}),
        fold=fold,
        factor=pd.Series([factor], index=pd.Index([ARM], name="arm")),
        baseline_risk=baseline,
    )
