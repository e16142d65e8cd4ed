"""The enrolment rule, frozen: the model of all source patients is fitted in a worker, then exported with the design."""

import streamlit as st

from ite.design.fitted.export import design_json
from ite.design.fitted.frozen_rule import FrozenRule
from ite.design.fitted.next_trial import NextTrial
from pages.panels.design.fitted_result import Assured
from pages.ui import jobs, state
from pages.ui.analysed import Analysed

_JOB, _ASKED = "frozen-rule", "frozen-rule-asked"


def rule(shown: Analysed, success: Assured) -> None:
    """Offer the design with its rule as a file; a rule on covariates, and everybody, need no model."""
    st.header("The rule to enrol by", anchor=False)
    enrolment = success.found.design.enrolment
    if enrolment.fraction is None or enrolment.share == 1.0:
        _download(success.found.design, None)
        return
    st.caption(
        "The model that ranks new patients is fitted on all source patients and kept with its cut. It is never used to "
        "judge itself: the figures above come from models that had not seen the patients they rank."
    )
    wanted = f"{shown.trial.digest} {shown.effects.spec.model_dump_json()} {success.asked.model_dump_json()}"
    if state.recall(_ASKED) != wanted:
        st.button(
            "Freeze the rule",
            key="freeze-rule",
            icon=":material/lock:",
            on_click=_start,
            args=(shown, success, wanted),
            disabled=state.load().preview,
            help="Fits the model in the background; takes about as long as one fold of the estimation. A preview is "
            "not frozen: wait for the default analysis.",
        )
        return
    now = jobs.run(_JOB, FrozenRule.of, shown.trial, shown.effects, success.found.design)
    if isinstance(now.result, FrozenRule):
        _download(success.found.design, now.result)


def _start(shown: Analysed, success: Assured, wanted: str) -> None:
    jobs.forget(_JOB)
    state.remember(_ASKED, wanted)
    jobs.start(_JOB, FrozenRule.of, shown.trial, shown.effects, success.found.design)


def _download(design: NextTrial, frozen: FrozenRule | None) -> None:
    if frozen is not None:
        st.markdown(f"Frozen. Digest {frozen.digest[:16]}, cut {frozen.cut:.4g} above the mean prediction.")
    _offer(design_json(design, frozen))


def _offer(text: str) -> None:
    st.download_button(
        "Download design and rule",
        data=text,
        file_name="next-trial.json",
        mime="application/json",
        key="download-rule",
        icon=":material/download:",
        on_click="ignore",
    )
