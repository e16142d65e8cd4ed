"""A plan is recorded on the Data page with its time, and stands on the Effects page."""

import pytest
from streamlit.testing.v1 import AppTest

from ite.study import Study, with_effects, with_trial
from tests.charts.examples import continuous_trial, effects_of, evidence_of
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page
ASKED = "Do patients with a high marker gain more?"


def _record(app: AppTest, question: str, modifiers: list[str]) -> None:
    next(area for area in app.text_area if area.label == "What is asked").set_value(question)
    next(box for box in app.main.get("multiselect") if box.label == "Expected effect modifiers").set_value(modifiers)
    next(button for button in app.button if button.key == "plan-record").click().run()
    assert not app.exception


def test_a_plan_is_recorded_before_effects_and_told_with_them() -> None:
    trial = continuous_trial()
    with desk():
        app = opened("data", with_trial(Study(), trial))
        _record(app, ASKED, ["marker"])
    plan = study_of(app).plan
    assert plan is not None
    assert plan.before_effects
    assert "before any effect was seen: expected effect modifiers: marker." in words(app)
    effects = effects_of(trial)
    with desk():
        app = opened("effects", with_effects(study_of(app), effects, evidence_of(effects), preview=False))
    assert plan.in_words() in words(app)


def test_a_plan_after_effects_says_so_and_the_first_one_stays() -> None:
    trial = continuous_trial()
    effects = effects_of(trial)
    study = with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False)
    with desk():
        app = opened("data", study)
        _record(app, ASKED, [])
        _record(app, ASKED, ["sex"])
    held = study_of(app)
    assert held.plan is not None
    assert not held.plan.before_effects
    assert [entry.startswith("Replaced: Plan of") for entry in held.log] == [True]


def test_an_empty_plan_is_refused_in_a_sentence() -> None:
    with desk():
        app = opened("data", with_trial(Study(), continuous_trial()))
        _record(app, "", ["marker"])
    assert [error.value for error in app.error] == [
        "A plan says what is asked, but no text was given. Write a sentence."
    ]
    assert study_of(app).plan is None
