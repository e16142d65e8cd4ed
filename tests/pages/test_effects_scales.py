"""What the average hangs on, as a visitor meets it on the Effects page: its scale, and missing outcomes."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from ite.trial.table import Table
from pages.panels.effects import question
from pages.ui import figure
from pages.ui.question import Question
from tests.charts.examples import binary_trial, continuous_trial, effects_of, evidence_of, survival_trial
from tests.pages.opened import desk, opened, words

pytestmark = pytest.mark.page
ASKED = Question("What does it hang on, for this test?", "pages.panels.effects.sensitivity")


def analysed(trial: TrialData, *, horizon: float | None = None, p_value: float = 0.4) -> Study:
    scale = "difference in the probability of response" if trial.outcome_kind == "binary" else "difference in outcome"
    effects = effects_of(trial, scale=scale)
    spec = effects.spec.model_copy(update={"horizon": horizon})
    means = np.array([0.3, 0.5]) * (1 if horizon is None else 800)
    noise = np.random.default_rng(1).normal(0, 0.1, (trial.n, 2))
    effects = replace(effects, spec=spec, scored=replace(effects.known_scored(), arm_scores=means + noise))
    known = with_spec(with_trial(Study(), trial), effects.spec)
    evidence = evidence_of(effects, "no evidence", p_value=p_value, relative=trial.outcome_kind != "continuous")
    return with_effects(known, effects, evidence, preview=False)


def visit(study: Study, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(question, "QUESTIONS", (*question.QUESTIONS, ASKED))
    with desk():
        app = opened("effects", study, question=ASKED.words)
    assert not app.exception
    return app


def test_each_scale_is_one_click_away_and_draws_the_same_means(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[ResultBlock] = []
    monkeypatch.setattr(figure, "show", lambda block, _key, **_: found.append(block))
    app = visit(analysed(binary_trial()), monkeypatch)
    assert found[-1].sentence.startswith("Risk difference, percentage points, against placebo: active 20")
    assert list(found[-1].data["scale"]) == ["risk difference", "risk ratio", "odds ratio", "number needed to treat"]
    (switch,) = (each for each in app.main.get("button_group") if each.label == "Scale")
    for scale, start in (
        ("risk ratio", "Risk ratio, against placebo: active 1.72"),
        ("number needed to treat", "Numb"),
    ):
        with desk():
            switch.set_value(scale).run()
        assert not app.exception
        assert found[-1].sentence.startswith(start)
        assert found[-1].alt.startswith(f"Average effect as {scale}")


def test_a_finding_that_hangs_on_the_scale_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(analysed(binary_trial(), p_value=0.4), monkeypatch)
    assert any("depends on the scale" in str(each.value) for each in app.warning)
    agreeing = visit(analysed(binary_trial(), p_value=0.01), monkeypatch)
    assert not any("depends on the scale" in str(each.value) for each in agreeing.warning)
    assert "the two scales agree" in words(agreeing)


def test_times_and_amounts_have_their_own_scales(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    visit(analysed(survival_trial(), horizon=900.0), monkeypatch)
    assert list(found["scales"].data["scale"]) == ["RMST difference", "RMST ratio", "RMTL ratio"]
    assert "No censoring weight was truncated." in found["scales"].method
    visit(analysed(continuous_trial()), monkeypatch)
    assert list(found["scales"].data["scale"]) == ["mean difference", "ratio of means"]
    assert "average_on_scales(trial, effects)" in found["scales"].code


def test_missing_outcomes_are_weighted_imputed_and_left_out_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    whole = continuous_trial()
    app = visit(analysed(whole), monkeypatch)
    assert "nothing to fill in" in words(app)
    assert "missing" not in found
    gaps = whole.frame.assign(outcome=whole.frame["outcome"].where(whole.frame.index % 5 != 0))
    visit(analysed(TrialData.from_frame(gaps, whole.roles)), monkeypatch)
    assert list(found["missing"].data["method"]) == ["weighted", "imputed", "complete cases"]
    assert "60 without an outcome; 20 imputations" in found["missing"].method
    assert "hangs on how missing outcomes" in found["missing"].sentence or "same reading" in found["missing"].sentence


def test_a_count_is_compared_by_rates_once_the_follow_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    rng = np.random.default_rng(2)
    trial = continuous_trial()
    file = trial.frame.assign(outcome=rng.poisson(2, trial.n).astype(float), months=rng.uniform(3, 12, trial.n))
    trial = TrialData.from_frame(file, trial.roles, name="flares.csv")
    study = replace(analysed(trial), table=Table(frame=file, name="flares.csv", kind="CSV"))
    app = visit(study, monkeypatch)
    assert "the ratio of means above is the ratio of rates" in words(app)
    (field,) = (each for each in app.main.get("selectbox") if each.label == "Follow-up of each patient")
    assert field.options == ["the same for everybody", "months"]
    with desk():
        field.set_value("months").run()
    assert not app.exception
    assert found["rates"].sentence.startswith("Rate ratio of active against placebo: ")
    assert "per unit of months" in found["rates"].sentence
    assert 'column="months"' in found["rates"].code
