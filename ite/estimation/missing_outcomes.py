"""The average effect under three ways to treat missing outcomes, side by side: a sensitivity analysis, never a choice.

Weighting and imputation both assume that outcomes are missing at random given arm and covariates; complete cases
assume more. None of them answers for outcomes that are missing because of what they would have been.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.compute import spawn_seeds
from ite.errors import EstimateError
from ite.estimation.average_effect import cluster_degrees, mean_with_se
from ite.estimation.features import encode
from ite.estimation.imputation import draw_outcomes
from ite.estimation.outcome import direction
from ite.estimation.pooling import Pooled, pool
from ite.estimation.result import EffectEstimate
from ite.estimation.scores import arm_score
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData
from ite.trial.outcome import describe_outcome

IMPUTATIONS = 20
WEIGHTED, IMPUTED, COMPLETE = "weighted", "imputed", "complete cases"
_FEWEST_OBSERVED = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class _Filling:
    """What filling in takes, read once: the effects, the encoded covariates, and the arm and outcome of each patient.

    Attributes
    ----------
    features : array, shape (patients, features)
    outcome : array, shape (patients,)
        As measured, NaN where missing.
    turn : float
        1 where a larger outcome is better, else -1.
    """

    effects: EffectEstimate
    features: FloatArray
    arm: IntArray
    outcome: FloatArray
    missing: BoolArray
    binary: bool
    turn: float


def _filling(trial: TrialData, effects: EffectEstimate) -> _Filling:
    return _Filling(
        effects=effects,
        features=encode(trial.covariates).matrix,
        arm=trial.arm_index,
        outcome=trial.outcome,
        missing=trial.outcome_missing,
        binary=trial.outcome_kind == "binary",
        turn=direction(trial),
    )


def missing_outcome_sensitivity(
    trial: TrialData, effects: EffectEstimate, *, imputations: int = IMPUTATIONS
) -> pd.DataFrame:
    """Return the average effect of each treated arm with missing outcomes weighted, imputed and left out.

    "weighted" is the effect of the page: those observed are weighted up by arm and covariates. "imputed" draws each
    missing outcome within its arm given the covariates, several times, with the parameters drawn too; each completed
    trial is scored with the page's own predictions and the results are pooled by Rubin's rules with the degrees of
    freedom of Barnard and Rubin. "complete cases" compares those observed as they are, unadjusted.

    Returns
    -------
    DataFrame, one row per treated arm and method
        arm, method, n (patients who count, of both arms or, for the pooled ones, of all arms), estimate, se, lower,
        upper (positive is benefit), missing_information (share of the variance due to what is missing; imputed only).

    Raises
    ------
    EstimateError
        Where no outcome is missing, where the outcome is a time to event, or where an arm has too few outcomes for
        its covariates.
    """
    _require(trial)
    filling = _filling(trial, effects)
    _require_patients(trial, filling.features.shape[1])
    contrasts = _completed(filling, imputations)
    observed = describe_outcome(trial).differences.set_index("arm")
    seen = ~trial.outcome_missing
    rows: list[dict[str, object]] = []
    for place, arm in enumerate(trial.treated_arms):
        of_pair = int(np.sum(seen & np.isin(trial.arm_index, (0, place + 1))))
        pooled = _pooled(contrasts[:, :, place], effects)
        own = {"estimate": pooled.estimate, "se": pooled.se, "lower": pooled.lower, "upper": pooled.upper}
        rows += [
            {"arm": arm, "method": WEIGHTED, "n": int(seen.sum()), **_interval(effects.ate, arm)},
            {"arm": arm, "method": IMPUTED, "n": trial.n, **own, "missing_information": pooled.missing_information},
            {"arm": arm, "method": COMPLETE, "n": of_pair, **_interval(observed, arm)},
        ]
    return pd.DataFrame(rows)


def _interval(frame: pd.DataFrame, arm: str) -> dict[str, float]:
    place = list(frame.index).index(arm)
    return {name: float(frame[name].to_numpy(float)[place]) for name in ("estimate", "se", "lower", "upper")}


def _completed(filling: _Filling, imputations: int) -> FloatArray:
    """Scores of each treated arm against control in each completed trial, shape (imputations, patients, arms - 1)."""
    scored = filling.effects.known_scored()
    arms = scored.expected.shape[1]
    completed = []
    for seed in spawn_seeds(filling.effects.spec.seed, imputations):
        filled = filling.turn * _filled(filling, np.random.default_rng(seed))
        scores = np.column_stack(
            [
                arm_score(filled, (filling.arm == arm) / scored.probabilities[:, arm], scored.expected[:, arm])
                for arm in range(arms)
            ]
        )
        completed.append(scores[:, 1:] - scores[:, [0]])
    return np.array(completed)


def _filled(filling: _Filling, rng: np.random.Generator) -> FloatArray:
    outcome = filling.outcome.copy()
    for arm in np.unique(filling.arm[filling.missing]):
        members = filling.arm == arm
        outcome[members] = draw_outcomes(
            filling.features[members], outcome[members], filling.missing[members], binary=filling.binary, rng=rng
        )
    return outcome


def _pooled(contrasts: FloatArray, effects: EffectEstimate) -> Pooled:
    found = np.array([mean_with_se(contrast, effects.cluster) for contrast in contrasts])
    degrees = cluster_degrees(effects.cluster) or contrasts.shape[1] - 2
    return pool(found[:, 0], found[:, 1] ** 2, degrees)


def _require(trial: TrialData) -> None:
    if trial.outcome_kind == "time_to_event":
        raise EstimateError(
            "Missing outcomes can be compared for a measured or two-level outcome, but this is a time to an event, "
            "whose unseen part is handled as censoring; see the censoring weights instead."
        )
    if not trial.outcome_missing.any():
        raise EstimateError("Every patient has an outcome, so that there is nothing to fill in or to weight.")


def _require_patients(trial: TrialData, columns: int) -> None:
    missing = trial.outcome_missing
    for place, arm in enumerate(trial.arms):
        members = trial.arm_index == place
        observed = int(np.sum(members & ~missing))
        if bool(missing[members].any()) and observed < _FEWEST_OBSERVED + columns:
            raise EstimateError(
                f"Filling in outcomes needs at least {_FEWEST_OBSERVED} patients with an outcome more than there are "
                f"columns of covariates ({columns}), but arm {arm} has {observed}; name fewer covariates."
            )
