"""A trial in which not everybody had the treatment they were assigned: of being assigned, and of having it.

The effect of being assigned (intention to treat) stays the answer of the trial. That of having the treatment holds for
the compliers alone, who have it if and only if they are assigned it, and rests on two assumptions: assignment acts
through treatment alone, and nobody does the opposite of what is assigned.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ite.errors import ValuationError
from ite.estimation.average_effect import critical_value, mean_with_se
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData
from ite.trial.normal import NORMAL_975
from ite.value.wald_ratio import Instrument, WaldRatio, wald_ratio


class Estimate(NamedTuple):
    """An effect with its 95 % interval; positive means benefit."""

    estimate: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Compliance:
    """What being assigned to an arm and having its treatment do.

    Attributes
    ----------
    arm : str
    received : DataFrame, one row per assigned arm of the two
        n, and for each treatment of the trial the share who had it.
    assignment : Estimate
        Intention to treat.
    complier : WaldRatio
        Effect of having the treatment among compliers: its estimate, delta interval, first-stage F and Anderson-Rubin
        set, which covers however weak assignment is.
    per_protocol : Estimate
        Those who had what they were assigned, compared as if that had been drawn too: it mixes the effect with why
        patients deviated.
    per_protocol_n : int
    """

    arm: str
    received: pd.DataFrame
    assignment: Estimate
    complier: WaldRatio
    per_protocol: Estimate
    per_protocol_n: int

    @property
    def effects(self) -> pd.DataFrame:
        """The three effects, one row each: estimate, se, lower, upper (of the ratio by the delta method)."""
        ratio = self.complier
        missing = float("nan")
        lower, upper = ratio.delta if ratio.delta is not None else (missing, missing)
        rows = {
            "assigned (intention to treat)": self.assignment,
            "had it (compliers)": Estimate(
                missing if ratio.effect is None else ratio.effect,
                missing if ratio.se_delta is None else ratio.se_delta,
                lower,
                upper,
            ),
            "kept to it (per protocol)": self.per_protocol,
        }
        return pd.DataFrame.from_dict(rows, orient="index", columns=list(Estimate._fields)).rename_axis("effect")


def compliance(trial: TrialData, effects: EffectEstimate, arm: str) -> Compliance:
    """Return the effect of assignment to an arm, of having its treatment among compliers, and per protocol.

    Raises
    ------
    ValuationError
        Where no role says what was received, treatment was not drawn, or everybody had what was assigned.

    Source: Angrist, Imbens & Rubin 1996, JASA 91:444-455; Hernán & Robins 2020, Causal Inference: What If, chapter 22.
    """
    trial = effects.patients_of(trial)
    received = _received(trial)
    position = trial.arms.index(arm)
    had = (received == position).astype(float)
    receipt = _receipt_scores(had, trial, effects, position)
    followed = np.isin(trial.arm_index, (0, position)) & (received == trial.arm_index)
    outcome = effects.known_scored().outcome
    known = followed & ~np.isnan(outcome)
    return Compliance(
        arm=arm,
        received=_shares(trial, received, position),
        assignment=Estimate(*effects.ate[list(Estimate._fields)].to_numpy(float)[position - 1].tolist()),
        complier=complier_ratio(effects.scores[arm].to_numpy(float), receipt, effects.cluster),
        per_protocol=_per_protocol(outcome, known & (trial.arm_index == position), known & (trial.arm_index == 0)),
        per_protocol_n=int(known.sum()),
    )


def complier_ratio(outcome: FloatArray, receipt: FloatArray, cluster: IntArray | None = None) -> WaldRatio:
    """Return the ratio of two effects of assignment, on the outcome and on having the treatment.

    Both are means of scores, so that their covariance is that of the scores (of their cluster sums): without covariates
    it is two-stage least squares with its robust standard error.

    Parameters
    ----------
    outcome, receipt : array, shape (patients,)

    Source: Imbens & Angrist 1994, Econometrica 62:467-475; Anderson & Rubin 1949 (see `wald_ratio`).
    """
    both = np.column_stack([outcome, receipt])
    covariance = influence_covariance((both - both.mean(axis=0)) / len(both), cluster)
    covariance = np.where(np.isclose(covariance, 0.0, atol=1e-15), 0.0, covariance)
    return wald_ratio(
        Instrument(
            reduced_form=float(outcome.mean()),
            reduced_form_se=float(np.sqrt(covariance[0, 0])),
            first_stage=float(receipt.mean()),
            first_stage_se=float(np.sqrt(covariance[1, 1])),
            covariance=float(covariance[0, 1]),
            # The confidence at which a normal interval reaches as far as the one of t with few clusters.
            confidence=float(2 * ndtr(critical_value(cluster)) - 1),
        )
    )


def _received(trial: TrialData) -> IntArray:
    received = trial.received
    if received is None:
        raise ValuationError(
            "What having the treatment does needs a column with the treatment received. Give one the part "
            "'Treatment received' on the Data page."
        )
    if trial.roles.design == "observational":
        raise ValuationError(
            "Only where assignment was drawn at random can it tell what having the treatment does; here treatment was "
            "chosen. Compare the treatments themselves."
        )
    if np.array_equal(received, trial.arm_index):
        raise ValuationError(
            "Everybody had the treatment that was assigned, so that the effect of having it is that of being assigned."
        )
    return received


def _receipt_scores(had: FloatArray, trial: TrialData, effects: EffectEstimate, position: int) -> FloatArray:
    """Return scores of the effect of assignment on having the treatment: weighted means by arm and what they miss."""
    probabilities = effects.known_scored().probabilities
    by_arm = []
    for index in (position, 0):
        weight = (trial.arm_index == index) / probabilities[:, index]
        mean = float(weight @ had / weight.sum())
        by_arm.append(mean + weight * (had - mean))
    scores: FloatArray = by_arm[0] - by_arm[1]
    return scores


def _shares(trial: TrialData, received: IntArray, position: int) -> pd.DataFrame:
    rows = {}
    for index in (position, 0):
        own = received[trial.arm_index == index]
        shares = np.bincount(own, minlength=len(trial.arms)) / len(own)
        rows[trial.arms[index]] = {"n": len(own), **dict(zip(trial.arms, shares.tolist(), strict=True))}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("assigned")


def _per_protocol(outcome: FloatArray, treated: BoolArray, control: BoolArray) -> Estimate:
    """Return the difference of two means with its 95 % interval; NaN with fewer than two patients on a side."""
    if min(treated.sum(), control.sum()) < 2:
        return Estimate(*[float("nan")] * 4)
    (high, high_se), (low, low_se) = (mean_with_se(outcome[rows], None) for rows in (treated, control))
    se = float(np.hypot(high_se, low_se))
    return Estimate(high - low, se, high - low - NORMAL_975 * se, high - low + NORMAL_975 * se)
