"""Small results made by hand, for charts, sentences and pages: no estimation runs here."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ite.estimation.result import EffectEstimate
from ite.estimation.scored import ScoredTrial
from ite.estimation.spec import EffectSpec
from ite.evaluation.result import Evidence, Verdict
from ite.trial.data import FloatArray, TrialData
from ite.trial.roles import Roles

ARM = "active"


def continuous_trial(n: int = 300, seed: int = 7, arms: Sequence[str] = ("placebo", ARM)) -> TrialData:
    """Return a trial whose active arms help patients with high `marker` only."""
    rng = np.random.default_rng(seed)
    arm = rng.choice(np.asarray(arms), n)
    marker, sex = rng.normal(50, 10, n), rng.choice(["female", "male"], n)
    outcome = 10 + (arm != arms[0]) * (marker - 50) / 5 + rng.normal(0, 2, n)
    frame = pd.DataFrame({"arm": arm, "marker": marker, "sex": sex, "outcome": outcome})
    roles = Roles(treatment="arm", control=arms[0], outcome="outcome", covariates=("marker", "sex"))
    return TrialData.from_frame(frame, roles, name="example trial")


def survival_trial(n: int = 300, seed: int = 7) -> TrialData:
    """Return a trial with an exponential time to event."""
    rng = np.random.default_rng(seed)
    arm = rng.choice(["placebo", ARM], n)
    time = rng.exponential(np.where(arm == ARM, 900, 600))
    ends = rng.uniform(300, 2000, n)
    frame = pd.DataFrame(
        {
            "arm": arm,
            "days": np.minimum(time, ends).round() + 1,
            "death": (time <= ends).astype(int),
            "marker": rng.normal(50, 10, n),
            "sex": rng.choice(["female", "male"], n),
        }
    )
    frame.loc[:9, "marker"] = np.nan
    roles = Roles(treatment="arm", control="placebo", time="days", event="death", covariates=("marker", "sex"))
    return TrialData.from_frame(frame, roles, name="example survival trial")


def binary_trial(n: int = 300, seed: int = 7) -> TrialData:
    """Return a trial with a response that is more frequent on the active arm."""
    rng = np.random.default_rng(seed)
    arm = rng.choice(["placebo", ARM], n)
    response = rng.binomial(1, np.where(arm == ARM, 0.6, 0.4))
    frame = pd.DataFrame({"arm": arm, "marker": rng.normal(50, 10, n), "sex": rng.choice(["f", "m"], n)})
    roles = Roles(treatment="arm", control="placebo", outcome="response", covariates=("marker", "sex"))
    return TrialData.from_frame(frame.assign(response=response), roles, name="example binary trial")


def effects_of(trial: TrialData, *, factor: float = 0.8, scale: str = "difference in outcome") -> EffectEstimate:
    """Return effects that rise with `marker`, as an estimation of this trial might find them."""
    rng = np.random.default_rng(1)
    arms = list(trial.treated_arms)
    rank = _centred(trial)
    ranking = pd.DataFrame(dict.fromkeys(arms, rank))
    ate = pd.DataFrame({"estimate": 1.0, "se": 0.25, "lower": 0.51, "upper": 1.49}, index=pd.Index(arms, name="arm"))
    scores = ranking + 1.0 + rng.normal(0, 2, ranking.shape)
    return EffectEstimate(
        spec=EffectSpec(learner="bayesian_causal_forest", seed=1, repeats=2),
        scale=scale,
        ate=ate,
        scores=scores,
        benefit=1.0 + factor * ranking,
        ranking=ranking,
        sequential=ranking,
        fold=np.arange(trial.n) % 5,
        factor=pd.Series(factor, index=arms),
        baseline_risk=rng.normal(0, 1, trial.n),
        scored=_scored(trial, scores, rng.normal(10, 2, trial.n)),
        notes=("Nuisance models: lasso.",),
    )


def _scored(trial: TrialData, scores: pd.DataFrame, under_control: FloatArray) -> ScoredTrial:
    """Return scores by arm whose differences are the scores of the effects."""
    arm_scores = np.column_stack([under_control, scores.to_numpy(float) + under_control[:, None]])
    return ScoredTrial(
        arm_scores=arm_scores,
        outcome=under_control,
        expected=arm_scores,
        probabilities=np.full(arm_scores.shape, 1 / len(trial.arms)),
        truncated=0,
        models=("lasso",),
    )


def _centred(trial: TrialData) -> FloatArray:
    marker = trial.frame["marker"].to_numpy(float)
    marker = np.where(np.isnan(marker), np.nanmean(marker), marker)
    return (marker - marker.mean()) / 10


def evidence_of(
    effects: EffectEstimate, verdict: Verdict = "evidence", *, p_value: float | None = None, relative: bool = False
) -> Evidence:
    """Return evidence with the given verdict for every arm."""
    chosen = {"no evidence": 0.4, "suggestive": 0.02, "evidence": 0.0004}[verdict] if p_value is None else p_value
    arms = pd.Index(effects.ate.index, name="arm")
    interval = {"estimate": 0.6, "se": 0.1, "lower": 0.4, "upper": 0.8}
    fractions = np.linspace(0.05, 1, 20)
    tests = {"p_value": chosen, "p_unadjusted": chosen, "verdict": verdict, "detectable_sd": 0.9, "statistic": 4.1}
    ratio = {"p_value": 0.01, "method": "interaction test of the odds ratio"}
    return Evidence(
        heterogeneity=pd.DataFrame(tests, index=arms),
        relative=pd.DataFrame(ratio, index=arms) if relative else pd.DataFrame(columns=["p_value", "method"]),
        modifiers=_each(
            arms, {"covariate": ["marker", "sex"], "strength": [4.1, 0.8], "p_value": [chosen, 0.7], "ranked": [1, 2]}
        ),
        autoc=pd.DataFrame({**interval, "p_value": 0.001}, index=arms),
        qini=pd.DataFrame({**interval, "p_value": 0.001}, index=arms),
        toc=_each(
            arms,
            {
                "fraction": fractions,
                "estimate": 1 - fractions,
                "lower": 1 - fractions - 0.4,
                "upper": 1 - fractions + 0.4,
            },
        ),
        calibration=_each(
            arms,
            {
                "fifth": [1, 2, 3, 4, 5],
                "n": [60] * 5,
                "predicted": [-0.4, 0.4, 1.0, 1.6, 2.4],
                "estimate": [-0.2, 0.3, 1.1, 1.4, 2.6],
                "lower": [-0.9, -0.4, 0.4, 0.7, 1.9],
                "upper": [0.5, 1.0, 1.8, 2.1, 3.3],
            },
        ),
        calibration_slope=pd.DataFrame(
            {"estimate": 0.9, "lower": 0.5, "upper": 1.3, "se": 0.2, "z": 4.5, "p_value": 7e-6}, index=arms
        ),
        gates_contrast=pd.DataFrame({**interval, "p_value": 0.001}, index=arms),
        baseline_risk=pd.DataFrame({"r_squared": 0.12}, index=arms),
    )


def _each(arms: pd.Index, columns: dict[str, object]) -> pd.DataFrame:
    return pd.concat([pd.DataFrame(columns).assign(arm=arm) for arm in arms], ignore_index=True)
