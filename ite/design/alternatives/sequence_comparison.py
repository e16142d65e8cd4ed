"""Which treatment sequence is best, on average and by marker group, and whether the trial can show it.

A sequence's rate of response is estimated from all patients who followed it, each weighted by the inverse probability
of the randomisations they met, the weights made to add up to one. Legend: v is the rate of a sequence, and after l
randomisations w_l is the weight, q_l the probability of leaving with and d_l that of leaving without a response.
n variance = sum over l of w_l (q_l (1 - v)^2 + d_l v^2); two sequences share the patients who left before they part.

Source: Murphy 2005, Statistics in Medicine 24:1455-1481; variances by enumeration of the paths.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from ite.design.alternatives.treatment_sequences import EmbeddedSequence, SequenceTrial, embedded_sequences
from ite.errors import DesignError
from ite.trial.data import FloatArray

METHOD = (
    "Rates of response by exact enumeration of the paths; standard errors of the weighted estimates and power of the "
    "two-sided z-test from the same enumeration: no simulation."
)
ASSUMPTIONS = (
    "Each level randomises in equal shares; response is seen without error before the next level.",
    "Patients who are not retained have not responded, and leave independently of treatment and marker.",
    "Comparisons with the reference are not adjusted for how many there are.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class SequenceComparison:
    """Every sequence of a trial, and what a marker would add.

    Attributes
    ----------
    sequences : DataFrame, one row per sequence
        Index name; columns average (probability of response at any level), se (of its estimate), followed (expected
        patients who end as the sequence says), at_last_level (those of them who enter its last level), difference
        (average minus that of the reference), difference_se and power (two-sided; NaN for the reference itself).
    by_group : DataFrame, sequences x marker groups
        Probability of response at any level.
    reference : str
        Sequence with which the others are compared.
    best : str
        Sequence with the highest average.
    best_by_group : Series by group
        Sequence that is best in each marker group.
    matched_average : float
        Rate of response if each group gets its best sequence.
    value_of_matching : float
        How much that is above the best single sequence.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    trial: SequenceTrial
    sequences: pd.DataFrame
    by_group: pd.DataFrame
    reference: str
    best: str
    best_by_group: pd.Series
    matched_average: float
    value_of_matching: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


@dataclass(frozen=True, kw_only=True, eq=False)
class _Exits:
    """How patients of one sequence leave, by number of randomisations met (0 to all); each of shape (levels + 1,)."""

    responded: FloatArray
    lost: FloatArray
    weight: FloatArray

    @property
    def rate(self) -> float:
        return float(self.responded.sum())

    def covariance(self, other: "_Exits", shared: int) -> float:
        """Return n times the covariance of two estimates whose sequences share the first `shared` treatments."""
        both = slice(shared + 1)
        with_response = self.responded[both] * (1 - self.rate) * (1 - other.rate)
        return float(self.weight[both] @ (with_response + self.lost[both] * self.rate * other.rate))


def compare_sequences(trial: SequenceTrial, reference: str | None = None) -> SequenceComparison:
    """Compare the embedded sequences of a trial with one of them, the first unless another is named.

    Raises
    ------
    DesignError
        If the trial's parts do not fit each other, or it has no such reference.
    """
    embedded = embedded_sequences(trial)
    names = [sequence.name for sequence in embedded]
    chosen = names[0] if reference is None else reference
    if chosen not in names:
        raise DesignError(
            f"The trial has no sequence '{chosen}'. Choose one of its {len(names)}, such as '{names[0]}'."
        )
    base = embedded[names.index(chosen)]
    sequences = pd.DataFrame([_figures(trial, sequence, base) for sequence in embedded], index=names)
    by_group = pd.DataFrame(
        [sequence.responded.sum(axis=0) for sequence in embedded], index=names, columns=list(trial.groups)
    )
    matched, best = float(by_group.max().to_numpy() @ np.array(trial.shares)), float(sequences["average"].max())
    return SequenceComparison(
        trial=trial,
        sequences=sequences,
        by_group=by_group,
        reference=chosen,
        best=str(sequences["average"].idxmax()),
        best_by_group=by_group.idxmax(),
        matched_average=matched,
        value_of_matching=max(0.0, matched - best),
    )


def _figures(trial: SequenceTrial, sequence: EmbeddedSequence, base: EmbeddedSequence) -> dict[str, float]:
    exits, of_base = _exits(trial, sequence), _exits(trial, base)
    own = exits.covariance(exits, len(trial.levels))
    followed = (exits.responded + exits.lost)[1:] / exits.weight[1:]
    variance = (
        own
        + of_base.covariance(of_base, len(trial.levels))
        - 2 * exits.covariance(of_base, _shared_treatments(sequence, base))
    )
    difference = exits.rate - of_base.rate
    same = sequence is base
    se = np.nan if same else float(np.sqrt(variance / trial.entrants))
    return {
        "average": exits.rate,
        "se": float(np.sqrt(own / trial.entrants)),
        "followed": trial.entrants * float(followed.sum()),
        "at_last_level": trial.entrants * float(sequence.reached[-1] @ np.array(trial.shares) / exits.weight[-1]),
        "difference": difference,
        "difference_se": se,
        "power": _two_sided_power(difference, se, trial.alpha_two_sided),
    }


def _exits(trial: SequenceTrial, sequence: EmbeddedSequence) -> _Exits:
    shares = np.array(trial.shares)
    reached, responded = sequence.reached @ shares, sequence.responded @ shares
    waiting = np.append(1.0, reached - responded)
    return _Exits(
        responded=np.append(0.0, responded),
        lost=waiting - np.append(reached, 0.0),
        weight=np.cumprod(np.array([1.0, *(len(level.treatments) for level in trial.levels)])),
    )


def _shared_treatments(one: EmbeddedSequence, other: EmbeddedSequence) -> int:
    """Return how many first treatments two sequences have in common."""
    return int(np.cumprod(one.treatments == other.treatments).sum())


def _two_sided_power(difference: float, se: float, alpha: float) -> float:
    """Power with both rejection tails counted; NaN where the standard error is unknown or zero."""
    if not se > 0:
        return np.nan
    critical, signal = ndtri(1 - alpha / 2), difference / se
    return float(ndtr(signal - critical) + ndtr(-signal - critical))
