"""Where each patient stands on the axis of a slice, for the sake of its interval."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ite.errors import SubgroupError
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import PREDICTED_BENEFIT, is_numeric, level_labels
from ite.trial.data import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class EvidenceAxis:
    """Positions that may carry an interval.

    Attributes
    ----------
    position : array, shape (patients,)
        Value on the axis, code of the level, or share of the fold with a smaller prediction; NaN where not used.
    inside, used : bool arrays, shape (patients,)
        In the slice, and on the axis at all.
    note : str
        What a reader must know about it; may be empty.
    """

    position: FloatArray
    inside: BoolArray
    used: BoolArray
    note: str = ""


def evidence_axis(
    effects: EffectEstimate, axis: str, arm: str, values: pd.Series, inside: BoolArray, *, grouped: bool = False
) -> EvidenceAxis:
    """Return the positions on a covariate as they are, and those on predicted benefit from sequential folds.

    Raises SubgroupError where the model predicts the same benefit for everyone.
    """
    if axis == PREDICTED_BENEFIT:
        return _sequential_axis(effects, arm, values, inside)
    used = np.asarray(values.notna(), dtype=bool)
    if grouped or not is_numeric(values):
        codes, _ = pd.factorize(level_labels(values, axis), sort=True)
        return EvidenceAxis(position=np.where(used, codes, np.nan), inside=inside, used=used)
    return EvidenceAxis(position=values.to_numpy(dtype=float, na_value=np.nan), inside=inside, used=used)


def sequential_position(prediction: FloatArray, fold: IntArray) -> FloatArray:
    """Return the share of its fold that each patient stands above, ties at their middle, shape (patients,).

    NaN where there is no prediction, or where the model of the fold tells no patients apart.
    """
    position = np.full(len(prediction), np.nan)
    for this in np.unique(fold):
        members = np.flatnonzero((fold == this) & np.isfinite(prediction))
        if len(members) and np.ptp(prediction[members]) > 0:
            position[members] = (rankdata(prediction[members]) - 0.5) / len(members)
    return position


def _sequential_axis(effects: EffectEstimate, arm: str, benefit: pd.Series, inside: BoolArray) -> EvidenceAxis:
    """Put the slice at the same quantiles of the predictions of models that never saw the patients they rank.

    Pooled out-of-fold predictions remember the patients they rank: a patient's own outcome moves the models of the
    other folds. A prediction of fold k by a model of folds 1..k-1 does not, so given that model the scores of fold k
    are as independent of its order as of a covariate. Within each fold the slice takes the share of patients that it
    takes in all, so folds weigh alike inside and outside. Folds whose model tells no patients apart are left out, which
    only the predictions decide.
    """
    if np.ptp(benefit.to_numpy(float)) <= 1e-9 * max(abs(float(benefit.iloc[0])), 1e-12):
        raise SubgroupError(
            f"The data support one common effect of {arm}: the predicted benefit is the same for every patient, so it "
            "cannot be cut. Cut along a covariate instead."
        )
    ordered = benefit[inside]
    below = float((benefit < ordered.min()).mean()) if len(ordered) else 1.0
    through = float((benefit <= ordered.max()).mean()) if len(ordered) else 1.0
    position = sequential_position(effects.sequential[arm].to_numpy(float), effects.fold)
    used = np.isfinite(position)
    note = (
        f"The effects and intervals rest on the {int(used.sum()):,} patients whose prediction came from a model fitted "
        f"on earlier folds only; the slice takes the same share of them ({100 * below:.0f} to "
        f"{100 * through:.0f} % from the smallest prediction)."
    )
    return EvidenceAxis(
        position=position, inside=used & (position > below) & (position <= through), used=used, note=note
    )
