"""The questions of the Effects page beside the verdict: each draws its results, and refuses in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ite.evaluation.second_outcome import second_outcome_spec
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from ite.trial.table import Table
from pages.panels.effects.question import QUESTIONS
from pages.ui import figure
from pages.ui.service import JobStatus
from tests.charts.examples import ARM, binary_trial, continuous_trial, effects_of, evidence_of
from tests.pages.opened import desk, opened, words

pytestmark = pytest.mark.page
RANKING, COVARIATES, HARM, CREDIBILITY = [question.words for question in QUESTIONS[1:5]]


def analysed(trial: TrialData | None = None, **changes: Any) -> Study:  # noqa: ANN401 - fields of the effects
    trial = continuous_trial() if trial is None else trial
    effects = replace(effects_of(trial), **changes)
    effects.sequential[effects.fold == 0] = np.nan
    known = with_spec(with_trial(Study(), trial), effects.spec)
    return with_effects(known, effects, evidence_of(effects), preview=False)


def visit(question: str, study: Study) -> AppTest:
    with desk():
        app = opened("effects", study, question=question)
    assert not app.exception
    return app


def blocks(question: str, study: Study, monkeypatch: pytest.MonkeyPatch) -> dict[str, ResultBlock]:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    visit(question, study)
    return found


def field(app: AppTest, label: str) -> Any:  # noqa: ANN401 - Streamlit's own element
    return next(each for each in app.main.get("selectbox") if each.label == label)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        (
            RANKING,
            ["Does treating the top-ranked", "The gain from", "Do those ranked", "Are the pred", "How much do"],
        ),
        (COVARIATES, ["Which covariates tell", "How does the effect change", "Linear projection", "Who is in the top"]),
        (HARM, ["Are some groups harmed", "The effect of active by", "What do those who gain most"]),
        (CREDIBILITY, ["How credible is", "Credibility of marker"]),
    ],
)
def test_each_question_draws_its_results(question: str, titles: list[str]) -> None:
    app = visit(question, analysed())
    shown = [str(header.value) for header in app.header]
    assert [start for title in shown for start in titles if title.startswith(start)] == titles
    assert "Verdict:" not in words(app)


def test_the_first_question_is_the_verdict_and_a_preview_is_called_one_on_every_question() -> None:
    study = replace(analysed(), preview=True)
    for question in (each.words for each in QUESTIONS):
        shown = words(visit(question, study))
        assert "Preview from the fast learner" in shown
        assert ("Verdict:" in shown) == (question == QUESTIONS[0].words)


def test_one_common_prediction_gives_sentences_instead_of_empty_fifths() -> None:
    study = analysed()
    assert study.effects is not None
    common = study.effects.sequential * 0.0
    study = replace(study, effects=replace(study.effects, sequential=common))
    assert "no order of patients to judge" in words(visit(COVARIATES, study))
    shown = words(visit(RANKING, study))
    assert "so it explains no differences" in shown
    assert "nan" not in shown.lower().split()


def test_a_two_level_outcome_has_a_qini_curve_without_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(RANKING, analysed(binary_trial()), monkeypatch)
    assert found["responders"].data["measure"].tolist() == ["Qini coefficient", "AUUC", "c-for-benefit"]
    assert not {"lower", "se"} & set(found["responders"].data)
    assert "No intervals" in found["responders"].sentence
    assert "responders" not in blocks(RANKING, analysed(), monkeypatch)


def test_groups_have_no_p_value_until_they_are_said_to_be_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    app = visit(HARM, analysed())
    assert found["groups"].exploratory
    assert "qualitative_p" not in found["groups"].data
    assert "p =" not in found["groups"].sentence
    with desk():
        app.main.checkbox[0].check().run()
    assert not found["groups"].exploratory
    assert "qualitative_p" in found["groups"].data
    assert "Gail and Simon, p" in found["groups"].sentence


def test_what_cannot_be_projected_is_said() -> None:
    app = visit(COVARIATES, analysed())
    with desk():
        app.main.multiselect[0].set_value([]).run()
    assert not app.exception
    assert "none was given. Name one." in words(app)
    assert "Shown below is the last result that was possible." in words(app)


def test_what_is_declared_of_a_covariate_reaches_its_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    app = visit(CREDIBILITY, analysed())
    first = found["credibility"].data["mark"].tolist()[0]
    for label, value in (
        ("Expected to gain more", "higher values gain more"),
        ("Written down beforehand", "yes"),
    ):
        with desk():
            field(app, label).set_value(value).run()
    assert not app.exception
    assert (first, found["credibility"].data["mark"].tolist()[0]) == ("unknown", "supports")
    assert 'direction="higher values gain more"' in found["credibility"].code
    assert "score" in found["credibility"].sentence


def with_file() -> Study:
    """Return a study whose file holds an adverse event and a text of three levels beside the columns in use."""
    study = analysed()
    assert study.trial is not None
    event = np.where(np.arange(study.trial.n) % 4 == 0, "severe", "none")
    other = np.array(["a", "b", "c"])[np.arange(study.trial.n) % 3]
    frame = study.trial.frame.assign(toxicity=event, site=other)
    return replace(study, table=Table(frame=frame, name=study.trial.name, kind="CSV"))


def test_a_second_outcome_is_drawn_on_the_plane_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    study = with_file()
    assert study.trial is not None
    assert study.effects is not None
    second = replace(
        effects_of(study.trial, scale="difference in the probability of toxicity"),
        spec=second_outcome_spec(study.effects.spec),
    )
    with desk() as jobs:
        app = opened("effects", study, question=HARM)
        assert not any(key.startswith("second-") for key in jobs.started)
        field(app, "Second outcome").set_value("toxicity").run()
        ((key, asked),) = [(key, call) for key, call in jobs.started.items() if key.startswith("second-")]
        trial = asked[1]
        assert isinstance(trial, TrialData)
        assert (trial.roles.outcome, trial.roles.positive, trial.roles.higher_is_better) == ("toxicity", "none", False)
        jobs.answers[key] = JobStatus(state="done", result=second)
        app.run()
    assert not app.exception
    block = found["plane"]
    assert block.data["group"].tolist() == ["everybody", *(f"fifth {place}" for place in range(1, 6))]
    assert 'second_outcome_roles(roles, column="toxicity", positive="none")' in block.code.replace("\n", "")
    assert "On toxicity the effect of active is" in block.sentence


def test_a_column_that_cannot_be_an_outcome_is_refused_in_words() -> None:
    app = visit(HARM, with_file())
    with desk():
        field(app, "Second outcome").set_value("site").run()
    assert not app.exception
    assert any("site" in str(error.value) for error in app.error)


def test_a_file_without_a_free_column_says_so() -> None:
    study = with_file()
    assert study.trial is not None
    table = Table(frame=study.trial.frame, name=study.trial.name, kind="CSV")
    assert "Every column of this file has a part already" in words(visit(HARM, replace(study, table=table)))
    assert "is not held in this session" in words(visit(HARM, replace(study, table=None)))


def test_arms_are_picked_above_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    app = visit(RANKING, analysed(continuous_trial(arms=("placebo", ARM, "high dose"))))
    for arm in ("high dose", ARM):
        with desk():
            field(app, "Arm compared with placebo").set_value(arm).run()
        assert not app.exception
        assert f'effects_by_fifth(effects, "{arm}")' in found["fifths"].code
