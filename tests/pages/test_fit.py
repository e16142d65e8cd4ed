"""The fit behind the pages: a preview first, the default behind it, and what is said when neither comes."""

import pytest

from ite.analysis import Analysis
from ite.study import Study, with_effects, with_trial
from pages.ui import fit
from pages.ui.service import JobStatus
from tests.charts.examples import continuous_trial, effects_of, evidence_of
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page


def analysis() -> Analysis:
    effects = effects_of(continuous_trial())
    return Analysis(effects=effects, evidence=evidence_of(effects, "evidence"))


def loaded() -> Study:
    return with_trial(Study(), continuous_trial())


def test_a_finished_fast_fit_is_shown_as_a_preview_and_the_default_replaces_it() -> None:
    with desk() as jobs:
        app = opened(study=loaded())
        jobs.answers[fit.FAST] = JobStatus(state="done", result=analysis())
        jobs.answers[fit.FULL] = JobStatus(state="running", done=1, total=2, doing="Growing trees")
        app.run()
        assert study_of(app).status("effects") == "preview"
        assert "Default analysis, replaces the preview" in words(app)
        first = study_of(app).effects
        jobs.answers[fit.FULL] = JobStatus(state="done", result=analysis())
        app.run()
    assert not app.exception
    assert study_of(app).status("effects") == "done"
    assert study_of(app).effects is not first
    assert jobs.answers == {}, "a collected result is held once, by the study"


def test_a_failed_fit_is_its_sentence_without_markup_and_can_be_repeated() -> None:
    with desk() as jobs:
        app = opened(study=loaded())
        jobs.answers[fit.FAST] = JobStatus(state="failed", error="Arm '*B*' has no events; leave it out.")
        jobs.answers[fit.FULL] = JobStatus(state="cancelled")
        app.run()
        assert [each.value for each in app.sidebar.error] == ["The fit failed: Effects says why."]
        app.switch_page("pages/effects.py").run()
        assert [each.value for each in app.main.error] == [r"Arm '\*B\*' has no events; leave it out."]
        app.button(key="fit-again").click().run()
    assert fit.FAST in jobs.started


def test_a_fit_that_fails_beside_earlier_effects_leaves_them_and_says_why() -> None:
    earlier = analysis()
    study = with_effects(loaded(), earlier.effects, earlier.evidence, preview=False)
    with desk() as jobs:
        app = opened("effects", study)
        jobs.answers[fit.FAST] = JobStatus(state="failed", error="The horizon lies beyond follow-up.")
        app.run()
    assert not app.exception
    assert [each.value for each in app.error] == ["The horizon lies beyond follow-up."]
    assert study_of(app).effects is earlier.effects


@pytest.mark.parametrize("page", ["effects", "subgroups"])
def test_without_a_trial_a_page_says_how_to_open_one(page: str) -> None:
    with desk():
        app = opened(page)
    assert [each.value for each in app.info] == [
        "No trial is open yet. Open a sample trial, or bring a file of your own."
    ]


def test_the_time_left_is_said_in_words() -> None:
    with desk() as jobs:
        app = opened(study=loaded())
        jobs.answers[fit.FAST] = JobStatus(state="running", done=3, total=9, doing="Learning", seconds_left=12.4)
        app.run()
    assert not app.exception
    bars = [str(bar.proto.text) for bar in app.get("progress")]
    assert any("3 of 9, about 12 s left" in text for text in bars)
