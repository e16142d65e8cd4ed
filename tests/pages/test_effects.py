"""The Effects page with finished results in state: verdict first, and nothing claimed beyond it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ite.evaluation.result import Evidence, Verdict
from ite.study import Study, with_effects, with_trial
from pages.panels.effects.question import QUESTIONS
from pages.ui.service import JobStatus
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of, survival_trial
from tests.pages.opened import desk

pytestmark = pytest.mark.page
WHO_BENEFITS, RANKING = (question.words for question in QUESTIONS[:2])


def opened(study: Study, question: str = WHO_BENEFITS) -> AppTest:
    """Run the app with a study in its session, then go to a question of the Effects page."""
    app = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    app.session_state["_study"] = study
    app.query_params["question"] = question
    return app.run().switch_page("pages/effects.py").run()


def analysed(verdict: Verdict, *, factor: float = 0.8, preview: bool = False) -> Study:
    trial = continuous_trial()
    effects = effects_of(trial, factor=factor)
    return with_effects(with_trial(Study(), trial), effects, evidence_of(effects, verdict), preview=preview)


def words(app: AppTest) -> str:
    """Return all text on the page; spaces that keep a figure on one line are like any other."""
    blocks = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(str(block.value) for block in blocks).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("verdict", "headline"),
    [
        ("no evidence", "No evidence that the effect of active differs"),
        ("suggestive", "Suggestive, not conclusive"),
        ("evidence", "Evidence that the effect of active differs"),
    ],
)
def test_verdict_comes_first(verdict: Verdict, headline: str) -> None:
    app = opened(analysed(verdict))
    assert not app.exception
    assert str(app.header[0].value).startswith(headline)


def test_no_evidence_names_what_could_be_found_and_is_not_evidence_of_equal_effects() -> None:
    shown = words(opened(analysed("no evidence")))
    assert "With 80 % power this trial could have found a standard deviation of effects of 0.900" in shown
    assert "This is not evidence of equal effects." in shown


def test_share_below_zero_is_hidden_under_no_evidence_and_labelled_otherwise() -> None:
    assert "predicted benefit below zero" not in words(opened(analysed("no evidence")))
    assert "Depending on this model" in words(opened(analysed("suggestive")))


def test_factor_zero_shows_one_common_effect_instead_of_a_histogram() -> None:
    app = opened(analysed("no evidence", factor=0.0))
    titles = [str(header.value) for header in app.header]
    assert "The data support one common effect" in titles
    assert not any(title.startswith("Predicted benefit") for title in titles)


def without_a_ranking(evidence: Evidence, arm: str) -> Evidence:
    """Return the evidence of a learner that predicts one common effect for this arm."""
    names = ("autoc", "qini", "calibration_slope", "gates_contrast", "baseline_risk")
    unknown = {name: getattr(evidence, name).drop(arm).reindex(evidence.autoc.index) for name in names}
    values = ["estimate", "lower", "upper"]
    toc = evidence.toc.copy()
    toc.loc[toc["arm"] == arm, values] = np.nan
    fifths = evidence.calibration[evidence.calibration["arm"] != arm]
    return replace(evidence, toc=toc, calibration=fifths, **unknown)


def test_one_common_prediction_gives_sentences_instead_of_empty_charts() -> None:
    trial = continuous_trial(arms=("placebo", ARM, "high dose"))
    effects = effects_of(trial)
    effects = replace(effects, sequential=effects.sequential.assign(**{ARM: 0.0}))
    evidence = without_a_ranking(evidence_of(effects, "no evidence"), ARM)
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence, preview=False), RANKING)
    picker = next(box for box in app.main.selectbox if box.label.startswith("Arm compared with"))
    picker.set_value(ARM).run()
    assert not app.exception
    told = [str(info.value) for info in app.info]
    assert told == ["The model predicts the same effect for everybody, so there is no order of patients to judge."] * 3
    assert not {"nan", "unknown"} & set(words(app).lower().replace(",", " ").split())
    picker = next(box for box in app.main.selectbox if box.label.startswith("Arm compared with"))
    picker.set_value("high dose").run()
    assert not app.exception
    assert not app.info


def test_without_a_ranking_nothing_is_said_of_what_it_is_made_of() -> None:
    study = analysed("no evidence", factor=0.0)
    assert study.evidence is not None
    shown = words(opened(replace(study, evidence=without_a_ranking(study.evidence, ARM))))
    assert "Baseline risk" not in shown
    assert not {"nan", "unknown"} & set(shown.lower().replace(",", " ").split())


def test_nothing_to_test_gives_a_sentence_instead_of_an_empty_chart() -> None:
    study = analysed("no evidence")
    assert study.evidence is not None
    modifiers = study.evidence.modifiers.assign(strength=np.nan, p_value=np.nan, ranked=np.nan)
    app = opened(replace(study, evidence=replace(study.evidence, modifiers=modifiers)))
    assert not app.exception
    assert ["No covariate varies enough" in str(info.value) for info in app.info] == [True]


def test_time_to_event_puts_the_hazard_ratio_beside_the_time_gained() -> None:
    trial = survival_trial()
    effects = effects_of(trial, scale="difference in restricted mean days to death within 1,000 days")
    effects = replace(effects, spec=effects.spec.model_copy(update={"horizon": 1000.0}))
    study = with_effects(with_trial(Study(), trial), effects, evidence_of(effects, relative=True), preview=False)
    ratio = pd.DataFrame({"arm": [ARM], "hazard_ratio": [0.7], "lower": [0.5], "upper": [0.98]}, index=[ARM])
    with desk() as jobs:
        jobs.answers[f"cox-{trial.digest[:16]}"] = JobStatus(state="done", result=ratio)
        app = opened(study)
    assert not app.exception
    assert "Cox hazard ratio 0.700 (0.500 to 0.980)" in words(app)
    table = next(frame.value for frame in app.dataframe if "estimator" in frame.value)
    assert list(table["estimator"]) == ["doubly robust scores", "unadjusted Kaplan-Meier", "Cox hazard ratio"]
    assert "hazard ratio, below 1 is benefit" in set(table["scale"])


def test_a_large_trial_says_that_its_fast_result_is_final() -> None:
    trial = continuous_trial(n=5_001)
    effects = effects_of(trial)
    shown = words(opened(with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False)))
    assert "More than 5,000 patients" in shown
    assert "More than 5,000 patients" not in words(opened(analysed("evidence")))


def test_preview_is_called_a_preview() -> None:
    assert "Preview from the fast learner" in words(opened(analysed("evidence", preview=True)))
    assert "Preview from the fast learner" not in words(opened(analysed("evidence")))


def test_every_result_explains_itself() -> None:
    readings = []
    for question in (WHO_BENEFITS, RANKING):
        app = opened(analysed("evidence"), question)
        own = [expander for expander in app.expander if expander.label == "How to read this"]
        assert len(own) == len(app.header) == 5
        readings += own
    assert all(len(reading.markdown) >= 2 for reading in readings)


def test_relative_scale_is_shown_where_there_is_one() -> None:
    trial = binary_trial()
    effects = effects_of(trial, scale="difference in the probability of response")
    evidence = evidence_of(effects, "suggestive", relative=True)
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence, preview=False))
    assert "On the relative scale" in words(app)
    assert "percentage points" in words(app)


def test_arms_can_be_picked_where_there_are_several() -> None:
    trial = continuous_trial(arms=("placebo", ARM, "high dose"))
    effects = effects_of(trial)
    app = opened(with_effects(with_trial(Study(), trial), effects, evidence_of(effects), preview=False))
    picker = next(box for box in app.main.selectbox if box.label.startswith("Arm compared with"))
    picker.set_value("high dose").run()
    assert not app.exception
    assert "high dose" in str(app.header[0].value)


def test_empty_session_says_where_to_start() -> None:
    app = opened(Study())
    assert not app.exception
    assert not app.header
    assert any("No trial is open yet" in str(info.value) for info in app.info)
