"""The rows of a slice comparison: the slice, its complement, and the difference."""

import pandas as pd

from ite.estimation.nnt import NumberNeededToTreat, number_needed_to_treat
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import Arms, count_events, events_of
from ite.subgroup.contrast import SliceContrast
from ite.subgroup.windows import CriticalValue
from ite.trial.data import BoolArray, TrialData


def side_effects(result: SliceContrast, critical: CriticalValue) -> pd.DataFrame:
    """Estimates and simultaneous limits of the slice, its complement and their difference."""
    rows = {
        "slice": (result.inside, critical.mean),
        "complement": (result.outside, critical.mean),
        "difference": (result.difference, critical.difference),
    }
    return pd.DataFrame(
        {
            role: {"n_used": mean.n, "estimate": mean.estimate, "se": mean.se}
            | dict(zip(("lower", "upper"), mean.interval(value), strict=True))
            for role, (mean, value) in rows.items()
        }
    ).T.astype({"n_used": int})


def side_counts(sides: dict[str, BoolArray], arms: Arms, trial: TrialData, effects: EffectEstimate) -> pd.DataFrame:
    """Patients, those of the two arms, and events on each side."""
    events = events_of(trial, effects)
    return pd.DataFrame(
        {
            "n": [int(group.sum()) for group in sides.values()],
            "n_treated": [int((arms.treated & group).sum()) for group in sides.values()],
            "n_control": [int((arms.control & group).sum()) for group in sides.values()],
            "events": [count_events(events, group) for group in sides.values()],
        },
        index=pd.Index(sides, name="role"),
    )


def number_needed(trial: TrialData, effects: EffectEstimate, frame: pd.DataFrame) -> NumberNeededToTreat | None:
    """Return the number needed to treat in the slice, for a difference of risks; else None."""
    if trial.outcome_kind != "binary" and "survival probability" not in effects.scale:
        return None
    estimate, lower, upper = frame[["estimate", "lower", "upper"]].to_numpy(float)[0]
    return number_needed_to_treat(float(estimate), float(lower), float(upper))
