"""Counting responders on the Data page: asked, shown over every threshold, used, written down, and undone."""

import pytest

from ite.study import Study, with_trial
from ite.trial.samples import load_sample
from tests.charts.examples import continuous_trial, effects_of, evidence_of, survival_trial
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page


def test_a_threshold_shows_all_others_and_makes_a_two_level_outcome_that_is_logged() -> None:
    study = with_trial(Study(), load_sample("simulated"), sample="simulated")
    with desk():
        app = opened("data", study)
        assert "smallest improvement that matters" in words(app)
        next(field for field in app.number_input if field.label == "Value that must be reached").set_value(100.0).run()
        assert not app.exception
        assert "Responders at 100: placebo" in words(app)
        assert study_of(app).trial is study.trial  # nothing is used before it is asked for
        next(button for button in app.button if button.label == "Count these responders").click().run()
    assert not app.exception
    trial = study_of(app).trial
    assert trial is not None
    assert trial.outcome_kind == "binary"
    assert trial.roles.responder is not None
    assert study_of(app).log == ("Outcome fev1 change ml counted as response (fev1 change ml at least 100).",)
    assert "response (fev1 change ml at least 100)" in words(app)
    with desk():
        next(button for button in app.button if button.label == "Go back to the measured outcome").click().run()
    assert not app.exception
    back = study_of(app).trial
    assert back is not None
    assert study.trial is not None
    assert back.digest == study.trial.digest


def test_a_cut_chosen_after_effects_were_seen_is_logged_as_post_hoc() -> None:
    trial = continuous_trial()
    effects = effects_of(trial)
    study = with_trial(Study(), trial)
    study = Study(trial=study.trial, effects=effects, evidence=evidence_of(effects))
    with desk():
        app = opened("data", study)
        next(field for field in app.number_input if field.label == "Value that must be reached").set_value(10.0).run()
        next(button for button in app.button if button.label == "Count these responders").click().run()
    assert not app.exception
    assert study_of(app).log[-1].endswith("after effects were seen (post hoc).")


def test_an_impossible_threshold_is_refused_in_words_and_other_outcomes_are_not_asked() -> None:
    with desk():
        app = opened("data", with_trial(Study(), continuous_trial()))
        next(field for field in app.number_input if field.label == "Value that must be reached").set_value(1e6).run()
        assert not app.exception
        assert any("Nobody would be a responder" in str(error.value) for error in app.error)
        next(field for field in app.selectbox if field.label.startswith("Same measure")).set_value("marker").run()
        next(field for field in app.number_input if field.label.startswith("Smallest")).set_value(-1.0).run()
        assert not app.exception
        assert any("should be above 0, but is -1" in str(error.value) for error in app.error)
        app = opened("data", with_trial(Study(), survival_trial()))
        assert not app.exception
        assert not [field for field in app.number_input if field.label == "Value that must be reached"]
