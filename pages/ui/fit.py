"""The fit behind the Effects page: a fast preview first, then the default learner, which replaces it."""

import streamlit as st

from ite.analysis import Analysis, analyse
from ite.estimation.default_learner import default_learner, fast_learner
from ite.estimation.spec import EffectSpec
from ite.study import with_effects, with_spec
from ite.trial.data import TrialData
from pages.ui import cache, jobs, state
from pages.ui.route import go
from pages.ui.text import plain

FAST, FULL = "fit-fast", "fit-full"


def start(trial: TrialData, spec: EffectSpec) -> None:
    """Fit with these settings: the fast learner at once and, where another was asked for, that one after it."""
    cancel()
    jobs.forget(FAST)
    jobs.forget(FULL)
    state.save(with_spec(state.load(), spec))
    jobs.start(FAST, analyse, trial, spec.model_copy(update={"learner": fast_learner(trial), "repeats": None}))
    if _has_second_fit(trial, spec):
        jobs.start(FULL, analyse, trial, spec, after=FAST, background=True)


def cancel() -> None:
    """Stop the fit; what it has already shown stays."""
    jobs.cancel(FULL)
    jobs.cancel(FAST)


def is_running() -> bool:
    """Whether a fit of this session waits or runs."""
    return jobs.status(FAST).active or jobs.status(FULL).active


def collect() -> bool:
    """Move a finished fit into the study; say whether there was one."""
    collected = [_collect(key) for key in (FAST, FULL)]
    return any(collected)


def watch() -> None:
    """Draw the running fit with Cancel in the sidebar, on every page; the page runs again when a result arrives."""
    collect()
    if is_running():
        # Outside the fragment: a click there waits for the page that is being drawn, and is lost when that run makes
        # way for another. Above it: the progress bar grows as it loads and would push the button from under the hand.
        st.button("Cancel the fit", key="cancel-fit", on_click=cancel, icon=":material/close:", width="stretch")
        fast = jobs.status(FAST).active
        st.caption("Fast preview" if fast else "Default analysis, replaces the preview")
        jobs.poll(_watch, pace=1 if fast else 4)
        return
    _explain_end()


def wait_for_effects() -> None:
    """On a page that needs effects, draw why there are none yet, with the way on, and stop; else do nothing."""
    study = state.load()
    if study.effects is not None:
        return
    if study.trial is None:
        st.info("No trial is open yet. Open a sample trial, or bring a file of your own.", icon=":material/info:")
        st.page_link("pages/start.py", label="Open a sample trial", icon=":material/science:")
        st.page_link("pages/data.py", label="Bring your own file", icon=":material/upload_file:")
        st.stop()
    if is_running():
        st.header("Working out who benefits")
        st.write("A fast result comes in a few seconds. The default analysis runs behind it and replaces it.")
        jobs.poll(_progress)
        st.stop()
    if (sentence := _failure()) is not None:
        st.error(plain(sentence), icon=":material/error:")
        st.caption("Settings are in the sidebar, the parts of the columns on the Data page.")
    else:
        st.info("The effects of this trial are not estimated yet.", icon=":material/info:")
    button(study.trial)
    st.page_link("pages/data.py", label="Check the data first", icon=":material/table:")
    st.stop()


def button(trial: TrialData, label: str = "Estimate effects") -> None:
    """Draw the button that starts the fit with the settings of the sidebar; a red finding blocks it and says why."""
    if is_running() or state.load().status("effects") == "done":
        st.page_link("pages/effects.py", label="See who benefits", icon=":material/arrow_forward:")
        return
    report = cache.intake(trial)
    pressed = st.button(label, type="primary", icon=":material/play_arrow:", key="fit", disabled=report.blocks)
    if report.blocks:
        names = ", ".join(finding.name for finding in report.findings if finding.light == "red")
        st.error(plain(f"Fitting is blocked until this is solved: {names}."), icon=":material/block:")
        if st.button("See what to do on the Data page", key="see-findings"):
            go("pages/data.py")
    if pressed:
        start(trial, asked())
        go("pages/effects.py")


def ask(spec: EffectSpec) -> None:
    """Note the settings as the sidebar shows them now."""
    state.remember("settings", spec)


def asked() -> EffectSpec:
    """Return the settings as the sidebar shows them."""
    spec = state.recall("settings")
    return spec if isinstance(spec, EffectSpec) else EffectSpec()


def _has_second_fit(trial: TrialData, spec: EffectSpec) -> bool:
    learner = default_learner(trial) if spec.learner == "auto" else spec.learner
    return learner != fast_learner(trial)


def _collect(key: str) -> bool:
    now = jobs.status(key)
    if not isinstance(now.result, Analysis):
        return False
    jobs.forget(key)
    study = state.load()
    preview = key == FAST and study.trial is not None and _has_second_fit(study.trial, study.spec or EffectSpec())
    state.save(with_effects(study, now.result.effects, now.result.evidence, preview=preview))
    return True


def _watch() -> None:
    if collect():
        st.rerun()
    _progress()


def _failure() -> str | None:
    """Return why the last fit failed, as a sentence; None where it did not."""
    errors = [error for key in (FAST, FULL) if (error := jobs.status(key).error) is not None]
    return errors[0] if errors else None


def _explain_end() -> None:
    """Say that the last fit brought no result, if so, and offer another."""
    shown = state.load().effects is not None
    if (sentence := _failure()) is not None:
        # Without effects the Effects page has the room to say why; beside effects only the sidebar can.
        st.error(plain(sentence if shown else "The fit failed: Effects says why."), icon=":material/error:")
    elif any(jobs.status(key).state == "cancelled" for key in (FAST, FULL)):
        kept = " What was shown before is still here." if shown else ""
        st.warning(f"The fit was cancelled.{kept}", icon=":material/cancel:")
    else:
        return
    trial = state.load().trial
    if trial is not None and st.button("Fit again", key="fit-again", icon=":material/replay:", width="stretch"):
        start(trial, asked())
        st.rerun()


def _progress() -> None:
    if not is_running():
        st.rerun()
    fast = jobs.status(FAST)
    jobs.draw_progress(fast if fast.active else jobs.status(FULL))
