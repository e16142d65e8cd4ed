"""What a panel about one arm's effects works on, and the origin of what it shows."""

from dataclasses import dataclass

import streamlit as st
from pydantic import BaseModel

from ite.charts.scale import EffectUnit, effect_unit
from ite.estimation.result import EffectEstimate
from ite.evaluation.result import Evidence
from ite.report.provenance import Provenance
from ite.trial.data import TrialData
from pages.ui import fit, origin, state
from pages.ui.learners import IN_A_SENTENCE
from pages.ui.text import plain


@dataclass(frozen=True, kw_only=True)
class Analysed:
    """A trial with its effects and evidence, and the treated arm that is looked at."""

    trial: TrialData
    effects: EffectEstimate
    evidence: Evidence
    arm: str
    source: str

    @property
    def unit(self) -> EffectUnit:
        """How effects are written."""
        return effect_unit(self.effects.scale)

    @property
    def method(self) -> str:
        """The "n and method" line: patients by arm, scores, learner."""
        counts = ", ".join(
            f"{arm} {int((self.trial.arm_index == index).sum()):,}" for index, arm in enumerate(self.trial.arms)
        )
        spec = self.effects.spec
        return (
            f"n = {self.trial.n:,} ({counts}). Cross-fitted doubly robust scores, {spec.folds} folds; "
            f"patients ranked by {IN_A_SENTENCE[spec.learner]}, seed {spec.seed}."
        )

    def provenance(self, spec: BaseModel | None = None) -> Provenance:
        """Origin of a result of these effects."""
        return origin.provenance(self.trial, self.effects.spec, spec)


def require(*, picking: bool = True) -> Analysed:
    """Return what there is to show, with an arm picker where there are several; else say what is missing and stop.

    Parameters
    ----------
    picking
        Whether to draw the arm picker; without it the arm is the one that was picked before, else the first.
    """
    fit.wait_for_effects()
    study = state.load()
    trial = state.require(study.trial, made_on="Start")
    effects = state.require(study.effects, made_on="Effects")
    evidence = state.require(study.evidence, made_on="Effects")
    analysed = effects.patients_of(trial)
    return Analysed(
        trial=analysed,
        effects=effects,
        evidence=evidence,
        arm=_arm(analysed, picking=picking),
        source=origin.source(study),
    )


def _arm(trial: TrialData, *, picking: bool) -> str:
    place = f"arm-{trial.digest[:8]}"
    if len(trial.treated_arms) == 1 or not picking:
        return str(state.recall(place, trial.treated_arms[0]))
    picked = st.selectbox(
        f"Arm compared with {plain(trial.control)}",
        trial.treated_arms,
        key=place,
        persist_state="session",
    )
    state.remember(place, picked)
    return str(picked)
