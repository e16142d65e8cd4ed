"""The calls behind the pages that take long enough to run in a worker: estimate, then evaluate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ite.compute import Progress, silent
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec, Learner
from ite.evaluation.result import Evidence, Leaderboard

if TYPE_CHECKING:
    from ite.trial.data import TrialData


@dataclass(frozen=True, kw_only=True, eq=False)
class Analysis:
    """Effects and the evidence about them, from one specification."""

    effects: EffectEstimate
    evidence: Evidence


def analyse(trial: TrialData, spec: EffectSpec, progress: Progress = silent) -> Analysis:
    """Estimate the effects in a trial and evaluate how sure they are.

    Raises
    ------
    IteError
        When the trial or the settings do not allow it.
    """
    from ite.estimation.estimate import estimate  # noqa: PLC0415 - brings learners; callers import this module cheaply
    from ite.evaluation.evaluate import evaluate  # noqa: PLC0415 - as above

    effects = estimate(trial, spec, progress=progress)
    progress(0, 1, "Weighing the evidence")
    evidence = evaluate(trial, effects)
    progress(1, 1, "Weighing the evidence")
    return Analysis(effects=effects, evidence=evidence)


def cox_by_arm(trial: TrialData) -> pd.DataFrame:
    """Return the Cox hazard ratio (Efron ties) of each treated arm against control: rows by arm, as `CoxEffect`."""
    from ite.estimation.cox import cox_effect  # noqa: PLC0415 - brings statsmodels

    arms = list(trial.treated_arms)
    return pd.DataFrame([asdict(cox_effect(trial, arm)) for arm in arms], index=arms)


def leaderboard(
    trial: TrialData, effects: EffectEstimate, learners: tuple[Learner, ...], progress: Progress = silent
) -> Leaderboard:
    """Compare learners by their held-out losses, as `ite.compare_learners`."""
    from ite.evaluation.leaderboard import compare_learners  # noqa: PLC0415 - brings learners

    return compare_learners(trial, effects, learners, progress=progress)
