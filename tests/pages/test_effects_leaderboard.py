"""Learners are compared when asked for, in a worker, and the code gives the table."""

import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.charts.leaderboard import leaderboard_sentence
from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from ite.trial.simulated import SimulatedSpec, simulate_trial
from pages.panels.effects.question import QUESTIONS
from pages.ui import figure
from pages.ui.learners import CHOICES
from pages.ui.service import JobStatus
from tests.charts.examples import evidence_of
from tests.pages.opened import desk, opened, words
from tests.pages.shown import assert_code_gives_the_numbers

pytestmark = pytest.mark.page
_ASKED = ["lasso_interactions", "x_lasso"]


def _fitted() -> tuple[TrialData, EffectEstimate]:
    trial = simulate_trial(SimulatedSpec(n=200, effect="scenario_2", effect_sd=1.0, seed=2)).trial
    return trial, estimate(trial, EffectSpec(learner="x_lasso", seed=1))


def _open(trial: TrialData, effects: EffectEstimate) -> AppTest:
    known = with_spec(with_trial(Study(), trial), effects.spec)
    study = with_effects(known, effects, evidence_of(effects), preview=False)
    return opened("effects", study, question=QUESTIONS[1].words)


def test_learners_are_compared_in_a_worker_and_the_code_gives_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    trial, effects = _fitted()
    found: dict[str, ResultBlock] = {}
    monkeypatch.setattr(figure, "show", lambda block, key, **_: found.update({key: block}))
    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", lambda *_: effects, raising=False)
    with desk() as worker:
        app = _open(trial, effects)
        assert not app.exception
        assert "leaderboard" not in found
        assert not worker.started
        next(box for box in app.main.get("multiselect") if box.label == "Learners").set_value(_ASKED)
        next(toggle for toggle in app.toggle if toggle.key == "effects-compare").set_value(True).run()
        ((place, (function, *arguments)),) = worker.started.items()
        worker.answers[place] = JobStatus(state="done", result=function(*arguments))
        app.run()
    assert not app.exception
    block = found["leaderboard"]
    assert set(block.data["learner"]) == set(_ASKED)
    assert block.data["dr_change"].is_monotonic_increasing
    best = CHOICES[block.data["learner"].iloc[0]]
    assert block.sentence.startswith(f"{best} comes closest: its squared error is lower")
    assert_code_gives_the_numbers(block)


def test_without_a_learner_it_asks_for_one() -> None:
    with desk():
        app = _open(*_fitted())
        next(box for box in app.main.get("multiselect") if box.label == "Learners").set_value([])
        next(toggle for toggle in app.toggle if toggle.key == "effects-compare").set_value(True).run()
    assert "Choose at least one learner above." in words(app)


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        (0.01, 0.02, "No learner comes closer"),
        (-0.01, 0.02, "these data hardly prefer any ranking"),
        (-0.03, 0.01, "Others within a standard error of it do as well"),
    ],
)
def test_the_sentence_says_whether_a_ranking_is_preferred(change: float, error: float, told: str) -> None:
    trial, effects = _fitted()
    board = ite.compare_learners(trial, effects, ("x_lasso",)).of_arm(trial.treated_arms[0])
    assert told in leaderboard_sentence(board.assign(dr_change=change, dr_se=error), CHOICES)
