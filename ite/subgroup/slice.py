"""A named slice of the patients, compared with everybody else."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ite.errors import SubgroupError
from ite.estimation.nnt import NumberNeededToTreat
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import (
    PREDICTED_BENEFIT,
    Arms,
    arms_of,
    axis_values,
    clusters_of,
    is_numeric,
    level_labels,
    resolve_arm,
)
from ite.subgroup.bins import bin_scores
from ite.subgroup.contrast import contrast, kurtosis
from ite.subgroup.evidence_axis import EvidenceAxis, evidence_axis
from ite.subgroup.sides import number_needed, side_counts, side_effects
from ite.subgroup.windows import (
    MINIMUM_PER_ARM,
    CriticalValue,
    level_critical_value,
    pointwise_critical_value,
    window_critical_value,
)
from ite.subgroup.wording import listed, plain, slice_method, slice_sentence
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData


class Slice(BaseModel):
    """Some patients, by a range or by levels of one axis; frozen, validated, JSON round trip.

    Attributes
    ----------
    name
        What the user calls it.
    axis
        A covariate, or "predicted benefit".
    arm
        The treated arm whose effect is in question.
    lower, upper
        Above `lower`, up to and including `upper`; None leaves that end open.
    levels
        Levels of the axis, instead of a range.
    prespecified
        Declared before the data were seen: the interval need not allow for other slices. Never for predicted benefit,
        which is fitted to the data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    axis: str
    arm: str
    lower: float | None = Field(default=None, allow_inf_nan=False)
    upper: float | None = Field(default=None, allow_inf_nan=False)
    levels: tuple[str, ...] | None = Field(default=None, min_length=1)
    prespecified: bool = False

    @model_validator(mode="after")
    def _is_one_cut(self) -> Self:
        ranged = self.lower is not None or self.upper is not None
        if ranged == (self.levels is not None):
            raise SubgroupError("A slice needs either a range (lower, upper or both) or levels, and not both.")
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            raise SubgroupError(
                f"A slice runs from its lower to its upper bound, but {plain(self.lower)} is not below "
                f"{plain(self.upper)}. Swap or widen them."
            )
        if self.levels is not None and self.axis == PREDICTED_BENEFIT:
            raise SubgroupError("Predicted benefit is a number: give a range of it instead of levels.")
        if self.prespecified and self.axis == PREDICTED_BENEFIT:
            raise SubgroupError("Predicted benefit is fitted to these data, so a slice of it cannot be pre-specified.")
        return self

    @property
    def predicate(self) -> str:
        """Who is in the slice, as a reader would write it: "nodes > 4", "45 < age ≤ 65", "sex is F or M"."""
        what = f"{self.axis} of {self.arm}" if self.axis == PREDICTED_BENEFIT else self.axis
        if self.levels is not None:
            return f"{what} is {' or '.join(self.levels)}"
        if self.lower is None:
            return f"{what} ≤ {plain(float(self.upper or 0))}"
        if self.upper is None:
            return f"{what} > {plain(self.lower)}"
        return f"{plain(self.lower)} < {what} ≤ {plain(self.upper)}"

    def mask(self, trial: TrialData, effects: EffectEstimate) -> BoolArray:
        """Return who is in the slice, shape (patients,); a missing value is not.

        Raises SubgroupError where the axis, the arm or a level is not there, or a range is put on categories.
        """
        return self.select(axis_values(trial, effects, self.axis, resolve_arm(effects, self.arm)))

    def select(self, values: pd.Series) -> BoolArray:
        """Return which values of the axis are in the slice."""
        if self.levels is not None:
            labels = level_labels(values, self.axis)
            unknown = [level for level in self.levels if level not in set(labels.dropna())]
            if unknown:
                raise SubgroupError(
                    f"Expected levels of '{self.axis}' ({listed(sorted(set(labels.dropna())))}), "
                    f"but found {listed(unknown)}. Choose among its levels."
                )
            return np.asarray(labels.isin(self.levels), dtype=bool)
        if not is_numeric(values):
            raise SubgroupError(f"'{self.axis}' holds categories, not numbers. Choose levels of it instead of a range.")
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
        above = np.isfinite(numbers) if self.lower is None else numbers > self.lower
        return np.asarray(above if self.upper is None else above & (numbers <= self.upper), dtype=bool)


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceComparison:
    """A slice against everybody else whose value on the axis is known.

    Attributes
    ----------
    slice : Slice
    scale : str
        What one unit of effect is, in words; positive means benefit.
    frame : DataFrame, index role: slice, complement, difference
        n, n_treated, n_control, events (NaN for a continuous outcome), n_used (patients behind the interval), estimate,
        se, lower, upper. The intervals hold together for every slice of this axis that could have been chosen, with
        95 % confidence, for the difference and for the two means each; a pre-specified slice has plain 95 % intervals.
    critical_value : float
        For the difference, on the normal scale: 1.96 where pre-specified.
    candidates : int
        Slices the critical value allows for.
    missing : int
        Patients whose value on the axis is missing; they are on neither side.
    p_value : float or None
        Two-sided, of "no difference"; only for a pre-specified slice.
    nnt : NumberNeededToTreat or None
        Of the slice; None where the effect is not a difference of risks.
    sentence, method : str
    """

    slice: Slice
    scale: str
    frame: pd.DataFrame
    critical_value: float
    candidates: int
    missing: int
    p_value: float | None
    nnt: NumberNeededToTreat | None
    sentence: str
    method: str


def compare_slice(
    trial: TrialData,
    effects: EffectEstimate,
    slice: Slice,  # noqa: A002 - the word of the user's question
    seed: int = 0,
) -> SliceComparison:
    """Compare the effect in a slice with the effect in its complement.

    Estimates  mean score inside, outside, and the difference; positive means benefit.
    Assumes    the scores do not depend on the choice of the slice but through the data that chose it, which the
               simultaneous critical value allows for; for predicted benefit, see `evidence_axis`.
    Source     `ite.subgroup.windows`: the supremum over all windows of the axis.

    Raises
    ------
    SubgroupError
        Where the slice is not defined on this trial, or either side has fewer than 20 patients in one of the two arms.
    """
    trial, arm = effects.patients_of(trial), resolve_arm(effects, slice.arm)
    values = axis_values(trial, effects, slice.axis, arm)
    inside = slice.select(values)
    known = np.asarray(values.notna(), dtype=bool)
    arms = arms_of(trial, arm)
    used = evidence_axis(effects, slice.axis, arm, values, inside, grouped=slice.levels is not None)
    _require_patients(slice, arms, inside, known)
    _require_patients(slice, arms, used.inside, used.used)
    scores, cluster = effects.scores[arm].to_numpy(float)[used.used], clusters_of(effects, used.used)
    critical = _critical_value(slice, used, arms, scores, cluster, seed)
    result = contrast(scores, used.inside[used.used], kurtosis(scores), cluster)
    sides = {"slice": inside, "complement": known & ~inside, "difference": known}
    frame = side_counts(sides, arms, trial, effects).join(side_effects(result, critical))
    missing = int((~known).sum())
    return SliceComparison(
        slice=slice,
        scale=effects.scale,
        frame=frame,
        critical_value=critical.difference,
        candidates=critical.candidates,
        missing=missing,
        p_value=result.difference.p_value if slice.prespecified else None,
        nnt=number_needed(trial, effects, frame),
        sentence=slice_sentence(slice.predicate, arm, frame, effects.scale, prespecified=slice.prespecified),
        method=slice_method(critical, slice.axis, used.note, missing),
    )


def _require_patients(chosen: Slice, arms: Arms, inside: BoolArray, known: BoolArray) -> None:
    for words, group in (("", inside), ("the complement of ", known & ~inside)):
        fewest = arms.fewest(group)
        if fewest < MINIMUM_PER_ARM:
            raise SubgroupError(
                f"A comparison needs at least {MINIMUM_PER_ARM} patients of each arm inside and outside the slice, but "
                f"{words}{chosen.predicate} has {int((arms.treated & group).sum())} on {chosen.arm} and "
                f"{int((arms.control & group).sum())} on control. Move the cut."
            )


def _critical_value(
    chosen: Slice, used: EvidenceAxis, arms: Arms, scores: FloatArray, cluster: IntArray | None, seed: int
) -> CriticalValue:
    if chosen.prespecified:
        return pointwise_critical_value()
    grouped = chosen.levels is not None
    who = used.used
    binned = bin_scores(used.position[who], scores, arms.treated[who], arms.control[who], cluster, grouped=grouped)
    return level_critical_value(binned, seed) if grouped else window_critical_value(binned, seed)
