"""Another outcome of the same trial: its roles, and its effects by the same scores."""

from ite.compute import Progress, silent
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import TrialData
from ite.trial.roles import Roles


def second_outcome_roles(
    roles: Roles, *, column: str, time: str | None = None, positive: str | None = None, higher_is_better: bool = False
) -> Roles:
    """Return the roles of the same trial with another outcome: a column, or a time with `column` as its event.

    Parameters
    ----------
    column
        Of the outcome, or with `time` of the event.
    positive
        Level of a two-level text that counts as 1, or that is the event.
    higher_is_better
        Whether a larger outcome is good for the patient; of a time longer is always better.

    Raises
    ------
    RoleError
        Where the column already has another part.
    """
    kept = roles.model_dump(exclude={"outcome", "time", "event", "event_value", "positive", "higher_is_better"})
    kept |= {"competing": None, "competing_as_event": False, "responder": None}
    if time is not None:
        event_value = {} if positive is None else {"event_value": positive}
        return Roles(**kept, time=time, event=column, **event_value)
    return Roles(**kept, outcome=column, positive=positive, higher_is_better=higher_is_better)


def second_outcome_spec(spec: EffectSpec) -> EffectSpec:
    """Return settings for the second outcome: its scores alone are used, so the fast learner will do.

    Its patients are those of the first outcome, so nobody is left out for want of overlap.
    """
    return EffectSpec(learner="x_lasso", repeats=1, folds=spec.folds, seed=spec.seed, overlap=0.0)


def second_effects(trial: TrialData, spec: EffectSpec, progress: Progress = silent) -> EffectEstimate:
    """Estimate the effects on the second outcome; for a worker, since it brings the learners.

    Raises
    ------
    EstimateError
        As `estimate`.
    """
    from ite.estimation.estimate import estimate  # noqa: PLC0415 - brings learners; callers import this module cheaply

    return estimate(trial, spec, progress=progress)
