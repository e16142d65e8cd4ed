"""The share of responders by arm over every threshold, so that a chosen cut stands among those not chosen."""

import numpy as np
import pandas as pd

from ite.errors import RoleError
from ite.trial.data import FloatArray, TrialData
from ite.trial.endpoint import measured_values

_MOST_THRESHOLDS = 101


def share_by_threshold(trial: TrialData) -> pd.DataFrame:
    """Return the share of responders in each arm at each threshold, of a trial whose roles define responders.

    The shares are those of the distribution of the measured outcome, or of its improvement: no cut is preferred.

    Returns
    -------
    DataFrame, one row per arm and threshold
        arm, threshold (as the definition states it), n (patients whose improvement is known), share (in [0, 1]),
        chosen (whether it is the threshold of the definition).

    Raises
    ------
    RoleError
        Where the roles define no responders.

    Source: Cappelleri & Bushmakin 2014, Stat Methods Med Res 23:460-483 (cumulative distribution of responders).
    """
    definition = trial.roles.responder
    if definition is None:
        raise RoleError("The roles count no responders; name the threshold from which a patient is a responder.")
    gain = definition.improvement(*measured_values(trial.frame, trial.roles))
    turn = -1.0 if definition.baseline is None and not definition.higher_is_better else 1.0
    least = np.unique(np.append(_thresholds(gain[~np.isnan(gain)]), definition.least))
    slack = 1e-9 * max(1.0, float(np.nanmax(np.abs(gain))))
    rows = []
    for place, arm in enumerate(trial.arms):
        own = gain[(trial.arm_index == place) & ~np.isnan(gain)]
        share = np.mean(own[None, :] >= least[:, None] - slack, axis=1) if len(own) else np.full(len(least), np.nan)
        rows.append(pd.DataFrame({"arm": arm, "threshold": turn * least, "n": len(own), "share": share}))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(chosen=table["threshold"] == definition.threshold)


def _thresholds(gain: FloatArray) -> FloatArray:
    """Return every value where there are few, else values evenly spread between the 1st and the 99th percentile."""
    values = np.unique(gain)
    if len(values) <= _MOST_THRESHOLDS:
        return values
    first, last = (float(end) for end in np.percentile(gain, (1, 99)))
    return np.linspace(first, last, _MOST_THRESHOLDS)
