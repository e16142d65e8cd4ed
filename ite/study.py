"""One analysis from file to decision: a field per step; saving a step marks the later ones stale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ite.allocation.spec import AllocationSpec
    from ite.estimation.result import EffectEstimate
    from ite.estimation.spec import EffectSpec
    from ite.evaluation.result import Evidence
    from ite.subgroup.slice import Slice
    from ite.trial.data import TrialData
    from ite.trial.plan import AnalysisPlan
    from ite.trial.reading import Table

Step = Literal["data", "effects", "subgroups", "allocation"]
StepStatus = Literal["to do", "preview", "done", "stale"]
STEPS: tuple[Step, ...] = ("data", "effects", "subgroups", "allocation")


@dataclass(frozen=True, kw_only=True, eq=False)
class Study:
    """What a session holds, step by step.

    Attributes
    ----------
    table : Table or None
        The uploaded file as read, before roles; None for a sample.
    sample : str or None
        Key of the sample trial in use; None for an upload. A link carries this, never patients.
    trial : TrialData or None
    plan : AnalysisPlan or None
        What was asked and expected, with the time it was written down.
    spec : EffectSpec or None
        Settings the user asked for; `effects.spec` holds them as resolved.
    effects, evidence
        Of the fast preview until the default learner has finished, then of that.
    preview : bool
        Whether `effects` is still the fast preview.
    slices : tuple of Slice
        Named slices, in the order they were kept.
    allocation : AllocationSpec or None
        The point of the frontier that was chosen.
    stale : frozenset of Step
        Steps that were done, and must be done again because an earlier one has changed.
    log : tuple of str
        What a reader must know about the order of choices, such as a horizon changed after a fit.
    """

    table: Table | None = None
    sample: str | None = None
    trial: TrialData | None = None
    plan: AnalysisPlan | None = None
    spec: EffectSpec | None = None
    effects: EffectEstimate | None = None
    evidence: Evidence | None = None
    preview: bool = False
    slices: tuple[Slice, ...] = ()
    allocation: AllocationSpec | None = None
    stale: frozenset[Step] = frozenset()
    log: tuple[str, ...] = ()

    def has(self, step: Step) -> bool:
        """Whether a step holds a value, current or stale."""
        held = {
            "data": self.trial,
            "effects": self.effects,
            "subgroups": self.slices or None,
            "allocation": self.allocation,
        }
        return held[step] is not None

    def status(self, step: Step) -> StepStatus:
        """Where a step stands: to do, preview (effects only), done, or stale."""
        if step in self.stale:
            return "stale"
        if not self.has(step):
            return "to do"
        return "preview" if step == "effects" and self.preview else "done"


def with_table(study: Study, table: Table) -> Study:
    """Hold a newly read file beside the trial in use, which stays until roles are given to the new one."""
    return replace(study, table=table)


def with_trial(study: Study, trial: TrialData, *, sample: str | None = None) -> Study:
    """Put a trial in use; estimates of other patients are let go, and later steps that were done become stale.

    Kept slices survive new roles on the same file, but not another file: their columns belong to it.
    """
    if study.trial is not None and study.trial.digest == trial.digest:
        return replace(study, trial=trial, sample=sample)
    same_file = study.trial is not None and study.trial.name == trial.name
    return replace(
        study,
        trial=trial,
        sample=sample,
        table=None if sample is not None else study.table,
        plan=study.plan if same_file else None,
        spec=None,
        effects=None,
        evidence=None,
        preview=False,
        slices=study.slices if same_file else (),
        allocation=study.allocation if same_file else None,
        stale=_later_done(study, "data") if same_file else frozenset(),
        log=study.log if same_file else (),
    )


def with_plan(study: Study, plan: AnalysisPlan) -> Study:
    """Write down a plan; the one it replaces stays in the log."""
    log = study.log if study.plan is None else (*study.log, f"Replaced: {study.plan.in_words()}")
    return replace(study, plan=plan, log=log)


def with_spec(study: Study, spec: EffectSpec) -> Study:
    """Ask for an estimation; effects from other settings become stale, and a new horizon is logged as post hoc."""
    if study.effects is None or spec == study.spec:
        return replace(study, spec=spec)
    log = study.log
    if study.spec is not None and spec.horizon != study.spec.horizon:
        log = (*log, f"Horizon changed after effects were seen: {_named(study.spec)} to {_named(spec)} (post hoc).")
    stale = study.stale | _later_done(study, "data")
    return replace(study, spec=spec, stale=stale, log=log)


def with_effects(study: Study, effects: EffectEstimate, evidence: Evidence, *, preview: bool) -> Study:
    """Save what was estimated; slices kept on earlier effects become stale."""
    return replace(
        study,
        effects=effects,
        evidence=evidence,
        preview=preview,
        stale=(study.stale - {"effects"}) | _later_done(study, "effects"),
    )


def with_slices(study: Study, slices: tuple[Slice, ...]) -> Study:
    """Save the named slices; an allocation does not rest on them."""
    return replace(study, slices=slices, stale=study.stale - {"subgroups"})


def with_allocation(study: Study, allocation: AllocationSpec | None) -> Study:
    """Save the chosen point of the frontier."""
    return replace(study, allocation=allocation, stale=study.stale - {"allocation"})


def with_note(study: Study, note: str) -> Study:
    """Log what a reader must know about the order of choices, such as an outcome counted in another way."""
    return replace(study, log=(*study.log, note))


def _later_done(study: Study, step: Step) -> frozenset[Step]:
    later = STEPS[STEPS.index(step) + 1 :]
    return frozenset(name for name in later if study.has(name))


def _named(spec: EffectSpec) -> str:
    return "the default" if spec.horizon is None else f"{spec.horizon:g}"
